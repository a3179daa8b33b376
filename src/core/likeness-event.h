/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "likeness-metrics.h"
#include "likeness-verdict.h"

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_EVENT_STAGE,    /* a preparation began: text is a translated sentence */
  LIKENESS_EVENT_START,    /* counts, parameters, device and what was resolved */
  LIKENESS_EVENT_BASELINE, /* metrics of the untouched network */
  LIKENESS_EVENT_BATCH,    /* inside an epoch, at most about ten a second */
  LIKENESS_EVENT_EPOCH,    /* the epoch's metrics */
  LIKENESS_EVENT_PAUSED,
  LIKENESS_EVENT_RESUMED,
  LIKENESS_EVENT_DONE,
  LIKENESS_EVENT_STOPPED, /* on request: what there is was kept */
  LIKENESS_EVENT_FAILED,  /* text is the sentence */
} LikenessEventType;

/**
 * LikenessEvent:
 *
 * One line of `events.jsonl` and one message of the trainer. Plain; text is owned.
 */
typedef struct
{
  LikenessEventType type;
  double time;   /* seconds since the run began, pauses left out */
  guint epoch;   /* from 1; 0: before the first */
  guint epochs;  /* planned in all */
  guint stage;   /* 1: head only, 2: all layers */
  guint batch;   /* from 1, in this epoch */
  guint batches; /* in this epoch */
  double loss;   /* mean since the last event of the same type; NaN: none */
  double lr_head;
  double lr_backbone;
  double batch_accuracy; /* of this batch without margin, moving: the first points of the
                            chart */
  double images_per_second;
  double seconds_left; /* -1: not known */
  guint best_epoch;
  LikenessMetrics metrics; /* BASELINE, EPOCH */
  LikenessVerdict verdict; /* EPOCH, DONE */
  /* START */
  guint n_classes;
  guint n_train;
  guint n_val;
  guint64 n_parameters;
  char *text; /* owned: device name, sentence, verdict; may be NULL */
  char *run;  /* owned: START, DONE: the run folder */
} LikenessEvent;

LikenessEvent *likeness_event_new (LikenessEventType type) G_GNUC_WARN_UNUSED_RESULT;
LikenessEvent *likeness_event_copy (const LikenessEvent *self) G_GNUC_WARN_UNUSED_RESULT;
void likeness_event_free (LikenessEvent *self);

/**
 * likeness_event_to_json:
 *
 * One JSON object on one line, without the newline: what belongs to the event's type, so
 * that likeness_event_from_json() gives it back. NaN is null with a reason; text that is
 * not UTF-8 is escaped. (transfer full)
 */
char *likeness_event_to_json (const LikenessEvent *self) G_GNUC_WARN_UNUSED_RESULT;
LikenessEvent *likeness_event_from_json (const char *line,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** "Epoch 10/25 | Train Acc: 0.8932 | Val Acc: 0.7234 Sim: 0.8456", C locale; a number
 * that means nothing is n/a. (transfer full) */
char *likeness_event_to_epoch_line (const LikenessEvent *self) G_GNUC_WARN_UNUSED_RESULT;

/** Adds the members of @metrics (09's names: top1, rank1, sim, ...) to the open object.
 */
void likeness_metrics_build_json (const LikenessMetrics *metrics, JsonBuilder *builder);
gboolean likeness_metrics_parse_json (JsonObject *object,
                                      LikenessMetrics *metrics,
                                      GError **error);
/** Adds `"name": {"value", "k", "n", "low", "high"}` or null with `name_reason`. */
void likeness_rate_build_json (const LikenessRate *rate,
                               const char *name,
                               LikenessUndefined reason,
                               JsonBuilder *builder);
/** Adds the members of one set of pairs (`eer`, `tar_at_far`, ...) to the open object. */
void likeness_verification_build_json (const LikenessVerification *self,
                                       JsonBuilder *builder);
/** Reads what likeness_rate_build_json() wrote: of a stranger's rate only k and n are
 * believed. */
gboolean likeness_rate_parse_json (JsonObject *object,
                                   const char *name,
                                   LikenessRate *rate,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessEvent, likeness_event_free)

G_END_DECLS
