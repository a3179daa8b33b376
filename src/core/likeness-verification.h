/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-metrics.h"

G_BEGIN_DECLS

/**
 * likeness_verification_compute:
 * @genuine: @n_genuine cosines; sorted in place
 * @impostor: @n_impostor cosines; sorted in place
 *
 * Accept when s >= threshold; TAR@FAR=f uses the smallest threshold
 * among the observed scores whose FAR does not exceed f (above all of them: the next
 * float), never interpolated. The 99.9th percentile is the value of rank ceil(0.999 n).
 * EER is where FAR and FRR are nearest over all observed thresholds, their mean, on a tie
 * the worse. Variances of d' are those of the population. With no pairs of a kind, or a
 * score that is not finite, what needs them is NaN. Pure.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_TOO_LARGE or %G_IO_ERROR_CANCELLED
 */
gboolean likeness_verification_compute (float *genuine,
                                        gsize n_genuine,
                                        float *impostor,
                                        gsize n_impostor,
                                        LikenessVerification *out,
                                        GCancellable *cancellable,
                                        GError **error);

/**
 * likeness_verification_pairs:
 * @probe: @n x 512, normalised; @reference: @n x 512, normalised, the best image of the
 * same faces
 * @label: @n subject indexes
 *
 * All pairs of two different photos (i != j): probe i against reference j. Of more than
 * 2^25 pairs those of every k-th probe are taken, evenly; n_genuine and n_impostor say
 * how many. O(n²): 2,000 faces take well under a second.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_TOO_LARGE or %G_IO_ERROR_CANCELLED
 */
gboolean likeness_verification_pairs (const float *probe,
                                      const float *reference,
                                      const guint32 *label,
                                      gsize n,
                                      LikenessVerification *out,
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
