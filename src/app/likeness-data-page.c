/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-data-page.h"

#include <glib/gi18n.h>

#include "likeness-change-bar.h"
#include "likeness-duplicate-finder.h"
#include "likeness-error.h"
#include "likeness-face-grid.h"
#include "likeness-face-inspector.h"
#include "likeness-format.h"
#include "likeness-listed-view.h"
#include "likeness-progress-view.h"
#include "likeness-marks-notice.h"
#include "likeness-recent-folders.h"
#include "likeness-recent-list.h"
#include "likeness-sentence-bar.h"
#include "likeness-structure-window.h"
#include "likeness-structure.h"
#include "likeness-subject-list.h"

#define SIZE_STEP 16 /* of the faces in the grid, in pixels */

struct _LikenessDataPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  LikenessProgressView *progress_view;
  AdwStatusPage *failed_page;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkButton *banner_button;
  LikenessChangeBar *change_bar;
  GtkRevealer *names_bar;
  GtkLabel *names_label;
  AdwLeaflet *leaflet;
  LikenessSubjectList *subject_list;
  GtkStack *faces_stack;
  LikenessFaceGrid *face_grid;
  LikenessListedView *listed_view;
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkButton *everyone_button;
  GtkToggleButton *exclude_button;
  GtkWidget *title_box;
  GtkAdjustment *size_adjustment;
  AdwFlap *flap;
  LikenessFaceInspector *inspector;

  /* Owned */
  LikenessSession *session;
  LikenessDuplicateFinder *finder;
};

G_DEFINE_FINAL_TYPE (LikenessDataPage, likeness_data_page, ADW_TYPE_BIN)

/* What is wrong, in two or three words: the sentence stands below. */
static const char *
get_failure_title (const GError *error)
{
  if (g_error_matches (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND))
    return _ ("Folder Not Found");
  if (g_error_matches (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_A_FOLDER))
    return _ ("Not a Folder");
  if (g_error_matches (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_READABLE))
    return _ ("Folder Cannot Be Read");
  if (g_error_matches (error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY))
    return _ ("No Faces Found");
  return _ ("Folder Cannot Be Opened");
}

static void
update_banner (LikenessDataPage *self, LikenessDataset *dataset)
{
  g_autofree char *sentence = likeness_structure_describe (dataset);
  gboolean shared = likeness_dataset_get_n_shared_faces (dataset) > 0;
  gboolean ready
      = likeness_dataset_get_structure (dataset) == LIKENESS_STRUCTURE_CLOSED_SET;

  gtk_label_set_label (self->banner_label, sentence);
  gtk_button_set_label (self->banner_button, shared  ? _ ("_Show")
                                             : ready ? _ ("_Train")
                                                     : _ ("_Make a Training Set"));
  if (shared)
    gtk_widget_add_css_class (gtk_revealer_get_child (self->banner), "warned");
  else
    gtk_widget_remove_css_class (gtk_revealer_get_child (self->banner), "warned");
  gtk_revealer_set_reveal_child (self->banner, TRUE);
}

/* The next step that the banner names. */
static void
banner_cb (LikenessDataPage *self)
{
  LikenessDataset *dataset = likeness_session_get_dataset (self->session);
  gboolean ready
      = likeness_dataset_get_structure (dataset) == LIKENESS_STRUCTURE_CLOSED_SET;

  if (likeness_dataset_get_n_shared_faces (dataset) > 0)
    likeness_subject_list_show_only (self->subject_list, LIKENESS_CHIP_BOTH_SPLITS);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s",
                                ready ? "train" : "split");
}

static void
compare_cb (LikenessDataPage *self)
{
  likeness_structure_window_present (GTK_WIDGET (self),
                                     likeness_session_get_dataset (self->session));
}

/* One picture under two names poisons labels: a warning of its own. */
static void
found_cb (LikenessDataPage *self)
{
  const LikenessDuplicates *duplicates
      = likeness_duplicate_finder_get_duplicates (self->finder);
  guint n = duplicates != NULL ? likeness_duplicates_get_n_named_twice (duplicates) : 0;
  guint n_exact
      = duplicates != NULL ? likeness_duplicates_get_n_exact_named_twice (duplicates) : 0;
  g_autofree char *text = g_strdup_printf (
      ngettext ("%'u picture stands under two names: one of the two labels is wrong.",
                "%'u pictures stand under two names: one of each two labels is wrong.",
                n),
      n);

  likeness_face_grid_update (self->face_grid);
  if (n_exact > 0)
    {
      /* Translators: after "3 pictures stand under two names: …" */
      g_autofree char *exact = g_strdup_printf (
          ngettext ("%'u is the very same file.", "%'u are the very same file.", n_exact),
          n_exact);
      g_autofree char *both = g_strdup_printf ("%s %s", text, exact);

      gtk_label_set_label (self->names_label, both);
    }
  else
    gtk_label_set_label (self->names_label, text);
  gtk_revealer_set_reveal_child (self->names_bar, n > 0);
  likeness_face_inspector_set_duplicates (self->inspector, duplicates);
}

