/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-json.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-quote.h"

/* json-glib 1.6 parses by recursion, without a limit of its own. */
#define MAX_DEPTH 64
/* It takes about a hundred bytes for each value, however short: what we write has one
 * every fifteen bytes or more, in the largest file some eight million. */
#define MIN_BYTES_A_VALUE 8
#define FREE_VALUES 1024
#define MAX_VALUES 10000000
/* The names of an object's members can be chosen so that all meet in one place of its
 * table; no object of ours has a quarter of this. */
#define MAX_MEMBERS 256

char *
likeness_json_number_to_string (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[] = "%.15g";

      format[3] = '0' + digits - 10;
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  return g_strdup (text);
}

static void
write_indent (GString *out, gboolean indent, guint depth)
{
  if (!indent)
    return;
  g_string_append_c (out, '\n');
  for (guint i = 0; i < 2 * depth; i++)
    g_string_append_c (out, ' ');
}

static void
write_string (GString *out, const char *string)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), string);
  g_autofree char *text = json_to_string (node, FALSE);

  g_string_append (out, text);
}

static void
write_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    write_string (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (isfinite (json_node_get_double (node)))
    {
      g_autofree char *text
          = likeness_json_number_to_string (json_node_get_double (node));

      g_string_append (out, text);
      /* A reader must not take 1.0 for a whole number. */
      if (strpbrk (text, ".e") == NULL)
        g_string_append (out, ".0");
    }
  else
    g_string_append (out, "null");
}

static void
write_node (GString *out, JsonNode *node, gboolean indent, guint depth)
{
  const char *separator = indent ? "," : ", ";

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonObjectIter iter;
      const char *name;
      JsonNode *child;
      gboolean first = TRUE;

      g_string_append_c (out, '{');
      json_object_iter_init_ordered (&iter, object);
      while (json_object_iter_next_ordered (&iter, &name, &child))
        {
          g_string_append (out, first ? "" : separator);
          first = FALSE;
          write_indent (out, indent, depth + 1);
          write_string (out, name);
          g_string_append (out, ": ");
          write_node (out, child, indent, depth + 1);
        }
      if (!first)
        write_indent (out, indent, depth);
      g_string_append_c (out, '}');
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint n = json_array_get_length (array);

      g_string_append_c (out, '[');
      for (guint i = 0; i < n; i++)
        {
          g_string_append (out, i == 0 ? "" : separator);
          write_indent (out, indent, depth + 1);
          write_node (out, json_array_get_element (array, i), indent, depth + 1);
        }
      if (n > 0)
        write_indent (out, indent, depth);
      g_string_append_c (out, ']');
    }
  else if (JSON_NODE_HOLDS_VALUE (node))
    write_value (out, node);
  else
    g_string_append (out, "null");
}

char *
likeness_json_to_string (JsonNode *node, gboolean indent)
{
  GString *out = g_string_new (NULL);

  write_node (out, node, indent, 0);
  return g_string_free (out, FALSE);
}

gboolean
likeness_json_save (JsonNode *node, const char *path, GError **error)
{
  g_autofree char *text = likeness_json_to_string (node, TRUE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autofree char *display = likeness_display_name (path);
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents_full (
          path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
          0666, &local))
    return TRUE;
  g_set_error (error, LIKENESS_ERROR,
               g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                   ? LIKENESS_ERROR_NO_SPACE
                   : LIKENESS_ERROR_NOT_WRITABLE,
               _ ("“%s” could not be written: %s"), display, local->message);
  return FALSE;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT, sentence);
  return FALSE;
}

#define SPACES " \t\r\n"

/* json-glib takes comments, assignments and any depth; a file of ours has none of them.
 */
