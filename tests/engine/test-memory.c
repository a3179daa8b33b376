/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-memory.h"

#include "likeness-test-tree.h"

#define GIB (1024.0 * 1024 * 1024)
#define MEMINFO                                                                          \
  "MemTotal:       33554432 kB\nMemFree: 1 kB\nMemAvailable:   16777216 kB\n"

/* A tree in which this process is in group @lines. */
static char *
make_tree (const char *lines)
{
  char *root = likeness_test_tree_new ();

  likeness_test_tree_write (root, "proc/meminfo", MEMINFO, -1);
  likeness_test_tree_write (root, "proc/self/cgroup", lines, -1);
  return root;
}

static void
assert_free (char *root, double gibibytes)
{
  g_assert_cmpfloat (likeness_memory_get_free (root), ==, gibibytes * GIB);
  likeness_test_tree_remove (root);
  g_free (root);
}

static void
test_system (void)
{
  char *root = make_tree ("");

  g_assert_cmpfloat (likeness_memory_get_total (root), ==, 32 * GIB);
  assert_free (root, 16);
  /* Nothing is known. */
  assert_free (likeness_test_tree_new (), 0);
}

/* What the group has cached is given back when it is wanted. */
static void
test_version_2 (void)
{
  char *root = make_tree ("0::/a/b\n");

  likeness_test_tree_write (root, "sys/fs/cgroup/a/b/memory.max", "4294967296\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/a/b/memory.current", "3221225472\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/a/b/memory.stat",
                            "anon 7\nfile 9\ninactive_file 1073741824\n", -1);
  assert_free (root, 2);

  /* No limit of its own, but of the group above. */
  root = make_tree ("0::/a/b\n");
  likeness_test_tree_write (root, "sys/fs/cgroup/a/b/memory.max", "max\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/a/b/memory.current", "1024\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/a/memory.max", "3221225472\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/a/memory.current", "2147483648\n", -1);
  assert_free (root, 1);

  /* In a container the path is the host's, and the files are those of its own root. */
  root = make_tree ("0::/system.slice/docker-1.scope\n");
  likeness_test_tree_write (root, "sys/fs/cgroup/memory.max", "2147483648\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/memory.current", "0\n", -1);
  assert_free (root, 2);

  /* More than the system has available, or used up. */
  root = make_tree ("0::/\n");
  likeness_test_tree_write (root, "sys/fs/cgroup/memory.max", "99999999999999\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/memory.current", "0\n", -1);
  assert_free (root, 16);
  root = make_tree ("0::/\n");
  likeness_test_tree_write (root, "sys/fs/cgroup/memory.max", "1073741824\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/memory.current", "1073745920\n", -1);
  assert_free (root, 1 / GIB);
}

static void
test_version_1 (void)
{
  char *root = make_tree ("5:cpu,cpuacct:/x\n4:hugetlb,memory:/pod\n0::/\n");

  likeness_test_tree_write (root, "sys/fs/cgroup/memory/pod/memory.limit_in_bytes",
                            "4294967296\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/memory/pod/memory.usage_in_bytes",
                            "3221225472\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/memory/pod/memory.stat",
                            "inactive_file 1\ntotal_inactive_file 536870912\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/memory/memory.limit_in_bytes",
                            "9223372036854771712\n", -1);
  likeness_test_tree_write (root, "sys/fs/cgroup/memory/memory.usage_in_bytes", "5\n",
                            -1);
  assert_free (root, 1.5);
}

static void
test_nonsense (void)
{
  static const char *const lines[]
      = {"\n\n", "0:", "4:memory", ":::::", "0::/../../etc\n", "0::\n"};

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_free (make_tree (lines[i]), 16);
}

/* This process, here. */
static void
test_own (void)
{
  double free = likeness_memory_get_free ("/");

  g_assert_cmpfloat (free, >=, 1);
  g_assert_cmpfloat (free, <=, likeness_memory_get_total ("/"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/system", test_system);
  g_test_add_func ("/memory/version-2", test_version_2);
  g_test_add_func ("/memory/version-1", test_version_1);
  g_test_add_func ("/memory/nonsense", test_nonsense);
  g_test_add_func ("/memory/own", test_own);
  return g_test_run ();
}
