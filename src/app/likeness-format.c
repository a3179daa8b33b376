/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

char *
likeness_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

char *
likeness_format_duration (double seconds)
{
  guint64 whole = seconds < 1 ? 1 : (guint64)(seconds + 0.5);

  if (whole < 60)
    /* Translators: seconds */
    return g_strdup_printf (_ ("%u s"), (guint)whole);
  if (whole < 3600)
    /* Translators: minutes and seconds */
    return g_strdup_printf (_ ("%u min %u s"), (guint)(whole / 60), (guint)(whole % 60));
  /* Translators: hours and minutes */
  return g_strdup_printf (_ ("%u h %u min"), (guint)(whole / 3600),
                          (guint)(whole / 60 % 60));
}

char *
likeness_format_percent (double rate)
{
  if (isnan (rate))
    return g_strdup ("–");
  /* Translators: a percentage with one decimal */
  return g_strdup_printf (_ ("%.1f %%"), rate * 100);
}

char *
likeness_format_score (double score)
{
  if (isnan (score))
    return g_strdup ("–");
  return g_strdup_printf ("%.3f", score);
}

char *
likeness_format_subjects (guint subjects)
{
  return g_strdup_printf (ngettext ("%'u subject", "%'u subjects", subjects), subjects);
}

char *
likeness_format_faces (guint faces)
{
  return g_strdup_printf (ngettext ("%'u face", "%'u faces", faces), faces);
}

char *
likeness_format_path (const char *path)
{
  const char *home = g_get_home_dir ();
  g_autofree char *shown = g_filename_display_name (path);
  gsize length = strlen (home);

  if (length > 1 && strncmp (path, home, length) == 0
      && (path[length] == G_DIR_SEPARATOR || path[length] == '\0'))
    {
      g_autofree char *rest = g_filename_display_name (path + length);

      return g_strconcat ("~", rest, NULL);
    }
  return g_steal_pointer (&shown);
}
