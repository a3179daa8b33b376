/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-dataset.h"
#include "likeness-face-list.h"
#include "likeness-structure.h"

#include <string.h>

/* Faces from text: "subject:split:name ...", sorted as the data set wants them. */
static LikenessDataset *
make_dataset (const char *text, gboolean paired)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GRefString) high = g_ref_string_new ("/data/high");
  g_autoptr (GRefString) low = g_ref_string_new ("/data/low");
  GPtrArray *subjects = g_ptr_array_new ();
  GPtrArray *skips = g_ptr_array_new ();
  LikenessSkip *skip = g_new (LikenessSkip, 1);

  skip->path = g_strdup ("train/bad.png");
  skip->reason = g_strdup ("It is bad.");
  g_ptr_array_add (skips, skip);
  for (char **word = words; *word != NULL;)
    {
      GPtrArray *faces = g_ptr_array_new ();
      g_autoptr (GRefString) id = NULL;

      for (; *word != NULL; word++)
        {
          g_auto (GStrv) parts = g_strsplit (*word, ":", 3);
          LikenessSplit split = LIKENESS_SPLIT_NONE;

          if (id != NULL && strcmp (id, parts[0]) != 0)
            break;
          if (id == NULL)
            id = g_ref_string_new (parts[0]);
          likeness_split_from_string (parts[1], &split);
          g_ptr_array_add (
              faces, likeness_face_new (id, split, high, paired ? low : NULL, parts[2]));
        }
      g_ptr_array_add (subjects, likeness_subject_new (id, faces));
    }
  return likeness_dataset_new ("/data", LIKENESS_LAYOUT_PAIRED, subjects, skips);
}

static void
test_face (void)
{
  g_autoptr (GRefString) subject = g_ref_string_new ("7\xff");
  g_autoptr (GRefString) high = g_ref_string_new ("/data/high");
  g_autoptr (GRefString) low = g_ref_string_new ("/data/low");
  LikenessFace *alone
      = likeness_face_new (subject, LIKENESS_SPLIT_VAL, high, NULL, "a\n.png");
  LikenessFace *paired
      = likeness_face_new (subject, LIKENESS_SPLIT_TRAIN, high, low, "b.png");
  g_autofree char *path = likeness_face_dup_path (alone);
  g_autofree char *paired_path = likeness_face_dup_path (paired);
  g_autofree char *low_path = likeness_face_dup_low_path (paired);
  g_autofree char *shown_subject = NULL;
  g_autofree char *shown_name = NULL;
  g_autofree char *split = NULL;
  gboolean has_partner = TRUE;

  g_assert_cmpstr (path, ==, "/data/high/a\n.png");
  g_assert_cmpstr (paired_path, ==, "/data/high/b.png");
  g_assert_cmpstr (low_path, ==, "/data/low/b.png");
  g_assert_null (likeness_face_dup_low_path (alone));
  g_assert_true (likeness_face_get_has_partner (paired));

  g_object_get (alone, "subject", &shown_subject, "name", &shown_name, "split", &split,
                "has-partner", &has_partner, NULL);
  g_assert_cmpstr (shown_subject, ==, "7\xef\xbf\xbd");
  g_assert_cmpstr (shown_name, ==, "a\xef\xbf\xbd.png");
  g_assert_cmpstr (split, ==, "val");
  g_assert_false (has_partner);
  g_assert_cmpstr (likeness_face_get_subject (alone), ==, "7\xff");

  g_assert_finalize_object (alone);
  g_assert_finalize_object (paired);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  ++*count;
}

static void
test_subject (void)
{
  g_autoptr (LikenessDataset) dataset = make_dataset (
      "a:none:0.png a:train:1.png a:train:2.png a:val:1.png a:test:3.png", FALSE);
  LikenessSubject *subject = likeness_dataset_get_subject (dataset, 0);
  guint n_faces, n_none, n_train, n_val, n_test, notified = 0;
  g_autoptr (LikenessFace) first = NULL;
  g_autoptr (LikenessFace) item = g_list_model_get_item (G_LIST_MODEL (subject), 3);
  g_autofree char *name = NULL;
  gboolean excluded;

  g_object_get (subject, "name", &name, "n-faces", &n_faces, "n-none", &n_none, "n-train",
                &n_train, "n-val", &n_val, "n-test", &n_test, "first-face", &first,
                "excluded", &excluded, NULL);
  g_assert_cmpstr (name, ==, "a");
  g_assert_cmpuint (n_faces, ==, 5);
  g_assert_cmpuint (n_none, ==, 1);
  g_assert_cmpuint (n_train, ==, 2);
  g_assert_cmpuint (n_val, ==, 1);
  g_assert_cmpuint (n_test, ==, 1);
  g_assert_cmpstr (likeness_face_get_name (first), ==, "0.png");
  g_assert_false (excluded);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (subject)), ==, 5);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (subject))
                 == LIKENESS_TYPE_FACE);
  g_assert_cmpint (likeness_face_get_split (item), ==, LIKENESS_SPLIT_VAL);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (subject), 5));
  g_assert_null (likeness_subject_get_face (subject, 5));

  g_signal_connect (subject, "notify::excluded", G_CALLBACK (count_cb), &notified);
  g_object_set (subject, "excluded", TRUE, NULL);
  likeness_subject_set_excluded (subject, TRUE);
  likeness_subject_set_excluded (subject, 2);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_true (likeness_subject_get_excluded (subject));
  likeness_subject_set_excluded (subject, FALSE);
  g_assert_cmpuint (notified, ==, 2);
}

