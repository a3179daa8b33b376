/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pickle-globals.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-pickle-tensor.h"
#include "likeness-quote.h"
#include "likeness-torch.h"

/* TorchScript's own "package". */
#define SCRIPT_CLASSES "__torch__."

typedef LikenessPtValue *(*Call) (LikenessPickle *self,
                                  LikenessPtValue *arguments,
                                  GError **error);

/* A name that a pickle may use: what making one means, or what numbers a storage of it
 * has, or neither: a plain value. */
typedef struct
{
  const char *name;
  Call call;
  gboolean is_storage;
  LikenessElement element;
} Global;

static LikenessPtValue *
make_ordered_dict (LikenessPickle *self, LikenessPtValue *arguments, GError **error);
static LikenessPtValue *
make_first (LikenessPickle *self, LikenessPtValue *arguments, GError **error);

static const Global globals[] = {
    {"collections.OrderedDict", make_ordered_dict},
    {"torch.Size", make_first},
    {"torch.device", make_first},
    {"torch._utils._rebuild_parameter", make_first},
    {"torch.jit._pickle.restore_type_tag", make_first},
    {"torch.jit._pickle.build_boollist", make_first},
    {"torch.jit._pickle.build_doublelist", make_first},
    {"torch.jit._pickle.build_intlist", make_first},
    {"torch.jit._pickle.build_tensorlist", make_first},
    {"torch._utils._rebuild_tensor_v2", likeness_pickle_make_tensor},
    {"torch._utils._rebuild_qtensor", likeness_pickle_make_quantized},
    {"torch.DoubleStorage", NULL, TRUE, LIKENESS_ELEMENT_FLOAT64},
    {"torch.FloatStorage", NULL, TRUE, LIKENESS_ELEMENT_FLOAT32},
    {"torch.HalfStorage", NULL, TRUE, LIKENESS_ELEMENT_FLOAT16},
    {"torch.BFloat16Storage", NULL, TRUE, LIKENESS_ELEMENT_BFLOAT16},
    {"torch.LongStorage", NULL, TRUE, LIKENESS_ELEMENT_INT64},
    {"torch.IntStorage", NULL, TRUE, LIKENESS_ELEMENT_INT32},
    {"torch.ShortStorage", NULL, TRUE, LIKENESS_ELEMENT_INT16},
    {"torch.CharStorage", NULL, TRUE, LIKENESS_ELEMENT_INT8},
    {"torch.QInt8Storage", NULL, TRUE, LIKENESS_ELEMENT_INT8},
    {"torch.ByteStorage", NULL, TRUE, LIKENESS_ELEMENT_UINT8},
    {"torch.BoolStorage", NULL, TRUE, LIKENESS_ELEMENT_BOOL},
    {"torch.per_tensor_affine", NULL},
    {"torch.qint8", NULL},
    {"torch.float64", NULL},
    {"torch.float32", NULL},
    {"torch.float16", NULL},
    {"torch.bfloat16", NULL},
    {"torch.int64", NULL},
};

/* Any class of a TorchScript file's own code. Its name is all that is taken from it. */
static const Global script_class = {SCRIPT_CLASSES, NULL};

static const Global *
find_known (const char *full)
{
  for (gsize i = 0; i < G_N_ELEMENTS (globals); i++)
    if (strcmp (full, globals[i].name) == 0)
      return &globals[i];
  return g_str_has_prefix (full, SCRIPT_CLASSES) ? &script_class : NULL;
}

LikenessPtValue *
likeness_pickle_find_global (LikenessPickle *self,
                             const char *module,
                             const char *name,
                             GError **error)
{
  g_autofree char *full = g_strconcat (module, ".", name, NULL);
  g_autofree char *quoted = NULL;
  const Global *known = find_known (full);

  if (known != NULL)
    {
      LikenessPtValue *value
          = likeness_pickle_new_value (self, LIKENESS_PT_GLOBAL, error);

      if (value != NULL)
        {
          value->string = g_steal_pointer (&full);
          value->global = known;
        }
      return value;
    }
  quoted = likeness_quote (full);
  g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
               _ ("“%s” asks for “%s”, which weights never need; nothing was run. In "
                  "Python, save only the network's state_dict()."),
               self->file_name, quoted);
  return NULL;
}

