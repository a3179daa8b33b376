/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-count.h"
#include "likeness-split-job.h"

char *
likeness_split_summarize (const LikenessSplitPlan *plan, const char *output)
{
  guint64 faces = (guint64)plan->train + plan->val;
  guint64 tenths = faces == 0 ? 0 : (2000ULL * plan->train + faces) / (2 * faces);
  g_autofree char *subjects = likeness_count_format (plan->n_subjects);
  g_autofree char *train = likeness_count_format (plan->train);
  g_autofree char *val = likeness_count_format (plan->val);

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
