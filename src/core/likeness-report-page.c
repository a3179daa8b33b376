/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-report-page.h"

#include <glib/gi18n.h>

#include "likeness-display-name.h"

#define REPLACEMENT_CHARACTER 0xfffd

LikenessReportPage *
likeness_report_page_new (const char *title)
{
  LikenessReportPage *self = g_new0 (LikenessReportPage, 1);

  self->html = g_string_new ("<!DOCTYPE html>\n<html lang=\"");
  /* Translators: the code of your language, as HTML wants it: "de" */
  likeness_report_page_add_text (self, _ ("en"));
  likeness_report_page_add_markup (
      self, "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
            "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
            "<meta name=\"generator\" content=\"Likeness " PACKAGE_VERSION "\"/>\n");
  likeness_report_page_add (self, "title", NULL, title);
  likeness_report_page_add_markup (self, "<style>\n");
  likeness_report_page_add_markup (self, likeness_report_style);
  likeness_report_page_add_markup (self, "</style>\n</head>\n<body>\n<main>\n");
  return self;
}

void
likeness_report_page_free (LikenessReportPage *self)
{
  if (self == NULL)
    return;
  if (self->html != NULL)
    g_string_free (self->html, TRUE);
  g_free (self);
}

char *
likeness_report_page_end (LikenessReportPage *self, gsize *length)
{
  likeness_report_page_add_markup (self, "</main>\n</body>\n</html>\n");
  *length = self->html->len;
  return g_string_free (g_steal_pointer (&self->html), FALSE);
}

void
likeness_report_page_add_markup (LikenessReportPage *self, const char *markup)
{
  g_string_append (self->html, markup);
}

void
likeness_report_page_add_text (LikenessReportPage *self, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      /* XML has no place for the controls and the two last of a plane. */
      if (character == '\n' || character == '\t')
        character = ' ';
      else if (g_unichar_iscntrl (character) || (character & 0xfffe) == 0xfffe)
        character = REPLACEMENT_CHARACTER;
      g_string_append_unichar (shown, character);
    }
  escaped = g_markup_escape_text (shown->str, shown->len);
  g_string_append (self->html, escaped);
}

void
likeness_report_page_add_name (LikenessReportPage *self, const char *name)
{
  g_autofree char *shown = likeness_display_name (name);

  likeness_report_page_add (self, "bdi", NULL, shown);
}

void
likeness_report_page_open (LikenessReportPage *self, const char *tag, const char *class)
{
  if (class != NULL)
    g_string_append_printf (self->html, "<%s class=\"%s\">", tag, class);
  else
    g_string_append_printf (self->html, "<%s>", tag);
}

void
likeness_report_page_close (LikenessReportPage *self, const char *tag)
{
  g_string_append_printf (self->html, "</%s>\n", tag);
}

void
likeness_report_page_add (LikenessReportPage *self,
                          const char *tag,
                          const char *class,
                          const char *text)
{
  likeness_report_page_open (self, tag, class);
  likeness_report_page_add_text (self, text);
  /* Not _close(): a line's end would be a gap in the middle of a sentence. */
  g_string_append_printf (self->html, "</%s>", tag);
}

void
likeness_report_page_open_section (LikenessReportPage *self,
                                   const char *id,
                                   const char *title)
{
  g_string_append_printf (self->html, "<section id=\"%s\">\n", id);
  likeness_report_page_add (self, "h2", NULL, title);
  likeness_report_page_add_markup (self, "\n");
}

void
likeness_report_page_add_fact (LikenessReportPage *self,
                               const char *term,
                               const char *description)
{
  likeness_report_page_open (self, "div", NULL);
  likeness_report_page_add (self, "dt", NULL, term);
  likeness_report_page_add (self, "dd", NULL, description);
  likeness_report_page_close (self, "div");
}

void
likeness_report_page_add_named_fact (LikenessReportPage *self,
                                     const char *term,
                                     const char *name)
{
  likeness_report_page_open (self, "div", NULL);
  likeness_report_page_add (self, "dt", NULL, term);
  likeness_report_page_open (self, "dd", NULL);
  likeness_report_page_add_name (self, name);
  likeness_report_page_add_markup (self, "</dd>");
  likeness_report_page_close (self, "div");
}