static void
names_cb (LikenessDataPage *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "subjects");
  likeness_subject_list_show_only (self->subject_list, LIKENESS_CHIP_TWO_NAMES);
}

static void
dataset_cb (LikenessDataPage *self)
{
  LikenessDataset *dataset = likeness_session_get_dataset (self->session);

  likeness_face_inspector_set_face (self->inspector, NULL);
  likeness_duplicate_finder_set_dataset (self->finder, dataset);
  likeness_change_bar_set_dataset (self->change_bar, dataset);
  if (dataset == NULL)
    return;
  likeness_recent_folders_add (likeness_dataset_get_root (dataset));
  likeness_marks_notice_show (GTK_WIDGET (self), self->session);
}

static void
listed_cb (LikenessDataPage *self)
{
  likeness_listed_view_set_faces (
      self->listed_view, likeness_session_get_thumbnailer (self->session),
      likeness_dataset_loader_get_listed (likeness_session_get_loader (self->session)));
}

static void
listed_visible_cb (LikenessDataPage *self)
{
  gtk_widget_set_vexpand (GTK_WIDGET (self->progress_view),
                          !gtk_widget_get_visible (GTK_WIDGET (self->listed_view)));
}

static void
recent_cb (LikenessDataPage *self, const char *folder)
{
  likeness_dataset_loader_open (likeness_session_get_loader (self->session), folder);
}

static void
chosen_cb (LikenessDataPage *self)
{
  LikenessFace *face = likeness_face_grid_get_face (self->face_grid);

  /* The list of faces is another one: the face stays in view until one is chosen. */
  if (face != NULL)
    likeness_face_inspector_set_face (self->inspector, face);
}

static void
face_activated_cb (LikenessDataPage *self)
{
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
face_pinned_cb (LikenessDataPage *self, guint pin)
{
  LikenessFace *face = likeness_face_grid_get_face (self->face_grid);

  /* The same key a second time lets go. */
  likeness_session_set_pin (self->session, face,
                            likeness_face_get_pin (face) == pin ? LIKENESS_PIN_NONE
                                                                : (LikenessPin)pin);
}

static void
face_excluded_cb (LikenessDataPage *self)
{
  LikenessFace *face = likeness_face_grid_get_face (self->face_grid);

  likeness_session_set_face_excluded (self->session, face,
                                      !likeness_face_get_excluded (face));
}

/* To the inspector and on to the search, or back to the bar above. */
static gboolean
left_cb (LikenessDataPage *self, GtkDirectionType direction)
{
  GtkWidget *next = GTK_WIDGET (self->inspector);

  if (direction == GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (self->title_box, GTK_DIR_TAB_BACKWARD);
  if (adw_flap_get_reveal_flap (self->flap)
      && gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD))
    return TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.find", NULL);
  return TRUE;
}

/* In steps: each size is decoded anew. */
static void
size_cb (LikenessDataPage *self)
{
  int size = (int)gtk_adjustment_get_value (self->size_adjustment);

  likeness_face_grid_set_size (self->face_grid, size / SIZE_STEP * SIZE_STEP);
}

/* F9, wherever the cursor is. */
static gboolean
toggle_flap_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LikenessDataPage *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->flap)))
    return GDK_EVENT_PROPAGATE;
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
  return GDK_EVENT_STOP;
}

static void
selection_cb (LikenessDataPage *self)
{
  g_autoptr (GPtrArray) subjects
      = likeness_subject_list_get_selected (self->subject_list);
  guint n_faces
      = g_list_model_get_n_items (likeness_subject_list_get_faces (self->subject_list));
  g_autofree char *faces = likeness_format_faces (n_faces);
  g_autofree char *title = NULL;
  gboolean all = subjects->len > 0;

  for (guint i = 0; i < subjects->len; i++)
    all = all && likeness_subject_get_excluded (g_ptr_array_index (subjects, i));

  if (subjects->len == 0)
    title = g_strdup (_ ("Everyone"));
  else if (subjects->len == 1)
    title = g_strdup (likeness_subject_get_name (g_ptr_array_index (subjects, 0)));
  else
    title = likeness_format_subjects (subjects->len);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->subtitle_label, faces);
  gtk_widget_set_visible (GTK_WIDGET (self->everyone_button), subjects->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->exclude_button), subjects->len > 0);
  gtk_toggle_button_set_active (self->exclude_button, all);
  gtk_stack_set_visible_child_name (
      self->faces_stack, subjects->len > 0 && n_faces == 0 ? "unusable" : "faces");
}

/* Other faces: the first of them. */
static void
subjects_cb (LikenessDataPage *self)
{
  selection_cb (self);
  likeness_face_grid_scroll_to_start (self->face_grid);
}

/* In a narrow window the name needs the room. */
static void
folded_cb (LikenessDataPage *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    gtk_button_set_icon_name (self->everyone_button, "edit-select-all-symbolic");
  else
    gtk_button_set_label (self->everyone_button, _ ("Show _Everyone"));
}

static void
activated_cb (LikenessDataPage *self)
{
  if (adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self->face_grid), GTK_DIR_TAB_FORWARD);
}

