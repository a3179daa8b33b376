/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "likeness-report.h"
#include "likeness-results.h"
#include "likeness-run-config.h"
#include "likeness-run-log.h"
#include "likeness-test-tree.h"

#define RUN "2026-10-17-044415-faces"
#define EVIL "<script>&\""
#define BEST "not really weights"

/** A run folder of three people, in the making, and where its report goes. */
typedef struct
{
  char *root;
  char *run;
  char *output;
} Fixture;

static inline void
set_up (Fixture *self, gconstpointer data)
{
  static const char *const pictures[]
      = {"train/ann.png", "train/bo.png", "train/evil.png", "val/ann.png", NULL};

  self->root = likeness_test_tree_new ();
  self->run = g_build_filename (self->root, RUN, NULL);
  self->output = g_build_filename (self->root, "report.html", NULL);
  g_assert_cmpint (g_mkdir (self->run, 0700), ==, 0);
  likeness_test_tree_add (self->root, pictures);
}

static inline void
tear_down (Fixture *self, gconstpointer data)
{
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->run);
  g_free (self->output);
}

static inline void
fill_metrics (LikenessMetrics *metrics, guint64 k, gboolean has_head)
{
  likeness_metrics_clear (metrics);
  metrics->train_top1 = likeness_rate_new (has_head ? k + 2 : 0, has_head ? 40 : 0);
  metrics->top1 = likeness_rate_new (has_head ? k : 0, has_head ? 40 : 0);
  metrics->top1_undefined = has_head ? LIKENESS_DEFINED : LIKENESS_UNDEFINED_NO_HEAD;
  metrics->rank1 = likeness_rate_new (k - 1, 40);
  metrics->sim = 0.5 + k / 1000.0;
  metrics->sim_n = 40;
  metrics->val.n_genuine = 321;
  metrics->val.n_impostor = 7654;
  metrics->val.genuine_mean = metrics->sim;
  metrics->val.impostor_mean = -0.0123;
  metrics->val.impostor_p999 = 0.345;
  metrics->val.d_prime = 2.718;
  metrics->val.eer = 0.0625;
  metrics->val.tar_1e2 = (LikenessTarAtFar){1e-2, 0.7777, 0.432, 0.0099, 76};
  metrics->val.tar_1e3 = (LikenessTarAtFar){1e-3, 0.5555, 0.543, 0.0009, 7};
}

static inline void
write_run (const Fixture *self)
{
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();
  g_autofree char *path = g_build_filename (self->run, LIKENESS_RUN_CONFIG_NAME, NULL);
  g_autoptr (LikenessRunLog) log = likeness_run_log_open (self->run, NULL);
  static const LikenessEventType types[]
      = {LIKENESS_EVENT_START, LIKENESS_EVENT_BASELINE, LIKENESS_EVENT_EPOCH,
         LIKENESS_EVENT_EPOCH, LIKENESS_EVENT_DONE};

  config->data = g_strdup ("/data/faces of <us>");
  config->edgeface = g_strdup ("/weights/edgeface_xxs.pt");
  config->batch = 37;
  config->seed = 4711;
  g_assert_true (likeness_run_config_save (config, path, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (LikenessEvent) event = likeness_event_new (types[i]);

      event->epochs = 2;
      event->epoch = i >= 2 ? MIN (i - 1, 2) : 0;
      event->best_epoch = event->epoch;
      event->time = 100 * i;
      event->loss = 3.0 / (i + 1);
      event->n_classes = 3;
      event->n_train = 120;
      event->n_val = 40;
      event->text = i == 0 ? g_strdup ("Some & any processor") : NULL;
      fill_metrics (&event->metrics, 20 + 4 * i, types[i] != LIKENESS_EVENT_BASELINE);
      g_assert_true (likeness_run_log_append (log, event, NULL));
    }
  likeness_test_tree_write (self->run, LIKENESS_RUN_BEST_NAME, BEST, -1);
}

static inline LikenessSubjectResult
make_subject (
    const Fixture *self, const char *name, guint k, guint n, double margin, int taken_for)
{
  return (LikenessSubjectResult){
      .name = g_strdup (name),
      .accuracy = likeness_rate_new (k, n),
      .baseline = likeness_rate_new (k / 2, n),
      .margin = margin,
      .mostly_taken_for = taken_for,
      .mostly_count = taken_for >= 0 ? n - k : 0,
      .example = g_build_filename (self->root, "train", "ann.png", NULL),
  };
}

static inline LikenessResults *
make_results (const Fixture *self)
{
  LikenessResults *results = g_new0 (LikenessResults, 1);

  fill_metrics (&results->metrics, 33, TRUE);
  fill_metrics (&results->baseline, 21, FALSE);
  results->has_baseline = TRUE;
  results->epoch = 2;
  results->input = g_strdup ("12");
  results->n_subjects = 3;
  results->subjects = g_new0 (LikenessSubjectResult, 3);
  results->subjects[0] = make_subject (self, EVIL, 19, 20, 0.25, 2);
  results->subjects[1] = make_subject (self, "ann", 3, 4, 0.125, 0);
  results->subjects[2] = make_subject (self, "bo\xff", 11, 16, -0.5, 0);
  g_free (results->subjects[2].example);
  results->subjects[2].example = g_build_filename (self->root, "gone.png", NULL);
  results->n_faces = 2;
  results->faces = g_new0 (LikenessJudgedFace, 2);
  results->faces[0] = (LikenessJudgedFace){
      .path = g_build_filename (self->root, "val", "ann.png", NULL),
      .subject = 1,
      .taken_for = 0,
      .rank = 3,
      .score_true = 0.25,
      .score_best_wrong = 0.3125,
  };
  results->faces[1] = (LikenessJudgedFace){
      .path = g_build_filename (self->root, "gone\xe9.png", NULL),
      .subject = 2,
      .taken_for = 0,
      .rank = 2,
      .score_true = 0.125,
      .score_best_wrong = 0.875,
  };
  return results;
}

static inline void
write_results (const Fixture *self, const LikenessResults *results)
{
  g_autofree char *path = g_build_filename (self->run, LIKENESS_RUN_RESULTS_NAME, NULL);

  g_assert_true (likeness_results_save (results, path, NULL));
}

/* Writes the report, checks that it is XML, and returns it. */
static inline char *
report (const Fixture *self)
{
  static const GMarkupParser ignore = {NULL};
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&ignore, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  char *html = NULL;
  gsize length;

  g_assert_true (likeness_report_write_html (self->run, self->output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (self->output, &html, &length, NULL));
  g_assert_cmpuint (strlen (html), ==, length);
  g_assert_true (g_utf8_validate (html, length, NULL));
  g_markup_parse_context_parse (context, html, length, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return html;
}

static inline char *
report_results (const Fixture *self)
{
  g_autoptr (LikenessResults) results = make_results (self);

  write_run (self);
  write_results (self, results);
  return report (self);
}

#define assert_says(html, text)                                                          \
  G_STMT_START                                                                           \
  {                                                                                      \
    if (strstr (html, text) == NULL)                                                     \
      g_error ("not in the report: %s", text);                                           \
  }                                                                                      \
  G_STMT_END
#define assert_silent(html, text) g_assert_null (strstr (html, text))

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
