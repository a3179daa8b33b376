/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-random.h"

static void
test_sequence (void)
{
  /* Published with the algorithm's reference implementation for the state 1234567. */
  static const guint64 expected[] = {
      G_GUINT64_CONSTANT (6457827717110365317),  G_GUINT64_CONSTANT (3203168211198807973),
      G_GUINT64_CONSTANT (9817491932198370423),  G_GUINT64_CONSTANT (4593380528125082431),
      G_GUINT64_CONSTANT (16408922859458223821),
  };
  LikenessRandom random = {.state = 1234567};

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (likeness_random_next (&random), ==, expected[i]);
}

static void
test_streams (void)
{
  /* Python integers, the same rule. */
  static const struct
  {
    guint64 parts[4];
    guint64 first, second;
  } expected[] = {
      {{42, 0, 0, 0}, 0xcbc2fc9dbe310aae, 0xec3b9e94868ef843},
      {{42, 1, 0, 0}, 0x797e279fb8afeba3, 0x1fd872243663d270},
      {{42, 0, 1, 0}, 0x9fcf686b80b82b10, 0xe27e0bb3c4088a6e},
      {{42, 1, 2, 3}, 0x22681a3112386a9, 0x38640177b9c72d50},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const guint64 *parts = expected[i].parts;
      LikenessRandom random
          = likeness_random_new (parts[0], parts[1], parts[2], parts[3]);

      g_assert_cmphex (likeness_random_next (&random), ==, expected[i].first);
      g_assert_cmphex (likeness_random_next (&random), ==, expected[i].second);
    }
}

static void
test_uniform (void)
{
  LikenessRandom random = likeness_random_new (7, 0, 0, 0);
  double sum = 0;

  g_assert_cmpfloat (likeness_random_uniform (&random), ==, 0.04531153927147591);
  g_assert_cmpfloat (likeness_random_uniform (&random), ==, 0.6263517950445132);
  g_assert_cmpfloat (likeness_random_uniform (&random), ==, 0.7683969255436166);
  for (int i = 0; i < 10000; i++)
    {
      double number = likeness_random_uniform (&random);

      g_assert_cmpfloat (number, >=, 0);
      g_assert_cmpfloat (number, <, 1);
      sum += number;
    }
  g_assert_cmpfloat_with_epsilon (sum / 10000, 0.5, 0.01);
}

static void
test_below (void)
{
  /* With this n nearly half of all numbers must be rejected: of the first eight of the
   * stream the 1st, the 4th and others would make small results likelier. */
  static const guint64 expected[] = {
      G_GUINT64_CONSTANT (7514455484598881530),
      G_GUINT64_CONSTANT (7599026744011713429),
      G_GUINT64_CONSTANT (943774009610637543),
      G_GUINT64_CONSTANT (6447159188770168790),
  };
  LikenessRandom random = likeness_random_new (1, 0, 0, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (
        likeness_random_below (&random, G_GUINT64_CONSTANT (9223372036854775809)), ==,
        expected[i]);
  for (int i = 0; i < 10; i++)
    g_assert_cmpuint (likeness_random_below (&random, 1), ==, 0);
}

static void
test_shuffle (void)
{
  static const guint32 expected[] = {8, 6, 0, 7, 5, 9, 3, 2, 1, 4};
  LikenessRandom random = likeness_random_new (42, 0, 0, 0);
  guint32 values[G_N_ELEMENTS (expected)];

  for (guint32 i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i;
  likeness_random_shuffle (&random, values, G_N_ELEMENTS (values));
  g_assert_cmpmem (values, sizeof values, expected, sizeof expected);
  likeness_random_shuffle (&random, values, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/next/is-split-mix-64", test_sequence);
  g_test_add_func ("/random/new/gives-streams-of-their-own", test_streams);
  g_test_add_func ("/random/uniform/53-bits", test_uniform);
  g_test_add_func ("/random/below/rejects-what-would-bias", test_below);
  g_test_add_func ("/random/shuffle/fisher-yates", test_shuffle);
  return g_test_run ();
}
