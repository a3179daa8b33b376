/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-near-duplicates.h"
#include "likeness-parallel.h"
#include "likeness-random.h"
#include "likeness-test-tree.h"

#include <string.h>

typedef int (*Formula) (int x, int y, int c);

static int
rough (int x, int y, int c)
{
  return (x * x * 3 + y * y * 5 + x * y * 7 + c * 83 + x * 11) ^ (y * 29 + c * 7);
}

static int
smooth (int x, int y, int c)
{
  return c == 0 ? x * 2 + y : c == 1 ? x * y / 16 : x * 3;
}

static LikenessImage *
make_image (int width, int height, Formula formula)
{
  LikenessImage *image = likeness_image_new (width, height);
  guint8 *pixel = image->pixels;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        *pixel++ = formula (x, y, c) & 255;
  return image;
}

/* Pillow 11.3.0 and numpy: convert ("L"), resize ((9, 8), Image.BOX), right > left. */
static void
test_hash (void)
{
  static const struct
  {
    int width, height;
    Formula formula;
    guint64 expected;
  } cases[] = {
      {112, 112, rough, 0x38990a29899a6a6e},  {32, 32, rough, 0xc5965cb4a33296cd},
      {92, 112, rough, 0x5595aa5445165556},   {9, 8, rough, 0xfa59da264d2d4bb6},
      {5, 4, rough, 0x5a5a121252520808},      {40, 70, rough, 0x89a8a993ad510a28},
      {112, 112, smooth, 0xfdfdfef8f0e4ecd9},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LikenessImage) image
          = make_image (cases[i].width, cases[i].height, cases[i].formula);

      g_assert_cmphex (likeness_perceptual_hash (image), ==, cases[i].expected);
    }
}

