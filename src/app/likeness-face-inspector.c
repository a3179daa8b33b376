/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-inspector.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-display-name.h"
#include "likeness-face-facts.h"
#include "likeness-face-image.h"
#include "likeness-flag-words.h"
#include "likeness-format.h"
#include "likeness-show-path.h"
#include "likeness-twin-strip.h"

struct _LikenessFaceInspector
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *name_label;
  GtkLabel *subject_label;
  LikenessFaceImage *image;
  GtkWidget *partner_box;
  LikenessFaceImage *low_image;
  GtkLabel *low_label;
  GtkLabel *psnr_label;
  GtkLabel *ssim_label;
  GtkLabel *error_label;
  GtkLabel *size_label;
  GtkLabel *split_label;
  GtkLabel *flags_label;
  GtkLabel *path_label;
  LikenessTwinStrip *near_strip;
  LikenessTwinStrip *named_strip;
  GtkToggleButton *pin_buttons[LIKENESS_PIN_OUT + 1]; /* by pin; none has no button */
  GtkToggleButton *exclude_button;

  /* Borrowed */
  const LikenessDuplicates *duplicates;

  /* Owned */
  LikenessSession *session;
  LikenessFace *face;
  GSignalGroup *signals;
  GCancellable *loading;
  gboolean loaded; /* what is known of the face is on show, or on its way */
};

G_DEFINE_FINAL_TYPE (LikenessFaceInspector, likeness_face_inspector, ADW_TYPE_BIN)

static GPtrArray *
get_near (LikenessFaceInspector *self)
{
  return self->duplicates != NULL && self->face != NULL
             ? likeness_duplicates_get_near (self->duplicates, self->face)
             : NULL;
}

static GPtrArray *
get_named (LikenessFaceInspector *self)
{
  return self->duplicates != NULL && self->face != NULL
             ? likeness_duplicates_get_named_twice (self->duplicates, self->face)
             : NULL;
}

static GPtrArray *
get_exact (LikenessFaceInspector *self)
{
  return self->duplicates != NULL && self->face != NULL
             ? likeness_duplicates_get_exact (self->duplicates, self->face)
             : NULL;
}

static void
update_marks (LikenessFaceInspector *self)
{
  g_autofree char *words = NULL;
  gboolean excluded;

  if (self->face == NULL)
    return;
  words = likeness_flag_words_of_face (self->face);
  excluded = likeness_face_get_excluded (self->face);
  gtk_label_set_label (self->flags_label, *words != '\0' ? words : _ ("none"));
  for (int pin = LIKENESS_PIN_TRAIN; pin <= LIKENESS_PIN_OUT; pin++)
    gtk_toggle_button_set_active (self->pin_buttons[pin],
                                  (int)likeness_face_get_pin (self->face) == pin);
  gtk_toggle_button_set_active (self->exclude_button, excluded);
  gtk_button_set_label (GTK_BUTTON (self->exclude_button),
                        excluded ? _ ("Exclu_ded") : _ ("Exclude This _Face"));
}

static void
show_quality (LikenessFaceInspector *self, const LikenessFaceFacts *facts)
{
  g_autofree char *psnr = isinf (facts->quality.psnr)
                              ? g_strdup (_ ("identical"))
                              : g_strdup_printf (_ ("%.2f dB"), facts->quality.psnr);
  g_autofree char *ssim = likeness_format_score (facts->quality.ssim);
  g_autofree char *size
      = g_strdup_printf (_ ("Partner, %d × %d"), facts->low_width, facts->low_height);

  gtk_label_set_label (self->low_label, facts->low_width > 0 ? size : _ ("Partner"));
  gtk_label_set_label (self->psnr_label, isnan (facts->quality.psnr) ? "–" : psnr);
  gtk_label_set_label (self->ssim_label, ssim);
}

static void
show_facts (LikenessFaceInspector *self, const LikenessFaceFacts *facts)
{
  g_autofree char *bytes = g_format_size (facts->bytes);
  g_autofree char *size
      = facts->width > 0
            ? g_strdup_printf (_ ("%d × %d, %s"), facts->width, facts->height, bytes)
            : g_strdup (bytes);

  gtk_label_set_label (self->size_label, size);
  gtk_label_set_label (self->error_label, facts->error != NULL ? facts->error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), facts->error != NULL);
  show_quality (self, facts);
}

static void
facts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessFaceInspector) self = user_data;
  g_autoptr (LikenessFaceFacts) facts = likeness_face_facts_load_finish (result, NULL);

  /* Cancelled: another face is on show. */
  if (facts != NULL && g_task_get_cancellable (G_TASK (result)) == self->loading)
    show_facts (self, facts);
}

static void
load (LikenessFaceInspector *self)
{
  if (self->loaded || self->face == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->loaded = TRUE;
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  likeness_face_facts_load_async (self->face, self->loading, facts_cb,
                                  g_object_ref (self));
}

static void
update_twins (LikenessFaceInspector *self)
{
  likeness_twin_strip_set_faces (self->near_strip, get_near (self), self->face);
  likeness_twin_strip_set_faces (self->named_strip, get_named (self), self->face);
  likeness_twin_strip_set_copies (self->near_strip, get_exact (self));
  likeness_twin_strip_set_copies (self->named_strip, get_exact (self));
  self->loaded = FALSE;
  load (self);
}

static void
show_face (LikenessFaceInspector *self)
{
  g_autofree char *name = likeness_display_name (likeness_face_get_name (self->face));
  g_autofree char *subject
      = likeness_display_name (likeness_face_get_subject (self->face));
  g_autofree char *path = likeness_face_dup_path (self->face);
  g_autofree char *low_path = likeness_face_dup_low_path (self->face);
  g_autofree char *shown = likeness_format_path (path);
  LikenessSplit split = likeness_face_get_split (self->face);

  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->subject_label, subject);
  likeness_face_image_set_path (self->image, path);
  likeness_face_image_set_label (self->image, name);
  likeness_face_image_set_path (self->low_image, low_path);
  gtk_widget_set_visible (self->partner_box, low_path != NULL);
  gtk_label_set_label (self->low_label, _ ("Partner"));
  gtk_label_set_label (self->psnr_label, "…");
  gtk_label_set_label (self->ssim_label, "…");
  gtk_label_set_label (self->size_label, "…");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  gtk_label_set_label (self->split_label, split == LIKENESS_SPLIT_NONE
                                              ? _ ("none")
                                              : likeness_split_to_string (split));
  gtk_label_set_label (self->path_label, shown);
}

