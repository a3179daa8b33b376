/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_ENTRY_FILE,   /* a regular file, or a link to one */
  LIKENESS_ENTRY_FOLDER, /* a folder, or a link to one */
  LIKENESS_ENTRY_BROKEN, /* a link that leads nowhere or in a circle */
  LIKENESS_ENTRY_OTHER,  /* FIFO, socket, device: never to be opened */
} LikenessEntryKind;

typedef struct
{
  char *name; /* owned, bytes */
  LikenessEntryKind kind;
  gboolean is_link;
} LikenessFolderEntry;

/**
 * LikenessFolderListing:
 *
 * What stands directly in one folder, sorted by name bytes, so that nothing depends on
 * the order of the file system.
 */
typedef struct
{
  guint64 device; /* device and inode tell the folder from every other one */
  guint64 inode;
  GArray *entries; /* of LikenessFolderEntry, owned */
} LikenessFolderListing;

/** How many entries are known when a folder of more of them is peeked into. */
#define LIKENESS_FOLDER_PEEK 4096

/** @begun: (transfer none): the first entries, in the order of the file system. */
typedef void (*LikenessFolderPeekFunc) (const LikenessFolderListing *begun,
                                        gpointer user_data);

/**
 * likeness_folder_listing_new:
 * @peek: (nullable): called once on the way where there are %LIKENESS_FOLDER_PEEK entries
 * or more
 *
 * Returns: (transfer full): the listing, or %NULL with %LIKENESS_ERROR_NOT_FOUND,
 *   _NOT_A_FOLDER, _NOT_READABLE (a sentence that does not repeat the folder's name) or
 *   %G_IO_ERROR_CANCELLED
 */
LikenessFolderListing *
likeness_folder_listing_new (const char *path,
                             LikenessFolderPeekFunc peek,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_folder_listing_free (LikenessFolderListing *self);

guint likeness_folder_listing_get_n_entries (const LikenessFolderListing *self);
const LikenessFolderEntry *
likeness_folder_listing_get_entry (const LikenessFolderListing *self, guint position);

/** (nullable): the entry of that name where it is of that kind, or %NULL. */
const LikenessFolderEntry *likeness_folder_listing_find (
    const LikenessFolderListing *self, const char *name, LikenessEntryKind kind);

/** How many entries that are no folders have the name of a picture. */
guint likeness_folder_listing_count_pictures (const LikenessFolderListing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessFolderListing, likeness_folder_listing_free)

G_END_DECLS
