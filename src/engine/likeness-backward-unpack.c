/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <string.h>

#include "likeness-backward.h"
#include "likeness-parallel.h"

#define N_WAVES LIKENESS_N_WAVES

/* A parameter and where its gradient goes. */
typedef struct
{
  const LikenessTensor *tensor;
  float *gradient;
} Parameter;

typedef struct
{
  GHashTable *parameters; /* name -> Parameter */
  const float *sums;
  const char *owner;
} Target;

static const Parameter *
find (const Target *target, const char *first, const char *second)
{
  g_autofree char *name = g_strconcat ("model.", target->owner, ".", first, second, NULL);

  return g_hash_table_lookup (target->parameters, name);
}

static const Parameter *
get (const Target *target, const char *first, const char *second)
{
  const Parameter *parameter = find (target, first, second);

  g_assert (parameter != NULL);
  return parameter;
}

static void
copy (const Target *target, const char *name, gsize at)
{
  const Parameter *parameter = get (target, name, "");

  memcpy (parameter->gradient, target->sums + at, parameter->tensor->n * sizeof (float));
}

/* What was folded into a linear layer, all nullable. */
typedef struct
{
  const Parameter *norm_weight, *norm_bias;
  const Parameter *bias;
  const Parameter *gain;
  gsize channels; /* of the normalisation */
} Folded;

/* From the gradients of the packed matrix to those of what made it. @matrix: [out, in];
 * @out: its gradient, may be the place of a parameter's. With b the packed matrix,
 * b[i][o] = gain[o] matrix[o][i] weight[i] and
 * bias'[o] = gain[o] (bias[o] + sum of matrix[o][i] shift[i]). */
static void
unfold (const Target *target,
        const LikenessPackedLinear *packed,
        const float *matrix,
        const Folded *folded,
        float *out)
{
  const gsize k = packed->k, n_real = packed->n_real, n = packed->n;
  const float *b = target->sums + packed->b_at, *bias = target->sums + packed->bias_at;
  const gsize channels = folded->norm_weight != NULL ? folded->channels : k;
  g_autofree float *weight = g_new (float, channels);
  g_autofree float *shift = g_new (float, channels);
  g_autofree double *dweight = g_new0 (double, channels);
  g_autofree double *dshift = g_new0 (double, channels);

  for (gsize i = 0; i < channels; i++)
    {
      weight[i] = folded->norm_weight != NULL ? folded->norm_weight->tensor->data[i] : 1;
      shift[i] = folded->norm_bias != NULL ? folded->norm_bias->tensor->data[i] : 0;
    }
  for (gsize o = 0; o < n_real; o++)
    {
      const float gain = folded->gain != NULL ? folded->gain->tensor->data[o] : 1;
      double dgain = (double)bias[o] * folded->bias->tensor->data[o];

      for (gsize i = 0, c = 0; i < k; i++, c = c + 1 < channels ? c + 1 : 0)
        {
          const float value = matrix[o * k + i], change = b[i * n + o];

          out[o * k + i] = gain * (weight[c] * change + shift[c] * bias[o]);
          dgain += (double)value * (weight[c] * change + shift[c] * bias[o]);
          dweight[c] += (double)gain * value * change;
          dshift[c] += (double)gain * value * bias[o];
        }
      folded->bias->gradient[o] = gain * bias[o];
      if (folded->gain != NULL)
        folded->gain->gradient[o] = (float)dgain;
    }
  for (gsize i = 0; folded->norm_weight != NULL && i < channels; i++)
    {
      folded->norm_weight->gradient[i] = (float)dweight[i];
      folded->norm_bias->gradient[i] = (float)dshift[i];
    }
}

