/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-dataset-scanner.h"
#include "likeness-error.h"
#include "likeness-split-twins.h"
#include "likeness-test-split.h"

static LikenessDataset *
scan (const char *path)
{
  g_autoptr (GError) error = NULL;
  LikenessDataset *dataset = likeness_dataset_scanner_scan (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

static void
test_real_faces (void)
{
  const char *assets = likeness_test_get_assets ();
  g_autofree char *path = NULL;
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (LikenessSplitJob) job = NULL;
  g_autoptr (GError) error = NULL;
  const LikenessSplitPlan *plan;
  LikenessPlanOptions options;

  if (assets == NULL)
    {
      g_test_skip ("LIKENESS_ASSETS is not set: there are no real faces");
      return;
    }
  path = g_build_filename (assets, "frontal_only", NULL);
  dataset = scan (path);
  job = likeness_split_job_new (dataset,
                                1u << LIKENESS_SPLIT_TRAIN | 1u << LIKENESS_SPLIT_VAL);
  g_assert_cmpuint (likeness_split_job_get_n_faces (job), ==, 1651 + 216);
  likeness_plan_options_init (&options);
  options.keep_near_duplicates = FALSE;
  plan = likeness_split_job_plan (job, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->n_subjects, ==, 142);
  g_assert_cmpuint (plan->train, ==, 1494);
  g_assert_cmpuint (plan->val, ==, 373);
  g_assert_cmpuint (likeness_split_job_measure (job).files, ==, 2 * (1494 + 373));

  g_assert_true (likeness_split_job_read (job, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (likeness_split_job_get_was_read (job));
  options.keep_near_duplicates = TRUE;
  plan = likeness_split_job_plan (job, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->train, ==, plan->wanted_train);
  g_assert_cmpuint (plan->leak, ==, 0);
  g_assert_cmpuint (plan->naive_of, ==, 373);
}

/* One picture under two people, and one of test that the pool has too. */
static void
test_twins (void)
{
  static const char *const paths[]
      = {"train/a_1.png", "train/a_2.png", "train/b_1.png", "train/c_1.png",
         "val/a_3.png",   "test/d_1.png",  "test/d_2.png",  NULL};
  static const char *const copies[][2] = {{"train/a_1.png", "train/b_1.png"},
                                          {"train/c_1.png", "test/d_2.png"},
                                          {"train/a_2.png", "val/a_3.png"}};
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (LikenessSplitJob) pool = NULL;
  g_autoptr (LikenessSplitJob) test = NULL;
  g_autoptr (GPtrArray) twins = NULL;
  g_autoptr (GError) error = NULL;

  likeness_test_tree_add (root, paths);
  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autofree char *from = g_build_filename (root, copies[i][0], NULL);
      g_autofree char *bytes = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (from, &bytes, &size, NULL));
      likeness_test_tree_write (root, copies[i][1], bytes, size);
    }
  dataset = scan (root);
  pool = likeness_split_job_new (dataset,
                                 1u << LIKENESS_SPLIT_TRAIN | 1u << LIKENESS_SPLIT_VAL);
  test = likeness_split_job_new (dataset, 1u << LIKENESS_SPLIT_TEST);
  g_assert_true (likeness_split_job_read (pool, NULL, NULL, &error));
  g_assert_true (likeness_split_job_read (test, NULL, NULL, &error));
  twins = likeness_split_twins_find (pool, test);
  g_assert_cmpuint (twins->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const LikenessTwins *pair = twins->pdata[i];
      guint expected = pair->in_test ? 1 : 0;

      g_assert_cmpstr (pair->first, ==, copies[expected][0]);
      g_assert_cmpstr (pair->second, ==, copies[expected][1]);
    }
  g_clear_pointer (&twins, g_ptr_array_unref);
  twins = likeness_split_twins_find (pool, NULL);
  g_assert_cmpuint (twins->len, ==, 1);
  likeness_test_tree_remove (root);
}

static void
assert_dropped (LikenessDataset *dataset, guint mask, const char *expected)
{
  g_autoptr (LikenessSplitJob) job = likeness_split_job_new (dataset, mask);
  g_autoptr (GString) dropped = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  LikenessPlanOptions options;
  const LikenessSplitPlan *plan;

  likeness_plan_options_init (&options);
  options.minimum = 2;
  plan = likeness_split_job_plan (job, &options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < plan->n_drops; i++)
    {
      g_autofree char *reason = likeness_drop_describe (&plan->drops[i], &options);

      g_string_append_printf (dropped, "%s %u: %s\n", plan->drops[i].subject,
                              plan->drops[i].faces, reason);
    }
  g_assert_cmpstr (dropped->str, ==, expected);
}

/* Who has nothing but broken files is not dropped in silence. */
static void
test_unusable (void)
{
  static const char *const paths[]
      = {"train/b_1.png", "train/b_2.png", "val/b_3.png", "train/d_1.png", NULL};
  const guint pool = 1u << LIKENESS_SPLIT_TRAIN | 1u << LIKENESS_SPLIT_VAL;
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (LikenessDataset) dataset = NULL;

  likeness_test_tree_add (root, paths);
  likeness_test_tree_write (root, "train/a_1.png", "broken", -1);
  likeness_test_tree_write (root, "val/e_1.png", "broken", -1);
  likeness_test_tree_write (root, "test/c_1.png", "broken", -1);
  dataset = scan (root);
  assert_dropped (dataset, pool,
                  "a 0: none of its files can be used\n"
                  "d 1: 1 face, at least 2 are needed\n"
                  "e 0: none of its files can be used\n");
  assert_dropped (dataset, pool | 1u << LIKENESS_SPLIT_TEST,
                  "a 0: none of its files can be used\n"
                  "c 0: none of its files can be used\n"
                  "d 1: 1 face, at least 2 are needed\n"
                  "e 0: none of its files can be used\n");
  likeness_subject_set_excluded (likeness_dataset_get_unusable (dataset, 0), TRUE);
  assert_dropped (dataset, 1u << LIKENESS_SPLIT_TRAIN,
                  "d 1: 1 face, at least 2 are needed\n");
  likeness_test_tree_remove (root);
}

static void
test_masks (void)
{
  static const char *const paths[] = {"train/a_1.png", "train/a_2.png", "val/a_3.png",
                                      "test/a_4.png",  "test/b_1.png",  NULL};
  static const struct
  {
    guint mask;
    gsize n;
  } cases[] = {{1u << LIKENESS_SPLIT_TRAIN | 1u << LIKENESS_SPLIT_VAL, 3},
               {1u << LIKENESS_SPLIT_VAL, 1},
               {1u << LIKENESS_SPLIT_TEST, 2}};
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (LikenessDataset) dataset = NULL;

  likeness_test_tree_add (root, paths);
  dataset = scan (root);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LikenessSplitJob) job = likeness_split_job_new (dataset, cases[i].mask);
      g_assert_cmpuint (likeness_split_job_get_n_faces (job), ==, cases[i].n);
    }
  likeness_subject_set_excluded (likeness_dataset_get_subject (dataset, 0), TRUE);
  {
    g_autoptr (LikenessSplitJob) job = likeness_split_job_new (dataset, cases[2].mask);
    g_assert_cmpuint (likeness_split_job_get_n_faces (job), ==, 1);
    g_assert_cmpstr (likeness_split_job_get_faces (job)[0].path, ==, "test/b_1.png");
  }
  likeness_test_tree_remove (root);
}

