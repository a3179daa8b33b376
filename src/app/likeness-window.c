/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-window.h"

#include <glib/gi18n.h>

#include "likeness-data-page.h"
#include "likeness-file-dialog.h"
#include "likeness-recent-folders.h"
#include "likeness-results-page.h"
#include "likeness-settings.h"
#include "likeness-split-page.h"
#include "likeness-train-page.h"

/* Microseconds until a toast has come into view. */
#define TOAST_COMES 500000

struct _LikenessWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toast_overlay;
  AdwViewStack *stack;
  AdwViewSwitcherTitle *switcher_title;
  LikenessDataPage *data_page;
  LikenessSplitPage *split_page;
  LikenessTrainPage *train_page;
  LikenessResultsPage *results_page;
  GMenu *recent_section;

  /* Owned */
  LikenessSession *session;
  GSettings *settings;
  GtkFileChooserNative *chooser;
  AdwToast *undo_toast; /* of the last decision, while it is shown */
  gint64 undo_shown;
  AdwToast *next_undo; /* waits for undo_source */
  guint undo_source;
  AdwToast *ended_toast; /* says what the Train page and Results say themselves */
  gboolean closing;      /* as soon as the run has ended */
};

G_DEFINE_FINAL_TYPE (LikenessWindow, likeness_window, ADW_TYPE_APPLICATION_WINDOW)

static void
undo_dismissed_cb (LikenessWindow *self, AdwToast *toast)
{
  if (self->undo_toast == toast)
    g_clear_object (&self->undo_toast);
}

static void
show_undo (LikenessWindow *self, AdwToast *toast)
{
  g_autoptr (AdwToast) before = g_steal_pointer (&self->undo_toast);

  if (before != NULL)
    adw_toast_dismiss (before);
  self->undo_toast = g_object_ref (toast);
  self->undo_shown = g_get_monotonic_time ();
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (undo_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toast_overlay, g_object_ref (toast));
}

static gboolean
next_undo_cb (gpointer user_data)
{
  LikenessWindow *self = user_data;
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->next_undo);

  self->undo_source = 0;
  show_undo (self, toast);
  return G_SOURCE_REMOVE;
}

/* One that matters more takes the place of the one before: they do not queue up. That one
 * may not be sent away while it still comes into view, which libadwaita (1.2) does not
 * survive; of those that come meanwhile the last is shown. */
static void
toast_cb (LikenessWindow *self, AdwToast *toast)
{
  gint64 wait = self->undo_shown + TOAST_COMES - g_get_monotonic_time ();

  if (adw_toast_get_priority (toast) != ADW_TOAST_PRIORITY_HIGH)
    adw_toast_overlay_add_toast (self->toast_overlay, g_object_ref (toast));
  else if (self->undo_toast == NULL || wait <= 0)
    show_undo (self, toast);
  else
    {
      g_set_object (&self->next_undo, toast);
      if (self->undo_source == 0)
        self->undo_source = g_timeout_add ((guint)(wait / 1000 + 1), next_undo_cb, self);
    }
}

static void
dataset_cb (LikenessWindow *self)
{
  LikenessDataset *dataset = likeness_session_get_dataset (self->session);
  g_autofree char *name = NULL;

  if (dataset == NULL)
    {
      gtk_window_set_title (GTK_WINDOW (self), _ ("Likeness"));
      adw_view_switcher_title_set_title (self->switcher_title, _ ("Likeness"));
      return;
    }
  name = g_filename_display_basename (likeness_dataset_get_root (dataset));
  gtk_window_set_title (GTK_WINDOW (self), name);
  adw_view_switcher_title_set_title (self->switcher_title, name);
  if (self->settings != NULL)
    g_settings_set (self->settings, "folder", "^ay", likeness_dataset_get_root (dataset));
}

static void
open_path (LikenessWindow *self, const char *path)
{
  if (path == NULL)
    {
      likeness_session_say (self->session,
                            _ ("Only folders on this computer can be opened"));
      return;
    }
  adw_view_stack_set_visible_child_name (self->stack, "data");
  likeness_dataset_loader_open (likeness_session_get_loader (self->session), path);
}

