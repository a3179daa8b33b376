/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-string-hash.h"

static void
test_equal (void)
{
  g_autofree char *copy = g_strdup ("train/hr_images/007_0.png");

  g_assert_cmpuint (likeness_string_hash (copy), ==,
                    likeness_string_hash ("train/hr_images/007_0.png"));
  likeness_string_hash ("");
}

/* Two letters that g_str_hash() cannot tell from two others, ten times over. */
static void
test_collisions (void)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);
  const guint n = 1 << 10;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) name = g_string_new (NULL);

      for (guint bit = 0; bit < 10; bit++)
        g_string_append (name, (i >> bit & 1) != 0 ? "Az" : "BY");
      g_assert_cmpuint (g_str_hash (name->str), ==, g_str_hash ("AzAzAzAzAzAzAzAzAzAz"));
      g_hash_table_add (hashes, GUINT_TO_POINTER (likeness_string_hash (name->str)));
    }
  /* By chance one pair in eight thousand runs has the same. */
  g_assert_cmpuint (g_hash_table_size (hashes), >, n - 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/string-hash/equal", test_equal);
  g_test_add_func ("/string-hash/collisions", test_collisions);
  return g_test_run ();
}
