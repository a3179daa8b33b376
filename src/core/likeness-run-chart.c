/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-chart.h"

#include <glib/gi18n.h>
#include <math.h>

/* Colours that stay apart for the colour-blind (Okabe and Ito, 2008), deep enough for a
 * white background and light enough for a dark one. */
#define BLUE 0x2a7fd4
#define ORANGE 0xe07b00
#define GREEN 0x00946b
#define RED 0xd0502c
#define PURPLE 0xb0619a
#define GREY 0x7f8790

typedef enum
{
  TRAIN,
  TOP1,
  TOP1_LOW,
  TOP1_HIGH,
  RANK1,
  BATCH,
  SIM,
  IMPOSTOR,
  STRANGERS,
  LOSS,
  N_SERIES,
} SeriesId;

typedef struct
{
  LikenessRunChartKind kind;
  SeriesId series;
  int band_low; /* SeriesId, or -1 */
  int band_high;
  const char *label;
  const char *untouched; /* label of the dashed line; NULL: there is none */
  guint32 color;
} CurveSpec;

static const CurveSpec specs[] = {
    {LIKENESS_RUN_CHART_ACCURACY, BATCH, -1, -1, N_ ("Batches"), NULL, GREY},
    {LIKENESS_RUN_CHART_ACCURACY, TRAIN, -1, -1, N_ ("Train"), NULL, ORANGE},
    {LIKENESS_RUN_CHART_ACCURACY, TOP1, TOP1_LOW, TOP1_HIGH, N_ ("Val"), NULL, BLUE},
    /* Translators: "untouched" is the network before any training */
    {LIKENESS_RUN_CHART_ACCURACY, RANK1, -1, -1, N_ ("Val, by centroid"),
     N_ ("untouched"), GREEN},
    {LIKENESS_RUN_CHART_SIMILARITY, SIM, -1, -1, N_ ("Sim"), N_ ("untouched Sim"), BLUE},
    {LIKENESS_RUN_CHART_SIMILARITY, STRANGERS, -1, -1, N_ ("Strangers’ Sim"),
     N_ ("untouched strangers"), GREEN},
    {LIKENESS_RUN_CHART_SIMILARITY, IMPOSTOR, -1, -1, N_ ("Impostor mean"), NULL, RED},
    {LIKENESS_RUN_CHART_LOSS, LOSS, -1, -1, N_ ("Loss"), NULL, PURPLE},
};

/* Each curve may bring a dashed line for the untouched network. */
#define MOST_CURVES (2 * G_N_ELEMENTS (specs))

struct _LikenessRunChart
{
  LikenessSeries *series[N_SERIES];
  double baseline[N_SERIES]; /* NaN: none */
  guint epochs;
  guint best_epoch;
  double last_x;
  LikenessCurve curves[MOST_CURVES];
  char *labels[MOST_CURVES];
  char *best_label;
};

LikenessRunChart *
likeness_run_chart_new (void)
{
  LikenessRunChart *self = g_new0 (LikenessRunChart, 1);

  for (guint i = 0; i < N_SERIES; i++)
    {
      self->series[i] = likeness_series_new ();
      self->baseline[i] = NAN;
    }
  return self;
}

LikenessRunChart *
likeness_run_chart_copy (const LikenessRunChart *self)
{
  LikenessRunChart *copy = g_new0 (LikenessRunChart, 1);

  for (guint i = 0; i < N_SERIES; i++)
    {
      copy->series[i] = likeness_series_copy (self->series[i]);
      copy->baseline[i] = self->baseline[i];
    }
  copy->epochs = self->epochs;
  copy->best_epoch = self->best_epoch;
  copy->last_x = self->last_x;
  return copy;
}

void
likeness_run_chart_free (LikenessRunChart *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_SERIES; i++)
    likeness_series_free (self->series[i]);
  for (guint i = 0; i < MOST_CURVES; i++)
    g_free (self->labels[i]);
  g_free (self->best_label);
  g_free (self);
}

/* A point of every epoch, also where a number means nothing (a gap). */
static void
append (LikenessRunChart *self, SeriesId id, double x, double y)
{
  LikenessSeries *series = self->series[id];
  guint n = likeness_series_get_n_points (series);

  /* An extended or resumed run may tell an epoch again: the first telling stands. */
  if (n == 0 || x > g_array_index (series->x, double, n - 1))
    likeness_series_append (series, x, y);
}

static void
add_metrics (LikenessRunChart *self, double x, const LikenessMetrics *metrics)
{
  append (self, TRAIN, x, metrics->train_top1.value);
  append (self, TOP1, x, metrics->top1.value);
  append (self, TOP1_LOW, x, metrics->top1.low);
  append (self, TOP1_HIGH, x, metrics->top1.high);
  append (self, RANK1, x, metrics->rank1.value);
  append (self, SIM, x, metrics->sim);
  append (self, IMPOSTOR, x, metrics->val.impostor_mean);
  append (self, STRANGERS, x, metrics->has_strangers ? metrics->strangers_sim : NAN);
}

static void
add_batch (LikenessRunChart *self, const LikenessEvent *event)
{
  double x;

  if (event->batches == 0 || event->epoch == 0)
    return;
  x = event->epoch - 1 + (double)MIN (event->batch, event->batches) / event->batches;
  append (self, BATCH, x, event->batch_accuracy);
  append (self, LOSS, x, event->loss);
  self->last_x = MAX (self->last_x, x);
}

