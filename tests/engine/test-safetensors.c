/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-safetensors.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"
#include "likeness-test-weights.h"
#include "likeness-torch.h"

static void
assert_refused (LikenessTestFile *self, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tensors = likeness_safetensors_read (self->path, NULL, &error);

  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_null (tensors);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

static void
assert_tensor (GPtrArray *tensors,
               guint index,
               const char *name,
               const char *shape,
               const float *numbers)
{
  const LikenessTensor *tensor = g_ptr_array_index (tensors, index);
  g_autofree char *found = likeness_tensor_format_shape (tensor->n_dims, tensor->shape);

  g_assert_cmpstr (tensor->name, ==, name);
  g_assert_cmpstr (found, ==, shape);
  g_assert_cmpmem (tensor->data, tensor->n * sizeof (float), numbers,
                   tensor->n * sizeof (float));
}

/* The bytes are numpy's and, for bfloat16, PyTorch's. */
static void
test_types (LikenessTestFile *self, gconstpointer data)
{
  static const guint8 bytes[] = {
      0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0x80,                         /* 1, -0 */
      0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xd5, 0x3f,                         /* 1/3 */
      0x55, 0x35, 0x01, 0x00, 0x00, 0x80, 0xff, 0x7b, 0x00, 0x7c, 0xff, 0x83, /* halves */
      0xab, 0x3e, 0x80, 0xff, /* 1/3, -inf */
  };
  g_autoptr (GPtrArray) tensors = NULL;
  g_autoptr (GError) error = NULL;

  likeness_test_write_safetensors_raw (
      self->path,
      "{\"half\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[16,28]},"
      "\"__metadata__\":{\"format\":\"pt\"},"
      "\"float\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
      "\"brain\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[28,32]},"
      "\"none\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]},"
      "\"double\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]}}   ",
      bytes, sizeof bytes);
  tensors = likeness_safetensors_read (self->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tensors->len, ==, 5);
  assert_tensor (tensors, 0, "float", "[1, 2]", (float[]){1.0f, -0.0f});
  assert_tensor (tensors, 1, "none", "[0]", (float[]){0.0f});
  assert_tensor (tensors, 2, "double", "[]", (float[]){1.0f / 3.0f});
  assert_tensor (
      tensors, 3, "half", "[2, 3]",
      (float[]){0.333251953125f, 0x1p-24f, -0.0f, 65504.0f, INFINITY, -0x1.ff8p-15f});
  assert_tensor (tensors, 4, "brain", "[2]", (float[]){0.333984375f, -INFINITY});
}

#define F32(name, shape, offsets)                                                        \
  "\"" name "\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":" offsets "}"

