/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-verification.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-types.h"

#define SIZE LIKENESS_EMBEDDING_SIZE
/* Scores kept at once: 128 MiB, as much again to sort them. */
#define MAX_PAIRS ((gsize)1 << 25)
/* References that are gone through together: 128 KiB, which stay in the cache. */
#define BLOCK 64
#define PROBES 4
#define REFERENCES 2

/* Four sums side by side: the compiler may not reorder a float sum by itself. */
typedef float Lanes __attribute__ ((vector_size (16), aligned (4), may_alias));

/* A 32-bit pattern that is ordered as the float is. */
static guint32
get_key (float value)
{
  guint32 bits;

  /* -0 and 0 are one score. */
  value += 0.0f;
  memcpy (&bits, &value, sizeof bits);
  return (bits >> 31) != 0 ? ~bits : bits | 0x80000000u;
}

static float *
allocate (gsize n, GError **error)
{
  float *scores = g_try_new (float, MAX (n, 1));

  if (scores == NULL)
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                         _ ("The scores of all pairs do not fit into memory. Close other "
                            "programs, or use a machine with more."));
  return scores;
}

/* Ascending, by radix: millions of scores in tens of milliseconds. */
static gboolean
sort_scores (float *scores, gsize n, GCancellable *cancellable, GError **error)
{
  g_autofree float *other = allocate (n, error);
  float *from = scores, *to = other;

  if (other == NULL)
    return FALSE;
  for (guint shift = 0; shift < 32; shift += 8)
    {
      gsize begin[257] = {0};

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        begin[((get_key (from[i]) >> shift) & 0xff) + 1]++;
      for (guint i = 1; i < 257; i++)
        begin[i] += begin[i - 1];
      for (gsize i = 0; i < n; i++)
        to[begin[(get_key (from[i]) >> shift) & 0xff]++] = from[i];
      {
        float *swap = from;

        from = to;
        to = swap;
      }
    }
  return TRUE;
}

static void
get_moments (const float *scores, gsize n, double *mean, double *variance)
{
  double sum = 0, squares = 0;

  for (gsize i = 0; i < n; i++)
    sum += scores[i];
  *mean = sum / n;
  for (gsize i = 0; i < n; i++)
    squares += (scores[i] - *mean) * (scores[i] - *mean);
  *variance = squares / n;
}

/* How many of the sorted scores lie below @threshold. */
static gsize
count_below (const float *scores, gsize n, float threshold)
{
  gsize low = 0, high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (scores[middle] < threshold)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The smallest of all observed scores that accepts no more than @far of the impostors;
 * where every score accepts more, the next number above the highest. */
static void
compute_tar (const float *genuine,
             gsize n_genuine,
             const float *impostor,
             gsize n_impostor,
             double far,
             LikenessTarAtFar *out)
{
  gsize first = n_impostor;
  gsize next;
  float threshold, above;

  /* The lowest impostor that may be accepted: its equals are accepted with it. All of
   * them never are, as @far is below 1. */
  for (;;)
    {
      gsize lowest = count_below (impostor, first, impostor[first - 1]);

      if ((double)(n_impostor - lowest) / n_impostor > far)
        break;
      first = lowest;
    }
  above = nextafterf (impostor[first - 1], INFINITY);
  next = count_below (genuine, n_genuine, above);
  threshold = above;
  if (first < n_impostor)
    threshold = impostor[first];
  if (next < n_genuine && (first == n_impostor || genuine[next] < threshold))
    threshold = genuine[next];
  out->far = far;
  out->tar = (double)(n_genuine - next) / n_genuine;
  out->threshold = threshold;
  out->false_accepts = n_impostor - first;
  out->far_reached = (double)out->false_accepts / n_impostor;
}

/* Walks up through all observed scores; on a tie the worse mean counts. */
static void
compute_eer (const float *genuine,
             gsize n_genuine,
             const float *impostor,
             gsize n_impostor,
             LikenessVerification *out)
{
  double least = INFINITY;
  gsize g = 0, i = 0;

  while (g < n_genuine || i < n_impostor)
    {
      float threshold = g == n_genuine    ? impostor[i]
                        : i == n_impostor ? genuine[g]
                                          : MIN (genuine[g], impostor[i]);
      double far = (double)(n_impostor - i) / n_impostor;
      double frr = (double)g / n_genuine;
      double gap = fabs (far - frr);

      if (gap < least || (gap == least && (far + frr) / 2 > out->eer))
        {
          least = gap;
          out->eer = (far + frr) / 2;
          out->eer_threshold = threshold;
        }
      while (g < n_genuine && genuine[g] == threshold)
        g++;
      while (i < n_impostor && impostor[i] == threshold)
        i++;
    }
}

static gboolean
all_finite (const float *scores, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (scores[i]))
      return FALSE;
  return TRUE;
}

