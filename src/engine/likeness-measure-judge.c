/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-embeddings.h"
#include "likeness-judgement.h"
#include "likeness-measure-results.h"
#include "likeness-parallel.h"
#include "likeness-verification.h"

/* Numbers in one table of head scores: the faces of a chunk times the classes. */
#define SCORES_MAX (4 * 1024 * 1024)

/* Right answers, over all faces and per class. */
typedef struct
{
  guint64 n;
  guint64 top1;
  guint64 top5;
  guint n_classes;
  guint *class_n;
  guint *class_top1;
} Tally;

static void
tally_init (Tally *tally, guint n_classes)
{
  *tally = (Tally){.n_classes = n_classes};
  tally->class_n = g_new0 (guint, n_classes);
  tally->class_top1 = g_new0 (guint, n_classes);
}

static void
tally_clear (Tally *tally)
{
  g_free (tally->class_n);
  g_free (tally->class_top1);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tally, tally_clear)

static void
tally_add (Tally *tally, guint32 truth, guint32 rank)
{
  tally->n++;
  tally->top1 += rank == 1;
  tally->top5 += rank <= 5;
  tally->class_n[truth]++;
  tally->class_top1[truth] += rank == 1;
}

/* Mean over the classes that have a face. */
static double
tally_macro (const Tally *tally)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < tally->n_classes; i++)
    if (tally->class_n[i] > 0)
      {
        sum += (double)tally->class_top1[i] / tally->class_n[i];
        n++;
      }
  return n > 0 ? sum / n : NAN;
}

/* What the head says about @n faces, without margin; a face of no class is passed over.
 */
static gboolean
judge_by_head (const LikenessTorch *torch,
               LikenessNet *net,
               const float *embeddings,
               const guint32 *classes,
               gsize n,
               Tally *tally,
               GCancellable *cancellable,
               GError **error)
{
  gsize chunk = MAX (SCORES_MAX / tally->n_classes, 1);
  g_autofree float *scores = g_new (float, MIN (chunk, MAX (n, 1)) * tally->n_classes);

  for (gsize i = 0; i < n; i += chunk)
    {
      gsize m = MIN (chunk, n - i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !torch->head_scores (net, embeddings + i * LIKENESS_EMBEDDING_SIZE, m,
                                  scores, error))
        return FALSE;
      for (gsize k = 0; k < m; k++)
        if (classes[i + k] != G_MAXUINT32)
          tally_add (tally, classes[i + k],
                     likeness_judgement_decide (scores + k * tally->n_classes,
                                                tally->n_classes, classes[i + k])
                         .rank);
    }
  return TRUE;
}

static gboolean
measure_head (const LikenessMeasure *self,
              const LikenessEmbeddings *embeddings,
              const LikenessTorch *torch,
              LikenessNet *net,
              LikenessMetrics *metrics,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree guint32 *classes = g_new (guint32, MAX (self->n_probe, 1));
  g_auto (Tally) probe = {0};
  g_auto (Tally) val = {0};

  tally_init (&probe, self->train->n_subjects);
  tally_init (&val, self->train->n_subjects);
  for (gsize i = 0; i < self->n_probe; i++)
    classes[i] = self->train->faces[self->probe[i]].label;
  if (!judge_by_head (torch, net, embeddings->probe, classes, self->n_probe, &probe,
                      cancellable, error)
      || !judge_by_head (torch, net, embeddings->val, self->val_class, self->val->n_faces,
                         &val, cancellable, error))
    return FALSE;
  metrics->train_top1 = likeness_rate_new (probe.top1, probe.n);
  metrics->top1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  if (val.n == 0)
    return TRUE;
  metrics->top1_undefined = LIKENESS_DEFINED;
  metrics->top1 = likeness_rate_new (val.top1, val.n);
  metrics->top5 = likeness_rate_new (val.top5, val.n);
  metrics->macro_top1 = tally_macro (&val);
  return TRUE;
}

typedef struct
{
  const LikenessMeasure *measure;
  const float *val;
  const float *centroids;
  LikenessJudgement *judgements;
} ByCentroid;

