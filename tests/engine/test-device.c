/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-device.h"
#include "likeness-error.h"

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

static void
test_cores (void)
{
  g_assert_cmpint (likeness_device_count_cores (), >=, 1);
  g_assert_cmpint (likeness_device_count_cores (), <=, (int)g_get_num_processors ());
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
  g_test_add_func ("/device/cores", test_cores);
  g_test_add_func ("/torch-loader/once", test_loaded_once);
  return g_test_run ();
}
