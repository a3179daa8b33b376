/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-test-weights.h"

#include <gio/gio.h>
#include <string.h>

GPtrArray *
likeness_test_make_tensors (const LikenessVariant *variant, guint32 seed)
{
  g_autoptr (GPtrArray) parameters = likeness_variant_list_parameters (variant);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  GPtrArray *tensors
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_tensor_free);

  for (guint i = 0; i < parameters->len; i++)
    {
      const LikenessParameter *parameter = g_ptr_array_index (parameters, i);
      LikenessTensor *tensor
          = likeness_tensor_new (parameter->name, parameter->n_dims, parameter->shape);

      g_assert_nonnull (tensor);
      for (gsize k = 0; k < tensor->n; k++)
        tensor->data[k] = (float)g_rand_double_range (random, -0.04, 0.04);
      g_ptr_array_add (tensors, tensor);
    }
  return tensors;
}

void
likeness_test_write_safetensors_raw (const char *path,
                                     const char *header,
                                     const void *data,
                                     gsize n_data)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint64 length = GUINT64_TO_LE (strlen (header));

  g_byte_array_append (bytes, (const guint8 *)&length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *)header, strlen (header));
  if (n_data > 0)
    g_byte_array_append (bytes, data, n_data);
  g_file_set_contents (path, (const char *)bytes->data, bytes->len, &error);
  g_assert_no_error (error);
}

void
likeness_test_write_safetensors (const char *path, GPtrArray *tensors)
{
  g_autoptr (GString) header = g_string_new ("{\"__metadata__\":{\"format\":\"pt\"}");
  g_autoptr (GByteArray) data = g_byte_array_new ();

  for (guint i = 0; i < tensors->len; i++)
    {
      const LikenessTensor *tensor = g_ptr_array_index (tensors, i);
      g_autofree char *shape
          = likeness_tensor_format_shape (tensor->n_dims, tensor->shape);
      guint begin = data->len;

      g_byte_array_append (data, (const guint8 *)tensor->data,
                           tensor->n * sizeof *tensor->data);
      g_string_append_printf (
          header, ",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%u,%u]}",
          tensor->name, shape, begin, data->len);
    }
  g_string_append_c (header, '}');
  likeness_test_write_safetensors_raw (path, header->str, data->data, data->len);
}
