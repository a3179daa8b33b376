/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-event.h"

#include <math.h>

#include "likeness-json.h"

/* How many people and faces a file may claim; all counts must fit a gint64. */
#define MAX_COUNT ((guint64)G_MAXINT64)

static const char *
get_sentence (LikenessUndefined reason)
{
  return likeness_undefined_get_sentence (
      reason == LIKENESS_DEFINED ? LIKENESS_UNDEFINED_TOO_FEW : reason);
}

void
likeness_rate_build_json (const LikenessRate *rate,
                          const char *name,
                          LikenessUndefined reason,
                          JsonBuilder *builder)
{
  if (reason != LIKENESS_DEFINED || rate->n == 0)
    {
      likeness_json_add_number (builder, name, NAN, get_sentence (reason));
      return;
    }
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  likeness_json_add_number (builder, "value", rate->value, "");
  likeness_json_add_count (builder, "k", rate->k);
  likeness_json_add_count (builder, "n", rate->n);
  likeness_json_add_number (builder, "low", rate->low, "");
  likeness_json_add_number (builder, "high", rate->high, "");
  json_builder_end_object (builder);
}

static void
build_tar (const LikenessTarAtFar *tar, JsonBuilder *builder)
{
  const char *sentence = get_sentence (LIKENESS_UNDEFINED_TOO_FEW);

  json_builder_begin_object (builder);
  likeness_json_add_number (builder, "far", tar->far, sentence);
  likeness_json_add_number (builder, "tar", tar->tar, sentence);
  likeness_json_add_number (builder, "threshold", tar->threshold, sentence);
  likeness_json_add_number (builder, "far_reached", tar->far_reached, sentence);
  likeness_json_add_count (builder, "false_accepts", tar->false_accepts);
  json_builder_end_object (builder);
}

void
likeness_verification_build_json (const LikenessVerification *self, JsonBuilder *builder)
{
  const char *sentence = get_sentence (LIKENESS_UNDEFINED_TOO_FEW);

  likeness_json_add_count (builder, "n_genuine", self->n_genuine);
  likeness_json_add_count (builder, "n_impostor", self->n_impostor);
  likeness_json_add_number (builder, "genuine_mean", self->genuine_mean, sentence);
  likeness_json_add_number (builder, "impostor_mean", self->impostor_mean, sentence);
  likeness_json_add_number (builder, "impostor_p999", self->impostor_p999, sentence);
  likeness_json_add_number (builder, "d_prime", self->d_prime, sentence);
  likeness_json_add_number (builder, "eer", self->eer, sentence);
  likeness_json_add_number (builder, "eer_threshold", self->eer_threshold, sentence);
  json_builder_set_member_name (builder, "tar_at_far");
  json_builder_begin_array (builder);
  build_tar (&self->tar_1e2, builder);
  build_tar (&self->tar_1e3, builder);
  json_builder_end_array (builder);
}

