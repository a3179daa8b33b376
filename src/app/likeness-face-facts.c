/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-facts.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-digest.h"
#include "likeness-pixels.h"
#include "likeness-run-config.h"

typedef struct
{
  LikenessFace *face;
  GPtrArray *others;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->face);
  g_clear_pointer (&question->others, g_ptr_array_unref);
  g_free (question);
}

void
likeness_face_facts_free (LikenessFaceFacts *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->copies);
  g_free (self->error);
  g_free (self);
}

static gboolean
digest (const char *path, LikenessDigest *out, guint64 *bytes, GCancellable *cancellable)
{
  /* A FIFO put in an image's place must not hold the thread for ever. */
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;
  gboolean done = file >= 0 && fstat (file, &status) == 0 && S_ISREG (status.st_mode)
                  && likeness_digest_file (file, out, cancellable);

  if (done)
    *bytes = status.st_size;
  if (file >= 0)
    close (file);
  return done;
}

static void
find_copies (LikenessFaceFacts *self,
             const Question *question,
             const LikenessDigest *own,
             GCancellable *cancellable)
{
  for (guint i = 0; question->others != NULL && i < question->others->len; i++)
    {
      LikenessFace *other = g_ptr_array_index (question->others, i);
      g_autofree char *path = likeness_face_dup_path (other);
      LikenessDigest its;
      guint64 bytes;

      if (other != question->face && digest (path, &its, &bytes, cancellable)
          && bytes == self->bytes && memcmp (&its, own, sizeof its) == 0)
        g_ptr_array_add (self->copies, g_object_ref (other));
    }
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
  const Question *question = task_data;
  g_autofree char *path = likeness_face_dup_path (question->face);
  g_autofree char *low_path = likeness_face_dup_low_path (question->face);
  LikenessFaceFacts *self = g_new0 (LikenessFaceFacts, 1);
  g_autoptr (GError) error = NULL;
  LikenessDigest own;

  self->quality = (LikenessImageQuality){NAN, NAN};
  self->copies = g_ptr_array_new_with_free_func (g_object_unref);
  if (digest (path, &own, &self->bytes, cancellable))
    find_copies (self, question, &own, cancellable);
  if (!likeness_image_check (path, &self->width, &self->height, &error))
    self->error = g_strdup (error->message);
  else if (low_path != NULL)
    measure (self, path, low_path, cancellable);
  g_task_return_pointer (task, self, (GDestroyNotify)likeness_face_facts_free);
}

void
likeness_face_facts_load_async (LikenessFace *face,
                                GPtrArray *others,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->face = g_object_ref (face);
  question->others = others != NULL ? g_ptr_array_ref (others) : NULL;
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, load);
}

LikenessFaceFacts *
likeness_face_facts_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