static void
show_in_files_cb (LikenessFaceInspector *self)
{
  g_autofree char *path = likeness_face_dup_path (self->face);

  likeness_show_in_folder (GTK_WIDGET (self), self->session, path);
}

static void
copy_path_cb (LikenessFaceInspector *self)
{
  g_autofree char *path = likeness_face_dup_path (self->face);
  g_autofree char *text = g_filename_display_name (path);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  likeness_session_say (self->session, _ ("Path copied"));
}

static void
exclude_cb (LikenessFaceInspector *self)
{
  likeness_session_set_face_excluded (self->session, self->face,
                                      !likeness_face_get_excluded (self->face));
  update_marks (self);
}

static void
pin_cb (LikenessFaceInspector *self, GtkToggleButton *button)
{
  for (int pin = LIKENESS_PIN_TRAIN; pin <= LIKENESS_PIN_OUT; pin++)
    if (button == self->pin_buttons[pin])
      /* A second press lets go. */
      likeness_session_set_pin (self->session, self->face,
                                (int)likeness_face_get_pin (self->face) == pin
                                    ? LIKENESS_PIN_NONE
                                    : (LikenessPin)pin);
  update_marks (self);
}

static void
twin_cb (LikenessFaceInspector *self, LikenessFace *face)
{
  g_autoptr (LikenessFace) kept = g_object_ref (face);

  likeness_face_inspector_set_face (self, kept);
}

static void
likeness_face_inspector_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_face_inspector_parent_class)->map (widget);
  load (LIKENESS_FACE_INSPECTOR (widget));
}

static void
likeness_face_inspector_dispose (GObject *object)
{
  LikenessFaceInspector *self = LIKENESS_FACE_INSPECTOR (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->signals);
  g_clear_object (&self->face);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (likeness_face_inspector_parent_class)->dispose (object);
}

#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceInspector, name)

static void
likeness_face_inspector_class_init (LikenessFaceInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_face_inspector_dispose;
  widget_class->map = likeness_face_inspector_map;

  g_type_ensure (LIKENESS_TYPE_FACE_IMAGE);
  g_type_ensure (LIKENESS_TYPE_TWIN_STRIP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-face-inspector.ui");
  BIND (stack);
  BIND (name_label);
  BIND (subject_label);
  BIND (image);
  BIND (partner_box);
  BIND (low_image);
  BIND (low_label);
  BIND (psnr_label);
  BIND (ssim_label);
  BIND (error_label);
  BIND (size_label);
  BIND (split_label);
  BIND (flags_label);
  BIND (path_label);
  BIND (near_strip);
  BIND (named_strip);
  BIND (exclude_button);
  for (int pin = LIKENESS_PIN_TRAIN; pin <= LIKENESS_PIN_OUT; pin++)
    {
      g_autofree char *name = g_strdup_printf ("pin_%s", likeness_pin_to_string (pin));

      gtk_widget_class_bind_template_child_full (
          widget_class, name, FALSE,
          G_STRUCT_OFFSET (LikenessFaceInspector, pin_buttons)
              + (gssize)(pin * sizeof (GtkToggleButton *)));
    }
  gtk_widget_class_bind_template_callback (widget_class, show_in_files_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_path_cb);
  gtk_widget_class_bind_template_callback (widget_class, exclude_cb);
  gtk_widget_class_bind_template_callback (widget_class, pin_cb);
  gtk_widget_class_bind_template_callback (widget_class, twin_cb);
}

static void
likeness_face_inspector_init (LikenessFaceInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (LIKENESS_TYPE_FACE);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (update_marks), self,
                                 G_CONNECT_SWAPPED);
}

void
likeness_face_inspector_set_session (LikenessFaceInspector *self,
                                     LikenessSession *session)
{
  LikenessThumbnailer *thumbnailer = likeness_session_get_thumbnailer (session);

  g_set_object (&self->session, session);
  likeness_face_image_set_thumbnailer (self->image, thumbnailer);
  likeness_face_image_set_thumbnailer (self->low_image, thumbnailer);
  likeness_twin_strip_set_thumbnailer (self->near_strip, thumbnailer);
  likeness_twin_strip_set_thumbnailer (self->named_strip, thumbnailer);
}

void
likeness_face_inspector_set_face (LikenessFaceInspector *self, LikenessFace *face)
{
  g_signal_group_set_target (self->signals, face);
  if (!g_set_object (&self->face, face))
    return;
  g_cancellable_cancel (self->loading);
  gtk_stack_set_visible_child_name (self->stack, face != NULL ? "face" : "nothing");
  if (face != NULL)
    show_face (self);
  else
    {
      likeness_face_image_set_path (self->image, NULL);
      likeness_face_image_set_path (self->low_image, NULL);
    }
  update_marks (self);
  update_twins (self);
}

void
likeness_face_inspector_set_duplicates (LikenessFaceInspector *self,
                                        const LikenessDuplicates *duplicates)
{
  self->duplicates = duplicates;
  update_twins (self);
}
