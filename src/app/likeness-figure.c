/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-figure.h"

struct _LikenessFigure
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *caption_label;
  GtkLabel *value_label;
  GtkLabel *detail_label;
};

enum
{
  PROP_CAPTION = 1,
  PROP_VALUE,
  PROP_DETAIL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessFigure, likeness_figure, ADW_TYPE_BIN)

/* "Val faces: 373, of 1,867": the three labels are one thing to a screen reader. */
static void
update_label (LikenessFigure *self)
{
  const char *detail = gtk_label_get_label (self->detail_label);
  g_autofree char *label = g_strdup_printf (
      "%s: %s%s%s", gtk_label_get_label (self->caption_label),
      gtk_label_get_label (self->value_label), *detail != '\0' ? ", " : "", detail);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static GtkLabel *
get_label (LikenessFigure *self, guint property_id)
{
  return property_id == PROP_CAPTION ? self->caption_label
         : property_id == PROP_VALUE ? self->value_label
                                     : self->detail_label;
}

static void
set_text (LikenessFigure *self, guint property_id, const char *text)
{
  GtkLabel *label = get_label (self, property_id);

  if (text == NULL)
    text = "";
  if (g_str_equal (gtk_label_get_label (label), text))
    return;
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
  update_label (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property_id]);
}

static void
likeness_figure_get_property (GObject *object,
                              guint property_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  g_value_set_string (
      value, gtk_label_get_label (get_label (LIKENESS_FIGURE (object), property_id)));
}

static void
likeness_figure_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  set_text (LIKENESS_FIGURE (object), property_id, g_value_get_string (value));
}

static void
likeness_figure_class_init (LikenessFigureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = likeness_figure_get_property;
  object_class->set_property = likeness_figure_set_property;

  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, "", flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, "", flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-figure.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessFigure, caption_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessFigure, value_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessFigure, detail_label);
}

static void
likeness_figure_init (LikenessFigure *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_figure_set_value (LikenessFigure *self, const char *value)
{
  set_text (self, PROP_VALUE, value);
}

void
likeness_figure_set_detail (LikenessFigure *self, const char *detail)
{
  set_text (self, PROP_DETAIL, detail);
}