/* A face that the scanner's look did not find wanting, but that cannot be decoded. */
static void
test_unreadable (void)
{
  static const char *const paths[]
      = {"a/1.png", "a/2.png", "a/3.png", "a/4.png", "a/5.png", "a/6.png", NULL};
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "a/3.png", NULL);
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (LikenessSplitJob) job = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  const LikenessSplitPlan *plan;
  LikenessPlanOptions options;
  gsize size;

  likeness_test_tree_add (root, paths);
  dataset = scan (root);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize i = 45; i < size - 20; i++)
    bytes[i] = 0x55;
  likeness_test_tree_write (root, "a/3.png", bytes, size);

  job = likeness_split_job_new (dataset, 0);
  g_assert_true (likeness_split_job_read (job, NULL, NULL, &error));
  g_assert_no_error (error);
  likeness_plan_options_init (&options);
  plan = likeness_split_job_plan (job, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->train + plan->val, ==, 5);
  for (gsize i = 0; i < 6; i++)
    {
      g_autofree char *face = likeness_split_job_dup_path (job, i);

      g_assert_true (likeness_split_job_get_unreadable (job, i)
                     == g_str_equal (face, path));
      g_assert_true ((plan->assignments[i] == LIKENESS_ASSIGNMENT_OUT)
                     == g_str_equal (face, path));
    }
  likeness_test_tree_remove (root);
}

