/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-enlarger.h"
#include "likeness-face-list.h"
#include "likeness-pixels.h"
#include "likeness-results.h"
#include "likeness-torch.h"

G_BEGIN_DECLS

/** Train faces in the probe for train accuracy. */
#define LIKENESS_PROBE_MAX_FACES 500

/**
 * LikenessMeasure:
 *
 * The decoded faces and labels that every measurement of a run needs,
 * used by the trainer after each epoch and by the evaluator, so that both give the same
 * digits.
 */
typedef struct
{
  LikenessFaceList *train;
  LikenessFaceList *val;
  LikenessFaceList *strangers; /* nullable */
  LikenessPixels *train_pixels;
  LikenessPixels *val_pixels;
  LikenessPixels *strangers_pixels; /* nullable */
  guint32 *
      val_class; /* a val face's label among train's subjects, G_MAXUINT32: not a class */
  guint32 *probe; /* fixed train faces for train accuracy: indexes into train */
  gsize n_probe;
  int input;
  char *enlarger; /* the file name of what enlarged the faces; NULL: bilinear */
  LikenessDigest enlarger_digest;
} LikenessMeasure;

/**
 * likeness_measure_new:
 * @train: classes are its subjects
 * @strangers: (nullable): people of neither @train nor @val
 * @input: what the network is shown, LIKENESS_INPUT_AUTO resolved
 * @enlarger: (nullable): what enlarges it; %NULL: bilinear
 *
 * Decodes all faces. Takes references.
 */
LikenessMeasure *likeness_measure_new (LikenessFaceList *train,
                                       LikenessFaceList *val,
                                       LikenessFaceList *strangers,
                                       int input,
                                       LikenessEnlarger *enlarger,
                                       LikenessProgress *progress,
                                       GCancellable *cancellable,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_measure_free (LikenessMeasure *self);

/**
 * likeness_measure_run:
 * @has_head: whether @net has a head whose classes are train's subjects
 * @results: (out) (optional) (transfer full): per subject and per face as well
 *
 * Measures @net in float32, in the calling thread.
 */
gboolean likeness_measure_run (LikenessMeasure *self,
                               const LikenessTorch *torch,
                               LikenessNet *net,
                               gboolean has_head,
                               LikenessMetrics *metrics,
                               LikenessResults **results,
                               GCancellable *cancellable,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessMeasure, likeness_measure_free)

G_END_DECLS
