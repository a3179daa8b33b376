/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-duplicates.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "likeness-test-dataset.h"

/* b2.png is a1.png under another name; a2.png is a1.png a little brighter. */
static const TestFace faces[] = {
    {"anna", LIKENESS_SPLIT_TRAIN, "train", NULL, "anna_1.png"},
    {"anna", LIKENESS_SPLIT_TRAIN, "train", NULL, "anna_2.png"},
    {"anna", LIKENESS_SPLIT_TRAIN, "train", NULL, "anna_3.png"},
    {"bert", LIKENESS_SPLIT_VAL, "val", NULL, "bert_1.png"},
    {"bert", LIKENESS_SPLIT_VAL, "val", NULL, "bert_2.png"},
    {"carl", LIKENESS_SPLIT_VAL, "val", NULL, "carl_1.png"},
    {NULL},
};
static const struct
{
  const char *path;
  guint32 seed;
  int more; /* brightness */
} pictures[] = {
    {"train/anna_1.png", 1, 0}, {"train/anna_2.png", 1, 9}, {"train/anna_3.png", 2, 0},
    {"val/bert_1.png", 3, 0},   {"val/bert_2.png", 1, 0},
};

static void
draw (const char *root, const char *path, guint32 seed, int more)
{
  g_autoptr (GdkPixbuf) small = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 9, 8);
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *file = g_build_filename (root, path, NULL);
  guint8 *pixels = gdk_pixbuf_get_pixels (small);

  for (int y = 0; y < 8; y++)
    for (int x = 0; x < 9; x++)
      memset (pixels + y * gdk_pixbuf_get_rowstride (small) + x * 3,
              g_rand_int_range (random, 0, 240) + more, 3);
  picture = gdk_pixbuf_scale_simple (small, 72, 64, GDK_INTERP_NEAREST);
  g_assert_true (gdk_pixbuf_save (picture, file, "png", NULL, NULL));
}

static LikenessFace *
get_face (LikenessDataset *dataset, guint subject, guint face)
{
  return likeness_subject_get_face (likeness_dataset_get_subject (dataset, subject),
                                    face);
}

static LikenessDataset *
make_dataset (const char *root)
{
  LikenessDataset *dataset = test_dataset_new (root, LIKENESS_LAYOUT_FLAT, faces);

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    draw (root, pictures[i].path, pictures[i].seed, pictures[i].more);
  return dataset;
}

static void
test_find (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (LikenessDataset) dataset = make_dataset (root);
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessDuplicates) duplicates
      = likeness_duplicates_find (dataset, progress, NULL, &error);
  LikenessProgressSnapshot snapshot;
  GPtrArray *group = NULL;

  g_assert_no_error (error);
  likeness_progress_snapshot (progress, &snapshot);
  g_assert_cmpuint (snapshot.done, ==, 6);
  g_assert_cmpuint (snapshot.total, ==, 6);

  g_assert_cmpuint (likeness_duplicates_get_n_near (duplicates), ==, 2);
  group = likeness_duplicates_get_near (duplicates, get_face (dataset, 0, 1));
  g_assert_nonnull (group);
  g_assert_cmpuint (group->len, ==, 2);
  g_assert_true (group->pdata[0] == get_face (dataset, 0, 0));
  g_assert_null (likeness_duplicates_get_near (duplicates, get_face (dataset, 1, 1)));

  g_assert_cmpuint (likeness_duplicates_get_n_named_twice (duplicates), ==, 1);
  group = likeness_duplicates_get_named_twice (duplicates, get_face (dataset, 1, 1));
  g_assert_nonnull (group);
  g_assert_true (group->pdata[0] == get_face (dataset, 0, 0));
  g_assert_null (
      likeness_duplicates_get_named_twice (duplicates, get_face (dataset, 1, 0)));

  g_assert_cmpuint (likeness_duplicates_get_n_exact (duplicates), ==, 2);
  g_assert_cmpuint (likeness_duplicates_get_n_exact_named_twice (duplicates), ==, 1);
  group = likeness_duplicates_get_exact (duplicates, get_face (dataset, 0, 0));
  g_assert_nonnull (group);
  g_assert_cmpuint (group->len, ==, 2);
  g_assert_true (group->pdata[1] == get_face (dataset, 1, 1));
  g_assert_null (likeness_duplicates_get_exact (duplicates, get_face (dataset, 0, 1)));

  likeness_duplicates_apply (duplicates);
  g_assert_cmpint (likeness_face_get_flags (get_face (dataset, 0, 0)), ==,
                   LIKENESS_FLAG_NEAR_DUPLICATE | LIKENESS_FLAG_TWO_NAMES
                       | LIKENESS_FLAG_SAME_FILE);
  g_assert_cmpint (likeness_face_get_flags (get_face (dataset, 0, 1)), ==,
                   LIKENESS_FLAG_NEAR_DUPLICATE | LIKENESS_FLAG_TWO_NAMES);
  g_assert_cmpint (likeness_face_get_flags (get_face (dataset, 0, 2)), ==, 0);
  g_assert_cmpint (likeness_face_get_flags (get_face (dataset, 1, 1)), ==,
                   LIKENESS_FLAG_TWO_NAMES | LIKENESS_FLAG_SAME_FILE);
  g_assert_cmpint (likeness_subject_get_flags (likeness_dataset_get_subject (dataset, 1)),
                   ==, LIKENESS_FLAG_TWO_NAMES | LIKENESS_FLAG_SAME_FILE);
  /* test_dataset_new() wrote no picture there. */
  g_assert_cmpint (likeness_subject_get_flags (likeness_dataset_get_subject (dataset, 2)),
                   ==, LIKENESS_FLAG_UNREADABLE);
  likeness_test_tree_remove (root);
}

static void
test_cancel (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (LikenessDataset) dataset = make_dataset (root);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (likeness_duplicates_find (dataset, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  likeness_test_tree_remove (root);
}

/* A subject shows that a file of it was skipped. */
static void
test_skipped (void)
{
  GPtrArray *subjects = g_ptr_array_new ();
  GPtrArray *skips = g_ptr_array_new ();
  LikenessSkip *skip = g_new0 (LikenessSkip, 1);
  g_autoptr (LikenessDataset) dataset = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GRefString) id = g_ref_string_new (i == 0 ? "anna" : "bert");
      g_autoptr (GRefString) directory = g_ref_string_new ("/nowhere/train");
      GPtrArray *of_one = g_ptr_array_new ();

      g_ptr_array_add (of_one,
                       likeness_face_new (id, LIKENESS_SPLIT_TRAIN, directory, NULL, id));
      g_ptr_array_add (subjects, likeness_subject_new (id, of_one));
    }
  skip->path = g_strdup ("train/bert_7.png");
  skip->reason = g_strdup ("It is cut off.");
  g_ptr_array_add (skips, skip);
  dataset = likeness_dataset_new ("/nowhere", LIKENESS_LAYOUT_FLAT, subjects, skips);
  g_assert_cmpint (likeness_subject_get_flags (likeness_dataset_get_subject (dataset, 0)),
                   ==, 0);
  g_assert_cmpint (likeness_subject_get_flags (likeness_dataset_get_subject (dataset, 1)),
                   ==, LIKENESS_FLAG_UNREADABLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duplicates/near-and-under-two-names", test_find);
  g_test_add_func ("/duplicates/can-be-cancelled", test_cancel);
  g_test_add_func ("/duplicates/skipped-files-flag-their-subject", test_skipped);
  return g_test_run ();
}
