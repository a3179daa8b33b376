/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-page.h"

#include <glib/gi18n.h>

#include "likeness-error.h"
#include "likeness-format.h"
#include "likeness-progress-view.h"
#include "likeness-sentence-bar.h"
#include "likeness-split-options.h"
#include "likeness-split-planner.h"
#include "likeness-split-preview.h"
#include "likeness-split-undo.h"
#include "likeness-target-check.h"

struct _LikenessSplitPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwFlap *flap;
  LikenessSplitOptions *options;
  LikenessSplitPreview *preview;
  GtkStack *commit_stack;
  GtkLabel *size_label;
  GtkLabel *place_label;
  GtkButton *commit_button;
  LikenessProgressView *progress_view;
  GtkRevealer *leftover_revealer;
  GtkLabel *leftover_label;
  GtkButton *leftover_button;
  GtkRevealer *done_revealer;
  GtkLabel *done_label;

  /* Owned */
  LikenessSession *session;
  LikenessSplitPlanner *planner;
  GCancellable *cancellable;  /* of the commit */
  char *committed;            /* folder that was written last and can be undone */
  guint train, val;           /* of the plan shown */
  LikenessTargetCheck *check; /* NULL: not known yet */
  GCancellable *checking;
  gboolean stale; /* the faces changed while the page was not looked at */
};

G_DEFINE_FINAL_TYPE (LikenessSplitPage, likeness_split_page, ADW_TYPE_BIN)

static void
show_progress (LikenessSplitPage *self,
               LikenessProgress *progress,
               GCancellable *cancellable)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->options), FALSE);
  likeness_progress_view_show (self->progress_view, progress, cancellable);
  gtk_stack_set_visible_child_name (self->commit_stack, "progress");
}

static void
show_commit (LikenessSplitPage *self)
{
  likeness_progress_view_show (self->progress_view, NULL, NULL);
  gtk_stack_set_visible_child_name (self->commit_stack, "commit");
  gtk_widget_set_sensitive (GTK_WIDGET (self->options), TRUE);
}

/* (transfer full): as a part of a sentence */
static char *
get_target_name (const LikenessCommitOptions *options)
{
  g_autofree char *name = g_filename_display_basename (options->target);

  return likeness_format_name (name);
}

/* What Commit will do, and what stands in its way. */
static void
update_commit (LikenessSplitPage *self)
{
  LikenessCommitSize size = likeness_split_planner_get_size (self->planner);
  gboolean ready = likeness_split_planner_get_can_commit (self->planner);
  LikenessCommitOptions options;
  g_autofree char *name = NULL;
  g_autofree char *bytes = g_format_size (size.bytes);
  guint64 free_space = self->check != NULL ? self->check->free_bytes : 0;
  g_autofree char *free_bytes = g_format_size (free_space);
  g_autofree char *what = NULL;
  g_autofree char *where = NULL;
  gboolean exists, fits;

  if (likeness_session_get_dataset (self->session) == NULL)
    return;
  likeness_split_options_get_commit (self->options, &options);
  name = get_target_name (&options);
  exists = self->check != NULL && self->check->exists;
  fits = options.link != LIKENESS_LINK_COPY || free_space == 0 || size.bytes < free_space;

  if (likeness_split_planner_get_progress (self->planner) != NULL)
    what = g_strdup (_ ("Reading the faces…"));
  else if (options.link == LIKENESS_LINK_COPY)
    /* Translators: "4,146 files, 85.2 MB" */
    what = g_strdup_printf (ngettext ("%'u file, %s", "%'u files, %s", size.files),
                            size.files, bytes);
  else
    what = g_strdup_printf (ngettext ("%'u link", "%'u links", size.files), size.files);
  if (exists)
    where = g_strdup_printf (_ ("%s is already there: choose another place"), name);
  else if (!fits)
    where = g_strdup_printf (_ ("only %s are free: choose another place or links"),
                             free_bytes);
  else if (free_space > 0)
    where = g_strdup_printf (_ ("into %s, %s free"), name, free_bytes);
  else
    where = g_strdup_printf (_ ("into %s"), name);

  gtk_label_set_label (self->size_label, what);
  gtk_label_set_label (self->place_label, where);
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button),
                            ready && self->check != NULL && !exists && fits);
}

