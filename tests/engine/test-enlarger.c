/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-enlarger.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-evaluator.h"
#include "likeness-run-log.h"
#include "likeness-test-run.h"
#include "likeness-test-script.h"
#include "likeness-test-tree.h"
#include "likeness-types.h"

#define N_FACES 70 /* more than are decoded at a time */
#define INVERT                                                                           \
  "def forward(self, x):\n"                                                              \
  "    return 1 - torch.upsample_bilinear2d(x, [112, 112], False, None)\n"

static const LikenessTorch *torch;

typedef struct
{
  char *root;
  char *model;
  LikenessListedFace faces[N_FACES];
  LikenessFaceList list;
} Fixture;

static char *
draw (const char *root, const char *name, int i, int size)
{
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, size, size);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  char *path = g_strdup_printf ("%s/%s_%d.png", root, name, i);
  g_autoptr (GError) error = NULL;

  for (int y = 0; y < size; y++)
    for (int x = 0; x < size; x++)
      for (int c = 0; c < 3; c++)
        pixels[y * stride + x * 3 + c]
            = (guint8)(x * 7 + y * 13 + c * 31 + x * y % 17 * 5 + i * 11);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
  return path;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = likeness_test_tree_new ();
  self->model = g_build_filename (self->root, "sr.pt", NULL);
  for (int i = 0; i < N_FACES; i++)
    {
      self->faces[i].path = draw (self->root, "high", i, 112);
      /* In no order, and one that is larger than a face. */
      self->faces[i].low_path = draw (self->root, "low", i,
                                      i == 7       ? 130
                                      : i % 3 == 0 ? 20
                                                   : 28);
    }
  self->list.n_faces = N_FACES;
  self->list.faces = self->faces;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  for (int i = 0; i < N_FACES; i++)
    {
      g_free (self->faces[i].path);
      g_free (self->faces[i].low_path);
    }
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->model);
}

static LikenessEnlarger *
open_model (Fixture *self, const char *methods)
{
  g_autoptr (GError) error = NULL;
  LikenessEnlarger *enlarger;

  likeness_test_script_write (self->model, methods);
  enlarger = likeness_enlarger_new (self->model, TRUE, torch, -1, 1, NULL, &error);
  g_assert_no_error (error);
  return enlarger;
}

static LikenessPixels *
load (Fixture *self, LikenessEnlarger *enlarger, int input)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  LikenessProgressSnapshot snapshot;
  g_autoptr (GError) error = NULL;
  LikenessPixels *pixels
      = likeness_enlarger_load (enlarger, &self->list, input, progress, NULL, &error);

  g_assert_no_error (error);
  likeness_progress_snapshot (progress, &snapshot);
  g_assert_cmpuint (snapshot.done, ==, N_FACES);
  return pixels;
}

static void
test_same_faces (Fixture *self, gconstpointer data)
{
  static const int inputs[] = {LIKENESS_INPUT_LOW, 12};
  g_autoptr (LikenessEnlarger) bilinear
      = open_model (self, LIKENESS_TEST_SCRIPT_BILINEAR);
  g_autoptr (LikenessEnlarger) invert = open_model (self, INVERT);

  for (gsize k = 0; k < G_N_ELEMENTS (inputs); k++)
    {
      g_autoptr (LikenessPixels) ours = load (self, NULL, inputs[k]);
      g_autoptr (LikenessPixels) same = load (self, bilinear, inputs[k]);
      g_autoptr (LikenessPixels) other = load (self, invert, inputs[k]);

      g_assert_cmpuint (same->n, ==, N_FACES);
      g_assert_cmpmem (same->best, N_FACES * LIKENESS_FACE_BYTES, ours->best,
                       N_FACES * LIKENESS_FACE_BYTES);
      g_assert_cmpmem (other->best, N_FACES * LIKENESS_FACE_BYTES, ours->best,
                       N_FACES * LIKENESS_FACE_BYTES);
      for (gsize i = 0; i < N_FACES * LIKENESS_FACE_BYTES; i++)
        {
          g_assert_cmpint (ABS (ours->probe[i] - same->probe[i]), <=, 1);
          g_assert_cmpint (ABS (255 - ours->probe[i] - other->probe[i]), <=, 1);
        }
    }
}

