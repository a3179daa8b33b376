/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pickle-tensor.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-pickle-globals.h"
#include "likeness-quote.h"
#include "likeness-torch.h"

/* What a tensor takes of its storage. */
typedef struct
{
  LikenessElement element;
  const guint8 *bytes; /* of the whole storage */
  guint64 offset;
  int n_dims;
  gint64 size[LIKENESS_TENSOR_MAX_DIMS];
  gint64 stride[LIKENESS_TENSOR_MAX_DIMS];
  gsize n;
} View;

static gboolean
read_integers (const LikenessPtValue *list, gint64 *out, int *n)
{
  *n = likeness_pt_value_count (list);
  if (*n > LIKENESS_TENSOR_MAX_DIMS)
    return FALSE;
  for (int i = 0; i < *n; i++)
    {
      const LikenessPtValue *value
          = likeness_pt_value_get_item (list, i, LIKENESS_PT_INT);

      if (value == NULL || value->integer < 0)
        return FALSE;
      out[i] = value->integer;
    }
  return TRUE;
}

/* Whether the last number that @view touches lies in its storage of @available numbers.
 * Nothing overflows: sizes and strides are at most 2^30 where they count. */
static gboolean
fits (View *view, guint64 available)
{
  guint64 last = view->offset;

  if (view->n == 0)
    return TRUE;
  if (view->offset >= available || view->n > available)
    return FALSE;
  for (int i = 0; i < view->n_dims; i++)
    {
      if (view->size[i] == 1)
        view->stride[i] = 0;
      if ((guint64)view->stride[i] >= available)
        return FALSE;
      last += (guint64)(view->size[i] - 1) * view->stride[i];
    }
  return last < available;
}

static gboolean
read_view (LikenessPickle *self,
           const LikenessPtValue *arguments,
           View *view,
           GError **error)
{
  const LikenessPtValue *storage
      = likeness_pt_value_get_item (arguments, 0, LIKENESS_PT_STORAGE);
  const LikenessPtValue *offset
      = likeness_pt_value_get_item (arguments, 1, LIKENESS_PT_INT);
  const LikenessPtValue *size
      = likeness_pt_value_get_item (arguments, 2, LIKENESS_PT_LIST);
  const LikenessPtValue *stride
      = likeness_pt_value_get_item (arguments, 3, LIKENESS_PT_LIST);
  int n_strides;

  if (storage == NULL || offset == NULL || offset->integer < 0 || size == NULL
      || stride == NULL || !read_integers (size, view->size, &view->n_dims)
      || !read_integers (stride, view->stride, &n_strides) || view->n_dims != n_strides
      || !likeness_tensor_count (view->n_dims, view->size, &view->n))
    {
      likeness_pickle_refuse (self, error,
                              _ ("it holds a tensor of an impossible shape"));
      return FALSE;
    }
  view->element = likeness_pickle_get_element (storage);
  view->offset = offset->integer;
  view->bytes
      = g_bytes_get_data (g_hash_table_lookup (self->storages, storage->string), NULL);
  if (!fits (view, storage->integer))
    {
      g_autofree char *name = likeness_quote (storage->string);

      likeness_pickle_refuse (
          self, error, _ ("a tensor claims more numbers than “data/%s” holds"), name);
      return FALSE;
    }
  return TRUE;
}

static void
copy (const View *view, float *out)
{
  gsize width = likeness_element_size (view->element);
  gint64 index[LIKENESS_TENSOR_MAX_DIMS] = {0};
  guint64 at = view->offset;

  for (gsize i = 0; i < view->n; i++)
    {
      likeness_element_convert (view->element, view->bytes + at * width, 1, &out[i]);
      for (int k = view->n_dims - 1; k >= 0; k--)
        {
          at += view->stride[k];
          if (++index[k] < view->size[k])
            break;
          at -= (guint64)view->stride[k] * view->size[k];
          index[k] = 0;
        }
    }
}

LikenessPtValue *
likeness_pickle_make_tensor (LikenessPickle *self,
                             LikenessPtValue *arguments,
                             GError **error)
{
  g_autoptr (LikenessPtValue) value
      = likeness_pickle_new_value (self, LIKENESS_PT_TENSOR, error);
  View view = {0};

  if (value == NULL || !read_view (self, arguments, &view, error))
    return NULL;
  if (view.n > self->numbers_left)
    return likeness_pickle_refuse (
        self, error, _ ("its tensors claim far more numbers than it holds"));
  self->numbers_left -= view.n;
  value->tensor = likeness_tensor_new (NULL, view.n_dims, view.size);
  if (value->tensor == NULL)
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY,
                   _ ("There is not enough memory to read “%s”: close something."),
                   self->file_name);
      return NULL;
    }
  copy (&view, value->tensor->data);
  return g_steal_pointer (&value);
}

/* w = scale * (q - zero point), as PyTorch's dequantize() in float32. */
LikenessPtValue *
likeness_pickle_make_quantized (LikenessPickle *self,
                                LikenessPtValue *arguments,
                                GError **error)
{
  const LikenessPtValue *quantizer
      = likeness_pt_value_get_item (arguments, 4, LIKENESS_PT_LIST);
  const LikenessPtValue *scheme = NULL;
  const LikenessPtValue *scale = NULL;
  const LikenessPtValue *zero = NULL;
  LikenessPtValue *value;

  if (quantizer != NULL)
    {
      scheme = likeness_pt_value_get_item (quantizer, 0, LIKENESS_PT_GLOBAL);
      scale = likeness_pt_value_get_item (quantizer, 1, LIKENESS_PT_DOUBLE);
      zero = likeness_pt_value_get_item (quantizer, 2, LIKENESS_PT_INT);
    }
  if (scheme == NULL || strcmp (scheme->string, "torch.per_tensor_affine") != 0
      || scale == NULL || !isfinite (scale->number) || zero == NULL
      || zero->integer < G_MININT8 || zero->integer > G_MAXINT8)
    return likeness_pickle_refuse (self, error, _ ("it is quantised in no known way"));
  value = likeness_pickle_make_tensor (self, arguments, error);
  if (value == NULL)
    return NULL;
  for (gsize i = 0; i < value->tensor->n; i++)
    value->tensor->data[i]
        = (float)scale->number * (value->tensor->data[i] - (float)zero->integer);
  value->quantized = TRUE;
  return value;
}
