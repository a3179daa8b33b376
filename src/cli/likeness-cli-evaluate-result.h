/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-results.h"

G_BEGIN_DECLS

/** Prints what was measured for people: every figure before and after, then the people
 * that are known worst. */
void likeness_cli_evaluate_result_print (const LikenessResults *results);

G_END_DECLS
