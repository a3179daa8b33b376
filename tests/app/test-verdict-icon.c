/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-verdict-icon.h"

/* The dots say that something is still to come, which of an ended run is not so. */
static void
test_dots (void)
{
  static const char dots[] = "content-loading-symbolic";

  g_assert_cmpstr (likeness_verdict_icon_get (LIKENESS_VERDICT_UNKNOWN, TRUE), ==, dots);
  for (LikenessVerdictState state = LIKENESS_VERDICT_UNKNOWN;
       state <= LIKENESS_VERDICT_COLLAPSE; state++)
    g_assert_cmpstr (likeness_verdict_icon_get (state, FALSE), !=, dots);
}

static void
test_warnings (void)
{
  static const char warning[] = "dialog-warning-symbolic";

  for (LikenessVerdictState state = LIKENESS_VERDICT_UNKNOWN;
       state <= LIKENESS_VERDICT_COLLAPSE; state++)
    for (int active = 0; active < 2; active++)
      g_assert_cmpint (g_str_equal (likeness_verdict_icon_get (state, active), warning),
                       ==, state >= LIKENESS_VERDICT_OVER_FITTING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict-icon/dots-only-while-more-is-to-come", test_dots);
  g_test_add_func ("/verdict-icon/warnings", test_warnings);
  return g_test_run ();
}
