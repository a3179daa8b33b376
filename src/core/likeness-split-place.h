/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-job-private.h"

G_BEGIN_DECLS

/**
 * likeness_split_place_check:
 * @target: as likeness_staging_resolve() gives it
 *
 * Returns: %FALSE with %LIKENESS_ERROR_BAD_TARGET where @target is the source, inside it
 * or around it, or holds a file that a link of the source leads to
 */
gboolean likeness_split_place_check (const LikenessSplitJob *job,
                                     const char *target,
                                     GError **error);

G_END_DECLS
