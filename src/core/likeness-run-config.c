/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-quote.h"

/* The strings that say what is trained on what; not in the table of knobs. */
static const struct
{
  const char *name;
  gsize offset;
} paths[] = {
    {"train_dir", G_STRUCT_OFFSET (LikenessRunConfig, train_dir)},
    {"val_dir", G_STRUCT_OFFSET (LikenessRunConfig, val_dir)},
    {"data", G_STRUCT_OFFSET (LikenessRunConfig, data)},
    {"strangers", G_STRUCT_OFFSET (LikenessRunConfig, strangers)},
    {"edgeface", G_STRUCT_OFFSET (LikenessRunConfig, edgeface)},
    {"from_scratch", G_STRUCT_OFFSET (LikenessRunConfig, from_scratch)},
};

/* What is best for a network that knows faces already: bench/recipe has the figures. */
static void
apply_tuning (LikenessRunConfig *self)
{
  gboolean quick = self->preset == LIKENESS_PRESET_QUICK;

  self->epochs_head = quick ? 1 : 2;
  self->epochs_all = quick ? 2 : 8;
  self->batch = 64;
  self->weight_decay = 0.01;
  self->loss = LIKENESS_LOSS_ARCFACE;
  self->scale = 64;
  self->margin = 0.5;
  self->label_smoothing = 0.1;
  self->similarity_weight = 100;
  self->head_init = LIKENESS_HEAD_IMPRINTED;
}

/* What gets a network off the ground that knows nothing: a gentle softmax, since a margin
 * and a large scale only punish a start that is all noise, small batches for more steps,
 * and time. */
static void
apply_scratch (LikenessRunConfig *self)
{
  self->epochs_head = 0;
  self->epochs_all = self->preset == LIKENESS_PRESET_QUICK ? 8 : 20;
  self->batch = 32;
  self->weight_decay = 0.05;
  self->loss = LIKENESS_LOSS_SOFTMAX;
  self->scale = 16;
  self->margin = 0;
  self->label_smoothing = 0;
  self->similarity_weight = 0;
  self->head_init = LIKENESS_HEAD_RANDOM;
}

static void
apply_preset (LikenessRunConfig *self)
{
  self->meant = 0;
  if (self->from_scratch != NULL)
    apply_scratch (self);
  else
    apply_tuning (self);
}

LikenessRunConfig *
likeness_run_config_new (void)
{
  LikenessRunConfig *self = g_new0 (LikenessRunConfig, 1);

  *self = (LikenessRunConfig){
      .input = LIKENESS_INPUT_AUTO,
      .preset = LIKENESS_PRESET_PROPER,
      .mix_high = 0.3,
      .schedule = LIKENESS_SCHEDULE_COSINE,
      .clip_norm = 1.0,
      .augment = TRUE,
      .precision = LIKENESS_PRECISION_AUTO,
      .seed = 42,
      .device = g_strdup ("auto"),
      .early_stop = 5,
  };
  apply_preset (self);
  return self;
}

static char **
get_string (const LikenessRunConfig *self, gsize offset)
{
  return G_STRUCT_MEMBER_P (self, offset);
}

LikenessRunConfig *
likeness_run_config_copy (const LikenessRunConfig *self)
{
  LikenessRunConfig *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    *get_string (copy, paths[i].offset) = g_strdup (*get_string (self, paths[i].offset));
  copy->device = g_strdup (self->device);
  copy->super_resolution = g_strdup (self->super_resolution);
  return copy;
}

static void
make_absolute (char **path)
{
  char *absolute = *path != NULL ? g_canonicalize_filename (*path, NULL) : NULL;

  g_free (*path);
  *path = absolute;
}

