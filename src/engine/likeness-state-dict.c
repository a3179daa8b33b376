/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-state-dict.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-quote.h"
#include "likeness-string-hash.h"
#include "likeness-torch.h"

/* How a quantised torch.nn.Linear names its pieces. */
#define PACKED "._packed_params._packed_params"

/* Longer than any name of a tensor; a few long ones that are said again and again would
 * fill the memory. */
#define MAX_NAME 1024

typedef struct
{
  const char *file_name;
  GPtrArray *tensors;
  GHashTable *linears; /* names of quantised linears */
  GHashTable *seen;    /* tensors already copied */
  gboolean quantized;
} Reader;

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                                 format, args);
  va_end (args);
  return FALSE;
}

static const char *
describe_type (const LikenessPtValue *value)
{
  switch (value->type)
    {
    case LIKENESS_PT_NONE:
      return _ ("nothing (None)");
    case LIKENESS_PT_BOOLEAN:
    case LIKENESS_PT_INT:
    case LIKENESS_PT_DOUBLE:
      return _ ("a number");
    case LIKENESS_PT_STRING:
      return _ ("a text");
    case LIKENESS_PT_LIST:
      return _ ("a list");
    case LIKENESS_PT_TENSOR:
      return _ ("a tensor without a name");
    case LIKENESS_PT_DICT:
      return _ ("a dict");
    case LIKENESS_PT_OBJECT:
    case LIKENESS_PT_GLOBAL:
    case LIKENESS_PT_STORAGE:
    default:
      return _ ("something else");
    }
}

/* Goes down to the state_dict. */
static const LikenessPtValue *
find_network (const LikenessPtValue *root, gboolean *checkpoint)
{
  static const char *const nestings[] = {"backbone_state_dict", "state_dict", "model"};
  gsize i = 0;

  *checkpoint = FALSE;
  while (i < G_N_ELEMENTS (nestings))
    {
      const LikenessPtValue *inner = likeness_pt_value_lookup (root, nestings[i]);

      if (inner != NULL && inner->type == LIKENESS_PT_DICT)
        {
          *checkpoint |= i == 0;
          root = inner;
          i = 0;
        }
      else
        i++;
    }
  return root;
}

LikenessTensor *
likeness_state_dict_copy (const LikenessTensor *tensor, const char *name)
{
  LikenessTensor *copy = likeness_tensor_new (name, tensor->n_dims, tensor->shape);

  if (copy != NULL)
    memcpy (copy->data, tensor->data, tensor->n * sizeof *tensor->data);
  return copy;
}

static gboolean
add (Reader *self, const LikenessTensor *tensor, const char *name, GError **error)
{
  LikenessTensor *copy;

  /* No network shares one; a small file that names a large one often would fill the
   * memory. */
  if (!g_hash_table_add (self->seen, (gpointer)tensor))
    {
      g_autofree char *quoted = likeness_quote (name);

      return refuse (error,
                     _ ("“%s” is no EdgeFace: its tensor “%s” stands for another one as "
                        "well. Choose EdgeFace weights."),
                     self->file_name, quoted);
    }
  copy = likeness_state_dict_copy (tensor, name);
  if (copy == NULL)
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY,
                   _ ("There is not enough memory to read “%s”: close something."),
                   self->file_name);
      return FALSE;
    }
  g_ptr_array_add (self->tensors, copy);
  return TRUE;
}

/* The tuple (weight, bias or None) of the linear that @name belongs to. */
static gboolean
add_packed (Reader *self, const char *name, const LikenessPtValue *packed, GError **error)
{
  g_autofree char *linear = g_strndup (name, strlen (name) - strlen (PACKED));
  g_autofree char *weight_name = g_strconcat (linear, ".weight", NULL);
  g_autofree char *bias_name = g_strconcat (linear, ".bias", NULL);
  g_autofree char *quoted = likeness_quote (linear);
  const LikenessPtValue *weight = NULL;
  const LikenessPtValue *bias = NULL;

  if (packed->type == LIKENESS_PT_LIST && packed->items != NULL
      && packed->items->len == 2)
    {
      weight = g_ptr_array_index (packed->items, 0);
      bias = g_ptr_array_index (packed->items, 1);
    }
  if (weight == NULL || weight->type != LIKENESS_PT_TENSOR
      || (bias->type != LIKENESS_PT_TENSOR && bias->type != LIKENESS_PT_NONE))
    return refuse (error,
                   _ ("“%s” is unusable: its quantised layer “%s” is no weight and bias. "
                      "Choose another file."),
                   self->file_name, quoted);
  self->quantized |= weight->quantized;
  return add (self, weight->tensor, weight_name, error)
         && (bias->type == LIKENESS_PT_NONE
             || add (self, bias->tensor, bias_name, error));
}

