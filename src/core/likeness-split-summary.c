/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <string.h>

#include "likeness-split-job.h"

/* Thousands with commas, whatever the locale: programs read this. */
static char *
format_count (guint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  GString *text = g_string_new (NULL);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
likeness_split_summarize (const LikenessSplitPlan *plan, const char *output)
{
  guint64 faces = (guint64)plan->train + plan->val;
  guint64 tenths = faces == 0 ? 0 : (2000ULL * plan->train + faces) / (2 * faces);
  g_autofree char *subjects = format_count (plan->n_subjects);
  g_autofree char *train = format_count (plan->train);
  g_autofree char *val = format_count (plan->val);

  return g_strdup_printf ("Dataset Creation Complete!\n"
                          "Subjects:        %s\n"
                          "Train images:    %s\n"
                          "Val images:      %s\n"
                          "Split ratio:     %u.%u%% train / %u.%u%% val\n"
                          "Output directory: %s\n",
                          subjects, train, val, (guint)(tenths / 10),
                          (guint)(tenths % 10), (guint)((1000 - tenths) / 10),
                          (guint)((1000 - tenths) % 10), output);
}
