/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <cairo-svg.h>
#include <glib/gi18n.h>

#include "likeness-report-sections.h"
#include "likeness-run-chart.h"

/* The first takes the whole width of the page, two others share it. */
#define WIDE 1120
#define NARROW 544
#define HEIGHT 320

static const LikenessChartStyle light = {.foreground = 0x1d1f23, .font_size = 13};
static const LikenessChartStyle dark = {.foreground = 0xececee, .font_size = 13};

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* An SVG document in base64; as a picture of its own, its ids clash with no other's. */
static void
add_svg (LikenessReportPage *page,
         const LikenessChart *chart,
         const LikenessChartStyle *style,
         int width)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *base64 = NULL;
  cairo_surface_t *surface
      = cairo_svg_surface_create_for_stream (write_cb, bytes, width, HEIGHT);
  cairo_t *cr = NULL;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cr = cairo_create (surface);
  likeness_chart_paint (cr, chart, style, width, HEIGHT, NULL);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  base64 = g_base64_encode (bytes->data, bytes->len);
  likeness_report_page_add_markup (page, "data:image/svg+xml;base64,");
  likeness_report_page_add_markup (page, base64);
}

static void
add_chart (LikenessReportPage *page, LikenessRunChart *run, LikenessRunChartKind kind)
{
  g_autofree char *words = likeness_run_chart_describe (run, kind);
  gboolean is_wide = kind == LIKENESS_RUN_CHART_ACCURACY;
  int width = is_wide ? WIDE : NARROW;
  LikenessChart chart;

  likeness_run_chart_get (run, kind, &chart);
  if (chart.n_curves == 0)
    return;
  likeness_report_page_open (page, "figure", is_wide ? "wide" : NULL);
  likeness_report_page_add_markup (
      page, "<picture><source media=\"screen and (prefers-color-scheme: dark)\" "
            "srcset=\"");
  add_svg (page, &chart, &dark, width);
  g_string_append_printf (page->html, "\"/><img width=\"%d\" height=\"%d\" alt=\"", width,
                          HEIGHT);
  likeness_report_page_add_text (page, words);
  likeness_report_page_add_markup (page, "\" src=\"");
  add_svg (page, &chart, &light, width);
  likeness_report_page_add_markup (page, "\"/></picture></figure>\n");
}

void
likeness_report_add_curves (LikenessReportPage *page, const LikenessReportSource *source)
{
  g_autoptr (LikenessRunChart) run = likeness_run_chart_new ();

  likeness_report_page_open_section (page, "curves", _ ("Curves"));
  for (guint i = 0; i < source->events->len; i++)
    likeness_run_chart_add (run, g_ptr_array_index (source->events, i));
  if (source->summary->epochs->len == 0)
    likeness_report_page_add (page, "p", NULL, _ ("No epoch was finished."));
  else
    {
      likeness_report_page_open (page, "div", "charts");
      add_chart (page, run, LIKENESS_RUN_CHART_ACCURACY);
      add_chart (page, run, LIKENESS_RUN_CHART_SIMILARITY);
      add_chart (page, run, LIKENESS_RUN_CHART_LOSS);
      likeness_report_page_close (page, "div");
    }
  likeness_report_page_close (page, "section");
}
