/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-figures.h"

#include <glib/gi18n.h>
#include <math.h>

char *
likeness_cli_format_rate (const LikenessRate *rate, LikenessUndefined reason)
{
  if (reason != LIKENESS_DEFINED || !isfinite (rate->value))
    return g_strdup ("n/a");
  return g_strdup_printf ("%.4f [%.4f, %.4f] %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                          rate->value, rate->low, rate->high, rate->k, rate->n);
}

char *
likeness_cli_format_number (double value, LikenessUndefined reason)
{
  if (reason != LIKENESS_DEFINED || !isfinite (value))
    return g_strdup ("n/a");
  return g_strdup_printf ("%.4f", value);
}

static char *
format_tar (const LikenessTarAtFar *tar)
{
  if (!isfinite (tar->tar))
    return g_strdup ("n/a");
  return g_strdup_printf (_ ("%.4f at %.4f (%" G_GUINT64_FORMAT " false)"), tar->tar,
                          tar->threshold, tar->false_accepts);
}

void
likeness_cli_print_line (const char *name, char *after, char *before)
{
  if (before != NULL)
    g_print ("  %-34s %-36s %s\n", name, after, before);
  else
    g_print ("  %-34s %s\n", name, after);
  g_free (after);
  g_free (before);
}

#define BEFORE(text) (then != NULL ? (text) : NULL)

void
likeness_cli_print_verification (const char *title,
                                 const LikenessVerification *now,
                                 const LikenessVerification *then)
{
  g_print (
      _ ("%s: %" G_GUINT64_FORMAT " genuine and %" G_GUINT64_FORMAT " impostor pairs\n"),
      title, now->n_genuine, now->n_impostor);
  likeness_cli_print_line (
      _ ("Impostor mean"),
      likeness_cli_format_number (now->impostor_mean, LIKENESS_DEFINED),
      BEFORE (likeness_cli_format_number (then->impostor_mean, LIKENESS_DEFINED)));
  likeness_cli_print_line (
      _ ("Equal error rate"), likeness_cli_format_number (now->eer, LIKENESS_DEFINED),
      BEFORE (likeness_cli_format_number (then->eer, LIKENESS_DEFINED)));
  likeness_cli_print_line (_ ("TAR@FAR=0.01"), format_tar (&now->tar_1e2),
                           BEFORE (format_tar (&then->tar_1e2)));
  likeness_cli_print_line (_ ("TAR@FAR=0.001"), format_tar (&now->tar_1e3),
                           BEFORE (format_tar (&then->tar_1e3)));
}
