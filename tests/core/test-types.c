/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-types.h"

static void
test_split_names (void)
{
  LikenessSplit split = LIKENESS_SPLIT_NONE;

  g_assert_true (likeness_split_from_string ("Validation", &split));
  g_assert_cmpint (split, ==, LIKENESS_SPLIT_VAL);
  g_assert_true (likeness_split_from_string ("valid", &split));
  g_assert_true (likeness_split_from_string ("test", &split));
  g_assert_cmpstr (likeness_split_to_string (split), ==, "test");
  g_assert_false (likeness_split_from_string ("training", &split));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/types/split/names-round-trip", test_split_names);
  return g_test_run ();
}
