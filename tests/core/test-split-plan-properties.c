/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-error.h"
#include "likeness-random.h"
#include "likeness-test-faces.h"

#define N_CASES 10000

/* Made at random: people, faces, some in bursts, some pinned. */
static TestFaces *
make_faces (LikenessRandom *random, gboolean with_pins)
{
  TestFaces *faces = test_faces_new ();
  guint n_subjects = 1 + likeness_random_below (random, 6);

  for (guint i = 0; i < n_subjects; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%03u", i);
      guint n = 1 + likeness_random_below (random, 14);
      guint n_scenes = 1 + likeness_random_below (random, n + 3);
      gsize start = faces->n;

      test_faces_add (faces, subject, n);
      for (gsize j = start; j < faces->n; j++)
        {
          guint64 scene = likeness_random_below (random, n_scenes);

          /* Scenes are far apart; two faces of one differ by two bits at most. */
          if (likeness_random_below (random, 8) != 0)
            test_faces_set_hash (faces, j,
                                 likeness_random_new (7, i, scene, 0).state
                                     ^ (1ULL << likeness_random_below (random, 64)));
          if (with_pins && likeness_random_below (random, 6) == 0)
            faces->faces[j].pin = likeness_random_below (random, 4);
        }
    }
  return faces;
}

/* Groups by spreading from each face, the plain way. */
static void
find_groups (const TestFaces *faces, const LikenessPlanOptions *options, gsize *groups)
{
  for (gsize i = 0; i < faces->n; i++)
    groups[i] = i;
  for (gboolean changed = options->keep_near_duplicates; changed;)
    {
      changed = FALSE;
      for (gsize i = 0; i < faces->n; i++)
        for (gsize j = 0; j < faces->n; j++)
          {
            const LikenessPlanFace *a = &faces->faces[i];
            const LikenessPlanFace *b = &faces->faces[j];

            if (groups[j] > groups[i] && a->has_hash && b->has_hash
                && strcmp (a->subject, b->subject) == 0
                && (guint)__builtin_popcountll (a->hash ^ b->hash)
                       <= options->near_distance)
              {
                groups[j] = groups[i];
                changed = TRUE;
              }
          }
    }
}

/* A group's pin, or -1 where its faces contradict each other. */
static int
get_group_pin (const TestFaces *faces, const gsize *groups, gsize group)
{
  int pin = LIKENESS_PIN_NONE;

  for (gsize i = 0; i < faces->n; i++)
    if (groups[i] == group && faces->faces[i].pin != LIKENESS_PIN_NONE)
      {
        if (pin != LIKENESS_PIN_NONE && pin != (int)faces->faces[i].pin)
          return -1;
        pin = faces->faces[i].pin;
      }
  return pin;
}

static guint
get_group_size (const TestFaces *faces, const gsize *groups, gsize group)
{
  guint size = 0;

  for (gsize i = 0; i < faces->n; i++)
    size += groups[i] == group;
  return size;
}

/* What the faces of one subject, from @start to @end, allow. */
typedef struct
{
  guint left;
  guint n_groups;
  gboolean kept;
  gboolean reachable[32]; /* train counts with a face on each side */
} Allowed;

static void
find_allowed (const TestFaces *faces,
              const gsize *groups,
              const LikenessPlanOptions *options,
              gsize start,
              gsize end,
              Allowed *allowed)
{
  gboolean sums[32] = {TRUE};

  *allowed = (Allowed){0};
  for (gsize i = start; i < end; i++)
    {
      int pin = get_group_pin (faces, groups, i);
      guint size = get_group_size (faces, groups, i);

      if (groups[i] != i || pin == LIKENESS_PIN_OUT)
        continue;
      allowed->left += size;
      allowed->n_groups++;
      for (guint sum = 32; sum-- > 0;)
        {
          gboolean with = sum >= size && sums[sum - size] && pin != LIKENESS_PIN_VAL;
          gboolean without = sums[sum] && pin != LIKENESS_PIN_TRAIN;
          sums[sum] = with || without;
        }
    }
  for (guint sum = 1; sum < allowed->left; sum++)
    {
      allowed->reachable[sum] = sums[sum];
      allowed->kept = allowed->kept || sums[sum];
    }
  allowed->kept = allowed->kept && allowed->left >= options->minimum;
}

static gsize
find_end (const TestFaces *faces, gsize start)
{
  gsize end = start;

  while (end < faces->n
         && strcmp (faces->faces[start].subject, faces->faces[end].subject) == 0)
    end++;
  return end;
}

