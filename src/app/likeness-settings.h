/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * likeness_settings_new:
 *
 * What the window remembers.
 *
 * Returns: (transfer full) (nullable): %NULL where the schema is not installed; then
 *   nothing is remembered
 */
GSettings *likeness_settings_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
