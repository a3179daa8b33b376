/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face.h"
#include "likeness-image-quality.h"

G_BEGIN_DECLS

/** What the file of a face says about itself. */
typedef struct
{
  guint64 bytes;
  int width; /* 0: it cannot be read; see error */
  int height;
  int low_width; /* 0: there is no partner, or it cannot be read */
  int low_height;
  /* Of the partner, enlarged bilinearly to 112x112 as training does. NaN: not known. */
  LikenessImageQuality quality;
  char *error; /* why the face, or its quality, cannot be had; NULL: it can */
} LikenessFaceFacts;

void likeness_face_facts_free (LikenessFaceFacts *self);

/** Reads and measures on a worker thread. */
void likeness_face_facts_load_async (LikenessFace *face,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/** (transfer full): or %NULL with %G_IO_ERROR_CANCELLED. */
LikenessFaceFacts *likeness_face_facts_load_finish (GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessFaceFacts, likeness_face_facts_free)

G_END_DECLS
