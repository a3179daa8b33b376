/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "likeness-axis.h"
#include "likeness-checkpoint.h"
#include "likeness-fuzz.h"
#include "likeness-image.h"
#include "likeness-manifest.h"
#include "likeness-pairs.h"
#include "likeness-pickle.h"
#include "likeness-pixel-cache.h"
#include "likeness-pt-json.h"
#include "likeness-results.h"
#include "likeness-run-chart.h"
#include "likeness-run-config.h"
#include "likeness-run-log.h"
#include "likeness-run-summary.h"
#include "likeness-safetensors.h"
#include "likeness-split-job-private.h"
#include "likeness-state-dict.h"
#include "likeness-types.h"

#define MOST_PIXELS 65536 /* decoded: that is GdkPixbuf's work, not ours */

/* Any reader that refuses must say why, in text that a window can show. */
static void
check_error (gconstpointer result, const GError *error)
{
  g_assert_true ((result == NULL) == (error != NULL && *error->message != '\0'));
  if (error != NULL && !g_utf8_validate (error->message, -1, NULL))
    g_error ("A message is no text: %s", error->message);
}

static void
run_pickle (const char *folder, const char *path, const void *data, gsize length)
{
  static const guint8 numbers[256];
  static const char *const keys[] = {"0", "1", "2", "3"};
  g_autoptr (GHashTable) storages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                           (GDestroyNotify)g_bytes_unref);
  g_autoptr (GBytes) pickle = g_bytes_new (data, length);
  g_autoptr (LikenessPtValue) value = NULL;
  g_autoptr (GPtrArray) tensors = NULL;
  g_autoptr (GError) error = NULL;
  LikenessWeightsKind kind;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_hash_table_insert (storages, (gpointer)keys[i],
                         g_bytes_new_static (numbers, sizeof numbers));
  value = likeness_pickle_read (pickle, "fuzz.pt", storages, 1 << 20, &error);
  check_error (value, error);
  if (value == NULL)
    return;
  g_free (likeness_pt_value_to_json (value));
  tensors = likeness_state_dict_list ("fuzz.pt", value, &kind, &error);
  check_error (tensors, error);
}

static void
run_archive (const char *folder, const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessCheckpoint) checkpoint
      = likeness_checkpoint_load (path, NULL, &error);

  check_error (checkpoint, error);
}

static void
run_safetensors (const char *folder, const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tensors = likeness_safetensors_read (path, NULL, &error);

  check_error (tensors, error);
}

static void
run_results (const char *folder, const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessResults) results = likeness_results_load (path, &error);
  g_autofree char *json = results != NULL ? likeness_results_to_json (results) : NULL;

  check_error (results, error);
}

static void
run_events (const char *folder, const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = likeness_run_log_read (folder, &error);
  g_autoptr (LikenessRunSummary) summary = NULL;
  LikenessRunChart *chart;

  check_error (events, error);
  if (events == NULL)
    return;
  summary = likeness_run_summary_new (events);
  chart = likeness_run_chart_new ();
  for (guint i = 0; i < events->len; i++)
    likeness_run_chart_add (chart, events->pdata[i]);
  for (guint kind = 0; kind <= LIKENESS_RUN_CHART_LOSS; kind++)
    {
      g_autofree char *text = likeness_run_chart_describe (chart, kind);
      LikenessChart curves;
      LikenessAxis axis;

      likeness_run_chart_get (chart, kind, &curves);
      axis = likeness_axis_new (curves.y_low, curves.y_high, 6);
      g_assert_true (axis.step > 0 && (axis.high - axis.low) / axis.step < 6);
    }
  likeness_run_chart_free (chart);
}

static void
run_config (const char *folder, const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessRunConfig) config = likeness_run_config_load (path, &error);
  g_autoptr (JsonNode) node
      = config != NULL ? likeness_run_config_to_json (config) : NULL;

  check_error (config, error);
}

static void
run_manifest (const char *folder, const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = likeness_manifest_verify (folder, NULL, NULL, &error);

  check_error (found, error);
}

static void
run_image (const char *folder, const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessImage) image = NULL;
  int width = 0;
  int height = 0;

  if (!likeness_image_check (path, &width, &height, &error))
    check_error (NULL, error);
  else if ((gint64)width * height <= MOST_PIXELS)
    {
      image = likeness_image_load (path, NULL, &error);
      check_error (image, error);
    }
}

