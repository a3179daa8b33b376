/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-session.h"

#include <glib/gi18n.h>

/* What Undo takes back: only subjects that did change. */
typedef struct
{
  LikenessSession *session;
  GPtrArray *subjects;
  gboolean excluded;
} Exclusion;

static void
exclusion_free (gpointer data, GClosure *closure)
{
  Exclusion *exclusion = data;

  g_object_unref (exclusion->session);
  g_ptr_array_unref (exclusion->subjects);
  g_free (exclusion);
}

static void
apply_exclusion (LikenessSession *self, GPtrArray *subjects, gboolean excluded)
{
  for (guint i = 0; i < subjects->len; i++)
    likeness_subject_set_excluded (g_ptr_array_index (subjects, i), excluded);
  g_signal_emit_by_name (self, "exclusions-changed");
}

static void
undo_exclusion_cb (AdwToast *toast, gpointer user_data)
{
  Exclusion *exclusion = user_data;

  apply_exclusion (exclusion->session, exclusion->subjects, !exclusion->excluded);
}

void
likeness_session_set_excluded (LikenessSession *self,
                               GPtrArray *subjects,
                               gboolean excluded)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *title = NULL;
  Exclusion *exclusion = NULL;
  AdwToast *toast = NULL;

  for (guint i = 0; i < subjects->len; i++)
    {
      LikenessSubject *subject = g_ptr_array_index (subjects, i);

      if (likeness_subject_get_excluded (subject) != excluded)
        g_ptr_array_add (changed, g_object_ref (subject));
    }
  if (changed->len == 0)
    return;
  apply_exclusion (self, changed, excluded);

  if (changed->len == 1)
    title = g_strdup_printf (excluded ? _ ("%s is excluded") : _ ("%s is included again"),
                             likeness_subject_get_name (g_ptr_array_index (changed, 0)));
  else
    title = g_strdup_printf (
        excluded ? ngettext ("%u subject is excluded", "%u subjects are excluded",
                             changed->len)
                 : ngettext ("%u subject is included again",
                             "%u subjects are included again", changed->len),
        changed->len);
  toast = likeness_session_make_toast (title);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  exclusion = g_new (Exclusion, 1);
  exclusion->session = g_object_ref (self);
  exclusion->subjects = g_ptr_array_ref (changed);
  exclusion->excluded = excluded;
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_exclusion_cb),
                         exclusion, exclusion_free, 0);
  likeness_session_show_toast (self, toast);
}
