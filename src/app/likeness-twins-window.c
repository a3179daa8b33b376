/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-twins-window.h"

#include "likeness-face-image.h"
#include "likeness-twins-row.h"

#define FACE_SIZE 88
#define N_FACES 2

struct _LikenessTwinsWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  GListStore *rows;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
};

G_DEFINE_FINAL_TYPE (LikenessTwinsWindow, likeness_twins_window, ADW_TYPE_WINDOW)

static void
setup_cb (LikenessTwinsWindow *self, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (row, "twins-row");
  for (int i = 0; i < N_FACES; i++)
    {
      GtkWidget *image = likeness_face_image_new ();

      likeness_face_image_set_thumbnailer (LIKENESS_FACE_IMAGE (image),
                                           self->thumbnailer);
      likeness_face_image_set_size (LIKENESS_FACE_IMAGE (image), FACE_SIZE);
      gtk_box_append (GTK_BOX (row), image);
    }
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_list_item_set_child (item, row);
}

/* @twins: (nullable): nothing is shown any more */
static void
fill (GtkListItem *item, LikenessTwinsRow *twins)
{
  GtkWidget *first = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  GtkWidget *label = gtk_widget_get_next_sibling (second);

  likeness_face_image_set_path (LIKENESS_FACE_IMAGE (first),
                                twins != NULL ? likeness_twins_row_get_first (twins)
                                              : NULL);
  likeness_face_image_set_path (LIKENESS_FACE_IMAGE (second),
                                twins != NULL ? likeness_twins_row_get_second (twins)
                                              : NULL);
  gtk_label_set_label (GTK_LABEL (label),
                       twins != NULL ? likeness_twins_row_get_description (twins) : "");
}

static void
bind_cb (LikenessTwinsWindow *self, GtkListItem *item)
{
  fill (item, gtk_list_item_get_item (item));
}

static void
unbind_cb (LikenessTwinsWindow *self, GtkListItem *item)
{
  fill (item, NULL);
}

static void
copy_cb (LikenessTwinsWindow *self)
{
  GListModel *rows = G_LIST_MODEL (self->rows);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (LikenessTwinsRow) row = g_list_model_get_item (rows, i);

      g_string_append_printf (text, "%s\n", likeness_twins_row_get_description (row));
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
}

static void
likeness_twins_window_dispose (GObject *object)
{
  LikenessTwinsWindow *self = LIKENESS_TWINS_WINDOW (object);

  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (likeness_twins_window_parent_class)->dispose (object);
}

static void
likeness_twins_window_class_init (LikenessTwinsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_twins_window_dispose;

  g_type_ensure (LIKENESS_TYPE_TWINS_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-twins-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessTwinsWindow, rows);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
likeness_twins_window_init (LikenessTwinsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_twins_window_present (GtkWidget *owner,
                               LikenessThumbnailer *thumbnailer,
                               const char *root,
                               GPtrArray *twins)
{
  LikenessTwinsWindow *self
      = g_object_new (LIKENESS_TYPE_TWINS_WINDOW, "transient-for",
                      GTK_WINDOW (gtk_widget_get_root (owner)), NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_set_object (&self->thumbnailer, thumbnailer);
  for (guint i = 0; i < twins->len; i++)
    g_ptr_array_add (rows, likeness_twins_row_new (root, twins->pdata[i]));
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
  gtk_window_present (GTK_WINDOW (self));
}
