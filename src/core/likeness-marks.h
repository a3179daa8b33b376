/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"

G_BEGIN_DECLS

/**
 * LikenessMarks:
 *
 * What a person decided about a data set: excluded subjects, excluded faces, pinned
 * faces. Kept in the user's data folder, under `likeness/datasets/` and the XXH3-128 of
 * the data set's absolute path, never in the data set: `pins.tsv`, which
 * `likeness-cli split --pins` reads, and `excluded.tsv`, a `subject<TAB>name` or
 * `face<TAB>relative path` a line. Names are written by likeness_json_escape().
 *
 * Atomic reference count; belongs to one thread at a time but for
 * likeness_marks_save_async() and likeness_marks_wait_saved().
 */
typedef struct _LikenessMarks LikenessMarks;

/** A face that is not where it was when it was marked; relative paths, bytes. */
typedef struct
{
  char *from;
  char *to; /* where it was found; NULL: nowhere, or in more than one place */
} LikenessMove;

/**
 * likeness_marks_load:
 * @root: absolute path of the data set; it need not exist
 *
 * What was saved for @root, or nothing marked. Blocks. A line that is no mark is passed
 * over.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_NOT_READABLE or _TOO_LARGE
 */
LikenessMarks *likeness_marks_load (const char *root,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
LikenessMarks *likeness_marks_ref (LikenessMarks *self);
void likeness_marks_unref (LikenessMarks *self);

/**
 * likeness_marks_apply:
 *
 * Marks the faces and subjects of a fresh data set. A marked face that is not in its
 * place is looked for by its name; where one face alone has it, the mark goes with it. A
 * mark without a face is kept: the face may come back.
 *
 * Returns: (transfer full) (element-type LikenessMove): what has moved, or is gone
 */
GPtrArray *likeness_marks_apply (LikenessMarks *self,
                                 LikenessDataset *dataset) G_GNUC_WARN_UNUSED_RESULT;

/** These mark the object, and remember it. */
void likeness_marks_set_subject_excluded (LikenessMarks *self,
                                          LikenessSubject *subject,
                                          gboolean excluded);
void likeness_marks_set_face_excluded (LikenessMarks *self,
                                       LikenessFace *face,
                                       gboolean excluded);
void likeness_marks_set_pin (LikenessMarks *self, LikenessFace *face, LikenessPin pin);

/**
 * likeness_marks_save_async:
 *
 * Writes what is marked now, on a worker thread; each file is replaced in one step. Of
 * several calls at once the last one wins.
 */
void likeness_marks_save_async (LikenessMarks *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean
likeness_marks_save_finish (LikenessMarks *self, GAsyncResult *result, GError **error);

/** Blocks until every save that was asked for is written, or has failed; on any thread.
 */
void likeness_marks_wait_saved (LikenessMarks *self);

/** (transfer full): the folder that the marks are kept in. */
char *likeness_marks_dup_folder (LikenessMarks *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessMarks, likeness_marks_unref)

G_END_DECLS
