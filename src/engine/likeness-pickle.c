/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pickle.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-pickle-globals.h"
#include "likeness-pickle-stack.h"
#include "likeness-torch.h"

/* An EdgeFace takes some 10,000 values, a checkpoint for 100,000 people 300,000. */
#define MAX_VALUES (1 << 19)
#define MAX_LENGTH (64 * 1024 * 1024)

/* The instructions, by the names of Python's pickletools. */
enum
{
  OP_MARK = '(',
  OP_EMPTY_TUPLE = ')',
  OP_STOP = '.',
  OP_BINFLOAT = 'G',
  OP_BININT = 'J',
  OP_BININT1 = 'K',
  OP_BININT2 = 'M',
  OP_NONE = 'N',
  OP_BINPERSID = 'Q',
  OP_REDUCE = 'R',
  OP_BINUNICODE = 'X',
  OP_EMPTY_LIST = ']',
  OP_APPEND = 'a',
  OP_BUILD = 'b',
  OP_GLOBAL = 'c',
  OP_APPENDS = 'e',
  OP_BINGET = 'h',
  OP_LONG_BINGET = 'j',
  OP_BINPUT = 'q',
  OP_LONG_BINPUT = 'r',
  OP_SETITEM = 's',
  OP_TUPLE = 't',
  OP_SETITEMS = 'u',
  OP_EMPTY_DICT = '}',
  OP_PROTO = 0x80,
  OP_NEWOBJ = 0x81,
  OP_TUPLE1 = 0x85,
  OP_TUPLE2 = 0x86,
  OP_TUPLE3 = 0x87,
  OP_NEWTRUE = 0x88,
  OP_NEWFALSE = 0x89,
  OP_LONG1 = 0x8a,
  OP_SHORT_BINUNICODE = 0x8c,
  OP_BINUNICODE8 = 0x8d,
  OP_STACK_GLOBAL = 0x93,
  OP_MEMOIZE = 0x94,
  OP_FRAME = 0x95,
};

gpointer
likeness_pickle_refuse (const LikenessPickle *self,
                        GError **error,
                        const char *format,
                        ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
               _ ("“%s” is damaged: %s. Download or save it again."), self->file_name,
               what);
  return NULL;
}

LikenessPtValue *
likeness_pickle_new_value (LikenessPickle *self, LikenessPtType type, GError **error)
{
  if (self->values_left == 0)
    return likeness_pickle_refuse (self, error, _ ("it lists too many values"));
  self->values_left--;
  return likeness_pt_value_new (type);
}

/* --- reading the bytes --- */

static gboolean
take (LikenessPickle *self, gsize n, const guint8 **bytes, GError **error)
{
  if (n > self->length - self->at)
    {
      likeness_pickle_refuse (self, error, _ ("its pickle is cut off"));
      return FALSE;
    }
  *bytes = self->data + self->at;
  self->at += n;
  return TRUE;
}

static gboolean
take_integer (LikenessPickle *self, gsize size, guint64 *value, GError **error)
{
  const guint8 *bytes;

  if (!take (self, size, &bytes, error))
    return FALSE;
  *value = 0;
  for (gsize i = 0; i < size; i++)
    *value |= (guint64)bytes[i] << (8 * i);
  return TRUE;
}

static char *
take_line (LikenessPickle *self, GError **error)
{
  const guint8 *start = self->data + self->at;
  const guint8 *end = memchr (start, '\n', self->length - self->at);
  const guint8 *bytes;

  if (end == NULL)
    return likeness_pickle_refuse (self, error, _ ("its pickle is cut off"));
  if (!take (self, end - start + 1, &bytes, error))
    return NULL;
  return g_utf8_make_valid ((const char *)bytes, end - start);
}

static gboolean
push_integer (LikenessPickle *self, gint64 integer, GError **error)
{
  LikenessPtValue *value = likeness_pickle_new_value (self, LIKENESS_PT_INT, error);

  if (value != NULL)
    value->integer = integer;
  return likeness_pickle_push (self, value);
}

