/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-verdict.h"

const char *
likeness_verdict_state_to_string (LikenessVerdictState state)
{
  static const char *const names[] = {
      [LIKENESS_VERDICT_UNKNOWN] = "unknown",
      [LIKENESS_VERDICT_LEARNING] = "learning",
      [LIKENESS_VERDICT_PLATEAU] = "plateau",
      [LIKENESS_VERDICT_OVER_FITTING] = "over-fitting",
      [LIKENESS_VERDICT_FORGETTING] = "forgetting",
      [LIKENESS_VERDICT_COLLAPSE] = "collapse",
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), names[0]);
  return names[state];
}