/* Whether a killed run left something beside the target, and what. */
static void
update_leftovers (LikenessSplitPage *self)
{
  GPtrArray *leftovers = self->check->leftovers;
  g_autofree char *text = NULL;
  gboolean is_last = FALSE;

  gtk_revealer_set_reveal_child (self->leftover_revealer, leftovers->len > 0);
  if (leftovers->len == 0)
    return;
  for (guint i = 0; i < leftovers->len; i++)
    is_last = is_last || ((const LikenessLeftover *)leftovers->pdata[i])->is_last;
  if (leftovers->len == 1)
    {
      g_autofree char *what = likeness_leftover_describe (leftovers->pdata[0]);
      text = g_strdup_printf ("%s.", what);
    }
  else
    text = g_strdup_printf (ngettext ("Splits that were killed left %u folder here.",
                                      "Splits that were killed left %u folders here.",
                                      leftovers->len),
                            leftovers->len);
  gtk_label_set_label (self->leftover_label, text);
  gtk_button_set_label (self->leftover_button, is_last ? _ ("_Put Back") : _ ("_Remove"));
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSplitPage) self = user_data;
  LikenessTargetCheck *check = likeness_target_check_finish (result, NULL);

  if (check == NULL)
    return;
  g_clear_pointer (&self->check, likeness_target_check_free);
  self->check = check;
  if (self->session == NULL || self->cancellable != NULL)
    return;
  update_leftovers (self);
  update_commit (self);
}

static void
check_target (LikenessSplitPage *self)
{
  LikenessCommitOptions options;

  if (self->session == NULL || likeness_session_get_dataset (self->session) == NULL)
    return;
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  likeness_split_options_get_commit (self->options, &options);
  likeness_target_check_async (options.target, self->checking, check_cb,
                               g_object_ref (self));
}

static void
planner_cb (LikenessSplitPage *self)
{
  const LikenessSplitPlan *plan = likeness_split_planner_get_plan (self->planner);

  likeness_split_preview_update (self->preview);
  self->train = plan != NULL ? plan->train : 0;
  self->val = plan != NULL ? plan->val : 0;
  update_commit (self);
  check_target (self);
}

/* Reading every face is work: not before somebody looks. */
static void
update_faces (LikenessSplitPage *self)
{
  LikenessDataset *dataset = likeness_session_get_dataset (self->session);

  self->stale = TRUE;
  if (dataset != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->stale = FALSE;
  likeness_split_planner_set_dataset (self->planner, dataset,
                                      likeness_split_options_get_mask (self->options));
}

static void
plan_changed_cb (LikenessSplitPage *self)
{
  LikenessPlanOptions options;

  likeness_split_options_get_plan (self->options, &options);
  likeness_split_planner_set_options (self->planner, &options);
}

static void
target_changed_cb (LikenessSplitPage *self)
{
  g_clear_pointer (&self->check, likeness_target_check_free);
  update_commit (self);
  check_target (self);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSplitPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  show_commit (self);
  if (!likeness_target_check_clear_finish (result, &error))
    likeness_session_say (self->session, error->message);
  else
    likeness_session_say (self->session, _ ("What was left is cleared away"));
  check_target (self);
}

static void
leftover_clicked_cb (LikenessSplitPage *self)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();

  if (self->check == NULL || self->cancellable != NULL)
    return;
  gtk_revealer_set_reveal_child (self->leftover_revealer, FALSE);
  show_progress (self, progress, NULL);
  likeness_target_check_clear_async (self->check->leftovers, progress, cleared_cb,
                                     g_object_ref (self));
}

static void
undo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSplitPage) self = user_data;
  LikenessDataset *dataset
      = self->session != NULL ? likeness_session_get_dataset (self->session) : NULL;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  show_commit (self);
  if (!likeness_split_undo_finish (result, &error))
    {
      likeness_session_say (self->session, error->message);
      return;
    }
  likeness_session_say (self->session, _ ("What was written is removed again"));
  if (dataset != NULL)
    {
      likeness_session_set_training_folder (self->session,
                                            likeness_dataset_get_root (dataset));
      likeness_split_options_propose_target (self->options);
    }
}

static void
undo_clicked_cb (LikenessSplitPage *self)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autofree char *folder = NULL;

  if (self->committed == NULL || self->cancellable != NULL)
    return;
  folder = g_steal_pointer (&self->committed);
  gtk_revealer_set_reveal_child (self->done_revealer, FALSE);
  show_progress (self, progress, NULL);
  likeness_split_undo_async (folder, progress, undo_cb, g_object_ref (self));
}

