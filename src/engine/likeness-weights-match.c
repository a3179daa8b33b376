/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-weights-match.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-quote.h"
#include "likeness-string-hash.h"
#include "likeness-torch.h"

/* How many names a message lists before it counts the rest. */
#define MAX_LISTED 3

G_GNUC_PRINTF (2, 3)
static void
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                                 format, args);
  va_end (args);
}

/* DataParallel adds "module.", torch.compile "_orig_mod.", EdgeFace's own class "model.".
 */
static const char *
strip_prefixes (const char *name)
{
  static const char *const prefixes[] = {"module.", "model.", "_orig_mod."};

  gsize i = 0;

  while (i < G_N_ELEMENTS (prefixes))
    if (g_str_has_prefix (name, prefixes[i]))
      {
        name += strlen (prefixes[i]);
        i = 0;
      }
    else
      i++;
  return name;
}

/* (element-type utf8 LikenessTensor): by "model." and the bare name */
static GHashTable *
index_tensors (const char *file_name, GPtrArray *tensors, GError **error)
{
  g_autoptr (GHashTable) table
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < tensors->len; i++)
    {
      LikenessTensor *tensor = g_ptr_array_index (tensors, i);
      char *name = g_strconcat ("model.", strip_prefixes (tensor->name), NULL);

      if (!g_hash_table_insert (table, name, tensor))
        {
          g_autofree char *quoted = likeness_quote (tensor->name);

          refuse (error, _ ("“%s” holds the tensor “%s” twice: save the network again."),
                  file_name, quoted);
          return NULL;
        }
    }
  return g_steal_pointer (&table);
}

static gboolean
shape_fits (const LikenessTensor *tensor, const LikenessParameter *parameter)
{
  return tensor->n_dims == parameter->n_dims
         && memcmp (tensor->shape, parameter->shape, parameter->n_dims * sizeof (gint64))
                == 0;
}

/* The variant that most names and shapes speak for; %NULL where fewer than half of its
 * names are there. */
static const LikenessVariant *
recognise (GHashTable *table)
{
  const LikenessVariant *best = NULL;
  guint best_score = 0;
  guint n;
  const LikenessVariant *variants = likeness_variant_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) parameters = likeness_variant_list_parameters (&variants[i]);
      guint names = 0;
      guint shapes = 0;

      for (guint k = 0; k < parameters->len; k++)
        {
          const LikenessParameter *parameter = g_ptr_array_index (parameters, k);
          const LikenessTensor *tensor = g_hash_table_lookup (table, parameter->name);

          names += tensor != NULL;
          shapes += tensor != NULL && shape_fits (tensor, parameter);
        }
      if (2 * names >= parameters->len && names + shapes > best_score)
        {
          best = &variants[i];
          best_score = names + shapes;
        }
    }
  return best;
}

static char *
join_names (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, MAX_LISTED); i++)
    {
      g_autofree char *quoted = likeness_quote (g_ptr_array_index (names, i));
      g_string_append_printf (text, "%s“%s”", i > 0 ? ", " : "", quoted);
    }
  if (names->len > MAX_LISTED)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (
          text, ngettext ("and %u more", "and %u more", names->len - MAX_LISTED),
          names->len - MAX_LISTED);
    }
  return g_string_free (text, FALSE);
}

static void
refuse_stranger (const char *file_name, GPtrArray *tensors, GError **error)
{
  const LikenessTensor *first = tensors->len > 0 ? g_ptr_array_index (tensors, 0) : NULL;
  g_autofree char *quoted = NULL;

  quoted = first != NULL ? likeness_quote (first->name) : NULL;
  if (first == NULL)
    refuse (error, _ ("“%s” holds no tensors: choose EdgeFace weights."), file_name);
  else
    refuse (error,
            ngettext ("“%s” is no EdgeFace: it holds %u tensor, “%s”. Choose EdgeFace "
                      "weights.",
                      "“%s” is no EdgeFace: it holds %u tensors, the first “%s”. Choose "
                      "EdgeFace weights.",
                      tensors->len),
            file_name, tensors->len, quoted);
}

