/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-net.h"

#include "likeness-device.h"
#include "likeness-types.h"

#include <math.h>

static guint32
hash (guint32 i, guint32 stream)
{
  guint32 x = i * 2654435761u + (stream + 1) * 2246822519u;

  x ^= x >> 15;
  x *= 2246822519u;
  x ^= x >> 13;
  x *= 3266489917u;
  return x ^ x >> 16;
}

double
likeness_test_number (guint32 i, guint32 stream)
{
  return hash (i, stream) / 4294967296.0 - 0.5;
}

static void
fill (LikenessTensor *tensor, guint32 stream)
{
  const char *name = tensor->name;
  double scale;
  double middle = 0.0;

  if (g_str_has_suffix (name, "gamma") || g_str_has_suffix (name, "gamma_xca"))
    {
      scale = 0.5;
      middle = 0.5;
    }
  else if (g_str_has_suffix (name, "temperature"))
    {
      scale = 1.0;
      middle = 1.0;
    }
  else if (g_str_has_suffix (name, ".bias"))
    scale = 0.2;
  else if (tensor->n_dims == 1)
    {
      scale = 0.4;
      middle = 1.0;
    }
  else
    scale = sqrt (12.0 / (double)(tensor->n / (gsize)tensor->shape[0]));

  for (gsize i = 0; i < tensor->n; i++)
    tensor->data[i] = (float)(middle + likeness_test_number ((guint32)i, stream) * scale);
}

LikenessWeights *
likeness_test_make_weights (const LikenessVariant *variant)
{
  g_autoptr (GPtrArray) parameters = likeness_variant_list_parameters (variant);
  LikenessWeights *weights = g_atomic_rc_box_new0 (LikenessWeights);

  weights->kind = LIKENESS_WEIGHTS_STATE_DICT;
  weights->variant = variant;
  weights->tensors
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_tensor_free);
  for (guint i = 0; i < parameters->len; i++)
    {
      const LikenessParameter *parameter = parameters->pdata[i];
      LikenessTensor *tensor
          = likeness_tensor_new (parameter->name, parameter->n_dims, parameter->shape);

      g_assert_nonnull (tensor);
      fill (tensor, i);
      g_ptr_array_add (weights->tensors, tensor);
    }
  return weights;
}

guint8 *
likeness_test_make_faces (gsize n)
{
  guint8 *faces = g_malloc (n * LIKENESS_FACE_BYTES);
  guint8 *byte = faces;

  for (guint32 face = 0; face < n; face++)
    for (guint32 y = 0; y < LIKENESS_FACE_SIZE; y++)
      for (guint32 x = 0; x < LIKENESS_FACE_SIZE; x++)
        for (guint32 c = 0; c < 3; c++)
          *byte++ = hash (((y / 8) * 14 + x / 8) * 3 + c, 1000 + face) >> 24;
  return faces;
}

float *
likeness_test_make_numbers (gsize n, guint32 stream, double scale)
{
  float *numbers = g_new (float, n);

  for (guint32 i = 0; i < n; i++)
    numbers[i] = (float)(likeness_test_number (i, stream) * scale);
  return numbers;
}

const LikenessTorch *
likeness_test_open_torch (void)
{
  g_autoptr (GError) error = NULL;
  const LikenessTorch *torch = likeness_torch_load (&error);

  g_assert_no_error (error);
  return torch;
}

int
likeness_test_get_device (void)
{
  const char *name = g_getenv ("LIKENESS_TEST_DEVICE");
  g_autoptr (GError) error = NULL;
  int cuda_device = -1;

  if (name != NULL)
    likeness_device_resolve (name, &cuda_device, NULL, &error);
  g_assert_no_error (error);
  return cuda_device;
}

LikenessNet *
likeness_test_make_net (const LikenessTorch *torch, const char *variant)
{
  g_autoptr (LikenessWeights) weights
      = likeness_test_make_weights (likeness_variant_find (variant));
  g_autoptr (GError) error = NULL;
  LikenessNetOptions options = {
      .variant = weights->variant,
      .weights = weights,
      .cuda_device = likeness_test_get_device (),
      .threads = 2,
  };
  LikenessNet *net = torch->net_new (&options, &error);

  g_assert_no_error (error);
  return net;
}
