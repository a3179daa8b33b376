/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <stdlib.h>

#include "likeness-aligned.h"

static void
test_aligned (void)
{
  for (gsize n = 0; n < 200; n++)
    {
      float *numbers = likeness_aligned_try_new0 (float, n);

      g_assert_nonnull (numbers);
      g_assert_cmpuint ((gsize)numbers % 64, ==, 0);
      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpfloat (numbers[i], ==, 0);
          numbers[i] = 1; /* for whoever gets this memory next */
        }
      free (numbers);
    }
}

static void
test_too_much (void)
{
  g_assert_null (likeness_aligned_try_new0 (float, G_MAXSIZE / 2));
  g_assert_null (likeness_aligned_try_new0 (float, G_MAXSIZE / 4 + 2));
  g_assert_null (likeness_aligned_try_new0 (float, G_MAXSSIZE / 4));
}

static void
test_ends (void)
{
  if (g_test_subprocess ())
    {
      g_assert_nonnull (likeness_aligned_new0 (float, G_MAXSIZE / 2));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*There is no memory for*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aligned/aligned", test_aligned);
  g_test_add_func ("/aligned/too-much", test_too_much);
  g_test_add_func ("/aligned/ends", test_ends);
  return g_test_run ();
}
