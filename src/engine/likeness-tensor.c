/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-tensor.h"

#include <string.h>

gboolean
likeness_tensor_count (int n_dims, const gint64 *shape, gsize *n)
{
  guint64 count = 1;
  gboolean empty = FALSE;

  if (n_dims < 0 || n_dims > LIKENESS_TENSOR_MAX_DIMS)
    return FALSE;
  for (int i = 0; i < n_dims; i++)
    {
      if (shape[i] < 0 || (guint64)shape[i] > LIKENESS_TENSOR_MAX_NUMBERS)
        return FALSE;
      if (shape[i] == 0)
        empty = TRUE;
      /* Both factors are at most 2^28 here, so the product fits. */
      else if ((count *= shape[i]) > LIKENESS_TENSOR_MAX_NUMBERS)
        return FALSE;
    }
  *n = empty ? 0 : count;
  return TRUE;
}

LikenessTensor *
likeness_tensor_new (const char *name, int n_dims, const gint64 *shape)
{
  LikenessTensor *self;
  float *data;
  gsize n;

  if (!likeness_tensor_count (n_dims, shape, &n))
    return NULL;
  data = g_try_malloc0_n (MAX (n, 1), sizeof (float));
  if (data == NULL)
    return NULL;

  self = g_new0 (LikenessTensor, 1);
  self->name = g_strdup (name);
  self->n_dims = n_dims;
  if (n_dims > 0)
    memcpy (self->shape, shape, n_dims * sizeof *shape);
  self->n = n;
  self->data = data;
  return self;
}

void
likeness_tensor_free (LikenessTensor *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->data);
  g_free (self);
}

char *
likeness_tensor_format_shape (int n_dims, const gint64 *shape)
{
  GString *text = g_string_new ("[");

  for (int i = 0; i < n_dims; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", shape[i]);
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}