static gboolean
push_boolean (LikenessPickle *self, gboolean boolean, GError **error)
{
  LikenessPtValue *value = likeness_pickle_new_value (self, LIKENESS_PT_BOOLEAN, error);

  if (value != NULL)
    value->boolean = boolean;
  return likeness_pickle_push (self, value);
}

static gboolean
push_double (LikenessPickle *self, GError **error)
{
  LikenessPtValue *value = likeness_pickle_new_value (self, LIKENESS_PT_DOUBLE, error);
  const guint8 *bytes;
  guint64 bits = 0;

  if (!likeness_pickle_push (self, value) || !take (self, 8, &bytes, error))
    return FALSE;
  /* The one number that pickles keep big-endian. */
  for (int i = 0; i < 8; i++)
    bits = bits << 8 | bytes[i];
  memcpy (&value->number, &bits, sizeof bits);
  return TRUE;
}

static gboolean
push_string (LikenessPickle *self, gsize length_size, GError **error)
{
  LikenessPtValue *value;
  const guint8 *bytes;
  guint64 length;

  if (!take_integer (self, length_size, &length, error)
      || !take (self, MIN (length, G_MAXSIZE), &bytes, error))
    return FALSE;
  value = likeness_pickle_new_value (self, LIKENESS_PT_STRING, error);
  if (value != NULL)
    {
      value->string = g_utf8_make_valid ((const char *)bytes, length);
      value->weight += length / 8;
    }
  return likeness_pickle_push (self, value);
}

static gboolean
push_long (LikenessPickle *self, GError **error)
{
  guint64 size;
  guint64 value;

  if (!take_integer (self, 1, &size, error))
    return FALSE;
  if (size > 8)
    {
      likeness_pickle_refuse (self, error, _ ("it holds an integer that is too large"));
      return FALSE;
    }
  if (!take_integer (self, size, &value, error))
    return FALSE;
  if (size > 0 && size < 8 && (value >> (8 * size - 1)) != 0)
    value |= G_MAXUINT64 << (8 * size);
  return push_integer (self, (gint64)value, error);
}

/* --- names and what is made from them --- */

static gboolean
push_global (LikenessPickle *self, GError **error)
{
  g_autofree char *module = take_line (self, error);
  g_autofree char *name = module != NULL ? take_line (self, error) : NULL;

  return name != NULL
         && likeness_pickle_push (
             self, likeness_pickle_find_global (self, module, name, error));
}

static gboolean
push_stack_global (LikenessPickle *self, GError **error)
{
  g_autoptr (LikenessPtValue) name = likeness_pickle_pop (self, error);
  g_autoptr (LikenessPtValue) module
      = name != NULL ? likeness_pickle_pop (self, error) : NULL;

  if (module == NULL)
    return FALSE;
  if (name->type != LIKENESS_PT_STRING || module->type != LIKENESS_PT_STRING)
    return likeness_pickle_refuse_order (self, error);
  return likeness_pickle_push (
      self, likeness_pickle_find_global (self, module->string, name->string, error));
}

typedef LikenessPtValue *(*Make) (LikenessPickle *self,
                                  const LikenessPtValue *global,
                                  LikenessPtValue *arguments,
                                  GError **error);

static gboolean
push_made (LikenessPickle *self, Make make, GError **error)
{
  g_autoptr (LikenessPtValue) arguments = likeness_pickle_pop (self, error);
  g_autoptr (LikenessPtValue) global
      = arguments != NULL ? likeness_pickle_pop (self, error) : NULL;

  if (global == NULL)
    return FALSE;
  if (global->type != LIKENESS_PT_GLOBAL || arguments->type != LIKENESS_PT_LIST)
    return likeness_pickle_refuse_order (self, error);
  return likeness_pickle_push (self, make (self, global, arguments, error));
}

static gboolean
push_storage (LikenessPickle *self, GError **error)
{
  g_autoptr (LikenessPtValue) id = likeness_pickle_pop (self, error);

  return id != NULL
         && likeness_pickle_push (self, likeness_pickle_find_storage (self, id, error));
}

