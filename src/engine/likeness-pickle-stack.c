/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pickle-stack.h"

#include <glib/gi18n.h>

gboolean
likeness_pickle_refuse_order (const LikenessPickle *self, GError **error)
{
  likeness_pickle_refuse (self, error, _ ("its pickle makes no sense at byte %lu"),
                          (gulong)self->at);
  return FALSE;
}

static gboolean
refuse_nesting (const LikenessPickle *self, GError **error)
{
  likeness_pickle_refuse (self, error,
                          _ ("its pickle is nested too deeply, holds itself or grows "
                             "without end"));
  return FALSE;
}

static gsize
get_base (const LikenessPickle *self)
{
  return self->marks->len > 0 ? g_array_index (self->marks, gsize, self->marks->len - 1)
                              : 0;
}

LikenessPtValue *
likeness_pickle_pop (LikenessPickle *self, GError **error)
{
  if (self->stack->len <= get_base (self))
    {
      likeness_pickle_refuse_order (self, error);
      return NULL;
    }
  return g_ptr_array_steal_index (self->stack, self->stack->len - 1);
}

LikenessPtValue *
likeness_pickle_peek (LikenessPickle *self, GError **error)
{
  if (self->stack->len <= get_base (self))
    {
      likeness_pickle_refuse_order (self, error);
      return NULL;
    }
  return g_ptr_array_index (self->stack, self->stack->len - 1);
}

gboolean
likeness_pickle_push (LikenessPickle *self, LikenessPtValue *value)
{
  if (value == NULL)
    return FALSE;
  g_ptr_array_add (self->stack, value);
  return TRUE;
}

/* Moves everything from @first on into a tuple. */
gboolean
likeness_pickle_push_tuple (LikenessPickle *self, gsize first, GError **error)
{
  LikenessPtValue *tuple;

  if (first < get_base (self) || first > self->stack->len)
    return likeness_pickle_refuse_order (self, error);
  tuple = likeness_pickle_new_value (self, LIKENESS_PT_LIST, error);
  if (tuple == NULL)
    return FALSE;
  for (gsize i = first; i < self->stack->len; i++)
    if (!likeness_pt_value_append (tuple, NULL, g_ptr_array_index (self->stack, i)))
      {
        likeness_pt_value_free (tuple);
        return refuse_nesting (self, error);
      }
  tuple->frozen = TRUE;
  g_ptr_array_set_size (self->stack, first);
  return likeness_pickle_push (self, tuple);
}

gboolean
likeness_pickle_pop_mark (LikenessPickle *self, gsize *first, GError **error)
{
  if (self->marks->len == 0)
    return likeness_pickle_refuse_order (self, error);
  *first = get_base (self);
  g_array_set_size (self->marks, self->marks->len - 1);
  return TRUE;
}

static gboolean
is_key (const LikenessPtValue *value)
{
  return value->type == LIKENESS_PT_NONE || value->type == LIKENESS_PT_BOOLEAN
         || value->type == LIKENESS_PT_INT || value->type == LIKENESS_PT_DOUBLE
         || value->type == LIKENESS_PT_STRING;
}

/* Puts everything from @first on into the list or dict below it. */
gboolean
likeness_pickle_add_items (LikenessPickle *self,
                           LikenessPtType type,
                           gsize first,
                           GError **error)
{
  guint step = type == LIKENESS_PT_DICT ? 2 : 1;
  LikenessPtValue *owner;

  if (first <= get_base (self) || first > self->stack->len
      || (self->stack->len - first) % step != 0)
    return likeness_pickle_refuse_order (self, error);
  owner = g_ptr_array_index (self->stack, first - 1);
  if (owner->type != type)
    return likeness_pickle_refuse_order (self, error);
  for (gsize i = first; i < self->stack->len; i += step)
    {
      LikenessPtValue *key = step == 2 ? g_ptr_array_index (self->stack, i) : NULL;
      LikenessPtValue *item = g_ptr_array_index (self->stack, i + step - 1);

      if (key != NULL && !is_key (key))
        return likeness_pickle_refuse_order (self, error);
      if (!likeness_pt_value_append (owner, key, item))
        return refuse_nesting (self, error);
    }
  g_ptr_array_set_size (self->stack, first);
  return TRUE;
}

gboolean
likeness_pickle_add_attributes (LikenessPickle *self,
                                LikenessPtValue *owner,
                                const LikenessPtValue *state,
                                GError **error)
{
  guint n = likeness_pt_value_count (state);

  for (guint i = 0; i < n; i++)
    {
      LikenessPtValue *key = g_ptr_array_index (state->keys, i);

      if (key->type != LIKENESS_PT_STRING)
        return likeness_pickle_refuse_order (self, error);
      if (!likeness_pt_value_append (owner, key, g_ptr_array_index (state->items, i)))
        return refuse_nesting (self, error);
    }
  return TRUE;
}

gboolean
likeness_pickle_add_marked_items (LikenessPickle *self,
                                  LikenessPtType type,
                                  GError **error)
{
  gsize first;

  return likeness_pickle_pop_mark (self, &first, error)
         && likeness_pickle_add_items (self, type, first, error);
}
