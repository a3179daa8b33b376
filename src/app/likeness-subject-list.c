/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-subject-list.h"

#include <glib/gi18n.h>

#include "likeness-quality-survey.h"
#include "likeness-subject-footer.h"
#include "likeness-subject-row.h"
#include "likeness-work-bar.h"

/* So many subjects are sorted within a frame. */
#define SORTED_AT_ONCE 10000

struct _LikenessSubjectList
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkSearchEntry *search_entry;
  LikenessSubjectChips *chips;
  LikenessWorkBar *finder_bar;
  LikenessWorkBar *survey_bar;
  GtkListView *list_view;
  GtkStack *stack;
  GtkFilterListModel *chip_model;
  GtkFilterListModel *filter_model;
  GtkSortListModel *sort_model;
  GtkMultiSelection *selection;
  LikenessSubjectFooter *footer;

  /* Owned */
  LikenessSession *session;
  GtkSelectionFilterModel *selected;
  GtkFlattenListModel *faces;
  LikenessDuplicateFinder *finder;
  LikenessQualitySurvey *survey;
  LikenessSubjectOrder order;
  guint maximum;
  gboolean reordered; /* the first is to be in view when they are sorted */
  gboolean laid_out;
  guint scroll; /* a tick callback, until it has run */
};

enum
{
  PROP_ORDER = 1,
  PROP_SINGLE_CLICK,
  N_PROPERTIES
};

enum
{
  SELECTION_CHANGED,
  ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessSubjectList, likeness_subject_list, ADW_TYPE_BIN)

static void
setup_cb (LikenessSubjectList *self, GtkListItem *item)
{
  gtk_list_item_set_child (
      item, likeness_subject_row_new (likeness_session_get_thumbnailer (self->session)));
}

static void
bind_cb (LikenessSubjectList *self, GtkListItem *item)
{
  LikenessSubjectRow *row = LIKENESS_SUBJECT_ROW (gtk_list_item_get_child (item));

  likeness_subject_row_set_maximum (row, self->maximum);
  likeness_subject_row_set_subject (row, gtk_list_item_get_item (item));
}

static void
unbind_cb (LikenessSubjectList *self, GtkListItem *item)
{
  likeness_subject_row_set_subject (LIKENESS_SUBJECT_ROW (gtk_list_item_get_child (item)),
                                    NULL);
}

/* The view stays with who was first until it is laid out, which the first frame does. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LikenessSubjectList *self = user_data;

  if (!self->laid_out)
    {
      self->laid_out = gtk_widget_get_mapped (GTK_WIDGET (self->list_view));
      return G_SOURCE_CONTINUE;
    }
  self->scroll = 0;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->sort_model)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u",
                                0);
  return G_SOURCE_REMOVE;
}

static void
pending_cb (LikenessSubjectList *self)
{
  if (!self->reordered || gtk_sort_list_model_get_pending (self->sort_model) > 0)
    return;
  self->reordered = FALSE;
  self->laid_out = FALSE;
  if (self->scroll == 0)
    self->scroll
        = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, self, NULL);
}

static void
set_order (LikenessSubjectList *self, LikenessSubjectOrder order)
{
  g_autoptr (GtkSorter) sorter = NULL;

  if (self->order == order)
    return;
  self->order = order;
  sorter = likeness_subject_order_make_sorter (order);
  if (likeness_subject_order_is_by_quality (order))
    likeness_quality_survey_start (self->survey);
  self->reordered = TRUE;
  gtk_sort_list_model_set_sorter (self->sort_model, sorter);
  pending_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

static void
selection_cb (LikenessSubjectList *self)
{
  g_autoptr (GtkBitset) chosen
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  gtk_flatten_list_model_set_model (self->faces, gtk_bitset_is_empty (chosen)
                                                     ? G_LIST_MODEL (self->sort_model)
                                                     : G_LIST_MODEL (self->selected));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* When the list of faces is what it is to be, which is after those of subjects. */
static void
faces_cb (LikenessSubjectList *self)
{
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
items_cb (LikenessSubjectList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sort_model));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nobody");
  selection_cb (self);
}

static void
activate_cb (LikenessSubjectList *self, guint position)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
search_stop_cb (LikenessSubjectList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static gboolean
space_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  likeness_subject_list_toggle_excluded (user_data);
  return GDK_EVENT_STOP;
}