gboolean
likeness_verification_compute (float *genuine,
                               gsize n_genuine,
                               float *impostor,
                               gsize n_impostor,
                               LikenessVerification *out,
                               GCancellable *cancellable,
                               GError **error)
{
  LikenessMetrics cleared;
  double genuine_variance = 0, impostor_variance = 0;
  double spread;

  likeness_metrics_clear (&cleared);
  *out = cleared.val;
  out->n_genuine = n_genuine;
  out->n_impostor = n_impostor;
  if (!all_finite (genuine, n_genuine) || !all_finite (impostor, n_impostor))
    return TRUE;
  if (n_genuine > 0)
    {
      if (!sort_scores (genuine, n_genuine, cancellable, error))
        return FALSE;
      get_moments (genuine, n_genuine, &out->genuine_mean, &genuine_variance);
    }
  if (n_impostor > 0)
    {
      /* ceil (0.999 n) without a double's rounding; ranks count from 1. */
      gsize rank = n_impostor - n_impostor / 1000;

      if (!sort_scores (impostor, n_impostor, cancellable, error))
        return FALSE;
      get_moments (impostor, n_impostor, &out->impostor_mean, &impostor_variance);
      out->impostor_p999 = impostor[rank - 1];
    }
  if (n_genuine == 0 || n_impostor == 0)
    return TRUE;
  spread = sqrt ((genuine_variance + impostor_variance) / 2);
  if (spread > 0)
    out->d_prime = fabs (out->genuine_mean - out->impostor_mean) / spread;
  compute_eer (genuine, n_genuine, impostor, n_impostor, out);
  compute_tar (genuine, n_genuine, impostor, n_impostor, 1e-2, &out->tar_1e2);
  compute_tar (genuine, n_genuine, impostor, n_impostor, 1e-3, &out->tar_1e3);
  return TRUE;
}

static void
multiply (const float *const probe[PROBES],
          const float *const reference[REFERENCES],
          float score[PROBES][REFERENCES])
{
  Lanes sum[PROBES][REFERENCES] = {0};

  for (gsize k = 0; k < SIZE; k += 4)
    {
      Lanes r0 = *(const Lanes *)(reference[0] + k);
      Lanes r1 = *(const Lanes *)(reference[1] + k);

      /* Otherwise the sums would live in memory. */
#pragma GCC unroll 4
      for (guint p = 0; p < PROBES; p++)
        {
          Lanes v = *(const Lanes *)(probe[p] + k);

          sum[p][0] += v * r0;
          sum[p][1] += v * r1;
        }
    }
  for (guint p = 0; p < PROBES; p++)
    for (guint r = 0; r < REFERENCES; r++)
      score[p][r] = (sum[p][r][0] + sum[p][r][1]) + (sum[p][r][2] + sum[p][r][3]);
}

gboolean
likeness_verification_pairs (const float *probe,
                             const float *reference,
                             const guint32 *label,
                             gsize n,
                             LikenessVerification *out,
                             GCancellable *cancellable,
                             GError **error)
{
  /* Every step-th probe, so that the scores fit. */
  gsize step = n > 0 ? (n - 1) / MAX (MAX_PAIRS / n, 1) + 1 : 1;
  gsize n_probes = n > 0 ? (n - 1) / step + 1 : 0;
  gsize n_genuine = 0, n_impostor = 0;
  g_autofree float *genuine = NULL;
  g_autofree float *impostor = NULL;

  for (gsize i = 0; i < n_probes; i++)
    for (gsize j = 0; j < n; j++)
      n_genuine += label[i * step] == label[j];
  n_genuine -= n_probes;
  genuine = allocate (n_genuine, error);
  impostor
      = genuine != NULL ? allocate (n_probes * n - n_probes - n_genuine, error) : NULL;
  if (impostor == NULL)
    return FALSE;
  n_genuine = 0;
  for (gsize block = 0; block < n; block += BLOCK)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (gsize i = 0; i < n_probes; i += PROBES)
        for (gsize j = block; j < MIN (block + BLOCK, n); j += REFERENCES)
          {
            const float *probes[PROBES], *references[REFERENCES];
            float score[PROBES][REFERENCES];

            for (gsize p = 0; p < PROBES; p++)
              probes[p] = probe + MIN (i + p, n_probes - 1) * step * SIZE;
            for (gsize r = 0; r < REFERENCES; r++)
              references[r] = reference + MIN (j + r, n - 1) * SIZE;
            multiply (probes, references, score);
            for (gsize p = 0; p < PROBES && i + p < n_probes; p++)
              for (gsize r = 0; r < REFERENCES && j + r < n; r++)
                {
                  gsize row = (i + p) * step;

                  if (row == j + r)
                    continue;
                  if (label[row] == label[j + r])
                    genuine[n_genuine++] = score[p][r];
                  else
                    impostor[n_impostor++] = score[p][r];
                }
          }
    }
  return likeness_verification_compute (genuine, n_genuine, impostor, n_impostor, out,
                                        cancellable, error);
}
