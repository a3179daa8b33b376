/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-split-bearing.h"
#include "likeness-test-faces.h"

static void
get_of_counts (const guint *val, guint n, LikenessSplitBearing *out)
{
  g_autofree LikenessPlanSubject *subjects = g_new0 (LikenessPlanSubject, n);
  LikenessSplitPlan plan = {.n_subjects = n, .subjects = subjects};

  for (guint i = 0; i < n; i++)
    {
      subjects[i].val = val[i];
      plan.val += val[i];
    }
  likeness_split_bearing_get (&plan, out);
}

/* By hand. 2,134 faces: 1.96 / (2 sqrt (2134 + 3.8416)) = 1.96 / 92.47324 = 0.0211953.
 * 7 faces, k = 6: p = 0.857143, z²/n = 0.548800, centre (0.857143 + 0.274400) / 1.548800
 * = 0.730593, half 1.96 sqrt (0.122449 / 7 + 3.8416 / 196) / 1.548800 = 0.243728. */
static void
test_by_hand (void)
{
  static const guint val[] = {9, 2, 7, 4, 8};
  LikenessSplitBearing bearing;
  g_autofree guint *many = g_new (guint, 287);

  get_of_counts (val, G_N_ELEMENTS (val), &bearing);
  g_assert_cmpuint (bearing.val, ==, 30);
  g_assert_cmpuint (bearing.n_subjects, ==, 5);
  g_assert_cmpuint (bearing.fewest, ==, 2);
  g_assert_cmpuint (bearing.median, ==, 7);
  g_assert_cmpuint (bearing.most, ==, 9);
  g_assert_cmpuint (bearing.n_without_percentage, ==, 2);
  g_assert_cmpfloat_with_epsilon (bearing.half_width, 0.168461, 1e-6);
  g_assert_cmpfloat_with_epsilon (bearing.subject_half_width, 0.297632, 1e-6);
  g_assert_cmpuint (bearing.example.k, ==, 6);
  g_assert_cmpuint (bearing.example.n, ==, 7);
  g_assert_cmpfloat_with_epsilon (bearing.example.low, 0.486865, 1e-5);
  g_assert_cmpfloat_with_epsilon (bearing.example.high, 0.974321, 1e-5);

  for (guint i = 0; i < 287; i++)
    many[i] = i < 125 ? 8 : 7;
  get_of_counts (many, 287, &bearing);
  g_assert_cmpuint (bearing.val, ==, 2134);
  g_assert_cmpfloat_with_epsilon (bearing.half_width, 0.0211953, 1e-6);
  g_assert_cmpuint (bearing.n_without_percentage, ==, 0);
}

/* The widest interval is that of half of them right, as the general formula has it. */
static void
test_no_interval_is_wider (void)
{
  for (guint n = 1; n <= 200; n++)
    {
      LikenessSplitBearing bearing;
      double widest = 0;

      get_of_counts (&n, 1, &bearing);
      for (guint k = 0; k <= n; k++)
        {
          LikenessRate rate = likeness_rate_new (k, n);
          widest = MAX (widest, (rate.high - rate.low) / 2);
        }
      g_assert_cmpfloat (widest, <=, bearing.half_width + 1e-12);
      if (n % 2 == 0)
        g_assert_cmpfloat_with_epsilon (widest, bearing.half_width, 1e-12);
    }
}

static void
test_words (void)
{
  static const guint val[] = {9, 2, 7, 4, 8};
  static const guint same[] = {6, 6};
  LikenessSplitBearing bearing;
  g_autofree char *faces = NULL;
  g_autofree char *same_faces = NULL;
  g_autofree char *all = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *without = NULL;

  get_of_counts (val, G_N_ELEMENTS (val), &bearing);
  faces = likeness_split_bearing_describe_faces (&bearing);
  all = likeness_split_bearing_describe_all (&bearing);
  subject = likeness_split_bearing_describe_subject (&bearing);
  without = likeness_split_bearing_describe_without (&bearing);
  g_assert_cmpstr (faces, ==, "7 (2 to 9)");
  g_assert_cmpstr (all, ==, "±16.8 points");
  g_assert_cmpstr (subject, ==, "±30 points: 6 of 7 right could be 49 % to 97 %");
  g_assert_cmpstr (without, ==, "2 of 5");
  get_of_counts (same, G_N_ELEMENTS (same), &bearing);
  same_faces = likeness_split_bearing_describe_faces (&bearing);
  g_assert_cmpstr (same_faces, ==, "6");
}

static void
test_of_a_plan (void)
{
  g_autoptr (TestFaces) faces = test_faces_new ();
  g_autoptr (LikenessSplitPlan) plan = NULL;
  LikenessPlanOptions options;
  LikenessSplitBearing bearing;

  test_faces_add (faces, "a", 10);
  test_faces_add (faces, "b", 30);
  likeness_plan_options_init (&options);
  plan = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
  likeness_split_bearing_get (plan, &bearing);
  g_assert_cmpuint (bearing.fewest, ==, 2);
  g_assert_cmpuint (bearing.median, ==, 2);
  g_assert_cmpuint (bearing.most, ==, 6);
  g_assert_cmpuint (bearing.val, ==, 8);
  g_assert_cmpuint (bearing.n_without_percentage, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split-bearing/by-hand", test_by_hand);
  g_test_add_func ("/split-bearing/no-interval-is-wider", test_no_interval_is_wider);
  g_test_add_func ("/split-bearing/words", test_words);
  g_test_add_func ("/split-bearing/of-a-plan", test_of_a_plan);
  return g_test_run ();
}
