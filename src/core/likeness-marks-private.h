/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-marks.h"

G_BEGIN_DECLS

/* What stands in the table of faces: the pin, and this where it is excluded. */
#define LIKENESS_MARK_EXCLUDED 4u
#define LIKENESS_MARK_PIN 3u

struct _LikenessMarks
{
  /* Owned */
  char *root;
  char *folder;
  GHashTable *subjects; /* a set of ids, bytes */
  GHashTable *faces;    /* relative path, bytes -> pin and LIKENESS_MARK_EXCLUDED */

  /* Of the saves that were asked for, under the mutex: */
  GMutex mutex;
  GCond finished;
  guint n_asked;
  guint n_finished; /* the last one that was tried */
};

/** What stands for @path; 0: nothing. */
guint likeness_marks_look_up (LikenessMarks *self, const char *path);
/** @path: (transfer full); @mark: 0 takes it out */
void likeness_marks_put (LikenessMarks *self, char *path, guint mark);

G_END_DECLS
