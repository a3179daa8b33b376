/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-variant.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-types.h"

/* EdgeNeXt's sizes xx_small, x_small, small and base (timm, edgenext.py) with EdgeFace's
 * ranks (George et al., EdgeFace, 2023). edgeface_xs is what the published edgeface_xs_q
 * holds: x_small with full linears. */
static const LikenessVariant variants[] = {
    {"edgeface_xxs", "xxs", "EdgeFace-XXS", {2, 2, 6, 2}, {24, 48, 88, 168}, 4, 0.0},
    {"edgeface_xs", "xs", "EdgeFace-XS", {3, 3, 9, 3}, {32, 64, 100, 192}, 4, 0.0},
    {"edgeface_xs_gamma_06",
     "xs_gamma_06",
     "EdgeFace-XS (γ = 0.6)",
     {3, 3, 9, 3},
     {32, 64, 100, 192},
     4,
     0.6},
    {"edgeface_s_gamma_05",
     "s_gamma_05",
     "EdgeFace-S (γ = 0.5)",
     {3, 3, 9, 3},
     {48, 96, 160, 304},
     8,
     0.5},
    {"edgeface_base", "base", "EdgeFace-Base", {3, 3, 9, 3}, {80, 160, 288, 584}, 8, 0.0},
};

const LikenessVariant *
likeness_variant_get_all (guint *n)
{
  *n = G_N_ELEMENTS (variants);
  return variants;
}

const LikenessVariant *
likeness_variant_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    if (strcmp (name, variants[i].name) == 0
        || strcmp (name, variants[i].short_name) == 0)
      return &variants[i];
  return NULL;
}

const LikenessVariant *
likeness_variant_get (const char *name, GError **error)
{
  const LikenessVariant *variant = likeness_variant_find (name);
  g_autofree char *display = NULL;

  if (variant != NULL)
    return variant;
  display = likeness_display_name (name);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
               _ ("There is no EdgeFace of size “%s”. Sizes are xxs, xs, xs_gamma_06, "
                  "s_gamma_05 and base."),
               display);
  return NULL;
}

void
likeness_parameter_free (LikenessParameter *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

gint64
likeness_variant_rank (const LikenessVariant *self, gint64 in, gint64 out)
{
  return MAX (2, (gint64)((double)MIN (in, out) * self->low_rank));
}

static void
add (GPtrArray *list, const char *owner, const char *member, int n_dims, ...)
{
  LikenessParameter *parameter = g_new0 (LikenessParameter, 1);
  va_list shape;

  parameter->name = g_strconcat ("model.", owner, ".", member, NULL);
  parameter->n_dims = n_dims;
  va_start (shape, n_dims);
  for (int i = 0; i < n_dims; i++)
    parameter->shape[i] = va_arg (shape, int);
  va_end (shape);
  g_ptr_array_add (list, parameter);
}

static void
add_norm (GPtrArray *list, const char *owner, const char *name, int width)
{
  g_autofree char *norm = g_strconcat (owner, ".", name, NULL);

  add (list, norm, "weight", 1, width);
  add (list, norm, "bias", 1, width);
}

static void
add_linear (GPtrArray *list,
            const LikenessVariant *self,
            const char *owner,
            const char *name,
            int in,
            int out)
{
  g_autofree char *linear = g_strconcat (owner, ".", name, NULL);
  int rank = (int)likeness_variant_rank (self, in, out);

  if (self->low_rank > 0.0)
    {
      add (list, linear, "linear1.weight", 2, rank, in);
      add (list, linear, "linear2.weight", 2, out, rank);
      add (list, linear, "linear2.bias", 1, out);
    }
  else
    {
      add (list, linear, "weight", 2, out, in);
      add (list, linear, "bias", 1, out);
    }
}

static void
add_mlp (GPtrArray *list, const LikenessVariant *self, const char *block, int dim)
{
  add_norm (list, block, "norm", dim);
  add_linear (list, self, block, "mlp.fc1", dim, 4 * dim);
  add_linear (list, self, block, "mlp.fc2", 4 * dim, dim);
}

static void
add_conv_block (
    GPtrArray *list, const LikenessVariant *self, const char *block, int dim, int kernel)
{
  add (list, block, "gamma", 1, dim);
  add (list, block, "conv_dw.weight", 4, dim, 1, kernel, kernel);
  add (list, block, "conv_dw.bias", 1, dim);
  add_mlp (list, self, block, dim);
}

static void
add_split_transpose (
    GPtrArray *list, const LikenessVariant *self, const char *block, int stage, int dim)
{
  int splits = stage + 1;
  int width = (dim + splits - 1) / splits;

  add (list, block, "gamma_xca", 1, dim);
  add (list, block, "gamma", 1, dim);
  for (int i = 0; i < splits - 1; i++)
    {
      g_autofree char *conv = g_strdup_printf ("%s.convs.%d", block, i);

      add (list, conv, "weight", 4, width, 1, 3, 3);
      add (list, conv, "bias", 1, width);
    }
  if (stage == 1)
    {
      /* 32 Fourier features an axis, two axes. */
      add (list, block, "pos_embd.token_projection.weight", 4, dim, 64, 1, 1);
      add (list, block, "pos_embd.token_projection.bias", 1, dim);
    }
  add_norm (list, block, "norm_xca", dim);
  add (list, block, "xca.temperature", 3, self->heads, 1, 1);
  add_linear (list, self, block, "xca.qkv", dim, 3 * dim);
  add_linear (list, self, block, "xca.proj", dim, dim);
  add_mlp (list, self, block, dim);
}

static void
add_stage (GPtrArray *list, const LikenessVariant *self, int stage)
{
  int dim = self->dims[stage];

  if (stage > 0)
    {
      int before = self->dims[stage - 1];
      g_autofree char *downsample = g_strdup_printf ("stages.%d.downsample", stage);

      add_norm (list, downsample, "0", before);
      add (list, downsample, "1.weight", 4, dim, before, 2, 2);
      add (list, downsample, "1.bias", 1, dim);
    }
  for (int i = 0; i < self->depths[stage]; i++)
    {
      g_autofree char *block = g_strdup_printf ("stages.%d.blocks.%d", stage, i);

      if (stage > 0 && i == self->depths[stage] - 1)
        add_split_transpose (list, self, block, stage, dim);
      else
        add_conv_block (list, self, block, dim, 3 + 2 * stage);
    }
}

GPtrArray *
likeness_variant_list_parameters (const LikenessVariant *self)
{
  GPtrArray *list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_parameter_free);

  add (list, "stem.0", "weight", 4, self->dims[0], 3, 4, 4);
  add (list, "stem.0", "bias", 1, self->dims[0]);
  add_norm (list, "stem", "1", self->dims[0]);
  for (int stage = 0; stage < 4; stage++)
    add_stage (list, self, stage);
  add_norm (list, "head", "norm", self->dims[3]);
  add_linear (list, self, "head", "fc", self->dims[3], LIKENESS_EMBEDDING_SIZE);
  return list;
}

guint64
likeness_variant_count_parameters (const LikenessVariant *self)
{
  g_autoptr (GPtrArray) list = likeness_variant_list_parameters (self);
  guint64 total = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const LikenessParameter *parameter = g_ptr_array_index (list, i);
      guint64 n = 1;

      for (int k = 0; k < parameter->n_dims; k++)
        n *= parameter->shape[k];
      total += n;
    }
  return total;
}
