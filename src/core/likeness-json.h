/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * likeness_json_number_to_string:
 *
 * The shortest text that reads back as the same double, C locale: 0.3, not
 * 0.29999999999999999. (transfer full)
 */
char *likeness_json_number_to_string (double value) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_json_to_string:
 * @indent: spread over lines for people; otherwise one line
 *
 * As json_to_string(), with numbers as likeness_json_number_to_string() writes them and
 * what is not finite as null. (transfer full)
 */
char *likeness_json_to_string (JsonNode *node, gboolean indent) G_GNUC_WARN_UNUSED_RESULT;

/** Writes @node over lines to @path, replacing the file in one step, durably. */
gboolean likeness_json_save (JsonNode *node, const char *path, GError **error);

/**
 * likeness_json_parse:
 * @length: bytes, or -1 for a string
 *
 * Parses a stranger's text: it must be UTF-8 and JSON (RFC 8259, no comments), one object
 * at the top, and not nested deeper than 64.
 *
 * Returns: (transfer full): the node of the object, or %NULL with
 *   %LIKENESS_ERROR_BAD_FORMAT
 */
JsonNode *likeness_json_parse (const char *text,
                               gssize length,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_json_load:
 * @most: a file of more bytes is refused with %LIKENESS_ERROR_TOO_LARGE
 *
 * likeness_json_parse() of a file; the error names it. (transfer full)
 */
JsonNode *likeness_json_load (const char *path,
                              gsize most,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Reads a whole regular file of at most @most bytes; the error names it. */
gboolean likeness_json_read_file (
    const char *path, gsize most, char **contents, gsize *length, GError **error);

/**
 * likeness_json_escape:
 *
 * File names are bytes and JSON is UTF-8: a byte that is no UTF-8 becomes \xHH, a
 * backslash \\. (transfer full)
 */
char *likeness_json_escape (const char *bytes) G_GNUC_WARN_UNUSED_RESULT;
/** The bytes again; %NULL where @text is not what likeness_json_escape() makes. (transfer
 * full) */
char *likeness_json_unescape (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Getters that trust nothing: a wrong type or range is %LIKENESS_ERROR_BAD_FORMAT that
 * names the member. A missing member leaves @value as it is. */

/** null is NaN. */
gboolean likeness_json_get_number (JsonObject *object,
                                   const char *name,
                                   double *value,
                                   GError **error);
/** A whole number from 0 to @most. */
gboolean likeness_json_get_count (
    JsonObject *object, const char *name, guint64 most, guint64 *value, GError **error);
gboolean likeness_json_get_uint (JsonObject *object,
                                 const char *name,
                                 guint *value,
                                 GError **error);
gboolean likeness_json_get_boolean (JsonObject *object,
                                    const char *name,
                                    gboolean *value,
                                    GError **error);
/** A copy; null is %NULL; a value that @value held is freed. */
gboolean likeness_json_get_string (JsonObject *object,
                                   const char *name,
                                   char **value,
                                   GError **error);
/** As likeness_json_get_string(), through likeness_json_unescape(). */
gboolean likeness_json_get_bytes (JsonObject *object,
                                  const char *name,
                                  char **value,
                                  GError **error);
/** Borrowed; null or missing leaves @value as it is. */
gboolean likeness_json_get_object (JsonObject *object,
                                   const char *name,
                                   JsonObject **value,
                                   GError **error);
/** Borrowed; null or missing leaves @value as it is. */
gboolean likeness_json_get_array (JsonObject *object,
                                  const char *name,
                                  JsonArray **value,
                                  GError **error);

/** Adds `"name": value`, or null and `"name_reason": reason` where @value is not finite.
 */
void likeness_json_add_number (JsonBuilder *builder,
                               const char *name,
                               double value,
                               const char *reason);
void likeness_json_add_count (JsonBuilder *builder, const char *name, guint64 value);
/** Nothing is added for %NULL. */
void likeness_json_add_string (JsonBuilder *builder, const char *name, const char *value);
/** As likeness_json_add_string(), through likeness_json_escape(). */
void likeness_json_add_bytes (JsonBuilder *builder, const char *name, const char *value);

G_END_DECLS
