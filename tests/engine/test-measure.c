/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-embeddings.h"
#include "likeness-judgement.h"
#include "likeness-measure-results.h"
#include "likeness-measure.h"
#include "likeness-run-config.h"

/* All of it by hand, on embeddings of four numbers that are not zero at most: subjects A,
 * B and C lie along the first three axes. */

#define ROW LIKENESS_EMBEDDING_SIZE

static float *
make_rows (const float (*values)[4], gsize n)
{
  float *rows = g_new0 (float, n *ROW);

  for (gsize i = 0; i < n; i++)
    memcpy (rows + i * ROW, values[i], sizeof values[i]);
  return rows;
}

/* @spec: a letter a face, the subject's name, in order. */
static void
fill_list (LikenessFaceList *list, const char *spec, gboolean pairs)
{
  GPtrArray *subjects = g_ptr_array_new ();

  list->n_faces = (guint)strlen (spec);
  list->faces = g_new0 (LikenessListedFace, list->n_faces + 1);
  for (guint i = 0; i < list->n_faces; i++)
    {
      if (i == 0 || spec[i] != spec[i - 1])
        g_ptr_array_add (subjects, g_strndup (spec + i, 1));
      list->faces[i].label = subjects->len - 1;
      list->faces[i].path = g_strdup_printf ("/%c/%u", spec[i], i);
      list->faces[i].low_path = pairs ? g_strdup_printf ("/low/%c/%u", spec[i], i) : NULL;
    }
  list->n_subjects = subjects->len;
  g_ptr_array_add (subjects, NULL);
  list->subjects = (char **)g_ptr_array_free (subjects, FALSE);
}

static void
clear_list (LikenessFaceList *list)
{
  for (guint i = 0; i < list->n_faces; i++)
    {
      g_free (list->faces[i].path);
      g_free (list->faces[i].low_path);
    }
  g_free (list->faces);
  g_strfreev (list->subjects);
}

static guint32 *
make_sequence (guint n)
{
  guint32 *values = g_new (guint32, n + 1);

  for (guint i = 0; i < n; i++)
    values[i] = i;
  return values;
}

typedef struct
{
  LikenessFaceList train;
  LikenessFaceList val;
  LikenessFaceList strangers;
  LikenessMeasure measure;
  LikenessEmbeddings embeddings;
} Case;

static void
case_init (
    Case *self, const char *train, const char *val, const char *strangers, gboolean pairs)
{
  *self = (Case){0};
  fill_list (&self->train, train, pairs);
  fill_list (&self->val, val, pairs);
  self->measure.train = &self->train;
  self->measure.val = &self->val;
  self->measure.input = 12;
  self->measure.val_class = make_sequence (self->val.n_faces);
  for (guint i = 0; i < self->val.n_faces; i++)
    {
      int label = likeness_face_list_find_subject (
          &self->train, self->val.subjects[self->val.faces[i].label]);

      self->measure.val_class[i] = label < 0 ? G_MAXUINT32 : (guint32)label;
    }
  self->measure.probe = make_sequence (self->train.n_faces);
  self->measure.n_probe = self->train.n_faces;
  if (strangers == NULL)
    return;
  fill_list (&self->strangers, strangers, pairs);
  self->measure.strangers = &self->strangers;
}

static void
case_clear (Case *self)
{
  clear_list (&self->train);
  clear_list (&self->val);
  if (self->measure.strangers != NULL)
    clear_list (&self->strangers);
  g_free (self->measure.val_class);
  g_free (self->measure.probe);
  g_free (self->embeddings.train);
  g_free (self->embeddings.probe);
  if (self->embeddings.val != self->embeddings.val_best)
    g_free (self->embeddings.val);
  g_free (self->embeddings.val_best);
  if (self->embeddings.strangers != self->embeddings.strangers_best)
    g_free (self->embeddings.strangers);
  g_free (self->embeddings.strangers_best);
}

