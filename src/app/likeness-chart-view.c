/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-chart-view.h"

#include <math.h>

#include "likeness-chart-readout.h"
#include "likeness-readout-painter.h"

#define LEAST_WIDTH 260
#define LEAST_HEIGHT 220
#define USUAL_WIDTH 360
#define USUAL_HEIGHT 280

struct _LikenessChartView
{
  GtkWidget parent_instance;

  /* Borrowed */
  LikenessRunChart *chart;

  /* Owned */
  LikenessRunChartKind kind;
  GskRenderNode *node; /* the chart as it was drawn last; NULL: draw it anew */
  LikenessChartFrame frame;
  int width, height; /* of the node, and its style: */
  LikenessChartStyle style;
  double readout; /* x that is read out; NaN: none */
  guint tick;
  GtkWidget *popover; /* the menu; a child */
};

enum
{
  PROP_MENU_MODEL = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessChartView, likeness_chart_view, GTK_TYPE_WIDGET)

/* @color over the opaque @below, as 0xRRGGBB. */
static guint32
pack_color (const GdkRGBA *color, const GdkRGBA *below)
{
  const float alpha = color->alpha;
  const float channels[] = {
      color->red * alpha + below->red * (1 - alpha),
      color->green * alpha + below->green * (1 - alpha),
      color->blue * alpha + below->blue * (1 - alpha),
  };
  guint32 packed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    packed = packed << 8 | (guint32)lrintf (CLAMP (channels[i], 0, 1) * 255);
  return packed;
}

static LikenessChartStyle
get_style (LikenessChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  const PangoFontDescription *font
      = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  double size = (double)pango_font_description_get_size (font) / PANGO_SCALE;
  GdkRGBA text, background;

  /* The style's text is translucent, the painter's is not. */
  gtk_style_context_get_color (context, &text);
  if (!gtk_style_context_lookup_color (context, "popover_bg_color", &background))
    background = (GdkRGBA){1, 1, 1, 1};
  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget))
            / 72;
  return (LikenessChartStyle){
      .foreground = pack_color (&text, &background),
      .background = pack_color (&background, &background),
      .font_size = size > 0 ? size * 0.86 : 12,
  };
}

static void
forget_node (LikenessChartView *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
}

static void
draw_chart (LikenessChartView *self, const LikenessChart *chart)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, self->width, self->height));

  likeness_chart_paint (cr, chart, &self->style, self->width, self->height, &self->frame);
  cairo_destroy (cr);
  self->node = gtk_snapshot_to_node (snapshot);
}

static void
likeness_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LikenessChartView *self = LIKENESS_CHART_VIEW (widget);
  LikenessChartStyle style = get_style (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  LikenessChart chart;
  LikenessChartReadout readout;

  if (self->chart == NULL || width <= 0 || height <= 0)
    return;
  likeness_run_chart_get (self->chart, self->kind, &chart);
  if (width != self->width || height != self->height
      || style.foreground != self->style.foreground
      || style.background != self->style.background
      || style.font_size != self->style.font_size)
    forget_node (self);
  self->width = width;
  self->height = height;
  self->style = style;
  if (self->node == NULL)
    draw_chart (self, &chart);
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);

  if (isfinite (self->readout)
      && likeness_chart_readout_find (&chart, self->readout, &readout))
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                               &GRAPHENE_RECT_INIT (0, 0, width, height));

      likeness_readout_paint (cr, &chart, &readout, &self->style, &self->frame);
      cairo_destroy (cr);
    }
}

static void
likeness_chart_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? USUAL_WIDTH : USUAL_HEIGHT;
}

static void
likeness_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LikenessChartView *self = LIKENESS_CHART_VIEW (widget);

  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
show_menu (LikenessChartView *self, double x, double y)
{
  if (self->popover == NULL)
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle){(int)x, (int)y, 1, 1});
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
pressed_cb (LikenessChartView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  show_menu (LIKENESS_CHART_VIEW (widget), gtk_widget_get_width (widget) / 2.0,
             gtk_widget_get_height (widget) / 2.0);
  return GDK_EVENT_STOP;
}

static void
set_menu_model (LikenessChartView *self, GMenuModel *model)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (model == NULL)
    return;
  self->popover = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

static void
describe (LikenessChartView *self)
{
  g_autofree char *text = NULL;
  LikenessChart chart;

  if (self->chart == NULL)
    return;
  likeness_run_chart_get (self->chart, self->kind, &chart);
  text = likeness_run_chart_describe (self->chart, self->kind);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chart.title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LikenessChartView *self = LIKENESS_CHART_VIEW (widget);

  self->tick = 0;
  forget_node (self);
  describe (self);
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

static void
set_readout (LikenessChartView *self, double x)
{
  if (x == self->readout || (isnan (x) && isnan (self->readout)))
    return;
  self->readout = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (LikenessChartView *self, double x, double y)
{
  LikenessChart chart;

  if (self->chart == NULL || self->frame.width <= 0)
    return;
  likeness_run_chart_get (self->chart, self->kind, &chart);
  if (x < self->frame.x - 8 || x > self->frame.x + self->frame.width + 8)
    set_readout (self, NAN);
  else
    set_readout (self, chart.x_low
                           + (x - self->frame.x) / self->frame.width
                                 * (chart.x_high - chart.x_low));
}

static void
leave_cb (LikenessChartView *self)
{
  set_readout (self, NAN);
}

static gboolean
key_cb (LikenessChartView *self, guint keyval)
{
  LikenessChart chart;
  int direction = keyval == GDK_KEY_Right ? 1 : keyval == GDK_KEY_Left ? -1 : 0;

  if (self->chart == NULL)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape && isfinite (self->readout))
    {
      set_readout (self, NAN);
      return GDK_EVENT_STOP;
    }
  if (direction == 0)
    return GDK_EVENT_PROPAGATE;
  likeness_run_chart_get (self->chart, self->kind, &chart);
  set_readout (self, likeness_chart_readout_step (&chart, self->readout, direction));
  return GDK_EVENT_STOP;
}

static void
likeness_chart_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_chart_view_parent_class)->map (widget);
  likeness_chart_view_update (LIKENESS_CHART_VIEW (widget));
}

static void
likeness_chart_view_dispose (GObject *object)
{
  LikenessChartView *self = LIKENESS_CHART_VIEW (object);

  self->chart = NULL;
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  forget_node (self);

  G_OBJECT_CLASS (likeness_chart_view_parent_class)->dispose (object);
}

static void
likeness_chart_view_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  if (property_id == PROP_MENU_MODEL)
    set_menu_model (LIKENESS_CHART_VIEW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_chart_view_class_init (LikenessChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_chart_view_dispose;
  G_OBJECT_CLASS (klass)->set_property = likeness_chart_view_set_property;
  widget_class->measure = likeness_chart_view_measure;
  widget_class->snapshot = likeness_chart_view_snapshot;
  widget_class->size_allocate = likeness_chart_view_size_allocate;
  widget_class->map = likeness_chart_view_map;

  properties[PROP_MENU_MODEL]
      = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL,
                             G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb,
                                NULL);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
likeness_chart_view_init (LikenessChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->readout = NAN;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (key_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
likeness_chart_view_set_chart (LikenessChartView *self,
                               LikenessRunChart *chart,
                               LikenessRunChartKind kind)
{
  if (self->chart == chart && self->kind == kind)
    return;
  self->chart = chart;
  self->kind = kind;
  self->readout = NAN;
  likeness_chart_view_update (self);
}

void
likeness_chart_view_update (LikenessChartView *self)
{
  if (self->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}
