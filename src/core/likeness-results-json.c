/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-results.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-event.h"
#include "likeness-json.h"

/* About 400,000 faces. */
#define MAX_BYTES (128 * 1024 * 1024)

static void
build_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
build_subject (const LikenessResults *self, guint index, JsonBuilder *builder)
{
  const LikenessSubjectResult *subject = &self->subjects[index];

  json_builder_begin_object (builder);
  likeness_json_add_bytes (builder, "subject", subject->name);
  likeness_json_add_count (builder, "n", subject->accuracy.n);
  likeness_json_add_count (builder, "correct", subject->accuracy.k);
  likeness_rate_build_json (&subject->accuracy, "accuracy", self->metrics.rank1_undefined,
                            builder);
  if (self->has_baseline)
    likeness_rate_build_json (&subject->baseline, "baseline",
                              self->baseline.rank1_undefined, builder);
  likeness_json_add_number (builder, "margin", subject->margin,
                            likeness_undefined_get_sentence (LIKENESS_UNDEFINED_TOO_FEW));
  if (subject->mostly_taken_for >= 0)
    {
      likeness_json_add_bytes (builder, "mostly_taken_for",
                               self->subjects[subject->mostly_taken_for].name);
      likeness_json_add_count (builder, "mostly_count", subject->mostly_count);
    }
  else
    likeness_json_add_number (builder, "mostly_taken_for", NAN, "no face is wrong");
  likeness_json_add_bytes (builder, "example", subject->example);
  json_builder_end_object (builder);
}

static void
build_face (const LikenessResults *self,
            const LikenessJudgedFace *face,
            JsonBuilder *builder)
{
  static const char *const reason = "the subject has no other face to compare with";

  json_builder_begin_object (builder);
  likeness_json_add_bytes (builder, "path", face->path);
  likeness_json_add_bytes (builder, "low_path", face->low_path);
  likeness_json_add_bytes (builder, "subject", self->subjects[face->subject].name);
  likeness_json_add_bytes (builder, "taken_for", self->subjects[face->taken_for].name);
  likeness_json_add_count (builder, "rank", face->rank);
  likeness_json_add_number (builder, "score_true", face->score_true, reason);
  likeness_json_add_number (builder, "score_best_wrong", face->score_best_wrong, reason);
  build_boolean (builder, "correct", face->correct);
  if (self->has_baseline)
    build_boolean (builder, "baseline_correct", face->baseline_correct);
  json_builder_end_object (builder);
}

static JsonNode *
build (const LikenessResults *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  likeness_json_add_count (builder, "n", self->n_faces);
  likeness_json_add_count (builder, "subjects", self->n_subjects);
  likeness_json_add_string (builder, "input", self->input);
  if (self->super_resolution != NULL)
    {
      likeness_json_add_string (builder, "super_resolution", self->super_resolution);
      likeness_json_add_string (builder, "super_resolution_xxh3",
                                self->super_resolution_xxh3);
    }
  likeness_json_add_count (builder, "epoch", self->epoch);
  likeness_metrics_build_json (&self->metrics, builder);
  if (self->has_baseline)
    {
      json_builder_set_member_name (builder, "baseline");
      json_builder_begin_object (builder);
      likeness_metrics_build_json (&self->baseline, builder);
      json_builder_end_object (builder);
    }
  else
    likeness_json_add_number (builder, "baseline", NAN,
                              "these are the weights that a run would start from");
  json_builder_set_member_name (builder, "per_subject");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_subjects; i++)
    build_subject (self, i, builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "faces");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_faces; i++)
    build_face (self, &self->faces[i], builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

char *
likeness_results_to_json (const LikenessResults *self)
{
  g_autoptr (JsonNode) root = build (self);

  return likeness_json_to_string (root, TRUE);
}

gboolean
likeness_results_save (const LikenessResults *self, const char *path, GError **error)
{
  g_autoptr (JsonNode) root = build (self);

  return likeness_json_save (root, path, error);
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT, sentence);
  return FALSE;
}

/* The list @name, whose elements must all be objects. */
static gboolean
get_objects (JsonObject *object, const char *name, JsonArray **array, GError **error)
{
  if (!likeness_json_get_array (object, name, array, error))
    return FALSE;
  if (*array == NULL)
    return refuse (error, _ ("Its lists of subjects and faces are missing"));
  for (guint i = 0; i < json_array_get_length (*array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (*array, i)))
      return refuse (error, _ ("A subject or a face in it is no object"));
  return TRUE;
}

