/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-listed-run.h"

#include <string.h>

LikenessListedRun *
likeness_listed_run_new (GRefString *subject,
                         LikenessSplit split,
                         GRefString *directory,
                         GRefString *low_directory,
                         const char *const *names,
                         guint n_names)
{
  LikenessListedRun *self = g_new0 (LikenessListedRun, 1);
  gsize head = n_names * sizeof *names;
  char *at;

  self->split = split;
  self->subject = g_ref_string_acquire (subject);
  self->directory = g_ref_string_acquire (directory);
  if (low_directory != NULL)
    self->low_directory = g_ref_string_acquire (low_directory);
  self->n_names = n_names;
  for (guint i = 0; i < n_names; i++)
    self->n_bytes += strlen (names[i]) + 1;
  self->names = g_malloc (head + self->n_bytes);
  at = (char *)self->names + head;
  for (guint i = 0; i < n_names; i++)
    {
      self->names[i] = at;
      at = g_stpcpy (at, names[i]) + 1;
    }
  return self;
}

void
likeness_listed_run_free (LikenessListedRun *self)
{
  g_ref_string_release (self->subject);
  g_ref_string_release (self->directory);
  g_clear_pointer (&self->low_directory, g_ref_string_release);
  g_free (self->names);
  g_free (self);
}

int
likeness_listed_run_compare (const LikenessListedRun *a, const LikenessListedRun *b)
{
  int order = a->subject == b->subject ? 0 : strcmp (a->subject, b->subject);

  return order != 0 ? order : (int)a->split - (int)b->split;
}

gboolean
likeness_listed_run_equal (const LikenessListedRun *a, const LikenessListedRun *b)
{
  return a->n_names == b->n_names && a->n_bytes == b->n_bytes
         && likeness_listed_run_compare (a, b) == 0
         && strcmp (a->directory, b->directory) == 0
         && g_strcmp0 (a->low_directory, b->low_directory) == 0
         && memcmp (a->names[0], b->names[0], a->n_bytes) == 0;
}

GPtrArray *
likeness_listed_runs_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_listed_run_free);
}
