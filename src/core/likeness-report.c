/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-report.h"

#include <glib/gi18n.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-report-sections.h"

static char *
make_page (const LikenessReportSource *source, GCancellable *cancellable, gsize *length)
{
  g_autofree char *name = likeness_display_name (source->name);
  /* Translators: the name of a run */
  g_autofree char *title = g_strdup_printf (_ ("%s – Likeness report"), name);
  g_autoptr (LikenessReportPage) page = likeness_report_page_new (title);

  likeness_report_add_head (page, source);
  likeness_report_add_figures (page, source);
  likeness_report_add_curves (page, source);
  likeness_report_add_verification (page, source);
  likeness_report_add_subjects (page, source, cancellable);
  likeness_report_add_failures (page, source, cancellable);
  likeness_report_add_settings (page, source);
  likeness_report_add_colophon (page, source);
  return likeness_report_page_end (page, length);
}

static gboolean
refuse (const char *output, LikenessError code, const char *reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (output);

  g_set_error (error, LIKENESS_ERROR, code,
               /* Translators: a path, then why */
               _ ("The report could not be written to “%s”: %s. Choose another place for "
                  "it."),
               shown, reason);
  return FALSE;
}

/* What would only fail after all the work. */
static gboolean
check_output (const char *output, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (output);

  if (g_file_test (output, G_FILE_TEST_IS_DIR))
    return refuse (output, LIKENESS_ERROR_NOT_WRITABLE, _ ("it is a folder"), error);
  if (!g_file_test (directory, G_FILE_TEST_IS_DIR))
    return refuse (output, LIKENESS_ERROR_NOT_WRITABLE, _ ("its folder does not exist"),
                   error);
  return TRUE;
}

gboolean
likeness_report_write_html (const char *run,
                            const char *output,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (LikenessReportSource) source = NULL;
  g_autofree char *html = NULL;
  g_autoptr (GError) local = NULL;
  gsize length = 0;

  source = likeness_report_source_new (run, cancellable, error);
  if (source == NULL || !check_output (output, error))
    return FALSE;
  html = make_page (source, cancellable, &length);
  /* Pictures that were not read any more would stand in it as missing. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (g_file_set_contents_full (
          output, html, length,
          G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &local))
    return TRUE;
  return refuse (output,
                 g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                     ? LIKENESS_ERROR_NO_SPACE
                     : LIKENESS_ERROR_NOT_WRITABLE,
                 local->message, error);
}
