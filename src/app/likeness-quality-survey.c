/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-quality-survey.h"

#include <glib/gi18n.h>

#include "likeness-error.h"
#include "likeness-quality-measure.h"

struct _LikenessQualitySurvey
{
  GObject parent_instance;

  /* Owned */
  LikenessDataset *dataset;
  LikenessProgress *progress; /* while it measures */
  GCancellable *cancellable;

  gboolean is_done;
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessQualitySurvey, likeness_quality_survey, G_TYPE_OBJECT)

/* One on its way. */
typedef struct
{
  LikenessDataset *dataset;
  LikenessProgress *progress;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->dataset);
  likeness_progress_unref (work->progress);
  g_free (work);
}

static void
measure (GTask *task,
         gpointer source_object,
         gpointer task_data,
         GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();
  GError *error = NULL;
  LikenessQuality *quality = likeness_quality_measure_dataset (
      work->dataset, config, work->progress, cancellable, &error);

  if (quality != NULL)
    g_task_return_pointer (task, quality, (GDestroyNotify)likeness_quality_free);
  else
    g_task_return_error (task, error);
}

/* Both stand in the order of the names. */
static void
apply (LikenessDataset *dataset, const LikenessQuality *quality)
{
  guint next = 0;

  for (guint i = 0;
       i < likeness_dataset_get_n_subjects (dataset) && next < quality->n_subjects; i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);
      LikenessQualitySummary summary;
      const LikenessQualityScore *score = &summary.methods[LIKENESS_QUALITY_BILINEAR];

      if (!g_str_equal (likeness_subject_get_id (subject), quality->subjects[next]))
        continue;
      likeness_quality_summarise_subject (quality, next++, &summary);
      likeness_subject_set_quality (
          subject, (LikenessImageQuality){score->psnr.value, score->ssim.value});
    }
}

static void
measure_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessQualitySurvey) self = user_data;
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (LikenessQuality) quality = NULL;
  g_autoptr (GError) error = NULL;

  /* Of another data set. */
  if (work->progress != self->progress)
    return;
  quality = g_task_propagate_pointer (G_TASK (result), &error);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_object (&self->cancellable);
  if (quality != NULL)
    {
      apply (self->dataset, quality);
      self->is_done = TRUE;
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0,
                   g_error_matches (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE)
                       ? _ ("There is nothing to measure: the faces have no "
                            "low-resolution partners")
                       : error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
let_go (LikenessQualitySurvey *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_object (&self->dataset);
  self->is_done = FALSE;
}

static void
likeness_quality_survey_finalize (GObject *object)
{
  let_go (LIKENESS_QUALITY_SURVEY (object));

  G_OBJECT_CLASS (likeness_quality_survey_parent_class)->finalize (object);
}

static void
likeness_quality_survey_class_init (LikenessQualitySurveyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_quality_survey_finalize;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_QUALITY_SURVEY, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED]
      = g_signal_new ("failed", LIKENESS_TYPE_QUALITY_SURVEY, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
likeness_quality_survey_init (LikenessQualitySurvey *self)
{
}

LikenessQualitySurvey *
likeness_quality_survey_new (void)
{
  return g_object_new (LIKENESS_TYPE_QUALITY_SURVEY, NULL);
}

void
likeness_quality_survey_set_dataset (LikenessQualitySurvey *self,
                                     LikenessDataset *dataset)
{
  let_go (self);
  g_set_object (&self->dataset, dataset);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
likeness_quality_survey_start (LikenessQualitySurvey *self)
{
  g_autoptr (GTask) task = NULL;
  Work *work = NULL;

  if (self->dataset == NULL || self->is_done || self->progress != NULL)
    return;
  self->progress = likeness_progress_new ();
  self->cancellable = g_cancellable_new ();
  work = g_new0 (Work, 1);
  work->dataset = g_object_ref (self->dataset);
  work->progress = likeness_progress_ref (self->progress);
  task = g_task_new (NULL, self->cancellable, measure_cb, g_object_ref (self));
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, measure);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
likeness_quality_survey_get_is_done (LikenessQualitySurvey *self)
{
  return self->is_done;
}

LikenessProgress *
likeness_quality_survey_get_progress (LikenessQualitySurvey *self)
{
  return self->progress;
}

GCancellable *
likeness_quality_survey_get_cancellable (LikenessQualitySurvey *self)
{
  return self->cancellable;
}
