/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-dataset-scanner.h"
#include "likeness-structure.h"
#include "likeness-test-scan.h"
#include "likeness-test-tree.h"

#include <string.h>

typedef struct
{
  char *root;
} Fixture;

#define ADD(fixture, ...)                                                                \
  likeness_test_tree_add ((fixture)->root, (const char *const[]){__VA_ARGS__, NULL})

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static void
test_paired (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "train/hr_images/007_01_01_010_00_crop_128.png",
       "train/vlr_images/007_01_01_010_00_crop_128.png",
       "train/hr_images/0001_0002_lfw.png", "train/vlr_images/0001_0002_lfw.png",
       "train/hr_images/0001_0001_lfw.png", "train/vlr_images/0001_0001_lfw.png",
       "val/hr_images/008_1.png", "val/vlr_images/008_1.png", "test/hr_images/009_1.png",
       "test/vlr_images/009_1.png");
  likeness_test_assert_found (
      fixture->root, LIKENESS_LAYOUT_PAIRED,
      "train:0001:0001_0001_lfw.png+ train:0001:0001_0002_lfw.png+ "
      "train:007:007_01_01_010_00_crop_128.png+ val:008:008_1.png+ "
      "test:009:009_1.png+");
}

static void
test_paired_without_splits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autofree char *path = NULL;
  g_autofree char *low_path = NULL;
  g_autofree char *expected = g_build_filename (fixture->root, "hr_images/7_1.png", NULL);
  g_autofree char *low_expected
      = g_build_filename (fixture->root, "vlr_images_16x16/7_1.png", NULL);
  LikenessFace *face;

  ADD (fixture, "hr_images/7_1.png", "vlr_images_16x16/7_1.png");
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_PAIRED, "none:7:7_1.png+");
  dataset = likeness_test_scan (fixture->root);
  face = likeness_subject_get_face (likeness_dataset_get_subject (dataset, 0), 0);
  path = likeness_face_dup_path (face);
  g_assert_cmpstr (path, ==, expected);
  low_path = likeness_face_dup_low_path (face);
  g_assert_cmpstr (low_path, ==, low_expected);
  g_assert_true (likeness_dataset_get_has_pairs (dataset));
}

static void
test_flat (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "train/a_2.png", "train/a_1.png", "val/b_1.png", "train/nobody.png",
       "train/_1.png", "train/sub/");
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_FLAT,
                              "train:a:a_1.png train:a:a_2.png val:b:b_1.png "
                              "-train/_1.png -train/nobody.png -train/sub");
  likeness_test_assert_skipped (fixture->root, "train/nobody.png", "tells no person");
}

static void
test_flat_without_splits (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "b_1.png", "a_1.jpg", "a_1.png");
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_FLAT,
                              "none:a:a_1.jpg none:a:a_1.png "
                              "none:b:b_1.png");
}

static void
test_folders (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "train/007/x.png", "train/007/a.png", "val/007/y.png", "test/9/z.png",
       "train/stray.png", "train/007/deep/a.png", "train/none/", "train/.trash/a.png");
  likeness_test_assert_found (
      fixture->root, LIKENESS_LAYOUT_FOLDERS,
      "train:007:a.png train:007:x.png val:007:y.png test:9:z.png "
      "-train/.trash -train/007/deep -train/none -train/stray.png");
}

static void
test_folders_without_splits (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "s1/1.png", "s10/1.png", "s2/1.png", "README");
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_FOLDERS,
                              "none:s1:1.png none:s10:1.png none:s2:1.png");
}

static void
test_folders_with_pairs (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "train/7/a.png", "train_low/7/a.png", "train/7/b.png",
       "train_low/7/c.png", "train_low/8/a.png", "train_low/stray.png", "val/7/d.png",
       "val_low/7/d.png", "train/9/a.png");
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_FOLDERS,
                              "train:7:a.png+ val:7:d.png+ -train/7/b.png -train/9/a.png "
                              "-train_low/7/c.png -train_low/8 -train_low/stray.png");
  likeness_test_assert_skipped (fixture->root, "train/7/b.png",
                                "no low-resolution partner");
  likeness_test_assert_skipped (fixture->root, "train_low/7/c.png",
                                "no high-resolution partner");
}

