/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-subject-table.h"

#include "likeness-face-image.h"
#include "likeness-interval-bar.h"
#include "likeness-list-item.h"
#include "likeness-result-row.h"

#define FACE_SIZE 36

struct _LikenessSubjectTable
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkColumnView *view;
  GtkColumnViewColumn *accuracy_column;
  GtkMultiSelection *selection;
  GtkSortListModel *sorted;
  GListStore *rows;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
};

G_DEFINE_FINAL_TYPE (LikenessSubjectTable, likeness_subject_table, ADW_TYPE_BIN)

static void
setup_face_cb (LikenessSubjectTable *self, GtkListItem *item)
{
  GtkWidget *image = likeness_face_image_new ();

  likeness_face_image_set_size (LIKENESS_FACE_IMAGE (image), FACE_SIZE);
  likeness_face_image_set_thumbnailer (LIKENESS_FACE_IMAGE (image), self->thumbnailer);
  gtk_list_item_set_child (item, image);
}

static void
bind_face_cb (LikenessSubjectTable *self, GtkListItem *item)
{
  LikenessFaceImage *image = LIKENESS_FACE_IMAGE (gtk_list_item_get_child (item));
  LikenessResultRow *row = gtk_list_item_get_item (item);

  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (image));

  likeness_face_image_set_path (image, likeness_result_row_get_example (row));
  likeness_face_image_set_label (image, likeness_result_row_get_name (row));
  /* The row around the cells gets the focus and has no name of its own. */
  if (cell != NULL)
    likeness_list_item_label (cell, likeness_result_row_get_name (row));
}

static void
unbind_face_cb (LikenessSubjectTable *self, GtkListItem *item)
{
  likeness_face_image_set_path (LIKENESS_FACE_IMAGE (gtk_list_item_get_child (item)),
                                NULL);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text
      = likeness_subject_table_dup_text (LIKENESS_SUBJECT_TABLE (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
likeness_subject_table_dispose (GObject *object)
{
  g_clear_object (&LIKENESS_SUBJECT_TABLE (object)->thumbnailer);

  G_OBJECT_CLASS (likeness_subject_table_parent_class)->dispose (object);
}

static void
likeness_subject_table_class_init (LikenessSubjectTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_subject_table_dispose;

  g_type_ensure (LIKENESS_TYPE_INTERVAL_BAR);
  g_type_ensure (LIKENESS_TYPE_RESULT_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-subject-table.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectTable, view);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectTable,
                                        accuracy_column);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectTable, selection);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectTable, sorted);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectTable, rows);
  gtk_widget_class_bind_template_callback (widget_class, setup_face_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_face_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_face_cb);

  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "table.copy", NULL);
}

static void
likeness_subject_table_init (LikenessSubjectTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->view));
}

void
likeness_subject_table_set_results (LikenessSubjectTable *self,
                                    LikenessThumbnailer *thumbnailer,
                                    const LikenessResults *results)
{
  g_autoptr (GPtrArray) rows = likeness_result_row_new_all (results);

  g_set_object (&self->thumbnailer, thumbnailer);
  g_list_store_splice (self->rows, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->rows)), rows->pdata,
                       rows->len);
  gtk_column_view_sort_by_column (self->view, self->accuracy_column, GTK_SORT_ASCENDING);
}

guint
likeness_subject_table_get_n_rows (LikenessSubjectTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

char *
likeness_subject_table_dup_text (LikenessSubjectTable *self)
{
  GString *text = g_string_new (LIKENESS_RESULT_ROW_TSV_HEADER);
  GListModel *rows = G_LIST_MODEL (self->selection);
  g_autoptr (GtkBitset) selected
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gboolean all = gtk_bitset_is_empty (selected);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    if (all || gtk_bitset_contains (selected, i))
      {
        g_autoptr (LikenessResultRow) row = g_list_model_get_item (rows, i);

        likeness_result_row_append_tsv (row, text);
      }
  return g_string_free (text, FALSE);
}
