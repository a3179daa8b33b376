/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-error.h"
#include "likeness-split-job.h"
#include "likeness-test-faces.h"

static void
test_one_subject (void)
{
  g_autoptr (TestFaces) faces = test_faces_new ();
  g_autoptr (LikenessSplitPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  LikenessPlanOptions options;

  likeness_plan_options_init (&options);
  test_faces_add (faces, "007", 10);
  plan = likeness_split_plan_new (faces->faces, faces->n, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->train, ==, 8);
  g_assert_cmpuint (plan->val, ==, 2);
  g_assert_cmpuint (plan->wanted_train, ==, 8);
  g_assert_cmpuint (plan->n_subjects, ==, 1);
  g_assert_cmpstr (plan->subjects[0].subject, ==, "007");
  g_assert_cmpuint (plan->subjects[0].train, ==, 8);
}

/* The order is that of XXH3-64 with the seed over "007/NAME"; the last two of it,
 * computed with libxxhash from Python, go to val. */
static void
test_same_everywhere (void)
{
  static const struct
  {
    guint64 seed;
    guint val[2];
  } cases[] = {{42, {4, 7}}, {43, {2, 3}}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestFaces) faces = test_faces_new ();
      g_autoptr (LikenessSplitPlan) plan = NULL;
      LikenessPlanOptions options;

      likeness_plan_options_init (&options);
      options.seed = cases[i].seed;
      for (guint j = 0; j < 10; j++)
        {
          g_autofree char *name = g_strdup_printf ("007_%02u.png", j);
          test_faces_add_named (faces, "007", name);
        }
      plan = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
      for (guint j = 0; j < 10; j++)
        g_assert_cmpint (plan->assignments[j], ==,
                         j == cases[i].val[0] || j == cases[i].val[1]
                             ? LIKENESS_ASSIGNMENT_VAL
                             : LIKENESS_ASSIGNMENT_TRAIN);
    }
}

static void
test_both_sides (void)
{
  static const double ratios[] = {0.05, 0.5, 0.95};

  for (gsize i = 0; i < G_N_ELEMENTS (ratios); i++)
    {
      g_autoptr (TestFaces) faces = test_faces_new ();
      g_autoptr (LikenessSplitPlan) plan = NULL;
      LikenessPlanOptions options;

      likeness_plan_options_init (&options);
      options.ratio = ratios[i];
      options.minimum = 2;
      test_faces_add (faces, "a", 2);
      test_faces_add (faces, "b", 2);
      plan = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
      g_assert_cmpuint (plan->train, ==, 2);
      g_assert_cmpuint (plan->val, ==, 2);
      /* round (0.05 * 4) = 0 and round (0.95 * 4) = 4 cannot be had: it is said. */
      g_assert_cmpuint (plan->wanted_train, ==, i == 0 ? 0 : i == 1 ? 2 : 4);
    }
}

/* 10,668 faces of 287 people, from 5 to 69 each, and four people with too few. */
static TestFaces *
make_full_size (void)
{
  TestFaces *faces = test_faces_new ();
  guint left = 10668;

  for (guint i = 0; i < 287; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%03u", i + 1);
      guint rest = 286 - i;
      guint n = i * 29 % 65 + 5;

      n = rest == 0 ? left
                    : CLAMP (n, left > rest * 69 ? left - rest * 69 : 5, left - rest * 5);
      test_faces_add (faces, subject, n);
      left -= n;
    }
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%03u", i + 901);
      test_faces_add (faces, subject, i + 1);
    }
  return faces;
}

static void
test_full_size (void)
{
  g_autoptr (TestFaces) faces = make_full_size ();
  g_autoptr (LikenessSplitPlan) plan = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (GError) error = NULL;
  LikenessPlanOptions options;

  likeness_plan_options_init (&options);
  g_assert_cmpuint (faces->n, ==, 10668 + 1 + 2 + 3 + 4);
  plan = likeness_split_plan_new (faces->faces, faces->n, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->n_subjects, ==, 287);
  g_assert_cmpuint (plan->train, ==, 8534);
  g_assert_cmpuint (plan->val, ==, 2134);
  g_assert_cmpuint (plan->n_drops, ==, 4);
  g_assert_cmpstr (plan->drops[3].subject, ==, "904");
  g_assert_cmpuint (plan->drops[3].faces, ==, 4);
  for (guint i = 0; i < plan->n_subjects; i++)
    {
      guint n = plan->subjects[i].train + plan->subjects[i].val;

      g_assert_cmpuint (plan->subjects[i].train, >=, n * 4 / 5);
      g_assert_cmpuint (plan->subjects[i].train, <=, (n * 4 + 4) / 5);
    }

  summary = likeness_split_summarize (plan, ".../edgeface_finetune");
  g_assert_cmpstr (summary, ==,
                   "Dataset Creation Complete!\n"
                   "Subjects:        287\n"
                   "Train images:    8,534\n"
                   "Val images:      2,134\n"
                   "Split ratio:     80.0% train / 20.0% val\n"
                   "Output directory: .../edgeface_finetune\n");
}

