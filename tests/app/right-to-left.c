/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 *
 * Loaded before the others (LD_PRELOAD) it lets a GTK program run from right to left, as
 * a translation into Arabic or Hebrew would.
 */

#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <glib.h>
#include <string.h>

const gchar *
g_dgettext (const gchar *domain, const gchar *text)
{
  static const gchar *(*translate) (const gchar *, const gchar *) = NULL;

  /* What GTK asks its translators for. */
  if (strcmp (text, "default:LTR") == 0)
    return "default:RTL";
  if (translate == NULL)
    *(void **)&translate = dlsym (RTLD_NEXT, "g_dgettext");
  return translate (domain, text);
}
