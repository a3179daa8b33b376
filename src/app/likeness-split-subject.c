/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-subject.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-face-strip.h"

#define N_STRIPS 3

struct _LikenessSplitSubject
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkButton *back_button;
  GtkLabel *name_label;
  GtkLabel *summary_label;
  LikenessFaceStrip *train_strip;
  LikenessFaceStrip *val_strip;
  LikenessFaceStrip *out_strip;

  /* Owned */
  LikenessSplitPlanner *planner;
  char *subject;
  guint focusing; /* source */
  int focus_strip;
  int focus_position;
};

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessSplitSubject, likeness_split_subject, ADW_TYPE_BIN)

static LikenessFaceStrip *
get_strip (LikenessSplitSubject *self, int index)
{
  LikenessFaceStrip *const strips[N_STRIPS]
      = {self->train_strip, self->val_strip, self->out_strip};

  return strips[index];
}

static LikenessFaceStrip *
get_strip_of (LikenessSplitSubject *self, LikenessAssignment side)
{
  return side == LIKENESS_ASSIGNMENT_TRAIN ? self->train_strip
         : side == LIKENESS_ASSIGNMENT_VAL ? self->val_strip
                                           : self->out_strip;
}

static void
pin_cb (LikenessSplitSubject *self, guint64 index, guint pin)
{
  likeness_split_planner_set_pin (self->planner, index, (LikenessPin)pin);
}

static void
back_cb (LikenessSplitSubject *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  back_cb (LIKENESS_SPLIT_SUBJECT (widget));
  return TRUE;
}

static gboolean
focus_cb (gpointer user_data)
{
  LikenessSplitSubject *self = user_data;

  self->focusing = 0;
  if (!likeness_face_strip_set_focus (get_strip (self, self->focus_strip),
                                      self->focus_position))
    gtk_widget_grab_focus (GTK_WIDGET (self->back_button));
  return G_SOURCE_REMOVE;
}

/* A face that was pinned has left its strip: the next one is at its place. */
static void
keep_focus (LikenessSplitSubject *self)
{
  for (int i = 0; i < N_STRIPS; i++)
    {
      int position = likeness_face_strip_get_focus (get_strip (self, i));

      if (position >= 0)
        {
          self->focus_strip = i;
          self->focus_position = position;
          /* When the list has made its rows. */
          if (self->focusing == 0)
            self->focusing = g_timeout_add_full (G_PRIORITY_LOW, 0, focus_cb, self, NULL);
        }
    }
}

static void
fill_strips (LikenessSplitSubject *self)
{
  const LikenessSplitPlan *plan = likeness_split_planner_get_plan (self->planner);
  GPtrArray *faces[N_STRIPS];
  gsize n_faces;
  const LikenessPlanFace *all
      = likeness_split_planner_get_faces (self->planner, &n_faces);
  g_autofree char *summary = NULL;

  for (int i = 0; i < N_STRIPS; i++)
    faces[i] = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < n_faces; i++)
    if (strcmp (all[i].subject, self->subject) == 0)
      {
        LikenessFaceStrip *strip = get_strip_of (self, plan->assignments[i]);

        for (int j = 0; j < N_STRIPS; j++)
          if (get_strip (self, j) == strip)
            g_ptr_array_add (faces[j], likeness_strip_face_new (self->planner, i));
      }
  for (int i = 0; i < N_STRIPS; i++)
    likeness_face_strip_set_faces (get_strip (self, i), faces[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->out_strip), faces[2]->len > 0);

  if (faces[0]->len + faces[1]->len == 0)
    summary = g_strdup (_ ("dropped"));
  else
    summary = g_strdup_printf (_ ("%'u train, %'u val"), faces[0]->len, faces[1]->len);
  gtk_label_set_label (self->summary_label, summary);
  for (int i = 0; i < N_STRIPS; i++)
    g_ptr_array_unref (faces[i]);
}

static void
likeness_split_subject_dispose (GObject *object)
{
  LikenessSplitSubject *self = LIKENESS_SPLIT_SUBJECT (object);

  g_clear_handle_id (&self->focusing, g_source_remove);
  g_clear_object (&self->planner);
  g_clear_pointer (&self->subject, g_free);

  G_OBJECT_CLASS (likeness_split_subject_parent_class)->dispose (object);
}

static void
likeness_split_subject_class_init (LikenessSplitSubjectClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_split_subject_dispose;

  signals[CLOSED] = g_signal_new ("closed", LIKENESS_TYPE_SPLIT_SUBJECT,
                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIKENESS_TYPE_FACE_STRIP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-split-subject.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitSubject, back_button);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitSubject, name_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitSubject,
                                        summary_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitSubject, train_strip);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitSubject, val_strip);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitSubject, out_strip);
  gtk_widget_class_bind_template_callback (widget_class, pin_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
likeness_split_subject_init (LikenessSplitSubject *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_split_subject_set_planner (LikenessSplitSubject *self,
                                    LikenessSplitPlanner *planner,
                                    LikenessThumbnailer *thumbnailer)
{
  g_set_object (&self->planner, planner);
  for (int i = 0; i < N_STRIPS; i++)
    likeness_face_strip_set_thumbnailer (get_strip (self, i), thumbnailer);
}

void
likeness_split_subject_set_subject (LikenessSplitSubject *self, const char *subject)
{
  g_autofree char *name = NULL;

  g_clear_pointer (&self->subject, g_free);
  g_clear_handle_id (&self->focusing, g_source_remove);
  if (subject == NULL)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      for (int i = 0; i < N_STRIPS; i++)
        likeness_face_strip_set_faces (get_strip (self, i), none);
      return;
    }
  self->subject = g_strdup (subject);
  name = g_filename_display_name (subject);
  gtk_label_set_label (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  likeness_split_subject_update (self);
  self->focus_strip = likeness_face_strip_get_n_faces (self->train_strip) > 0 ? 0 : 2;
  self->focus_position = 0;
  self->focusing = g_timeout_add_full (G_PRIORITY_LOW, 0, focus_cb, self, NULL);
}

const char *
likeness_split_subject_get_subject (LikenessSplitSubject *self)
{
  return self->subject;
}

void
likeness_split_subject_update (LikenessSplitSubject *self)
{
  if (self->subject == NULL || likeness_split_planner_get_plan (self->planner) == NULL)
    return;
  keep_focus (self);
  fill_strips (self);
}
