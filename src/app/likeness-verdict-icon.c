/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-verdict-icon.h"

const char *
likeness_verdict_icon_get (LikenessVerdictState state, gboolean active)
{
  switch (state)
    {
    case LIKENESS_VERDICT_LEARNING:
      return "emblem-ok-symbolic";
    case LIKENESS_VERDICT_OVER_FITTING:
    case LIKENESS_VERDICT_FORGETTING:
    case LIKENESS_VERDICT_COLLAPSE:
      return "dialog-warning-symbolic";
    case LIKENESS_VERDICT_UNKNOWN:
      return active ? "content-loading-symbolic" : "dialog-information-symbolic";
    case LIKENESS_VERDICT_PLATEAU:
    default:
      return "dialog-information-symbolic";
    }
}
