/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-run.h"
#include "likeness-test-tree.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "likeness-random.h"

#define SQUARES 7

static void
draw_face (const char *path, char subject, guint number, int size)
{
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, size, size);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  LikenessRandom person = likeness_random_new ((guint64)subject, 0, 0, 0);
  LikenessRandom photo = likeness_random_new ((guint64)subject, number, 1, 0);
  int colours[SQUARES * SQUARES * 3];
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++)
    colours[i] = (int)likeness_random_below (&person, 196)
                 + (int)likeness_random_below (&photo, 60);
  for (int y = 0; y < size; y++)
    for (int x = 0; x < size; x++)
      for (int c = 0; c < 3; c++)
        pixels[y * stride + x * 3 + c] = (guint8)
            colours[(y * SQUARES / size * SQUARES + x * SQUARES / size) * 3 + c];
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
}

static void
draw_split (
    const char *root, const char *split, const char *subjects, guint n, guint from)
{
  g_autofree char *high = g_build_filename (root, split, "hr_images", NULL);
  g_autofree char *low = g_build_filename (root, split, "vlr_images", NULL);

  g_assert_cmpint (g_mkdir_with_parents (high, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (low, 0700), ==, 0);
  for (; *subjects != '\0'; subjects++)
    for (guint i = from; i < from + n; i++)
      {
        g_autofree char *high_path = g_strdup_printf ("%s/%c_%u.png", high, *subjects, i);
        g_autofree char *low_path = g_strdup_printf ("%s/%c_%u.png", low, *subjects, i);

        draw_face (high_path, *subjects, i, 112);
        draw_face (low_path, *subjects, i, 28);
      }
}

void
likeness_test_run_draw (const char *folder, gboolean disjoint)
{
  draw_split (folder, "train", "ABCD", 6, 0);
  draw_split (folder, "val", disjoint ? "GHIJ" : "ABCD", 2, 6);
  draw_split (folder, "test", "EF", 3, 0);
}

void
likeness_test_run_set_up (LikenessTestRun *self, gconstpointer disjoint)
{
  self->root = likeness_test_tree_new ();
  self->data = g_build_filename (self->root, "faces", NULL);
  self->run = g_build_filename (self->root, "runs", "first", NULL);
  likeness_test_run_draw (self->data, GPOINTER_TO_INT (disjoint));
}

void
likeness_test_run_tear_down (LikenessTestRun *self, gconstpointer disjoint)
{
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->data);
  g_free (self->run);
}

LikenessRunConfig *
likeness_test_run_make_config (const char *data, guint epochs)
{
  LikenessRunConfig *config = likeness_run_config_new ();

  config->data = g_strdup (data);
  g_assert_true (likeness_run_config_set (config, "from_scratch", "xxs", NULL));
  config->epochs_head = 0;
  config->epochs_all = epochs;
  config->batch = 8;
  config->precision = LIKENESS_PRECISION_FLOAT32;
  g_free (config->device);
  config->device = g_strdup ("cpu");
  config->threads = 1;
  config->early_stop = 0;
  return config;
}

typedef struct
{
  GPtrArray *events;
  LikenessTrainer *trainer;
  LikenessTestRunFunc func;
  gpointer user_data;
  gboolean ended;
} Watch;

static void
event_cb (const LikenessEvent *event, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_false (watch->ended);
  g_ptr_array_add (watch->events, likeness_event_copy (event));
  watch->ended = event->type == LIKENESS_EVENT_DONE
                 || event->type == LIKENESS_EVENT_STOPPED
                 || event->type == LIKENESS_EVENT_FAILED;
  if (watch->func != NULL)
    watch->func (watch->trainer, event, watch->user_data);
}

GPtrArray *
likeness_test_run_wait (LikenessTrainerJob *job,
                        LikenessTestRunFunc func,
                        gpointer user_data)
{
  Watch watch = {.func = func, .user_data = user_data};
  LikenessFeed *feed = likeness_feed_new (event_cb, &watch);

  watch.events = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_event_free);
  watch.trainer = likeness_trainer_start (job, feed);
  while (!watch.ended)
    g_main_context_iteration (NULL, TRUE);
  likeness_trainer_free (watch.trainer);
  likeness_feed_close (feed);
  likeness_feed_unref (feed);
  return watch.events;
}

static GPtrArray *
train (const LikenessTorch *torch,
       const LikenessRunConfig *config,
       const char *run,
       LikenessTestRunFunc func,
       gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  LikenessTrainerJob *job = likeness_trainer_job_new (config, run, NULL, NULL, &error);

  g_assert_no_error (error);
  job->torch = torch;
  return likeness_test_run_wait (job, func, user_data);
}

GPtrArray *
likeness_test_run_train (const LikenessRunConfig *config,
                         const char *run,
                         LikenessTestRunFunc func,
                         gpointer user_data)
{
  return train (NULL, config, run, func, user_data);
}

GPtrArray *
likeness_test_run_train_by (const LikenessTorch *torch,
                            const LikenessRunConfig *config,
                            const char *run)
{
  return train (torch, config, run, NULL, NULL);
}

GPtrArray *
likeness_test_run_resume (const char *run, guint extend)
{
  return likeness_test_run_resume_by (NULL, run, extend);
}

GPtrArray *
likeness_test_run_resume_by (const LikenessTorch *torch, const char *run, guint extend)
{
  g_autoptr (GError) error = NULL;
  LikenessTrainerJob *job
      = likeness_trainer_job_new_resume (run, extend, NULL, FALSE, NULL, NULL, &error);

  g_assert_no_error (error);
  job->torch = torch;
  return likeness_test_run_wait (job, NULL, NULL);
}

void
likeness_test_run_stop_cb (LikenessTrainer *trainer,
                           const LikenessEvent *event,
                           gpointer user_data)
{
  guint *epoch = user_data;

  if (event->type == LIKENESS_EVENT_BATCH && event->epoch == *epoch)
    likeness_trainer_stop (trainer);
}

const LikenessEvent *
likeness_test_run_find (GPtrArray *events, LikenessEventType type, guint n)
{
  for (guint i = 0; i < events->len; i++)
    {
      const LikenessEvent *event = events->pdata[i];

      if (event->type == type && n-- == 0)
        return event;
    }
  return NULL;
}

guint
likeness_test_run_count (GPtrArray *events, LikenessEventType type)
{
  guint n = 0;

  while (likeness_test_run_find (events, type, n) != NULL)
    n++;
  return n;
}

char *
likeness_test_run_print (const LikenessMetrics *metrics)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  likeness_metrics_build_json (metrics, builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, TRUE);
}

const LikenessEvent *
likeness_test_run_get_last (GPtrArray *events)
{
  return events->pdata[events->len - 1];
}

void
likeness_test_run_assert_ended (GPtrArray *events, LikenessEventType type)
{
  const LikenessEvent *last = likeness_test_run_get_last (events);

  if (last->type == LIKENESS_EVENT_FAILED && type != LIKENESS_EVENT_FAILED)
    g_error ("%s", last->text);
  g_assert_cmpint (last->type, ==, type);
}

void
likeness_test_run_assert_same (const LikenessMetrics *a, const LikenessMetrics *b)
{
  g_autofree char *left = likeness_test_run_print (a);
  g_autofree char *right = likeness_test_run_print (b);

  g_assert_cmpstr (left, ==, right);
}

void
likeness_test_run_assert_file (const char *run, const char *name, gboolean exists)
{
  g_autofree char *path = g_build_filename (run, name, NULL);

  g_assert_cmpint (g_file_test (path, G_FILE_TEST_IS_REGULAR), ==, exists);
}