/* The attributes of an OrderedDict (_metadata): nothing of them is needed. Nor is the
 * state that a class of TorchScript packs up its own way. */
static gboolean
build (LikenessPickle *self, GError **error)
{
  g_autoptr (LikenessPtValue) state = likeness_pickle_pop (self, error);
  LikenessPtValue *owner = state != NULL ? likeness_pickle_peek (self, error) : NULL;

  if (owner == NULL)
    return FALSE;
  if (owner->type == LIKENESS_PT_OBJECT)
    return state->type != LIKENESS_PT_DICT
           || likeness_pickle_add_attributes (self, owner, state, error);
  if (owner->type != LIKENESS_PT_DICT)
    return likeness_pickle_refuse_order (self, error);
  return TRUE;
}

/* --- the memo --- */

static gboolean
put (LikenessPickle *self, gsize size, GError **error)
{
  LikenessPtValue *value = likeness_pickle_peek (self, error);
  guint64 index = g_hash_table_size (self->memo);

  if (value == NULL || (size > 0 && !take_integer (self, size, &index, error)))
    return FALSE;
  /* Picklers count from 0; chosen freely, numbers would all meet in one place of the
   * table. */
  if (index >= MAX_VALUES)
    return likeness_pickle_refuse_order (self, error);
  g_hash_table_insert (self->memo, GUINT_TO_POINTER (index),
                       likeness_pt_value_ref (value));
  return TRUE;
}

static gboolean
get (LikenessPickle *self, gsize size, GError **error)
{
  LikenessPtValue *value;
  guint64 index;

  if (!take_integer (self, size, &index, error))
    return FALSE;
  value = g_hash_table_lookup (self->memo, GUINT_TO_POINTER (index));
  return value != NULL ? likeness_pickle_push (self, likeness_pt_value_ref (value))
                       : likeness_pickle_refuse_order (self, error);
}

static gboolean
check_protocol (LikenessPickle *self, GError **error)
{
  guint64 protocol;

  if (!take_integer (self, 1, &protocol, error))
    return FALSE;
  return protocol >= 2 && protocol <= 5 ? TRUE
                                        : likeness_pickle_refuse_order (self, error);
}

static gboolean
push_number (LikenessPickle *self, guint8 op, GError **error)
{
  guint64 value;

  if (!take_integer (self, op == OP_BININT ? 4 : op == OP_BININT2 ? 2 : 1, &value, error))
    return FALSE;
  return push_integer (self, op == OP_BININT ? (gint32)value : (gint64)value, error);
}

static gboolean
push_marked_tuple (LikenessPickle *self, GError **error)
{
  gsize first;

  return likeness_pickle_pop_mark (self, &first, error)
         && likeness_pickle_push_tuple (self, first, error);
}

/* The last @n values, as far as there are so many. */
static gboolean
push_short_tuple (LikenessPickle *self, gsize n, GError **error)
{
  return self->stack->len >= n
             ? likeness_pickle_push_tuple (self, self->stack->len - n, error)
             : likeness_pickle_refuse_order (self, error);
}

