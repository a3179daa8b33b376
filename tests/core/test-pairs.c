/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-pairs.h"

#include <glib/gstdio.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"

typedef struct
{
  char *root;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->root = likeness_test_tree_new ();
  self->path = g_build_filename (self->root, "pairs.txt", NULL);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->path);
}

static LikenessPairs *
read_text (Fixture *self, const char *text, gssize length, GError **error)
{
  likeness_test_tree_write (self->root, "pairs.txt", text, length);
  return likeness_pairs_load (self->path, error);
}

static LikenessPairs *
read_good (Fixture *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  LikenessPairs *pairs = read_text (self, text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pairs);
  return pairs;
}

static void
assert_pair (const LikenessPairs *pairs,
             gsize i,
             guint fold,
             gboolean genuine,
             const char *first,
             const char *second)
{
  g_assert_cmpuint (pairs->fold[i], ==, fold);
  g_assert_true (pairs->genuine[i] == genuine);
  g_assert_cmpstr (pairs->images[pairs->first[i]], ==, first);
  g_assert_cmpstr (pairs->images[pairs->second[i]], ==, second);
}

/* As LFW's own file: two folds of two pairs of each kind, tabs. */
static void
test_folds (Fixture *self, gconstpointer unused)
{
  g_autoptr (LikenessPairs) pairs
      = read_good (self, "2\t2\n"
                         "Abel_Pacheco\t1\t4\n"
                         "Akhmed_Zakayev\t1\t3\n"
                         "Abel_Pacheco\t1\tAkhmed_Zakayev\t2\n"
                         "Ann\t0007\tAkhmed_Zakayev\t3\n"
                         "Ben\t12\t12345\n"
                         "Ben\t1\t2\n"
                         "Ben\t1\tCem\t2\n"
                         "Cem\t1\tBen\t1\n");

  g_assert_cmpuint (pairs->n_folds, ==, 2);
  g_assert_cmpuint (pairs->n, ==, 8);
  assert_pair (pairs, 0, 0, TRUE, "Abel_Pacheco/Abel_Pacheco_0001",
               "Abel_Pacheco/Abel_Pacheco_0004");
  assert_pair (pairs, 2, 0, FALSE, "Abel_Pacheco/Abel_Pacheco_0001",
               "Akhmed_Zakayev/Akhmed_Zakayev_0002");
  assert_pair (pairs, 3, 0, FALSE, "Ann/Ann_0007", "Akhmed_Zakayev/Akhmed_Zakayev_0003");
  assert_pair (pairs, 4, 1, TRUE, "Ben/Ben_0012", "Ben/Ben_12345");
  assert_pair (pairs, 7, 1, FALSE, "Cem/Cem_0001", "Ben/Ben_0001");
  /* Abel 1, 4; Akhmed 1, 2, 3; Ann 7; Ben 12, 12345, 1, 2; Cem 1, 2. */
  g_assert_cmpuint (pairs->n_images, ==, 12);
  g_assert_cmpuint (pairs->n_subjects, ==, 5);
  g_assert_null (pairs->images[pairs->n_images]);
}

/* As pairsDevTest.txt: a single number, one fold; as other people write it: spaces,
 * Windows' line ends and mark, empty lines, the kinds mixed, no end of the last line. */
static void
test_other_hands (Fixture *self, gconstpointer unused)
{
  g_autoptr (LikenessPairs) pairs = read_good (self, "\xef\xbb\xbf"
                                                     "2\r\n"
                                                     "\r\n"
                                                     "A  1   B 2\r\n"
                                                     "  A 1 2\r\n"
                                                     "\t\r\n"
                                                     "Van der Berg\t1 \t 2\r\n"
                                                     "\xff..\\x\t1\t..B\t2");

  g_assert_cmpuint (pairs->n_folds, ==, 1);
  g_assert_cmpuint (pairs->n, ==, 4);
  assert_pair (pairs, 0, 0, FALSE, "A/A_0001", "B/B_0002");
  assert_pair (pairs, 1, 0, TRUE, "A/A_0001", "A/A_0002");
  assert_pair (pairs, 2, 0, TRUE, "Van der Berg/Van der Berg_0001",
               "Van der Berg/Van der Berg_0002");
  assert_pair (pairs, 3, 0, FALSE, "\xff..\\x/\xff..\\x_0001", "..B/..B_0002");
}

