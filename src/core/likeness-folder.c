/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-string-hash.h"

int
likeness_folder_open_parent (int folder, const char *path, const char **name)
{
  int current = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const char *start = path;

  for (const char *slash; current >= 0 && (slash = strchr (start, '/')) != NULL;
       start = slash + 1)
    {
      g_autofree char *component = g_strndup (start, slash - start);
      int next
          = openat (current, component, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      int number = errno;

      close (current);
      errno = number;
      current = next;
    }
  *name = start;
  return current;
}

static gboolean
is_folder (int folder, const struct dirent *entry)
{
  struct stat status;

  if (entry->d_type != DT_UNKNOWN)
    return entry->d_type == DT_DIR;
  return fstatat (folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0
         && S_ISDIR (status.st_mode);
}

/* Takes over @folder. */
static void
list_below (int folder, const char *prefix, guint depth, GHashTable *paths)
{
  DIR *stream = fdopendir (folder);
  struct dirent *entry;

  if (stream == NULL)
    {
      close (folder);
      return;
    }
  while ((entry = readdir (stream)) != NULL)
    {
      g_autofree char *path = NULL;
      int child = -1;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0)
        continue;
      path = g_strconcat (prefix, *prefix != '\0' ? "/" : "", entry->d_name, NULL);
      if (depth < LIKENESS_FOLDER_MAX_DEPTH && is_folder (folder, entry))
        child = openat (folder, entry->d_name,
                        O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (child >= 0)
        list_below (child, path, depth + 1, paths);
      else
        g_hash_table_add (paths, g_steal_pointer (&path));
    }
  closedir (stream);
}

GHashTable *
likeness_folder_list (int folder)
{
  GHashTable *paths
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
  int copy = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (copy >= 0)
    list_below (copy, "", 0, paths);
  return paths;
}
