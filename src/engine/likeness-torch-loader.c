/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <gmodule.h>

#include "likeness-torch-loader.h"

#define MODULE_NAME "liblikeness-torch.so"

/* Folders to look in, best first: told by the environment, beside an uninstalled program
 * (build/src/app, build/src/cli, build/tests/ROOM), installed. */
static GPtrArray *
list_folders (void)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
  const char *told = g_getenv ("LIKENESS_MODULE_PATH");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (told != NULL && *told != '\0')
    g_ptr_array_add (folders, g_strdup (told));
  if (program != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (program);

      g_ptr_array_add (folders, g_build_filename (folder, "..", "engine", NULL));
      g_ptr_array_add (folders, g_build_filename (folder, "..", "src", "engine", NULL));
      g_ptr_array_add (folders,
                       g_build_filename (folder, "..", "..", "src", "engine", NULL));
    }
  g_ptr_array_add (folders, g_strdup (MODULE_DIRECTORY));
  return folders;
}

static char *
find_module (void)
{
  g_autoptr (GPtrArray) folders = list_folders ();

  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *path = g_build_filename (folders->pdata[i], MODULE_NAME, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static const LikenessTorch *
open_module (GError **error)
{
  g_autofree char *path = find_module ();
  GModule *module;
  gpointer entry = NULL;

  if (path == NULL)
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_MISSING,
                   _ ("The part of Likeness that trains (%s) is not installed: run "
                      "build-aux/setup, or install the package that holds it"),
                   MODULE_NAME);
      return NULL;
    }

  /* Not lazily: a missing library is to be a sentence now, not a crash at its first use.
   */
  module = g_module_open (path, G_MODULE_BIND_LOCAL);
  if (module == NULL || !g_module_symbol (module, LIKENESS_TORCH_ENTRY, &entry))
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_MISSING,
                   _ ("libtorch cannot be opened: run build-aux/setup to fetch it again. "
                      "Details: %s"),
                   g_module_error ());
      if (module != NULL)
        g_module_close (module);
      return NULL;
    }

  /* libtorch's threads and static objects do not survive unloading. */
  g_module_make_resident (module);
  return ((LikenessTorchEntry)entry) ();
}

void
likeness_torch_prepare (void)
{
  g_setenv ("OMP_WAIT_POLICY", "passive", FALSE);
}

/* Held while the module is opened. */
static GMutex mutex;
static gboolean leaving;

const LikenessTorch *
likeness_torch_load (GError **error)
{
  static const LikenessTorch *torch;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (leaving)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _ ("The program is about to end"));
      return NULL;
    }
  /* Only success is kept: what was missing may have been installed by the next try. */
  if (torch == NULL)
    torch = open_module (error);
  return torch;
}

void
likeness_torch_leave (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  leaving = TRUE;
}
