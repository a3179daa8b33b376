/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-quality-measure.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-dataset-scanner.h"
#include "likeness-device.h"
#include "likeness-enlarger.h"
#include "likeness-error.h"
#include "likeness-parallel.h"
#include "likeness-pixels.h"

/* Faces that are held at once, and enlarged together. */
#define PORTION 64
/* Faces that a thread takes at a time. */
#define CHUNK 4

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
  LikenessEnlarger *enlarger; /* NULL: bilinear alone */
  int input;
  GArray *items; /* of Item */
  LikenessProgress *progress;
  GCancellable *cancellable;

  /* The portion at work: what lies at its item @first + i */
  gsize first;
  guint8 *best;                  /* PORTION faces */
  LikenessImage *small[PORTION]; /* what a model gets; NULL: there is nothing */

  /* Those of them that were enlarged by the model */
  guint8 *enlarged;
  gsize places[PORTION]; /* where in the portion each belongs */
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
drop_small (Measure *self)
{
  for (gsize i = 0; i < PORTION; i++)
    g_clear_pointer (&self->small[i], likeness_image_free);
}

static void
measure_clear (Measure *self)
{
  drop_small (self);
  g_free (self->best);
  g_free (self->enlarged);
  g_clear_pointer (&self->enlarger, likeness_enlarger_free);
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

/* (transfer full): @item as the model gets it. */
static LikenessImage *
make_small (const Measure *self, Item *item, guint8 *best)
{
  const LikenessImage image = {LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE, best};

  if (self->input > 0)
    return likeness_image_resize_box (&image, self->input, self->input);
  return likeness_pixels_load_low (item->path, item->low_path, self->cancellable,
                                   &item->error);
}

static void
measure_item (Measure *self, gsize index, guint8 *shown)
{
  Item *item = &g_array_index (self->items, Item, self->first + index);
  guint8 *best = self->best + index * LIKENESS_FACE_BYTES;

  if (self->input == LIKENESS_INPUT_LOW && item->low_path == NULL)
    {
      g_set_error_literal (&item->error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                           _ ("The low-resolution partner is missing: add it, or give "
                              "--set input=N."));
      return;
    }
  if (!likeness_pixels_load_pair (item->path, item->low_path, self->input, best, shown,
                                  self->cancellable, &item->error))
    return;
  item->scores[LIKENESS_QUALITY_BILINEAR] = likeness_image_quality_measure (
      best, shown, LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE);
  if (self->enlarger != NULL)
    self->small[index] = make_small (self, item, best);
}

static void
measure_items (gsize begin, gsize end, gpointer data)
{
  g_autofree guint8 *shown = g_malloc (LIKENESS_FACE_BYTES);

  for (gsize i = begin; i < end; i++)
    measure_item (data, i, shown);
}

static void
measure_enlarged (gsize begin, gsize end, gpointer data)
{
  Measure *self = data;

  for (gsize i = begin; i < end; i++)
    {
      gsize place = self->places[i];
      Item *item = &g_array_index (self->items, Item, self->first + place);

      item->scores[LIKENESS_QUALITY_SUPER_RESOLUTION]
          = likeness_image_quality_measure (self->best + place * LIKENESS_FACE_BYTES,
                                            self->enlarged + i * LIKENESS_FACE_BYTES,
                                            LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE);
    }
}

/* The model belongs to one thread, so that a portion goes to it at once. */
static gboolean
enlarge (Measure *self, GError **error)
{
  const LikenessImage *images[PORTION];
  gsize n = 0;

  for (gsize i = 0; i < PORTION; i++)
    if (self->small[i] != NULL)
      {
        images[n] = self->small[i];
        self->places[n++] = i;
      }
  if (!likeness_enlarger_run (self->enlarger, images, n, self->enlarged, error))
    return FALSE;
  drop_small (self);
  return likeness_parallel_for (n, CHUNK, 0, measure_enlarged, self, self->cancellable,
                                error);
}

static gboolean
measure_all (Measure *self, GError **error)
{
  gsize n = self->items->len;

  self->best = g_malloc (PORTION * LIKENESS_FACE_BYTES);
  self->enlarged = g_malloc (PORTION * LIKENESS_FACE_BYTES);
  likeness_progress_begin (self->progress, N_ ("Measuring faces"), n);
  for (self->first = 0; self->first < n; self->first += PORTION)
    {
      gsize portion = MIN (PORTION, n - self->first);

      if (!likeness_parallel_for (portion, CHUNK, 0, measure_items, self,
                                  self->cancellable, error)
          || (self->enlarger != NULL && !enlarge (self, error)))
        return FALSE;
      likeness_progress_advance (self->progress, portion);
    }
  return TRUE;
}

static gboolean
open_model (Measure *self, const LikenessRunConfig *config, GError **error)
{
  const LikenessTorch *torch;
  int cuda_device;
  guint threads = config->threads;

  if (config->super_resolution == NULL)
    return TRUE;
  torch = likeness_torch_load (error);
  if (torch == NULL
      || !likeness_device_resolve (config->device, &cuda_device, NULL, error))
    return FALSE;
  if (threads == 0)
    threads = (guint)likeness_device_count_cores ();
  self->enlarger
      = likeness_enlarger_new (config->super_resolution, config->trust_super_resolution,
                               torch, cuda_device, threads, self->cancellable, error);
  return self->enlarger != NULL;
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
  if (self->enlarger != NULL)
    {
      quality->n_methods = LIKENESS_QUALITY_N_METHODS;
      quality->model = g_strdup (self->enlarger->name);
      quality->model_xxh3 = likeness_digest_to_string (&self->enlarger->digest);
    }
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

/* Exactly one of @directory and @dataset is there. */
static LikenessQuality *
measure (const char *directory,
         LikenessDataset *dataset,
         const LikenessRunConfig *config,
         LikenessProgress *progress,
         GCancellable *cancellable,
         GError **error)
{
  g_auto (Measure) self
      = {.input = config->input, .progress = progress, .cancellable = cancellable};
  g_autoptr (LikenessQuality) quality = NULL;

  if (config->input == LIKENESS_INPUT_HIGH)
    {
      g_set_error_literal (
          error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
          _ ("the high-resolution face is what the enlarged one is held against: input "
             "is low or a number of pixels"));
      return NULL;
    }
  if (!open_model (&self, config, error))
    return NULL;
  self.dataset = dataset != NULL ? g_object_ref (dataset)
                                 : likeness_dataset_scanner_scan (directory, progress,
                                                                  cancellable, error);
  if (self.dataset == NULL)
    return NULL;
  list_items (&self);
  if (!check_pairs (&self, error) || !measure_all (&self, error))
    return NULL;
  quality = make_quality (&self);
  if (quality->n_faces > 0)
    return g_steal_pointer (&quality);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY,
               _ ("Not one of %u faces could be measured. The first: %s"),
               self.items->len, g_array_index (self.items, Item, 0).error->message);
  return NULL;
}

LikenessQuality *
likeness_quality_measure (const char *directory,
                          const LikenessRunConfig *config,
                          LikenessProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (directory != NULL, NULL);
  return measure (directory, NULL, config, progress, cancellable, error);
}

LikenessQuality *
likeness_quality_measure_dataset (LikenessDataset *dataset,
                                  const LikenessRunConfig *config,
                                  LikenessProgress *progress,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (dataset), NULL);
  return measure (NULL, dataset, config, progress, cancellable, error);
}
