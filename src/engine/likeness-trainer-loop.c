/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-augmentation.h"
#include "likeness-learning-rate.h"
#include "likeness-trainer-private.h"

/* Seconds between two BATCH events: a curve needs no more, and a window no less. */
#define BATCH_INTERVAL 0.1

/* What has been learnt since the last event of a kind. */
typedef struct
{
  double loss; /* summed over faces */
  guint64 correct;
  guint64 faces;
} Sum;

/* One epoch under way. */
typedef struct
{
  guint epoch;
  guint stage;
  guint n_batches;
  gsize n_faces;
  double began;
  Sum since_told;
  Sum total;
  double lr_head;
  double lr_backbone;
} Epoch;

static void
sum_add (Sum *sum, const LikenessStepResult *result)
{
  sum->loss += (double)result->loss * result->faces;
  sum->correct += result->correct;
  sum->faces += result->faces;
}

static guint
count_batches (const LikenessTrainer *self)
{
  guint batch = self->job->config->batch;

  return (self->job->train->n_faces + batch - 1) / batch;
}

static guint
get_stage (const LikenessTrainer *self, guint epoch)
{
  return epoch <= self->job->config->epochs_head ? 1 : 2;
}

static gboolean
begin_stage (LikenessTrainer *self, guint stage, GError **error)
{
  const LikenessRunConfig *config = self->job->config;
  LikenessStageOptions options = {
      .all_layers = stage == 2,
      .margin = (float)config->margin,
      .scale = (float)config->scale,
      .label_smoothing = (float)config->label_smoothing,
      .similarity_weight = stage == 2 ? (float)config->similarity_weight : 0,
      .weight_decay = (float)config->weight_decay,
      .clip_norm = (float)config->clip_norm,
      .bfloat16 = config->precision == LIKENESS_PRECISION_BFLOAT16,
  };

  switch (config->loss)
    {
    case LIKENESS_LOSS_ARCFACE:
      options.margin_kind = LIKENESS_MARGIN_ARCFACE;
      break;
    case LIKENESS_LOSS_COSFACE:
      options.margin_kind = LIKENESS_MARGIN_COSFACE;
      break;
    case LIKENESS_LOSS_SOFTMAX:
    default:
      options.margin_kind = LIKENESS_MARGIN_NONE;
      break;
    }
  return self->torch->stage_begin (self->net, &options, error);
}

/* Rates at one batch: stage 1 is too short for a schedule. */
static void
set_rates (const LikenessTrainer *self, Epoch *epoch, guint batch)
{
  const LikenessRunConfig *config = self->job->config;
  guint64 step
      = (guint64)(epoch->epoch - config->epochs_head - 1) * epoch->n_batches + batch;
  double factor = 1;

  if (epoch->stage == 2)
    factor = likeness_learning_rate_factor (
        config->schedule, step, (guint64)config->epochs_all * epoch->n_batches,
        config->edgeface == NULL ? epoch->n_batches : 0);
  epoch->lr_head = config->lr_head * factor;
  epoch->lr_backbone = epoch->stage == 2 ? config->lr_backbone * factor : 0;
}

static gboolean
step_head (LikenessTrainer *self,
           const Epoch *epoch,
           const guint32 *faces,
           gsize n,
           LikenessStepResult *result,
           GError **error)
{
  const LikenessRunConfig *config = self->job->config;
  const gsize row = LIKENESS_EMBEDDING_SIZE;
  g_autofree float *embeddings = g_new (float, n *row);
  g_autofree guint32 *labels = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    {
      gsize frozen = faces[i];

      /* What else may be done to a face would ask for the network again. */
      if (config->augment)
        frozen = 2 * frozen
                 + (likeness_augmentation_draw (config->seed, epoch->epoch, faces[i],
                                                TRUE, 0)
                            .flip
                        ? 1
                        : 0);
      memcpy (embeddings + i * row, self->frozen + frozen * row, sizeof (float) * row);
      labels[i] = self->job->train->faces[faces[i]].label;
    }
  return self->torch->step_head (self->net, embeddings, labels, n, (float)epoch->lr_head,
                                 result, error);
}

static gboolean
step_all (LikenessTrainer *self,
          const Epoch *epoch,
          const guint32 *faces,
          gsize n,
          LikenessStepResult *result,
          GError **error)
{
  const LikenessRunConfig *config = self->job->config;
  g_autofree LikenessAugmentation *augmentations = g_new (LikenessAugmentation, n);

  for (gsize i = 0; i < n; i++)
    augmentations[i] = likeness_augmentation_draw (config->seed, epoch->epoch, faces[i],
                                                   config->augment, config->mix_high);
  return self->torch->step (self->net, faces, augmentations, n, (float)epoch->lr_head,
                            (float)epoch->lr_backbone, result, error);
}

