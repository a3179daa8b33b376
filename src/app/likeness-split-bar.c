/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-bar.h"

#define N_PARTS 4
#define GAP 1.0f

struct _LikenessSplitBar
{
  GtkWidget parent_instance;

  guint parts[N_PARTS]; /* train, val, test, none */
  guint maximum;
};

enum
{
  PROP_TRAIN = 1,
  PROP_VAL,
  PROP_TEST,
  PROP_NONE,
  PROP_MAXIMUM,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* The names that style.css gives the splits' colours. */
static const char *const color_names[N_PARTS]
    = {"split_train_color", "split_val_color", "split_test_color", "split_none_color"};

G_DEFINE_FINAL_TYPE (LikenessSplitBar, likeness_split_bar, GTK_TYPE_WIDGET)

static void
likeness_split_bar_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 24 : 6;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : 6;
}

static void
likeness_split_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LikenessSplitBar *self = LIKENESS_SPLIT_BAR (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  guint64 sum = 0;
  float full, x = 0;
  GskRoundedRect clip;

  for (int i = 0; i < N_PARTS; i++)
    sum += self->parts[i];
  if (sum == 0)
    return;
  full = MAX (3, width * MIN (1, (double)sum / MAX (self->maximum, 1)));
  if (self->maximum == 0)
    full = width;

  gsk_rounded_rect_init_from_rect (
      &clip, &GRAPHENE_RECT_INIT (mirrored ? width - full : 0, 0, full, height),
      height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  for (int i = 0; i < N_PARTS; i++)
    {
      float part = full * self->parts[i] / sum;
      float shown = x + part < full ? MAX (part - GAP, 1) : part;
      GdkRGBA color;

      if (self->parts[i] == 0)
        continue;
      if (!gtk_style_context_lookup_color (context, color_names[i], &color))
        gtk_style_context_get_color (context, &color);
      gtk_snapshot_append_color (
          snapshot, &color,
          &GRAPHENE_RECT_INIT (mirrored ? width - x - shown : x, 0, shown, height));
      x += part;
    }
  gtk_snapshot_pop (snapshot);
}

static void
set_part (LikenessSplitBar *self, int part, guint value)
{
  if (self->parts[part] == value)
    return;
  self->parts[part] = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAIN + part]);
}

static void
likeness_split_bar_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  LikenessSplitBar *self = LIKENESS_SPLIT_BAR (object);

  switch (property_id)
    {
    case PROP_TRAIN:
    case PROP_VAL:
    case PROP_TEST:
    case PROP_NONE:
      g_value_set_uint (value, self->parts[property_id - PROP_TRAIN]);
      break;
    case PROP_MAXIMUM:
      g_value_set_uint (value, self->maximum);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_split_bar_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  LikenessSplitBar *self = LIKENESS_SPLIT_BAR (object);

  switch (property_id)
    {
    case PROP_TRAIN:
    case PROP_VAL:
    case PROP_TEST:
    case PROP_NONE:
      set_part (self, property_id - PROP_TRAIN, g_value_get_uint (value));
      break;
    case PROP_MAXIMUM:
      likeness_split_bar_set_maximum (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_split_bar_class_init (LikenessSplitBarClass *klass)
{
  static const char *const names[] = {NULL, "train", "val", "test", "none", "maximum"};
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = likeness_split_bar_get_property;
  object_class->set_property = likeness_split_bar_set_property;
  widget_class->measure = likeness_split_bar_measure;
  widget_class->snapshot = likeness_split_bar_snapshot;

  for (guint i = 1; i < N_PROPERTIES; i++)
    properties[i] = g_param_spec_uint (names[i], NULL, NULL, 0, G_MAXUINT, 0,
                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                           | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "splitbar");
  /* The numbers stand beside it as text. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
likeness_split_bar_init (LikenessSplitBar *self)
{
}

GtkWidget *
likeness_split_bar_new (void)
{
  return g_object_new (LIKENESS_TYPE_SPLIT_BAR, NULL);
}

void
likeness_split_bar_set_counts (
    LikenessSplitBar *self, guint train, guint val, guint test, guint none)
{
  set_part (self, 0, train);
  set_part (self, 1, val);
  set_part (self, 2, test);
  set_part (self, 3, none);
}

void
likeness_split_bar_set_maximum (LikenessSplitBar *self, guint maximum)
{
  if (self->maximum == maximum)
    return;
  self->maximum = maximum;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAXIMUM]);
}
