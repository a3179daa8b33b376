/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** From so many faces on a subject is shown with a percentage, else with the faces. */
#define LIKENESS_FEWEST_FOR_PERCENT 5

/** k of n with its Wilson 95 % interval; value is NaN where n is 0. */
typedef struct
{
  double value;
  guint64 k;
  guint64 n;
  double low;
  double high;
} LikenessRate;

/** Why a number means nothing; LIKENESS_DEFINED where it does. */
typedef enum
{
  LIKENESS_DEFINED,
  LIKENESS_UNDEFINED_DISJOINT,   /* val subjects are not among the classes */
  LIKENESS_UNDEFINED_NO_HEAD,    /* the untouched network has no head */
  LIKENESS_UNDEFINED_SAME_IMAGE, /* input=high on pairs: Sim would be 1 by construction */
  LIKENESS_UNDEFINED_TOO_FEW,    /* not enough faces or pairs */
  LIKENESS_UNDEFINED_NO_STRANGERS, /* no subjects outside of training are known */
} LikenessUndefined;

/** TAR at one FAR (after ISO/IEC 19795-1). */
typedef struct
{
  double far; /* asked for */
  double tar; /* NaN where undefined */
  double threshold;
  double far_reached;
  guint64 false_accepts;
} LikenessTarAtFar;

/** Genuine against impostor scores of one set of pairs, always two different photos. */
typedef struct
{
  guint64 n_genuine;
  guint64 n_impostor;
  double genuine_mean;
  double impostor_mean;
  double impostor_p999;
  double d_prime;
  double eer;
  double eer_threshold;
  LikenessTarAtFar tar_1e2; /* FAR = 1e-2 */
  LikenessTarAtFar tar_1e3; /* FAR = 1e-3 */
} LikenessVerification;

/**
 * LikenessMetrics:
 *
 * Everything measured at one point of a run. A plain value that may cross threads.
 * Doubles that mean nothing are NaN, and the `_undefined` field beside them says why.
 */
typedef struct
{
  LikenessRate
      train_top1;    /* head, no margin, evaluation mode, fixed probe of train faces */
  LikenessRate top1; /* head, no margin, val */
  LikenessRate top5;
  LikenessUndefined top1_undefined; /* for top1, top5, macro_top1, train_top1 */
  double macro_top1;
  LikenessRate rank1; /* against centroids of train embeddings */
  LikenessUndefined rank1_undefined;
  double sim;
  guint64 sim_n;
  LikenessUndefined sim_undefined;
  LikenessVerification val; /* all pairs of the val faces */
  gboolean has_strangers;
  guint strangers_subjects;
  guint64 strangers_n;
  double strangers_sim;
  LikenessVerification strangers_low_high;
  LikenessVerification strangers_high_high;
} LikenessMetrics;

/** Fills every double with NaN, every count with 0 and every reason with DEFINED; the
 * FARs asked for are set. */
void likeness_metrics_clear (LikenessMetrics *self);

/**
 * likeness_rate_new:
 *
 * Wilson score interval at 95 % (E. B. Wilson, 1927): centre
 * (p + z²/2n)/(1 + z²/n), half width z·sqrt(p(1-p)/n + z²/4n²)/(1 + z²/n), z = 1.96.
 * With n = 0 all but the counts is NaN.
 */
LikenessRate likeness_rate_new (guint64 k, guint64 n);

/** The reason in one translated clause, for people; static, "" for LIKENESS_DEFINED. */
const char *likeness_undefined_describe (LikenessUndefined reason);
/** The same untranslated, as it stands in files; static. */
const char *likeness_undefined_get_sentence (LikenessUndefined reason);
/** The reason that a file gives; TOO_FEW for a sentence that is not known. */
LikenessUndefined likeness_undefined_from_sentence (const char *sentence);

G_END_DECLS
