/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-report-number.h"
#include "likeness-report-sections.h"
#include "likeness-run-log.h"

/* Of the page's structure, for whoever takes it apart. */
#define FORMAT "1"

static void
add_hash (LikenessReportPage *page, const char *term, const char *hash)
{
  likeness_report_page_open (page, "div", NULL);
  likeness_report_page_add (page, "dt", NULL, term);
  likeness_report_page_open (page, "dd", NULL);
  likeness_report_page_add (page, "code", "hash", hash);
  likeness_report_page_add_markup (page, "</dd>");
  likeness_report_page_close (page, "div");
}

static void
add_config (LikenessReportPage *page, const LikenessRunConfig *config)
{
  static const char *const names[] = {"seed", "precision", "threads"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const LikenessKey *key = likeness_run_config_find_key (names[i]);
      g_autofree char *value = likeness_run_config_get (config, names[i]);

      likeness_report_page_add_fact (page, _ (key->title), value);
    }
}

void
likeness_report_add_colophon (LikenessReportPage *page,
                              const LikenessReportSource *source)
{
  const LikenessEvent *start = source->summary->start;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d %H:%M:%S %z");
  g_autofree char *events = likeness_report_format_count (source->events->len);

  likeness_report_page_open_section (page, "colophon", _ ("Colophon"));
  likeness_report_page_open (page, "dl", NULL);
  likeness_report_page_add_fact (page, _ ("Likeness"), PACKAGE_VERSION);
  likeness_report_page_add_fact (page, _ ("Report format"), FORMAT);
  likeness_report_page_add_fact (page, _ ("Report written"), date);
  likeness_report_page_add_fact (page, _ ("Events"), events);
  if (source->config != NULL)
    add_config (page, source->config);
  if (start != NULL && start->n_parameters > 0)
    {
      g_autofree char *parameters = likeness_report_format_count (start->n_parameters);

      likeness_report_page_add_fact (page, _ ("Parameters"), parameters);
    }
  likeness_report_page_close (page, "dl");
  likeness_report_page_open (page, "dl", "paths");
  if (source->best_hash != NULL)
    add_hash (page, _ ("SHA-256 of best.pt"), source->best_hash);
  else
    likeness_report_page_add_fact (page, _ ("SHA-256 of best.pt"),
                                   likeness_report_get_none ());
  if (source->weights_hash != NULL)
    add_hash (page, _ ("SHA-256 of the weights at the beginning"), source->weights_hash);
  likeness_report_page_close (page, "dl");
  likeness_report_page_close (page, "section");
}
