/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-report-sections.h"

/* Untranslated msgids: what a path is for. */
static const struct
{
  const char *key;
  const char *title;
} paths[] = {
    {"data", N_ ("Data")},          {"train_dir", N_ ("Train folder")},
    {"val_dir", N_ ("Val folder")}, {"strangers", N_ ("Strangers’ folder")},
    {"edgeface", N_ ("Weights")},   {"from_scratch", N_ ("Network, from scratch")},
};

static void
add_keys (LikenessReportPage *page, const LikenessRunConfig *config)
{
  guint n_keys;
  const LikenessKey *keys = likeness_run_config_get_keys (&n_keys);

  likeness_report_page_open (page, "div", "settings");
  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *value = likeness_run_config_get (config, keys[i].name);

      likeness_report_page_open (page, "div", NULL);
      likeness_report_page_open (page, "span", NULL);
      likeness_report_page_add_text (page, _ (keys[i].title));
      likeness_report_page_add (page, "code", NULL, keys[i].name);
      likeness_report_page_add_markup (page, "</span>");
      likeness_report_page_open (page, "b", NULL);
      if (*value != '\0')
        likeness_report_page_add_name (page, value);
      else
        /* Translators: the value of a setting that is not set */
        likeness_report_page_add_text (page, _ ("none"));
      likeness_report_page_add_markup (page, "</b>");
      likeness_report_page_close (page, "div");
    }
  likeness_report_page_close (page, "div");
}

static void
add_paths (LikenessReportPage *page, const LikenessReportSource *source)
{
  likeness_report_page_open (page, "dl", "paths");
  likeness_report_page_add_named_fact (page, _ ("Run folder"), source->run);
  for (guint i = 0; source->config != NULL && i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = likeness_run_config_get (source->config, paths[i].key);

      if (*path != '\0')
        likeness_report_page_add_named_fact (page, _ (paths[i].title), path);
    }
  likeness_report_page_close (page, "dl");
}

void
likeness_report_add_settings (LikenessReportPage *page,
                              const LikenessReportSource *source)
{
  likeness_report_page_open_section (page, "settings", _ ("Settings"));
  if (source->config != NULL)
    add_keys (page, source->config);
  else
    likeness_report_page_add (page, "p", NULL, source->config_error->message);
  add_paths (page, source);
  if (source->config != NULL && source->config->edgeface != NULL)
    likeness_report_page_add (
        page, "p", "note",
        _ ("Weights published by EdgeFace’s authors are CC BY-NC-SA 4.0: for research, "
           "not for commercial use, and so is every model made from them."));
  likeness_report_page_close (page, "section");
}
