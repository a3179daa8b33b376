/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <gmodule.h>

#include "likeness-torch-augment.hpp"
#include "likeness-torch-checkpoint.hpp"
#include "likeness-torch-devices.hpp"
#include "likeness-torch-head.hpp"
#include "likeness-torch-net.hpp"
#include "likeness-torch-optimizer.hpp"
#include "likeness-torch-script.hpp"
#include "likeness-torch-step.hpp"

static const LikenessTorch table = {
    likeness::probe,
    likeness::net_new,
    likeness::net_free,
    likeness::embed,
    likeness::get_embed_chunk,
    likeness::inspect,
    likeness::head_new,
    likeness::head_scores,
    likeness::data_load,
    likeness::stage_begin,
    likeness::step_head,
    likeness::step,
    likeness::augment,
    likeness::gradient_norms,
    likeness::checkpoint_save,
    likeness::optimizer_restore,
    likeness::parameters,
    likeness::script_open,
    likeness::script_free,
    likeness::script_enlarge,
    likeness::net_open_script,
};

extern "C" G_MODULE_EXPORT const LikenessTorch *
likeness_torch_entry (void)
{
  return &table;
}