/* The quantiser of a quantised linear's output and its type: nothing of the network. */
static gboolean
belongs_to_packed (Reader *self, const char *name)
{
  static const char *const endings[] = {".scale", ".zero_point", "._packed_params.dtype"};

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      {
        g_autofree char *linear = g_strndup (name, strlen (name) - strlen (endings[i]));

        return g_hash_table_contains (self->linears, linear);
      }
  return FALSE;
}

static gboolean
add_member (Reader *self,
            const LikenessPtValue *key,
            const LikenessPtValue *value,
            GError **error)
{
  g_autofree char *quoted = NULL;

  if (key->type != LIKENESS_PT_STRING)
    return refuse (error,
                   _ ("“%s” holds no network: its members have no names. Choose EdgeFace "
                      "weights."),
                   self->file_name);
  if (g_str_has_suffix (key->string, PACKED))
    return add_packed (self, key->string, value, error);
  if (belongs_to_packed (self, key->string))
    return TRUE;
  quoted = likeness_quote (key->string);
  if (value->type != LIKENESS_PT_TENSOR)
    return refuse (error,
                   _ ("“%s” holds no network: its member “%s” is %s. Choose EdgeFace "
                      "weights."),
                   self->file_name, quoted, describe_type (value));
  self->quantized |= value->quantized;
  return add (self, value->tensor, key->string, error);
}

/* Modules hold modules, in TorchScript as in Python: "stages", "0", "blocks" make
 * "stages.0.blocks". What is neither a tensor nor a module is a setting of one. */
static gboolean
add_object (Reader *self, const LikenessPtValue *object, GString *path, GError **error)
{
  gsize length = path->len;

  for (guint i = 0; object->keys != NULL && i < object->keys->len; i++)
    {
      const LikenessPtValue *key = g_ptr_array_index (object->keys, i);
      const LikenessPtValue *value = g_ptr_array_index (object->items, i);
      gboolean added = TRUE;

      if (value->type != LIKENESS_PT_TENSOR && value->type != LIKENESS_PT_OBJECT)
        continue;
      g_string_append_printf (path, "%s%s", length > 0 ? "." : "", key->string);
      if (path->len > MAX_NAME)
        added = refuse (error,
                        _ ("“%s” is no EdgeFace: its modules have names without end. "
                           "Choose EdgeFace weights."),
                        self->file_name);
      else if (value->type == LIKENESS_PT_TENSOR)
        added = add (self, value->tensor, path->str, error);
      else
        added = add_object (self, value, path, error);
      if (!added)
        return FALSE;
      g_string_truncate (path, length);
    }
  return TRUE;
}

static gboolean
add_script (Reader *self, const LikenessPtValue *root, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);

  if (!add_object (self, root, path, error))
    return FALSE;
  if (self->tensors->len > 0)
    return TRUE;
  return refuse (error,
                 _ ("“%s” has no weights with a name, as torch.jit.freeze leaves a "
                    "network. Save it without that, or save its state_dict()."),
                 self->file_name);
}

static void
find_linears (Reader *self, const LikenessPtValue *network)
{
  for (guint i = 0; i < network->keys->len; i++)
    {
      const LikenessPtValue *key = g_ptr_array_index (network->keys, i);

      if (key->type == LIKENESS_PT_STRING && g_str_has_suffix (key->string, PACKED))
        g_hash_table_add (self->linears, g_strndup (key->string, strlen (key->string)
                                                                     - strlen (PACKED)));
    }
}

GPtrArray *
likeness_state_dict_list (const char *file_name,
                          const LikenessPtValue *root,
                          LikenessWeightsKind *kind,
                          GError **error)
{
  g_autoptr (GPtrArray) tensors
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_tensor_free);
  g_autoptr (GHashTable) linears
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  Reader self = {file_name, tensors, linears, seen, FALSE};
  gboolean checkpoint;
  const LikenessPtValue *network = find_network (root, &checkpoint);

  if (root->type == LIKENESS_PT_OBJECT)
    {
      *kind = LIKENESS_WEIGHTS_TORCHSCRIPT;
      return add_script (&self, root, error) ? g_steal_pointer (&tensors) : NULL;
    }
  if (network->type != LIKENESS_PT_DICT)
    {
      refuse (error,
              _ ("“%s” holds no network: it is %s. In Python, save the network's "
                 "state_dict()."),
              file_name, describe_type (network));
      return NULL;
    }
  if (network->keys != NULL)
    {
      find_linears (&self, network);
      for (guint i = 0; i < network->keys->len; i++)
        if (!add_member (&self, g_ptr_array_index (network->keys, i),
                         g_ptr_array_index (network->items, i), error))
          return NULL;
    }
  *kind = checkpoint       ? LIKENESS_WEIGHTS_CHECKPOINT
          : self.quantized ? LIKENESS_WEIGHTS_QUANTIZED
                           : LIKENESS_WEIGHTS_STATE_DICT;
  return g_steal_pointer (&tensors);
}
