/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-structure-window.h"

#include <glib/gi18n.h>

#include "likeness-structure-comparison.h"

struct _LikenessStructureWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkGrid *grid;
  AdwToastOverlay *toast_overlay;

  /* Owned */
  LikenessComparison *comparison;
};

G_DEFINE_FINAL_TYPE (LikenessStructureWindow, likeness_structure_window, ADW_TYPE_WINDOW)

static void
copy_cb (LikenessStructureWindow *self)
{
  g_autofree char *text = likeness_comparison_to_text (self->comparison);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (_ ("Table copied")));
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_cell (const char *text, const char *below, gboolean own)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *reason = make_label (below, "caption");

  gtk_widget_add_css_class (reason, "dim-label");
  gtk_box_append (GTK_BOX (cell), make_label (text, NULL));
  gtk_box_append (GTK_BOX (cell), reason);
  gtk_widget_add_css_class (cell, "comparison-cell");
  if (own)
    gtk_widget_add_css_class (cell, "own");
  gtk_widget_set_hexpand (cell, TRUE);
  return cell;
}

static void
fill (LikenessStructureWindow *self)
{
  static const char *const folders[] = {"frontal_only", "edgeface_finetune"};
  const LikenessComparison *comparison = self->comparison;

  for (int column = 0; column < LIKENESS_COMPARISON_N_COLUMNS; column++)
    {
      gboolean own = comparison->own == column;
      g_autofree char *below = g_strdup_printf (
          own ? _ ("as %s · this folder") : _ ("as %s"), folders[column]);
      GtkWidget *title = make_cell (comparison->titles[column], below, own);

      gtk_widget_add_css_class (gtk_widget_get_first_child (title), "heading");
      gtk_grid_attach (self->grid, title, column + 1, 0, 1, 1);
    }
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const LikenessComparisonRow *row = g_ptr_array_index (comparison->rows, i);
      GtkWidget *question = make_label (row->question, "comparison-question");

      gtk_widget_set_valign (question, GTK_ALIGN_START);
      gtk_grid_attach (self->grid, question, 0, i + 1, 1, 1);
      for (int column = 0; column < LIKENESS_COMPARISON_N_COLUMNS; column++)
        gtk_grid_attach (self->grid,
                         make_cell (row->answers[column], row->reasons[column],
                                    comparison->own == column),
                         column + 1, i + 1, 1, 1);
    }
}

static void
likeness_structure_window_finalize (GObject *object)
{
  g_clear_pointer (&LIKENESS_STRUCTURE_WINDOW (object)->comparison,
                   likeness_comparison_free);

  G_OBJECT_CLASS (likeness_structure_window_parent_class)->finalize (object);
}

static void
likeness_structure_window_class_init (LikenessStructureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = likeness_structure_window_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-structure-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessStructureWindow, grid);
  gtk_widget_class_bind_template_child (widget_class, LikenessStructureWindow,
                                        toast_overlay);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
likeness_structure_window_init (LikenessStructureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_structure_window_present (GtkWidget *owner, LikenessDataset *dataset)
{
  LikenessStructureWindow *self
      = g_object_new (LIKENESS_TYPE_STRUCTURE_WINDOW, "transient-for",
                      GTK_WINDOW (gtk_widget_get_root (owner)), NULL);

  self->comparison = likeness_comparison_new (dataset);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
}
