/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"

G_BEGIN_DECLS

/** A frozen face: plain strings that may cross threads. */
typedef struct
{
  char *path;     /* absolute: the best image there is */
  char *low_path; /* absolute, or NULL where there is no partner */
  guint32 label;  /* index into the list's subjects */
} LikenessListedFace;

/**
 * LikenessFaceList:
 *
 * Faces and labels frozen for a worker thread: made on the thread that owns the data set,
 * then only read. Atomic reference count.
 */
typedef struct
{
  guint n_subjects;
  char **subjects; /* %NULL-terminated names, bytes, sorted by bytes */
  guint n_faces;
  LikenessListedFace *faces; /* by subject, then by name */
} LikenessFaceList;

/**
 * likeness_face_list_new:
 * @split_mask: bit (1 << split) for each split that is wanted
 *
 * Excluded subjects and faces, and subjects without a face in the wanted splits are left
 * out; labels of two lists are compared by likeness_face_list_find_subject(). (transfer full)
 */
LikenessFaceList *likeness_face_list_new (LikenessDataset *dataset,
                                          guint split_mask) G_GNUC_WARN_UNUSED_RESULT;
LikenessFaceList *likeness_face_list_ref (LikenessFaceList *self);
void likeness_face_list_unref (LikenessFaceList *self);
/** Index of @subject among the list's subjects, or -1. */
int likeness_face_list_find_subject (const LikenessFaceList *self, const char *subject);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessFaceList, likeness_face_list_unref)

G_END_DECLS
