/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <math.h>
#include <string.h>

#include "likeness-split-plan.h"

G_BEGIN_DECLS

/** Faces that stand on no disk, for the plan's tests. */
typedef struct
{
  GStringChunk *strings;
  GArray *array;
  LikenessPlanFace *faces; /* array's data */
  gsize n;
} TestFaces;

static inline TestFaces *
test_faces_new (void)
{
  TestFaces *self = g_new0 (TestFaces, 1);

  self->strings = g_string_chunk_new (4096);
  self->array = g_array_new (FALSE, TRUE, sizeof (LikenessPlanFace));
  return self;
}

static inline void
test_faces_free (TestFaces *self)
{
  g_string_chunk_free (self->strings);
  g_array_unref (self->array);
  g_free (self);
}

static inline LikenessPlanFace *
test_faces_add_named (TestFaces *self, const char *subject, const char *name)
{
  g_autofree char *path = g_strconcat ("train/", name, NULL);
  LikenessPlanFace face = {
      .subject = g_string_chunk_insert_const (self->strings, subject),
      .name = g_string_chunk_insert_const (self->strings, name),
      .path = g_string_chunk_insert_const (self->strings, path),
      .origin = LIKENESS_SPLIT_TRAIN,
  };

  g_array_append_val (self->array, face);
  self->faces = (LikenessPlanFace *)self->array->data;
  self->n = self->array->len;
  return &self->faces[self->n - 1];
}

/** @n faces, each unlike every other. */
static inline void
test_faces_add (TestFaces *self, const char *subject, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s_%04u.png", subject, i);
      test_faces_add_named (self, subject, name);
    }
}

static inline void
test_faces_set_hash (TestFaces *self, gsize index, guint64 hash)
{
  self->faces[index].hash = hash;
  self->faces[index].has_hash = TRUE;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFaces, test_faces_free)

G_END_DECLS