/* Each header stands before 16 bytes of data. */
static void
test_headers (LikenessTestFile *self, gconstpointer data)
{
  static const struct
  {
    const char *header;
    const char *part;
  } cases[] = {
      {"{" F32 ("a", "[2]", "[0,8]") "," F32 ("b", "[3]", "[4,16]") "}",
       "tensor “b” overlaps another one"},
      {"{" F32 ("a", "[1]", "[0,4]") "," F32 ("b", "[2]", "[8,16]") "}",
       "there is a gap before tensor “b”"},
      {"{" F32 ("a", "[3]", "[4,16]") "}", "there is a gap before tensor “a”"},
      {"{" F32 ("a", "[3]", "[0,12]") "}", "something behind its last tensor"},
      {"{}", "something behind its last tensor"},
      {"{" F32 ("a", "[5]", "[0,20]") "}", "it is cut off"},
      {"{" F32 ("a", "[4]", "[0,12]") "}", "the data of tensor “a” does not fit"},
      {"{" F32 ("a", "[4]", "[16,0]") "}", "does not fit"},
      {"{" F32 ("a", "[-4]", "[0,16]") "}", "the shape of tensor “a” is impossible"},
      {"{" F32 ("a", "[-2,-2]", "[0,16]") "}", "is impossible"},
      {"{" F32 ("a", "[4.0]", "[0,16]") "}", "is impossible"},
      {"{" F32 ("a", "[\"4\"]", "[0,16]") "}", "is impossible"},
      {"{" F32 ("a", "4", "[0,16]") "}", "is impossible"},
      {"{" F32 ("a", "[1,1,1,1,1,1,1,1,4]", "[0,16]") "}", "is impossible"},
      {"{" F32 ("a", "[4294967296,4294967296,4]", "[0,16]") "}", "is impossible"},
      {"{" F32 ("a", "[16384,16384,2]", "[0,2147483648]") "}", "is impossible"},
      {"{" F32 ("a", "[18446744073709551620]", "[0,16]") "}", "is impossible"},
      {"{" F32 ("a", "[4]", "[0,16,0]") "}", "tensor “a” has no data offsets"},
      {"{" F32 ("a", "[4]", "[-16,0]") "}", "has no data offsets"},
      {"{" F32 ("a", "[4]", "[0,true]") "}", "has no data offsets"},
      {"{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}}", "has no data offsets"},
      {"{\"a\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]}}",
       "tensor “a” is of type “I64”"},
      {"{\"a\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,16]}}", "is of type “?”"},
      {"{\"a\":{}}", "is of type “?”"},
      {"{\"a\\u001b[31m\":7}", "“a?[31m” is no tensor"},
      {"{\"a\":null}", "“a” is no tensor"},
      {"{" F32 ("a", "[2]", "[0,8]") "," F32 ("a", "[2]", "[8,16]") "}", "twice"},
      {"{" F32 ("a", "[4]", "[0,16]") "," F32 ("a", "[4]", "[0,16]") "}", "twice"},
      {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[4],\"data_offsets\":[0,16]}}",
       "twice"},
      {"{" F32 ("a", "[4]", "[0,16]") "", "not strict JSON"},
      {"{" F32 ("a", "[4]", "[0,16]") ",}", "not strict JSON"},
      {"{/*a*/" F32 ("a", "[4]", "[0,16]") "}", "not strict JSON"},
      {"{'a':{}}", "not strict JSON"},
      {"{\"a\":{\"dtype\":\"F32\",\"shape\":[[[[4]]]],\"data_offsets\":[0,16]}}",
       "nested too deeply"},
      {"{\"a\xff\":{}}", "its header is not text"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      likeness_test_write_safetensors_raw (self->path, cases[i].header,
                                           "0123456789abcdef", 16);
      assert_refused (self, cases[i].part);
    }
}

static void
test_header_bombs (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GString) deep = g_string_new ("{\"a\":");
  g_autoptr (GString) wide = g_string_new ("{\"a\":[0");
  g_autofree char *spaces = NULL;

  for (int i = 0; i < 1000000; i++)
    g_string_append_c (deep, '[');
  likeness_test_write_safetensors_raw (self->path, deep->str, NULL, 0);
  assert_refused (self, "nested too deeply");

  for (int i = 0; i < 1000000; i++)
    g_string_append (wide, ",0");
  g_string_append (wide, "]}");
  likeness_test_write_safetensors_raw (self->path, wide->str, NULL, 0);
  assert_refused (self, "lists too many tensors");

  /* Names can be chosen to keep a table busy for hours. */
  g_string_assign (wide, "{\"a\":0");
  for (int i = 0; i < 30000; i++)
    g_string_append (wide, ",\"a\":0");
  g_string_append (wide, "}");
  likeness_test_write_safetensors_raw (self->path, wide->str, NULL, 0);
  assert_refused (self, "lists too many tensors");

  spaces = g_strdup_printf ("{%*s}", 17 * 1024 * 1024, "");
  likeness_test_write_safetensors_raw (self->path, spaces, NULL, 0);
  assert_refused (self, "claims more than the file holds");
}

static void
test_lengths (LikenessTestFile *self, gconstpointer data)
{
  likeness_test_tree_write (self->root, "net.pt", "\100\0\0\0\0\0\0\0{}", 10);
  assert_refused (self, "claims more than the file holds");
  likeness_test_tree_write (self->root, "net.pt", "\377\377\377\377\377\377\377\177{}",
                            10);
  assert_refused (self, "holds no weights");
  likeness_test_tree_write (self->root, "net.pt", "\2\0\0\0\0\0\0\0[]", 10);
  assert_refused (self, "holds no weights");
  likeness_test_tree_write (self->root, "net.pt", "\0\0\0\0\0\0\0\0{", 9);
  assert_refused (self, "no list of tensors");
  likeness_test_tree_write (self->root, "net.pt", "\2\0\0", 3);
  assert_refused (self, "holds no weights");
}

/* At every fiftieth of the length: an error, never part of a network. */
static void
test_cut_off (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GPtrArray) tensors
      = likeness_test_make_tensors (likeness_variant_find ("xxs"), 7);
  g_autofree char *bytes = NULL;
  gsize length;

  likeness_test_write_safetensors (self->path, tensors);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  for (gsize i = 1; i < 50; i++)
    {
      /* A new file each time: replacing one waits for the disk. */
      g_remove (self->path);
      g_file_set_contents (self->path, bytes, length * i / 50, NULL);
      assert_refused (self, "it is cut off");
    }
}

static void
test_not_there (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (likeness_safetensors_read (self->path, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, func)                                                                  \
  g_test_add (path, LikenessTestFile, NULL, likeness_test_file_set_up, func,             \
              likeness_test_file_tear_down)
  add ("/safetensors/read/every-type", test_types);
  add ("/safetensors/refuse/headers", test_headers);
  add ("/safetensors/refuse/header-bombs", test_header_bombs);
  add ("/safetensors/refuse/lengths", test_lengths);
  add ("/safetensors/refuse/cut-off", test_cut_off);
  add ("/safetensors/refuse/not-there", test_not_there);
#undef add
  return g_test_run ();
}