static void
sort_again (LikenessSubjectList *self)
{
  GtkSorter *sorter = gtk_sort_list_model_get_sorter (self->sort_model);

  if (sorter == NULL)
    return;
  self->reordered = likeness_subject_order_is_by_quality (self->order);
  gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
  pending_cb (self);
}

/* Excluded ones, or what was found out about them. */
static void
flags_cb (LikenessSubjectList *self)
{
  likeness_subject_chips_update (self->chips);
  if (self->order == LIKENESS_SUBJECT_ORDER_FLAGS)
    sort_again (self);
}

static void
finder_cb (LikenessSubjectList *self)
{
  /* Translators: "Looking for near-duplicates, 34 %" */
  likeness_work_bar_show (self->finder_bar, _ ("Looking for near-duplicates, %.0f %%"),
                          likeness_duplicate_finder_get_progress (self->finder), NULL);
  flags_cb (self);
}

/* Without figures there is no such order. */
static void
survey_cb (LikenessSubjectList *self)
{
  LikenessProgress *progress = likeness_quality_survey_get_progress (self->survey);

  /* Translators: "Measuring PSNR and SSIM, 34 %" */
  likeness_work_bar_show (self->survey_bar, _ ("Measuring PSNR and SSIM, %.0f %%"),
                          progress,
                          likeness_quality_survey_get_cancellable (self->survey));
  if (progress != NULL || !likeness_subject_order_is_by_quality (self->order))
    return;
  if (likeness_quality_survey_get_is_done (self->survey))
    sort_again (self);
  else
    set_order (self, LIKENESS_SUBJECT_ORDER_NAME);
}

static void
survey_failed_cb (LikenessSubjectList *self, const char *sentence)
{
  likeness_session_say (self->session, sentence);
}

static void
dataset_cb (LikenessSubjectList *self)
{
  LikenessDataset *dataset = likeness_session_get_dataset (self->session);
  GListModel *everyone = dataset != NULL ? likeness_dataset_get_everyone (dataset) : NULL;
  guint n = dataset != NULL ? likeness_dataset_get_n_subjects (dataset) : 0;

  self->maximum = 1;
  for (guint i = 0; i < n; i++)
    self->maximum
        = MAX (self->maximum,
               likeness_subject_get_n_faces (likeness_dataset_get_subject (dataset, i)));
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_sort_list_model_set_incremental (self->sort_model, n > SORTED_AT_ONCE);
  likeness_quality_survey_set_dataset (self->survey, dataset);
  likeness_subject_chips_set_subjects (self->chips, everyone);
  gtk_filter_list_model_set_model (self->chip_model, everyone);
  likeness_subject_footer_set_dataset (self->footer, dataset);
  likeness_subject_footer_set_moves (
      self->footer,
      likeness_dataset_loader_get_moves (likeness_session_get_loader (self->session)));
  self->reordered = TRUE;
  pending_cb (self);
}

static void
likeness_subject_list_dispose (GObject *object)
{
  LikenessSubjectList *self = LIKENESS_SUBJECT_LIST (object);

  if (self->scroll != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll);
  self->scroll = 0;
  if (self->survey != NULL)
    likeness_quality_survey_set_dataset (self->survey, NULL);
  g_clear_object (&self->survey);
  g_clear_object (&self->finder);
  g_clear_object (&self->faces);
  g_clear_object (&self->selected);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (likeness_subject_list_parent_class)->dispose (object);
}

