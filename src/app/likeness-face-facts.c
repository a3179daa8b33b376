/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-facts.h"

#include <math.h>

#include "likeness-file-stamp.h"
#include "likeness-pixels.h"
#include "likeness-run-config.h"

void
likeness_face_facts_free (LikenessFaceFacts *self)
{
  if (self == NULL)
    return;
  g_free (self->error);
  g_free (self);
}

static void
measure (LikenessFaceFacts *self,
         const char *path,
         const char *low_path,
         GCancellable *cancellable)
{
  g_autofree guint8 *best = g_malloc (LIKENESS_FACE_BYTES);
  g_autofree guint8 *enlarged = g_malloc (LIKENESS_FACE_BYTES);
  g_autoptr (GError) error = NULL;

  if (!likeness_image_check (low_path, &self->low_width, &self->low_height, &error)
      || !likeness_pixels_load_pair (path, low_path, LIKENESS_INPUT_LOW, best, enlarged,
                                     cancellable, &error))
    {
      self->error = g_strdup (error->message);
      return;
    }
  self->quality = likeness_image_quality_measure (best, enlarged, LIKENESS_FACE_SIZE,
                                                  LIKENESS_FACE_SIZE);
}

static void
load (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  LikenessFace *face = task_data;
  g_autofree char *path = likeness_face_dup_path (face);
  g_autofree char *low_path = likeness_face_dup_low_path (face);
  LikenessFileStamp stamp = {0};
  LikenessFaceFacts *self = g_new0 (LikenessFaceFacts, 1);
  g_autoptr (GError) error = NULL;

  self->quality = (LikenessImageQuality){NAN, NAN};
  if (likeness_file_stamp_look (&stamp, path))
    self->bytes = (guint64)stamp.size;
  if (!likeness_image_check (path, &self->width, &self->height, &error))
    self->error = g_strdup (error->message);
  else if (low_path != NULL)
    measure (self, path, low_path, cancellable);
  g_task_return_pointer (task, self, (GDestroyNotify)likeness_face_facts_free);
}

void
likeness_face_facts_load_async (LikenessFace *face,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (face), g_object_unref);
  g_task_run_in_thread (task, load);
}

LikenessFaceFacts *
likeness_face_facts_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