static void
test_drops (void)
{
  g_autoptr (TestFaces) faces = test_faces_new ();
  g_autoptr (LikenessSplitPlan) plan = NULL;
  g_autofree char *few = NULL;
  g_autofree char *burst = NULL;
  g_autofree char *pinned = NULL;
  LikenessPlanOptions options;

  likeness_plan_options_init (&options);
  test_faces_add (faces, "few", 4);
  test_faces_add (faces, "kept", 5);
  test_faces_add (faces, "burst", 6);
  for (guint i = 9; i < 15; i++)
    test_faces_set_hash (faces, i, 0xfeed ^ (1u << i));
  test_faces_add (faces, "pinned", 5);
  for (guint i = 15; i < 20; i++)
    faces->faces[i].pin = LIKENESS_PIN_TRAIN;

  plan = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
  g_assert_cmpuint (plan->n_subjects, ==, 1);
  g_assert_cmpuint (plan->n_drops, ==, 3);
  g_assert_cmpstr (plan->drops[0].subject, ==, "burst");
  g_assert_cmpstr (plan->drops[1].subject, ==, "few");
  g_assert_cmpstr (plan->drops[2].subject, ==, "pinned");
  burst = likeness_drop_describe (&plan->drops[0], &options);
  few = likeness_drop_describe (&plan->drops[1], &options);
  pinned = likeness_drop_describe (&plan->drops[2], &options);
  g_assert_cmpstr (burst, ==,
                   "one burst: all 6 faces are near-duplicates of one another");
  g_assert_cmpstr (few, ==, "4 faces, at least 5 are needed");
  g_assert_cmpstr (pinned, ==, "the pins leave train or val empty");
}

static void
test_nothing_left (void)
{
  g_autoptr (TestFaces) faces = test_faces_new ();
  g_autoptr (LikenessSplitPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  LikenessPlanOptions options;

  likeness_plan_options_init (&options);
  plan = likeness_split_plan_new (faces->faces, 0, &options, &error);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_FEW);
  g_clear_error (&error);
  test_faces_add (faces, "few", 4);
  plan = likeness_split_plan_new (faces->faces, faces->n, &options, &error);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_FEW);
  g_assert_null (plan);
}

static void
test_options (void)
{
  static const double ratios[] = {0.049, 0.951, -1, 1e300, NAN, INFINITY};
  g_autoptr (TestFaces) faces = test_faces_new ();

  test_faces_add (faces, "a", 10);
  for (gsize i = 0; i < G_N_ELEMENTS (ratios) + 2; i++)
    {
      g_autoptr (LikenessSplitPlan) plan = NULL;
      g_autoptr (GError) error = NULL;
      LikenessPlanOptions options;

      likeness_plan_options_init (&options);
      if (i < G_N_ELEMENTS (ratios))
        options.ratio = ratios[i];
      else
        options.minimum = i == G_N_ELEMENTS (ratios) ? 1 : 1001;
      plan = likeness_split_plan_new (faces->faces, faces->n, &options, &error);
      g_assert_null (plan);
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
    }
}

/* Ten faces in five pairs of twins: kept together they go by two; divided freely, val
 * faces have their twin in train. */
static void
test_twins (void)
{
  g_autoptr (TestFaces) faces = test_faces_new ();
  g_autoptr (LikenessSplitPlan) kept = NULL;
  g_autoptr (LikenessSplitPlan) divided = NULL;
  LikenessPlanOptions options;
  guint leak = 0;

  likeness_plan_options_init (&options);
  test_faces_add (faces, "a", 10);
  for (guint i = 0; i < 10; i++)
    test_faces_set_hash (faces, i,
                         (G_GUINT64_CONSTANT (0xff) << (8 * (i / 2))) ^ (i % 2 * 0xf));

  kept = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
  g_assert_cmpuint (kept->train, ==, 8);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpuint (kept->groups[i], ==, i / 2 * 2);
      g_assert_cmpint (kept->assignments[i], ==, kept->assignments[i / 2 * 2]);
    }
  g_assert_cmpuint (kept->leak, ==, 0);

  options.keep_near_duplicates = FALSE;
  divided = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
  for (guint i = 0; i < 10; i++)
    leak += divided->assignments[i] == LIKENESS_ASSIGNMENT_VAL
            && divided->assignments[i ^ 1] == LIKENESS_ASSIGNMENT_TRAIN;
  g_assert_cmpuint (leak, >, 0);
  g_assert_cmpuint (divided->leak, ==, leak);
  g_assert_cmpuint (kept->naive_leak, ==, leak);
  g_assert_cmpuint (kept->naive_of, ==, 2);

  /* One bit more apart than a twin may be. */
  for (guint i = 0; i < 10; i++)
    test_faces_set_hash (faces, i,
                         (G_GUINT64_CONSTANT (0xff) << (8 * (i / 2))) ^ (i % 2 * 0x1f));
  g_clear_pointer (&divided, likeness_split_plan_free);
  divided = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
  g_assert_cmpuint (divided->leak, ==, 0);
}

