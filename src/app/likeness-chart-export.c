/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-chart-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-error.h"

#define WIDTH 720
#define HEIGHT 450
#define FONT_SIZE 13
/* Pixels of a PNG for one of the layout: sharp in print too. */
#define PNG_SCALE 2

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint (cairo_surface_t *surface, const LikenessChart *chart)
{
  const LikenessChartStyle style = {
      .foreground = 0x202020,
      .background = 0xffffff,
      .font_size = FONT_SIZE,
      .fill = TRUE,
  };
  cairo_t *cr = cairo_create (surface);

  likeness_chart_paint (cr, chart, &style, WIDTH, HEIGHT, NULL);
  cairo_destroy (cr);
}

static void
write_picture (const LikenessChart *chart, const char *path, GByteArray *bytes)
{
  cairo_surface_t *surface = NULL;

  if (g_str_has_suffix (path, ".svg"))
    surface = cairo_svg_surface_create_for_stream (append_cb, bytes, WIDTH, HEIGHT);
  else if (g_str_has_suffix (path, ".pdf"))
    surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, WIDTH, HEIGHT);
  else
    {
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH * PNG_SCALE,
                                            HEIGHT * PNG_SCALE);
      cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
    }
  paint (surface, chart);
  if (g_str_has_suffix (path, ".png"))
    cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

static void
append_text (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
}

/* A label may hold a comma. */
static void
append_row (GByteArray *bytes, const char *label, double x, double y)
{
  g_auto (GStrv) parts = g_strsplit (label, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);
  char x_text[G_ASCII_DTOSTR_BUF_SIZE];
  char y_text[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *row = NULL;

  g_ascii_dtostr (x_text, sizeof x_text, x);
  g_ascii_dtostr (y_text, sizeof y_text, y);
  row = g_strdup_printf ("\"%s\",%s,%s\r\n", quoted, x_text, y_text);
  append_text (bytes, row);
}

static void
write_table (const LikenessChart *chart, GByteArray *bytes)
{
  append_text (bytes, "curve,epoch,value\r\n");
  for (guint i = 0; i < chart->n_curves; i++)
    {
      const LikenessCurve *curve = &chart->curves[i];

      if (curve->series == NULL)
        append_row (bytes, curve->label, 0, curve->level);
      else
        for (guint j = 0; j < likeness_series_get_n_points (curve->series); j++)
          {
            double y = g_array_index (curve->series->y, double, j);

            if (isfinite (y))
              append_row (bytes, curve->label,
                          g_array_index (curve->series->x, double, j), y);
          }
    }
}

typedef struct
{
  LikenessRunChart *chart;
  LikenessRunChartKind kind;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *job = data;

  likeness_run_chart_free (job->chart);
  g_free (job->path);
  g_free (job);
}

static gboolean
export_chart (const Export *job, GError **error)
{
  const char *path = job->path;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = g_filename_display_basename (path);
  LikenessChart content;

  likeness_run_chart_get (job->chart, job->kind, &content);
  if (g_str_has_suffix (path, ".csv"))
    write_table (&content, bytes);
  else if (g_str_has_suffix (path, ".png") || g_str_has_suffix (path, ".svg")
           || g_str_has_suffix (path, ".pdf"))
    write_picture (&content, path, bytes);
  else
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("“%s” must end in .png, .svg, .pdf or .csv"), name);
      return FALSE;
    }
  if (g_file_set_contents (path, (const char *)bytes->data, bytes->len, &local_error))
    return TRUE;
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
               _ ("“%s” cannot be written: %s"), name, local_error->message);
  return FALSE;
}

static void
export_thread (GTask *task,
               gpointer source_object,
               gpointer task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (export_chart (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
likeness_chart_export_async (const LikenessRunChart *chart,
                             LikenessRunChartKind kind,
                             const char *path,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Export *job = g_new0 (Export, 1);

  job->chart = likeness_run_chart_copy (chart);
  job->kind = kind;
  job->path = g_strdup (path);
  g_task_set_task_data (task, job, export_free);
  g_task_run_in_thread (task, export_thread);
}

gboolean
likeness_chart_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
