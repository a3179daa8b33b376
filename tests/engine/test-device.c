/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#define _GNU_SOURCE /* sched_setaffinity */

#include "likeness-device.h"
#include "likeness-device-private.h"
#include "likeness-error.h"
#include "likeness-test-tree.h"

#include <sched.h>
#include <string.h>

static void
test_cpu (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *description = NULL;
  int device = 7;

  g_assert_true (likeness_device_resolve ("cpu", &device, &description, &error));
  g_assert_no_error (error);
  g_assert_cmpint (device, ==, -1);
  g_assert_cmpstr (description, !=, "");
}

static void
test_wrong_names (void)
{
  const char *const names[] = {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "CPU", "cuda:1x"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      int device;

      g_assert_false (likeness_device_resolve (names[i], &device, NULL, &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, "cuda:N"));
    }
}

static void
test_no_such_gpu (void)
{
  g_autoptr (GError) error = NULL;
  int device;

  /* No machine has so many: the same sentence with and without a driver. */
  g_assert_false (likeness_device_resolve ("cuda:999", &device, NULL, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NO_DEVICE);
  g_assert_nonnull (strstr (error->message, "cuda:999"));
  g_assert_nonnull (strstr (error->message, "--device cpu"));
}

static void
test_auto_always_answers (void)
{
  g_autoptr (GError) error = NULL;
  int device = 7;

  g_assert_true (likeness_device_resolve ("auto", &device, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (device, >=, -1);
  g_assert_cmpint (device, <, LIKENESS_TORCH_MAX_DEVICES);
}

/* A machine's processors: @siblings holds, in the order of their numbers, what each
 * thread's file says; NULL: it has none, as where it is switched off. */
static char *
make_sysfs (const char *const *siblings, guint n)
{
  char *root = likeness_test_tree_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("cpu%u/topology/thread_siblings_list", i);

      if (siblings[i] != NULL)
        likeness_test_tree_write (root, path, siblings[i], -1);
    }
  return root;
}

/* A core has one or two threads, and what a process may run on is a part of them. */
static void
test_cores_of_a_machine (void)
{
  static const struct
  {
    const char *siblings[8];
    int allowed[8];
    guint n_allowed;
    int cores;
  } cases[] = {
      /* Two threads a core, the second ones numbered behind the first ones. */
      {{"0,4\n", "1,5\n", "2,6\n", "3,7\n", "0,4\n", "1,5\n", "2,6\n", "3,7\n"},
       {0, 1, 2, 3, 4, 5, 6, 7},
       8,
       4},
      {{"0,4\n", "1,5\n", "2,6\n", "3,7\n", "0,4\n", "1,5\n", "2,6\n", "3,7\n"},
       {0, 1, 2, 3},
       4,
       4},
      {{"0,4\n", "1,5\n", "2,6\n", "3,7\n", "0,4\n", "1,5\n", "2,6\n", "3,7\n"},
       {1, 4, 5},
       3,
       2},
      {{"0,4\n", "1,5\n", "2,6\n", "3,7\n", "0,4\n", "1,5\n", "2,6\n", "3,7\n"},
       {3, 7},
       2,
       1},
      /* Beside one another; the second core's second thread is switched off. */
      {{"0-1\n", "0-1\n", "2\n", NULL}, {0, 1, 2}, 3, 2},
      /* One thread a core. */
      {{"0\n", "1\n", "2\n"}, {0, 1, 2}, 3, 3},
      /* Nothing is said, as in some containers. */
      {{NULL}, {0, 1, 2}, 3, 3},
      {{NULL}, {0}, 0, 1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *root
          = make_sysfs (cases[i].siblings, G_N_ELEMENTS (cases[i].siblings));

      g_assert_cmpint (
          likeness_device_count_cores_among (root, cases[i].allowed, cases[i].n_allowed),
          ==, cases[i].cores);
      likeness_test_tree_remove (root);
    }
}

/* The real machine, and what is left of it for a process that may use one thread. */
static void
test_cores (void)
{
  cpu_set_t before;
  cpu_set_t one;
  int first = 0;

  g_assert_cmpint (sched_getaffinity (0, sizeof before, &before), ==, 0);
  while (!CPU_ISSET (first, &before))
    first++;
  g_assert_cmpint (likeness_device_count_cores (), >=, 1);
  g_assert_cmpint (likeness_device_count_cores (), <=, CPU_COUNT (&before));

  CPU_ZERO (&one);
  CPU_SET (first, &one);
  g_assert_cmpint (sched_setaffinity (0, sizeof one, &one), ==, 0);
  g_assert_cmpint (likeness_device_count_cores (), ==, 1);
  g_assert_cmpint (sched_setaffinity (0, sizeof before, &before), ==, 0);
}

static void
test_loaded_once (void)
{
  g_autoptr (GError) error = NULL;
  const LikenessTorch *first = likeness_torch_load (&error);

  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_assert_true (likeness_torch_load (NULL) == first);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device/cpu", test_cpu);
  g_test_add_func ("/device/wrong-names", test_wrong_names);
  g_test_add_func ("/device/no-such-gpu", test_no_such_gpu);
  g_test_add_func ("/device/auto-always-answers", test_auto_always_answers);
  g_test_add_func ("/device/cores/of-a-machine", test_cores_of_a_machine);
  g_test_add_func ("/device/cores/of-this-one", test_cores);
  g_test_add_func ("/torch-loader/once", test_loaded_once);
  return g_test_run ();
}
