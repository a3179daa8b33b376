/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-parallel.h"
#include "likeness-sample-private.h"
#include "likeness-staging.h"
#include "likeness-types.h"

#define LOW_SIDE 32
#define FEWEST_SUBJECTS 3
#define MOST_SUBJECTS 10000
#define FEWEST_FACES 2
#define MOST_FACES 1000
/* A file name holds a camera and one of its lamps; both count the faces here. */
#define LAMPS 20

/* One job, seen by all of its threads. */
typedef struct
{
  const LikenessSampleOptions *options;
  const LikenessFileCalls *calls;
  const char *target;
  int folder;
  LikenessProgress *progress;
  GMutex mutex;
  GError *error;   /* of the first thread that failed */
  gboolean failed; /* atomic: the others stop */
} Work;

void
likeness_sample_options_init (LikenessSampleOptions *options)
{
  *options = (LikenessSampleOptions){.subjects = 24, .faces = 30, .seed = 42};
}

static gboolean
check_options (const LikenessSampleOptions *options, GError **error)
{
  if (options->subjects < FEWEST_SUBJECTS || options->subjects > MOST_SUBJECTS)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                 _ ("A sample cannot have %u subjects: choose %d to %d"),
                 options->subjects, FEWEST_SUBJECTS, MOST_SUBJECTS);
  else if (options->faces < FEWEST_FACES || options->faces > MOST_FACES)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                 _ ("A sample cannot have %u faces a subject: choose %d to %d"),
                 options->faces, FEWEST_FACES, MOST_FACES);
  else
    return TRUE;
  return FALSE;
}

/* About three quarters train; the rest is shared by val and test. */
static LikenessSplit
split_of (const LikenessSampleOptions *options, guint subject)
{
  guint eighth = MAX (1, (options->subjects + 4) / 8);

  if (subject > options->subjects - eighth)
    return LIKENESS_SPLIT_TEST;
  if (subject > options->subjects - 2 * eighth)
    return LIKENESS_SPLIT_VAL;
  return LIKENESS_SPLIT_TRAIN;
}

static char *
dup_path (const Work *work, guint subject, guint face, const char *kind)
{
  int digits = work->options->subjects > 999 ? 5 : 3;
  const char *split = likeness_split_to_string (split_of (work->options, subject));

  return g_strdup_printf ("%s/%s/%0*u_01_01_%03u_%02u_crop_128.png", split, kind, digits,
                          subject, 10 * (1 + face / LAMPS), face % LAMPS);
}

static gboolean
fail_to_write (const Work *work, int number, const char *path, GError **error)
{
  g_autofree char *full = g_build_filename (work->target, path, NULL);

  return likeness_file_calls_set_error (number, full, error);
}

static gboolean
write_png (const Work *work, const LikenessImage *image, const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_data (
      image->pixels, GDK_COLORSPACE_RGB, FALSE, 8, image->width, image->height,
      image->width * 3, NULL, NULL);
  g_autofree char *png = NULL;
  gsize length;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &png, &length, "png", error, NULL))
    return FALSE;
  return likeness_file_calls_write_new (work->calls, work->folder, path, png, length)
         || fail_to_write (work, errno, path, error);
}

static gboolean
write_face (const Work *work, guint subject, guint face, GError **error)
{
  g_autoptr (LikenessImage) high
      = likeness_sample_draw_face (work->options->seed, subject, face);
  g_autoptr (LikenessImage) low = likeness_image_resize_box (high, LOW_SIDE, LOW_SIDE);
  g_autofree char *high_path = dup_path (work, subject, face, "hr_images");
  g_autofree char *low_path = dup_path (work, subject, face, "vlr_images");

  return write_png (work, high, high_path, error)
         && write_png (work, low, low_path, error);
}

static void
write_faces (gsize begin, gsize end, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  for (gsize i = begin; i < end && !g_atomic_int_get (&work->failed); i++)
    {
      guint subject = 1 + i / work->options->faces;
      guint face = i % work->options->faces;

      if (write_face (work, subject, face, &error))
        likeness_progress_advance (work->progress, 1);
      else
        g_atomic_int_set (&work->failed, TRUE);
    }
  g_mutex_lock (&work->mutex);
  if (work->error == NULL)
    work->error = g_steal_pointer (&error);
  g_mutex_unlock (&work->mutex);
}

static gboolean
make_folders (const Work *work, GError **error)
{
  static const char *const folders[] = {
      "train", "train/hr_images", "train/vlr_images",
      "val",   "val/hr_images",   "val/vlr_images",
      "test",  "test/hr_images",  "test/vlr_images",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (work->calls->make_folder (work->folder, folders[i]) != 0)
      return fail_to_write (work, errno, folders[i], error);
  return TRUE;
}

static gboolean
write_everything (Work *work, GCancellable *cancellable, GError **error)
{
  gsize n = (gsize)work->options->subjects * work->options->faces;

  if (!make_folders (work, error))
    return FALSE;
  likeness_progress_begin (work->progress, N_ ("Drawing faces"), n);
  if (!likeness_parallel_for (n, 1, 0, write_faces, work, cancellable, error))
    {
      g_clear_error (&work->error);
      return FALSE;
    }
  if (work->error != NULL)
    g_propagate_error (error, g_steal_pointer (&work->error));
  return !work->failed;
}

/* Sets @there where @target is a folder that the sample may take the place of. */
static gboolean
check_target (const char *target, gboolean *there, GError **error)
{
  g_autoptr (GDir) folder = NULL;

  *there = g_file_test (target, G_FILE_TEST_IS_DIR);
  if (!*there)
    return TRUE;
  folder = g_dir_open (target, 0, NULL);
  if (folder != NULL && g_dir_read_name (folder) == NULL)
    return TRUE;

  {
    g_autofree char *name = likeness_display_name (target);

    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EXISTS,
                 _ ("“%s” is already there and not empty: choose a new folder"), name);
  }
  return FALSE;
}

gboolean
likeness_sample_write_with (const char *directory,
                            const LikenessSampleOptions *options,
                            const LikenessFileCalls *calls,
                            LikenessProgress *progress,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *target = NULL;
  LikenessStaging *staging;
  Work work;
  gboolean there, done;

  if (!check_options (options, error))
    return FALSE;
  target = likeness_staging_resolve (directory, error);
  if (target == NULL || !check_target (target, &there, error))
    return FALSE;
  staging = likeness_staging_new (target, there, calls, error);
  if (staging == NULL)
    return FALSE;

  work = (Work){
      .options = options,
      .calls = calls,
      .target = target,
      .folder = likeness_staging_get_folder (staging),
      .progress = progress,
  };
  g_mutex_init (&work.mutex);
  /* Somebody may have put something into the empty folder meanwhile. */
  done = write_everything (&work, cancellable, error)
         && check_target (target, &there, error)
         && likeness_staging_finish (staging, progress, cancellable, error);
  g_mutex_clear (&work.mutex);
  likeness_staging_close (staging, progress);
  return done;
}

gboolean
likeness_sample_write (const char *directory,
                       const LikenessSampleOptions *options,
                       LikenessProgress *progress,
                       GCancellable *cancellable,
                       GError **error)
{
  return likeness_sample_write_with (directory, options, &likeness_file_calls, progress,
                                     cancellable, error);
}
