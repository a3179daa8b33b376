/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LikenessRunItem:
 *
 * A run folder in a list. Properties for `<lookup>`: "name" (of its data set), "date"
 * (when it began), "title" (both on one line).
 */
#define LIKENESS_TYPE_RUN_ITEM (likeness_run_item_get_type ())
G_DECLARE_FINAL_TYPE (LikenessRunItem, likeness_run_item, LIKENESS, RUN_ITEM, GObject)

/**
 * likeness_run_item_new:
 * @folder: the run folder, bytes
 * @changed: when its log was last written to, seconds since 1970: shown where the
 * folder's name does not begin with a date
 */
LikenessRunItem *likeness_run_item_new (const char *folder,
                                        gint64 changed) G_GNUC_WARN_UNUSED_RESULT;
const char *likeness_run_item_get_folder (LikenessRunItem *self);
/** Newest first, then by folder. */
int likeness_run_item_compare (LikenessRunItem *a, LikenessRunItem *b);

G_END_DECLS
