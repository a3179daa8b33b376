/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-measure.h"

#include "likeness-embeddings.h"
#include "likeness-random.h"

/* Not the run's seed: two runs with other seeds must be measured on the same faces. */
#define DRAW_SEED 0x6c696b656e657373

static int
compare_indexes (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a;
  guint32 y = *(const guint32 *)b;

  return (x > y) - (x < y);
}

static guint32 *
draw_probe (gsize n, gsize *n_probe)
{
  guint32 *faces = g_new (guint32, MAX (n, 1));
  LikenessRandom random = likeness_random_new (DRAW_SEED, 0, 0, 0);

  for (gsize i = 0; i < n; i++)
    faces[i] = (guint32)i;
  *n_probe = MIN (n, LIKENESS_PROBE_MAX_FACES);
  if (*n_probe < n)
    {
      likeness_random_shuffle (&random, faces, n);
      qsort (faces, *n_probe, sizeof *faces, compare_indexes);
    }
  return faces;
}

static guint32 *
find_classes (const LikenessFaceList *train, const LikenessFaceList *val)
{
  guint32 *classes = g_new (guint32, MAX (val->n_faces, 1));

  for (guint i = 0; i < val->n_faces; i++)
    {
      const char *subject = val->subjects[val->faces[i].label];
      int label = likeness_face_list_find_subject (train, subject);

      classes[i] = label < 0 ? G_MAXUINT32 : (guint32)label;
    }
  return classes;
}

LikenessMeasure *
likeness_measure_new (LikenessFaceList *train,
                      LikenessFaceList *val,
                      LikenessFaceList *strangers,
                      int input,
                      LikenessEnlarger *enlarger,
                      LikenessProgress *progress,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LikenessMeasure) self = NULL;

  g_return_val_if_fail (train != NULL && val != NULL, NULL);

  self = g_new0 (LikenessMeasure, 1);
  self->train = likeness_face_list_ref (train);
  self->val = likeness_face_list_ref (val);
  self->input = input;
  if (enlarger != NULL)
    {
      self->enlarger = g_strdup (enlarger->name);
      self->enlarger_digest = enlarger->digest;
    }
  self->val_class = find_classes (train, val);
  self->probe = draw_probe (train->n_faces, &self->n_probe);
  self->train_pixels
      = likeness_enlarger_load (enlarger, train, input, progress, cancellable, error);
  if (self->train_pixels == NULL)
    return NULL;
  self->val_pixels
      = likeness_enlarger_load (enlarger, val, input, progress, cancellable, error);
  if (self->val_pixels == NULL)
    return NULL;
  if (strangers != NULL && strangers->n_faces > 0)
    {
      self->strangers = likeness_face_list_ref (strangers);
      self->strangers_pixels = likeness_enlarger_load (enlarger, strangers, input,
                                                       progress, cancellable, error);
      if (self->strangers_pixels == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
likeness_measure_free (LikenessMeasure *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->train, likeness_face_list_unref);
  g_clear_pointer (&self->val, likeness_face_list_unref);
  g_clear_pointer (&self->strangers, likeness_face_list_unref);
  likeness_pixels_free (self->train_pixels);
  likeness_pixels_free (self->val_pixels);
  likeness_pixels_free (self->strangers_pixels);
  g_free (self->val_class);
  g_free (self->probe);
  g_free (self->enlarger);
  g_free (self);
}

gboolean
likeness_measure_run (LikenessMeasure *self,
                      const LikenessTorch *torch,
                      LikenessNet *net,
                      gboolean has_head,
                      LikenessMetrics *metrics,
                      LikenessResults **results,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LikenessEmbeddings) embeddings
      = likeness_embeddings_new (self, torch, net, NULL, cancellable, error);

  if (embeddings == NULL)
    return FALSE;
  return likeness_measure_judge (self, embeddings, torch, has_head ? net : NULL, metrics,
                                 results, cancellable, error);
}