static void
chooser_cb (gpointer owner, const char *path)
{
  open_path (LIKENESS_WINDOW (owner), path);
}

static void
open_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessWindow *self = LIKENESS_WINDOW (widget);
  const LikenessFileDialog dialog = {
      .title = _ ("Open a Folder of Faces"),
      .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
      .accept = _ ("_Open"),
  };

  likeness_file_dialog_show (&self->chooser, widget, &dialog, chooser_cb);
}

static void
open_recent_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessWindow *self = LIKENESS_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->stack, "data");
  likeness_dataset_loader_open (likeness_session_get_loader (self->session),
                                g_variant_get_bytestring (parameter));
}

static void
open_sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessWindow *self = LIKENESS_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->stack, "data");
  likeness_dataset_loader_open_sample (likeness_session_get_loader (self->session));
}

static void
rescan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  likeness_dataset_loader_rescan (
      likeness_session_get_loader (LIKENESS_WINDOW (widget)->session));
}

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessWindow *self = LIKENESS_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->stack,
                                         g_variant_get_string (parameter, NULL));
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessWindow *self = LIKENESS_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->stack, "data");
  likeness_data_page_find (self->data_page);
}

static void
start_training_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessWindow *self = LIKENESS_WINDOW (widget);

  if (adw_view_stack_get_visible_child (self->stack) == GTK_WIDGET (self->train_page))
    gtk_widget_activate_action (GTK_WIDGET (self->train_page), "train.start", NULL);
}

static gboolean
drop_cb (LikenessWindow *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);
  g_autofree char *path = NULL;

  if (files == NULL)
    return FALSE;
  path = g_file_get_path (files->data);
  open_path (self, path);
  return TRUE;
}

static void
say_ended (LikenessWindow *self, gboolean finished)
{
  const char *message
      = finished ? _ ("Training finished") : _ ("Training did not get to its end");
  AdwToast *toast = NULL;

  /* Who does not look at the window hears of it elsewhere. */
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    {
      GApplication *application
          = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
      g_autoptr (GNotification) notification = g_notification_new (message);

      g_notification_set_body (notification, gtk_window_get_title (GTK_WINDOW (self)));
      if (application != NULL)
        g_application_send_notification (application, "training", notification);
    }
  /* The Train page says it itself. */
  if (adw_view_stack_get_visible_child (self->stack) == GTK_WIDGET (self->train_page))
    return;
  toast = likeness_session_make_toast (message);
  adw_toast_set_button_label (toast, finished ? _ ("_Results") : _ ("_Show"));
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_action_name (toast, "win.show-page");
  adw_toast_set_action_target (toast, "s", finished ? "results" : "train");
  g_set_object (&self->ended_toast, toast);
  likeness_session_show_toast (self->session, toast);
}

static void
page_cb (LikenessWindow *self)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->stack);

  if (self->ended_toast == NULL
      || (page != GTK_WIDGET (self->train_page)
          && page != GTK_WIDGET (self->results_page)))
    return;
  adw_toast_dismiss (self->ended_toast);
  g_clear_object (&self->ended_toast);
}

static void
ended_cb (LikenessWindow *self, LikenessTraining *training)
{
  LikenessTrainingState state = likeness_training_get_state (training);

  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (state != LIKENESS_TRAINING_STOPPED)
    say_ended (self, state == LIKENESS_TRAINING_FINISHED);
}

static void
close_response_cb (LikenessWindow *self, const char *response)
{
  LikenessTraining *training = likeness_session_get_training (self->session);

  if (g_str_equal (response, "background"))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  else if (g_str_equal (response, "stop"))
    {
      if (likeness_training_get_active (training))
        {
          self->closing = TRUE;
          likeness_training_stop (training);
        }
      else
        gtk_window_close (GTK_WINDOW (self));
    }
}

