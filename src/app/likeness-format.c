/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-format.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#define RIGHT_TO_LEFT_EMBEDDING 0x202b
#define RIGHT_TO_LEFT_OVERRIDE 0x202e
#define LEFT_TO_RIGHT_MARK "\u200e"
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_DIRECTIONAL_ISOLATE "\u2069"

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
  return likeness_format_figure (g_strdup_printf (_ ("%.1f %%"), rate * 100));
}

char *
likeness_format_score (double score)
{
  if (isnan (score))
    return g_strdup ("–");
  return likeness_format_figure (g_strdup_printf ("%.3f", score));
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

/* Of what stands in this script, or turns text around; of a digit or a sign: none. */
static GtkTextDirection
get_direction (gunichar character)
{
  static const GUnicodeScript to_the_left[] = {
      G_UNICODE_SCRIPT_ARABIC,  G_UNICODE_SCRIPT_HEBREW,    G_UNICODE_SCRIPT_SYRIAC,
      G_UNICODE_SCRIPT_THAANA,  G_UNICODE_SCRIPT_NKO,       G_UNICODE_SCRIPT_ADLAM,
      G_UNICODE_SCRIPT_MANDAIC, G_UNICODE_SCRIPT_SAMARITAN,
  };
  GUnicodeScript script = g_unichar_get_script (character);

  if (character == RIGHT_TO_LEFT_EMBEDDING || character == RIGHT_TO_LEFT_OVERRIDE)
    return GTK_TEXT_DIR_RTL;
  if (!g_unichar_isalpha (character))
    return GTK_TEXT_DIR_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (to_the_left); i++)
    if (script == to_the_left[i])
      return GTK_TEXT_DIR_RTL;
  return GTK_TEXT_DIR_LTR;
}

/* @path: (transfer full); what begins with letters that run to the left would be read
 * from the right as a whole. */
static char *
keep_direction (char *path)
{
  g_autofree char *taken = path;

  for (const char *p = taken; *p != '\0'; p = g_utf8_next_char (p))
    switch (get_direction (g_utf8_get_char (p)))
      {
      case GTK_TEXT_DIR_RTL:
        return g_strconcat (LEFT_TO_RIGHT_MARK, taken, NULL);
      case GTK_TEXT_DIR_LTR:
        return g_steal_pointer (&taken);
      case GTK_TEXT_DIR_NONE:
      default:
        break;
      }
  return g_steal_pointer (&taken);
}

char *
likeness_format_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (length > 1 && strncmp (path, home, length) == 0
      && (path[length] == G_DIR_SEPARATOR || path[length] == '\0'))
    {
      g_autofree char *rest = g_filename_display_name (path + length);

      return keep_direction (g_strconcat ("~", rest, NULL));
    }
  return keep_direction (g_filename_display_name (path));
}

char *
likeness_format_figure (char *figure)
{
  g_autofree char *taken = figure;

  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_steal_pointer (&taken);
  return g_strconcat (LEFT_TO_RIGHT_ISOLATE, taken, POP_DIRECTIONAL_ISOLATE, NULL);
}

char *
likeness_format_name (const char *name)
{
  GtkTextDirection own = gtk_widget_get_default_direction ();

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      GtkTextDirection direction = get_direction (g_utf8_get_char (p));

      if (direction != GTK_TEXT_DIR_NONE && direction != own)
        return g_strconcat (FIRST_STRONG_ISOLATE, name, POP_DIRECTIONAL_ISOLATE, NULL);
    }
  return g_strdup (name);
}
