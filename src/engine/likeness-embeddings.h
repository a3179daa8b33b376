/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-measure.h"

G_BEGIN_DECLS

/**
 * LikenessEmbeddings:
 *
 * What one network makes of the faces of a measure: rows of 512 numbers of length 1.
 * Where a face as training sees it is the best image there is, both pointers are the
 * same.
 */
typedef struct
{
  float *train; /* best images */
  float *probe; /* the measure's probe, as training sees them */
  float *val;   /* as training sees them */
  float *val_best;
  float *strangers; /* NULL: none, as training sees them */
  float *strangers_best;
} LikenessEmbeddings;

/**
 * likeness_embeddings_new:
 * @net: left as it was
 *
 * Embeds all faces in evaluation mode and float32.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_TORCH_ERROR_NOT_FINITE, what the
 * network's own verbs give, or %G_IO_ERROR_CANCELLED
 */
LikenessEmbeddings *likeness_embeddings_new (const LikenessMeasure *measure,
                                             const LikenessTorch *torch,
                                             LikenessNet *net,
                                             LikenessProgress *progress,
                                             GCancellable *cancellable,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_embeddings_free (LikenessEmbeddings *self);

/** Room for @n x 512 numbers: (transfer full), or %NULL with %LIKENESS_ERROR_TOO_LARGE.
 */
float *likeness_embeddings_allocate (gsize n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_embeddings_compute:
 * @faces: @n faces, LIKENESS_FACE_BYTES each
 * @flip: mirrored
 * @normalise: to length 1
 *
 * Returns: (transfer full): @n x 512
 */
float *likeness_embeddings_compute (const LikenessTorch *torch,
                                    LikenessNet *net,
                                    const guint8 *faces,
                                    gsize n,
                                    gboolean flip,
                                    gboolean normalise,
                                    LikenessProgress *progress,
                                    GCancellable *cancellable,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): the normalised mean of each train subject's best images, n_subjects x
 * 512; %NULL with %LIKENESS_ERROR_TOO_LARGE. */
float *likeness_measure_make_centroids (const LikenessMeasure *self,
                                        const LikenessEmbeddings *embeddings,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_measure_judge:
 * @embeddings: of this measure's faces
 * @net: (nullable): a network with a head whose classes are train's subjects
 * @results: (out) (optional) (transfer full)
 *
 * All numbers that follow from embeddings: what likeness_measure_run() does after it has
 * made them.
 */
gboolean likeness_measure_judge (const LikenessMeasure *self,
                                 const LikenessEmbeddings *embeddings,
                                 const LikenessTorch *torch,
                                 LikenessNet *net,
                                 LikenessMetrics *metrics,
                                 LikenessResults **results,
                                 GCancellable *cancellable,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessEmbeddings, likeness_embeddings_free)

G_END_DECLS
