/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-quality-measure.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-dataset-scanner.h"
#include "likeness-error.h"
#include "likeness-parallel.h"
#include "likeness-pixels.h"
#include "likeness-run-config.h"

/* Faces that a thread takes at a time. */
#define CHUNK 8

/* A face on its way to be measured. */
typedef struct
{
  LikenessFace *face; /* borrowed from the data set */
  char *path;
  char *low_path;
  LikenessImageQuality scores[LIKENESS_QUALITY_N_METHODS];
  GError *error; /* why it has none */
} Item;

typedef struct
{
  LikenessDataset *dataset;
  int input;
  GArray *items; /* of Item */
  LikenessProgress *progress;
  GCancellable *cancellable;
} Measure;

static void
item_clear (gpointer data)
{
  Item *self = data;

  g_free (self->path);
  g_free (self->low_path);
  g_clear_error (&self->error);
}

static void
measure_clear (Measure *self)
{
  g_clear_object (&self->dataset);
  g_clear_pointer (&self->items, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Measure, measure_clear)

static void
list_items (Measure *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->items, item_clear);
  for (guint i = 0; i < likeness_dataset_get_n_subjects (self->dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (self->dataset, i);

      for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++)
        {
          LikenessFace *face = likeness_subject_get_face (subject, j);
          Item item = {.face = face,
                       .path = likeness_face_dup_path (face),
                       .low_path = likeness_face_dup_low_path (face)};

          g_array_append_val (self->items, item);
        }
    }
}

/* The partners are compared with what they are partners of, or nothing is. */
static gboolean
check_pairs (Measure *self, GError **error)
{
  if (self->input > 0)
    return TRUE;
  self->input = LIKENESS_INPUT_LOW;
  for (guint i = 0; i < self->items->len; i++)
    if (g_array_index (self->items, Item, i).low_path != NULL)
      return TRUE;
  g_set_error_literal (
      error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
      _ ("The faces have no low-resolution partners. Give --set input=N: each is reduced "
         "to N pixels and enlarged again."));
  return FALSE;
}

static gboolean
load (const Measure *self, Item *item, guint8 *best, guint8 *shown)
{
  if (self->input == LIKENESS_INPUT_LOW && item->low_path == NULL)
    {
      g_set_error_literal (&item->error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                           _ ("The low-resolution partner is missing: add it, or give "
                              "--set input=N."));
      return FALSE;
    }
  return likeness_pixels_load_pair (item->path, item->low_path, self->input, best, shown,
                                    self->cancellable, &item->error);
}

static void
measure_items (gsize begin, gsize end, gpointer data)
{
  Measure *self = data;
  g_autofree guint8 *best = g_malloc (LIKENESS_FACE_BYTES);
  g_autofree guint8 *shown = g_malloc (LIKENESS_FACE_BYTES);

  for (gsize i = begin; i < end; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      if (load (self, item, best, shown))
        item->scores[LIKENESS_QUALITY_BILINEAR] = likeness_image_quality_measure (
            best, shown, LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE);
      likeness_progress_advance (self->progress, 1);
    }
}

/* (transfer full) */
static char *
make_relative (const char *path, const char *root)
{
  const char *relative = path;

  if (g_str_has_prefix (path, root))
    for (relative += strlen (root); *relative == '/'; relative++)
      ;
  return g_strdup (relative);
}

static void
add_skip (LikenessQuality *quality, char *path, const char *reason)
{
  LikenessSkip *skip = g_new (LikenessSkip, 1);

  *skip = (LikenessSkip){path, g_strdup (reason)};
  g_ptr_array_add (quality->skips, skip);
}

static LikenessQuality *
make_quality (const Measure *self)
{
  LikenessQuality *quality = g_new0 (LikenessQuality, 1);
  GPtrArray *subjects = g_ptr_array_new ();
  const char *last = NULL;

  quality->root = g_strdup (likeness_dataset_get_root (self->dataset));
  quality->layout = likeness_dataset_get_layout (self->dataset);
  quality->input = self->input;
  quality->n_methods = 1;
  quality->faces = g_new0 (LikenessQualityFace, self->items->len);
  quality->skips = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_skip_free);
  for (guint i = 0; i < likeness_dataset_get_n_skips (self->dataset); i++)
    {
      const LikenessSkip *skip = likeness_dataset_get_skip (self->dataset, i);

      add_skip (quality, g_strdup (skip->path), skip->reason);
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);
      const char *subject = likeness_face_get_subject (item->face);
      char *path = make_relative (item->path, quality->root);
      LikenessQualityFace *face;

      if (item->error != NULL)
        {
          add_skip (quality, path, item->error->message);
          continue;
        }
      if (g_strcmp0 (subject, last) != 0)
        g_ptr_array_add (subjects, g_strdup (subject));
      last = subject;
      face = &quality->faces[quality->n_faces++];
      face->path = path;
      face->subject = subjects->len - 1;
      face->split = likeness_face_get_split (item->face);
      memcpy (face->scores, item->scores, sizeof face->scores);
    }
  quality->n_subjects = subjects->len;
  g_ptr_array_add (subjects, NULL);
  quality->subjects = (char **)g_ptr_array_free (subjects, FALSE);
  return quality;
}

LikenessQuality *
likeness_quality_measure (const char *directory,
                          int input,
                          LikenessProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (Measure) self
      = {.input = input, .progress = progress, .cancellable = cancellable};
  g_autoptr (LikenessQuality) quality = NULL;

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (
      input == LIKENESS_INPUT_AUTO || input == LIKENESS_INPUT_LOW || input > 0, NULL);

  self.dataset = likeness_dataset_scanner_scan (directory, progress, cancellable, error);
  if (self.dataset == NULL)
    return NULL;
  list_items (&self);
  if (!check_pairs (&self, error))
    return NULL;
  likeness_progress_begin (progress, N_ ("Measuring faces"), self.items->len);
  if (!likeness_parallel_for (self.items->len, CHUNK, 0, measure_items, &self,
                              cancellable, error))
    return NULL;
  quality = make_quality (&self);
  if (quality->n_faces > 0)
    return g_steal_pointer (&quality);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY,
               _ ("Not one of %u faces could be measured. The first: %s"),
               self.items->len, g_array_index (self.items, Item, 0).error->message);
  return NULL;
}
