/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-metrics.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Two-sided 95 % of the normal distribution, as the literature rounds it. */
#define Z 1.96

static void
clear_rate (LikenessRate *rate)
{
  *rate = (LikenessRate){NAN, 0, 0, NAN, NAN};
}

static void
clear_verification (LikenessVerification *self)
{
  *self = (LikenessVerification){
      .genuine_mean = NAN,
      .impostor_mean = NAN,
      .impostor_p999 = NAN,
      .d_prime = NAN,
      .eer = NAN,
      .eer_threshold = NAN,
      .tar_1e2 = {1e-2, NAN, NAN, NAN, 0},
      .tar_1e3 = {1e-3, NAN, NAN, NAN, 0},
  };
}

void
likeness_metrics_clear (LikenessMetrics *self)
{
  memset (self, 0, sizeof *self);
  clear_rate (&self->train_top1);
  clear_rate (&self->top1);
  clear_rate (&self->top5);
  clear_rate (&self->rank1);
  self->macro_top1 = NAN;
  self->sim = NAN;
  self->strangers_sim = NAN;
  clear_verification (&self->val);
  clear_verification (&self->strangers_low_high);
  clear_verification (&self->strangers_high_high);
}

LikenessRate
likeness_rate_new (guint64 k, guint64 n)
{
  LikenessRate rate = {.k = k, .n = n};
  double p, z2_n, centre, half;

  g_return_val_if_fail (k <= n, rate);
  if (n == 0)
    {
      clear_rate (&rate);
      return rate;
    }
  p = (double)k / n;
  z2_n = Z * Z / n;
  centre = (p + z2_n / 2) / (1 + z2_n);
  half = Z * sqrt (p * (1 - p) / n + z2_n / (4 * n)) / (1 + z2_n);
  rate.value = p;
  /* The ends are exact at 0 and 1, where rounding would leave 1e-17. */
  rate.low = k == 0 ? 0 : centre - half;
  rate.high = k == n ? 1 : centre + half;
  return rate;
}

/* These sentences stand in files: a new wording makes old files lose their reasons. */
static const char *const sentences[] = {
    [LIKENESS_DEFINED] = "",
    [LIKENESS_UNDEFINED_DISJOINT]
    = N_ ("the validation people are not among the classes of training"),
    [LIKENESS_UNDEFINED_NO_HEAD] = N_ ("the untouched network has no classes"),
    [LIKENESS_UNDEFINED_SAME_IMAGE]
    = N_ ("with the best image as input it would be 1 by construction"),
    [LIKENESS_UNDEFINED_TOO_FEW] = N_ ("there are too few faces or pairs"),
    [LIKENESS_UNDEFINED_NO_STRANGERS]
    = N_ ("no people are known who were kept out of training"),
};

const char *
likeness_undefined_get_sentence (LikenessUndefined reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (sentences), "");

  return sentences[reason];
}

LikenessUndefined
likeness_undefined_from_sentence (const char *sentence)
{
  for (guint i = 1; sentence != NULL && i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentence, sentences[i]))
      return i;
  return LIKENESS_UNDEFINED_TOO_FEW;
}

const char *
likeness_undefined_describe (LikenessUndefined reason)
{
  const char *sentence = likeness_undefined_get_sentence (reason);

  /* gettext answers "" with the header of the catalogue. */
  return *sentence == '\0' ? "" : _ (sentence);
}