static void
check_subject (const TestFaces *faces,
               const gsize *groups,
               const LikenessSplitPlan *plan,
               const LikenessPlanOptions *options,
               gsize start,
               gsize end,
               const Allowed *allowed,
               const LikenessPlanSubject *subject)
{
  guint counts[3] = {0};

  for (gsize i = start; i < end; i++)
    {
      int pin = get_group_pin (faces, groups, groups[i]);
      LikenessAssignment side = plan->assignments[i];

      counts[side]++;
      g_assert_cmpint (side, ==, plan->assignments[groups[i]]);
      g_assert_cmpuint (plan->groups[i], ==, groups[i]);
      if (!allowed->kept || pin == LIKENESS_PIN_OUT)
        g_assert_cmpint (side, ==, LIKENESS_ASSIGNMENT_OUT);
      else if (pin == LIKENESS_PIN_NONE)
        g_assert_cmpint (side, !=, LIKENESS_ASSIGNMENT_OUT);
      else
        g_assert_cmpint (side, ==,
                         pin == LIKENESS_PIN_TRAIN ? LIKENESS_ASSIGNMENT_TRAIN
                                                   : LIKENESS_ASSIGNMENT_VAL);
    }
  if (!allowed->kept)
    return;
  g_assert_cmpstr (subject->subject, ==, faces->faces[start].subject);
  g_assert_cmpuint (subject->train, ==, counts[LIKENESS_ASSIGNMENT_TRAIN]);
  g_assert_cmpuint (subject->val, ==, counts[LIKENESS_ASSIGNMENT_VAL]);
  g_assert_cmpuint (subject->train, >, 0);
  g_assert_cmpuint (subject->val, >, 0);
}

/* Every total that some choice of sides gives, subject by subject. */
static void
add_reachable (gboolean *totals, gsize n_totals, const Allowed *allowed)
{
  g_autofree gboolean *before = g_memdup2 (totals, n_totals * sizeof *totals);

  memset (totals, 0, n_totals * sizeof *totals);
  for (gsize total = 0; total < n_totals; total++)
    for (guint sum = 1; sum < allowed->left && total + sum < n_totals; sum++)
      if (before[total] && allowed->reachable[sum])
        totals[total + sum] = TRUE;
}

static void
check_plan (const TestFaces *faces,
            const LikenessSplitPlan *plan,
            const LikenessPlanOptions *options)
{
  g_autofree gsize *groups = g_new (gsize, faces->n);
  g_autofree gboolean *totals = g_new0 (gboolean, faces->n + 1);
  guint n_subjects = 0;
  guint n_drops = 0;
  guint left = 0;
  guint nearest = G_MAXUINT;

  g_assert_cmpuint (plan->n_faces, ==, faces->n);
  find_groups (faces, options, groups);
  totals[0] = TRUE;
  for (gsize start = 0, end; start < faces->n; start = end)
    {
      Allowed allowed;

      end = find_end (faces, start);
      find_allowed (faces, groups, options, start, end, &allowed);
      check_subject (faces, groups, plan, options, start, end, &allowed,
                     allowed.kept ? &plan->subjects[n_subjects] : NULL);
      if (allowed.kept)
        {
          add_reachable (totals, faces->n + 1, &allowed);
          left += allowed.left;
          n_subjects++;
        }
      else
        {
          const LikenessDrop *drop = &plan->drops[n_drops++];

          g_assert_cmpstr (drop->subject, ==, faces->faces[start].subject);
          g_assert_cmpuint (drop->faces, ==, allowed.left);
          g_assert_cmpint (drop->reason, ==,
                           allowed.left < options->minimum ? LIKENESS_DROP_TOO_FEW
                           : allowed.n_groups < 2          ? LIKENESS_DROP_ONE_BURST
                                                           : LIKENESS_DROP_PINNED);
        }
    }
  g_assert_cmpuint (plan->n_subjects, ==, n_subjects);
  g_assert_cmpuint (plan->n_drops, ==, n_drops);
  g_assert_cmpuint (plan->train + plan->val, ==, left);
  g_assert_cmpuint (plan->wanted_train, ==, (guint)floor (options->ratio * left + 0.5));
  for (guint total = 0; total <= faces->n; total++)
    if (totals[total])
      nearest = MIN (nearest, (guint)ABS ((int)total - (int)plan->wanted_train));
  g_assert_cmpuint (ABS ((int)plan->train - (int)plan->wanted_train), ==, nearest);
  if (options->keep_near_duplicates)
    g_assert_cmpuint (plan->leak, ==, 0);
}

static void
draw_options (LikenessRandom *random, LikenessPlanOptions *options)
{
  likeness_plan_options_init (options);
  /* Quarters of a percent: such a ratio times a count is rounded as plain arithmetic
   * does.
   */
  options->ratio = (20 + likeness_random_below (random, 361)) / 400.0;
  options->minimum = 2 + likeness_random_below (random, 5);
  options->seed = likeness_random_next (random);
  options->keep_near_duplicates = likeness_random_below (random, 3) != 0;
}

static gboolean
has_contradiction (const TestFaces *faces, const LikenessPlanOptions *options)
{
  g_autofree gsize *groups = g_new (gsize, faces->n);

  find_groups (faces, options, groups);
  for (gsize i = 0; i < faces->n; i++)
    if (get_group_pin (faces, groups, groups[i]) == -1)
      return TRUE;
  return FALSE;
}