/* @second · @first made the matrix. */
static void
unpack_low_rank (const Target *target,
                 const LikenessPackedLinear *packed,
                 const Parameter *first,
                 const Parameter *second,
                 const Folded *folded)
{
  const gsize out = packed->n_real, in = packed->k, rank = first->tensor->shape[0];
  g_autofree float *matrix = g_new0 (float, out *in);
  g_autofree float *change = g_new (float, out *in);
  const float *f = first->tensor->data, *s = second->tensor->data;

  for (gsize o = 0; o < out; o++)
    for (gsize r = 0; r < rank; r++)
      for (gsize i = 0; i < in; i++)
        matrix[o * in + i] += s[o * rank + r] * f[r * in + i];
  unfold (target, packed, matrix, folded, change);
  memset (first->gradient, 0, first->tensor->n * sizeof (float));
  for (gsize o = 0; o < out; o++)
    for (gsize r = 0; r < rank; r++)
      {
        float total = 0;

        for (gsize i = 0; i < in; i++)
          {
            total += change[o * in + i] * f[r * in + i];
            first->gradient[r * in + i] += s[o * rank + r] * change[o * in + i];
          }
        second->gradient[o * rank + r] = total;
      }
}

static void
unpack_linear (const Target *target,
               const LikenessPackedLinear *packed,
               const char *name,
               const char *norm,
               const char *gain)
{
  const Parameter *weight = find (target, name, ".weight");
  Folded folded = {.channels = packed->k};

  folded.bias = get (target, name, weight != NULL ? ".bias" : ".linear2.bias");
  if (norm != NULL)
    {
      folded.norm_weight = get (target, norm, ".weight");
      folded.norm_bias = get (target, norm, ".bias");
    }
  if (gain != NULL)
    folded.gain = get (target, gain, "");
  if (weight != NULL)
    unfold (target, packed, weight->tensor->data, &folded, weight->gradient);
  else
    unpack_low_rank (target, packed, get (target, name, ".linear1.weight"),
                     get (target, name, ".linear2.weight"), &folded);
}

/* The matrix is over (y, x, channel), the parameter over (channel, y, x). */
static void
unpack_patches (const Target *target,
                const LikenessPackedLinear *packed,
                const char *name,
                const char *norm)
{
  const Parameter *weight = get (target, name, ".weight");
  const gsize channels = weight->tensor->shape[1];
  const gsize taps = weight->tensor->shape[2] * weight->tensor->shape[3];
  const gsize in = channels * taps;
  g_autofree float *matrix = g_new (float, packed->n_real *in);
  g_autofree float *change = g_new (float, packed->n_real *in);
  Folded folded = {.bias = get (target, name, ".bias"), .channels = channels};

  if (norm != NULL)
    {
      folded.norm_weight = get (target, norm, ".weight");
      folded.norm_bias = get (target, norm, ".bias");
    }
  for (gsize o = 0; o < packed->n_real; o++)
    for (gsize c = 0; c < channels; c++)
      for (gsize i = 0; i < taps; i++)
        matrix[o * in + i * channels + c]
            = weight->tensor->data[(o * channels + c) * taps + i];
  unfold (target, packed, matrix, &folded, change);
  for (gsize o = 0; o < packed->n_real; o++)
    for (gsize c = 0; c < channels; c++)
      for (gsize i = 0; i < taps; i++)
        weight->gradient[(o * channels + c) * taps + i]
            = change[o * in + i * channels + c];
}

static void
unpack_depthwise (const Target *target,
                  const LikenessPackedDepthwise *packed,
                  const char *name)
{
  const Parameter *weight = get (target, name, ".weight");
  const Parameter *bias = get (target, name, ".bias");
  const gsize channels = weight->tensor->shape[0];
  const gsize taps = (gsize)packed->size * packed->size;

  for (gsize c = 0; c < channels; c++)
    for (gsize i = 0; i < taps; i++)
      weight->gradient[c * taps + i]
          = target->sums[packed->weight_at + i * packed->n + c];
  memcpy (bias->gradient, target->sums + packed->bias_at, channels * sizeof (float));
}