static void
test_split_names (Fixture *fixture, gconstpointer name)
{
  g_autofree char *path = g_strdup_printf ("%s/a_2.png", (const char *)name);

  ADD (fixture, "train/a_1.png", path);
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_FLAT,
                              "train:a:a_1.png val:a:a_2.png");
}

static void
test_rival_splits (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "train/a_1.png", "validation/a_2.png", "val/a_3.png", "VAL/a_4.png",
       "notes/a_5.png", "train_low/", "a_6.png");
  likeness_test_assert_found (
      fixture->root, LIKENESS_LAYOUT_FLAT,
      "train:a:a_1.png val:a:a_3.png -VAL -a_6.png -notes -train_low "
      "-validation");
}

static void
test_resolutions (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "train/hr_images/a_1.png", "train/vlr_images_9x9/a_1.png",
       "train/vlr_images_24x24/a_1.png", "train/vlr_images_32x32/", "train/other/",
       "train/b_1.png");
  likeness_test_assert_found (
      fixture->root, LIKENESS_LAYOUT_PAIRED,
      "train:a:a_1.png+ -train/b_1.png -train/other -train/vlr_images_32x32 "
      "-train/vlr_images_9x9");
  likeness_test_assert_skipped (fixture->root, "train/vlr_images_9x9",
                                "from vlr_images_24x24");

  ADD (fixture, "train/vlr_images/a_1.png");
  likeness_test_assert_skipped (fixture->root, "train/vlr_images_24x24",
                                "from vlr_images instead");
}

static void
test_missing_partners (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "train/hr_images/a_1.png", "train/vlr_images/a_1.png",
       "train/hr_images/a_2.png", "train/vlr_images/a_0.png", "train/vlr_images/z_9.png",
       "val/hr_images/a_3.png", "test/vlr_images/a_4.png");
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_PAIRED,
                              "train:a:a_1.png+ -test -train/hr_images/a_2.png "
                              "-train/vlr_images/a_0.png -train/vlr_images/z_9.png "
                              "-val/hr_images/a_3.png");
  likeness_test_assert_skipped (fixture->root, "train/hr_images/a_2.png",
                                "no low-resolution partner");
  likeness_test_assert_skipped (fixture->root, "train/vlr_images/z_9.png",
                                "no high-resolution partner");
  likeness_test_assert_skipped (fixture->root, "val/hr_images/a_3.png",
                                "no low-resolution partner");
  likeness_test_assert_skipped (fixture->root, "test", "no hr_images");
}

static void
copy (Fixture *fixture, const char *from, const char *to)
{
  g_autofree char *path = g_build_filename (fixture->root, from, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  likeness_test_tree_write (fixture->root, to, bytes, length);
}

static void
test_in_both (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GString) black = g_string_new ("P5 100 100 255 ");

  /* Same name, other bytes: not in both. Another name or person, same bytes: in both. */
  ADD (fixture, "train/1/a.png", "val/1/a.png", "train/1/b.png", "val/1/d.png",
       "test/3/a.png");
  copy (fixture, "train/1/b.png", "val/1/c.png");
  copy (fixture, "train/1/a.png", "val/2/e.png");
  copy (fixture, "test/3/a.png", "val/2/f.png");
  /* Equal in size and at both ends, not in the middle. */
  g_string_set_size (black, 15 + 100 * 100);
  memset (black->str + 15, 0, 100 * 100);
  likeness_test_tree_write (fixture->root, "train/1/x.pgm", black->str, black->len);
  black->str[5000] = 1;
  likeness_test_tree_write (fixture->root, "val/1/x.pgm", black->str, black->len);

  dataset = likeness_test_scan (fixture->root);
  g_assert_cmpuint (likeness_dataset_get_n_shared_faces (dataset), ==, 2);
  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);

      for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++)
        {
          LikenessFace *face = likeness_subject_get_face (subject, j);
          g_autofree char *path = likeness_face_dup_path (face);

          g_assert_cmpint (likeness_face_get_in_both_splits (face), ==,
                           g_str_has_suffix (path, "train/1/a.png")
                               || g_str_has_suffix (path, "train/1/b.png")
                               || g_str_has_suffix (path, "val/1/c.png")
                               || g_str_has_suffix (path, "val/2/e.png"));
        }
    }
  sentence = likeness_structure_describe (dataset);
  g_assert_cmpstr (sentence, ==,
                   "2 faces are in both splits: val accuracy would flatter.");
}

