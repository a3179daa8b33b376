/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-marks-notice.h"

#include <glib/gi18n.h>

#include "likeness-display-name.h"
#include "likeness-format.h"
#include "likeness-reason.h"
#include "likeness-reasons-window.h"

void
likeness_marks_notice_list (GtkWidget *owner, GPtrArray *moves)
{
  g_autoptr (GListStore) reasons = g_list_store_new (LIKENESS_TYPE_REASON);

  for (guint i = 0; i < moves->len; i++)
    {
      const LikenessMove *move = g_ptr_array_index (moves, i);
      g_autofree char *to = move->to != NULL ? likeness_display_name (move->to) : NULL;
      g_autofree char *text
          = to != NULL ? g_strdup_printf (_ ("Moved to %s; its mark went along."), to)
                       : g_strdup (_ ("Not there any more, or in more than one place; "
                                      "its mark waits for it."));
      g_autoptr (LikenessReason) reason = likeness_reason_new (move->from, text);

      g_list_store_append (reasons, reason);
    }
  likeness_reasons_window_present (owner, _ ("Marked Faces Elsewhere"),
                                   G_LIST_MODEL (reasons));
}

static void
list_cb (GtkWidget *owner, AdwToast *toast)
{
  likeness_marks_notice_list (owner, g_object_get_data (G_OBJECT (toast), "moves"));
}

static char *
describe (GPtrArray *moves)
{
  const LikenessMove *first = g_ptr_array_index (moves, 0);
  g_autofree char *path = likeness_display_name (first->from);
  g_autofree char *name = likeness_format_name (path);

  if (moves->len > 1)
    return g_strdup_printf (ngettext ("%'u marked face is not where it was",
                                      "%'u marked faces are not where they were",
                                      moves->len),
                            moves->len);
  return g_strdup_printf (first->to != NULL ? _ ("%s has moved; its mark went along")
                                            : _ ("%s was marked and is gone"),
                          name);
}

void
likeness_marks_notice_show (GtkWidget *owner, LikenessSession *session)
{
  GPtrArray *moves
      = likeness_dataset_loader_get_moves (likeness_session_get_loader (session));
  g_autofree char *text = NULL;
  AdwToast *toast = NULL;

  if (moves == NULL || moves->len == 0)
    return;
  text = describe (moves);
  toast = likeness_session_make_toast (text);
  adw_toast_set_button_label (toast, _ ("_Show"));
  g_object_set_data_full (G_OBJECT (toast), "moves", g_ptr_array_ref (moves),
                          (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (list_cb), owner,
                           G_CONNECT_SWAPPED);
  likeness_session_show_toast (session, toast);
}
