/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-checkpoint.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-pt-json.h"
#include "likeness-pt-value.h"
#include "likeness-quote.h"
#include "likeness-state-dict.h"
#include "likeness-string-hash.h"
#include "likeness-torch.h"
#include "likeness-types.h"
#include "likeness-weights-file.h"
#include "likeness-weights-match.h"

/* How the head is called among the optimizer's tensors. */
#define HEAD_NAME "arcface.weight"
/* So many names and labels that the pickle's reader, which has a cap, takes them. */
#define MAX_CLASSES 150000
/* Of a name, its label and what stands around them; and of everything else. */
#define NAME_BYTES 300
#define OTHER_BYTES (1024 * 1024)

typedef struct
{
  const char *file_name;
  const LikenessPtValue *root;
  LikenessCheckpoint *checkpoint;
} Reader;

static gboolean
refuse (const Reader *self, GError **error, const char *key)
{
  g_autofree char *quoted = likeness_quote (key);

  g_set_error (
      error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
      _ ("“%s” is no checkpoint of a run: its “%s” is missing or cannot be right. "
         "Choose the best.pt or last.pt of a run."),
      self->file_name, quoted);
  return FALSE;
}

static const LikenessPtValue *
find (const LikenessPtValue *dict, const char *key, LikenessPtType type)
{
  const LikenessPtValue *value = likeness_pt_value_lookup (dict, key);

  return value != NULL && value->type == type ? value : NULL;
}

static gboolean
read_int (const Reader *self, const char *key, int *out, GError **error)
{
  const LikenessPtValue *value = find (self->root, key, LIKENESS_PT_INT);

  if (value == NULL || value->integer < 0 || value->integer > G_MAXINT)
    return refuse (self, error, key);
  *out = (int)value->integer;
  return TRUE;
}

/* NaN where the file says None, or nothing. */
static double
read_number (const Reader *self, const char *key)
{
  const LikenessPtValue *value = likeness_pt_value_lookup (self->root, key);

  if (value != NULL && value->type == LIKENESS_PT_DOUBLE)
    return value->number;
  if (value != NULL && value->type == LIKENESS_PT_INT)
    return (double)value->integer;
  return NAN;
}

/* Every label from 0 on must have exactly one name. */
static gboolean
read_subjects (Reader *self, GError **error)
{
  const LikenessPtValue *dict = find (self->root, "subject_to_id", LIKENESS_PT_DICT);
  int n_classes;
  guint n;

  if (!read_int (self, "num_classes", &n_classes, error))
    return FALSE;
  n = dict != NULL ? likeness_pt_value_count (dict) : 0;
  if (dict == NULL || n != (guint)n_classes)
    return refuse (self, error, "subject_to_id");
  self->checkpoint->n_classes = n;
  self->checkpoint->subjects = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const LikenessPtValue *name = g_ptr_array_index (dict->keys, i);
      const LikenessPtValue *label
          = likeness_pt_value_get_item (dict, i, LIKENESS_PT_INT);

      if (name->type != LIKENESS_PT_STRING || label == NULL || label->integer < 0
          || label->integer >= n || self->checkpoint->subjects[label->integer] != NULL)
        {
          /* The holes would end the list early: free what is behind them. */
          for (guint k = 0; k < n; k++)
            g_clear_pointer (&self->checkpoint->subjects[k], g_free);
          return refuse (self, error, "subject_to_id");
        }
      self->checkpoint->subjects[label->integer] = g_strdup (name->string);
    }
  return TRUE;
}

static LikenessTensor *
copy (const Reader *self, const LikenessTensor *tensor, const char *name, GError **error)
{
  LikenessTensor *out = likeness_state_dict_copy (tensor, name);

  if (out == NULL)
    g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY,
                 _ ("There is not enough memory to read “%s”: close something."),
                 self->file_name);
  return out;
}

