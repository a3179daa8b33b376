/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-report-source.h"

#include <glib/gi18n.h>

#include "likeness-error.h"
#include "likeness-run-log.h"

#define BLOCK (256 * 1024)

/* A file that is gone or cannot be read has no hash; that is no error. */
static char *
hash_file (const char *path, GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc (BLOCK);
  gssize n;

  /* Opening a FIFO would wait for ever. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable)
      != G_FILE_TYPE_REGULAR)
    return NULL;
  stream = g_file_read (file, cancellable, NULL);
  if (stream == NULL)
    return NULL;
  while (
      (n = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK, cancellable, NULL))
      > 0)
    g_checksum_update (checksum, block, n);
  return n == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

static void
load_parts (LikenessReportSource *self)
{
  g_autofree char *config = g_build_filename (self->run, LIKENESS_RUN_CONFIG_NAME, NULL);
  g_autofree char *results
      = g_build_filename (self->run, LIKENESS_RUN_RESULTS_NAME, NULL);

  self->config = likeness_run_config_load (config, &self->config_error);
  if (g_file_test (results, G_FILE_TEST_EXISTS))
    self->results = likeness_results_load (results, &self->results_error);
}

/* The two mistakes that are made with a path, in words of their own. */
static gboolean
check_run (const char *run, GError **error)
{
  g_autofree char *events = g_build_filename (run, LIKENESS_RUN_EVENTS_NAME, NULL);
  g_autofree char *shown = g_filename_display_name (run);

  if (!g_file_test (run, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                   _ ("“%s” does not exist: give the folder that a run was made in."),
                   shown);
      return FALSE;
    }
  if (!g_file_test (events, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                   _ ("“%s” is not the folder of a run, as it has no %s: give the folder "
                      "that a run was made in."),
                   shown, LIKENESS_RUN_EVENTS_NAME);
      return FALSE;
    }
  return TRUE;
}

LikenessReportSource *
likeness_report_source_new (const char *run, GCancellable *cancellable, GError **error)
{
  g_autoptr (LikenessReportSource) self = g_new0 (LikenessReportSource, 1);
  g_autofree char *best = NULL;

  self->run = g_canonicalize_filename (run, NULL);
  self->name = g_path_get_basename (self->run);
  if (!check_run (self->run, error))
    return NULL;
  self->events = likeness_run_log_read (self->run, error);
  if (self->events == NULL)
    return NULL;
  self->summary = likeness_run_summary_new (self->events);
  self->began = likeness_run_log_parse_name (self->name, NULL);
  load_parts (self);
  best = g_build_filename (self->run, LIKENESS_RUN_BEST_NAME, NULL);
  self->best_hash = hash_file (best, cancellable);
  if (self->config != NULL && self->config->edgeface != NULL)
    self->weights_hash = hash_file (self->config->edgeface, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
likeness_report_source_free (LikenessReportSource *self)
{
  if (self == NULL)
    return;
  g_free (self->run);
  g_free (self->name);
  g_clear_pointer (&self->began, g_date_time_unref);
  g_clear_pointer (&self->summary, likeness_run_summary_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->config, likeness_run_config_free);
  g_clear_error (&self->config_error);
  g_clear_pointer (&self->results, likeness_results_free);
  g_clear_error (&self->results_error);
  g_free (self->best_hash);
  g_free (self->weights_hash);
  g_free (self);
}

char *
likeness_report_source_get_data (const LikenessReportSource *self)
{
  const LikenessRunConfig *config = self->config;
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (config == NULL || (config->data == NULL && config->train_dir == NULL))
    return NULL;
  folder = g_canonicalize_filename (
      config->data != NULL ? config->data : config->train_dir, "/");
  name = g_path_get_basename (folder);
  /* "train" says nothing: its folder's name does. */
  if (config->data == NULL && g_str_equal (name, "train"))
    {
      g_autofree char *parent = g_path_get_dirname (folder);

      return g_path_get_basename (parent);
    }
  return g_steal_pointer (&name);
}