/* 112 pixels of real faces: computed as above from the files. */
static void
test_real_faces (void)
{
  static const struct
  {
    const char *path;
    guint64 expected;
  } cases[] = {
      {"frontal_only/val/hr_images/0001_0001_lfw.png", 0x042c3012120d8409},
      {"frontal_only/val/hr_images/0001_0002_lfw.png", 0x7060f0b0f04cd4d0},
      {"orl/s1/1.pgm", 0xf0f0f0b094ccccc0},
      {"orl/s1/10.pgm", 0xf8f0f0e8eee6ecb8},
  };

  if (likeness_test_get_assets () == NULL)
    {
      g_test_skip ("LIKENESS_ASSETS is not set: there are no real faces.");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path
          = g_build_filename (likeness_test_get_assets (), cases[i].path, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (LikenessImage) image = likeness_image_load (path, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmphex (likeness_perceptual_hash (image), ==, cases[i].expected);
    }
}

static void
assert_groups (const guint64 *hashes,
               const gboolean *valid,
               const guint32 *subject,
               gsize n,
               guint distance,
               const gsize *expected)
{
  g_autofree gsize *groups = g_new (gsize, n);

  likeness_near_duplicate_groups (hashes, valid, subject, n, distance, groups);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (groups[i], ==, expected[i]);
}

static void
test_groups (void)
{
  /* A chain 0 - 2 - 5 whose ends are 8 bits apart; 1 is near it but somebody else; 3
   * could not be read; 4 is 5 bits from 0; 6 equals 1. */
  static const guint64 hashes[] = {0, 0x1, 0xf, 0, 0x1f0000, 0xff, 0x1};
  static const gboolean valid[] = {TRUE, TRUE, TRUE, FALSE, TRUE, TRUE, TRUE};
  static const guint32 subject[] = {7, 3, 7, 7, 7, 7, 3};
  static const gsize four[] = {0, 1, 0, 3, 4, 0, 1};
  static const gsize three[] = {0, 1, 2, 3, 4, 5, 1};
  static const gsize five[] = {0, 1, 0, 3, 0, 0, 1};

  assert_groups (hashes, valid, subject, 7, 4, four);
  assert_groups (hashes, valid, subject, 7, 3, three);
  assert_groups (hashes, valid, subject, 7, 5, five);
  assert_groups (hashes, valid, subject, 7, 64, five);
  assert_groups (hashes, valid, subject, 0, 4, NULL);
}

/* Every pair is compared, and labels flow along near pairs until nothing changes. */
static void
group_slowly (const guint64 *hashes,
              const gboolean *valid,
              const guint32 *subject,
              gsize n,
              guint distance,
              gsize *groups)
{
  gboolean changed = TRUE;

  for (gsize i = 0; i < n; i++)
    groups[i] = i;
  while (changed)
    {
      changed = FALSE;
      for (gsize i = 0; i < n; i++)
        for (gsize j = 0; j < n; j++)
          if (valid[i] && valid[j] && subject[i] == subject[j] && groups[j] < groups[i]
              && (guint)__builtin_popcountll (hashes[i] ^ hashes[j]) <= distance)
            {
              groups[i] = groups[j];
              changed = TRUE;
            }
    }
}

static void
test_groups_are_exact (void)
{
  enum
  {
    N = 900 /* more than few a subject, so that the quick way is taken */
  };
  static const guint distances[] = {0, 1, 4, 7, 12, 31, 63};
  LikenessRandom random = likeness_random_new (42, 0, 0, 0);
  guint64 hashes[N];
  gboolean valid[N];
  guint32 subject[N];
  gsize expected[N];

  for (gsize i = 0; i < N; i++)
    {
      hashes[i] = i < 400 ? likeness_random_next (&random)
                          : hashes[likeness_random_below (&random, i)];
      for (guint64 flips = likeness_random_below (&random, 9); flips > 0; flips--)
        hashes[i] ^= G_GUINT64_CONSTANT (1) << likeness_random_below (&random, 64);
      valid[i] = likeness_random_below (&random, 20) > 0;
      subject[i] = likeness_random_below (&random, 2);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (distances); i++)
    {
      group_slowly (hashes, valid, subject, N, distances[i], expected);
      assert_groups (hashes, valid, subject, N, distances[i], expected);
    }
}

/* A preview answers at once: 20,000 copies must not mean 200 million comparisons. */
static void
test_many_copies (void)
{
  gsize n = 20000;
  g_autofree guint64 *hashes = g_new0 (guint64, n);
  g_autofree gboolean *valid = g_new (gboolean, n);
  g_autofree guint32 *subject = g_new0 (guint32, n);
  g_autofree gsize *groups = g_new (gsize, n);

  for (gsize i = 0; i < n; i++)
    {
      valid[i] = TRUE;
      hashes[i] = i % 2;
    }
  likeness_near_duplicate_groups (hashes, valid, subject, n, 4, groups);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (groups[i], ==, 0);
}

static void
count_items (gsize begin, gsize end, gpointer data)
{
  gint *counts = data;

  for (gsize i = begin; i < end; i++)
    g_atomic_int_inc (&counts[i]);
}

static void
test_parallel (void)
{
  gint counts[1000] = {0};

  g_assert_true (likeness_parallel_for (0, 7, 0, count_items, counts, NULL, NULL));
  g_assert_cmpint (counts[0], ==, 0);
  g_assert_true (likeness_parallel_for (997, 7, 0, count_items, counts, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpint (counts[i], ==, i < 997);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/near-duplicates/hash/as-pillow", test_hash);
  g_test_add_func ("/near-duplicates/hash/real-faces", test_real_faces);
  g_test_add_func ("/near-duplicates/groups/chains-and-subjects", test_groups);
  g_test_add_func ("/near-duplicates/groups/exact", test_groups_are_exact);
  g_test_add_func ("/near-duplicates/groups/many-copies", test_many_copies);
  g_test_add_func ("/parallel/each-item-once", test_parallel);
  return g_test_run ();
}
