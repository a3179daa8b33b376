/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-test-tree.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

char *
likeness_test_tree_new (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("likeness-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

static void
add_image (const char *path, const char *type, const char *seed)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 16, 16);
  g_autoptr (GRand) random = g_rand_new_with_seed (g_str_hash (seed));
  g_autoptr (GError) error = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);

  for (int y = 0; y < 16; y++)
    for (int x = 0; x < 48; x++)
      pixels[y * stride + x] = g_rand_int_range (random, 0, 256);
  gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);
}

static char *
make_path (const char *root, const char *path)
{
  char *full = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return full;
}

void
likeness_test_tree_add (const char *root, const char *const *paths)
{
  for (; *paths != NULL; paths++)
    {
      g_autofree char *full = make_path (root, *paths);

      if (g_str_has_suffix (*paths, "/"))
        g_assert_cmpint (g_mkdir_with_parents (full, 0700), ==, 0);
      else if (g_str_has_suffix (*paths, ".png"))
        add_image (full, "png", *paths);
      else if (g_str_has_suffix (*paths, ".jpg"))
        add_image (full, "jpeg", *paths);
      else
        likeness_test_tree_write (root, *paths, "", 0);
    }
}

void
likeness_test_tree_write (const char *root,
                          const char *path,
                          const void *data,
                          gssize length)
{
  g_autofree char *full = make_path (root, path);
  g_autoptr (GError) error = NULL;

  /* In place: a name of 255 bytes leaves no room for a temporary one. GLib 2.74 does not
   * cut what was longer before. */
  g_unlink (full);
  g_file_set_contents_full (full, data, length, G_FILE_SET_CONTENTS_NONE, 0666, &error);
  g_assert_no_error (error);
}

void
likeness_test_tree_remove (const char *root)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (root, G_FILE_TEST_IS_DIR)
      && !g_file_test (root, G_FILE_TEST_IS_SYMLINK))
    {
      g_chmod (root, 0700);
      dir = g_dir_open (root, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (root, name, NULL);
          likeness_test_tree_remove (child);
        }
    }
  g_assert_cmpint (g_remove (root), ==, 0);
}

static void
list_below (const char *root, const char *relative, GPtrArray *paths)
{
  g_autofree char *folder = g_build_filename (root, relative, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (relative, name, NULL);
      g_autofree char *full = g_build_filename (root, path, NULL);

      if (g_file_test (full, G_FILE_TEST_IS_DIR)
          && !g_file_test (full, G_FILE_TEST_IS_SYMLINK))
        list_below (root, path, paths);
      else
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char **
likeness_test_tree_list (const char *root)
{
  GPtrArray *paths = g_ptr_array_new ();

  list_below (root, "", paths);
  g_ptr_array_sort (paths, compare_paths);
  g_ptr_array_add (paths, NULL);
  return (char **)g_ptr_array_free (paths, FALSE);
}

static void
give_away (const char *path, uid_t user)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_cmpint (lchown (path, user, -1), ==, 0);
  if (g_file_test (path, G_FILE_TEST_IS_DIR)
      && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      give_away (child, user);
    }
}

gboolean
likeness_test_drop_rights (const char *root)
{
  const uid_t nobody = 65534;

  if (geteuid () != 0)
    return TRUE;
  give_away (root, nobody);
  return seteuid (nobody) == 0;
}

void
likeness_test_regain_rights (void)
{
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
}

const char *
likeness_test_get_assets (void)
{
  const char *assets = g_getenv ("LIKENESS_ASSETS");

  return assets != NULL && *assets != '\0' ? assets : NULL;
}

void
likeness_test_file_set_up (LikenessTestFile *self, gconstpointer data)
{
  self->root = likeness_test_tree_new ();
  self->path = g_build_filename (self->root, "net.pt", NULL);
}

void
likeness_test_file_tear_down (LikenessTestFile *self, gconstpointer data)
{
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->path);
}
