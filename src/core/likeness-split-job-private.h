/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <sys/stat.h>

#include "likeness-digest.h"
#include "likeness-file-calls.h"
#include "likeness-split-job.h"

G_BEGIN_DECLS

/** A source file as it was when it was looked at. */
typedef struct
{
  const char *path; /* relative to the root, bytes; NULL: there is no such file */
  guint64 size;
  struct timespec modified;
  LikenessDigest digest;
  gboolean has_digest;
} LikenessJobFile;

/** The files of a face: the best image there is, and its low-resolution partner. */
#define LIKENESS_FILES_PER_FACE 2

struct _LikenessSplitJob
{
  char *root; /* absolute */
  LikenessLayout layout;
  guint split_mask;
  gsize n_faces;
  LikenessPlanFace *faces;
  LikenessJobFile *files; /* LIKENESS_FILES_PER_FACE a face */
  gboolean *unreadable;   /* one a face */
  GStringChunk *strings;
  GPtrArray *unusable; /* names of subjects, in the strings, sorted */
  gboolean was_read;
  LikenessPlanOptions options; /* of the plan */
  LikenessSplitPlan *plan;
  LikenessSplitSeconds seconds;
};

/** (transfer full): absolute. */
char *likeness_split_job_dup_file_path (const LikenessSplitJob *self,
                                        const LikenessJobFile *file);
void likeness_job_file_take_status (LikenessJobFile *self, const struct stat *status);
gboolean likeness_job_file_has_status (const LikenessJobFile *self,
                                       const struct stat *status);

/** likeness_split_job_commit() with the calls of a test. */
gboolean likeness_split_job_commit_with (LikenessSplitJob *self,
                                         const LikenessCommitOptions *options,
                                         const LikenessFileCalls *calls,
                                         LikenessProgress *progress,
                                         GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
