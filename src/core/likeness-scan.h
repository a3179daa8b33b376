/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-folder-listing.h"
#include "likeness-scan-stream.h"
#include "likeness-types.h"

G_BEGIN_DECLS

/** A folder of faces, and the one of their low-resolution partners. */
typedef struct
{
  LikenessSplit split;
  GRefString *subject;       /* NULL: a subject is told by its file names */
  GRefString *relative;      /* to the root, bytes; "" is the root itself */
  GRefString *directory;     /* absolute */
  GRefString *low_relative;  /* NULL: no partners are wanted */
  GRefString *low_directory; /* NULL: partners are wanted and their folder lacks */
  LikenessFolderListing *listing;
  LikenessFolderListing *low_listing; /* NULL as above */
} LikenessFaceFolder;

/**
 * LikenessScan:
 *
 * What is known while a folder is scanned; a helper of the scanner, in one thread.
 */
typedef struct
{
  /* Borrowed */
  GCancellable *cancellable;
  LikenessScanStream *stream; /* NULL: nobody looks on */

  /* Owned */
  char *root;      /* absolute, as it was asked for */
  char *real_root; /* links resolved */
  GHashTable *visited;
  GPtrArray *folders;           /* of LikenessFaceFolder */
  GPtrArray *skips;             /* of LikenessSkip */
  GHashTable *skipped_subjects; /* GRefString: bit (1 << split) where it has a skip */
  char *trouble; /* the first folder that could not be read, and why, or NULL */

  LikenessLayout layout;
} LikenessScan;

LikenessScan *likeness_scan_new (const char *path,
                                 GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void likeness_scan_free (LikenessScan *self);

/**
 * likeness_scan_skip:
 * @relative: the folder, relative to the root
 * @name: (nullable): an entry of it
 * @reason: a translated sentence
 */
void likeness_scan_skip (LikenessScan *self,
                         const char *relative,
                         const char *name,
                         const char *reason);

/** As likeness_scan_skip(), of a picture of @subject in @folder. */
void likeness_scan_skip_picture (LikenessScan *self,
                                 const LikenessFaceFolder *folder,
                                 GRefString *subject,
                                 const char *relative,
                                 const char *name,
                                 const char *reason);

/**
 * likeness_scan_enter:
 * @relative: a folder, relative to the root
 * @is_link: whether its last part is a link
 * @once: whether a folder that was entered before under another name is refused
 *
 * Lists a folder unless it is a link that leaves the root.
 *
 * Returns: (transfer full) (nullable): the listing; %NULL where it cannot be entered,
 *   which is then among the skips, or where the scan is cancelled
 */
LikenessFolderListing *likeness_scan_enter (LikenessScan *self,
                                            const char *relative,
                                            gboolean is_link,
                                            gboolean once) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_scan_enter_faces:
 * @low_relative: (nullable): where the partners are
 *
 * likeness_scan_enter(), once, of a folder of faces whose subjects are told by their file
 * names. The first of many go to who looks on while the others are listed.
 */
LikenessFolderListing *
likeness_scan_enter_faces (LikenessScan *self,
                           LikenessSplit split,
                           const char *relative,
                           const char *low_relative,
                           gboolean is_link) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full) (nullable): likeness_scan_enter_faces() for the root, where there may
 * be splits; with the errors of likeness_folder_listing_new(). */
LikenessFolderListing *
likeness_scan_enter_root (LikenessScan *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): the absolute path of @relative. */
GRefString *likeness_scan_make_absolute (LikenessScan *self,
                                         const char *relative) G_GNUC_WARN_UNUSED_RESULT;

/** How many bytes of a file's name tell its subject; 0: it tells none. */
gsize likeness_scan_measure_subject (const char *name);

/** Remembers an entered folder; %FALSE where it was there before. */
gboolean likeness_scan_visit (LikenessScan *self, const LikenessFolderListing *listing);

/** (transfer full): @name below @relative, which may be "". */
char *likeness_scan_join (const char *relative,
                          const char *name) G_GNUC_WARN_UNUSED_RESULT;

/** Adds a folder of faces. @listing and @low_listing: (transfer full). */
void likeness_scan_add_folder (LikenessScan *self,
                               LikenessSplit split,
                               const char *subject,
                               const char *relative,
                               LikenessFolderListing *listing,
                               const char *low_relative,
                               LikenessFolderListing *low_listing);

/** Lists the pictures of a folder that is no folder of faces, with the reason why they do
 * not count, and the links that lead nowhere. */
void likeness_scan_skip_pictures (LikenessScan *self,
                                  const char *relative,
                                  const LikenessFolderListing *listing,
                                  const char *reason);

/** Lists the folders inside a folder of faces: they are not looked into. */
void likeness_scan_skip_folders (LikenessScan *self,
                                 const char *relative,
                                 const LikenessFolderListing *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessScan, likeness_scan_free)

G_END_DECLS
