/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-quality.h"

G_BEGIN_DECLS

/** For people: a table, the worst people, what was skipped. */
void likeness_cli_quality_result_print (const LikenessQuality *quality);

/** One JSON object. */
void likeness_cli_quality_result_print_json (const LikenessQuality *quality);

G_END_DECLS
