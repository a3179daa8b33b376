/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-interval-bar.h"

#include <math.h>

#define TRACK_HEIGHT 4.0f
#define BAND_HEIGHT 8.0f
#define MARK_WIDTH 3.0f
#define HEIGHT 14

struct _LikenessIntervalBar
{
  GtkWidget parent_instance;

  double values[4]; /* value, low, high, was */
};

enum
{
  PROP_VALUE = 1,
  PROP_LOW,
  PROP_HIGH,
  PROP_WAS,
  PROP_TEXT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessIntervalBar, likeness_interval_bar, GTK_TYPE_WIDGET)

static void
likeness_interval_bar_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 48 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 96 : HEIGHT;
}

static GdkRGBA
fade (GdkRGBA color, float alpha)
{
  color.alpha *= alpha;
  return color;
}

/* A filled box with round ends, centred between the upper and the lower edge. */
static void
append_box (
    GtkSnapshot *snapshot, const GdkRGBA *color, float x, float width, float height)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT (x, (HEIGHT - height) / 2, width, height);
  GskRoundedRect clip;

  gsk_rounded_rect_init_from_rect (&clip, &box, MIN (width, height) / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, color, &box);
  gtk_snapshot_pop (snapshot);
}

static void
append_ring (GtkSnapshot *snapshot, const GdkRGBA *color, float centre)
{
  const float diameter = BAND_HEIGHT;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (centre - diameter / 2,
                                                        (HEIGHT - diameter) / 2, diameter,
                                                        diameter),
                                   diameter / 2);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]){1.5f, 1.5f, 1.5f, 1.5f},
                              (const GdkRGBA[]){*color, *color, *color, *color});
}

static void
likeness_interval_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LikenessIntervalBar *self = LIKENESS_INTERVAL_BAR (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  /* The marks of 0 and 1 stand wholly inside. */
  const float inset = BAND_HEIGHT / 2;
  float width = gtk_widget_get_width (widget) - 2 * inset;
  float at[4];
  GdkRGBA text, accent, color;

  gtk_style_context_get_color (context, &text);
  if (!gtk_style_context_lookup_color (context, "accent_color", &accent))
    accent = text;
  for (int i = 0; i < 4; i++)
    {
      double share = CLAMP (self->values[i], 0, 1);

      at[i] = inset + width * (mirrored ? 1 - share : share);
    }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT (0, floorf ((gtk_widget_get_height (widget) - HEIGHT) / 2.f)));
  color = fade (text, 0.12f);
  append_box (snapshot, &color, 0, width + 2 * inset, TRACK_HEIGHT);
  if (!isnan (self->values[1]) && !isnan (self->values[2]))
    {
      float left = MIN (at[1], at[2]), right = MAX (at[1], at[2]);

      color = fade (accent, 0.4f);
      append_box (snapshot, &color, left, MAX (right - left, 1), BAND_HEIGHT);
    }
  if (!isnan (self->values[3]))
    {
      color = fade (text, 0.7f);
      append_ring (snapshot, &color, at[3]);
    }
  if (!isnan (self->values[0]))
    append_box (snapshot, &accent, at[0] - MARK_WIDTH / 2, MARK_WIDTH, HEIGHT);
  gtk_snapshot_restore (snapshot);
}

static void
set_number (LikenessIntervalBar *self, int i, double number)
{
  if (self->values[i] == number || (isnan (self->values[i]) && isnan (number)))
    return;
  self->values[i] = number;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE + i]);
}

static void
likeness_interval_bar_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  LikenessIntervalBar *self = LIKENESS_INTERVAL_BAR (object);

  if (property_id == PROP_TEXT)
    g_value_set_string (value, gtk_widget_get_tooltip_text (GTK_WIDGET (self)));
  else
    g_value_set_double (value, self->values[property_id - PROP_VALUE]);
}

static void
likeness_interval_bar_set_property (GObject *object,
                                    guint property_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  LikenessIntervalBar *self = LIKENESS_INTERVAL_BAR (object);

  if (property_id == PROP_TEXT)
    likeness_interval_bar_set_text (self, g_value_get_string (value));
  else
    set_number (self, property_id - PROP_VALUE, g_value_get_double (value));
}

static void
likeness_interval_bar_class_init (LikenessIntervalBarClass *klass)
{
  static const char *const names[] = {"value", "low", "high", "was"};
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = likeness_interval_bar_get_property;
  object_class->set_property = likeness_interval_bar_set_property;
  widget_class->measure = likeness_interval_bar_measure;
  widget_class->snapshot = likeness_interval_bar_snapshot;

  /* Lax: NaN is a legal value here, and GObject's check takes it for one out of range. */
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    properties[PROP_VALUE + i]
        = g_param_spec_double (names[i], NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                               flags | G_PARAM_LAX_VALIDATION);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "intervalbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
likeness_interval_bar_init (LikenessIntervalBar *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->values); i++)
    self->values[i] = NAN;
}

void
likeness_interval_bar_set_values (
    LikenessIntervalBar *self, double value, double low, double high, double was)
{
  set_number (self, 0, value);
  set_number (self, 1, low);
  set_number (self, 2, high);
  set_number (self, 3, was);
}

void
likeness_interval_bar_set_text (LikenessIntervalBar *self, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), text) == 0)
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