static void
test_dataset (void)
{
  LikenessDataset *dataset
      = make_dataset ("a:train:1.png a:val:2.png b:train:1.png c:test:1.png", TRUE);
  LikenessSubject *item = g_list_model_get_item (G_LIST_MODEL (dataset), 2);
  g_autofree char *name = NULL;
  guint n_subjects, n_faces, n_skips;
  gboolean has_pairs;

  g_object_get (dataset, "name", &name, "n-subjects", &n_subjects, "n-faces", &n_faces,
                "n-skips", &n_skips, "has-pairs", &has_pairs, NULL);
  g_assert_cmpstr (name, ==, "data");
  g_assert_cmpuint (n_subjects, ==, 3);
  g_assert_cmpuint (n_faces, ==, 4);
  g_assert_cmpuint (n_skips, ==, 1);
  g_assert_true (has_pairs);
  g_assert_cmpstr (likeness_dataset_get_root (dataset), ==, "/data");
  g_assert_cmpint (likeness_dataset_get_layout (dataset), ==, LIKENESS_LAYOUT_PAIRED);
  g_assert_cmpuint (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN).subjects,
                    ==, 2);
  g_assert_cmpuint (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN).faces, ==,
                    2);
  g_assert_cmpuint (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_VAL).subjects, ==,
                    1);
  g_assert_cmpuint (likeness_dataset_get_n_shared_subjects (dataset), ==, 1);
  g_assert_cmpstr (likeness_dataset_get_skip (dataset, 0)->reason, ==, "It is bad.");
  g_assert_null (likeness_dataset_get_skip (dataset, 1));
  g_assert_null (likeness_dataset_get_subject (dataset, 3));

  g_assert_cmpstr (likeness_subject_get_id (item), ==, "c");
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (dataset))
                 == LIKENESS_TYPE_SUBJECT);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dataset)), ==, 3);
  g_assert_finalize_object (dataset);
  g_assert_finalize_object (item);
}

static void
test_decide (void)
{
  g_assert_cmpint (likeness_structure_decide (0, 0, 0), ==, LIKENESS_STRUCTURE_UNSPLIT);
  g_assert_cmpint (likeness_structure_decide (5, 0, 0), ==, LIKENESS_STRUCTURE_DISJOINT);
  g_assert_cmpint (likeness_structure_decide (0, 5, 0), ==, LIKENESS_STRUCTURE_DISJOINT);
  g_assert_cmpint (likeness_structure_decide (5, 5, 0), ==, LIKENESS_STRUCTURE_DISJOINT);
  g_assert_cmpint (likeness_structure_decide (5, 5, 5), ==,
                   LIKENESS_STRUCTURE_CLOSED_SET);
  g_assert_cmpint (likeness_structure_decide (6, 5, 5), ==,
                   LIKENESS_STRUCTURE_CLOSED_SET);
  g_assert_cmpint (likeness_structure_decide (5, 5, 4), ==, LIKENESS_STRUCTURE_MIXED);
  g_assert_cmpint (likeness_structure_decide (4, 5, 4), ==, LIKENESS_STRUCTURE_MIXED);
}

