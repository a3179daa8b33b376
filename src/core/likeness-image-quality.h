/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Side of SSIM's window: no picture may be smaller. */
#define LIKENESS_IMAGE_QUALITY_LEAST_SIZE 11

/** How near a picture is to the one that it should be. */
typedef struct
{
  double psnr; /* dB; INFINITY where no byte differs */
  double ssim; /* -1 to 1; 1 where the luma is the same */
} LikenessImageQuality;

/**
 * likeness_image_quality_measure:
 * @reference: @width x @height x 3 uint8 RGB, rows without padding
 * @image: the picture to judge, the same size
 * @width: at least %LIKENESS_IMAGE_QUALITY_LEAST_SIZE
 * @height: at least %LIKENESS_IMAGE_QUALITY_LEAST_SIZE
 *
 * PSNR: 10 log10(255² / MSE), one MSE over all pixels and the three channels together, as
 * scikit-image's peak_signal_noise_ratio (data_range=255) takes the whole array; not the
 * mean of three channels' dB, and not of the luma.
 *
 * SSIM (Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, 2004): of the luma, an
 * 11x11 Gaussian window of sigma 1.5, K1 = 0.01, K2 = 0.03, range 255, population
 * moments, the mean over the windows that lie wholly inside. What scikit-image's
 * structural_similarity (gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
 * data_range=255) gives, which leaves out the same 5 pixels at each border. The luma is
 * that of Pillow's convert("L"): ITU-R BT.601 at full range, rounded to 8 bits.
 *
 * Symmetric in its two pictures. Pure; memory of some rows.
 */
LikenessImageQuality likeness_image_quality_measure (const guint8 *reference,
                                                     const guint8 *image,
                                                     int width,
                                                     int height);

G_END_DECLS