static void
test_pins (void)
{
  g_autoptr (TestFaces) faces = test_faces_new ();
  g_autoptr (LikenessSplitPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  LikenessPlanOptions options;

  likeness_plan_options_init (&options);
  test_faces_add (faces, "a", 12);
  /* 0 and 1, 2 and 3, 4 and 5 are twins; a pin moves both. */
  for (guint i = 0; i < 6; i++)
    test_faces_set_hash (faces, i, G_GUINT64_CONSTANT (0xff) << (8 * (i / 2)));
  faces->faces[1].pin = LIKENESS_PIN_VAL;
  faces->faces[2].pin = LIKENESS_PIN_TRAIN;
  faces->faces[5].pin = LIKENESS_PIN_OUT;
  plan = likeness_split_plan_new (faces->faces, faces->n, &options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (plan->assignments[i], ==,
                     i < 2   ? LIKENESS_ASSIGNMENT_VAL
                     : i < 4 ? LIKENESS_ASSIGNMENT_TRAIN
                             : LIKENESS_ASSIGNMENT_OUT);
  g_assert_cmpuint (plan->train, ==, 8);
  g_assert_cmpuint (plan->val, ==, 2);

  g_clear_pointer (&plan, likeness_split_plan_free);
  faces->faces[0].pin = LIKENESS_PIN_TRAIN;
  plan = likeness_split_plan_new (faces->faces, faces->n, &options, &error);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, faces->faces[0].path));
  g_assert_nonnull (strstr (error->message, faces->faces[1].path));
  g_clear_error (&error);

  /* Not near-duplicates any more: no contradiction. */
  options.keep_near_duplicates = FALSE;
  plan = likeness_split_plan_new (faces->faces, faces->n, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plan->assignments[0], ==, LIKENESS_ASSIGNMENT_TRAIN);
  g_assert_cmpint (plan->assignments[1], ==, LIKENESS_ASSIGNMENT_VAL);
}

/* Three groups of three and three of four at a half: 11 of 21 is wanted, and only 3 and 8
 * give it. The prefixes give 3 and 4; each single change leads to 10 or 14. */
static void
test_exchange (void)
{
  g_autoptr (TestFaces) faces = test_faces_new ();
  g_autoptr (LikenessSplitPlan) plan = NULL;
  LikenessPlanOptions options;

  likeness_plan_options_init (&options);
  options.ratio = 0.5;
  test_faces_add (faces, "a", 9);
  test_faces_add (faces, "b", 12);
  for (guint i = 0; i < 21; i++)
    test_faces_set_hash (
        faces, i, G_GUINT64_CONSTANT (0x3ff) << (20 * (i < 9 ? i / 3 : (i - 9) / 4)));
  plan = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
  g_assert_cmpuint (plan->wanted_train, ==, 11);
  g_assert_cmpuint (plan->train, ==, 11);
  g_assert_cmpuint (plan->subjects[0].train, ==, 3);
  g_assert_cmpuint (plan->subjects[1].train, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split-plan/ratio/one-subject", test_one_subject);
  g_test_add_func ("/split-plan/ratio/a-face-on-each-side", test_both_sides);
  g_test_add_func ("/split-plan/ratio/full-size-and-summary", test_full_size);
  g_test_add_func ("/split-plan/order/same-on-every-machine", test_same_everywhere);
  g_test_add_func ("/split-plan/drops/reasons", test_drops);
  g_test_add_func ("/split-plan/drops/nothing-left", test_nothing_left);
  g_test_add_func ("/split-plan/options/out-of-range", test_options);
  g_test_add_func ("/split-plan/near-duplicates/twins", test_twins);
  g_test_add_func ("/split-plan/near-duplicates/groups-against-each-other",
                   test_exchange);
  g_test_add_func ("/split-plan/pins/move-their-group", test_pins);
  return g_test_run ();
}
