/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pairs.h"
#include "likeness-progress.h"
#include "likeness-results.h"
#include "likeness-run-config.h"

G_BEGIN_DECLS

/**
 * likeness_evaluator_run:
 * @run: (nullable): a run folder: its best.pt is judged on its own data, beside the
 * weights it started from
 * @config: (nullable): edgeface (and trust_script), data, strangers, input, device; with
 * @run: what to judge it on instead of the run's own config
 * @device: (nullable): with @run: to judge it on instead of the config's
 * @trust_script: whether the super-resolution model of @run's config is run although the
 * user has not agreed to it before (likeness-script-trust.h); one of @config without @run
 * goes by that config's trust_super_resolution
 *
 * Accuracy by head is undefined where the data's people are not the run's classes; on the
 * run's own data that is %LIKENESS_ERROR_CHANGED.
 * Every measure for weights or a run. Blocks: call it on a worker.
 *
 * Returns: (transfer full)
 */
LikenessResults *likeness_evaluator_run (const char *run,
                                         const LikenessRunConfig *config,
                                         const char *device,
                                         gboolean trust_script,
                                         LikenessProgress *progress,
                                         GCancellable *cancellable,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_evaluator_embed:
 * @config: edgeface and trust_script, or from_scratch; input (AUTO is HIGH, LOW is not
 * possible), super_resolution, device, threads
 * @paths: @n image files
 * @embeddings: (out caller-allocates): @n x 512, L2-normalised unless @raw
 */
gboolean likeness_evaluator_embed (const LikenessRunConfig *config,
                                   const char *const *paths,
                                   gsize n,
                                   gboolean raw,
                                   float *embeddings,
                                   LikenessProgress *progress,
                                   GCancellable *cancellable,
                                   GError **error);

/**
 * likeness_evaluator_score_pairs:
 * @config: edgeface or from_scratch, input (AUTO is HIGH; LOW is not possible), device,
 * threads, seed
 * @paths: the files of the images of @pairs (likeness_pairs_find_images())
 * @scores: (out caller-allocates): one cosine a pair
 *
 * Where input is a number of pixels the second image of each pair is reduced to it, and
 * the first stays as it is. Each file is decoded once, and embedded once for each of the
 * two ways in which the pairs show it. Blocks: call it on a worker.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_BAD_IMAGE (the first image that cannot be read,
 * and how many), what weights and network give, or %G_IO_ERROR_CANCELLED
 */
gboolean likeness_evaluator_score_pairs (const LikenessRunConfig *config,
                                         const LikenessPairs *pairs,
                                         const char *const *paths,
                                         float *scores,
                                         LikenessProgress *progress,
                                         GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
