/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-json.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"

static void
assert_number (double value, const char *expected)
{
  g_autofree char *text = likeness_json_number_to_string (value);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, value);
}

/* Shortest forms as Python's repr() gives them. */
static void
test_numbers (void)
{
  /* A comma for a point where that locale is installed. */
  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  assert_number (0.3, "0.3");
  assert_number (0.1 + 0.2, "0.30000000000000004");
  assert_number (1544.0 / 2134, "0.7235238987816307");
  assert_number (1e-4, "0.0001");
  assert_number (64, "64");
  assert_number (-1.5e300, "-1.5e+300");
  assert_number (5e-324, "4.94065645841247e-324");
  setlocale (LC_NUMERIC, "C");
}

static void
test_write (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *lines = NULL;

  json_builder_begin_object (builder);
  likeness_json_add_number (builder, "sim", 0.3, "");
  likeness_json_add_number (builder, "one", 1, "");
  likeness_json_add_number (builder, "top1", NAN, "too few");
  likeness_json_add_count (builder, "n", 7);
  likeness_json_add_bytes (builder, "name", "a\"\\\n\xff");
  json_builder_set_member_name (builder, "list");
  json_builder_begin_array (builder);
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "empty");
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = likeness_json_to_string (root, FALSE);
  g_assert_cmpstr (line, ==,
                   "{\"sim\": 0.3, \"one\": 1.0, \"top1\": null, \"top1_reason\": "
                   "\"too few\", \"n\": 7, \"name\": \"a\\\"\\\\\\\\\\n\\\\xff\", "
                   "\"list\": [true], \"empty\": {}}");
  lines = likeness_json_to_string (root, TRUE);
  again = likeness_json_parse (lines, -1, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (root, again));
}

static void
assert_refused (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = likeness_json_parse (text, length, &error);

  g_assert_null (node);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
}

static void
test_hostile (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autofree char *quoted = g_strconcat ("{\"a\":/*\"*/", deep, NULL);
  g_autofree char *objects = NULL;
  g_autoptr (GString) nested = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (nested, "{\"a\":");
  objects = g_strdup (nested->str);
  assert_refused (deep, -1);
  assert_refused (quoted, -1);
  assert_refused (objects, -1);
  assert_refused ("", -1);
  assert_refused ("   ", -1);
  assert_refused ("[1]", -1);
  assert_refused ("7", -1);
  assert_refused ("{\"a\": NaN}", -1);
  assert_refused ("{\"a\": 1", -1);
  assert_refused ("{\"a\": \"1", -1);
  assert_refused ("{\"a\": 1}}", -1);
  assert_refused ("{\"a\": 1}{\"a\": 1}", -1);
  assert_refused ("{\"a\": 1} []", -1);
  assert_refused ("7 {\"a\": 1}", -1);
  assert_refused ("}", -1);
  assert_refused ("{\"a\": }", -1);
  assert_refused ("{a: 1}", -1);
  assert_refused ("{'a': 1}", -1);
  assert_refused ("{\"a\": \"\xff\"}", -1);
  assert_refused ("{\"a\": 1}\0", 9);
  assert_refused ("var x = {\"a\": 1}", -1);
  assert_refused ("{\"a\": \"\\", -1);
  assert_refused ("\x89PNG\r\n", -1);
}

