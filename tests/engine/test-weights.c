/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-weights.h"

#include <math.h>
#include <string.h>

#include "likeness-test-tree.h"
#include "likeness-test-weights.h"
#include "likeness-torch.h"

static void
rename_all (GPtrArray *tensors, const char *from, const char *to)
{
  for (guint i = 0; i < tensors->len; i++)
    {
      LikenessTensor *tensor = g_ptr_array_index (tensors, i);
      char *name = g_strconcat (to, tensor->name + strlen (from), NULL);

      g_assert_true (g_str_has_prefix (tensor->name, from));
      g_free (tensor->name);
      tensor->name = name;
    }
}

static void
assert_same (GPtrArray *read, GPtrArray *written)
{
  g_assert_cmpuint (read->len, ==, written->len);
  for (guint i = 0; i < read->len; i++)
    {
      const LikenessTensor *a = g_ptr_array_index (read, i);
      const LikenessTensor *b = g_ptr_array_index (written, i);

      g_assert_cmpmem (a->data, a->n * sizeof (float), b->data, b->n * sizeof (float));
    }
}

static void
test_every_variant (LikenessTestFile *self, gconstpointer data)
{
  guint n;
  const LikenessVariant *all = likeness_variant_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) tensors = likeness_test_make_tensors (&all[i], i);
      g_autoptr (LikenessWeights) weights = NULL;
      g_autoptr (GError) error = NULL;

      likeness_test_write_safetensors (self->path, tensors);
      weights = likeness_weights_load (self->path, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (weights->variant == &all[i]);
      g_assert_cmpint (weights->kind, ==, LIKENESS_WEIGHTS_SAFETENSORS);
      assert_same (weights->tensors, tensors);
    }
}

/* Whatever the prefix and the order in the file, the names and the order are ours. */
static void
test_prefixes (LikenessTestFile *self, gconstpointer data)
{
  static const char *const prefixes[]
      = {"", "module.", "module.model.", "_orig_mod.model.", "model."};

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autoptr (GPtrArray) tensors
          = likeness_test_make_tensors (likeness_variant_find ("xxs"), 1);
      g_autoptr (GPtrArray) reversed = g_ptr_array_new ();
      g_autoptr (LikenessWeights) weights = NULL;
      g_autoptr (GError) error = NULL;

      rename_all (tensors, "model.", prefixes[i]);
      for (guint k = tensors->len; k > 0; k--)
        g_ptr_array_add (reversed, g_ptr_array_index (tensors, k - 1));
      likeness_test_write_safetensors (self->path, reversed);
      weights = likeness_weights_load (self->path, NULL, &error);
      g_assert_no_error (error);
      assert_same (weights->tensors, tensors);
      g_assert_cmpstr (((LikenessTensor *)g_ptr_array_index (weights->tensors, 0))->name,
                       ==, "model.stem.0.weight");
    }
}

static char *
refused (LikenessTestFile *self, GPtrArray *tensors)
{
  g_autoptr (LikenessWeights) weights = NULL;
  g_autoptr (GError) error = NULL;

  likeness_test_write_safetensors (self->path, tensors);
  weights = likeness_weights_load (self->path, NULL, &error);
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_null (weights);
  return g_strdup (error->message);
}

#define assert_says(message, part)                                                       \
  g_assert_cmpstr (strstr (message, part) != NULL ? part : message, ==, part)

static void
test_wrong_shape (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GPtrArray) tensors
      = likeness_test_make_tensors (likeness_variant_find ("xxs"), 1);
  LikenessTensor *fc = g_ptr_array_index (tensors, tensors->len - 2);
  g_autofree char *message = NULL;

  fc->shape[0] = 256;
  fc->n = 256 * 168;
  message = refused (self, tensors);
  assert_says (message, "EdgeFace-XXS");
  assert_says (message, "“model.head.fc.weight” has the shape [256, 168]");
  assert_says (message, "[512, 168] is wanted");
}

static void
test_missing_and_unexpected (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GPtrArray) tensors
      = likeness_test_make_tensors (likeness_variant_find ("xxs"), 1);
  const gint64 shape[] = {2};
  g_autofree char *missing = NULL;
  g_autofree char *both = NULL;
  g_autofree char *unexpected = NULL;

  for (int i = 0; i < 5; i++)
    g_ptr_array_remove_index (tensors, 2);
  missing = refused (self, tensors);
  assert_says (missing, "lacks “model.stem.1.weight”, “model.stem.1.bias”, "
                        "“model.stages.0.blocks.0.gamma” and 2 more");
  g_assert_null (strstr (missing, "holds"));

  g_ptr_array_add (tensors, likeness_tensor_new ("classifier.bias", 1, shape));
  both = refused (self, tensors);
  assert_says (both, "lacks “model.stem.1.weight”");
  assert_says (both, "“classifier.bias”");

  g_ptr_array_unref (tensors);
  tensors = likeness_test_make_tensors (likeness_variant_find ("xxs"), 1);
  g_ptr_array_add (tensors, likeness_tensor_new ("classifier.bias", 1, shape));
  unexpected = refused (self, tensors);
  assert_says (unexpected, "also holds “classifier.bias”");
}

