/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-results-page.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "likeness-outcome-loader.h"
#include "likeness-progress-view.h"
#include "likeness-results-view.h"
#include "likeness-run-item.h"
#include "likeness-run-list.h"
#include "likeness-run-log.h"
#include "likeness-show-path.h"
#include "likeness-trust-hint.h"

/* Results that are there are read faster than a person could read "Loading". */
#define PATIENCE_MILLISECONDS 200

struct _LikenessResultsPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkDropDown *run_drop_down;
  GtkStack *state_stack;
  LikenessProgressView *progress_view;
  AdwStatusPage *error_page;
  LikenessResultsView *view;

  /* Owned */
  LikenessSession *session;
  char *run;    /* to show; NULL: the newest */
  char *loaded; /* shown, or on its way */
  gint64 stamp; /* of the loaded run's results on disk */
  LikenessOutcome *outcome;
  GCancellable *listing;
  GCancellable *loading;
  guint patience;
  gboolean updating; /* the drop-down is filled, nobody chose */
};

G_DEFINE_FINAL_TYPE (LikenessResultsPage, likeness_results_page, ADW_TYPE_BIN)

static gint64
read_stamp (const char *run)
{
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_RESULTS_NAME, NULL);
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return 0;
  return (gint64)status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
}

static void
update_actions (LikenessResultsPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "results.copy-table", self->outcome != NULL);
  gtk_widget_action_set_enabled (widget, "results.open-folder", self->loaded != NULL);
  gtk_widget_action_set_enabled (widget, "results.evaluate",
                                 self->loaded != NULL && self->loading == NULL);
}

static void
show_error (LikenessResultsPage *self, const GError *error)
{
  g_autofree char *text = likeness_trust_hint_describe (error, self->loaded);
  g_autofree char *description = g_markup_escape_text (text, -1);
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  adw_status_page_set_title (self->error_page,
                             cancelled ? _ ("Not Judged Yet") : _ ("No Results"));
  adw_status_page_set_description (
      self->error_page, cancelled ? _ ("The weights of this run have to be judged on its "
                                       "data before there are figures.")
                                  : description);
  gtk_stack_set_visible_child_name (self->state_stack, "error");
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessResultsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessOutcome) outcome
      = likeness_outcome_loader_load_finish (result, &error);

  /* Somebody chose another run meanwhile, or closed the window. */
  if (self->loading == NULL || g_task_get_cancellable (G_TASK (result)) != self->loading)
    return;
  g_clear_object (&self->loading);
  g_clear_handle_id (&self->patience, g_source_remove);
  likeness_progress_view_show (self->progress_view, NULL, NULL);
  g_set_object (&self->outcome, outcome);
  self->stamp = read_stamp (self->loaded);
  if (outcome != NULL)
    {
      likeness_results_view_set_outcome (
          self->view, likeness_session_get_thumbnailer (self->session), outcome);
      gtk_stack_set_visible_child_name (self->state_stack, "results");
    }
  else
    show_error (self, error);
  update_actions (self);
}

static gboolean
patience_cb (gpointer user_data)
{
  LikenessResultsPage *self = user_data;

  self->patience = 0;
  gtk_stack_set_visible_child_name (self->state_stack, "working");
  return G_SOURCE_REMOVE;
}

static void
load (LikenessResultsPage *self, gboolean anew)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->outcome);
  g_free (self->loaded);
  self->loaded = g_strdup (self->run);
  self->loading = g_cancellable_new ();
  likeness_progress_view_show (self->progress_view, progress, self->loading);
  if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MILLISECONDS, patience_cb, self);
  likeness_outcome_loader_load_async (self->run, anew, progress, self->loading, load_cb,
                                      g_object_ref (self));
  update_actions (self);
}