/* Made in another order, the same is found: nothing depends on the file system's order.
 */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = likeness_test_tree_new ();
  g_autoptr (LikenessDataset) first = NULL, second = NULL;
  g_autofree char *first_text = NULL, *second_text = NULL;

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *up = g_strdup_printf ("train/%d/%d.png", i * 7 % 10, i);
      g_autofree char *down
          = g_strdup_printf ("train/%d/%d.png", (59 - i) * 7 % 10, 59 - i);

      ADD (fixture, up);
      likeness_test_tree_add (other, (const char *const[]){down, NULL});
    }
  first = likeness_test_scan (fixture->root);
  second = likeness_test_scan (other);
  first_text = likeness_test_describe (first);
  second_text = likeness_test_describe (second);
  g_assert_true (g_str_has_prefix (first_text, "train:0:0.png train:0:10.png "));
  g_assert_cmpstr (first_text, ==, second_text);
  likeness_test_tree_remove (other);
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autoptr (LikenessDataset) dataset = NULL;
  LikenessProgressSnapshot snapshot;

  ADD (fixture, "a_1.png", "a_2.png", "a_3.png");
  dataset = likeness_dataset_scanner_scan (fixture->root, progress, NULL, NULL);
  g_assert_nonnull (dataset);
  likeness_progress_snapshot (progress, &snapshot);
  g_assert_cmpstr (snapshot.stage, ==, "Checking pictures");
  g_assert_cmpuint (snapshot.done, ==, 3);
  g_assert_cmpuint (snapshot.total, ==, 3);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  ADD (fixture, "a_1.png");
  g_cancellable_cancel (cancellable);
  g_assert_null (
      likeness_dataset_scanner_scan (fixture->root, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

static LikenessDataset *
scan_async (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  likeness_dataset_scanner_scan_async (path, NULL, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return likeness_dataset_scanner_scan_finish (result, error);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LikenessDataset *dataset = NULL;

  g_assert_null (scan_async (fixture->root, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY);
  g_clear_error (&error);

  ADD (fixture, "a_1.png");
  dataset = scan_async (fixture->root, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 1);
  g_assert_finalize_object (dataset);
}

static void
assert_count (LikenessDataset *dataset, LikenessSplit split, guint subjects, guint faces)
{
  LikenessSplitCount count = likeness_dataset_get_count (dataset, split);

  g_assert_cmpuint (count.subjects, ==, subjects);
  g_assert_cmpuint (count.faces, ==, faces);
}

static void
test_real_faces (void)
{
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autofree char *path = NULL;

  if (likeness_test_get_assets () == NULL)
    {
      g_test_skip ("LIKENESS_ASSETS is not set: there are no real faces.");
      return;
    }
  path = g_build_filename (likeness_test_get_assets (), "frontal_only", NULL);
  dataset = likeness_test_scan (path);
  g_assert_cmpint (likeness_dataset_get_layout (dataset), ==, LIKENESS_LAYOUT_PAIRED);
  g_assert_cmpint (likeness_dataset_get_structure (dataset), ==,
                   LIKENESS_STRUCTURE_DISJOINT);
  g_assert_cmpuint (likeness_dataset_get_n_subjects (dataset), ==, 158);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 2073);
  g_assert_cmpuint (likeness_dataset_get_n_skips (dataset), ==, 0);
  g_assert_cmpuint (likeness_dataset_get_n_shared_faces (dataset), ==, 0);
  g_assert_true (likeness_dataset_get_has_pairs (dataset));
  assert_count (dataset, LIKENESS_SPLIT_TRAIN, 126, 1651);
  assert_count (dataset, LIKENESS_SPLIT_VAL, 16, 216);
  assert_count (dataset, LIKENESS_SPLIT_TEST, 16, 206);
  assert_count (dataset, LIKENESS_SPLIT_NONE, 0, 0);

  g_clear_object (&dataset);
  g_free (path);
  path = g_build_filename (likeness_test_get_assets (), "orl", NULL);
  dataset = likeness_test_scan (path);
  g_assert_cmpint (likeness_dataset_get_layout (dataset), ==, LIKENESS_LAYOUT_FOLDERS);
  assert_count (dataset, LIKENESS_SPLIT_NONE, 40, 400);
}

/* Nobody counts who has no face that can be used, and nobody vanishes. */
static void
test_unusable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (LikenessSubject) first = NULL;
  GListModel *everyone = NULL;
  LikenessSubject *subject = NULL;

  ADD (fixture, "train/b_1.png", "val/b_2.png", "val/d_1.png");
  likeness_test_tree_write (fixture->root, "train/b_3.png", "broken", -1);
  likeness_test_tree_write (fixture->root, "train/a_1.png", "broken", -1);
  likeness_test_tree_write (fixture->root, "val/a_2.png", "", 0);
  likeness_test_tree_write (fixture->root, "test/c_1.png", "broken", -1);
  /* It tells no person. */
  likeness_test_tree_write (fixture->root, "train/cover.png", "broken", -1);
  dataset = likeness_test_scan (fixture->root);

  g_assert_cmpuint (likeness_dataset_get_n_subjects (dataset), ==, 2);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 3);
  g_assert_cmpuint (likeness_dataset_get_n_skips (dataset), ==, 5);
  g_assert_cmpuint (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TEST).subjects,
                    ==, 0);
  g_assert_cmpuint (likeness_dataset_get_n_unusable (dataset), ==, 2);
  subject = likeness_dataset_get_unusable (dataset, 0);
  g_assert_cmpstr (likeness_subject_get_id (subject), ==, "a");
  g_assert_cmpuint (likeness_subject_get_n_faces (subject), ==, 0);
  g_assert_cmpuint (likeness_subject_get_skipped_splits (subject), ==,
                    1u << LIKENESS_SPLIT_TRAIN | 1u << LIKENESS_SPLIT_VAL);
  g_assert_cmpint (likeness_subject_get_flags (subject), ==, LIKENESS_FLAG_UNREADABLE);
  subject = likeness_dataset_get_unusable (dataset, 1);
  g_assert_cmpstr (likeness_subject_get_id (subject), ==, "c");
  subject = likeness_dataset_get_subject (dataset, 0);
  g_assert_cmpuint (likeness_subject_get_skipped_splits (subject), ==,
                    1u << LIKENESS_SPLIT_TRAIN);

  everyone = likeness_dataset_get_everyone (dataset);
  g_assert_cmpuint (g_list_model_get_n_items (everyone), ==, 4);
  first = g_list_model_get_item (everyone, 0);
  g_assert_true (first == likeness_dataset_get_unusable (dataset, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)
  TEST ("/dataset-scanner/paired", NULL, test_paired);
  TEST ("/dataset-scanner/paired/without-splits", NULL, test_paired_without_splits);
  TEST ("/dataset-scanner/paired/resolutions", NULL, test_resolutions);
  TEST ("/dataset-scanner/paired/missing-partners", NULL, test_missing_partners);
  TEST ("/dataset-scanner/flat", NULL, test_flat);
  TEST ("/dataset-scanner/flat/without-splits", NULL, test_flat_without_splits);
  TEST ("/dataset-scanner/folders", NULL, test_folders);
  TEST ("/dataset-scanner/folders/without-splits", NULL, test_folders_without_splits);
  TEST ("/dataset-scanner/folders/with-pairs", NULL, test_folders_with_pairs);
  TEST ("/dataset-scanner/splits/val", "val", test_split_names);
  TEST ("/dataset-scanner/splits/valid", "valid", test_split_names);
  TEST ("/dataset-scanner/splits/validation", "validation", test_split_names);
  TEST ("/dataset-scanner/splits/rivals", NULL, test_rival_splits);
  TEST ("/dataset-scanner/in-both-splits", NULL, test_in_both);
  TEST ("/dataset-scanner/order", NULL, test_order);
  TEST ("/dataset-scanner/progress", NULL, test_progress);
  TEST ("/dataset-scanner/cancelled", NULL, test_cancelled);
  TEST ("/dataset-scanner/async", NULL, test_async);
  TEST ("/dataset-scanner/unusable-subject", NULL, test_unusable);
#undef TEST
  g_test_add_func ("/dataset-scanner/real-faces", test_real_faces);
  return g_test_run ();
}