static void
judge_faces (gsize begin, gsize end, gpointer user_data)
{
  const ByCentroid *work = user_data;
  const guint n_classes = work->measure->train->n_subjects;
  g_autofree float *scores = g_new (float, MAX (n_classes, 1));

  for (gsize i = begin; i < end; i++)
    {
      guint32 truth = work->measure->val_class[i];

      if (truth == G_MAXUINT32)
        continue;
      for (guint j = 0; j < n_classes; j++)
        scores[j] = likeness_embeddings_dot (work->val + i * LIKENESS_EMBEDDING_SIZE,
                                             work->centroids
                                                 + (gsize)j * LIKENESS_EMBEDDING_SIZE);
      work->judgements[i] = likeness_judgement_decide (scores, n_classes, truth);
    }
}

/* Fills one judgement a val face; those of no class get rank 0. */
static gboolean
judge_by_centroid (const LikenessMeasure *self,
                   const LikenessEmbeddings *embeddings,
                   const float *centroids,
                   LikenessJudgement *judgements,
                   GCancellable *cancellable,
                   GError **error)
{
  ByCentroid work = {self, embeddings->val, centroids, judgements};

  return likeness_parallel_for (self->val->n_faces, 16, 0, judge_faces, &work,
                                cancellable, error);
}

static void
measure_rank1 (const LikenessMeasure *self,
               const LikenessJudgement *judgements,
               LikenessMetrics *metrics)
{
  guint64 n = 0;
  guint64 k = 0;

  for (guint i = 0; i < self->val->n_faces; i++)
    {
      n += judgements[i].rank > 0;
      k += judgements[i].rank == 1;
    }
  metrics->rank1_undefined = n > 0 ? LIKENESS_DEFINED : LIKENESS_UNDEFINED_DISJOINT;
  if (n > 0)
    metrics->rank1 = likeness_rate_new (k, n);
}

