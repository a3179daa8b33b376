/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-file-calls.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessLeftover:
 *
 * A hidden folder that a killed process left beside the target it was making
 * (likeness-staging.h), and that nobody writes any more.
 */
typedef struct
{
  char *path;        /* owned, bytes */
  char *target_name; /* owned, bytes */
  gboolean is_old;   /* the former target, moved away by a replacement */
  gboolean is_last;  /* is_old, and the target is gone: clearing moves it back */
  guint n_files;
} LikenessLeftover;

void likeness_leftover_free (LikenessLeftover *self);

/**
 * likeness_leftover_find:
 * @folder: path, bytes
 * @name: (nullable): the target's name; %NULL for those of every target but the ones
 * whose name was too long to stay whole
 *
 * Looks for them in @folder. Blocks: counts the files.
 *
 * Returns: (transfer full) (element-type LikenessLeftover): sorted by name bytes
 */
GPtrArray *likeness_leftover_find (const char *folder,
                                   const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_leftover_clear:
 *
 * Removes it, or moves it back where it is the last of its target. One that somebody
 * writes by now is left alone. Blocks.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_NOT_WRITABLE where something is still there
 */
gboolean likeness_leftover_clear (const LikenessLeftover *self,
                                  LikenessProgress *progress,
                                  GError **error);

/** (transfer full): one translated sentence without an end mark: what it is, how many
 * files. */
char *likeness_leftover_describe (const LikenessLeftover *self) G_GNUC_WARN_UNUSED_RESULT;

/* For likeness-staging.c. */

/** ".NAME.likeness-", shortened where the hidden name would not fit. (transfer full) */
char *likeness_leftover_make_prefix (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** Whether it is what follows the prefix: "XXXXXX" or "old-XXXXXX". */
gboolean likeness_leftover_parse_suffix (const char *suffix, gboolean *is_old);
/** The names of the hidden folders in the open folder @parent that begin so. (transfer
 * full) */
GPtrArray *likeness_leftover_list (const LikenessFileCalls *calls,
                                   int parent,
                                   const char *prefix) G_GNUC_WARN_UNUSED_RESULT;
/** Opens and locks a hidden folder that nobody writes, or returns -1: the lock ends with
 * the process that held it. */
int likeness_leftover_take (const LikenessFileCalls *calls, int parent, const char *name);

#define LIKENESS_LEFTOVER_OLD_MARK "old-"
#define LIKENESS_LEFTOVER_N_RANDOM 6

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessLeftover, likeness_leftover_free)

G_END_DECLS
