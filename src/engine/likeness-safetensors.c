/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-safetensors.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "likeness-element.h"
#include "likeness-quote.h"
#include "likeness-torch.h"
#include "likeness-weights-file.h"

#define MAX_HEADER (16 * 1024 * 1024)
/* Brackets and commas of some 20,000 tensors: more than that is an attack on the memory
 * that the parsed header takes. */
#define MAX_TOKENS 200000
#define MAX_DEPTH 4
/* Of one object: their names can be chosen so that all meet in one place of its table. */
#define MAX_MEMBERS 8192

/* One tensor as the header describes it. */
typedef struct
{
  LikenessElement element;
  int n_dims;
  gint64 shape[LIKENESS_TENSOR_MAX_DIMS];
  gsize n;
  guint64 begin; /* in the data, behind the header */
  guint64 end;
  const char *name;
} Entry;

typedef struct
{
  LikenessWeightsFile *file;
  GHashTable *members; /* JsonObject -> how often a member of it was read */
  gboolean duplicate;
} Reader;

G_GNUC_PRINTF (3, 4)
static gboolean
refuse (const Reader *self, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
               _ ("“%s” is a damaged safetensors file: %s. Download or save it again."),
               self->file->name, what);
  return FALSE;
}

/* json-glib descends by recursion and takes about a hundred bytes a value, so both are
 * limited before it sees the text. */
static gboolean
check_nesting (const Reader *self, const char *text, gsize length, GError **error)
{
  gboolean in_string = FALSE;
  guint members[MAX_DEPTH + 1] = {0};
  guint tokens = 0;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
        }
      else if (text[i] == '"')
        in_string = TRUE;
      else if (text[i] == '{' || text[i] == '[')
        {
          if (++depth > MAX_DEPTH)
            return refuse (self, error, _ ("its header is nested too deeply"));
          members[depth] = 0;
        }
      else if (text[i] == '/' || text[i] == '\'')
        return refuse (self, error, _ ("its header is not strict JSON"));
      else if ((text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
      if (!in_string
          && ((text[i] == ':' && ++members[depth] > MAX_MEMBERS)
              || (strchr ("{}[],:", text[i]) != NULL && ++tokens > MAX_TOKENS)))
        return refuse (self, error, _ ("its header lists too many tensors"));
    }
  return TRUE;
}

static void
object_member_cb (JsonParser *parser,
                  JsonObject *object,
                  const char *name,
                  gpointer user_data)
{
  Reader *self = user_data;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->members, object)) + 1;

  g_hash_table_insert (self->members, object, GUINT_TO_POINTER (n));
}

static void
object_end_cb (JsonParser *parser, JsonObject *object, gpointer user_data)
{
  Reader *self = user_data;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->members, object));

  if (n != json_object_get_size (object))
    self->duplicate = TRUE;
  g_hash_table_remove (self->members, object);
}

/* A member that is a list of non-negative integers, at most @max of them. */
static gboolean
read_integers (JsonObject *object, const char *name, guint max, gint64 *out, guint *n)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  *n = json_array_get_length (array);
  if (*n > max)
    return FALSE;
  for (guint i = 0; i < *n; i++)
    {
      JsonNode *number = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (number)
          || json_node_get_value_type (number) != G_TYPE_INT64)
        return FALSE;
      out[i] = json_node_get_int (number);
      if (out[i] < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_element (JsonObject *object, const char **name, LikenessElement *element)
{
  static const struct
  {
    const char *name;
    LikenessElement element;
  } known[] = {
      {"F32", LIKENESS_ELEMENT_FLOAT32},
      {"F64", LIKENESS_ELEMENT_FLOAT64},
      {"F16", LIKENESS_ELEMENT_FLOAT16},
      {"BF16", LIKENESS_ELEMENT_BFLOAT16},
  };
  JsonNode *node = json_object_get_member (object, "dtype");

  *name = "?";
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *name = json_node_get_string (node);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (*name, known[i].name) == 0)
      {
        *element = known[i].element;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_entry (
    const Reader *self, const char *name, JsonNode *node, Entry *entry, GError **error)
{
  JsonObject *object;
  g_autofree char *quoted = likeness_quote (name);
  const char *type;
  gint64 offsets[2];
  guint n;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (self, error, _ ("“%s” is no tensor"), quoted);
  object = json_node_get_object (node);
  entry->name = name;
  if (!read_element (object, &type, &entry->element))
    {
      g_autofree char *found = likeness_quote (type);
      return refuse (self, error,
                     _ ("tensor “%s” is of type “%s”, not F32, F16, BF16 or F64"), quoted,
                     found);
    }
  if (!read_integers (object, "shape", LIKENESS_TENSOR_MAX_DIMS, entry->shape, &n)
      || !likeness_tensor_count (n, entry->shape, &entry->n))
    return refuse (self, error, _ ("the shape of tensor “%s” is impossible"), quoted);
  entry->n_dims = n;
  if (!read_integers (object, "data_offsets", 2, offsets, &n) || n != 2)
    return refuse (self, error, _ ("tensor “%s” has no data offsets"), quoted);
  entry->begin = offsets[0];
  entry->end = offsets[1];
  if (entry->end < entry->begin
      || entry->end - entry->begin != entry->n * likeness_element_size (entry->element))
    return refuse (self, error, _ ("the data of tensor “%s” does not fit its shape"),
                   quoted);
  return TRUE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  if (first->begin != second->begin)
    return first->begin < second->begin ? -1 : 1;
  /* Empty tensors stand before the one that begins where they do. */
  if (first->end != second->end)
    return first->end < second->end ? -1 : 1;
  return strcmp (first->name, second->name);
}

/* Neither gaps nor overlaps, from the first byte to the last. */
static gboolean
check_entries (const Reader *self, GArray *entries, guint64 size, GError **error)
{
  guint64 at = 0;
  guint64 numbers = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (entry->begin != at)
        {
          g_autofree char *quoted = likeness_quote (entry->name);
          return refuse (self, error,
                         entry->begin < at ? _ ("tensor “%s” overlaps another one")
                                           : _ ("there is a gap before tensor “%s”"),
                         quoted);
        }
      at = entry->end;
      numbers += entry->n;
    }
  if (at > size)
    return refuse (self, error, _ ("it is cut off"));
  if (at < size)
    return refuse (self, error, _ ("there is something behind its last tensor"));
  if (numbers > LIKENESS_TENSOR_MAX_NUMBERS)
    return refuse (self, error, _ ("it claims too many numbers"));
  return TRUE;
}

static GArray *
list_entries (Reader *self, JsonNode *root, guint64 size, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse (self, error, _ ("its header is no list of tensors"));
      return NULL;
    }
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &node))
    {
      Entry entry = {0};

      if (strcmp (name, "__metadata__") == 0)
        continue;
      if (!read_entry (self, name, node, &entry, error))
        return NULL;
      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);
  if (!check_entries (self, entries, size, error))
    return NULL;
  return g_steal_pointer (&entries);
}

