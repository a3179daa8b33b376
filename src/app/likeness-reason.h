/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LikenessReason:
 *
 * Something that was left out, and why. Properties for `<lookup>`: "name", "reason".
 */
#define LIKENESS_TYPE_REASON (likeness_reason_get_type ())
G_DECLARE_FINAL_TYPE (LikenessReason, likeness_reason, LIKENESS, REASON, GObject)

/** @name: file name bytes; shown as valid UTF-8 */
LikenessReason *likeness_reason_new (const char *name,
                                     const char *reason) G_GNUC_WARN_UNUSED_RESULT;
const char *likeness_reason_get_name (LikenessReason *self);
const char *likeness_reason_get_reason (LikenessReason *self);

G_END_DECLS
