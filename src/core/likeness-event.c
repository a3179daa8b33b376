/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-event.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-quote.h"

static const char *const names[] = {
    [LIKENESS_EVENT_STAGE] = "stage",       [LIKENESS_EVENT_START] = "start",
    [LIKENESS_EVENT_BASELINE] = "baseline", [LIKENESS_EVENT_BATCH] = "batch",
    [LIKENESS_EVENT_EPOCH] = "epoch",       [LIKENESS_EVENT_PAUSED] = "paused",
    [LIKENESS_EVENT_RESUMED] = "resumed",   [LIKENESS_EVENT_DONE] = "done",
    [LIKENESS_EVENT_STOPPED] = "stopped",   [LIKENESS_EVENT_FAILED] = "failed",
};

LikenessEvent *
likeness_event_new (LikenessEventType type)
{
  LikenessEvent *self = g_new0 (LikenessEvent, 1);

  self->type = type;
  self->loss = NAN;
  self->batch_accuracy = NAN;
  self->seconds_left = -1;
  likeness_metrics_clear (&self->metrics);
  return self;
}

LikenessEvent *
likeness_event_copy (const LikenessEvent *self)
{
  LikenessEvent *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  copy->run = g_strdup (self->run);
  return copy;
}

void
likeness_event_free (LikenessEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->run);
  g_free (self);
}

static gboolean
has_steps (LikenessEventType type)
{
  return type == LIKENESS_EVENT_BATCH || type == LIKENESS_EVENT_EPOCH;
}

static gboolean
has_metrics (LikenessEventType type)
{
  return type == LIKENESS_EVENT_BASELINE || type == LIKENESS_EVENT_EPOCH;
}

static gboolean
has_verdict (LikenessEventType type)
{
  return type == LIKENESS_EVENT_EPOCH || type == LIKENESS_EVENT_DONE;
}

static gboolean
has_best (LikenessEventType type)
{
  return has_verdict (type) || type == LIKENESS_EVENT_STOPPED;
}

static void
build_steps (const LikenessEvent *self, JsonBuilder *builder)
{
  likeness_json_add_count (builder, "batch", self->batch);
  likeness_json_add_count (builder, "batches", self->batches);
  likeness_json_add_number (builder, "loss", self->loss, "no batch was trained");
  likeness_json_add_number (builder, "lr_head", self->lr_head, "not known");
  likeness_json_add_number (builder, "lr_backbone", self->lr_backbone, "not known");
  likeness_json_add_number (builder, "batch_accuracy", self->batch_accuracy,
                            "no batch was trained");
  likeness_json_add_number (builder, "images_per_second", self->images_per_second,
                            "not known");
  likeness_json_add_number (builder, "seconds_left",
                            self->seconds_left >= 0 ? self->seconds_left : NAN,
                            "not known yet");
}

static void
build_verdict (const LikenessEvent *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "verdict");
  json_builder_begin_object (builder);
  likeness_json_add_string (builder, "state",
                            likeness_verdict_state_to_string (self->verdict.state));
  likeness_json_add_count (builder, "epoch", self->verdict.epoch);
  likeness_json_add_bytes (builder, "sentence", self->text);
  json_builder_end_object (builder);
}

char *
likeness_event_to_json (const LikenessEvent *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  likeness_json_add_string (builder, "event", names[self->type]);
  likeness_json_add_number (builder, "time", self->time, "not known");
  likeness_json_add_count (builder, "epoch", self->epoch);
  likeness_json_add_count (builder, "epochs", self->epochs);
  likeness_json_add_count (builder, "stage", self->stage);
  if (self->type == LIKENESS_EVENT_START)
    {
      likeness_json_add_count (builder, "n_classes", self->n_classes);
      likeness_json_add_count (builder, "n_train", self->n_train);
      likeness_json_add_count (builder, "n_val", self->n_val);
      likeness_json_add_count (builder, "n_parameters", self->n_parameters);
    }
  if (has_steps (self->type))
    build_steps (self, builder);
  if (has_metrics (self->type))
    likeness_metrics_build_json (&self->metrics, builder);
  if (has_best (self->type))
    likeness_json_add_count (builder, "best_epoch", self->best_epoch);
  if (has_verdict (self->type))
    build_verdict (self, builder);
  else
    likeness_json_add_bytes (builder, "text", self->text);
  likeness_json_add_bytes (builder, "run", self->run);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return likeness_json_to_string (root, FALSE);
}

