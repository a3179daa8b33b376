/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-metrics.h"

G_BEGIN_DECLS

/** One judged val face. */
typedef struct
{
  char *path;        /* absolute, of the best image there is */
  char *low_path;    /* absolute, or NULL */
  guint32 subject;   /* true subject, index into the results' subjects */
  guint32 taken_for; /* subject of the highest score */
  guint32 rank;      /* 1: right; of the true subject among all */
  double score_true; /* cosine to the true subject's centroid */
  double score_best_wrong;
  gboolean correct;          /* rank-1 against centroids */
  gboolean baseline_correct; /* the same by the untouched network */
} LikenessJudgedFace;

/** One subject's results. */
typedef struct
{
  char *name;            /* bytes */
  LikenessRate accuracy; /* correct of n, by centroid */
  LikenessRate baseline; /* the same by the untouched network */
  double margin;         /* mean of score_true - score_best_wrong */
  int mostly_taken_for;  /* subject index, or -1 where no face is wrong */
  guint mostly_count;
  char *example; /* absolute path of one of its train faces */
} LikenessSubjectResult;

/**
 * LikenessResults:
 *
 * What `results.json` of a run holds: the metrics before and after, each subject, each
 * val face.
 */
typedef struct
{
  LikenessMetrics baseline;
  LikenessMetrics metrics;
  gboolean has_baseline;
  guint epoch; /* of the weights that were judged; 0: no run */
  guint n_subjects;
  LikenessSubjectResult *subjects; /* sorted by name bytes */
  guint n_faces;
  LikenessJudgedFace *faces;
  char *input;                 /* low, high or the number of pixels */
  char *super_resolution;      /* name of the model's file; NULL: enlarged bilinearly */
  char *super_resolution_xxh3; /* of its bytes */
} LikenessResults;

void likeness_results_free (LikenessResults *self);
/** (transfer full): JSON text of 09's `evaluate` keys, `per_subject` and `faces`
 * included. */
char *likeness_results_to_json (const LikenessResults *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean
likeness_results_save (const LikenessResults *self, const char *path, GError **error);
#define LIKENESS_RESULTS_CSV_NAME "results.csv"
#define LIKENESS_FACES_CSV_NAME "faces.csv"

/** Writes one line a subject (worst first) and one line a face into two files in the
 * folder @directory, which is made where it is missing (likeness-csv.h). */
gboolean likeness_results_save_csv (const LikenessResults *self,
                                    const char *directory,
                                    GError **error);
/** Reads a stranger's file: names and counts are checked. */
LikenessResults *likeness_results_load (const char *path,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Worst first: by the upper end of the interval, then by margin, then by name. @order:
 * n_subjects. */
void likeness_results_sort_worst_first (const LikenessResults *self, guint *order);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessResults, likeness_results_free)

G_END_DECLS
