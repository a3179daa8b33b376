/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-json.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-error.h"

static gboolean
refuse (GError **error, const char *name, const char *wanted)
{
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
               /* Translators: the name of a member of a file, then "a number", ... */
               _ ("“%s” is not %s"), name, wanted);
  return FALSE;
}

gboolean
likeness_json_get_number (JsonObject *object,
                          const char *name,
                          double *value,
                          GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  GType type;

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_NULL (node))
    {
      *value = NAN;
      return TRUE;
    }
  type = json_node_get_value_type (node);
  if (!JSON_NODE_HOLDS_VALUE (node) || (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
      || !isfinite (json_node_get_double (node)))
    return refuse (error, name, _ ("a number"));
  *value = json_node_get_double (node);
  return TRUE;
}

gboolean
likeness_json_get_count (
    JsonObject *object, const char *name, guint64 most, guint64 *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < 0 || (guint64)json_node_get_int (node) > most)
    return refuse (error, name, _ ("a whole number in its range"));
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
likeness_json_get_uint (JsonObject *object,
                        const char *name,
                        guint *value,
                        GError **error)
{
  guint64 wide = *value;

  if (!likeness_json_get_count (object, name, G_MAXUINT, &wide, error))
    return FALSE;
  *value = wide;
  return TRUE;
}

gboolean
likeness_json_get_boolean (JsonObject *object,
                           const char *name,
                           gboolean *value,
                           GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (error, name, _ ("true or false"));
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
likeness_json_get_string (JsonObject *object,
                          const char *name,
                          char **value,
                          GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_NULL (node))
    {
      g_clear_pointer (value, g_free);
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse (error, name, _ ("a text"));
  g_free (*value);
  *value = json_node_dup_string (node);
  return TRUE;
}

gboolean
likeness_json_get_bytes (JsonObject *object,
                         const char *name,
                         char **value,
                         GError **error)
{
  g_autofree char *text = NULL;

  if (!json_object_has_member (object, name))
    return TRUE;
  if (!likeness_json_get_string (object, name, &text, error))
    return FALSE;
  g_clear_pointer (value, g_free);
  if (text == NULL)
    return TRUE;
  *value = likeness_json_unescape (text);
  return *value != NULL || refuse (error, name, _ ("a file name"));
}

gboolean
likeness_json_get_object (JsonObject *object,
                          const char *name,
                          JsonObject **value,
                          GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, name, _ ("an object"));
  *value = json_node_get_object (node);
  return TRUE;
}

gboolean
likeness_json_get_array (JsonObject *object,
                         const char *name,
                         JsonArray **value,
                         GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, name, _ ("a list"));
  *value = json_node_get_array (node);
  return TRUE;
}

void
likeness_json_add_number (JsonBuilder *builder,
                          const char *name,
                          double value,
                          const char *reason)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    {
      g_autofree char *reason_name = g_strconcat (name, "_reason", NULL);

      json_builder_add_null_value (builder);
      json_builder_set_member_name (builder, reason_name);
      json_builder_add_string_value (builder, reason);
    }
}

void
likeness_json_add_count (JsonBuilder *builder, const char *name, guint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, MIN (value, (guint64)G_MAXINT64));
}

void
likeness_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

void
likeness_json_add_bytes (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *text = value != NULL ? likeness_json_escape (value) : NULL;

  likeness_json_add_string (builder, name, text);
}
