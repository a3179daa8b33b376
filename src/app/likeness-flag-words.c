/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-flag-words.h"

#include <glib/gi18n.h>

#include "likeness-split-plan.h"

static guint
get_minimum (void)
{
  LikenessPlanOptions options;

  likeness_plan_options_init (&options);
  return options.minimum;
}

static void
add (GString *text, gboolean is_so, const char *words)
{
  if (is_so)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
}

gboolean
likeness_flag_words_is_too_few (LikenessSubject *subject)
{
  return likeness_subject_get_n_faces (subject) < get_minimum ();
}

guint
likeness_flag_words_count (LikenessSubject *subject)
{
  return (guint)__builtin_popcount (likeness_subject_get_flags (subject))
         + likeness_flag_words_is_too_few (subject)
         + likeness_subject_get_excluded (subject);
}

char *
likeness_flag_words_of_subject (LikenessSubject *subject)
{
  GString *text = g_string_new (NULL);
  LikenessFlags flags = likeness_subject_get_flags (subject);

  add (text, likeness_flag_words_is_too_few (subject), _ ("too few faces"));
  add (text, flags & LIKENESS_FLAG_NEAR_DUPLICATE, _ ("near-duplicates"));
  add (text, flags & LIKENESS_FLAG_TWO_NAMES, _ ("a picture under two names"));
  add (text, flags & LIKENESS_FLAG_SAME_FILE, _ ("the same file twice"));
  add (text, flags & LIKENESS_FLAG_BOTH_SPLITS, _ ("a face in both splits"));
  add (text, flags & LIKENESS_FLAG_UNREADABLE, _ ("unreadable files"));
  add (text, likeness_subject_get_excluded (subject), _ ("excluded"));
  return g_string_free (text, FALSE);
}

char *
likeness_flag_words_of_face (LikenessFace *face)
{
  GString *text = g_string_new (NULL);
  LikenessFlags flags = likeness_face_get_flags (face);
  LikenessPin pin = likeness_face_get_pin (face);

  add (text, flags & LIKENESS_FLAG_NEAR_DUPLICATE, _ ("near-duplicate"));
  add (text, flags & LIKENESS_FLAG_TWO_NAMES, _ ("under two names"));
  add (text, flags & LIKENESS_FLAG_SAME_FILE, _ ("same file as another"));
  add (text, flags & LIKENESS_FLAG_BOTH_SPLITS, _ ("in both splits"));
  add (text, flags & LIKENESS_FLAG_UNREADABLE, _ ("unreadable"));
  if (pin != LIKENESS_PIN_NONE)
    {
      /* Translators: train, val or out */
      g_autofree char *pinned
          = g_strdup_printf (_ ("pinned to %s"), likeness_pin_to_string (pin));

      add (text, TRUE, pinned);
    }
  add (text, likeness_face_get_excluded (face), _ ("excluded"));
  return g_string_free (text, FALSE);
}
