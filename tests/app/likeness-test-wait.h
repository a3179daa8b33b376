/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** Runs the main loop until @condition holds; a test that waits for a minute fails. */
#define likeness_test_wait(condition)                                                    \
  G_STMT_START                                                                           \
  {                                                                                      \
    gint64 likeness_test_until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;          \
    guint likeness_test_tick = g_timeout_add (20, likeness_test_tick_cb, NULL);          \
                                                                                         \
    while (!(condition))                                                                 \
      {                                                                                  \
        if (g_get_monotonic_time () > likeness_test_until)                               \
          g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition);      \
        g_main_context_iteration (NULL, TRUE);                                           \
      }                                                                                  \
    g_source_remove (likeness_test_tick);                                                \
  }                                                                                      \
  G_STMT_END

/** Lets go of @object, which must then be gone as soon as what it had begun has answered.
 */
#define likeness_test_finalize(object)                                                   \
  G_STMT_START                                                                           \
  {                                                                                      \
    gpointer likeness_test_gone = object;                                                \
                                                                                         \
    g_object_add_weak_pointer (likeness_test_gone, &likeness_test_gone);                 \
    g_object_unref (likeness_test_gone);                                                 \
    likeness_test_wait (likeness_test_gone == NULL);                                     \
  }                                                                                      \
  G_STMT_END

/* Wakes the loop, so that the time is looked at. */
static inline gboolean
likeness_test_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

G_END_DECLS
