/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-words.h"

#include <glib/gi18n.h>

#include "likeness-format.h"

#define DASH "–"

char *
likeness_train_words_title (LikenessTraining *training)
{
  guint n = likeness_training_get_summary (training)->epochs->len;

  switch (likeness_training_get_state (training))
    {
    case LIKENESS_TRAINING_PREPARING:
      return g_strdup (_ ("Preparing"));
    case LIKENESS_TRAINING_RUNNING:
      return g_strdup (_ ("Training"));
    case LIKENESS_TRAINING_PAUSING:
      return g_strdup (_ ("Pausing…"));
    case LIKENESS_TRAINING_PAUSED:
      return g_strdup (_ ("Paused"));
    case LIKENESS_TRAINING_STOPPING:
      return g_strdup (_ ("Stopping…"));
    case LIKENESS_TRAINING_FINISHED:
      return g_strdup_printf (
          ngettext ("Finished after %u epoch", "Finished after %u epochs", n), n);
    case LIKENESS_TRAINING_STOPPED:
      if (n == 0)
        return g_strdup (_ ("Stopped before the first epoch"));
      return g_strdup_printf (
          ngettext ("Stopped after %u epoch", "Stopped after %u epochs", n), n);
    case LIKENESS_TRAINING_FAILED:
      return g_strdup (_ ("Training did not get to its end"));
    case LIKENESS_TRAINING_IDLE:
    default:
      return g_strdup ("");
    }
}

/* What a run leaves behind. */
static char *
describe_end (LikenessTraining *training)
{
  const LikenessEvent *event = likeness_training_get_event (training);
  guint best = likeness_training_get_summary (training)->best_epoch;

  if (best == 0)
    return g_strdup (_ ("No epoch was finished, so there are no new weights."));
  if (likeness_training_get_state (training) == LIKENESS_TRAINING_FINISHED
      && event != NULL && event->epoch < event->epochs)
    return g_strdup_printf (_ ("Epoch %u was the best; its weights are kept in the run’s "
                               "folder. Nothing got better after it, so training ended "
                               "early."),
                            best);
  return g_strdup_printf (_ ("Epoch %u was the best; its weights are kept in the run’s "
                             "folder."),
                          best);
}

/* A few hundred milliseconds of reading have no number worth a line. */
static char *
describe_preparation (LikenessTraining *training)
{
  const char *stage = likeness_training_get_stage (training);
  LikenessProgress *progress = likeness_training_get_progress (training);
  LikenessProgressSnapshot at;

  if (stage != NULL)
    /* Translators: what is being prepared, as in "Decoding the faces…" */
    return g_strdup_printf (_ ("%s…"), stage);
  if (progress == NULL)
    return g_strdup (_ ("Starting…"));
  likeness_progress_snapshot (progress, &at);
  return g_strdup (at.stage != NULL ? _ (at.stage) : _ ("Looking at the faces…"));
}

/* Between the last batch of an epoch and its measurement there is no batch to tell. */
static char *
describe_running (LikenessTraining *training)
{
  const LikenessEvent *event = likeness_training_get_event (training);

  if (event == NULL)
    return g_strdup ("");
  if (event->stage == 1)
    return g_strdup (_ ("The network stays as it is; only the people are learnt."));
  return g_strdup (_ ("All layers learn."));
}

char *
likeness_train_words_detail (LikenessTraining *training)
{
  switch (likeness_training_get_state (training))
    {
    case LIKENESS_TRAINING_PREPARING:
      return describe_preparation (training);
    case LIKENESS_TRAINING_RUNNING:
      return describe_running (training);
    case LIKENESS_TRAINING_PAUSING:
      return g_strdup (_ ("The step under way is finished first."));
    case LIKENESS_TRAINING_PAUSED:
      return g_strdup (_ ("Nothing is lost: it goes on where it is."));
    case LIKENESS_TRAINING_STOPPING:
      return g_strdup (_ ("What there is is kept."));
    case LIKENESS_TRAINING_FINISHED:
    case LIKENESS_TRAINING_STOPPED:
    case LIKENESS_TRAINING_FAILED:
      return describe_end (training);
    case LIKENESS_TRAINING_IDLE:
    default:
      return g_strdup ("");
    }
}

char *
likeness_train_words_origin (LikenessTraining *training)
{
  const LikenessEvent *start = likeness_training_get_summary (training)->start;
  g_autofree char *people = NULL;
  g_autofree char *train = NULL;
  g_autofree char *val = NULL;

  if (start == NULL)
    return g_strdup ("");
  people = likeness_format_subjects (start->n_classes);
  train = likeness_format_faces (start->n_train);
  val = likeness_format_faces (start->n_val);
  /* Translators: "24 subjects, 576 faces in train, 144 faces in val, 1.24 M parameters,
   * on Intel Xeon" */
  return g_strdup_printf (_ ("%s, %s in train, %s in val, %.2f M parameters, on %s"),
                          people, train, val, (double)start->n_parameters / 1e6,
                          start->text != NULL ? start->text : DASH);
}

char *
likeness_train_words_epoch (LikenessTraining *training)
{
  const LikenessEvent *event = likeness_training_get_event (training);

  if (event == NULL)
    return g_strdup (DASH);
  /* Translators: epoch of all, as in "3 of 25" */
  return g_strdup_printf (_ ("%u of %u"), event->epoch, event->epochs);
}

char *
likeness_train_words_batch (LikenessTraining *training)
{
  const LikenessEvent *event = likeness_training_get_event (training);

  if (event == NULL || event->batches == 0 || !likeness_training_get_active (training))
    return g_strdup ("");
  return g_strdup_printf (_ ("batch %u of %u"), event->batch, event->batches);
}

char *
likeness_train_words_speed (LikenessTraining *training)
{
  const LikenessEvent *event = likeness_training_get_event (training);

  if (event == NULL || !(event->images_per_second > 0))
    return g_strdup ("");
  if (event->images_per_second < 10)
    return g_strdup_printf (_ ("%.1f images a second"), event->images_per_second);
  return g_strdup_printf (_ ("%'.0f images a second"), event->images_per_second);
}

char *
likeness_train_words_time (LikenessTraining *training)
{
  const LikenessEvent *event = likeness_training_get_event (training);

  if (event == NULL)
    return g_strdup (DASH);
  if (!likeness_training_get_active (training))
    return likeness_format_duration (event->time);
  if (event->seconds_left < 0)
    return g_strdup (DASH);
  return likeness_format_duration (event->seconds_left);
}

double
likeness_train_words_fraction (LikenessTraining *training)
{
  const LikenessEvent *event = likeness_training_get_event (training);
  double batch;

  if (event == NULL || event->epoch == 0 || event->epochs == 0)
    return -1;
  batch = event->batches > 0 ? (double)event->batch / event->batches : 0;
  return CLAMP ((event->epoch - 1 + batch) / event->epochs, 0, 1);
}
