/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-quote.h"
#include "likeness-run-config.h"

#define MAX_BYTES (1024 * 1024)

JsonNode *
likeness_run_config_to_json (const LikenessRunConfig *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n_keys;
  const LikenessKey *keys = likeness_run_config_get_keys (&n_keys);

  json_builder_begin_object (builder);
  for (guint i = 0; likeness_run_config_get_path_name (i) != NULL; i++)
    {
      const char *name = likeness_run_config_get_path_name (i);
      g_autofree char *path = likeness_run_config_get (self, name);

      if (*path != '\0')
        likeness_json_add_bytes (builder, name, path);
    }
  for (guint i = 0; i < n_keys; i++)
    {
      gconstpointer field = G_STRUCT_MEMBER_P (self, keys[i].offset);
      g_autofree char *text = likeness_run_config_get (self, keys[i].name);

      if (keys[i].type == LIKENESS_KEY_UINT)
        likeness_json_add_count (builder, keys[i].name, *(const guint *)field);
      else if (keys[i].type == LIKENESS_KEY_UINT64)
        likeness_json_add_count (builder, keys[i].name, *(const guint64 *)field);
      else if (keys[i].type == LIKENESS_KEY_DOUBLE)
        likeness_json_add_number (builder, keys[i].name, *(const double *)field, "");
      else if (keys[i].type == LIKENESS_KEY_BOOLEAN)
        {
          json_builder_set_member_name (builder, keys[i].name);
          json_builder_add_boolean_value (builder, *(const gboolean *)field);
        }
      else if (keys[i].type == LIKENESS_KEY_INPUT && self->input > 0)
        likeness_json_add_count (builder, keys[i].name, self->input);
      else if (*text != '\0')
        likeness_json_add_bytes (builder, keys[i].name, text);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* The value of a member as likeness_run_config_set() takes it; %NULL for what is no
 * value. */
static char *
get_text (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (type == G_TYPE_STRING)
    return likeness_json_unescape (json_node_get_string (node));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return likeness_json_number_to_string (json_node_get_double (node));
}

static gboolean
set_member (LikenessRunConfig *self, JsonObject *object, const char *name, GError **error)
{
  g_autofree char *text = get_text (json_object_get_member (object, name));
  g_autofree char *quoted = NULL;

  if (text != NULL)
    return likeness_run_config_set (self, name, text, error);
  quoted = likeness_quote (name);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
               _ ("“%s” must be a text, a number, true or false"), quoted);
  return FALSE;
}

/* The members that set others. */
static const char *const bases[] = {"edgeface", "from_scratch", "preset"};

static gboolean
is_base (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    if (g_str_equal (bases[i], name))
      return TRUE;
  return FALSE;
}

LikenessRunConfig *
likeness_run_config_load (const char *path, GError **error)
{
  g_autoptr (JsonNode) root = likeness_json_load (path, MAX_BYTES, error);
  g_autoptr (LikenessRunConfig) self = likeness_run_config_new ();
  g_autoptr (GList) names = NULL;
  JsonObject *object;
  gboolean set = TRUE;

  if (root == NULL)
    return NULL;
  object = json_node_get_object (root);
  names = json_object_get_members (object);
  /* First, as they set others that the file may change again. */
  for (guint i = 0; set && i < G_N_ELEMENTS (bases); i++)
    if (json_object_has_member (object, bases[i]))
      set = set_member (self, object, bases[i], error);
  for (GList *l = names; set && l != NULL; l = l->next)
    if (!is_base (l->data))
      set = set_member (self, object, l->data, error);
  if (!set)
    {
      g_autofree char *display = likeness_display_name (path);

      g_prefix_error (error, _ ("“%s” cannot be used. "), display);
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
likeness_run_config_save (const LikenessRunConfig *self, const char *path, GError **error)
{
  g_autoptr (JsonNode) root = likeness_run_config_to_json (self);

  return likeness_json_save (root, path, error);
}
