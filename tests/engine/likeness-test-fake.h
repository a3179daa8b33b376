/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * likeness_test_get_fake:
 *
 * The verbs of a training run by a network that costs nothing and learns nothing: an
 * embedding is 512 bytes of the face, the loss is always 1, and a checkpoint is a text
 * that names its epoch.
 */
const LikenessTorch *likeness_test_get_fake (void);

G_END_DECLS