static gboolean
step (LikenessPickle *self, guint8 op, GError **error)
{
  guint64 ignored;

  switch (op)
    {
    case OP_PROTO:
      return check_protocol (self, error);
    case OP_FRAME:
      return take_integer (self, 8, &ignored, error);
    case OP_MARK:
      {
        gsize height = self->stack->len;

        g_array_append_val (self->marks, height);
        return TRUE;
      }
    case OP_NONE:
      return likeness_pickle_push (
          self, likeness_pickle_new_value (self, LIKENESS_PT_NONE, error));
    case OP_NEWTRUE:
    case OP_NEWFALSE:
      return push_boolean (self, op == OP_NEWTRUE, error);
    case OP_BININT:
    case OP_BININT1:
    case OP_BININT2:
      return push_number (self, op, error);
    case OP_LONG1:
      return push_long (self, error);
    case OP_BINFLOAT:
      return push_double (self, error);
    case OP_SHORT_BINUNICODE:
      return push_string (self, 1, error);
    case OP_BINUNICODE:
      return push_string (self, 4, error);
    case OP_BINUNICODE8:
      return push_string (self, 8, error);
    case OP_EMPTY_LIST:
      return likeness_pickle_push (
          self, likeness_pickle_new_value (self, LIKENESS_PT_LIST, error));
    case OP_EMPTY_DICT:
      return likeness_pickle_push (
          self, likeness_pickle_new_value (self, LIKENESS_PT_DICT, error));
    case OP_EMPTY_TUPLE:
      return push_short_tuple (self, 0, error);
    case OP_TUPLE1:
    case OP_TUPLE2:
    case OP_TUPLE3:
      return push_short_tuple (self, 1 + op - OP_TUPLE1, error);
    case OP_TUPLE:
      return push_marked_tuple (self, error);
    case OP_APPEND:
      return likeness_pickle_add_items (self, LIKENESS_PT_LIST,
                                        MAX (self->stack->len, 1) - 1, error);
    case OP_APPENDS:
      return likeness_pickle_add_marked_items (self, LIKENESS_PT_LIST, error);
    case OP_SETITEM:
      return likeness_pickle_add_items (self, LIKENESS_PT_DICT,
                                        MAX (self->stack->len, 2) - 2, error);
    case OP_SETITEMS:
      return likeness_pickle_add_marked_items (self, LIKENESS_PT_DICT, error);
    case OP_GLOBAL:
      return push_global (self, error);
    case OP_STACK_GLOBAL:
      return push_stack_global (self, error);
    case OP_REDUCE:
      return push_made (self, likeness_pickle_reduce, error);
    case OP_NEWOBJ:
      return push_made (self, likeness_pickle_new_object, error);
    case OP_BINPERSID:
      return push_storage (self, error);
    case OP_BUILD:
      return build (self, error);
    case OP_BINPUT:
      return put (self, 1, error);
    case OP_LONG_BINPUT:
      return put (self, 4, error);
    case OP_MEMOIZE:
      return put (self, 0, error);
    case OP_BINGET:
      return get (self, 1, error);
    case OP_LONG_BINGET:
      return get (self, 4, error);
    default:
      g_set_error (
          error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
          _ ("“%s” uses the pickle instruction 0x%02x, which weights never need; "
             "nothing was run. In Python, save only the network's state_dict()."),
          self->file_name, op);
      return FALSE;
    }
}

LikenessPtValue *
likeness_pickle_read (GBytes *pickle,
                      const char *file_name,
                      GHashTable *storages,
                      guint64 max_numbers,
                      GError **error)
{
  GDestroyNotify free_value = (GDestroyNotify)likeness_pt_value_free;
  g_autoptr (GPtrArray) stack = g_ptr_array_new_with_free_func (free_value);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GHashTable) memo = g_hash_table_new_full (NULL, NULL, NULL, free_value);
  LikenessPickle self = {
      .file_name = file_name,
      .storages = storages,
      .numbers_left = max_numbers,
      .values_left = MAX_VALUES,
      .stack = stack,
      .marks = marks,
      .memo = memo,
  };

  self.data = g_bytes_get_data (pickle, &self.length);
  if (self.length > MAX_LENGTH)
    return likeness_pickle_refuse (&self, error, _ ("its pickle is too long"));
  while (self.at < self.length)
    {
      guint8 op = self.data[self.at++];

      if (op == OP_STOP)
        return likeness_pickle_pop (&self, error);
      if (!step (&self, op, error))
        return NULL;
      /* One byte makes a mark of eight, and two name a value again. */
      if (stack->len + marks->len > MAX_VALUES)
        return likeness_pickle_refuse (&self, error, _ ("it lists too many values"));
    }
  return likeness_pickle_refuse (&self, error, _ ("its pickle is cut off"));
}