/* A checksum that is made to fit, or it would hide all behind it. */
static void
seal (const char *path, const void *data, gsize length)
{
  LikenessPixelHeader header;
  g_autofree LikenessPixelRecord *records = NULL;
  int file;

  if (length < sizeof header)
    return;
  memcpy (&header, data, sizeof header);
  if (header.n == 0 || header.n > (length - sizeof header) / sizeof *records)
    return;
  records = g_memdup2 ((const guint8 *)data + sizeof header, header.n * sizeof *records);
  header.checksum = likeness_pixel_cache_sum (&header, records);
  file = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (pwrite (file, &header, sizeof header, 0), ==, sizeof header);
  close (file);
}

static void
run_decoded (const char *folder, const char *path, const void *data, gsize length)
{
  LikenessPixelCache *cache;

  seal (path, data, length);
  cache = likeness_pixel_cache_open (path);
  if (cache == NULL)
    return;
  g_assert_cmpuint (cache->header.n, <=, length / LIKENESS_FACE_BYTES);
  for (gsize i = 0; i < cache->header.n; i++)
    likeness_pixel_cache_check (cache, i);
  likeness_pixel_cache_unref (cache);
}

static void
run_pins (const char *folder, const char *path, const void *data, gsize length)
{
  LikenessPlanFace faces[2] = {0};
  LikenessJobFile files[2 * LIKENESS_FILES_PER_FACE] = {
      {.path = "train/a/1.png"}, {.path = "low/a/1.png"}, {.path = "train/b/\xff.png"}};
  LikenessSplitJob job = {.n_faces = 2, .faces = faces, .files = files};
  g_autoptr (GError) error = NULL;
  gboolean good = likeness_split_job_load_pins (&job, path, &error);

  check_error (good ? &job : NULL, error);
}

static void
run_pairs (const char *folder, const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPairs) pairs = likeness_pairs_load (path, &error);

  check_error (pairs, error);
  if (pairs == NULL)
    return;
  for (gsize i = 0; i < pairs->n; i++)
    {
      g_assert_cmpuint (pairs->fold[i], <, pairs->n_folds);
      g_assert_cmpuint (pairs->first[i], <, pairs->n_images);
      g_assert_cmpuint (pairs->second[i], <, pairs->n_images);
      g_assert_cmpuint (pairs->first[i], !=, pairs->second[i]);
    }
  for (guint i = 0; i < pairs->n_images; i++)
    {
      g_autofree char *path_of_name = g_path_get_dirname (pairs->images[i]);

      /* One folder deep, and not out of it. */
      g_assert_null (strchr (path_of_name, '/'));
      g_assert_cmpstr (path_of_name, !=, ".");
      g_assert_cmpstr (path_of_name, !=, "..");
    }
}

const LikenessFuzzTarget likeness_fuzz_targets[] = {
    {"pickle", NULL, run_pickle, likeness_fuzz_seed_pickles},
    {"archive", "net.pt", run_archive, likeness_fuzz_seed_archives},
    {"safetensors", "net.safetensors", run_safetensors, likeness_fuzz_seed_safetensors},
    {"results", "results.json", run_results, likeness_fuzz_seed_results},
    {"events", LIKENESS_RUN_EVENTS_NAME, run_events, likeness_fuzz_seed_events},
    {"config", "config.json", run_config, likeness_fuzz_seed_config},
    {"manifest", LIKENESS_MANIFEST_NAME, run_manifest, likeness_fuzz_seed_manifest},
    {"decoded", "faces", run_decoded, likeness_fuzz_seed_decoded},
    {"image", "face", run_image, likeness_fuzz_seed_images},
    {"pairs", "pairs.txt", run_pairs, likeness_fuzz_seed_pairs},
    {"pins", "pins.txt", run_pins, likeness_fuzz_seed_pins},
};
const guint likeness_fuzz_n_targets = G_N_ELEMENTS (likeness_fuzz_targets);

void
likeness_fuzz_run (const LikenessFuzzTarget *target,
                   const char *folder,
                   const void *data,
                   gsize length)
{
  g_autofree char *path = NULL;
  int file;

  if (target->file_name != NULL)
    {
      path = g_build_filename (folder, target->file_name, NULL);
      /* Not O_TRUNC: where a file was emptied, closing it waits for the disk. */
      file = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
      g_assert_cmpint (write (file, data, length), ==, length);
      g_assert_cmpint (ftruncate (file, length), ==, 0);
      close (file);
    }
  target->run (folder, path, data, length);
}