static void
commit_done (LikenessSplitPage *self)
{
  LikenessCommitOptions options;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *short_text = NULL;
  AdwToast *toast = NULL;

  likeness_split_options_get_commit (self->options, &options);
  g_free (self->committed);
  self->committed = g_strdup (options.target);
  name = get_target_name (&options);
  /* Translators: train and val faces */
  short_text = g_strdup_printf (_ ("%'u + %'u faces written"), self->train, self->val);
  text = g_strdup_printf (_ ("%'u + %'u faces written to %s."), self->train, self->val,
                          name);
  gtk_label_set_label (self->done_label, text);
  gtk_revealer_set_reveal_child (self->done_revealer, TRUE);

  toast = likeness_session_make_toast (short_text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  likeness_session_show_toast (self->session, toast);
  likeness_session_set_training_folder (self->session, self->committed);
  likeness_split_options_propose_target (self->options);
}

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSplitPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean written = likeness_split_planner_commit_finish (
      LIKENESS_SPLIT_PLANNER (source), result, &error);

  g_clear_object (&self->cancellable);
  if (self->session == NULL)
    return;
  show_commit (self);
  if (written)
    commit_done (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    likeness_session_say (self->session, _ ("Nothing was written"));
  else
    likeness_session_say (self->session, error->message);
  update_commit (self);
  check_target (self);
}

static void
commit_clicked_cb (LikenessSplitPage *self)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  LikenessCommitOptions options;

  if (!likeness_split_planner_get_can_commit (self->planner))
    return;
  likeness_split_options_get_commit (self->options, &options);

  gtk_revealer_set_reveal_child (self->done_revealer, FALSE);
  gtk_revealer_set_reveal_child (self->leftover_revealer, FALSE);
  self->cancellable = g_cancellable_new ();
  show_progress (self, progress, self->cancellable);
  likeness_split_planner_commit_async (self->planner, &options, progress,
                                       self->cancellable, commit_cb, g_object_ref (self));
}

static void
say_cb (LikenessSplitPage *self, const char *text)
{
  likeness_session_say (self->session, text);
}

static void
dataset_cb (LikenessSplitPage *self)
{
  LikenessDataset *dataset = likeness_session_get_dataset (self->session);

  gtk_revealer_set_reveal_child (self->done_revealer, FALSE);
  g_clear_pointer (&self->committed, g_free);
  gtk_stack_set_visible_child_name (self->stack, dataset != NULL ? "split" : "empty");
  likeness_split_options_set_dataset (self->options, dataset);
  likeness_split_preview_reset (self->preview);
  update_faces (self);
}

static void
likeness_split_page_map (GtkWidget *widget)
{
  LikenessSplitPage *self = LIKENESS_SPLIT_PAGE (widget);

  GTK_WIDGET_CLASS (likeness_split_page_parent_class)->map (widget);
  if (self->stale)
    update_faces (self);
}

static void
likeness_split_page_dispose (GObject *object)
{
  LikenessSplitPage *self = LIKENESS_SPLIT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->checking);
  if (self->planner != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->planner, self);
      likeness_split_planner_set_dataset (self->planner, NULL, 0);
    }
  g_clear_object (&self->planner);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (likeness_split_page_parent_class)->dispose (object);
}

static void
likeness_split_page_finalize (GObject *object)
{
  LikenessSplitPage *self = LIKENESS_SPLIT_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->checking);
  g_clear_pointer (&self->check, likeness_target_check_free);
  g_free (self->committed);

  G_OBJECT_CLASS (likeness_split_page_parent_class)->finalize (object);
}

static void
likeness_split_page_class_init (LikenessSplitPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_split_page_dispose;
  object_class->finalize = likeness_split_page_finalize;
  widget_class->map = likeness_split_page_map;

  g_type_ensure (LIKENESS_TYPE_PROGRESS_VIEW);
  g_type_ensure (LIKENESS_TYPE_SENTENCE_BAR);
  g_type_ensure (LIKENESS_TYPE_SPLIT_OPTIONS);
  g_type_ensure (LIKENESS_TYPE_SPLIT_PREVIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-split-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, flap);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, options);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, preview);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, commit_stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, size_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, place_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, commit_button);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, progress_view);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage,
                                        leftover_revealer);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, leftover_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, leftover_button);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, done_revealer);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPage, done_label);
  gtk_widget_class_bind_template_callback (widget_class, update_faces);
  gtk_widget_class_bind_template_callback (widget_class, say_cb);
  gtk_widget_class_bind_template_callback (widget_class, plan_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, target_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, leftover_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, commit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked_cb);
}

static void
likeness_split_page_init (LikenessSplitPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->planner = likeness_split_planner_new ();
  g_signal_connect_object (self->planner, "changed", G_CALLBACK (planner_cb), self,
                           G_CONNECT_SWAPPED);
}

void
likeness_split_page_set_session (LikenessSplitPage *self, LikenessSession *session)
{
  g_set_object (&self->session, session);
  likeness_split_preview_set_planner (self->preview, self->planner,
                                      likeness_session_get_thumbnailer (session));
  g_signal_connect_object (likeness_session_get_loader (session), "notify::dataset",
                           G_CALLBACK (dataset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "exclusions-changed", G_CALLBACK (update_faces), self,
                           G_CONNECT_SWAPPED);
  dataset_cb (self);
}