static JsonParser *
read_header (Reader *self, guint64 *length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = NULL;
  guint8 start[8];

  if (!likeness_weights_file_read (self->file, 0, start, sizeof start, error))
    return NULL;
  *length = 0;
  for (int i = 0; i < 8; i++)
    *length |= (guint64)start[i] << (8 * i);
  if (*length > MAX_HEADER || *length > self->file->size - 8)
    {
      refuse (self, error, _ ("its header claims more than the file holds"));
      return NULL;
    }
  text = g_malloc (*length + 1);
  if (!likeness_weights_file_read (self->file, 8, text, *length, error))
    return NULL;
  text[*length] = '\0';
  if (!g_utf8_validate_len (text, *length, NULL))
    {
      refuse (self, error, _ ("its header is not text"));
      return NULL;
    }
  if (!check_nesting (self, text, *length, error))
    return NULL;

  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), self);
  g_signal_connect (parser, "object-end", G_CALLBACK (object_end_cb), self);
  if (!json_parser_load_from_data (parser, text, *length, NULL))
    {
      refuse (self, error, _ ("its header is not strict JSON"));
      return NULL;
    }
  if (self->duplicate)
    {
      refuse (self, error, _ ("its header names something twice"));
      return NULL;
    }
  return g_steal_pointer (&parser);
}

static LikenessTensor *
read_tensor (Reader *self, const Entry *entry, guint64 data, GError **error)
{
  g_autoptr (LikenessTensor) tensor
      = likeness_tensor_new (entry->name, entry->n_dims, entry->shape);
  gsize length = entry->end - entry->begin;
  g_autofree guint8 *bytes = g_try_malloc (MAX (length, 1));

  if (tensor == NULL || bytes == NULL)
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY,
                   _ ("There is not enough memory to read “%s”: close something."),
                   self->file->name);
      return NULL;
    }
  if (!likeness_weights_file_read (self->file, data + entry->begin, bytes, length, error))
    return NULL;
  likeness_element_convert (entry->element, bytes, entry->n, tensor->data);
  return g_steal_pointer (&tensor);
}

GPtrArray *
likeness_safetensors_read (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, error);
  g_autoptr (GHashTable) members = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) tensors
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_tensor_free);
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GArray) entries = NULL;
  Reader self = {file, members, FALSE};
  guint64 length;

  if (file == NULL)
    return NULL;
  if (file->kind != LIKENESS_WEIGHTS_FILE_SAFETENSORS)
    {
      likeness_weights_file_refuse (file, error);
      return NULL;
    }
  parser = read_header (&self, &length, error);
  if (parser == NULL)
    return NULL;
  entries = list_entries (&self, json_parser_get_root (parser), file->size - 8 - length,
                          error);
  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      LikenessTensor *tensor;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      tensor = read_tensor (&self, &g_array_index (entries, Entry, i), 8 + length, error);
      if (tensor == NULL)
        return NULL;
      g_ptr_array_add (tensors, tensor);
    }
  return g_steal_pointer (&tensors);
}