static gboolean
is_finite (const LikenessTensor *tensor)
{
  for (gsize i = 0; i < tensor->n; i++)
    if (!isfinite (tensor->data[i]))
      return FALSE;
  return TRUE;
}

static gboolean
has_shape (const LikenessTensor *tensor, int n_dims, const gint64 *shape)
{
  return tensor->n_dims == n_dims
         && memcmp (tensor->shape, shape, n_dims * sizeof *shape) == 0;
}

static gboolean
read_head (Reader *self, GError **error)
{
  const gint64 shape[] = {self->checkpoint->n_classes, LIKENESS_EMBEDDING_SIZE};
  const LikenessPtValue *dict = find (self->root, "arcface_state_dict", LIKENESS_PT_DICT);
  const LikenessPtValue *weight;

  if (dict == NULL)
    return refuse (self, error, "arcface_state_dict");
  if (likeness_pt_value_count (dict) == 0)
    return TRUE;
  weight = find (dict, "weight", LIKENESS_PT_TENSOR);
  if (weight == NULL || !has_shape (weight->tensor, 2, shape)
      || !is_finite (weight->tensor))
    return refuse (self, error, "arcface_state_dict");
  self->checkpoint->head = copy (self, weight->tensor, HEAD_NAME, error);
  return self->checkpoint->head != NULL;
}

/* Whether @tensor has the shape of the parameter whose moments it is. */
static gboolean
fits_parameter (const Reader *self, const char *name, const LikenessTensor *tensor)
{
  const GPtrArray *parameters = self->checkpoint->weights->tensors;
  const LikenessTensor *parameter = NULL;

  if (strcmp (name, HEAD_NAME) == 0)
    parameter = self->checkpoint->head;
  for (guint i = 0; i < parameters->len && parameter == NULL; i++)
    {
      const LikenessTensor *candidate = g_ptr_array_index (parameters, i);

      if (strcmp (candidate->name, name) == 0)
        parameter = candidate;
    }
  return parameter != NULL && has_shape (tensor, parameter->n_dims, parameter->shape);
}

static gboolean
read_moments (Reader *self,
              const LikenessPtValue *optimizer,
              const char *kind,
              GError **error)
{
  const LikenessPtValue *dict = find (optimizer, kind, LIKENESS_PT_DICT);
  guint n = dict != NULL ? likeness_pt_value_count (dict) : 0;
  g_autoptr (GHashTable) names = g_hash_table_new (likeness_string_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      const LikenessPtValue *key = g_ptr_array_index (dict->keys, i);
      const LikenessPtValue *value
          = likeness_pt_value_get_item (dict, i, LIKENESS_PT_TENSOR);
      g_autofree char *name = NULL;
      LikenessTensor *tensor;

      if (key->type != LIKENESS_PT_STRING || value == NULL
          || !fits_parameter (self, key->string, value->tensor)
          || !is_finite (value->tensor) || !g_hash_table_add (names, key->string))
        return refuse (self, error, "optimizer_state_dict");
      name = g_strconcat (kind, ".", key->string, NULL);
      tensor = copy (self, value->tensor, name, error);
      if (tensor == NULL)
        return FALSE;
      g_ptr_array_add (self->checkpoint->optimizer, tensor);
    }
  return TRUE;
}

/* Another program's optimizer is left out: its tensors have no names. */
static gboolean
read_optimizer (Reader *self, GError **error)
{
  const LikenessPtValue *optimizer
      = find (self->root, "optimizer_state_dict", LIKENESS_PT_DICT);
  const LikenessPtValue *steps
      = optimizer != NULL ? likeness_pt_value_lookup (optimizer, "step") : NULL;
  LikenessTensor *step;

  self->checkpoint->optimizer
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_tensor_free);
  if (steps == NULL)
    return TRUE;
  step = likeness_tensor_new ("step", 0, NULL);
  if (step == NULL)
    return refuse (self, error, "optimizer_state_dict");
  g_ptr_array_add (self->checkpoint->optimizer, step);
  if (steps->type == LIKENESS_PT_INT)
    step->data[0] = (float)steps->integer;
  else if (steps->type == LIKENESS_PT_DOUBLE)
    step->data[0] = (float)steps->number;
  else if (steps->type == LIKENESS_PT_TENSOR && steps->tensor->n == 1)
    step->data[0] = steps->tensor->data[0];
  else
    step->data[0] = -1.0f;
  if (!(step->data[0] >= 0.0f) || !isfinite (step->data[0]))
    return refuse (self, error, "optimizer_state_dict");
  return read_moments (self, optimizer, "exp_avg", error)
         && read_moments (self, optimizer, "exp_avg_sq", error);
}