static void
back_cb (LikenessDataPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
everyone_cb (LikenessDataPage *self)
{
  likeness_subject_list_unselect_all (self->subject_list);
}

static void
exclude_cb (LikenessDataPage *self)
{
  likeness_subject_list_toggle_excluded (self->subject_list);
  selection_cb (self);
}

static void
state_cb (LikenessDataPage *self)
{
  LikenessDataset *dataset = likeness_session_get_dataset (self->session);
  LikenessDatasetLoader *loader = likeness_session_get_loader (self->session);
  const GError *error = likeness_dataset_loader_get_error (loader);
  g_autofree char *description = NULL;

  likeness_progress_view_show (self->progress_view, NULL, NULL);
  switch (likeness_dataset_loader_get_state (loader))
    {
    case LIKENESS_DATASET_LOADER_EMPTY:
      gtk_stack_set_visible_child_name (self->stack, "welcome");
      break;
    case LIKENESS_DATASET_LOADER_LOADING:
      likeness_progress_view_show (self->progress_view,
                                   likeness_dataset_loader_get_progress (loader),
                                   likeness_dataset_loader_get_cancellable (loader));
      gtk_stack_set_visible_child_name (self->stack, "loading");
      break;
    case LIKENESS_DATASET_LOADER_READY:
      update_banner (self, dataset);
      selection_cb (self);
      gtk_stack_set_visible_child_name (self->stack, "ready");
      break;
    case LIKENESS_DATASET_LOADER_FAILED:
      adw_status_page_set_title (self->failed_page, get_failure_title (error));
      /* A hyphen would look like a part of the path. */
      description = g_markup_printf_escaped ("<span insert_hyphens=\"false\">%s</span>",
                                             error->message);
      adw_status_page_set_description (self->failed_page, description);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
likeness_data_page_dispose (GObject *object)
{
  LikenessDataPage *self = LIKENESS_DATA_PAGE (object);

  if (self->inspector != NULL)
    likeness_face_inspector_set_duplicates (self->inspector, NULL);
  g_clear_object (&self->finder);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (likeness_data_page_parent_class)->dispose (object);
}

static void
likeness_data_page_class_init (LikenessDataPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_data_page_dispose;

  g_type_ensure (LIKENESS_TYPE_CHANGE_BAR);
  g_type_ensure (LIKENESS_TYPE_FACE_GRID);
  g_type_ensure (LIKENESS_TYPE_FACE_INSPECTOR);
  g_type_ensure (LIKENESS_TYPE_LISTED_VIEW);
  g_type_ensure (LIKENESS_TYPE_RECENT_LIST);
  g_type_ensure (LIKENESS_TYPE_PROGRESS_VIEW);
  g_type_ensure (LIKENESS_TYPE_SENTENCE_BAR);
  g_type_ensure (LIKENESS_TYPE_SUBJECT_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-data-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, progress_view);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, banner);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, banner_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, banner_button);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, change_bar);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, names_bar);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, names_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, flap);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, title_box);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, size_adjustment);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, inspector);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, subject_list);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, faces_stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, face_grid);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, listed_view);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, everyone_button);
  gtk_widget_class_bind_template_child (widget_class, LikenessDataPage, exclude_button);
  gtk_widget_class_bind_template_callback (widget_class, subjects_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, everyone_cb);
  gtk_widget_class_bind_template_callback (widget_class, exclude_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, names_cb);
  gtk_widget_class_bind_template_callback (widget_class, recent_cb);
  gtk_widget_class_bind_template_callback (widget_class, listed_visible_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, face_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, face_pinned_cb);
  gtk_widget_class_bind_template_callback (widget_class, face_excluded_cb);
}

static void
likeness_data_page_init (LikenessDataPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->finder = likeness_duplicate_finder_new ();
  g_signal_connect_object (self->finder, "changed", G_CALLBACK (found_cb), self,
                           G_CONNECT_SWAPPED);
  likeness_subject_list_set_finder (self->subject_list, self->finder);
  folded_cb (self);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F9, 0),
                        gtk_callback_action_new (toggle_flap_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
likeness_data_page_set_session (LikenessDataPage *self, LikenessSession *session)
{
  LikenessDatasetLoader *loader = likeness_session_get_loader (session);

  g_set_object (&self->session, session);
  likeness_subject_list_set_session (self->subject_list, session);
  likeness_face_grid_set_faces (self->face_grid,
                                likeness_session_get_thumbnailer (session),
                                likeness_subject_list_get_faces (self->subject_list));
  likeness_face_inspector_set_session (self->inspector, session);
  g_signal_connect_object (loader, "notify::dataset", G_CALLBACK (dataset_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (loader, "notify::listed", G_CALLBACK (listed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (loader, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "exclusions-changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "exclusions-changed",
                           G_CALLBACK (likeness_face_grid_update), self->face_grid,
                           G_CONNECT_SWAPPED);
  state_cb (self);
}

void
likeness_data_page_find (LikenessDataPage *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "subjects");
  likeness_subject_list_find (self->subject_list);
}