static void
likeness_subject_list_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  LikenessSubjectList *self = LIKENESS_SUBJECT_LIST (object);

  switch (property_id)
    {
    case PROP_ORDER:
      g_value_set_enum (value, self->order);
      break;
    case PROP_SINGLE_CLICK:
      g_value_set_boolean (value,
                           gtk_list_view_get_single_click_activate (self->list_view));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_subject_list_set_property (GObject *object,
                                    guint property_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  LikenessSubjectList *self = LIKENESS_SUBJECT_LIST (object);

  switch (property_id)
    {
    case PROP_ORDER:
      set_order (self, g_value_get_enum (value));
      break;
    case PROP_SINGLE_CLICK:
      gtk_list_view_set_single_click_activate (self->list_view,
                                               g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_subject_list_class_init (LikenessSubjectListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = likeness_subject_list_dispose;
  object_class->get_property = likeness_subject_list_get_property;
  object_class->set_property = likeness_subject_list_set_property;

  properties[PROP_ORDER]
      = g_param_spec_enum ("order", NULL, NULL, LIKENESS_TYPE_SUBJECT_ORDER,
                           LIKENESS_SUBJECT_ORDER_NAME, flags);
  properties[PROP_SINGLE_CLICK]
      = g_param_spec_boolean ("single-click", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SELECTION_CHANGED]
      = g_signal_new ("selection-changed", LIKENESS_TYPE_SUBJECT_LIST, G_SIGNAL_RUN_LAST,
                      0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED]
      = g_signal_new ("activated", LIKENESS_TYPE_SUBJECT_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_property_action (widget_class, "subjects.order", "order");
  g_type_ensure (LIKENESS_TYPE_SUBJECT);
  g_type_ensure (LIKENESS_TYPE_SUBJECT_CHIPS);
  g_type_ensure (LIKENESS_TYPE_SUBJECT_FOOTER);
  g_type_ensure (LIKENESS_TYPE_WORK_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-subject-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, chips);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, finder_bar);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, survey_bar);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, list_view);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, chip_model);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, filter_model);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, sort_model);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, selection);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectList, footer);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, items_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
}

static void
likeness_subject_list_init (LikenessSubjectList *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_filter_list_model_set_filter (self->chip_model,
                                    likeness_subject_chips_get_filter (self->chips));
  self->selected = gtk_selection_filter_model_new (GTK_SELECTION_MODEL (self->selection));
  /* After the filter's own handler, or the selection before this one would be read. */
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  self->faces
      = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->sort_model)));
  g_signal_connect_object (self->faces, "items-changed", G_CALLBACK (faces_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sort_model, "notify::pending", G_CALLBACK (pending_cb),
                           self, G_CONNECT_SWAPPED);
  self->survey = likeness_quality_survey_new ();
  g_signal_connect_object (self->survey, "changed", G_CALLBACK (survey_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->survey, "failed", G_CALLBACK (survey_failed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_search_entry_set_key_capture_widget (self->search_entry,
                                           GTK_WIDGET (self->list_view));

  /* Before the list sees it, which would toggle the selection. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                        gtk_callback_action_new (space_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), controller);
}

void
likeness_subject_list_set_session (LikenessSubjectList *self, LikenessSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (likeness_session_get_loader (session), "notify::dataset",
                           G_CALLBACK (dataset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "exclusions-changed", G_CALLBACK (flags_cb), self,
                           G_CONNECT_SWAPPED);
  dataset_cb (self);
}

void
likeness_subject_list_set_finder (LikenessSubjectList *self,
                                  LikenessDuplicateFinder *finder)
{
  g_set_object (&self->finder, finder);
  g_signal_connect_object (finder, "changed", G_CALLBACK (finder_cb), self,
                           G_CONNECT_SWAPPED);
}

void
likeness_subject_list_show_only (LikenessSubjectList *self, LikenessChip chip)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  likeness_subject_list_unselect_all (self);
  likeness_subject_chips_choose (self->chips, chip);
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

void
likeness_subject_list_find (LikenessSubjectList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

GPtrArray *
likeness_subject_list_get_selected (LikenessSubjectList *self)
{
  GPtrArray *subjects = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selected));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (subjects, g_list_model_get_item (G_LIST_MODEL (self->selected), i));
  return subjects;
}

void
likeness_subject_list_unselect_all (LikenessSubjectList *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

void
likeness_subject_list_toggle_excluded (LikenessSubjectList *self)
{
  g_autoptr (GPtrArray) subjects = likeness_subject_list_get_selected (self);
  gboolean all = TRUE;

  for (guint i = 0; i < subjects->len; i++)
    all = all && likeness_subject_get_excluded (g_ptr_array_index (subjects, i));
  likeness_session_set_excluded (self->session, subjects, !all);
}

GListModel *
likeness_subject_list_get_faces (LikenessSubjectList *self)
{
  return G_LIST_MODEL (self->faces);
}
