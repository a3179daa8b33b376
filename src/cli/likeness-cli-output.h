/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** Prints the object of @builder to standard output. */
void likeness_cli_print_json (JsonBuilder *builder);

/** Adds `{"path": ..., "reason": ...}` to the array that is open: an item of "skipped".
 */
void likeness_cli_add_skip (JsonBuilder *builder, const char *path, const char *reason);

/** Prints a name from the disk so that it stays on its line. */
void likeness_cli_print_item (const char *name, const char *detail);

G_END_DECLS
