/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"
#include "likeness-image-quality.h"
#include "likeness-mean.h"

G_BEGIN_DECLS

/** How a low-resolution face was enlarged. */
typedef enum
{
  LIKENESS_QUALITY_BILINEAR,         /* as training does */
  LIKENESS_QUALITY_SUPER_RESOLUTION, /* by a model */
} LikenessQualityMethod;
#define LIKENESS_QUALITY_N_METHODS 2

/** "bilinear", "super_resolution": fixed names that programs read. */
const char *likeness_quality_method_to_string (LikenessQualityMethod method);

/** One enlarged face against its high-resolution image. */
typedef struct
{
  char *path;      /* of the high-resolution image, relative to the root, bytes */
  guint32 subject; /* index into the subjects */
  LikenessSplit split;
  LikenessImageQuality scores[LIKENESS_QUALITY_N_METHODS];
} LikenessQualityFace;

/**
 * LikenessQuality:
 *
 * The enlarged faces of a data set, measured. Plain; everything is owned.
 */
typedef struct
{
  char *root;
  LikenessLayout layout;
  int input;        /* LIKENESS_INPUT_LOW or pixels */
  guint n_methods;  /* how many of the scores there are: bilinear always */
  char *model;      /* name of the super-resolution model's file; NULL: there is none */
  char *model_xxh3; /* of its bytes */
  guint n_subjects;
  char **subjects; /* NULL-terminated names, bytes, sorted; all have a face */
  guint n_faces;
  LikenessQualityFace *faces; /* by subject, then by split and name */
  GPtrArray *skips;           /* of LikenessSkip: what was not measured, and why */
} LikenessQuality;

void likeness_quality_free (LikenessQuality *self);

/** One method over some faces. */
typedef struct
{
  /* Over the faces that are not identical: their dB are infinite, and so would be the
   * mean. The mean of the faces' dB, not the dB of their mean error. */
  LikenessMean psnr;
  LikenessMean ssim; /* over all faces */
  guint identical;   /* faces without a different byte */
} LikenessQualityScore;

typedef struct
{
  guint n;
  guint n_subjects;
  LikenessQualityScore methods[LIKENESS_QUALITY_N_METHODS];
  /* Super-resolution less bilinear of the same face; with both methods only. */
  LikenessQualityScore difference;
} LikenessQualitySummary;

/** The whole, its intervals over subjects (likeness_mean_compute()). */
void likeness_quality_summarise (const LikenessQuality *self,
                                 LikenessQualitySummary *out);
/** The faces of one split. */
void likeness_quality_summarise_split (const LikenessQuality *self,
                                       LikenessSplit split,
                                       LikenessQualitySummary *out);
/** The faces of one subject, the intervals over its faces. */
void likeness_quality_summarise_subject (const LikenessQuality *self,
                                         guint subject,
                                         LikenessQualitySummary *out);

/** @order: (out caller-allocates): n_subjects indexes, by the mean SSIM of the method
 * that is judged (the last one), then by PSNR, then by name. */
void likeness_quality_sort_worst_first (const LikenessQuality *self, guint *order);

/**
 * likeness_quality_save_csv:
 *
 * One line a face. The PSNR of identical images is an empty field, beside an SSIM of 1.
 */
gboolean
likeness_quality_save_csv (const LikenessQuality *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessQuality, likeness_quality_free)

G_END_DECLS