/* Whichever comes first, whatever the threads do. */
static void
test_bad_face (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessEnlarger) enlarger
      = open_model (self, LIKENESS_TEST_SCRIPT_BILINEAR);
  g_autoptr (GError) error = NULL;

  likeness_test_tree_write (self->root, "low_67.png", "no picture", -1);
  likeness_test_tree_write (self->root, "low_68.png", "no picture", -1);
  g_assert_null (likeness_enlarger_load (enlarger, &self->list, LIKENESS_INPUT_LOW, NULL,
                                         NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE);
  g_assert_nonnull (strstr (error->message, "low_67.png"));
  g_clear_error (&error);

  g_clear_pointer (&self->faces[5].low_path, g_free);
  g_assert_null (likeness_enlarger_load (enlarger, &self->list, LIKENESS_INPUT_LOW, NULL,
                                         NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "high_5.png"));
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessEnlarger) enlarger
      = open_model (self, LIKENESS_TEST_SCRIPT_BILINEAR);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      likeness_enlarger_load (enlarger, &self->list, 12, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_models (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessEnlarger) enlarger
      = open_model (self, "def forward(self, x):\n    return x[:, 0]\n");
  int file = open (self->model, O_RDONLY | O_CLOEXEC);
  LikenessDigest digest;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (enlarger->name, ==, "sr.pt");
  g_assert_true (likeness_digest_file (file, &digest, NULL));
  g_assert_cmpmem (&digest, sizeof digest, &enlarger->digest, sizeof digest);
  close (file);

  g_assert_null (likeness_enlarger_load (enlarger, &self->list, 12, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_nonnull (strstr (error->message, "[32, 12, 12]"));
  g_clear_error (&error);

  g_assert_null (likeness_enlarger_new (self->root, TRUE, torch, -1, 1, NULL, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_clear_error (&error);
  g_assert_null (
      likeness_enlarger_new ("/nowhere/sr.pt", TRUE, torch, -1, 1, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
}

/* A model runs once for a face: not again for what is as it was, again for what is not,
 * and for another model. */
static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessEnlarger) enlarger
      = open_model (self, LIKENESS_TEST_SCRIPT_BILINEAR);
  g_autoptr (LikenessEnlarger) other = NULL;
  g_autoptr (LikenessPixels) first = load (self, enlarger, LIKENESS_INPUT_LOW);
  g_autoptr (LikenessPixels) second = load (self, enlarger, LIKENESS_INPUT_LOW);
  g_autoptr (LikenessPixels) changed = NULL;
  g_autoptr (LikenessPixels) inverted = NULL;
  g_autofree char *drawn = NULL;
  const gsize face = 9 * LIKENESS_FACE_BYTES;

  g_assert_cmpuint (first->n_decoded, ==, N_FACES);
  g_assert_cmpuint (second->n_decoded, ==, 0);
  g_assert_nonnull (second->cache);
  g_assert_cmpmem (first->probe, N_FACES * LIKENESS_FACE_BYTES, second->probe,
                   N_FACES * LIKENESS_FACE_BYTES);
  g_assert_cmpmem (first->best, N_FACES * LIKENESS_FACE_BYTES, second->best,
                   N_FACES * LIKENESS_FACE_BYTES);

  drawn = draw (self->root, "low", 9, 24);
  changed = load (self, enlarger, LIKENESS_INPUT_LOW);
  g_assert_cmpuint (changed->n_decoded, ==, 1);
  g_assert_cmpmem (first->probe, face, changed->probe, face);
  g_assert_cmpint (
      memcmp (first->probe + face, changed->probe + face, LIKENESS_FACE_BYTES), !=, 0);

  other = open_model (self, INVERT);
  inverted = load (self, other, LIKENESS_INPUT_LOW);
  g_assert_cmpuint (inverted->n_decoded, ==, N_FACES);
}

static LikenessResults *
judge (const LikenessRunConfig *config)
{
  g_autoptr (GError) error = NULL;
  LikenessResults *results
      = likeness_evaluator_run (NULL, config, NULL, FALSE, NULL, NULL, &error);

  g_assert_no_error (error);
  return results;
}

/* The same figures from the same faces, others from others, and both say so. */
static void
test_figures (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->root, "faces", NULL);
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (folder, 1);
  g_autoptr (LikenessResults) plain = NULL;
  g_autoptr (LikenessResults) same = NULL;
  g_autoptr (LikenessResults) other = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  likeness_test_run_draw (folder, FALSE);
  plain = judge (config);
  g_assert_null (plain->super_resolution);
  config->super_resolution = g_strdup (self->model);
  config->trust_super_resolution = TRUE;
  likeness_test_script_write (self->model, LIKENESS_TEST_SCRIPT_BILINEAR);
  same = judge (config);
  likeness_test_script_write (self->model, INVERT);
  other = judge (config);
  g_assert_cmpfloat_with_epsilon (plain->metrics.sim, same->metrics.sim, 1e-3);
  g_assert_cmpfloat (fabs (plain->metrics.sim - other->metrics.sim), >, 1e-2);
  g_assert_cmpstr (same->super_resolution, ==, "sr.pt");
  g_assert_cmpstr (same->super_resolution_xxh3, !=, other->super_resolution_xxh3);
  text = likeness_results_to_json (same);
  g_assert_nonnull (strstr (text, "\"super_resolution\": \"sr.pt\""));

  config->input = LIKENESS_INPUT_HIGH;
  g_assert_null (likeness_evaluator_run (NULL, config, NULL, FALSE, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
}

/* A run learns from the model's faces, says which model that was, and is judged with it.
 */
static void
test_training (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->root, "faces", NULL);
  g_autofree char *run = g_build_filename (self->root, "run", NULL);
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_CONFIG_NAME, NULL);
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (folder, 1);
  g_autoptr (LikenessRunConfig) kept = NULL;
  g_autoptr (LikenessResults) results = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) failed = NULL;
  const LikenessEvent *epoch;
  g_autoptr (GError) error = NULL;

  likeness_test_run_draw (folder, FALSE);
  config->input = 14;
  config->super_resolution = g_strdup (self->model);
  config->trust_super_resolution = TRUE;
  likeness_test_script_write (self->model, INVERT);
  events = likeness_test_run_train (config, run, NULL, NULL);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  kept = likeness_run_config_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept->super_resolution, ==, self->model);
  results = likeness_evaluator_run (run, NULL, NULL, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (results->super_resolution, ==, "sr.pt");
  epoch = likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 0);
  g_assert_cmpfloat (results->metrics.sim, ==, epoch->metrics.sim);

  /* Nothing is left of a run whose model is not there. */
  g_free (config->super_resolution);
  config->super_resolution = g_strdup ("/nowhere/sr.pt");
  g_free (run);
  run = g_build_filename (self->root, "another", NULL);
  failed = likeness_test_run_train (config, run, NULL, NULL);
  likeness_test_run_assert_ended (failed, LIKENESS_EVENT_FAILED);
  g_assert_nonnull (strstr (likeness_test_run_get_last (failed)->text, "sr.pt"));
  g_assert_false (g_file_test (run, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  likeness_torch_prepare ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  torch = likeness_torch_load (&error);
  g_assert_no_error (error);
#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  add ("/enlarger/faces/bilinear-and-inverted", test_same_faces);
  add ("/enlarger/faces/first-bad-one-is-named", test_bad_face);
  add ("/enlarger/faces/cancel", test_cancel);
  add ("/enlarger/faces/kept", test_kept);
  add ("/enlarger/models", test_models);
  add ("/enlarger/figures", test_figures);
  add ("/enlarger/training", test_training);
#undef add
  return g_test_run ();
}
