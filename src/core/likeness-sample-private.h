/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-file-calls.h"
#include "likeness-sample.h"

G_BEGIN_DECLS

/** likeness_sample_write() with the calls of a test. */
gboolean likeness_sample_write_with (const char *directory,
                                     const LikenessSampleOptions *options,
                                     const LikenessFileCalls *calls,
                                     LikenessProgress *progress,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