void
likeness_run_config_make_absolute (LikenessRunConfig *self)
{
  char **const files[] = {
      &self->data,      &self->train_dir, &self->val_dir,
      &self->strangers, &self->edgeface,  &self->super_resolution,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    make_absolute (files[i]);
}

void
likeness_run_config_free (LikenessRunConfig *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_free (*get_string (self, paths[i].offset));
  g_free (self->device);
  g_free (self->super_resolution);
  g_free (self);
}

/* Levenshtein's distance, for "did you mean". */
static guint
get_distance (const char *a, const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize j = 0; j <= n; j++)
    row[j] = j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= n; j++)
        {
          guint change = diagonal + (a[i - 1] != b[j - 1]);

          diagonal = row[j];
          row[j] = MIN (change, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[n];
}

static gboolean
refuse_key (const char *key, GError **error)
{
  guint n_keys, least = G_MAXUINT;
  const LikenessKey *keys = likeness_run_config_get_keys (&n_keys);
  const char *nearest = NULL;
  g_autofree char *quoted = likeness_quote (key);

  for (guint i = 0; i < n_keys && strlen (key) < 64; i++)
    {
      guint distance = get_distance (key, keys[i].name);

      if (distance < least)
        {
          least = distance;
          nearest = keys[i].name;
        }
    }
  if (nearest != NULL && 2 * least <= strlen (nearest))
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                 _ ("There is no key “%s”. Did you mean “%s”?"), quoted, nearest);
  else
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                 _ ("There is no key “%s”. The help lists all keys"), quoted);
  return FALSE;
}

static gboolean
refuse_value (const LikenessKey *key,
              const char *value,
              const char *wanted,
              GError **error)
{
  g_autofree char *quoted = likeness_quote (value);

  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
               /* Translators: a key, its value, then what is allowed */
               _ ("“%s” cannot be “%s”: give %s"), key->name, quoted, wanted);
  return FALSE;
}

static gboolean
refuse_range (const LikenessKey *key, const char *value, GError **error)
{
  g_autofree char *minimum = NULL;
  g_autofree char *maximum = NULL;
  g_autofree char *wanted = NULL;

  if (key->type == LIKENESS_KEY_UINT64)
    wanted
        = g_strdup_printf (_ ("a whole number from 0 to %" G_GINT64_FORMAT), G_MAXINT64);
  else
    {
      minimum = likeness_json_number_to_string (key->minimum);
      maximum = likeness_json_number_to_string (key->maximum);
      wanted = g_strdup_printf (
          key->type == LIKENESS_KEY_DOUBLE ? _ ("a number from %s to %s")
          : key->type == LIKENESS_KEY_INPUT
              ? _ ("auto, low, high or a whole number from %s to %s")
              : _ ("a whole number from %s to %s"),
          minimum, maximum);
    }
  return refuse_value (key, value, wanted, error);
}

static gboolean
set_choice (const LikenessKey *key, int *field, const char *value, GError **error)
{
  g_autofree char *wanted = NULL;

  for (int i = 0; key->choices[i] != NULL; i++)
    if (g_str_equal (key->choices[i], value))
      {
        *field = i;
        return TRUE;
      }
  wanted = g_strjoinv (", ", (char **)key->choices);
  return refuse_value (key, value, wanted, error);
}

static gboolean
set_input (const LikenessKey *key, int *field, const char *value, GError **error)
{
  guint64 pixels;

  if (g_str_equal (value, "auto"))
    *field = LIKENESS_INPUT_AUTO;
  else if (g_str_equal (value, "low"))
    *field = LIKENESS_INPUT_LOW;
  else if (g_str_equal (value, "high"))
    *field = LIKENESS_INPUT_HIGH;
  else if (g_ascii_string_to_unsigned (value, 10, key->minimum, key->maximum, &pixels,
                                       NULL))
    *field = pixels;
  else
    return refuse_range (key, value, error);
  return TRUE;
}

static gboolean
is_device (const char *value)
{
  guint64 index;

  return g_str_equal (value, "auto") || g_str_equal (value, "cpu")
         || g_str_equal (value, "cuda")
         || (g_str_has_prefix (value, "cuda:")
             && g_ascii_string_to_unsigned (value + 5, 10, 0, 1023, &index, NULL));
}

static void
replace_string (char **field, const char *value)
{
  g_free (*field);
  *field = *value != '\0' ? g_strdup (value) : NULL;
}