static LikenessPtValue *
refuse_making (const LikenessPickle *self, const LikenessPtValue *global, GError **error)
{
  g_autofree char *quoted = likeness_quote (global->string);

  return likeness_pickle_refuse (self, error, _ ("it makes something of “%s”"), quoted);
}

LikenessPtValue *
likeness_pickle_reduce (LikenessPickle *self,
                        const LikenessPtValue *global,
                        LikenessPtValue *arguments,
                        GError **error)
{
  const Global *known = global->global;

  if (known->call == NULL)
    return refuse_making (self, global, error);
  return known->call (self, arguments, error);
}

LikenessPtValue *
likeness_pickle_new_object (LikenessPickle *self,
                            const LikenessPtValue *global,
                            LikenessPtValue *arguments,
                            GError **error)
{
  if (global->global != &script_class || likeness_pt_value_count (arguments) != 0)
    return refuse_making (self, global, error);
  return likeness_pickle_new_value (self, LIKENESS_PT_OBJECT, error);
}

static LikenessPtValue *
make_ordered_dict (LikenessPickle *self, LikenessPtValue *arguments, GError **error)
{
  if (likeness_pt_value_count (arguments) != 0)
    return likeness_pickle_refuse (self, error, _ ("it makes a dict of something"));
  return likeness_pickle_new_value (self, LIKENESS_PT_DICT, error);
}

/* A size is its tuple here, a device its name, a parameter its tensor, a typed list its
 * list. */
static LikenessPtValue *
make_first (LikenessPickle *self, LikenessPtValue *arguments, GError **error)
{
  if (likeness_pt_value_count (arguments) == 0)
    return likeness_pickle_refuse (self, error, _ ("it makes something of nothing"));
  return likeness_pt_value_ref (g_ptr_array_index (arguments->items, 0));
}

LikenessPtValue *
likeness_pickle_find_storage (LikenessPickle *self,
                              const LikenessPtValue *id,
                              GError **error)
{
  const LikenessPtValue *kind;
  const LikenessPtValue *class;
  const LikenessPtValue *key;
  const LikenessPtValue *n;
  const Global *global;
  g_autofree char *name = NULL;
  LikenessPtValue *storage;
  GBytes *bytes;

  if (id->type != LIKENESS_PT_LIST)
    return likeness_pickle_refuse (self, error, _ ("it names numbers in no known way"));
  kind = likeness_pt_value_get_item (id, 0, LIKENESS_PT_STRING);
  class = likeness_pt_value_get_item (id, 1, LIKENESS_PT_GLOBAL);
  key = likeness_pt_value_get_item (id, 2, LIKENESS_PT_STRING);
  n = likeness_pt_value_get_item (id, 4, LIKENESS_PT_INT);
  if (kind == NULL || class == NULL || key == NULL || n == NULL || n->integer < 0
      || strcmp (kind->string, "storage") != 0)
    return likeness_pickle_refuse (self, error, _ ("it names numbers in no known way"));
  global = class->global;
  name = likeness_quote (key->string);
  bytes = g_hash_table_lookup (self->storages, key->string);
  if (!global->is_storage || bytes == NULL)
    return likeness_pickle_refuse (self, error, _ ("the numbers “data/%s” are missing"),
                                   name);
  if ((guint64)n->integer
      > g_bytes_get_size (bytes) / likeness_element_size (global->element))
    return likeness_pickle_refuse (self, error, _ ("the numbers “data/%s” are cut off"),
                                   name);

  storage = likeness_pickle_new_value (self, LIKENESS_PT_STORAGE, error);
  if (storage != NULL)
    {
      storage->string = g_strdup (key->string);
      storage->integer = n->integer;
      storage->global = global;
    }
  return storage;
}

LikenessElement
likeness_pickle_get_element (const LikenessPtValue *storage)
{
  return ((const Global *)storage->global)->element;
}