static void
test_invariants (void)
{
  guint n_plans = 0;
  guint n_conflicts = 0;

  for (guint i = 0; i < N_CASES; i++)
    {
      LikenessRandom random = likeness_random_new (1, i, 0, 0);
      g_autoptr (TestFaces) faces = make_faces (&random, i % 2 == 1);
      g_autoptr (LikenessSplitPlan) plan = NULL;
      g_autoptr (GError) error = NULL;
      LikenessPlanOptions options;

      draw_options (&random, &options);
      plan = likeness_split_plan_new (faces->faces, faces->n, &options, &error);
      if (has_contradiction (faces, &options))
        {
          g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_CONFLICT);
          n_conflicts++;
        }
      else if (plan == NULL)
        g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_FEW);
      else
        {
          check_plan (faces, plan, &options);
          n_plans++;
        }
    }
  /* The cases are worth something: most give a plan, some a contradiction. */
  g_assert_cmpuint (n_plans, >, N_CASES / 2);
  g_assert_cmpuint (n_conflicts, >, 20);
}

static void
test_input_order (void)
{
  for (guint i = 0; i < 500; i++)
    {
      LikenessRandom random = likeness_random_new (2, i, 0, 0);
      g_autoptr (TestFaces) faces = make_faces (&random, FALSE);
      g_autofree guint32 *order = g_new (guint32, faces->n);
      g_autofree LikenessPlanFace *shuffled = g_new (LikenessPlanFace, faces->n);
      g_autoptr (LikenessSplitPlan) plan = NULL;
      g_autoptr (LikenessSplitPlan) other = NULL;
      LikenessPlanOptions options;

      draw_options (&random, &options);
      for (gsize j = 0; j < faces->n; j++)
        order[j] = j;
      likeness_random_shuffle (&random, order, faces->n);
      for (gsize j = 0; j < faces->n; j++)
        shuffled[j] = faces->faces[order[j]];
      plan = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
      other = likeness_split_plan_new (shuffled, faces->n, &options, NULL);
      g_assert_true ((plan == NULL) == (other == NULL));
      for (gsize j = 0; plan != NULL && j < faces->n; j++)
        {
          g_assert_cmpint (other->assignments[j], ==, plan->assignments[order[j]]);
          g_assert_cmpuint (order[other->groups[j]], ==, plan->groups[order[j]]);
        }
    }
}

/* Without bursts, a subject's train is a prefix of its own order: with another subject
 * beside it, one of the two trains holds the other, and they differ by one face at most.
 */
static void
test_one_more_subject (void)
{
  for (guint i = 0; i < 500; i++)
    {
      LikenessRandom random = likeness_random_new (3, i, 0, 0);
      g_autoptr (TestFaces) faces = make_faces (&random, FALSE);
      g_autoptr (LikenessSplitPlan) plan = NULL;
      g_autoptr (LikenessSplitPlan) other = NULL;
      LikenessPlanOptions options;
      gsize before = faces->n;

      draw_options (&random, &options);
      options.keep_near_duplicates = FALSE;
      options.minimum = 5;
      options.ratio = 0.8;
      plan = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
      if (plan == NULL)
        continue;
      test_faces_add (faces, "002x", 5 + likeness_random_below (&random, 9));
      other = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
      for (gsize start = 0, end; start < before; start = end)
        {
          int gained = 0;
          int lost = 0;

          end = find_end (faces, start);
          for (gsize j = start; j < end; j++)
            {
              gained += plan->assignments[j] == LIKENESS_ASSIGNMENT_VAL
                        && other->assignments[j] == LIKENESS_ASSIGNMENT_TRAIN;
              lost += plan->assignments[j] == LIKENESS_ASSIGNMENT_TRAIN
                      && other->assignments[j] == LIKENESS_ASSIGNMENT_VAL;
            }
          g_assert_cmpint (gained + lost, <=, 1);
        }
    }
}

static void
test_floor_or_ceiling (void)
{
  for (guint i = 0; i < 500; i++)
    {
      LikenessRandom random = likeness_random_new (4, i, 0, 0);
      g_autoptr (TestFaces) faces = test_faces_new ();
      g_autoptr (LikenessSplitPlan) plan = NULL;
      LikenessPlanOptions options;

      draw_options (&random, &options);
      options.minimum = 5;
      /* At 0.2 to 0.8 five faces can give a whole one to each side. */
      options.ratio = (80 + likeness_random_below (&random, 241)) / 400.0;
      for (guint j = 0; j < 40; j++)
        {
          g_autofree char *subject = g_strdup_printf ("%03u", j);
          test_faces_add (faces, subject, 5 + likeness_random_below (&random, 40));
        }
      plan = likeness_split_plan_new (faces->faces, faces->n, &options, NULL);
      g_assert_cmpuint (plan->train, ==, plan->wanted_train);
      for (guint j = 0; j < plan->n_subjects; j++)
        {
          double exact
              = options.ratio * (plan->subjects[j].train + plan->subjects[j].val);

          g_assert_cmpfloat (fabs (plan->subjects[j].train - exact), <, 1);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split-plan/properties/nothing-lost-groups-whole-total-nearest",
                   test_invariants);
  g_test_add_func ("/split-plan/properties/input-order-means-nothing", test_input_order);
  g_test_add_func ("/split-plan/properties/one-more-subject", test_one_more_subject);
  g_test_add_func ("/split-plan/properties/floor-or-ceiling", test_floor_or_ceiling);
  return g_test_run ();
}