/* The index of the subject that member @name names; -1 where it names none. */
static gboolean
get_subject (const LikenessResults *self,
             JsonObject *object,
             const char *name,
             int *index,
             GError **error)
{
  g_autofree char *subject = NULL;
  guint low = 0, high = self->n_subjects;

  *index = -1;
  if (!likeness_json_get_bytes (object, name, &subject, error))
    return FALSE;
  if (subject == NULL)
    return TRUE;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (self->subjects[middle].name, subject);

      if (order == 0)
        {
          *index = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return refuse (error, _ ("It names a subject that it does not list"));
}

static gboolean
parse_subject (LikenessResults *self, guint index, JsonObject *object, GError **error)
{
  LikenessSubjectResult *subject = &self->subjects[index];

  subject->mostly_taken_for = -1;
  subject->margin = NAN;
  if (!likeness_json_get_bytes (object, "subject", &subject->name, error)
      || !likeness_rate_parse_json (object, "accuracy", &subject->accuracy, error)
      || !likeness_rate_parse_json (object, "baseline", &subject->baseline, error)
      || !likeness_json_get_number (object, "margin", &subject->margin, error)
      || !likeness_json_get_uint (object, "mostly_count", &subject->mostly_count, error)
      || !likeness_json_get_bytes (object, "example", &subject->example, error))
    return FALSE;
  if (subject->name == NULL
      || (index > 0 && strcmp (self->subjects[index - 1].name, subject->name) >= 0))
    return refuse (error, _ ("Its subjects are not sorted by name"));
  return TRUE;
}

static gboolean
parse_face (LikenessResults *self,
            LikenessJudgedFace *face,
            JsonObject *object,
            GError **error)
{
  int subject = -1, taken_for = -1;

  face->score_true = NAN;
  face->score_best_wrong = NAN;
  if (!likeness_json_get_bytes (object, "path", &face->path, error)
      || !likeness_json_get_bytes (object, "low_path", &face->low_path, error)
      || !get_subject (self, object, "subject", &subject, error)
      || !get_subject (self, object, "taken_for", &taken_for, error)
      || !likeness_json_get_uint (object, "rank", &face->rank, error)
      || !likeness_json_get_number (object, "score_true", &face->score_true, error)
      || !likeness_json_get_number (object, "score_best_wrong", &face->score_best_wrong,
                                    error)
      || !likeness_json_get_boolean (object, "correct", &face->correct, error)
      || !likeness_json_get_boolean (object, "baseline_correct", &face->baseline_correct,
                                     error))
    return FALSE;
  if (face->path == NULL || subject < 0 || taken_for < 0)
    return refuse (error, _ ("A face in it has no path or no subject"));
  face->subject = subject;
  face->taken_for = taken_for;
  return TRUE;
}

static gboolean
parse_lists (LikenessResults *self, JsonObject *object, GError **error)
{
  JsonArray *subjects = NULL, *faces = NULL;

  if (!get_objects (object, "per_subject", &subjects, error)
      || !get_objects (object, "faces", &faces, error))
    return FALSE;
  /* The counts grow with what is read, so that half a list can be freed. */
  self->subjects = g_new0 (LikenessSubjectResult, json_array_get_length (subjects));
  while (self->n_subjects < json_array_get_length (subjects))
    {
      guint i = self->n_subjects++;

      if (!parse_subject (self, i, json_array_get_object_element (subjects, i), error))
        return FALSE;
    }
  for (guint i = 0; i < self->n_subjects; i++)
    if (!get_subject (self, json_array_get_object_element (subjects, i),
                      "mostly_taken_for", &self->subjects[i].mostly_taken_for, error))
      return FALSE;
  self->faces = g_new0 (LikenessJudgedFace, json_array_get_length (faces));
  while (self->n_faces < json_array_get_length (faces))
    {
      guint i = self->n_faces++;
      JsonObject *face = json_array_get_object_element (faces, i);

      if (!parse_face (self, &self->faces[i], face, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse (LikenessResults *self, JsonObject *object, GError **error)
{
  JsonObject *baseline = NULL;

  likeness_metrics_clear (&self->baseline);
  if (!likeness_metrics_parse_json (object, &self->metrics, error)
      || !likeness_json_get_object (object, "baseline", &baseline, error)
      || !likeness_json_get_uint (object, "epoch", &self->epoch, error)
      || !likeness_json_get_string (object, "input", &self->input, error)
      || !likeness_json_get_string (object, "super_resolution", &self->super_resolution,
                                    error)
      || !likeness_json_get_string (object, "super_resolution_xxh3",
                                    &self->super_resolution_xxh3, error))
    return FALSE;
  if (baseline != NULL && !likeness_metrics_parse_json (baseline, &self->baseline, error))
    return FALSE;
  self->has_baseline = baseline != NULL;
  return parse_lists (self, object, error);
}

LikenessResults *
likeness_results_load (const char *path, GError **error)
{
  g_autoptr (JsonNode) root = likeness_json_load (path, MAX_BYTES, error);
  g_autoptr (LikenessResults) self = g_new0 (LikenessResults, 1);

  if (root == NULL)
    return NULL;
  if (!parse (self, json_node_get_object (root), error))
    {
      g_autofree char *display = likeness_display_name (path);

      g_prefix_error (error, _ ("“%s” cannot be used. "), display);
      return NULL;
    }
  return g_steal_pointer (&self);
}
