/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "likeness-application.h"
#include "likeness-torch-loader.h"

int
main (int argc, char **argv)
{
  g_autoptr (LikenessApplication) application = NULL;
  int status;

  likeness_torch_prepare ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIRECTORY);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = likeness_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  likeness_torch_leave ();
  return status;
}
