/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-measure-results.h"

#include <math.h>
#include <string.h>

#include "likeness-run-config.h"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The names of both lists, each once, sorted by bytes. */
static GPtrArray *
merge_subjects (const LikenessMeasure *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->train->n_subjects; i++)
    g_ptr_array_add (names, self->train->subjects[i]);
  for (guint i = 0; i < self->val->n_subjects; i++)
    if (likeness_face_list_find_subject (self->train, self->val->subjects[i]) < 0)
      g_ptr_array_add (names, self->val->subjects[i]);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static guint32 *
map_classes (const LikenessMeasure *self, GPtrArray *names)
{
  guint32 *subject_of = g_new (guint32, self->train->n_subjects + 1);

  for (guint i = 0; i < names->len; i++)
    {
      int label = likeness_face_list_find_subject (self->train, names->pdata[i]);

      if (label >= 0)
        subject_of[label] = i;
    }
  return subject_of;
}

static void
add_faces (LikenessResults *results,
           const LikenessMeasure *self,
           const LikenessJudgement *judgements,
           const guint32 *subject_of)
{
  results->faces = g_new0 (LikenessJudgedFace, self->val->n_faces + 1);
  for (guint i = 0; i < self->val->n_faces; i++)
    {
      const LikenessJudgement *judgement = &judgements[i];
      LikenessJudgedFace *face = &results->faces[results->n_faces];

      if (judgement->rank == 0)
        continue;
      results->n_faces++;
      face->path = g_strdup (self->val->faces[i].path);
      face->low_path = g_strdup (self->val->faces[i].low_path);
      face->subject = subject_of[self->val_class[i]];
      face->taken_for = subject_of[judgement->taken_for];
      face->rank = judgement->rank;
      face->score_true = judgement->score_true;
      face->score_best_wrong = judgement->score_best_wrong;
      face->correct = judgement->rank == 1;
    }
}

/* The wrong subject that faces of @subject are most often taken for; the first by name
 * among equals. */
static void
find_mostly (LikenessResults *results, guint32 subject, guint *counts)
{
  LikenessSubjectResult *out = &results->subjects[subject];

  memset (counts, 0, sizeof *counts * results->n_subjects);
  for (guint i = 0; i < results->n_faces; i++)
    if (results->faces[i].subject == subject && !results->faces[i].correct)
      counts[results->faces[i].taken_for]++;
  out->mostly_taken_for = -1;
  for (guint i = 0; i < results->n_subjects; i++)
    if (counts[i] > out->mostly_count)
      {
        out->mostly_taken_for = (int)i;
        out->mostly_count = counts[i];
      }
}

static void
summarise_subjects (LikenessResults *results)
{
  g_autofree guint *n = g_new0 (guint, results->n_subjects + 1);
  g_autofree guint *correct = g_new0 (guint, results->n_subjects + 1);
  g_autofree double *margins = g_new0 (double, results->n_subjects + 1);
  g_autofree guint *counts = g_new0 (guint, results->n_subjects + 1);

  for (guint i = 0; i < results->n_faces; i++)
    {
      const LikenessJudgedFace *face = &results->faces[i];

      n[face->subject]++;
      correct[face->subject] += face->correct;
      margins[face->subject] += face->score_true - face->score_best_wrong;
    }
  for (guint i = 0; i < results->n_subjects; i++)
    {
      LikenessSubjectResult *subject = &results->subjects[i];

      subject->accuracy = likeness_rate_new (correct[i], n[i]);
      subject->baseline = likeness_rate_new (0, 0);
      subject->margin = n[i] > 0 ? margins[i] / n[i] : NAN;
      subject->mostly_taken_for = -1;
      if (correct[i] < n[i])
        find_mostly (results, i, counts);
    }
}

/* One train face a subject; the middle one, since the first photos of a series are the
 * odd ones more often. */
static void
add_examples (LikenessResults *results,
              const LikenessFaceList *train,
              const guint32 *subject_of)
{
  guint i = 0;

  while (i < train->n_faces)
    {
      guint32 label = train->faces[i].label;
      guint first = i;

      while (i < train->n_faces && train->faces[i].label == label)
        i++;
      results->subjects[subject_of[label]].example
          = g_strdup (train->faces[first + (i - first) / 2].path);
    }
}

static char *
describe_input (int input)
{
  if (input == LIKENESS_INPUT_LOW)
    return g_strdup ("low");
  if (input == LIKENESS_INPUT_HIGH)
    return g_strdup ("high");
  return g_strdup_printf ("%d", input);
}

LikenessResults *
likeness_measure_build_results (const LikenessMeasure *self,
                                const LikenessJudgement *judgements,
                                const LikenessMetrics *metrics)
{
  LikenessResults *results = g_new0 (LikenessResults, 1);
  g_autoptr (GPtrArray) names = merge_subjects (self);
  g_autofree guint32 *subject_of = map_classes (self, names);

  results->metrics = *metrics;
  likeness_metrics_clear (&results->baseline);
  results->input = describe_input (self->input);
  if (self->enlarger != NULL)
    {
      results->super_resolution = g_strdup (self->enlarger);
      results->super_resolution_xxh3 = likeness_digest_to_string (&self->enlarger_digest);
    }
  results->n_subjects = names->len;
  results->subjects = g_new0 (LikenessSubjectResult, names->len + 1);
  for (guint i = 0; i < names->len; i++)
    results->subjects[i].name = g_strdup (names->pdata[i]);
  add_examples (results, self->train, subject_of);
  add_faces (results, self, judgements, subject_of);
  summarise_subjects (results);
  return results;
}

void
likeness_measure_add_baseline (LikenessResults *self, const LikenessResults *untouched)
{
  g_autofree guint *n = g_new0 (guint, self->n_subjects + 1);
  g_autofree guint *correct = g_new0 (guint, self->n_subjects + 1);

  g_return_if_fail (untouched->n_faces == self->n_faces
                    && untouched->n_subjects == self->n_subjects);

  self->has_baseline = TRUE;
  self->baseline = untouched->metrics;
  for (guint i = 0; i < self->n_faces; i++)
    {
      self->faces[i].baseline_correct = untouched->faces[i].correct;
      n[self->faces[i].subject]++;
      correct[self->faces[i].subject] += untouched->faces[i].correct;
    }
  for (guint i = 0; i < self->n_subjects; i++)
    self->subjects[i].baseline = likeness_rate_new (correct[i], n[i]);
}