static void
ask_before_closing (LikenessWindow *self)
{
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (self), _ ("Training Is Under Way"),
                                _ ("It can go on without this window, with a "
                                   "notification at its end. Where it is stopped, what "
                                   "there is is kept, and it can be resumed."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "stop",
                                    _ ("_Stop and Close"), "background",
                                    _ ("_Keep Training"), NULL);
  adw_message_dialog_set_response_appearance (message, "background",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "background");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
likeness_window_close_request (GtkWindow *window)
{
  LikenessWindow *self = LIKENESS_WINDOW (window);
  int width, height;

  if (self->settings != NULL)
    {
      gtk_window_get_default_size (window, &width, &height);
      g_settings_set (self->settings, "window-size", "(ii)", width, height);
      g_settings_set_boolean (self->settings, "maximized",
                              gtk_window_is_maximized (window));
      g_settings_set_string (self->settings, "page",
                             adw_view_stack_get_visible_child_name (self->stack));
    }
  if (likeness_training_get_active (likeness_session_get_training (self->session)))
    {
      if (!self->closing)
        ask_before_closing (self);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (likeness_window_parent_class)->close_request (window);
}

static void
likeness_window_dispose (GObject *object)
{
  LikenessWindow *self = LIKENESS_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->ended_toast);
  g_clear_object (&self->undo_toast);
  g_clear_handle_id (&self->undo_source, g_source_remove);
  g_clear_object (&self->next_undo);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (likeness_window_parent_class)->dispose (object);
}

static void
likeness_window_class_init (LikenessWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = likeness_window_close_request;

  g_type_ensure (LIKENESS_TYPE_DATA_PAGE);
  g_type_ensure (LIKENESS_TYPE_SPLIT_PAGE);
  g_type_ensure (LIKENESS_TYPE_TRAIN_PAGE);
  g_type_ensure (LIKENESS_TYPE_RESULTS_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LikenessWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, LikenessWindow, data_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessWindow, split_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessWindow, train_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessWindow, results_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessWindow, recent_section);
  gtk_widget_class_bind_template_callback (widget_class, page_cb);

  gtk_widget_class_install_action (widget_class, "win.open-folder", NULL,
                                   open_folder_action);
  gtk_widget_class_install_action (widget_class, "win.open-recent", "ay",
                                   open_recent_action);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL,
                                   open_sample_action);
  gtk_widget_class_install_action (widget_class, "win.rescan", NULL, rescan_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.start-training", NULL,
                                   start_training_action);
}

static void
likeness_window_init (LikenessWindow *self)
{
  GtkDropTarget *target = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->session = likeness_session_new ();
  g_signal_connect_object (self->session, "toast", G_CALLBACK (toast_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (likeness_session_get_loader (self->session), "notify::dataset",
                           G_CALLBACK (dataset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (likeness_session_get_training (self->session), "ended",
                           G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  likeness_data_page_set_session (self->data_page, self->session);
  likeness_split_page_set_session (self->split_page, self->session);
  likeness_train_page_set_session (self->train_page, self->session);
  likeness_results_page_set_session (self->results_page, self->session);

  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (likeness_recent_folders_fill),
                           self->recent_section, G_CONNECT_SWAPPED);
  likeness_recent_folders_fill (self->recent_section);

  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  self->settings = likeness_settings_new ();
  if (self->settings != NULL)
    {
      int width, height;

      g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
      gtk_window_set_default_size (GTK_WINDOW (self), width, height);
      if (g_settings_get_boolean (self->settings, "maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
    }
}

LikenessWindow *
likeness_window_new (GtkApplication *application)
{
  return g_object_new (LIKENESS_TYPE_WINDOW, "application", application, NULL);
}

LikenessSession *
likeness_window_get_session (LikenessWindow *self)
{
  return self->session;
}

void
likeness_window_restore (LikenessWindow *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *page = NULL;

  if (self->settings == NULL)
    return;
  g_settings_get (self->settings, "folder", "^ay", &folder);
  page = g_settings_get_string (self->settings, "page");
  if (*folder == '\0' || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return;
  if (adw_view_stack_get_child_by_name (self->stack, page) != NULL)
    adw_view_stack_set_visible_child_name (self->stack, page);
  likeness_dataset_loader_open (likeness_session_get_loader (self->session), folder);
}