/* A head that takes A for B and B for A. */
static gboolean
swapped_scores (
    LikenessNet *net, const float *embeddings, gsize n, float *cosines, GError **error)
{
  for (gsize i = 0; i < n; i++)
    {
      cosines[i * 3] = embeddings[i * ROW + 1];
      cosines[i * 3 + 1] = embeddings[i * ROW];
      cosines[i * 3 + 2] = embeddings[i * ROW + 2];
    }
  return TRUE;
}

static const LikenessTorch fake = {.head_scores = swapped_scores};
/* Never looked into. */
static LikenessNet *const net = (LikenessNet *)&fake;

static const float train_rows[][4] = {{1}, {1}, {0, 1}, {0, 0, 1}};
/* A seen well, A taken for B, B between A and B. */
static const float val_rows[][4] = {{.8f, .6f}, {.6f, .8f}, {.6f, .6f, .52915f}};
static const float val_best_rows[][4] = {{1}, {1}, {0, 1}};

static void
make_closed_set (Case *self)
{
  case_init (self, "AABC", "AAB", "XXYY", TRUE);
  self->embeddings.train = make_rows (train_rows, 4);
  self->embeddings.probe = make_rows (train_rows, 4);
  self->embeddings.val = make_rows (val_rows, 3);
  self->embeddings.val_best = make_rows (val_best_rows, 3);
  {
    const float low[][4] = {{.6f, .8f}, {1}, {0, 0, 1}, {0, .8f, .6f}};
    const float high[][4] = {{1}, {1}, {0, 0, 1}, {0, 0, 1}};

    self->embeddings.strangers = make_rows (low, 4);
    self->embeddings.strangers_best = make_rows (high, 4);
  }
}

