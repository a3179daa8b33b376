/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** Where the run of a window stands. */
typedef enum
{
  LIKENESS_TRAINING_IDLE,
  LIKENESS_TRAINING_PREPARING, /* nothing is learnt yet */
  LIKENESS_TRAINING_RUNNING,
  LIKENESS_TRAINING_PAUSING, /* asked for, the step under way is finished first */
  LIKENESS_TRAINING_PAUSED,
  LIKENESS_TRAINING_STOPPING,
  LIKENESS_TRAINING_FINISHED,
  LIKENESS_TRAINING_STOPPED, /* on request; what there was is kept */
  LIKENESS_TRAINING_FAILED,  /* see get_error */
} LikenessTrainingState;

#define LIKENESS_TYPE_TRAINING_STATE (likeness_training_state_get_type ())
GType likeness_training_state_get_type (void);

G_END_DECLS
