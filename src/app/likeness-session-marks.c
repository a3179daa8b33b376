/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-session.h"

#include <glib/gi18n.h>

#include "likeness-display-name.h"
#include "likeness-format.h"

/* Longer than a message that is only read. */
#define UNDO_SECONDS 8

/* One decision, and what Undo takes back: only what did change. */
typedef struct
{
  LikenessSession *session;
  LikenessDataset *dataset;
  GPtrArray *subjects; /* NULL: it is about the face */
  LikenessFace *face;
  gboolean excluded;
  LikenessPin pin;
} Decision;

static Decision *
decision_new (LikenessSession *self)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->session = g_object_ref (self);
  decision->dataset = g_object_ref (likeness_session_get_dataset (self));
  return decision;
}

static void
decision_free (gpointer data, GClosure *closure)
{
  Decision *decision = data;

  g_object_unref (decision->session);
  g_object_unref (decision->dataset);
  g_clear_pointer (&decision->subjects, g_ptr_array_unref);
  g_clear_object (&decision->face);
  g_free (decision);
}

static void
save_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!likeness_marks_save_finish (likeness_session_get_marks (self), result, &error))
    likeness_session_say (self, error->message);
}

static void
save (LikenessSession *self)
{
  LikenessMarks *marks = likeness_session_get_marks (self);

  if (marks != NULL)
    likeness_marks_save_async (marks, save_cb, g_object_ref (self));
  g_signal_emit_by_name (self, "exclusions-changed");
}

static void
exclude_subject (LikenessSession *self, LikenessSubject *subject, gboolean excluded)
{
  LikenessMarks *marks = likeness_session_get_marks (self);

  if (marks != NULL)
    likeness_marks_set_subject_excluded (marks, subject, excluded);
  else
    likeness_subject_set_excluded (subject, excluded);
}

static void
mark_face (LikenessSession *self, LikenessFace *face, LikenessPin pin, gboolean excluded)
{
  LikenessMarks *marks = likeness_session_get_marks (self);

  if (marks != NULL)
    {
      likeness_marks_set_pin (marks, face, pin);
      likeness_marks_set_face_excluded (marks, face, excluded);
      return;
    }
  likeness_face_set_pin (face, pin);
  likeness_face_set_excluded (face, excluded);
}

static void
undo_cb (AdwToast *toast, gpointer user_data)
{
  Decision *decision = user_data;
  LikenessSession *self = decision->session;

  /* What it would take back is gone with its data set. */
  if (decision->dataset != likeness_session_get_dataset (self))
    return;
  if (decision->subjects != NULL)
    for (guint i = 0; i < decision->subjects->len; i++)
      exclude_subject (self, g_ptr_array_index (decision->subjects, i),
                       !decision->excluded);
  else
    mark_face (self, decision->face, decision->pin, decision->excluded);
  save (self);
}

/* @decision: (transfer full) */
static void
offer_undo (LikenessSession *self, const char *title, Decision *decision)
{
  AdwToast *toast = likeness_session_make_toast (title);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), decision,
                         decision_free, 0);
  likeness_session_show_toast (self, toast);
}

void
likeness_session_set_excluded (LikenessSession *self,
                               GPtrArray *subjects,
                               gboolean excluded)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  Decision *decision = NULL;

  for (guint i = 0; i < subjects->len; i++)
    {
      LikenessSubject *subject = g_ptr_array_index (subjects, i);

      if (likeness_subject_get_excluded (subject) != excluded)
        g_ptr_array_add (changed, g_object_ref (subject));
    }
  if (changed->len == 0)
    return;
  for (guint i = 0; i < changed->len; i++)
    exclude_subject (self, g_ptr_array_index (changed, i), excluded);
  save (self);

  name
      = likeness_format_name (likeness_subject_get_name (g_ptr_array_index (changed, 0)));
  if (changed->len == 1)
    title = g_strdup_printf (excluded ? _ ("%s is excluded") : _ ("%s is included again"),
                             name);
  else
    title = g_strdup_printf (
        excluded ? ngettext ("%u subject is excluded", "%u subjects are excluded",
                             changed->len)
                 : ngettext ("%u subject is included again",
                             "%u subjects are included again", changed->len),
        changed->len);
  decision = decision_new (self);
  decision->subjects = g_steal_pointer (&changed);
  decision->excluded = excluded;
  offer_undo (self, title, decision);
}

/* (transfer full): as a part of a sentence */
static char *
get_face_name (LikenessFace *face)
{
  g_autofree char *name = likeness_display_name (likeness_face_get_name (face));

  return likeness_format_name (name);
}

static Decision *
remember_face (LikenessSession *self, LikenessFace *face)
{
  Decision *decision = decision_new (self);

  decision->face = g_object_ref (face);
  decision->pin = likeness_face_get_pin (face);
  decision->excluded = likeness_face_get_excluded (face);
  return decision;
}

void
likeness_session_set_face_excluded (LikenessSession *self,
                                    LikenessFace *face,
                                    gboolean excluded)
{
  g_autofree char *name = get_face_name (face);
  g_autofree char *title = g_strdup_printf (
      excluded ? _ ("%s is excluded") : _ ("%s is included again"), name);
  Decision *decision = NULL;

  if (likeness_face_get_excluded (face) == excluded)
    return;
  decision = remember_face (self, face);
  mark_face (self, face, decision->pin, excluded);
  save (self);
  offer_undo (self, title, decision);
}

void
likeness_session_set_pin (LikenessSession *self, LikenessFace *face, LikenessPin pin)
{
  g_autofree char *name = get_face_name (face);
  g_autofree char *title = NULL;
  Decision *decision = NULL;

  if (likeness_face_get_pin (face) == pin)
    return;
  decision = remember_face (self, face);
  mark_face (self, face, pin, decision->excluded);
  save (self);
  title = pin == LIKENESS_PIN_NONE
              ? g_strdup_printf (_ ("%s is not pinned any more"), name)
              /* Translators: a file name, and train, val or out */
              : g_strdup_printf (_ ("%s is pinned to %s"), name,
                                 likeness_pin_to_string (pin));
  offer_undo (self, title, decision);
}