/* What would fill the memory, or keep a table of names busy, from a few megabytes. */
static void
test_bombs (void)
{
  g_autoptr (GString) values = g_string_new ("{\"a\": [0");
  g_autoptr (GString) members = g_string_new ("{\"a\": 0");
  g_autoptr (GString) good = g_string_new ("{\"a\": [");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (values, ",0");
  g_string_append (values, "]}");
  assert_refused (values->str, -1);

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (members, ", \"number %u\": 0", i);
  g_string_append (members, "}");
  assert_refused (members->str, -1);

  /* Many small objects are no large one. */
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (good, "%s{\"path\": \"%u.png\", \"n\": 1}", i > 0 ? ", " : "",
                            i);
  g_string_append (good, "]}");
  node = likeness_json_parse (good->str, -1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
}

/* json-glib repeats what it cannot read, and cuts it within a letter. */
static void
test_messages (void)
{
  for (guint n = 100; n < 300; n++)
    {
      g_autoptr (GString) text = g_string_new ("{\"");
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append (text, i == 0 && n % 2 == 0 ? "e" : "\xc3\xa9");
      g_string_append (text, "\" 1}");
      g_assert_null (likeness_json_parse (text->str, -1, &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_getters (void)
{
  static const char *const text
      = "{\"wide\": 18446744073709551616, \"huge\": 1e999, \"minus\": -1, \"half\": 0.5,"
        " \"text\": \"x\", \"none\": null, \"list\": [], \"object\": {}, \"yes\": true,"
        " \"bad\": \"\\\\q\", \"zero\": \"\\\\x00\"}";
  static const char *const not_counts[]
      = {"huge", "minus", "half", "text", "none", "list", "object", "yes"};
  static const char *const not_numbers[] = {"huge", "text", "list", "object", "yes"};
  static const char *const not_strings[] = {"wide", "half", "list", "object", "yes"};
  g_autoptr (JsonNode) root = likeness_json_parse (text, -1, NULL);
  JsonObject *object = json_node_get_object (root);
  JsonObject *member = NULL;
  JsonArray *array = NULL;
  g_autofree char *string = g_strdup ("before");
  gboolean yes = FALSE;
  double number = 3;
  guint64 count = 5;

  for (guint i = 0; i < G_N_ELEMENTS (not_counts); i++)
    g_assert_false (
        likeness_json_get_count (object, not_counts[i], G_MAXINT64, &count, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (not_numbers); i++)
    g_assert_false (likeness_json_get_number (object, not_numbers[i], &number, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (not_strings); i++)
    g_assert_false (likeness_json_get_string (object, not_strings[i], &string, NULL));
  g_assert_cmpuint (count, ==, 5);
  g_assert_cmpfloat (number, ==, 3);
  g_assert_cmpstr (string, ==, "before");
  g_assert_false (likeness_json_get_bytes (object, "bad", &string, NULL));
  g_assert_false (likeness_json_get_bytes (object, "zero", &string, NULL));
  g_assert_false (likeness_json_get_object (object, "list", &member, NULL));
  g_assert_false (likeness_json_get_array (object, "object", &array, NULL));
  g_assert_false (likeness_json_get_boolean (object, "half", &yes, NULL));

  g_assert_true (likeness_json_get_count (object, "missing", 9, &count, NULL));
  g_assert_cmpuint (count, ==, 5);
  g_assert_true (likeness_json_get_number (object, "none", &number, NULL));
  g_assert_true (isnan (number));
  g_assert_true (likeness_json_get_number (object, "minus", &number, NULL));
  g_assert_cmpfloat (number, ==, -1);
  g_assert_true (likeness_json_get_boolean (object, "yes", &yes, NULL));
  g_assert_true (yes);
  g_assert_true (likeness_json_get_string (object, "none", &string, NULL));
  g_assert_null (string);
}

static void
test_escape (void)
{
  static const char *const names[] = {"plain.png", "caf\xc3\xa9", "caf\xe9.png", "a\\b",
                                      "\\xff",     "\xff\xfe",    "\n",          ""};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = likeness_json_escape (names[i]);
      g_autofree char *bytes = likeness_json_unescape (text);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpstr (bytes, ==, names[i]);
    }
}

static void
test_files (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "a.json", NULL);
  g_autofree char *missing = g_build_filename (root, "b.json", NULL);
  g_autofree char *fifo = g_build_filename (root, "fifo", NULL);
  g_autofree char *bytes = g_build_filename (root, "\xff.json", NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  likeness_test_tree_write (root, "a.json", "{\"a\": 1}", -1);
  node = likeness_json_load (path, 8, &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
  g_assert_null (likeness_json_load (path, 7, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (likeness_json_load (missing, 8, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* A name may be any bytes, a message is text. */
  g_assert_null (likeness_json_load (bytes, 8, &error));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_clear_error (&error);
  g_assert_null (likeness_json_load (root, 8, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_null (likeness_json_load (fifo, 8, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
  g_assert_nonnull (strstr (error->message, fifo));
  likeness_test_tree_remove (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/numbers/shortest", test_numbers);
  g_test_add_func ("/json/write", test_write);
  g_test_add_func ("/json/parse/hostile", test_hostile);
  g_test_add_func ("/json/parse/bombs", test_bombs);
  g_test_add_func ("/json/parse/messages-are-text", test_messages);
  g_test_add_func ("/json/getters/wrong-types", test_getters);
  g_test_add_func ("/json/escape/round-trip", test_escape);
  g_test_add_func ("/json/load/files", test_files);
  return g_test_run ();
}
