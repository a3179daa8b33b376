/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pt-json.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* Of one tree: a run's config has some fifty values. */
#define MAX_WEIGHT 65536

static gboolean add (JsonBuilder *builder, const LikenessPtValue *value);

static gboolean
add_list (JsonBuilder *builder, const LikenessPtValue *list)
{
  json_builder_begin_array (builder);
  for (guint i = 0; list->items != NULL && i < list->items->len; i++)
    if (!add (builder, g_ptr_array_index (list->items, i)))
      return FALSE;
  json_builder_end_array (builder);
  return TRUE;
}

static gboolean
add_dict (JsonBuilder *builder, const LikenessPtValue *dict)
{
  json_builder_begin_object (builder);
  for (guint i = 0; dict->items != NULL && i < dict->items->len; i++)
    {
      const LikenessPtValue *key = g_ptr_array_index (dict->keys, i);

      if (key->type != LIKENESS_PT_STRING)
        return FALSE;
      json_builder_set_member_name (builder, key->string);
      if (!add (builder, g_ptr_array_index (dict->items, i)))
        return FALSE;
    }
  json_builder_end_object (builder);
  return TRUE;
}

/* Recursion ends: the reader limits the depth. */
static gboolean
add (JsonBuilder *builder, const LikenessPtValue *value)
{
  switch (value->type)
    {
    case LIKENESS_PT_NONE:
      json_builder_add_null_value (builder);
      return TRUE;
    case LIKENESS_PT_BOOLEAN:
      json_builder_add_boolean_value (builder, value->boolean);
      return TRUE;
    case LIKENESS_PT_INT:
      json_builder_add_int_value (builder, value->integer);
      return TRUE;
    case LIKENESS_PT_DOUBLE:
      json_builder_add_double_value (builder, value->number);
      return isfinite (value->number);
    case LIKENESS_PT_STRING:
      json_builder_add_string_value (builder, value->string);
      return TRUE;
    case LIKENESS_PT_LIST:
      return add_list (builder, value);
    case LIKENESS_PT_DICT:
      return add_dict (builder, value);
    case LIKENESS_PT_OBJECT:
    case LIKENESS_PT_TENSOR:
    case LIKENESS_PT_GLOBAL:
    case LIKENESS_PT_STORAGE:
    default:
      return FALSE;
    }
}

char *
likeness_pt_value_to_json (const LikenessPtValue *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  if (self->type != LIKENESS_PT_DICT || self->weight > MAX_WEIGHT || !add (builder, self))
    return NULL;
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