void
likeness_run_chart_add (LikenessRunChart *self, const LikenessEvent *event)
{
  self->epochs = MAX (self->epochs, event->epochs);
  if (event->best_epoch > 0)
    self->best_epoch = event->best_epoch;

  switch (event->type)
    {
    case LIKENESS_EVENT_BASELINE:
      add_metrics (self, 0, &event->metrics);
      self->baseline[RANK1] = event->metrics.rank1.value;
      self->baseline[SIM] = event->metrics.sim;
      self->baseline[STRANGERS]
          = event->metrics.has_strangers ? event->metrics.strangers_sim : NAN;
      break;
    case LIKENESS_EVENT_BATCH:
      add_batch (self, event);
      break;
    case LIKENESS_EVENT_EPOCH:
      add_metrics (self, event->epoch, &event->metrics);
      append (self, LOSS, event->epoch, event->loss);
      self->last_x = MAX (self->last_x, event->epoch);
      break;
    case LIKENESS_EVENT_STAGE:
    case LIKENESS_EVENT_START:
    case LIKENESS_EVENT_PAUSED:
    case LIKENESS_EVENT_RESUMED:
    case LIKENESS_EVENT_DONE:
    case LIKENESS_EVENT_STOPPED:
    case LIKENESS_EVENT_FAILED:
      break;
    }
}

/* The last finite y, or NaN. */
static double
get_last (const LikenessSeries *series)
{
  for (guint i = likeness_series_get_n_points (series); i > 0; i--)
    if (isfinite (g_array_index (series->y, double, i - 1)))
      return g_array_index (series->y, double, i - 1);
  return NAN;
}

static gboolean
has_points (const LikenessSeries *series)
{
  return isfinite (get_last (series));
}

static void
extend_range (LikenessChart *chart, const LikenessSeries *series)
{
  for (guint i = 0; i < likeness_series_get_n_points (series); i++)
    {
      double y = g_array_index (series->y, double, i);

      if (isfinite (y))
        {
          chart->y_low = MIN (chart->y_low, y);
          chart->y_high = MAX (chart->y_high, y);
        }
    }
}

static LikenessCurve *
add_curve (LikenessRunChart *self, LikenessChart *chart, char *label, guint32 color)
{
  LikenessCurve *curve = &self->curves[chart->n_curves];

  g_free (self->labels[chart->n_curves]);
  self->labels[chart->n_curves] = label;
  *curve = (LikenessCurve){.label = label, .color = color, .level = NAN};
  chart->n_curves++;
  return curve;
}

static void
add_spec (LikenessRunChart *self, LikenessChart *chart, const CurveSpec *spec)
{
  LikenessSeries *series = self->series[spec->series];
  LikenessCurve *curve;

  if (has_points (series))
    {
      curve = add_curve (self, chart, g_strdup (_ (spec->label)), spec->color);
      curve->series = series;
      curve->thin = spec->series == BATCH;
      curve->band_low = spec->band_low >= 0 ? self->series[spec->band_low] : NULL;
      curve->band_high = spec->band_high >= 0 ? self->series[spec->band_high] : NULL;
      extend_range (chart, series);
    }
  if (spec->untouched != NULL && isfinite (self->baseline[spec->series]))
    {
      curve = add_curve (self, chart, g_strdup (_ (spec->untouched)), spec->color);
      curve->level = self->baseline[spec->series];
      curve->dashed = TRUE;
      chart->y_low = MIN (chart->y_low, curve->level);
      chart->y_high = MAX (chart->y_high, curve->level);
    }
}

static const char *
get_title (LikenessRunChartKind kind)
{
  switch (kind)
    {
    case LIKENESS_RUN_CHART_ACCURACY:
      return _ ("Accuracy");
    case LIKENESS_RUN_CHART_SIMILARITY:
      return _ ("Similarity");
    case LIKENESS_RUN_CHART_LOSS:
    default:
      return _ ("Loss");
    }
}

void
likeness_run_chart_get (LikenessRunChart *self,
                        LikenessRunChartKind kind,
                        LikenessChart *chart)
{
  *chart = (LikenessChart){
      .title = get_title (kind),
      .x_label = _ ("Epoch"),
      .x_high = MAX (1, MAX (self->last_x, self->epochs)),
      /* Rates and cosines are read against 0 and 1, whatever they reach; a loss is not.
       */
      .y_high = kind == LIKENESS_RUN_CHART_LOSS ? 0 : 1,
      .curves = self->curves,
      .mark_x = NAN,
      .empty = _ ("The first point comes with the first batches"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    if (specs[i].kind == kind)
      add_spec (self, chart, &specs[i]);

  if (self->best_epoch > 0 && kind != LIKENESS_RUN_CHART_LOSS)
    {
      g_free (self->best_label);
      self->best_label = g_strdup_printf (_ ("Best: %u"), self->best_epoch);
      chart->mark_x = self->best_epoch;
      chart->mark_label = self->best_label;
    }
}

char *
likeness_run_chart_describe (LikenessRunChart *self, LikenessRunChartKind kind)
{
  g_autoptr (GString) text = g_string_new (get_title (kind));
  LikenessChart chart;

  likeness_run_chart_get (self, kind, &chart);
  for (guint i = 0; i < chart.n_curves; i++)
    {
      const LikenessCurve *curve = &chart.curves[i];
      double value = curve->series != NULL ? get_last (curve->series) : curve->level;
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (digits, sizeof digits, "%.4f", value);
      /* A label may have a comma in it. */
      g_string_append_printf (text, "%s %s %s", i == 0 ? ":" : ";", curve->label, digits);
    }
  if (chart.n_curves == 0)
    g_string_append_printf (text, ": %s", chart.empty);
  else if (isfinite (chart.mark_x))
    g_string_append_printf (text, ". %s", chart.mark_label);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