static void
select_run (LikenessResultsPage *self, GListModel *runs)
{
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (LikenessRunItem) item = g_list_model_get_item (runs, i);

      if (self->run == NULL)
        self->run = g_strdup (likeness_run_item_get_folder (item));
      if (g_str_equal (likeness_run_item_get_folder (item), self->run))
        {
          gtk_drop_down_set_selected (self->run_drop_down, i);
          return;
        }
    }
  gtk_drop_down_set_selected (self->run_drop_down, GTK_INVALID_LIST_POSITION);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessResultsPage) self = user_data;
  g_autoptr (GListStore) runs = likeness_run_list_read_finish (result, NULL);

  if (runs == NULL || g_task_get_cancellable (G_TASK (result)) != self->listing)
    return;
  g_clear_object (&self->listing);
  self->updating = TRUE;
  gtk_drop_down_set_model (self->run_drop_down, G_LIST_MODEL (runs));
  select_run (self, G_LIST_MODEL (runs));
  self->updating = FALSE;
  gtk_stack_set_visible_child_name (self->stack, self->run != NULL ? "runs" : "empty");
  if (self->run != NULL
      && (g_strcmp0 (self->run, self->loaded) != 0
          || (self->loading == NULL && self->stamp != read_stamp (self->run))))
    load (self, FALSE);
}

static void
refresh (LikenessResultsPage *self)
{
  g_autofree char *directory = likeness_run_log_get_default_directory ();

  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  likeness_run_list_read_async (directory, self->run, self->listing, list_cb,
                                g_object_ref (self));
}

static void
selected_cb (LikenessResultsPage *self)
{
  LikenessRunItem *item = gtk_drop_down_get_selected_item (self->run_drop_down);

  if (self->updating || item == NULL
      || g_strcmp0 (likeness_run_item_get_folder (item), self->run) == 0)
    return;
  g_free (self->run);
  self->run = g_strdup (likeness_run_item_get_folder (item));
  load (self, FALSE);
  likeness_session_set_run (self->session, self->run);
}

static void
run_cb (LikenessResultsPage *self)
{
  likeness_results_page_show_run (self, likeness_session_get_run (self->session));
}

static void
evaluate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  load (LIKENESS_RESULTS_PAGE (widget), TRUE);
}

static void
copy_table_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessResultsPage *self = LIKENESS_RESULTS_PAGE (widget);

  likeness_results_view_copy_table (self->view);
  likeness_session_say (self->session, _ ("The table is copied"));
}

static void
open_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessResultsPage *self = LIKENESS_RESULTS_PAGE (widget);

  likeness_show_path (widget, self->session, self->loaded);
}

static void
likeness_results_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_results_page_parent_class)->map (widget);
  refresh (LIKENESS_RESULTS_PAGE (widget));
}

static void
likeness_results_page_dispose (GObject *object)
{
  LikenessResultsPage *self = LIKENESS_RESULTS_PAGE (object);

  g_cancellable_cancel (self->listing);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->listing);
  g_clear_object (&self->loading);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->outcome);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (likeness_results_page_parent_class)->dispose (object);
}

static void
likeness_results_page_finalize (GObject *object)
{
  LikenessResultsPage *self = LIKENESS_RESULTS_PAGE (object);

  g_free (self->run);
  g_free (self->loaded);

  G_OBJECT_CLASS (likeness_results_page_parent_class)->finalize (object);
}

static void
likeness_results_page_class_init (LikenessResultsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_results_page_dispose;
  object_class->finalize = likeness_results_page_finalize;
  widget_class->map = likeness_results_page_map;

  g_type_ensure (LIKENESS_TYPE_PROGRESS_VIEW);
  g_type_ensure (LIKENESS_TYPE_RESULTS_VIEW);
  g_type_ensure (LIKENESS_TYPE_RUN_ITEM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-results-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsPage, run_drop_down);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsPage, state_stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsPage, progress_view);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);

  gtk_widget_class_install_action (widget_class, "results.evaluate", NULL,
                                   evaluate_action);
  gtk_widget_class_install_action (widget_class, "results.copy-table", NULL,
                                   copy_table_action);
  gtk_widget_class_install_action (widget_class, "results.open-folder", NULL,
                                   open_folder_action);
}

static void
likeness_results_page_init (LikenessResultsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

void
likeness_results_page_set_session (LikenessResultsPage *self, LikenessSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "notify::run", G_CALLBACK (run_cb), self,
                           G_CONNECT_SWAPPED);
  run_cb (self);
}

void
likeness_results_page_show_run (LikenessResultsPage *self, const char *run)
{
  if (g_strcmp0 (self->run, run) != 0)
    {
      g_free (self->run);
      self->run = g_strdup (run);
    }
  refresh (self);
}
