/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pt-value.h"

#include <string.h>

LikenessPtValue *
likeness_pt_value_new (LikenessPtType type)
{
  LikenessPtValue *self = g_new0 (LikenessPtValue, 1);

  self->type = type;
  self->refs = 1;
  self->depth = 1;
  self->weight = 1;
  return self;
}

LikenessPtValue *
likeness_pt_value_ref (LikenessPtValue *self)
{
  self->refs++;
  return self;
}

/* Recursion ends: values hold no cycles and are at most LIKENESS_PT_MAX_DEPTH deep. */
void
likeness_pt_value_free (LikenessPtValue *self)
{
  if (self == NULL || --self->refs > 0)
    return;
  g_free (self->string);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  likeness_tensor_free (self->tensor);
  g_free (self);
}

static void
hold (GPtrArray **array, LikenessPtValue *item)
{
  if (*array == NULL)
    *array = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_pt_value_free);
  item->frozen = TRUE;
  g_ptr_array_add (*array, likeness_pt_value_ref (item));
}

gboolean
likeness_pt_value_append (LikenessPtValue *self,
                          LikenessPtValue *key,
                          LikenessPtValue *item)
{
  guint depth = MAX (self->depth, item->depth + 1);
  guint64 weight = self->weight + item->weight + (key != NULL ? key->weight : 0);

  if (key == NULL ? self->type != LIKENESS_PT_LIST
                  : self->type != LIKENESS_PT_DICT && self->type != LIKENESS_PT_OBJECT)
    return FALSE;
  if (self->frozen || self == item || depth > LIKENESS_PT_MAX_DEPTH
      || weight > LIKENESS_PT_MAX_WEIGHT)
    return FALSE;
  if (key != NULL)
    hold (&self->keys, key);
  hold (&self->items, item);
  self->depth = depth;
  self->weight = weight;
  return TRUE;
}

const LikenessPtValue *
likeness_pt_value_lookup (const LikenessPtValue *self, const char *key)
{
  if (self->type != LIKENESS_PT_DICT || self->items == NULL)
    return NULL;
  /* As in Python, the last of two members of one name counts. */
  for (guint i = self->items->len; i > 0; i--)
    {
      const LikenessPtValue *name = g_ptr_array_index (self->keys, i - 1);

      if (name->type == LIKENESS_PT_STRING && strcmp (name->string, key) == 0)
        return g_ptr_array_index (self->items, i - 1);
    }
  return NULL;
}

guint
likeness_pt_value_count (const LikenessPtValue *self)
{
  return self->items != NULL ? self->items->len : 0;
}

LikenessPtValue *
likeness_pt_value_get_item (const LikenessPtValue *self, guint index, LikenessPtType type)
{
  LikenessPtValue *value;

  if (index >= likeness_pt_value_count (self))
    return NULL;
  value = g_ptr_array_index (self->items, index);
  return value->type == type ? value : NULL;
}