static gboolean
check_text (const char *text, gsize length, GError **error)
{
  gsize values_left = MIN (FREE_VALUES + length / MIN_BYTES_A_VALUE, MAX_VALUES);
  guint members[MAX_DEPTH + 1] = {0};
  gboolean in_string = FALSE;
  gboolean ended = FALSE;
  guint depth = 0;

  if (!g_utf8_validate_len (text, length, NULL))
    return refuse (error, _ ("It is not UTF-8 text"));
  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      /* json-glib takes a second text behind the first, and forgets to free that. */
      else if (ended && strchr (SPACES, c) == NULL)
        return refuse (error, _ ("It goes on behind its end"));
      else if (depth == 0 && strchr (SPACES "{[", c) == NULL)
        return refuse (error, _ ("It is not a JSON object"));
      else if (c == '"')
        in_string = TRUE;
      else if (c == '{' || c == '[')
        {
          if (++depth > MAX_DEPTH)
            return refuse (error, _ ("It is nested too deeply"));
          members[depth] = 0;
        }
      else if (c == '}' || c == ']')
        ended = --depth == 0;
      else if (strchr (SPACES ",:+-.0123456789Etruefalsn", c) == NULL)
        return refuse (error, _ ("It is not JSON"));
      else if (c == ':' && ++members[depth] > MAX_MEMBERS)
        return refuse (error, _ ("An object in it has too many members"));
      /* Each value but the first stands behind one of these, or behind a colon. */
      if (!in_string && (c == ',' || c == '{' || c == '[') && values_left-- == 0)
        return refuse (error, _ ("It has too many values"));
    }
  if (in_string || depth > 0)
    return refuse (error, _ ("It ends in the middle"));
  return TRUE;
}

JsonNode *
likeness_json_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) local = NULL;
  JsonNode *root;

  if (length < 0)
    length = strlen (text);
  if (!check_text (text, length, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, length, &local))
    {
      /* json-glib repeats some of the text, cut within a letter. */
      g_autofree char *reason = likeness_quote (local->message);

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                   _ ("It is not JSON: %s"), reason);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse (error, _ ("It is not a JSON object"));
      return NULL;
    }
  return json_parser_steal_root (parser);
}

gboolean
likeness_json_read_file (
    const char *path, gsize most, char **contents, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *display = likeness_display_name (path);
  g_autofree char *bytes = NULL;
  gsize size, done = 0;

  /* The type is asked first: opening a FIFO would wait for ever. */
  info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
      G_FILE_QUERY_INFO_NONE, NULL, &local);
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                   _ ("“%s” is not a file"), display);
      return FALSE;
    }
  if (info != NULL && (guint64)g_file_info_get_size (info) > most)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                   _ ("“%s” is too large to be what its name says"), display);
      return FALSE;
    }
  if (info != NULL)
    stream = g_file_read (file, NULL, &local);
  if (stream != NULL)
    {
      size = g_file_info_get_size (info);
      bytes = g_malloc (size + 1);
      if (g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, size, &done, NULL,
                                   &local))
        {
          bytes[done] = '\0';
          *contents = g_steal_pointer (&bytes);
          *length = done;
          return TRUE;
        }
    }
  g_set_error (error, LIKENESS_ERROR,
               g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                   ? LIKENESS_ERROR_NOT_FOUND
                   : LIKENESS_ERROR_NOT_READABLE,
               _ ("“%s” could not be read: %s"), display, local->message);
  return FALSE;
}

JsonNode *
likeness_json_load (const char *path, gsize most, GError **error)
{
  g_autofree char *contents = NULL;
  g_autofree char *display = likeness_display_name (path);
  gsize length = 0;
  JsonNode *node;

  if (!likeness_json_read_file (path, most, &contents, &length, error))
    return NULL;
  node = likeness_json_parse (contents, length, error);
  if (node == NULL)
    g_prefix_error (error, _ ("“%s” cannot be used. "), display);
  return node;
}

char *
likeness_json_escape (const char *bytes)
{
  GString *out = g_string_new (NULL);
  const char *end = bytes + strlen (bytes);

  while (bytes < end)
    {
      gunichar c = g_utf8_get_char_validated (bytes, end - bytes);

      if (c == (gunichar)-1 || c == (gunichar)-2)
        g_string_append_printf (out, "\\x%02x", (guint8)*bytes++);
      else
        {
          const char *next = g_utf8_next_char (bytes);

          if (c == '\\')
            g_string_append_c (out, '\\');
          g_string_append_len (out, bytes, next - bytes);
          bytes = next;
        }
    }
  return g_string_free (out, FALSE);
}

char *
likeness_json_unescape (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c != '\\')
      g_string_append_c (out, *c);
    else if (c[1] == '\\')
      g_string_append_c (out, *++c);
    else if (c[1] == 'x' && g_ascii_isxdigit (c[2]) && g_ascii_isxdigit (c[3]))
      {
        int byte = g_ascii_xdigit_value (c[2]) * 16 + g_ascii_xdigit_value (c[3]);

        if (byte == 0)
          return NULL;
        g_string_append_c (out, byte);
        c += 3;
      }
    else
      return NULL;
  return g_strdup (out->str);
}