/* Names that only one side has. */
static gboolean
check_names (const char *file_name,
             const LikenessVariant *variant,
             GHashTable *table,
             GPtrArray *parameters,
             GPtrArray *tensors,
             GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (likeness_string_hash, g_str_equal);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autoptr (GPtrArray) unexpected = g_ptr_array_new ();
  g_autofree char *missing_text = NULL;
  g_autofree char *unexpected_text = NULL;

  for (guint i = 0; i < parameters->len; i++)
    {
      const LikenessParameter *parameter = g_ptr_array_index (parameters, i);

      g_hash_table_add (wanted, parameter->name);
      if (!g_hash_table_contains (table, parameter->name))
        g_ptr_array_add (missing, parameter->name);
    }
  for (guint i = 0; i < tensors->len; i++)
    {
      const LikenessTensor *tensor = g_ptr_array_index (tensors, i);
      g_autofree char *name = g_strconcat ("model.", strip_prefixes (tensor->name), NULL);

      if (!g_hash_table_contains (wanted, name))
        g_ptr_array_add (unexpected, tensor->name);
    }
  if (missing->len == 0 && unexpected->len == 0)
    return TRUE;

  missing_text = join_names (missing);
  unexpected_text = join_names (unexpected);
  if (unexpected->len == 0)
    refuse (error, _ ("“%s” looks like %s but lacks %s: save the whole network again."),
            file_name, variant->title, missing_text);
  else if (missing->len == 0)
    refuse (error, _ ("“%s” looks like %s but also holds %s: save the plain network."),
            file_name, variant->title, unexpected_text);
  else
    refuse (error,
            _ ("“%s” looks like %s but lacks %s, and holds %s instead: choose EdgeFace "
               "weights."),
            file_name, variant->title, missing_text, unexpected_text);
  return FALSE;
}

static gboolean
check_tensor (const char *file_name,
              const LikenessVariant *variant,
              const LikenessParameter *parameter,
              const LikenessTensor *tensor,
              GError **error)
{
  if (!shape_fits (tensor, parameter))
    {
      g_autofree char *found
          = likeness_tensor_format_shape (tensor->n_dims, tensor->shape);
      g_autofree char *wanted
          = likeness_tensor_format_shape (parameter->n_dims, parameter->shape);

      refuse (error,
              _ ("“%s” looks like %s, but its tensor “%s” has the shape %s where %s is "
                 "wanted: choose EdgeFace weights."),
              file_name, variant->title, parameter->name, found, wanted);
      return FALSE;
    }
  for (gsize i = 0; i < tensor->n; i++)
    if (!isfinite (tensor->data[i]))
      {
        refuse (error,
                _ ("“%s” is unusable: its tensor “%s” holds a number that is not "
                   "finite. Choose another file."),
                file_name, parameter->name);
        return FALSE;
      }
  return TRUE;
}

LikenessWeights *
likeness_weights_match (const char *file_name,
                        LikenessWeightsKind kind,
                        GPtrArray *tensors,
                        GError **error)
{
  g_autoptr (GHashTable) table = index_tensors (file_name, tensors, error);
  g_autoptr (GPtrArray) parameters = NULL;
  const LikenessVariant *variant;
  LikenessWeights *self;

  if (table == NULL)
    return NULL;
  variant = recognise (table);
  if (variant == NULL)
    {
      refuse_stranger (file_name, tensors, error);
      return NULL;
    }
  parameters = likeness_variant_list_parameters (variant);
  if (!check_names (file_name, variant, table, parameters, tensors, error))
    return NULL;
  for (guint i = 0; i < parameters->len; i++)
    {
      const LikenessParameter *parameter = g_ptr_array_index (parameters, i);

      if (!check_tensor (file_name, variant, parameter,
                         g_hash_table_lookup (table, parameter->name), error))
        return NULL;
    }

  self = g_atomic_rc_box_new0 (LikenessWeights);
  self->kind = kind;
  self->variant = variant;
  self->tensors
      = g_ptr_array_new_full (parameters->len, (GDestroyNotify)likeness_tensor_free);
  /* Every tensor has its parameter now, so all of them change hands. */
  g_ptr_array_set_free_func (tensors, NULL);
  g_ptr_array_set_size (tensors, 0);
  for (guint i = 0; i < parameters->len; i++)
    {
      const LikenessParameter *parameter = g_ptr_array_index (parameters, i);
      LikenessTensor *tensor = g_hash_table_lookup (table, parameter->name);

      g_free (tensor->name);
      tensor->name = g_strdup (parameter->name);
      g_ptr_array_add (self->tensors, tensor);
    }
  return self;
}