static void
unpack_positions (const Target *target,
                  const LikenessPackedStage *stage,
                  const LikenessPackedBlock *block)
{
  const Parameter *weight = get (target, "pos_embd.token_projection", ".weight");
  const Parameter *bias = get (target, "pos_embd.token_projection", ".bias");
  const int side = stage->side, channels = stage->channels;
  float features[2 * N_WAVES];

  memset (weight->gradient, 0, weight->tensor->n * sizeof (float));
  memset (bias->gradient, 0, bias->tensor->n * sizeof (float));
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        const float *change
            = target->sums + block->positions_at + ((gsize)y * side + x) * stage->n;

        likeness_forward_wave (side, y, x, features);
        for (int c = 0; c < channels; c++)
          {
            bias->gradient[c] += change[c];
            for (int k = 0; k < 2 * N_WAVES; k++)
              weight->gradient[c * 2 * N_WAVES + k] += change[c] * features[k];
          }
      }
}

static void
unpack_block (const Target *target,
              const LikenessPackedStage *stage,
              const LikenessPackedBlock *block)
{
  for (int i = 0; i < block->n_convolutions; i++)
    {
      g_autofree char *name
          = block->split ? g_strdup_printf ("convs.%d", i) : g_strdup ("conv_dw");

      unpack_depthwise (target, &block->convolutions[i], name);
    }
  unpack_linear (target, &block->fc1, "mlp.fc1", "norm", NULL);
  unpack_linear (target, &block->fc2, "mlp.fc2", NULL, "gamma");
  if (!block->split)
    return;
  unpack_linear (target, &block->qkv, "xca.qkv", "norm_xca", NULL);
  unpack_linear (target, &block->projection, "xca.proj", NULL, "gamma_xca");
  copy (target, "xca.temperature", block->temperature_at);
  if (block->positions != NULL)
    unpack_positions (target, stage, block);
}

typedef struct
{
  const LikenessForward *self;
  GHashTable *parameters;
  const float *sums;
} Work;

/* The layers of a stage that stand alone are its block -1; the last part is the head. */
typedef struct
{
  int stage, block;
} Part;

static void
unpack_part (const Work *work, Part part)
{
  const LikenessPackedStage *stage = &work->self->stages[MIN (part.stage, 3)];
  g_autofree char *owner
      = part.block < 0 ? g_strdup_printf ("stages.%d", part.stage)
                       : g_strdup_printf ("stages.%d.blocks.%d", part.stage, part.block);
  Target target = {work->parameters, work->sums, owner};

  if (part.stage == 4)
    {
      target.owner = "head";
      unpack_linear (&target, &work->self->head, "fc", "norm", NULL);
    }
  else if (part.block >= 0)
    unpack_block (&target, stage, &stage->blocks[part.block]);
  else if (part.stage > 0)
    unpack_patches (&target, &stage->down, "downsample.1", "downsample.0");
  else
    {
      target.owner = "stem";
      unpack_patches (&target, &stage->down, "0", NULL);
      copy (&target, "1.weight", work->self->stem_weight_at);
      copy (&target, "1.bias", work->self->stem_bias_at);
    }
}

static void
unpack_some (gsize begin, gsize end, gpointer data)
{
  const Work *work = data;
  gsize at = 0;

  /* The largest, at the network's end, first. */
  for (int i = 4; i >= 0; i--)
    for (int j = i < 4 ? work->self->stages[i].n_blocks - 1 : -1; j >= -1; j--, at++)
      if (at >= begin && at < end)
        unpack_part (work, (Part){i, j});
}

void
likeness_backward_unpack (const LikenessForward *self,
                          const float *sums,
                          const GPtrArray *tensors,
                          float *const *gradients,
                          guint threads)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree Parameter *list = g_new (Parameter, tensors->len);
  Work work = {self, parameters, sums};
  gsize n = 5;

  for (guint i = 0; i < tensors->len; i++)
    {
      list[i] = (Parameter){g_ptr_array_index (tensors, i), gradients[i]};
      g_hash_table_insert (parameters, list[i].tensor->name, &list[i]);
    }
  for (int i = 0; i < 4; i++)
    n += self->stages[i].n_blocks;
  likeness_parallel_for (n, 1, threads, unpack_some, &work, NULL, NULL);
}
