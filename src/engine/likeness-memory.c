/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-memory.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* What a version of control groups calls its files. */
typedef struct
{
  const char *folder;
  const char *limit;
  const char *usage;
  const char *cache; /* in memory.stat: of usage, what is given back when it is wanted */
} Names;

static const Names version_1 = {"sys/fs/cgroup/memory", "memory.limit_in_bytes",
                                "memory.usage_in_bytes", "total_inactive_file "};
static const Names version_2
    = {"sys/fs/cgroup", "memory.max", "memory.current", "inactive_file "};

static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* The number behind the line's beginning @key; NaN where there is no such line. */
static double
find_number (const char *text, const char *key)
{
  for (const char *line = text; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n' ? 1 : 0;
      if (g_str_has_prefix (line, key))
        return (double)g_ascii_strtoull (line + strlen (key), NULL, 10);
    }
  return NAN;
}

static double
read_meminfo (const char *root, const char *key)
{
  g_autofree char *text = read_file (root, "proc/meminfo");
  double kilobytes = find_number (text, key);

  return isnan (kilobytes) ? 0 : kilobytes * 1024;
}

/* NaN where the file is not there or says "max". */
static double
read_number (const char *folder, const char *name)
{
  g_autofree char *text = read_file (folder, name);

  return text != NULL && g_ascii_isdigit (*text)
             ? (double)g_ascii_strtoull (text, NULL, 10)
             : NAN;
}

/* What one group has left; infinite where it has no limit. */
static double
get_left (const Names *names, const char *folder)
{
  double limit = read_number (folder, names->limit);
  double usage = read_number (folder, names->usage);
  g_autofree char *stat = read_file (folder, "memory.stat");
  double cache = find_number (stat, names->cache);

  if (isnan (limit) || isnan (usage))
    return INFINITY;
  return limit - usage + (isnan (cache) ? 0 : cache);
}

/* A group is bound by those above it as well. Within a container the path is often that
 * of the host, of which only the end of the walk is there to be seen. */
static double
walk_up (const Names *names, const char *root, const char *group)
{
  g_autofree char *path = g_strdup (group);
  double left = INFINITY;

  for (;;)
    {
      g_autofree char *folder = g_build_filename (root, names->folder, path, NULL);
      char *slash = strrchr (path, '/');

      left = MIN (left, get_left (names, folder));
      if (slash == NULL)
        return left;
      *slash = '\0';
    }
}

/* Lines of "number:controllers:/path"; without controllers it is version 2. */
static double
get_left_of_groups (const char *root)
{
  g_autofree char *text = read_file (root, "proc/self/cgroup");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  double left = INFINITY;

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, ":", 3);
      g_auto (GStrv) controllers = NULL;

      if (g_strv_length (parts) < 3 || strstr (parts[2], "..") != NULL)
        continue;
      controllers = g_strsplit (parts[1], ",", -1);
      if (*parts[1] == '\0')
        left = MIN (left, walk_up (&version_2, root, parts[2]));
      else if (g_strv_contains ((const char *const *)controllers, "memory"))
        left = MIN (left, walk_up (&version_1, root, parts[2]));
    }
  return left;
}

static double
get_left_of_addresses (const char *root)
{
  g_autofree char *text = read_file (root, "proc/self/statm");
  struct rlimit limit;

  if (text == NULL || getrlimit (RLIMIT_AS, &limit) != 0
      || limit.rlim_cur == RLIM_INFINITY)
    return INFINITY;
  return (double)limit.rlim_cur
         - (double)g_ascii_strtoull (text, NULL, 10) * (double)sysconf (_SC_PAGESIZE);
}

double
likeness_memory_get_free (const char *root)
{
  double free = read_meminfo (root, "MemAvailable:");

  if (free <= 0)
    return 0;
  free = MIN (free, get_left_of_groups (root));
  free = MIN (free, get_left_of_addresses (root));
  return MAX (free, 1);
}

double
likeness_memory_get_total (const char *root)
{
  return read_meminfo (root, "MemTotal:");
}