/* Cosine of each face to the mean of its subject's others, where there are others. */
static gboolean
sum_to_others (const float *embeddings,
               const LikenessFaceList *list,
               const guint32 *classes,
               double *total,
               guint64 *n,
               GError **error)
{
  /* Two numbers of single precision are the room for one of double precision. */
  const gsize n_sums = (gsize)list->n_subjects * LIKENESS_EMBEDDING_SIZE;
  g_autofree double *sums
      = (double *)likeness_embeddings_allocate (2 * (gsize)list->n_subjects, error);
  g_autofree guint *counts = g_new0 (guint, list->n_subjects + 1);

  if (sums == NULL)
    return FALSE;
  memset (sums, 0, n_sums * sizeof *sums);
  for (guint i = 0; i < list->n_faces; i++)
    {
      guint32 label = list->faces[i].label;

      counts[label]++;
      for (int k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        sums[(gsize)label * LIKENESS_EMBEDDING_SIZE + k]
            += embeddings[(gsize)i * LIKENESS_EMBEDDING_SIZE + k];
    }
  for (guint i = 0; i < list->n_faces; i++)
    {
      const float *row = embeddings + (gsize)i * LIKENESS_EMBEDDING_SIZE;
      guint32 label = list->faces[i].label;
      float others[LIKENESS_EMBEDDING_SIZE];

      if (counts[label] < 2 || (classes != NULL && classes[i] != G_MAXUINT32))
        continue;
      for (int k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        others[k] = (float)(sums[(gsize)label * LIKENESS_EMBEDDING_SIZE + k] - row[k]);
      likeness_embeddings_normalise (others, 1);
      *total += likeness_embeddings_dot (row, others);
      (*n)++;
    }
  return TRUE;
}

static gboolean
has_partners (const LikenessFaceList *list)
{
  for (guint i = 0; i < list->n_faces; i++)
    if (list->faces[i].low_path != NULL)
      return TRUE;
  return FALSE;
}

/* @classes and @centroids: of the faces whose subject has a gallery; NULL: none has. */
static gboolean
measure_similarity (const float *probe,
                    const float *best,
                    const LikenessFaceList *list,
                    const guint32 *classes,
                    const float *centroids,
                    double *similarity,
                    guint64 *n,
                    LikenessUndefined *undefined,
                    GError **error)
{
  double total = 0;

  *similarity = NAN;
  *n = 0;
  *undefined = LIKENESS_UNDEFINED_SAME_IMAGE;
  if (probe == best && has_partners (list))
    return TRUE;
  for (guint i = 0; i < list->n_faces; i++)
    {
      const float *row = probe + (gsize)i * LIKENESS_EMBEDDING_SIZE;
      const float *reference = NULL;

      if (probe != best)
        reference = best + (gsize)i * LIKENESS_EMBEDDING_SIZE;
      else if (classes != NULL && classes[i] != G_MAXUINT32)
        reference = centroids + (gsize)classes[i] * LIKENESS_EMBEDDING_SIZE;
      if (reference == NULL)
        continue;
      total += likeness_embeddings_dot (row, reference);
      (*n)++;
    }
  if (probe == best && !sum_to_others (probe, list, classes, &total, n, error))
    return FALSE;
  *undefined = *n > 0 ? LIKENESS_DEFINED : LIKENESS_UNDEFINED_TOO_FEW;
  if (*n > 0)
    *similarity = total / *n;
  return TRUE;
}

static gboolean
verify (const LikenessFaceList *list,
        const float *probe,
        const float *best,
        LikenessVerification *out,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree guint32 *labels = g_new (guint32, MAX (list->n_faces, 1));

  for (guint i = 0; i < list->n_faces; i++)
    labels[i] = list->faces[i].label;
  return likeness_verification_pairs (probe, best, labels, list->n_faces, out,
                                      cancellable, error);
}

static gboolean
measure_strangers (const LikenessMeasure *self,
                   const LikenessEmbeddings *embeddings,
                   LikenessMetrics *metrics,
                   GCancellable *cancellable,
                   GError **error)
{
  const LikenessFaceList *list = self->strangers;
  LikenessUndefined undefined;
  guint64 n;

  if (list == NULL)
    return TRUE;
  metrics->has_strangers = TRUE;
  metrics->strangers_subjects = list->n_subjects;
  metrics->strangers_n = list->n_faces;
  if (!measure_similarity (embeddings->strangers, embeddings->strangers_best, list, NULL,
                           NULL, &metrics->strangers_sim, &n, &undefined, error)
      || !verify (list, embeddings->strangers, embeddings->strangers_best,
                  &metrics->strangers_low_high, cancellable, error))
    return FALSE;
  metrics->strangers_high_high = metrics->strangers_low_high;
  return embeddings->strangers == embeddings->strangers_best
         || verify (list, embeddings->strangers_best, embeddings->strangers_best,
                    &metrics->strangers_high_high, cancellable, error);
}

float *
likeness_measure_make_centroids (const LikenessMeasure *self,
                                 const LikenessEmbeddings *embeddings,
                                 GError **error)
{
  const LikenessFaceList *train = self->train;
  g_autofree guint32 *labels = g_new (guint32, train->n_faces + 1);
  float *centroids = likeness_embeddings_allocate (train->n_subjects, error);

  if (centroids == NULL)
    return NULL;
  for (guint i = 0; i < train->n_faces; i++)
    labels[i] = train->faces[i].label;
  likeness_embeddings_average (embeddings->train, labels, train->n_faces,
                               train->n_subjects, centroids);
  return centroids;
}

gboolean
likeness_measure_judge (const LikenessMeasure *self,
                        const LikenessEmbeddings *embeddings,
                        const LikenessTorch *torch,
                        LikenessNet *net,
                        LikenessMetrics *metrics,
                        LikenessResults **results,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree float *centroids = NULL;
  g_autofree LikenessJudgement *judgements = NULL;

  likeness_metrics_clear (metrics);
  metrics->top1_undefined = LIKENESS_UNDEFINED_NO_HEAD;
  if (net != NULL
      && !measure_head (self, embeddings, torch, net, metrics, cancellable, error))
    return FALSE;

  centroids = likeness_measure_make_centroids (self, embeddings, error);
  if (centroids == NULL)
    return FALSE;
  judgements = g_new0 (LikenessJudgement, self->val->n_faces + 1);
  if (!judge_by_centroid (self, embeddings, centroids, judgements, cancellable, error))
    return FALSE;
  measure_rank1 (self, judgements, metrics);
  if (!measure_similarity (embeddings->val, embeddings->val_best, self->val,
                           self->val_class, centroids, &metrics->sim, &metrics->sim_n,
                           &metrics->sim_undefined, error)
      || !verify (self->val, embeddings->val, embeddings->val_best, &metrics->val,
                  cancellable, error)
      || !measure_strangers (self, embeddings, metrics, cancellable, error))
    return FALSE;
  if (results != NULL)
    *results = likeness_measure_build_results (self, judgements, metrics);
  return TRUE;
}
