/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-pt-reader.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"
#include "likeness-torch.h"

static LikenessPtValue *
read_fixture (const char *name)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "engine", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  LikenessPtValue *root = likeness_pt_reader_read (path, NULL, &error);

  g_assert_no_error (error);
  return root;
}

static const LikenessPtValue *
get (const LikenessPtValue *dict, const char *key, LikenessPtType type)
{
  const LikenessPtValue *value = likeness_pt_value_lookup (dict, key);

  g_assert_nonnull (value);
  g_assert_cmpint (value->type, ==, type);
  return value;
}

static void
assert_tensor (const LikenessPtValue *dict,
               const char *key,
               const char *shape,
               const float *numbers)
{
  const LikenessPtValue *value = get (dict, key, LIKENESS_PT_TENSOR);
  g_autofree char *found
      = likeness_tensor_format_shape (value->tensor->n_dims, value->tensor->shape);

  g_assert_cmpstr (found, ==, shape);
  g_assert_cmpmem (value->tensor->data, value->tensor->n * sizeof (float), numbers,
                   value->tensor->n * sizeof (float));
}

static const char *const protocols[] = {"values-2.pt", "values-4.pt", "values-5.pt"};

/* The numbers that make-fixtures.py wrote, as PyTorch's float() gives them back. */
static void
test_types (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autoptr (LikenessPtValue) root = read_fixture (protocols[i]);
      const LikenessPtValue *tensors = get (root, "tensors", LIKENESS_PT_DICT);

      assert_tensor (tensors, "float64", "[3]",
                     (float[]){1.0f / 3.0f, -INFINITY, 0x1p-149f});
      assert_tensor (tensors, "float32", "[3]", (float[]){1.0f / 3.0f, -0.0f, 3.4e38f});
      assert_tensor (tensors, "float16", "[4]",
                     (float[]){0.333251953125f, 65504.0f, 0x1p-24f, -INFINITY});
      assert_tensor (tensors, "bfloat16", "[3]",
                     (float[]){0.333984375f, -3.00405527e+38f, 0.0f});
      assert_tensor (tensors, "int64", "[3]", (float[]){-5.0f, 16777216.0f, 0x1p40f});
      assert_tensor (tensors, "int32", "[2]", (float[]){-5.0f, 7.0f});
      assert_tensor (tensors, "int16", "[2]", (float[]){-300.0f, 300.0f});
      assert_tensor (tensors, "int8", "[2]", (float[]){-128.0f, 127.0f});
      assert_tensor (tensors, "uint8", "[2]", (float[]){0.0f, 255.0f});
      assert_tensor (tensors, "bool", "[3]", (float[]){1.0f, 0.0f, 1.0f});
      assert_tensor (tensors, "scalar", "[]", (float[]){2.5f});
      assert_tensor (tensors, "parameter", "[2]", (float[]){4.0f, 5.0f});
    }
}

static void
test_strides (void)
{
  g_autoptr (LikenessPtValue) root = read_fixture ("values-2.pt");
  const LikenessPtValue *tensors = get (root, "tensors", LIKENESS_PT_DICT);

  assert_tensor (tensors, "transposed", "[4, 3]",
                 (float[]){0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11});
  assert_tensor (tensors, "window", "[2, 2]", (float[]){5, 6, 9, 10});
  assert_tensor (tensors, "every_other", "[4]", (float[]){1, 4, 7, 10});
  assert_tensor (tensors, "empty", "[0, 3]", (float[]){0});
}

/* scale 0.25, zero point 3; every number is a multiple of the scale. */
static void
test_quantized (void)
{
  g_autoptr (LikenessPtValue) root = read_fixture ("values-2.pt");
  const LikenessPtValue *tensors = get (root, "tensors", LIKENESS_PT_DICT);

  assert_tensor (tensors, "quantized", "[2, 2]", (float[]){-0.5f, 0.25f, 1.0f, 0.0f});
  g_assert_true (get (tensors, "quantized", LIKENESS_PT_TENSOR)->quantized);
  g_assert_false (get (tensors, "float32", LIKENESS_PT_TENSOR)->quantized);
}