static void
test_read_cancelled (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (likeness_split_job_read (split->job, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (likeness_split_job_get_was_read (split->job));
}

static LikenessPin
get_pin (const TestSplit *split, const char *path)
{
  const LikenessPlanFace *faces = likeness_split_job_get_faces (split->job);

  for (gsize i = 0; i < likeness_split_job_get_n_faces (split->job); i++)
    if (g_str_equal (faces[i].path, path))
      return faces[i].pin;
  g_assert_not_reached ();
}

/* Names that a file of pins has to escape among others. */
static const TestFace pinned_faces[] = {
    {"7", LIKENESS_SPLIT_TRAIN, "train", "low", "7_\n\xff.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train", "low", "7_1.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train", "low", "7_\\x41.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train", "low", "7_2.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train", "low", "7_3.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train", "low", "7_4.png"},
    {NULL},
};

static void
test_pins (void)
{
  g_autoptr (TestSplit) split = test_split_new (LIKENESS_LAYOUT_FLAT, pinned_faces);
  g_autofree char *path = g_build_filename (split->root, "pins.txt", NULL);
  g_autoptr (GError) error = NULL;

  likeness_test_tree_write (split->root, "pins.txt",
                            "val\ttrain/7_1.png\n"
                            "\n"
                            "out\ttrain/7_\\x0a\\xff.png\n"
                            "train\ttrain/7_\\x41.png\n"
                            "val\tlow/7_2.png",
                            -1);
  g_assert_true (likeness_split_job_load_pins (split->job, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_pin (split, "train/7_1.png"), ==, LIKENESS_PIN_VAL);
  g_assert_cmpint (get_pin (split, "train/7_\n\xff.png"), ==, LIKENESS_PIN_OUT);
  g_assert_cmpint (get_pin (split, "train/7_\\x41.png"), ==, LIKENESS_PIN_TRAIN);
  g_assert_cmpint (get_pin (split, "train/7_2.png"), ==, LIKENESS_PIN_VAL);
  g_assert_cmpint (get_pin (split, "train/7_3.png"), ==, LIKENESS_PIN_NONE);
}

/* What the window saves is what the command line reads. */
static void
test_pins_round_trip (void)
{
  static const char *const paths[]
      = {"train/7_\n\xff.png", "train/7_1.png", "train/7_\\x41.png"};
  g_autoptr (TestSplit) split = test_split_new (LIKENESS_LAYOUT_FLAT, pinned_faces);
  g_autoptr (GHashTable) pins = likeness_split_pins_new ();
  g_autofree char *file = g_build_filename (split->root, "pins.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    g_hash_table_insert (pins, g_strdup (paths[i]), GINT_TO_POINTER (1 + i));
  text = likeness_split_pins_to_string (pins);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_assert_true (likeness_split_job_load_pins (split->job, file, &error));
  g_assert_no_error (error);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (get_pin (split, paths[i]), ==, 1 + i);
  g_assert_cmpint (get_pin (split, "train/7_2.png"), ==, LIKENESS_PIN_NONE);

  g_hash_table_remove (pins, paths[0]);
  likeness_split_job_set_pins (split->job, pins);
  g_assert_cmpint (get_pin (split, paths[0]), ==, LIKENESS_PIN_NONE);
  g_assert_cmpint (get_pin (split, paths[1]), ==, LIKENESS_PIN_VAL);
}

/* A pin moves the whole group, so it takes the other pins of the group back. */
static void
test_pins_of_a_group (void)
{
  static const LikenessPlanFace faces[] = {{.path = "a"}, {.path = "b"}, {.path = "c"}};
  gsize groups[] = {0, 0, 2};
  LikenessSplitPlan plan = {.n_faces = 3, .groups = groups};
  g_autoptr (GHashTable) pins = likeness_split_pins_new ();

  likeness_split_pins_set (pins, faces, &plan, 0, LIKENESS_PIN_VAL);
  likeness_split_pins_set (pins, faces, &plan, 2, LIKENESS_PIN_TRAIN);
  likeness_split_pins_set (pins, faces, &plan, 1, LIKENESS_PIN_OUT);
  g_assert_cmpuint (g_hash_table_size (pins), ==, 2);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (pins, "b")), ==,
                   LIKENESS_PIN_OUT);
  likeness_split_pins_set (pins, faces, &plan, 1, LIKENESS_PIN_NONE);
  g_assert_cmpuint (g_hash_table_size (pins), ==, 1);
}

static void
test_bad_pins (void)
{
  static const struct
  {
    const char *text;
    LikenessError code;
    const char *word;
  } cases[] = {
      {"val train/hr_images/007_0.png\n", LIKENESS_ERROR_BAD_FORMAT, "line 1"},
      {"\nboth\ttrain/hr_images/007_0.png\n", LIKENESS_ERROR_BAD_FORMAT, "line 2"},
      {"val\ttrain/hr_images/nobody.png\n", LIKENESS_ERROR_BAD_FORMAT, "nobody.png"},
      {"val\t../source/train/hr_images/007_0.png\n", LIKENESS_ERROR_BAD_FORMAT, "line 1"},
      {"val\ttrain/hr_images/007_0.png\nout\ttrain/vlr_images/007_0.png\n",
       LIKENESS_ERROR_CONFLICT, "line 2"},
  };
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autofree char *path = g_build_filename (split->root, "pins.txt", NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      likeness_test_tree_write (split->root, "pins.txt", cases[i].text, -1);
      g_assert_false (likeness_split_job_load_pins (split->job, path, &error));
      g_assert_error (error, LIKENESS_ERROR, (int)cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].word));
      g_assert_cmpint (get_pin (split, "train/hr_images/007_0.png"), ==,
                       LIKENESS_PIN_NONE);
      g_clear_error (&error);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (likeness_split_job_load_pins (split->job, path, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split-job/faces/real", test_real_faces);
  g_test_add_func ("/split-job/faces/from-which-splits", test_masks);
  g_test_add_func ("/split-job/faces/unusable-subject", test_unusable);
  g_test_add_func ("/split-job/twins/across-people-and-test", test_twins);
  g_test_add_func ("/split-job/read/undecodable-face", test_unreadable);
  g_test_add_func ("/split-job/read/cancelled", test_read_cancelled);
  g_test_add_func ("/split-job/pins/file", test_pins);
  g_test_add_func ("/split-job/pins/round-trip", test_pins_round_trip);
  g_test_add_func ("/split-job/pins/of-a-group", test_pins_of_a_group);
  g_test_add_func ("/split-job/pins/bad-file", test_bad_pins);
  return g_test_run ();
}
