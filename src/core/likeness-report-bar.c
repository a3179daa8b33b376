/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>

#include "likeness-report-sections.h"

/* CSS wants the C locale. */
static void
add_place (LikenessReportPage *page,
           const char *before,
           const char *property,
           double place)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.2f", 100 * CLAMP (place, 0, 1));
  g_string_append_printf (page->html, "%s%s:%s%%", before, property, digits);
}

static void
add_mark (LikenessReportPage *page, const char *class, double place)
{
  if (!isfinite (place))
    return;
  g_string_append_printf (page->html, "<i class=\"%s\" style=\"", class);
  add_place (page, "", "left", place);
  likeness_report_page_add_markup (page, "\"></i>");
}

/* The numbers stand beside it in words: a screen reader needs no bar. */
void
likeness_report_add_bar (
    LikenessReportPage *page, double low, double high, double now, double was)
{
  likeness_report_page_add_markup (page, "<span class=\"bar\" aria-hidden=\"true\">");
  if (isfinite (low) && isfinite (high))
    {
      likeness_report_page_add_markup (page, "<i class=\"span\" style=\"");
      add_place (page, "", "left", low);
      add_place (page, ";", "right", 1 - high);
      likeness_report_page_add_markup (page, "\"></i>");
    }
  add_mark (page, "was", was);
  add_mark (page, "now", now);
  likeness_report_page_add_markup (page, "</span>");
}