static void
assert_described (const char *faces, const char *expected)
{
  g_autoptr (LikenessDataset) dataset = make_dataset (faces, FALSE);
  g_autofree char *sentence = likeness_structure_describe (dataset);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_describe (void)
{
  assert_described ("a:train:1 b:val:1 c:test:1",
                    "Every split holds different people: right for super-resolution, "
                    "cannot validate a recogniser.");
  assert_described ("a:train:1 a:val:2 b:train:1 b:val:2 c:test:1",
                    "The same 2 people in train and val, no face in both: ready.");
  assert_described ("a:train:1 a:val:2",
                    "The same 1 person in train and val, no face in both: ready.");
  assert_described ("a:train:1 a:val:2 b:train:1 b:val:2 c:train:1",
                    "2 people are in val, and all of them also in train, which has 3; no "
                    "face in both: ready.");
  assert_described ("a:train:1 a:val:2 b:val:2",
                    "1 of 2 people in val are also in train: val accuracy would be "
                    "measured on strangers too. Make a training set.");
  assert_described ("a:none:1 b:none:2",
                    "2 people, not split yet: make a training set to get train and val.");
  assert_described ("a:train:1", "There is a train split and no val: training could not "
                                 "be validated. Make a training set.");
  assert_described ("a:val:1", "There is a val split and no train: there is nothing to "
                               "train on. Make a training set.");
  assert_described ("a:test:1", "Only test has faces: there is nothing to train on. Open "
                                "a folder that has a train split.");
}

static void
test_list (void)
{
  g_autoptr (LikenessDataset) dataset
      = make_dataset ("a:train:2 a:train:9 a:val:1 a:val:2 b:train:1 c:test:1 d:train:1 "
                      "e:val:1",
                      TRUE);
  g_autoptr (LikenessFaceList) list = NULL;
  g_autoptr (LikenessFaceList) same = NULL;
  static const char *const paths[] = {"/data/high/1", "/data/high/2", "/data/high/2",
                                      "/data/high/9", "/data/high/1", "/data/high/1"};
  static const guint32 labels[] = {0, 0, 0, 0, 1, 2};

  likeness_subject_set_excluded (likeness_dataset_get_subject (dataset, 3), TRUE);
  list = likeness_face_list_new (dataset,
                                 1u << LIKENESS_SPLIT_TRAIN | 1u << LIKENESS_SPLIT_VAL);
  same = likeness_face_list_ref (list);
  g_clear_object (&dataset);

  g_assert_cmpuint (list->n_subjects, ==, 3);
  g_assert_cmpuint (g_strv_length (list->subjects), ==, 3);
  g_assert_cmpstr (list->subjects[0], ==, "a");
  g_assert_cmpstr (list->subjects[1], ==, "b");
  g_assert_cmpstr (list->subjects[2], ==, "e");
  g_assert_cmpuint (list->n_faces, ==, G_N_ELEMENTS (paths));
  for (guint i = 0; i < list->n_faces; i++)
    {
      g_assert_cmpstr (list->faces[i].path, ==, paths[i]);
      g_assert_cmpuint (list->faces[i].label, ==, labels[i]);
      g_assert_true (g_str_has_prefix (list->faces[i].low_path, "/data/low/"));
    }
  g_assert_cmpint (likeness_face_list_find_subject (list, "a"), ==, 0);
  g_assert_cmpint (likeness_face_list_find_subject (list, "b"), ==, 1);
  g_assert_cmpint (likeness_face_list_find_subject (list, "e"), ==, 2);
  g_assert_cmpint (likeness_face_list_find_subject (list, "c"), ==, -1);
  g_assert_cmpint (likeness_face_list_find_subject (list, "d"), ==, -1);
  g_assert_cmpint (likeness_face_list_find_subject (list, ""), ==, -1);
}

static void
test_empty_list (void)
{
  g_autoptr (LikenessDataset) dataset = make_dataset ("a:train:1", FALSE);
  g_autoptr (LikenessFaceList) none
      = likeness_face_list_new (dataset, 1u << LIKENESS_SPLIT_VAL);
  g_autoptr (LikenessFaceList) unpaired
      = likeness_face_list_new (dataset, 1u << LIKENESS_SPLIT_TRAIN);

  g_assert_cmpuint (none->n_subjects, ==, 0);
  g_assert_null (none->subjects[0]);
  g_assert_cmpuint (none->n_faces, ==, 0);
  g_assert_cmpint (likeness_face_list_find_subject (none, "a"), ==, -1);
  g_assert_null (unpaired->faces[0].low_path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face/paths-and-properties", test_face);
  g_test_add_func ("/subject/properties-and-items", test_subject);
  g_test_add_func ("/dataset/properties-and-items", test_dataset);
  g_test_add_func ("/structure/decide", test_decide);
  g_test_add_func ("/structure/describe", test_describe);
  g_test_add_func ("/face-list/by-subject-then-name", test_list);
  g_test_add_func ("/face-list/empty", test_empty_list);
  return g_test_run ();
}
