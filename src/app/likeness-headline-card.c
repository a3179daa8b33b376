/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-headline-card.h"

#include "likeness-interval-bar.h"

struct _LikenessHeadlineCard
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *caption_label;
  GtkLabel *value_label;
  LikenessIntervalBar *bar;
  GtkLabel *detail_label;
  GtkLabel *before_label;
  GtkLabel *more_label;
};

G_DEFINE_FINAL_TYPE (LikenessHeadlineCard, likeness_headline_card, ADW_TYPE_BIN)

static void
likeness_headline_card_class_init (LikenessHeadlineCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LIKENESS_TYPE_INTERVAL_BAR);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-headline-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessHeadlineCard,
                                        caption_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessHeadlineCard, value_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessHeadlineCard, bar);
  gtk_widget_class_bind_template_child (widget_class, LikenessHeadlineCard, detail_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessHeadlineCard, before_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessHeadlineCard, more_label);
}

static void
likeness_headline_card_init (LikenessHeadlineCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkLabel *label, const char *text)
{
  g_autoptr (GString) shown = g_string_new (text);

  /* A line that wraps would leave the sign alone on the next. */
  g_string_replace (shown, " %", "\302\240%", 0);
  gtk_label_set_label (label, shown->str);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

void
likeness_headline_card_set_headline (LikenessHeadlineCard *self,
                                     const LikenessHeadline *headline)
{
  g_autoptr (GString) label = g_string_new (NULL);

  set_text (self->caption_label, headline->caption);
  set_text (self->value_label, headline->value);
  set_text (self->detail_label, headline->detail);
  set_text (self->before_label, headline->before);
  set_text (self->more_label, headline->more);
  likeness_interval_bar_set_values (self->bar, headline->now, headline->low,
                                    headline->high, headline->was);
  likeness_interval_bar_set_text (self->bar, headline->detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), headline->meaning);

  /* To a screen reader the labels are one thing. */
  g_string_append_printf (label, "%s: %s, %s", headline->caption, headline->value,
                          headline->detail);
  if (*headline->before != '\0')
    g_string_append_printf (label, ", %s", headline->before);
  if (headline->more != NULL)
    g_string_append_printf (label, ", %s", headline->more);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label->str, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  headline->meaning, -1);
}