static void
test_stranger (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GPtrArray) tensors
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_tensor_free);
  const gint64 shape[] = {2, 3};
  g_autofree char *empty = refused (self, tensors);
  g_autofree char *other = NULL;

  assert_says (empty, "holds no tensors");
  g_ptr_array_add (tensors, likeness_tensor_new ("layer1.0.conv1.weight", 2, shape));
  other = refused (self, tensors);
  assert_says (other, "“net.pt” is no EdgeFace");
  assert_says (other, "“layer1.0.conv1.weight”");
}

static void
test_doubled_and_not_finite (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GPtrArray) tensors
      = likeness_test_make_tensors (likeness_variant_find ("xxs"), 1);
  LikenessTensor *stem = g_ptr_array_index (tensors, 0);
  g_autofree char *nan = NULL;
  g_autofree char *twice = NULL;

  stem->data[7] = NAN;
  nan = refused (self, tensors);
  assert_says (nan, "“model.stem.0.weight” holds a number that is not finite");

  stem->data[7] = 0.0f;
  g_ptr_array_add (
      tensors, likeness_tensor_new ("module.stem.0.weight", stem->n_dims, stem->shape));
  twice = refused (self, tensors);
  assert_says (twice, "twice");
}

static void
test_describe (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GPtrArray) tensors
      = likeness_test_make_tensors (likeness_variant_find ("xxs"), 1);
  g_autoptr (LikenessWeights) weights = NULL;
  g_autofree char *text = NULL;

  likeness_test_write_safetensors (self->path, tensors);
  weights = likeness_weights_load (self->path, NULL, NULL);
  g_assert_nonnull (weights);
  text = likeness_weights_describe (weights);
  g_assert_cmpstr (text, ==, "EdgeFace-XXS, float32, 1.24 M parameters");
}

static LikenessWeights *
load_published (const char *name)
{
  g_autofree char *path
      = g_build_filename (likeness_test_get_assets (), "weights", name, NULL);
  g_autoptr (GError) error = NULL;
  LikenessWeights *weights = likeness_weights_load (path, NULL, &error);

  g_assert_no_error (error);
  return weights;
}

static guint64
count_numbers (const LikenessWeights *weights)
{
  guint64 n = 0;

  for (guint i = 0; i < weights->tensors->len; i++)
    n += ((const LikenessTensor *)g_ptr_array_index (weights->tensors, i))->n;
  return n;
}

/* The int8 file, and its numbers as PyTorch dequantised and saved them in two formats:
 * bit for bit the same. */
static void
test_published (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (LikenessWeights) quantized = NULL;
  g_autoptr (LikenessWeights) floats = NULL;
  g_autoptr (LikenessWeights) safetensors = NULL;
  g_autoptr (LikenessWeights) xs = NULL;
  g_autofree char *text = NULL;

  if (likeness_test_get_assets () == NULL)
    {
      g_test_skip ("LIKENESS_ASSETS is not set: no published weights");
      return;
    }
  quantized = load_published ("edgeface_xxs_q.pt");
  floats = load_published ("edgeface_xxs_q_dequant_f32.pt");
  safetensors = load_published ("edgeface_xxs_q_dequant_f32.safetensors");
  xs = load_published ("edgeface_xs_q.pt");
  g_assert_cmpint (quantized->kind, ==, LIKENESS_WEIGHTS_QUANTIZED);
  g_assert_cmpint (floats->kind, ==, LIKENESS_WEIGHTS_STATE_DICT);
  g_assert_cmpint (safetensors->kind, ==, LIKENESS_WEIGHTS_SAFETENSORS);
  g_assert_cmpuint (count_numbers (quantized), ==, 1244744);
  assert_same (quantized->tensors, floats->tensors);
  assert_same (quantized->tensors, safetensors->tensors);
  g_assert_cmpstr (xs->variant->name, ==, "edgeface_xs");
  g_assert_cmpuint (count_numbers (xs), ==, 2242620);
  text = likeness_weights_describe (xs);
  g_assert_cmpstr (text, ==, "EdgeFace-XS, int8, 2.24 M parameters");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, func)                                                                  \
  g_test_add (path, LikenessTestFile, NULL, likeness_test_file_set_up, func,             \
              likeness_test_file_tear_down)
  add ("/weights/safetensors/every-variant", test_every_variant);
  add ("/weights/safetensors/prefixes-and-order", test_prefixes);
  add ("/weights/refuse/wrong-shape-is-named", test_wrong_shape);
  add ("/weights/refuse/missing-and-unexpected", test_missing_and_unexpected);
  add ("/weights/refuse/stranger", test_stranger);
  add ("/weights/refuse/doubled-and-not-finite", test_doubled_and_not_finite);
  add ("/weights/describe/title-kind-count", test_describe);
  add ("/weights/published/bit-for-bit-the-same", test_published);
#undef add
  return g_test_run ();
}
