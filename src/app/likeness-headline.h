/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-results.h"

G_BEGIN_DECLS

/**
 * LikenessHeadline:
 *
 * One measure of a run as people read it: the texts of a card and the numbers of its bar.
 * Texts are owned, NaN stands for what is not known.
 */
typedef struct
{
  const char *name;    /* fixed, for programs: "top1", "rank1", "sim", "strangers" */
  const char *caption; /* static, translated */
  const char *meaning; /* static, translated: one sentence */
  char *value;         /* "89.5 %", or a dash where it means nothing */
  char *detail;        /* what it rests on, or the reason of the dash */
  char *before;        /* the same by the untouched network */
  char *more;          /* a second measure; may be NULL */
  double now;          /* 0 to 1 */
  double low;          /* 95 % interval of now */
  double high;
  double was; /* of the untouched network */
} LikenessHeadline;

/**
 * likeness_headline_new_all:
 *
 * Returns: (transfer full) (element-type LikenessHeadline): accuracy, rank-1, similarity
 *   and strangers, in this order
 */
GPtrArray *
likeness_headline_new_all (const LikenessResults *results) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): "89.5 %", below 5 faces "3 of 4", without faces a dash. */
char *likeness_headline_format_rate (const LikenessRate *rate) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full): the 95 % interval, "86.0–92.2 %"; a dash without faces. */
char *
likeness_headline_format_interval (const LikenessRate *rate) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full): which weights were judged on which pictures, in two sentences. */
char *likeness_headline_describe_origin (const LikenessResults *results)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
