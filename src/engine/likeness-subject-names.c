/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-subject-names.h"

char **
likeness_subject_names_new (const LikenessFaceList *list)
{
  char **names = g_new0 (char *, list->n_subjects + 1);

  for (guint i = 0; i < list->n_subjects; i++)
    names[i] = g_utf8_validate (list->subjects[i], -1, NULL)
                   ? g_strdup (list->subjects[i])
                   : g_strescape (list->subjects[i], NULL);
  return names;
}