static gboolean
read_config (Reader *self, GError **error)
{
  const LikenessPtValue *config = likeness_pt_value_lookup (self->root, "config");

  if (config != NULL && config->type == LIKENESS_PT_STRING)
    self->checkpoint->config_json = g_strdup (config->string);
  else if (config != NULL && config->type == LIKENESS_PT_DICT)
    self->checkpoint->config_json = likeness_pt_value_to_json (config);
  return self->checkpoint->config_json != NULL ? TRUE : refuse (self, error, "config");
}

static gboolean
read_weights (Reader *self, GError **error)
{
  g_autoptr (GPtrArray) tensors = NULL;
  LikenessWeightsKind kind;

  if (find (self->root, "backbone_state_dict", LIKENESS_PT_DICT) == NULL)
    return refuse (self, error, "backbone_state_dict");
  tensors = likeness_state_dict_list (self->file_name, self->root, &kind, error);
  if (tensors == NULL)
    return FALSE;
  self->checkpoint->weights
      = likeness_weights_match (self->file_name, kind, tensors, error);
  return self->checkpoint->weights != NULL;
}

gboolean
likeness_checkpoint_check_classes (const LikenessVariant *variant,
                                   guint n_classes,
                                   GError **error)
{
  /* The weights and their two moments. */
  const guint64 network
      = 3 * sizeof (float) * likeness_variant_count_parameters (variant) + OTHER_BYTES;
  const guint64 each = 3 * sizeof (float) * LIKENESS_EMBEDDING_SIZE + NAME_BYTES;
  const guint64 most
      = MIN ((LIKENESS_WEIGHTS_FILE_MAX_SIZE - network) / each, MAX_CLASSES);

  if (n_classes <= most)
    return TRUE;
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
               _ ("%u people are too many: with %s a run has at most %u, as more could "
                  "not be read back from its checkpoints. Exclude some, or choose a "
                  "smaller network."),
               n_classes, variant->title, (guint)most);
  return FALSE;
}

LikenessCheckpoint *
likeness_checkpoint_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LikenessPtValue) root = likeness_pt_reader_read (path, cancellable, error);
  g_autoptr (LikenessCheckpoint) checkpoint = NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *display = g_filename_display_name (base);
  g_autofree char *name = likeness_quote (display);
  Reader self = {name, root, NULL};

  if (root == NULL)
    return NULL;
  checkpoint = g_new0 (LikenessCheckpoint, 1);
  self.checkpoint = checkpoint;
  if (!read_weights (&self, error)
      || !read_int (&self, "stage", &checkpoint->stage, error)
      || !read_int (&self, "epoch", &checkpoint->epoch, error)
      || !read_subjects (&self, error) || !read_head (&self, error)
      || !read_optimizer (&self, error) || !read_config (&self, error))
    return NULL;
  checkpoint->val_similarity = read_number (&self, "val_similarity");
  checkpoint->val_accuracy = read_number (&self, "val_accuracy");
  return g_steal_pointer (&checkpoint);
}

void
likeness_checkpoint_free (LikenessCheckpoint *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->weights, likeness_weights_unref);
  g_strfreev (self->subjects);
  likeness_tensor_free (self->head);
  g_clear_pointer (&self->optimizer, g_ptr_array_unref);
  g_free (self->config_json);
  g_free (self);
}