static void
test_closed_set (void)
{
  Case self;
  LikenessMetrics metrics;
  g_autoptr (LikenessResults) results = NULL;
  g_autoptr (GError) error = NULL;

  make_closed_set (&self);
  g_assert_true (likeness_measure_judge (&self.measure, &self.embeddings, &fake, net,
                                         &metrics, &results, NULL, &error));
  g_assert_no_error (error);

  /* Centroids: .8 right; .6 against .8; .6 against .6 is a tie and counts as wrong. */
  g_assert_cmpint (metrics.rank1_undefined, ==, LIKENESS_DEFINED);
  g_assert_cmpuint (metrics.rank1.k, ==, 1);
  g_assert_cmpuint (metrics.rank1.n, ==, 3);
  /* The swapped head: .6 against .8; .8 right; a tie. All within the first five. */
  g_assert_cmpint (metrics.top1_undefined, ==, LIKENESS_DEFINED);
  g_assert_cmpuint (metrics.top1.k, ==, 1);
  g_assert_cmpuint (metrics.top1.n, ==, 3);
  g_assert_cmpuint (metrics.top5.k, ==, 3);
  /* A: one of two, B: none of one; C has no val face. */
  g_assert_cmpfloat_with_epsilon (metrics.macro_top1, .25, 1e-12);
  /* Of train only C is right under the swapped head. */
  g_assert_cmpuint (metrics.train_top1.k, ==, 1);
  g_assert_cmpuint (metrics.train_top1.n, ==, 4);
  /* Each with its own high: .8, .6, .6. */
  g_assert_cmpint (metrics.sim_undefined, ==, LIKENESS_DEFINED);
  g_assert_cmpfloat_with_epsilon (metrics.sim, 2.0 / 3, 1e-6);
  g_assert_cmpuint (metrics.sim_n, ==, 3);
  /* Two different photos: A0-A1 and A1-A0; A against B and B against A, two each. */
  g_assert_cmpuint (metrics.val.n_genuine, ==, 2);
  g_assert_cmpuint (metrics.val.n_impostor, ==, 4);
  g_assert_cmpfloat_with_epsilon (metrics.val.genuine_mean, (.8 + .6) / 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (metrics.val.impostor_mean, (.6 + .8 + .6 + .6) / 4,
                                  1e-6);

  g_assert_true (metrics.has_strangers);
  g_assert_cmpuint (metrics.strangers_subjects, ==, 2);
  g_assert_cmpuint (metrics.strangers_n, ==, 4);
  g_assert_cmpfloat_with_epsilon (metrics.strangers_sim, (.6 + 1 + 1 + .6) / 4, 1e-6);
  g_assert_cmpuint (metrics.strangers_low_high.n_genuine, ==, 4);
  g_assert_cmpuint (metrics.strangers_low_high.n_impostor, ==, 8);
  g_assert_cmpfloat_with_epsilon (metrics.strangers_low_high.genuine_mean,
                                  (.6 + 1 + 1 + .6) / 4, 1e-6);
  g_assert_cmpfloat_with_epsilon (metrics.strangers_low_high.impostor_mean, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (metrics.strangers_high_high.genuine_mean, 1, 1e-6);
  case_clear (&self);
}

static void
test_results (void)
{
  Case self;
  LikenessMetrics metrics;
  g_autoptr (LikenessResults) results = NULL;
  g_autoptr (LikenessResults) untouched = NULL;
  g_autoptr (GError) error = NULL;

  make_closed_set (&self);
  g_assert_true (likeness_measure_judge (&self.measure, &self.embeddings, &fake, NULL,
                                         &metrics, &results, NULL, &error));
  g_assert_cmpint (metrics.top1_undefined, ==, LIKENESS_UNDEFINED_NO_HEAD);
  g_assert_true (isnan (metrics.top1.value));
  g_assert_cmpstr (results->input, ==, "12");
  g_assert_cmpuint (results->n_subjects, ==, 3);
  g_assert_cmpuint (results->n_faces, ==, 3);
  g_assert_cmpstr (results->faces[0].path, ==, "/A/0");
  g_assert_cmpstr (results->faces[2].low_path, ==, "/low/B/2");
  g_assert_cmpuint (results->faces[0].rank, ==, 1);
  g_assert_cmpuint (results->faces[0].taken_for, ==, 0);
  g_assert_true (results->faces[0].correct);
  g_assert_cmpuint (results->faces[1].rank, ==, 2);
  g_assert_cmpuint (results->faces[1].subject, ==, 0);
  g_assert_cmpuint (results->faces[1].taken_for, ==, 1);
  g_assert_cmpfloat_with_epsilon (results->faces[1].score_true, .6, 1e-6);
  g_assert_cmpfloat_with_epsilon (results->faces[1].score_best_wrong, .8, 1e-6);
  g_assert_cmpuint (results->faces[2].rank, ==, 2);
  g_assert_cmpuint (results->faces[2].taken_for, ==, 0);
  g_assert_false (results->faces[2].correct);

  g_assert_cmpstr (results->subjects[0].name, ==, "A");
  g_assert_cmpuint (results->subjects[0].accuracy.k, ==, 1);
  g_assert_cmpuint (results->subjects[0].accuracy.n, ==, 2);
  /* .2 and -.2 */
  g_assert_cmpfloat_with_epsilon (results->subjects[0].margin, 0, 1e-6);
  g_assert_cmpint (results->subjects[0].mostly_taken_for, ==, 1);
  g_assert_cmpuint (results->subjects[0].mostly_count, ==, 1);
  g_assert_cmpstr (results->subjects[0].example, ==, "/A/1");
  g_assert_cmpint (results->subjects[1].mostly_taken_for, ==, 0);
  g_assert_cmpuint (results->subjects[2].accuracy.n, ==, 0);
  g_assert_true (isnan (results->subjects[2].margin));
  g_assert_cmpint (results->subjects[2].mostly_taken_for, ==, -1);
  g_assert_cmpstr (results->subjects[2].example, ==, "/C/3");

  /* An untouched network that knew the second face and not the first. */
  self.embeddings.val[0] = .6f;
  self.embeddings.val[1] = .8f;
  self.embeddings.val[ROW] = 1;
  self.embeddings.val[ROW + 1] = 0;
  g_assert_true (likeness_measure_judge (&self.measure, &self.embeddings, &fake, NULL,
                                         &metrics, &untouched, NULL, &error));
  likeness_measure_add_baseline (results, untouched);
  g_assert_true (results->has_baseline);
  g_assert_false (results->faces[0].baseline_correct);
  g_assert_true (results->faces[1].baseline_correct);
  g_assert_false (results->faces[2].baseline_correct);
  g_assert_cmpuint (results->subjects[0].baseline.k, ==, 1);
  g_assert_cmpuint (results->subjects[0].baseline.n, ==, 2);
  g_assert_cmpuint (results->baseline.rank1.k, ==, 1);
  case_clear (&self);
}

/* Nobody of val is a class: accuracy is undefined, not 0; the rest stands. */
static void
test_disjoint (void)
{
  Case self;
  LikenessMetrics metrics;
  g_autoptr (LikenessResults) results = NULL;
  g_autoptr (GError) error = NULL;

  case_init (&self, "AABC", "DEE", NULL, TRUE);
  self.embeddings.train = make_rows (train_rows, 4);
  self.embeddings.probe = make_rows (train_rows, 4);
  self.embeddings.val = make_rows (val_rows, 3);
  self.embeddings.val_best = make_rows (val_best_rows, 3);
  g_assert_true (likeness_measure_judge (&self.measure, &self.embeddings, &fake, net,
                                         &metrics, &results, NULL, &error));
  g_assert_cmpint (metrics.top1_undefined, ==, LIKENESS_UNDEFINED_DISJOINT);
  g_assert_cmpint (metrics.rank1_undefined, ==, LIKENESS_UNDEFINED_DISJOINT);
  g_assert_true (isnan (metrics.top1.value));
  g_assert_true (isnan (metrics.top5.value));
  g_assert_true (isnan (metrics.macro_top1));
  g_assert_true (isnan (metrics.rank1.value));
  g_assert_cmpfloat_with_epsilon (metrics.sim, 2.0 / 3, 1e-6);
  g_assert_cmpuint (metrics.val.n_genuine, ==, 2);
  g_assert_false (metrics.has_strangers);
  /* Nobody can be judged, but everybody is named. */
  g_assert_cmpuint (results->n_faces, ==, 0);
  g_assert_cmpuint (results->n_subjects, ==, 5);
  g_assert_cmpstr (results->subjects[3].name, ==, "D");
  g_assert_null (results->subjects[3].example);
  case_clear (&self);
}

/* Some of val are classes: what can be judged is. */
static void
test_mixed (void)
{
  Case self;
  LikenessMetrics metrics;
  g_autoptr (LikenessResults) results = NULL;
  g_autoptr (GError) error = NULL;

  case_init (&self, "ABBC", "AAZ", NULL, TRUE);
  self.embeddings.train = make_rows (train_rows, 4);
  self.embeddings.probe = make_rows (train_rows, 4);
  self.embeddings.val = make_rows (val_rows, 3);
  self.embeddings.val_best = make_rows (val_best_rows, 3);
  g_assert_true (likeness_measure_judge (&self.measure, &self.embeddings, &fake, net,
                                         &metrics, &results, NULL, &error));
  g_assert_cmpint (metrics.top1_undefined, ==, LIKENESS_DEFINED);
  g_assert_cmpuint (metrics.top1.n, ==, 2);
  g_assert_cmpuint (metrics.rank1.n, ==, 2);
  g_assert_cmpuint (results->n_faces, ==, 2);
  g_assert_cmpuint (results->n_subjects, ==, 4);
  case_clear (&self);
}

/* Without pairs, Sim is to the subject's centroid, or to its others where it has none. */
static void
test_unpaired_similarity (void)
{
  const float rows[][4] = {{.8f, .6f}, {1}, {.6f, .8f}, {0, 0, 0, 1}};
  Case self;
  LikenessMetrics metrics;
  g_autoptr (GError) error = NULL;

  case_init (&self, "AABC", "ADDE", NULL, FALSE);
  self.embeddings.train = make_rows (train_rows, 4);
  self.embeddings.probe = make_rows (train_rows, 4);
  self.embeddings.val = make_rows (rows, 4);
  self.embeddings.val_best = self.embeddings.val;
  g_assert_true (likeness_measure_judge (&self.measure, &self.embeddings, &fake, NULL,
                                         &metrics, NULL, NULL, &error));
  /* A to its centroid .8; D to each other .6, .6; E is alone. */
  g_assert_cmpint (metrics.sim_undefined, ==, LIKENESS_DEFINED);
  g_assert_cmpuint (metrics.sim_n, ==, 3);
  g_assert_cmpfloat_with_epsilon (metrics.sim, (.8 + .6 + .6) / 3, 1e-6);
  case_clear (&self);
}

/* Pairs whose high image is what is shown: 1 by construction, so no number. */
static void
test_same_image (void)
{
  Case self;
  LikenessMetrics metrics;
  g_autoptr (GError) error = NULL;

  case_init (&self, "AABC", "AAB", NULL, TRUE);
  self.embeddings.train = make_rows (train_rows, 4);
  self.embeddings.probe = make_rows (train_rows, 4);
  self.embeddings.val = make_rows (val_rows, 3);
  self.embeddings.val_best = self.embeddings.val;
  g_assert_true (likeness_measure_judge (&self.measure, &self.embeddings, &fake, NULL,
                                         &metrics, NULL, NULL, &error));
  g_assert_cmpint (metrics.sim_undefined, ==, LIKENESS_UNDEFINED_SAME_IMAGE);
  g_assert_true (isnan (metrics.sim));
  g_assert_cmpuint (metrics.sim_n, ==, 0);
  case_clear (&self);
}

static void
test_judgement (void)
{
  const float scores[] = {.1f, .5f, .9f, .5f, -.2f, NAN};
  LikenessJudgement judgement = likeness_judgement_decide (scores, 5, 2);

  g_assert_cmpuint (judgement.rank, ==, 1);
  g_assert_cmpuint (judgement.taken_for, ==, 2);
  g_assert_cmpfloat (judgement.score_best_wrong, ==, .5f);
  judgement = likeness_judgement_decide (scores, 5, 1);
  g_assert_cmpuint (judgement.rank, ==, 3);
  g_assert_cmpuint (judgement.taken_for, ==, 2);
  judgement = likeness_judgement_decide (scores, 5, 4);
  g_assert_cmpuint (judgement.rank, ==, 5);
  /* What is no number can beat everything, and be beaten by everything. */
  g_assert_cmpuint (likeness_judgement_decide (scores, 6, 2).rank, ==, 2);
  g_assert_cmpuint (likeness_judgement_decide (scores, 6, 5).rank, ==, 6);
}

static void
test_average (void)
{
  const float rows[][4] = {{3, 0}, {0, 2}, {0, 0, .5f}};
  const guint32 labels[] = {0, 0, 2};
  g_autofree float *embeddings = make_rows (rows, 3);
  g_autofree float *centroids = g_new (float, 3 * ROW);

  g_assert_true (likeness_embeddings_normalise (embeddings, 3));
  likeness_embeddings_average (embeddings, labels, 3, 3, centroids);
  g_assert_cmpfloat_with_epsilon (centroids[0], sqrt (.5), 1e-6);
  g_assert_cmpfloat_with_epsilon (centroids[1], sqrt (.5), 1e-6);
  g_assert_cmpfloat (centroids[ROW], ==, 0);
  g_assert_cmpfloat_with_epsilon (centroids[2 * ROW + 2], 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (likeness_embeddings_dot (centroids, embeddings),
                                  sqrt (.5), 1e-6);
  embeddings[ROW] = INFINITY;
  g_assert_false (likeness_embeddings_normalise (embeddings, 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/measure/closed-set", test_closed_set);
  g_test_add_func ("/measure/results", test_results);
  g_test_add_func ("/measure/disjoint-is-undefined", test_disjoint);
  g_test_add_func ("/measure/mixed", test_mixed);
  g_test_add_func ("/measure/similarity/unpaired", test_unpaired_similarity);
  g_test_add_func ("/measure/similarity/same-image", test_same_image);
  g_test_add_func ("/judgement/ties-are-wrong", test_judgement);
  g_test_add_func ("/judgement/average", test_average);
  return g_test_run ();
}