static void
test_refused (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    LikenessError code;
    const char *words[2];
  } cases[] = {
      {"", LIKENESS_ERROR_BAD_FORMAT, {"pairs.txt", "first line"}},
      {"\n\nA 1 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 3", "first line"}},
      {"ten 300\n", LIKENESS_ERROR_BAD_FORMAT, {"line 1", "10 300"}},
      {"10 300 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 1", "10 300"}},
      {"0 300\n", LIKENESS_ERROR_BAD_FORMAT, {"line 1", "10 300"}},
      {"10 -1\n", LIKENESS_ERROR_BAD_FORMAT, {"line 1", "10 300"}},
      {"10 99999999999999999999\n", LIKENESS_ERROR_BAD_FORMAT, {"line 1", "10 300"}},
      {"100 500000\nA 1 2\n", LIKENESS_ERROR_TOO_LARGE, {"line 1", "1000000"}},
      {"1 1\nA 1 2\nA 1 B 2", LIKENESS_ERROR_BAD_FORMAT, {NULL}},
      {"1 2\nA 1 2\nA 1 B 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 4", "2 of 4"}},
      {"1 1\nA 1 2\nA 1 B 2\nA 2 B 1\n",
       LIKENESS_ERROR_BAD_FORMAT,
       {"line 4", "more than the 2"}},
      {"2 1\nA 1 2\nA 1 3\nA 1 B 2\nA 1 B 3\n",
       LIKENESS_ERROR_BAD_FORMAT,
       {"line 3", "fold 1"}},
      {"2 1\nA 1 2\nA 1 B 2\nA 1 B 3\nA 2 B 3\n",
       LIKENESS_ERROR_BAD_FORMAT,
       {"line 5", "fold 2"}},
      {"1\nA 1\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "Name 1 2"}},
      {"1\nA 1 B 2 3\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "Name 1 2"}},
      {"1\nA one 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "“one”"}},
      {"1\nA 1 1000000\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "1000000"}},
      {"1\nA +1 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "+1"}},
      {"1\n../A 1 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "../A"}},
      {"1\n.. 1 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "“..”"}},
      {"1\n. 1 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "“.”"}},
      {"1\nA 1 /etc 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "/etc"}},
      {"1\nA 1 01\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "itself"}},
      {"1\nA 1 A 2\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "the same"}},
      {"1\n\xff 1 x\xff\n", LIKENESS_ERROR_BAD_FORMAT, {"line 2", "\xef\xbf\xbd"}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LikenessPairs) pairs = read_text (self, cases[i].text, -1, &error);

      /* One that is good, so that the others are refused for what they differ in. */
      if (cases[i].words[0] == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (pairs);
      g_assert_error (error, LIKENESS_ERROR, (int)cases[i].code);
      g_assert_nonnull (strstr (error->message, "pairs.txt"));
      for (gsize j = 0; j < G_N_ELEMENTS (cases[i].words); j++)
        if (strstr (error->message, cases[i].words[j]) == NULL)
          g_error ("“%s” says “%s”, not “%s”", cases[i].text, error->message,
                   cases[i].words[j]);
    }
}

static void
test_no_text (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (self, "1\nA\0 1 2\n", 10, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
  g_assert_nonnull (strstr (error->message, "line 2"));
  g_clear_error (&error);
  g_assert_null (likeness_pairs_load (self->root, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_null (likeness_pairs_load (self->path, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
}

static void
test_find_images (Fixture *self, gconstpointer unused)
{
  const char *const files[]
      = {"A/A_0001.png", "A/A_0002.jpeg", "B/B_0003.jpg", "B/B_0003.png", NULL};
  static const char *const wanted[] = {"A/A_0001.png", "A/A_0002.jpeg", "B/B_0003.jpg"};
  g_autoptr (LikenessPairs) pairs = read_good (self, "1\nA 1 2\nA 1 B 3\n");
  g_autofree char *folder = g_build_filename (self->root, "faces", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_null (likeness_pairs_find_images (pairs, folder, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "3 images of the pairs 3 are missing"));
  g_assert_nonnull (strstr (error->message, "A/A_0001"));
  g_clear_error (&error);

  likeness_test_tree_add (folder, files);
  paths = likeness_pairs_find_images (pairs, folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (paths), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *path = g_build_filename (folder, wanted[i], NULL);

      g_assert_cmpstr (paths[i], ==, path);
    }

  g_assert_null (likeness_pairs_find_images (pairs, paths[0], NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_A_FOLDER);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (likeness_pairs_find_images (pairs, folder, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/pairs/folds", test_folds);
  ADD ("/pairs/other-hands", test_other_hands);
  ADD ("/pairs/refused", test_refused);
  ADD ("/pairs/no-text", test_no_text);
  ADD ("/pairs/find-images", test_find_images);
  return g_test_run ();
}