static void
test_plain_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autoptr (LikenessPtValue) root = read_fixture (protocols[i]);
      const LikenessPtValue *plain = get (root, "plain", LIKENESS_PT_DICT);
      const LikenessPtValue *list = get (plain, "list", LIKENESS_PT_LIST);
      const LikenessPtValue *dict = get (plain, "dict", LIKENESS_PT_DICT);

      get (plain, "none", LIKENESS_PT_NONE);
      g_assert_true (get (plain, "true", LIKENESS_PT_BOOLEAN)->boolean);
      g_assert_false (get (plain, "false", LIKENESS_PT_BOOLEAN)->boolean);
      g_assert_cmpint (get (plain, "small", LIKENESS_PT_INT)->integer, ==, 7);
      g_assert_cmpint (get (plain, "word", LIKENESS_PT_INT)->integer, ==, 40000);
      g_assert_cmpint (get (plain, "negative", LIKENESS_PT_INT)->integer, ==, -3);
      g_assert_cmpint (get (plain, "long", LIKENESS_PT_INT)->integer, ==, 1099511627776);
      g_assert_cmpint (get (plain, "negative_long", LIKENESS_PT_INT)->integer, ==,
                       -1099511627776);
      g_assert_cmpfloat (get (plain, "double", LIKENESS_PT_DOUBLE)->number, ==, 0.1);
      g_assert_cmpstr (get (plain, "text", LIKENESS_PT_STRING)->string, ==, "Grüße");
      g_assert_cmpstr (get (plain, "device", LIKENESS_PT_STRING)->string, ==, "cpu");
      g_assert_cmpuint (get (plain, "size", LIKENESS_PT_LIST)->items->len, ==, 2);
      g_assert_cmpuint (get (plain, "four", LIKENESS_PT_LIST)->items->len, ==, 4);
      g_assert_null (get (plain, "none_in", LIKENESS_PT_LIST)->items);
      g_assert_cmpuint (list->items->len, ==, 2);
      g_assert_cmpint (((LikenessPtValue *)g_ptr_array_index (list->items, 1))->type, ==,
                       LIKENESS_PT_LIST);
      g_assert_cmpfloat (((LikenessPtValue *)g_ptr_array_index (dict->keys, 1))->number,
                         ==, 2.5);
      g_assert_null (likeness_pt_value_lookup (dict, "one"));
    }
}

#define assert_says(message, part)                                                       \
  g_assert_cmpstr (strstr (message, part) != NULL ? part : message, ==, part)

static void
assert_refused (const char *path, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPtValue) root = likeness_pt_reader_read (path, NULL, &error);

  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_null (root);
  assert_says (error->message, part);
}

static void
test_files_of_other_kinds (void)
{
  static const struct
  {
    const char *name;
    const char *part;
  } cases[] = {
      {"old.pt", "“old.pt” was written by an old PyTorch"},
      {"old.pt", "save it again with a current PyTorch"},
      {"module.pt", "“torch.nn.modules.linear.Linear”"},
      {"system.pt", "“posix.system”, which weights never need; nothing was run"},
      {"make-fixtures.py", "a text file that begins “#!/usr/bin/env python3”"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path
          = g_test_build_filename (G_TEST_DIST, "engine", "data", cases[i].name, NULL);

      assert_refused (path, cases[i].part);
    }
  /* What system.pt would have made. */
  g_assert_false (g_file_test ("likeness-was-here", G_FILE_TEST_EXISTS));
}

static void
test_no_weights_at_all (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *empty = g_build_filename (root, "empty.pt", NULL);
  g_autofree char *picture = g_build_filename (root, "face.png", NULL);
  g_autofree char *pipe = g_build_filename (root, "pipe.pt", NULL);
  g_autofree char *missing = g_build_filename (root, "missing.pt", NULL);
  g_autofree char *page = g_build_filename (root, "page\n\033[31m.pt", NULL);
  const char *paths[] = {"empty.pt", "face.png", NULL};
  g_autoptr (GError) error = NULL;

  likeness_test_tree_add (root, paths);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  likeness_test_tree_write (root, "page\n\033[31m.pt", "<!DOCTYPE html>\n<html>", -1);
  assert_refused (root, "is a folder");
  assert_refused (empty, "“empty.pt” is empty");
  assert_refused (picture, "“face.png” holds no weights");
  assert_refused (pipe, "is no ordinary file");
  assert_refused (page, "“page??[31m.pt” holds no weights: it is a text file that begins "
                        "“<!DOCTYPE html>”");
  g_assert_null (likeness_pt_reader_read (missing, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
  likeness_test_tree_remove (root);
}

static void
test_cancelled (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "engine", "data", "values-2.pt", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (likeness_pt_reader_read (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pt-reader/tensors/every-type", test_types);
  g_test_add_func ("/pt-reader/tensors/size-and-stride", test_strides);
  g_test_add_func ("/pt-reader/tensors/quantized", test_quantized);
  g_test_add_func ("/pt-reader/values/every-protocol", test_plain_values);
  g_test_add_func ("/pt-reader/refuse/files-of-other-kinds", test_files_of_other_kinds);
  g_test_add_func ("/pt-reader/refuse/no-weights-at-all", test_no_weights_at_all);
  g_test_add_func ("/pt-reader/cancel/gives-cancelled", test_cancelled);
  return g_test_run ();
}
