/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pt-reader.h"

G_BEGIN_DECLS

/**
 * likeness_pt_value_to_json:
 *
 * Returns: (transfer full) (nullable): a dict of plain values as JSON text; %NULL where
 * it is no dict, is too large or holds a tensor, a key that is no text, or a number that
 * JSON does not have
 */
char *likeness_pt_value_to_json (const LikenessPtValue *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
