/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-metrics.h"

G_BEGIN_DECLS

/* Figures for people; what means nothing is "n/a". */

/** (transfer full): "0.7235 [0.7042, 0.7421] 1544/2134". */
char *likeness_cli_format_rate (const LikenessRate *rate,
                                LikenessUndefined reason) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full) */
char *likeness_cli_format_number (double value,
                                  LikenessUndefined reason) G_GNUC_WARN_UNUSED_RESULT;

/** Prints one figure, and beside it that of the untouched network.
 * @after: (transfer full)
 * @before: (nullable) (transfer full) */
void likeness_cli_print_line (const char *name, char *after, char *before);

/** Prints a heading and the figures of one set of pairs. @then: (nullable): those of the
 * untouched network. */
void likeness_cli_print_verification (const char *title,
                                      const LikenessVerification *now,
                                      const LikenessVerification *then);

G_END_DECLS