/* Known in stage 2 only: what a step of all layers costs says nothing before. */
static double
guess_seconds_left (const LikenessTrainer *self, const Epoch *epoch, double now)
{
  guint epochs = likeness_trainer_count_epochs (self) - epoch->epoch;
  double face_seconds = (now - epoch->began) / (double)epoch->total.faces;
  double faces = (double)(epoch->n_faces - epoch->total.faces)
                 + (double)epochs * (double)epoch->n_faces;

  if (epoch->stage == 1)
    return -1;
  return faces * face_seconds + (epochs + 1) * self->measure_seconds;
}

/* Asking what a step has brought waits for the device: no oftener than it is told. */
static gboolean
is_to_tell (LikenessTrainer *self)
{
  return self->told < 0
         || likeness_trainer_get_time (self) - self->told >= BATCH_INTERVAL;
}

static gboolean
tell_batch (LikenessTrainer *self, Epoch *epoch, guint batch, GError **error)
{
  double now = likeness_trainer_get_time (self);
  LikenessEvent *event;

  event = likeness_event_new (LIKENESS_EVENT_BATCH);
  event->epoch = epoch->epoch;
  event->stage = epoch->stage;
  event->batch = batch + 1;
  event->batches = epoch->n_batches;
  event->loss = epoch->since_told.loss / (double)epoch->since_told.faces;
  event->batch_accuracy
      = (double)epoch->since_told.correct / (double)epoch->since_told.faces;
  event->lr_head = epoch->lr_head;
  event->lr_backbone = epoch->lr_backbone;
  if (now > epoch->began)
    event->images_per_second = (double)epoch->total.faces / (now - epoch->began);
  event->seconds_left = guess_seconds_left (self, epoch, now);
  self->told = now;
  epoch->since_told = (Sum){0};
  return likeness_trainer_emit (self, event, error);
}

/* Which way the steps go, where it is not the way that was told last. */
static gboolean
tell_path (LikenessTrainer *self, LikenessPath path, GError **error)
{
  if (self->path == (int)path)
    return TRUE;
  self->path = (int)path;
  switch (path)
    {
    case LIKENESS_PATH_KERNELS:
      return likeness_trainer_emit_stage (self, _ ("Training with own kernels"), error);
    case LIKENESS_PATH_GRAPH:
      return likeness_trainer_emit_stage (
          self, _ ("Training with a CUDA graph: one launch a step"), error);
    case LIKENESS_PATH_LAUNCHES:
    default:
      return likeness_trainer_emit_stage (
          self,
          self->cuda_device < 0
                  && self->job->config->precision == LIKENESS_PRECISION_BFLOAT16
              ? _ ("Training with libtorch: own kernels cannot compute in bfloat16 on "
                   "this processor. A new run in float32 is likely to be faster.")
              : _ ("Training with libtorch, operation by operation"),
          error);
    }
}

/* Where numbers ran away; what else can go wrong has no place. */
static void
tell_where (const Epoch *epoch, guint batch, GError **error)
{
  if (error != NULL
      && g_error_matches (*error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NOT_FINITE))
    g_prefix_error (error, _ ("In epoch %u, step %u of %u: "), epoch->epoch, batch + 1,
                    epoch->n_batches);
}

static gboolean
learn_epoch (LikenessTrainer *self, Epoch *epoch, GError **error)
{
  const guint batch_size = self->job->config->batch;
  g_autofree guint32 *order = g_new (guint32, epoch->n_faces);

  likeness_augmentation_order (self->job->config->seed, epoch->epoch, order,
                               epoch->n_faces);
  epoch->began = likeness_trainer_get_time (self);
  for (guint batch = 0; batch < epoch->n_batches; batch++)
    {
      const guint32 *faces = order + (gsize)batch * batch_size;
      gsize n = MIN (batch_size, epoch->n_faces - (gsize)batch * batch_size);
      LikenessStepResult result = {0};
      gboolean tell = is_to_tell (self);
      gboolean ask = tell || epoch->stage == 1 || batch + 1 == epoch->n_batches;

      if (!likeness_trainer_check (self, epoch->epoch, error))
        return FALSE;
      set_rates (self, epoch, batch);
      if (!(epoch->stage == 1
                ? step_head (self, epoch, faces, n, &result, error)
                : step_all (self, epoch, faces, n, ask ? &result : NULL, error)))
        {
          tell_where (epoch, batch, error);
          return FALSE;
        }
      if (!ask)
        continue;
      sum_add (&epoch->since_told, &result);
      sum_add (&epoch->total, &result);
      if (epoch->stage == 2 && !tell_path (self, result.path, error))
        return FALSE;
      if (tell && !tell_batch (self, epoch, batch, error))
        return FALSE;
    }
  return TRUE;
}