static gboolean
parse_type (JsonObject *object, LikenessEventType *type, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *quoted = NULL;

  if (!likeness_json_get_string (object, "event", &name, error))
    return FALSE;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *type = i;
        return TRUE;
      }
  quoted = likeness_quote (name != NULL ? name : "");
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
               _ ("“%s” is no event of a run"), quoted);
  return FALSE;
}

static gboolean
parse_verdict (JsonObject *object, LikenessEvent *self, GError **error)
{
  g_autofree char *state = NULL;
  JsonObject *verdict = NULL;

  if (!likeness_json_get_object (object, "verdict", &verdict, error))
    return FALSE;
  if (verdict == NULL)
    return TRUE;
  if (!likeness_json_get_string (verdict, "state", &state, error)
      || !likeness_json_get_uint (verdict, "epoch", &self->verdict.epoch, error)
      || !likeness_json_get_bytes (verdict, "sentence", &self->text, error))
    return FALSE;
  for (guint i = 0; i <= LIKENESS_VERDICT_COLLAPSE; i++)
    if (g_strcmp0 (state, likeness_verdict_state_to_string (i)) == 0)
      self->verdict.state = i;
  return TRUE;
}

static gboolean
parse_steps (JsonObject *object, LikenessEvent *self, GError **error)
{
  if (!likeness_json_get_uint (object, "batch", &self->batch, error)
      || !likeness_json_get_uint (object, "batches", &self->batches, error)
      || !likeness_json_get_number (object, "loss", &self->loss, error)
      || !likeness_json_get_number (object, "lr_head", &self->lr_head, error)
      || !likeness_json_get_number (object, "lr_backbone", &self->lr_backbone, error)
      || !likeness_json_get_number (object, "batch_accuracy", &self->batch_accuracy,
                                    error)
      || !likeness_json_get_number (object, "images_per_second", &self->images_per_second,
                                    error)
      || !likeness_json_get_number (object, "seconds_left", &self->seconds_left, error))
    return FALSE;
  if (!(self->seconds_left >= 0))
    self->seconds_left = -1;
  return TRUE;
}

static gboolean
parse_members (JsonObject *object, LikenessEvent *self, GError **error)
{
  return likeness_json_get_number (object, "time", &self->time, error)
         && likeness_json_get_uint (object, "epoch", &self->epoch, error)
         && likeness_json_get_uint (object, "epochs", &self->epochs, error)
         && likeness_json_get_uint (object, "stage", &self->stage, error)
         && likeness_json_get_uint (object, "n_classes", &self->n_classes, error)
         && likeness_json_get_uint (object, "n_train", &self->n_train, error)
         && likeness_json_get_uint (object, "n_val", &self->n_val, error)
         && likeness_json_get_count (object, "n_parameters", G_MAXINT64,
                                     &self->n_parameters, error)
         && likeness_json_get_uint (object, "best_epoch", &self->best_epoch, error)
         && likeness_json_get_bytes (object, "text", &self->text, error)
         && likeness_json_get_bytes (object, "run", &self->run, error)
         && (!has_steps (self->type) || parse_steps (object, self, error))
         && (!has_metrics (self->type)
             || likeness_metrics_parse_json (object, &self->metrics, error))
         && (!has_verdict (self->type) || parse_verdict (object, self, error));
}

LikenessEvent *
likeness_event_from_json (const char *line, GError **error)
{
  g_autoptr (JsonNode) root = likeness_json_parse (line, -1, error);
  g_autoptr (LikenessEvent) self = NULL;
  LikenessEventType type = LIKENESS_EVENT_STAGE;

  if (root == NULL || !parse_type (json_node_get_object (root), &type, error))
    return NULL;
  self = likeness_event_new (type);
  if (!parse_members (json_node_get_object (root), self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
append_fraction (GString *line, const char *label, double value, LikenessUndefined reason)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (reason == LIKENESS_DEFINED && isfinite (value) && fabs (value) <= 1000)
    g_ascii_formatd (text, sizeof text, "%.4f", value);
  else
    strcpy (text, "n/a");
  g_string_append_printf (line, "%s: %s", label, text);
}

char *
likeness_event_to_epoch_line (const LikenessEvent *self)
{
  const LikenessMetrics *metrics = &self->metrics;
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "Epoch %u/%u | ", self->epoch, self->epochs);
  append_fraction (line, "Train Acc", metrics->train_top1.value, metrics->top1_undefined);
  g_string_append (line, " | ");
  append_fraction (line, "Val Acc", metrics->top1.value, metrics->top1_undefined);
  g_string_append_c (line, ' ');
  append_fraction (line, "Sim", metrics->sim, metrics->sim_undefined);
  return g_string_free (line, FALSE);
}
