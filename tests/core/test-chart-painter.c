/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-chart-painter.h"

#include <math.h>

#define WIDTH 600
#define HEIGHT 300

static const LikenessChartStyle style
    = {.foreground = 0x000000, .background = 0xffffff, .font_size = 12, .fill = TRUE};

static cairo_surface_t *
paint (const LikenessChart *chart,
       const LikenessChartStyle *with,
       LikenessChartFrame *frame)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  likeness_chart_paint (cr, chart, with, WIDTH, HEIGHT, frame);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface, double x, double y)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + (int)y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *)row)[(int)x] & 0xffffff;
}

static guint
count_pixels (cairo_surface_t *surface, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n += get_pixel (surface, x, y) == color;
  return n;
}

static void
test_point_lies_where_the_frame_says (void)
{
  g_autoptr (LikenessSeries) series = likeness_series_new ();
  LikenessCurve curve
      = {.series = series, .level = NAN, .label = "Val", .color = 0xff0000};
  LikenessChart chart = {.title = "Accuracy",
                         .x_high = 4,
                         .y_high = 1,
                         .curves = &curve,
                         .n_curves = 1,
                         .mark_x = NAN};
  LikenessChartFrame frame;
  cairo_surface_t *surface;

  /* A single point is drawn as a dot, at 2 of 0..4 and 0.5 of 0..1: the frame's middle.
   */
  likeness_series_append (series, 2, 0.5);
  surface = paint (&chart, &style, &frame);
  g_assert_cmpfloat (frame.y_low, ==, 0);
  g_assert_cmpfloat (frame.y_high, ==, 1);
  g_assert_cmphex (
      get_pixel (surface, frame.x + frame.width / 2, frame.y + frame.height / 2), ==,
      0xff0000);
  cairo_surface_destroy (surface);
}

static void
test_spike_of_a_long_curve_is_seen (void)
{
  g_autoptr (LikenessSeries) series = likeness_series_new ();
  LikenessCurve curve = {.series = series, .level = NAN, .label = "", .color = 0x0000ff};
  LikenessChart chart
      = {.x_high = 100000, .y_high = 1, .curves = &curve, .n_curves = 1, .mark_x = NAN};
  LikenessChartFrame frame;
  cairo_surface_t *surface;
  double x;

  for (guint i = 0; i < 100000; i++)
    likeness_series_append (series, i, i == 50000 ? 1 : 0.1);
  surface = paint (&chart, &style, &frame);
  x = frame.x + frame.width / 2;
  g_assert_true (get_pixel (surface, x, frame.y + frame.height * 0.3) == 0x0000ff
                 || get_pixel (surface, x + 1, frame.y + frame.height * 0.3) == 0x0000ff);
  cairo_surface_destroy (surface);
}

static void
test_hidden_curves_stay_away (void)
{
  g_autoptr (LikenessSeries) series = likeness_series_new ();
  LikenessCurve curve
      = {.series = series, .level = NAN, .label = "Val", .color = 0xff0000};
  LikenessChart chart
      = {.x_high = 1, .y_high = 1, .curves = &curve, .n_curves = 1, .mark_x = NAN};
  cairo_surface_t *surface;

  likeness_series_append (series, 0, 0.5);
  likeness_series_append (series, 1, 0.5);
  surface = paint (&chart, &style, NULL);
  g_assert_cmpuint (count_pixels (surface, 0xff0000), >, 100);
  cairo_surface_destroy (surface);

  curve.hidden = TRUE;
  surface = paint (&chart, &style, NULL);
  g_assert_cmpuint (count_pixels (surface, 0xff0000), ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_nothing_and_no_room (void)
{
  LikenessChart chart = {.title = "Accuracy",
                         .x_high = 0,
                         .y_high = 0,
                         .mark_x = NAN,
                         .empty = "Nothing yet"};
  LikenessChartStyle large = style;
  cairo_surface_t *surface;

  surface = paint (&chart, &style, NULL);
  g_assert_cmpuint (count_pixels (surface, 0xffffff), <, WIDTH * HEIGHT);
  cairo_surface_destroy (surface);
  /* Text larger than the chart leaves no room for a plot, and still draws. */
  large.font_size = 150;
  cairo_surface_destroy (paint (&chart, &large, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-painter/point-lies-where-the-frame-says",
                   test_point_lies_where_the_frame_says);
  g_test_add_func ("/chart-painter/spike-of-a-long-curve-is-seen",
                   test_spike_of_a_long_curve_is_seen);
  g_test_add_func ("/chart-painter/hidden-curves-stay-away",
                   test_hidden_curves_stay_away);
  g_test_add_func ("/chart-painter/nothing-and-no-room", test_nothing_and_no_room);
  return g_test_run ();
}