/* In stage 1 the embeddings are still the untouched network's. */
static gboolean
measure (LikenessTrainer *self, guint stage, LikenessMetrics *metrics, GError **error)
{
  gint64 began = g_get_monotonic_time ();

  if (stage == 1)
    return likeness_measure_judge (self->measure, self->untouched, self->torch, self->net,
                                   metrics, NULL, self->cancellable, error);
  if (!likeness_measure_run (self->measure, self->torch, self->net, TRUE, metrics, NULL,
                             self->cancellable, error))
    return FALSE;
  self->measure_seconds = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  return TRUE;
}

/* Measures, keeps and tells what @epoch has brought. */
static gboolean
finish_epoch (LikenessTrainer *self, const Epoch *epoch, GError **error)
{
  const double seconds = likeness_trainer_get_time (self) - epoch->began;
  LikenessEvent *event;
  LikenessMetrics metrics;
  gboolean best;

  if (!measure (self, epoch->stage, &metrics, error))
    return FALSE;
  best = self->best_epoch == 0
         || likeness_trainer_is_better (
             &metrics,
             &g_array_index (self->epochs, LikenessMetrics, self->best_epoch - 1));
  if (!likeness_trainer_save (self, epoch->stage, epoch->epoch, &metrics, best, error))
    return FALSE;
  g_array_append_val (self->epochs, metrics);
  if (best)
    self->best_epoch = epoch->epoch;
  self->verdict = likeness_verdict_decide (
      &self->baseline, (const LikenessMetrics *)self->epochs->data, self->epochs->len);

  event = likeness_event_new (LIKENESS_EVENT_EPOCH);
  event->epoch = epoch->epoch;
  event->stage = epoch->stage;
  event->batch = epoch->n_batches;
  event->batches = epoch->n_batches;
  event->lr_head = epoch->lr_head;
  event->lr_backbone = epoch->lr_backbone;
  event->loss = NAN;
  event->batch_accuracy = NAN;
  if (epoch->total.faces > 0)
    {
      event->loss = epoch->total.loss / (double)epoch->total.faces;
      event->batch_accuracy = (double)epoch->total.correct / (double)epoch->total.faces;
      if (seconds > 0)
        event->images_per_second = (double)epoch->total.faces / seconds;
    }
  event->seconds_left = -1;
  event->metrics = metrics;
  event->verdict = self->verdict;
  return likeness_trainer_emit (self, event, error);
}

gboolean
likeness_trainer_is_to_stop_early (const LikenessTrainer *self)
{
  const LikenessRunConfig *config = self->job->config;
  guint from = MAX (MAX (self->best_epoch, self->rested), config->epochs_head);

  /* Stage 1 leaves the embeddings alone and cannot be what the rest is judged by. */
  return config->early_stop > 0 && self->epochs->len > config->epochs_head
         && self->epochs->len - from >= config->early_stop;
}

static Epoch
make_epoch (const LikenessTrainer *self, guint epoch)
{
  return (Epoch){
      .epoch = epoch,
      .stage = get_stage (self, epoch),
      .n_batches = count_batches (self),
      .n_faces = self->job->train->n_faces,
  };
}

static gboolean
enter_stage (LikenessTrainer *self, guint stage, GError **error)
{
  if (stage == 2)
    {
      g_clear_pointer (&self->frozen, g_free);
      g_clear_pointer (&self->untouched, likeness_embeddings_free);
    }
  return begin_stage (self, stage, error);
}

/* The stage of the epoch that comes next, as the checkpoint left it. */
static gboolean
go_on (LikenessTrainer *self, guint epoch, GError **error)
{
  LikenessCheckpoint *checkpoint = self->checkpoint;
  Epoch last = make_epoch (self, epoch);

  if (epoch == 0)
    return TRUE;
  if (!begin_stage (self, last.stage, error)
      || !self->torch->optimizer_restore (self->net, checkpoint->optimizer, error))
    return FALSE;
  /* A kill between checkpoint and log. */
  if (self->epochs->len < epoch)
    {
      last.began = likeness_trainer_get_time (self);
      set_rates (self, &last, last.n_batches - 1);
      return finish_epoch (self, &last, error);
    }
  return TRUE;
}

gboolean
likeness_trainer_learn (LikenessTrainer *self, guint epoch, GError **error)
{
  const guint n_epochs = likeness_trainer_count_epochs (self);
  guint stage = 0;

  if (self->checkpoint != NULL)
    {
      if (!go_on (self, epoch, error))
        return FALSE;
      stage = epoch > 0 ? get_stage (self, epoch) : 0;
    }
  else if (!likeness_trainer_save (self, 0, 0, &self->baseline, FALSE, error))
    return FALSE;

  for (epoch++; epoch <= n_epochs && !likeness_trainer_is_to_stop_early (self); epoch++)
    {
      Epoch now = make_epoch (self, epoch);

      if (now.stage != stage && !enter_stage (self, now.stage, error))
        return FALSE;
      stage = now.stage;
      if (!learn_epoch (self, &now, error) || !finish_epoch (self, &now, error))
        return FALSE;
    }
  return TRUE;
}