static gboolean
set_field (LikenessRunConfig *self,
           const LikenessKey *key,
           const char *value,
           GError **error)
{
  gpointer field = G_STRUCT_MEMBER_P (self, key->offset);
  guint64 whole;
  double number;
  char *end;

  switch (key->type)
    {
    case LIKENESS_KEY_UINT:
      if (!g_ascii_string_to_unsigned (value, 10, key->minimum, key->maximum, &whole,
                                       NULL))
        return refuse_range (key, value, error);
      *(guint *)field = whole;
      return TRUE;
    case LIKENESS_KEY_UINT64:
      if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &whole, NULL))
        return refuse_range (key, value, error);
      *(guint64 *)field = whole;
      return TRUE;
    case LIKENESS_KEY_DOUBLE:
      number = g_ascii_strtod (value, &end);
      if (end == value || *end != '\0' || g_ascii_isspace (*value)
          || !(number >= key->minimum && number <= key->maximum))
        return refuse_range (key, value, error);
      *(double *)field = number;
      return TRUE;
    case LIKENESS_KEY_BOOLEAN:
      if (!g_str_equal (value, "true") && !g_str_equal (value, "false"))
        return refuse_value (key, value, _ ("true or false"), error);
      *(gboolean *)field = g_str_equal (value, "true");
      return TRUE;
    case LIKENESS_KEY_CHOICE:
      if (!set_choice (key, field, value, error))
        return FALSE;
      if (key->offset == G_STRUCT_OFFSET (LikenessRunConfig, preset))
        apply_preset (self);
      return TRUE;
    case LIKENESS_KEY_INPUT:
      return set_input (key, field, value, error);
    case LIKENESS_KEY_STRING:
      if (key->offset == G_STRUCT_OFFSET (LikenessRunConfig, device)
          && !is_device (value))
        return refuse_value (key, value, _ ("auto, cpu, cuda or cuda:N"), error);
      replace_string (field, value);
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Weights and a start from nothing exclude each other, and differ in what is best. */
static void
set_path (LikenessRunConfig *self, char **field, const char *value)
{
  gboolean was_scratch = self->from_scratch != NULL;

  replace_string (field, value);
  if (*field != NULL && field == &self->edgeface)
    g_clear_pointer (&self->from_scratch, g_free);
  if (*field != NULL && field == &self->from_scratch)
    g_clear_pointer (&self->edgeface, g_free);
  if (was_scratch != (self->from_scratch != NULL))
    apply_preset (self);
}

static guint32
get_bit (const LikenessKey *row)
{
  guint n_keys;
  const LikenessKey *keys = likeness_run_config_get_keys (&n_keys);

  g_assert (n_keys <= 32);
  return 1u << (row - keys);
}

gboolean
likeness_run_config_is_meant (const LikenessRunConfig *self, const char *name)
{
  const LikenessKey *row = likeness_run_config_find_key (name);

  g_return_val_if_fail (row != NULL, FALSE);
  return (self->meant & get_bit (row)) != 0;
}

gboolean
likeness_run_config_set (LikenessRunConfig *self,
                         const char *key,
                         const char *value,
                         GError **error)
{
  const LikenessKey *row = likeness_run_config_find_key (key);

  if (row != NULL)
    {
      if (!set_field (self, row, value, error))
        return FALSE;
      self->meant |= get_bit (row);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (g_str_equal (paths[i].name, key))
      {
        set_path (self, get_string (self, paths[i].offset), value);
        return TRUE;
      }
  return refuse_key (key, error);
}

const char *
likeness_run_config_get_path_name (guint index)
{
  return index < G_N_ELEMENTS (paths) ? paths[index].name : NULL;
}

char *
likeness_run_config_get (const LikenessRunConfig *self, const char *key)
{
  const LikenessKey *row = likeness_run_config_find_key (key);
  gconstpointer field;

  for (guint i = 0; row == NULL && i < G_N_ELEMENTS (paths); i++)
    if (g_str_equal (paths[i].name, key))
      {
        const char *path = *get_string (self, paths[i].offset);

        return g_strdup (path != NULL ? path : "");
      }
  g_return_val_if_fail (row != NULL, NULL);
  field = G_STRUCT_MEMBER_P (self, row->offset);
  switch (row->type)
    {
    case LIKENESS_KEY_UINT:
      return g_strdup_printf ("%u", *(const guint *)field);
    case LIKENESS_KEY_UINT64:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, *(const guint64 *)field);
    case LIKENESS_KEY_DOUBLE:
      return likeness_json_number_to_string (*(const double *)field);
    case LIKENESS_KEY_BOOLEAN:
      return g_strdup (*(const gboolean *)field ? "true" : "false");
    case LIKENESS_KEY_CHOICE:
      return g_strdup (row->choices[*(const int *)field]);
    case LIKENESS_KEY_INPUT:
      if (self->input > 0)
        return g_strdup_printf ("%d", self->input);
      return g_strdup (self->input == LIKENESS_INPUT_LOW    ? "low"
                       : self->input == LIKENESS_INPUT_HIGH ? "high"
                                                            : "auto");
    case LIKENESS_KEY_STRING:
    default:
      return g_strdup (*(char *const *)field != NULL ? *(char *const *)field : "");
    }
}