void
likeness_metrics_build_json (const LikenessMetrics *metrics, JsonBuilder *builder)
{
  LikenessUndefined head = metrics->top1_undefined;

  likeness_rate_build_json (&metrics->train_top1, "train_top1", head, builder);
  likeness_rate_build_json (&metrics->top1, "top1", head, builder);
  likeness_rate_build_json (&metrics->top5, "top5", head, builder);
  likeness_json_add_number (builder, "macro_top1",
                            head == LIKENESS_DEFINED ? metrics->macro_top1 : NAN,
                            get_sentence (head));
  likeness_rate_build_json (&metrics->rank1, "rank1", metrics->rank1_undefined, builder);
  likeness_json_add_number (
      builder, "sim", metrics->sim_undefined == LIKENESS_DEFINED ? metrics->sim : NAN,
      get_sentence (metrics->sim_undefined));
  likeness_json_add_count (builder, "sim_n", metrics->sim_n);
  likeness_verification_build_json (&metrics->val, builder);
  if (!metrics->has_strangers)
    {
      likeness_json_add_number (builder, "strangers", NAN,
                                get_sentence (LIKENESS_UNDEFINED_NO_STRANGERS));
      return;
    }
  json_builder_set_member_name (builder, "strangers");
  json_builder_begin_object (builder);
  likeness_json_add_count (builder, "subjects", metrics->strangers_subjects);
  likeness_json_add_count (builder, "n", metrics->strangers_n);
  likeness_json_add_number (builder, "sim", metrics->strangers_sim,
                            get_sentence (LIKENESS_UNDEFINED_TOO_FEW));
  json_builder_set_member_name (builder, "low_high");
  json_builder_begin_object (builder);
  likeness_verification_build_json (&metrics->strangers_low_high, builder);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "high_high");
  json_builder_begin_object (builder);
  likeness_verification_build_json (&metrics->strangers_high_high, builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* Why @name is null; LIKENESS_DEFINED where it is not. */
static gboolean
parse_reason (JsonObject *object,
              const char *name,
              LikenessUndefined *reason,
              GError **error)
{
  g_autofree char *reason_name = g_strconcat (name, "_reason", NULL);
  g_autofree char *sentence = NULL;

  *reason = LIKENESS_DEFINED;
  if (json_object_has_member (object, name)
      && !json_object_get_null_member (object, name))
    return TRUE;
  if (!likeness_json_get_string (object, reason_name, &sentence, error))
    return FALSE;
  *reason = likeness_undefined_from_sentence (sentence);
  return TRUE;
}

/* Of a rate only k and n are believed. */
gboolean
likeness_rate_parse_json (JsonObject *object,
                          const char *name,
                          LikenessRate *rate,
                          GError **error)
{
  JsonObject *member = NULL;
  guint64 k = 0, n = 0;

  *rate = likeness_rate_new (0, 0);
  if (!likeness_json_get_object (object, name, &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;
  if (likeness_json_get_count (member, "n", MAX_COUNT, &n, error)
      && likeness_json_get_count (member, "k", n, &k, error))
    {
      *rate = likeness_rate_new (k, n);
      return TRUE;
    }
  g_prefix_error (error, "“%s”: ", name);
  return FALSE;
}

static gboolean
parse_tars (JsonObject *object, LikenessVerification *self, GError **error)
{
  LikenessTarAtFar *tars[] = {&self->tar_1e2, &self->tar_1e3};
  JsonArray *array = NULL;

  if (!likeness_json_get_array (object, "tar_at_far", &array, error))
    return FALSE;
  for (guint i = 0;
       array != NULL && i < json_array_get_length (array) && i < G_N_ELEMENTS (tars); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *member;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      member = json_node_get_object (node);
      if (!likeness_json_get_number (member, "far", &tars[i]->far, error)
          || !likeness_json_get_number (member, "tar", &tars[i]->tar, error)
          || !likeness_json_get_number (member, "threshold", &tars[i]->threshold, error)
          || !likeness_json_get_number (member, "far_reached", &tars[i]->far_reached,
                                        error)
          || !likeness_json_get_count (member, "false_accepts", MAX_COUNT,
                                       &tars[i]->false_accepts, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_verification (JsonObject *object, LikenessVerification *self, GError **error)
{
  return likeness_json_get_count (object, "n_genuine", MAX_COUNT, &self->n_genuine, error)
         && likeness_json_get_count (object, "n_impostor", MAX_COUNT, &self->n_impostor,
                                     error)
         && likeness_json_get_number (object, "genuine_mean", &self->genuine_mean, error)
         && likeness_json_get_number (object, "impostor_mean", &self->impostor_mean,
                                      error)
         && likeness_json_get_number (object, "impostor_p999", &self->impostor_p999,
                                      error)
         && likeness_json_get_number (object, "d_prime", &self->d_prime, error)
         && likeness_json_get_number (object, "eer", &self->eer, error)
         && likeness_json_get_number (object, "eer_threshold", &self->eer_threshold,
                                      error)
         && parse_tars (object, self, error);
}

static gboolean
parse_strangers (JsonObject *object, LikenessMetrics *metrics, GError **error)
{
  JsonObject *strangers = NULL, *low_high = NULL, *high_high = NULL;

  if (!likeness_json_get_object (object, "strangers", &strangers, error))
    return FALSE;
  if (strangers == NULL)
    return TRUE;
  metrics->has_strangers = TRUE;
  return likeness_json_get_uint (strangers, "subjects", &metrics->strangers_subjects,
                                 error)
         && likeness_json_get_count (strangers, "n", MAX_COUNT, &metrics->strangers_n,
                                     error)
         && likeness_json_get_number (strangers, "sim", &metrics->strangers_sim, error)
         && likeness_json_get_object (strangers, "low_high", &low_high, error)
         && likeness_json_get_object (strangers, "high_high", &high_high, error)
         && (low_high == NULL
             || parse_verification (low_high, &metrics->strangers_low_high, error))
         && (high_high == NULL
             || parse_verification (high_high, &metrics->strangers_high_high, error));
}

gboolean
likeness_metrics_parse_json (JsonObject *object, LikenessMetrics *metrics, GError **error)
{
  likeness_metrics_clear (metrics);
  return parse_reason (object, "top1", &metrics->top1_undefined, error)
         && parse_reason (object, "rank1", &metrics->rank1_undefined, error)
         && parse_reason (object, "sim", &metrics->sim_undefined, error)
         && likeness_rate_parse_json (object, "train_top1", &metrics->train_top1, error)
         && likeness_rate_parse_json (object, "top1", &metrics->top1, error)
         && likeness_rate_parse_json (object, "top5", &metrics->top5, error)
         && likeness_json_get_number (object, "macro_top1", &metrics->macro_top1, error)
         && likeness_rate_parse_json (object, "rank1", &metrics->rank1, error)
         && likeness_json_get_number (object, "sim", &metrics->sim, error)
         && likeness_json_get_count (object, "sim_n", MAX_COUNT, &metrics->sim_n, error)
         && parse_verification (object, &metrics->val, error)
         && parse_strangers (object, metrics, error);
}
