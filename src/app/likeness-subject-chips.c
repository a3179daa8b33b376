/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-subject-chips.h"

#include <glib/gi18n.h>

#include "likeness-flag-words.h"

#define MOST_HEIGHT 112 /* px: three rows of ordinary text */

struct _LikenessSubjectChips
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *scroller;
  GtkFlowBox *box;
  GtkToggleButton *buttons[LIKENESS_N_CHIPS];

  /* Owned */
  GtkFilter *filter;
  GListModel *subjects;
  LikenessChip chosen;
};

G_DEFINE_FINAL_TYPE (LikenessSubjectChips, likeness_subject_chips, GTK_TYPE_WIDGET)

static const char *const titles[LIKENESS_N_CHIPS] = {
    N_ ("All"),         N_ ("Too Few"),    N_ ("Near-Duplicates"), N_ ("Two Names"),
    N_ ("Same File"),   N_ ("Both Splits"), N_ ("Unreadable"), N_ ("Excluded"),
};
static const char *const tooltips[LIKENESS_N_CHIPS] = {
    N_ ("Everyone"),
    N_ ("Fewer faces than a split takes from a person"),
    N_ ("Pictures of one person that are much alike"),
    N_ ("The same picture stands under another name too"),
    N_ ("Files of the same content, under whatever name"),
    N_ ("The same file stands in train and in val"),
    N_ ("Files that could not be read"),
    N_ ("Left out of every split"),
};

static gboolean
is_let_through (LikenessSubject *subject, LikenessChip chip)
{
  LikenessFlags flags = likeness_subject_get_flags (subject);

  switch (chip)
    {
    case LIKENESS_CHIP_TOO_FEW:
      return likeness_flag_words_is_too_few (subject);
    case LIKENESS_CHIP_NEAR_DUPLICATES:
      return (flags & LIKENESS_FLAG_NEAR_DUPLICATE) != 0;
    case LIKENESS_CHIP_TWO_NAMES:
      return (flags & LIKENESS_FLAG_TWO_NAMES) != 0;
    case LIKENESS_CHIP_SAME_FILE:
      return (flags & LIKENESS_FLAG_SAME_FILE) != 0;
    case LIKENESS_CHIP_BOTH_SPLITS:
      return (flags & LIKENESS_FLAG_BOTH_SPLITS) != 0;
    case LIKENESS_CHIP_UNREADABLE:
      return (flags & LIKENESS_FLAG_UNREADABLE) != 0;
    case LIKENESS_CHIP_EXCLUDED:
      return likeness_subject_get_excluded (subject);
    case LIKENESS_CHIP_ALL:
    default:
      return TRUE;
    }
}

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  return is_let_through (item, LIKENESS_SUBJECT_CHIPS (user_data)->chosen);
}

static void
toggled_cb (GtkToggleButton *button, LikenessSubjectChips *self)
{
  for (int chip = 0; chip < LIKENESS_N_CHIPS; chip++)
    if (gtk_toggle_button_get_active (self->buttons[chip]) && (int)self->chosen != chip)
      {
        self->chosen = chip;
        gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
      }
}

static GtkSizeRequestMode
likeness_subject_chips_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A scrolled window asks how high its child is without saying how wide it will be, which
 * is one line more than there will be. */
static void
likeness_subject_chips_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  LikenessSubjectChips *self = LIKENESS_SUBJECT_CHIPS (widget);

  gtk_widget_measure (GTK_WIDGET (self->box), orientation, for_size, minimum, natural,
                      NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = MIN (*natural, MOST_HEIGHT);
}

static void
likeness_subject_chips_size_allocate (GtkWidget *widget,
                                      int width,
                                      int height,
                                      int baseline)
{
  LikenessSubjectChips *self = LIKENESS_SUBJECT_CHIPS (widget);

  gtk_widget_allocate (self->scroller, width, height, baseline, NULL);
}

static void
likeness_subject_chips_dispose (GObject *object)
{
  LikenessSubjectChips *self = LIKENESS_SUBJECT_CHIPS (object);

  g_clear_object (&self->filter);
  g_clear_object (&self->subjects);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (likeness_subject_chips_parent_class)->dispose (object);
}

static void
likeness_subject_chips_class_init (LikenessSubjectChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_subject_chips_dispose;
  widget_class->get_request_mode = likeness_subject_chips_get_request_mode;
  widget_class->measure = likeness_subject_chips_measure;
  widget_class->size_allocate = likeness_subject_chips_size_allocate;
}

static void
likeness_subject_chips_init (LikenessSubjectChips *self)
{
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->box, LIKENESS_N_CHIPS);
  gtk_flow_box_set_column_spacing (self->box, 3);
  gtk_flow_box_set_row_spacing (self->box, 3);
  gtk_widget_set_valign (GTK_WIDGET (self->box), GTK_ALIGN_START);
  for (int chip = 0; chip < LIKENESS_N_CHIPS; chip++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[chip] = GTK_TOGGLE_BUTTON (button);
      if (chip > 0)
        gtk_toggle_button_set_group (self->buttons[chip], self->buttons[0]);
      gtk_widget_set_tooltip_text (button, _ (tooltips[chip]));
      gtk_widget_add_css_class (button, "chip");
      gtk_flow_box_append (self->box, button);
      /* The button is what gets the focus. */
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
      g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
    }
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  /* With large text the chips would take the list's place. */
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller),
                                 GTK_WIDGET (self->box));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
}

GtkFilter *
likeness_subject_chips_get_filter (LikenessSubjectChips *self)
{
  return self->filter;
}

void
likeness_subject_chips_set_subjects (LikenessSubjectChips *self, GListModel *subjects)
{
  g_set_object (&self->subjects, subjects);
  likeness_subject_chips_choose (self, LIKENESS_CHIP_ALL);
  likeness_subject_chips_update (self);
}

static void
count (LikenessSubjectChips *self, guint *counts)
{
  guint n = self->subjects != NULL ? g_list_model_get_n_items (self->subjects) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LikenessSubject) subject = g_list_model_get_item (self->subjects, i);

      for (int chip = 0; chip < LIKENESS_N_CHIPS; chip++)
        counts[chip] += is_let_through (subject, chip);
    }
}

void
likeness_subject_chips_update (LikenessSubjectChips *self)
{
  guint counts[LIKENESS_N_CHIPS] = {0};
  gboolean any = FALSE;

  count (self, counts);
  for (int chip = 0; chip < LIKENESS_N_CHIPS; chip++)
    {
      g_autofree char *label = g_strdup_printf ("%s %'u", _ (titles[chip]), counts[chip]);
      gboolean shown = chip == LIKENESS_CHIP_ALL || counts[chip] > 0;

      gtk_button_set_label (GTK_BUTTON (self->buttons[chip]), label);
      gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->buttons[chip])),
                              shown);
      any = any || (chip != LIKENESS_CHIP_ALL && counts[chip] > 0);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
  if (counts[self->chosen] == 0)
    likeness_subject_chips_choose (self, LIKENESS_CHIP_ALL);
  else if (self->chosen != LIKENESS_CHIP_ALL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

void
likeness_subject_chips_choose (LikenessSubjectChips *self, LikenessChip chip)
{
  gtk_toggle_button_set_active (self->buttons[chip], TRUE);
}

LikenessChip
likeness_subject_chips_get_chosen (LikenessSubjectChips *self)
{
  return self->chosen;
}
