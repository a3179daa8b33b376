/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "likeness-aligned.h"
#include "likeness-forward-private.h"
#include "likeness-parallel.h"
#include "likeness-types.h"

#define LANES LIKENESS_KERNEL_LANES
#define N_WAVES LIKENESS_N_WAVES
#define POSITION_STAGE 1

/* The parameters of one file, by name; the base of all names is what they are asked
 * with. */
typedef struct
{
  GHashTable *tensors;
  const char *owner;
  GArray *layers; /* Layer, what is to be packed */
  gboolean training;
  gsize *n_gradients;
} Source;

static const LikenessTensor *
find (const Source *source, const char *member)
{
  g_autofree char *name = g_strconcat ("model.", source->owner, ".", member, NULL);

  return g_hash_table_lookup (source->tensors, name);
}

static const float *
get (const Source *source, const char *member)
{
  const LikenessTensor *tensor = find (source, member);

  g_assert (tensor != NULL);
  return tensor->data;
}

/* A matrix [out, in] whose columns are scaled and shifted by the normalisation before it
 * and whose rows by the gain behind it. Borrowed. */
typedef struct
{
  LikenessPackedLinear *packed;
  const LikenessTensor *weight; /* [out, in] or [out, channels, size, size] */
  const LikenessTensor *first;  /* in its place the two of a low-rank pair */
  const LikenessTensor *second;
  const float *bias;
  const float *norm_weight; /* nullable: [channels], repeated where in is larger */
  const float *norm_bias;
  gsize channels;
  const float *gain; /* nullable */
} Layer;

/* A place for the gradient of @n numbers among all gradients. */
static gsize
reserve (const Source *source, gsize n)
{
  gsize at = *source->n_gradients;

  *source->n_gradients += n;
  return at;
}

static float *
transpose (const LikenessPackedLinear *packed)
{
  const gsize rows = packed->n_real;
  float *back = likeness_aligned_new0 (float, rows *LIKENESS_PADDED (packed->k));

  for (gsize i = 0; i < packed->k; i++)
    for (gsize o = 0; o < rows; o++)
      back[(i / LANES * rows + o) * LANES + i % LANES]
          = packed->b[(o / LANES * packed->k + i) * LANES + o % LANES];
  return back;
}

/* Panels of @k rows in bfloat16, where the kernels want that. */
static guint16 *
round_panels (const LikenessKernels *kernels, const float *panels, gsize k, gsize n)
{
  const LikenessProduct product
      = {.k = k, .n = n, .b = panels, .b_row = LANES, .b_panel = k * LANES};
  guint16 *rounded;

  if (kernels->round_columns == NULL)
    return NULL;
  rounded = likeness_aligned_new0 (guint16, LIKENESS_ROUNDED_NUMBERS (n, k));
  kernels->round_columns (&product, rounded);
  return rounded;
}

/* Row @o of the matrix; convolutions lie as (y, x, channel) in it. */
static void
make_row (const Layer *layer, gsize o, double *row, gsize in)
{
  const LikenessTensor *weight = layer->weight;

  memset (row, 0, in * sizeof *row);
  if (weight == NULL)
    for (gsize r = 0; r < (gsize)layer->first->shape[0]; r++)
      for (gsize i = 0; i < in; i++)
        row[i] += (double)layer->second->data[o * layer->first->shape[0] + r]
                  * layer->first->data[r * in + i];
  else
    {
      const gsize taps = weight->n_dims == 4 ? weight->shape[2] * weight->shape[3] : 1;
      const gsize channels = in / taps;

      for (gsize c = 0; c < channels; c++)
        for (gsize i = 0; i < taps; i++)
          row[i * channels + c] = weight->data[(o * channels + c) * taps + i];
    }
}

static void
pack (const Layer *layer, const LikenessKernels *kernels, gboolean training)
{
  LikenessPackedLinear *packed = layer->packed;
  const gsize in = packed->k;
  g_autofree double *row = g_new (double, in);

  packed->b = likeness_aligned_new0 (float, in * packed->n);
  packed->bias = likeness_aligned_new0 (float, packed->n);
  for (gsize o = 0; o < packed->n_real; o++)
    {
      const double gain = layer->gain != NULL ? layer->gain[o] : 1;
      float *column = packed->b + o / LANES * in * LANES + o % LANES;
      double bias = layer->bias[o];

      make_row (layer, o, row, in);
      for (gsize i = 0, c = 0; i < in; i++, c = c + 1 < layer->channels ? c + 1 : 0)
        {
          double value = row[i];

          if (layer->norm_weight != NULL)
            {
              bias += value * layer->norm_bias[c];
              value *= layer->norm_weight[c];
            }
          column[i * LANES] = (float)(gain * value);
        }
      packed->bias[o] = (float)(gain * bias);
    }
  packed->b_rounded = round_panels (kernels, packed->b, in, packed->n);
  if (!training)
    return;
  packed->back = transpose (packed);
  packed->back_rounded
      = round_panels (kernels, packed->back, packed->n_real, LIKENESS_PADDED (in));
}

typedef struct
{
  const GArray *layers;
  const LikenessKernels *kernels;
  gboolean training;
} Work;

static void
pack_some (gsize begin, gsize end, gpointer data)
{
  const Work *work = data;

  for (gsize i = begin; i < end; i++)
    pack (&g_array_index (work->layers, Layer, i), work->kernels, work->training);
}

/* Packed later, with all others, at its place: that has to stay where it is. */
static void
queue (const Source *source, const Layer *layer, gsize out, gsize in)
{
  LikenessPackedLinear *packed = layer->packed;

  *packed = (LikenessPackedLinear){.k = in, .n_real = out, .n = LIKENESS_PADDED (out)};
  packed->b_at = reserve (source, packed->k * packed->n);
  packed->bias_at = reserve (source, packed->n);
  g_array_append_val (source->layers, *layer);
}

/* The linear layer @name, one matrix or a low-rank pair. @norm and @gain: members of the
 * same owner; nullable. */
static void
add_linear (const Source *source,
            LikenessPackedLinear *packed,
            const char *name,
            const char *norm,
            const char *gain)
{
  g_autofree char *one = g_strconcat (name, ".weight", NULL);
  g_autofree char *inner = g_strconcat (name, ".linear1.weight", NULL);
  g_autofree char *outer = g_strconcat (name, ".linear2.weight", NULL);
  g_autofree char *plain_bias = g_strconcat (name, ".bias", NULL);
  g_autofree char *outer_bias = g_strconcat (name, ".linear2.bias", NULL);
  Layer layer = {.packed = packed,
                 .weight = find (source, one),
                 .first = find (source, inner),
                 .second = find (source, outer)};
  const LikenessTensor *last = layer.weight != NULL ? layer.weight : layer.second;
  const LikenessTensor *before = layer.weight != NULL ? layer.weight : layer.first;

  g_assert (last != NULL && before != NULL);
  layer.bias = get (source, find (source, plain_bias) != NULL ? plain_bias : outer_bias);
  layer.channels = before->shape[1];
  if (norm != NULL)
    {
      g_autofree char *norm_weight = g_strconcat (norm, ".weight", NULL);
      g_autofree char *norm_bias = g_strconcat (norm, ".bias", NULL);

      layer.norm_weight = get (source, norm_weight);
      layer.norm_bias = get (source, norm_bias);
    }
  if (gain != NULL)
    layer.gain = get (source, gain);
  queue (source, &layer, last->shape[0], before->shape[1]);
}

/* A convolution whose stride is its size. */
static void
add_patches (const Source *source,
             LikenessPackedLinear *packed,
             const char *weight_name,
             const char *bias_name,
             gboolean norm)
{
  const LikenessTensor *weight = find (source, weight_name);
  Layer layer = {.packed = packed,
                 .weight = weight,
                 .bias = get (source, bias_name),
                 .channels = weight->shape[1]};

  if (norm)
    {
      layer.norm_weight = get (source, "downsample.0.weight");
      layer.norm_bias = get (source, "downsample.0.bias");
    }
  queue (source, &layer, weight->shape[0],
         weight->shape[1] * weight->shape[2] * weight->shape[3]);
}

static float *
pad (const float *numbers, gsize n)
{
  float *padded = likeness_aligned_new0 (float, LIKENESS_PADDED (n));

  for (gsize i = 0; i < n; i++)
    padded[i] = numbers[i];
  return padded;
}

static LikenessPackedDepthwise
pack_depthwise (const Source *source, const char *name)
{
  g_autofree char *weight_name = g_strconcat (name, ".weight", NULL);
  g_autofree char *bias_name = g_strconcat (name, ".bias", NULL);
  const LikenessTensor *weight = find (source, weight_name);
  const gsize channels = weight->shape[0];
  const gsize taps = weight->shape[2] * weight->shape[3];
  LikenessPackedDepthwise packed
      = {.size = (int)weight->shape[2], .n = LIKENESS_PADDED (channels)};

  packed.weight = likeness_aligned_new0 (float, taps *packed.n);
  packed.bias = pad (get (source, bias_name), channels);
  packed.flipped
      = source->training ? likeness_aligned_new0 (float, taps *packed.n) : NULL;
  for (gsize c = 0; c < channels; c++)
    for (gsize i = 0; i < taps; i++)
      {
        packed.weight[i * packed.n + c] = weight->data[c * taps + i];
        if (source->training)
          packed.flipped[(taps - 1 - i) * packed.n + c] = weight->data[c * taps + i];
      }
  packed.weight_at = reserve (source, taps * packed.n);
  packed.bias_at = reserve (source, packed.n);
  return packed;
}

void
likeness_forward_wave (int side, int y, int x, float *features)
{
  for (int k = 0; k < 2 * N_WAVES; k++)
    {
      int axis = k < N_WAVES ? y : x;
      double value = (axis + 1) / (side + 1e-6) * 2 * G_PI;
      double angle = value / pow (10000, 2.0 * (k % N_WAVES / 2) / N_WAVES);

      features[k] = (float)(k % 2 == 0 ? sin (angle) : cos (angle));
    }
}

/* The features of a map through their projection. */
static float *
make_positions (const Source *source, int side, int channels)
{
  const float *weight = get (source, "pos_embd.token_projection.weight");
  const float *bias = get (source, "pos_embd.token_projection.bias");
  const gsize n = LIKENESS_PADDED (channels);
  float *positions = likeness_aligned_new0 (float, (gsize)side *side *n);
  float features[2 * N_WAVES];

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        likeness_forward_wave (side, y, x, features);
        for (int c = 0; c < channels; c++)
          {
            double total = bias[c];

            for (int k = 0; k < 2 * N_WAVES; k++)
              total += weight[c * 2 * N_WAVES + k] * features[k];
            positions[((gsize)y * side + x) * n + c] = (float)total;
          }
      }
  return positions;
}

static void
pack_block (const Source *source,
            const LikenessVariant *variant,
            int stage,
            int side,
            gboolean split,
            LikenessPackedBlock *block)
{
  const int channels = variant->dims[stage];

  block->split = split;
  block->n_convolutions = split ? stage : 1;
  block->width = split ? (channels + stage) / (stage + 1) : channels;
  for (int i = 0; i < block->n_convolutions; i++)
    {
      g_autofree char *name
          = split ? g_strdup_printf ("convs.%d", i) : g_strdup ("conv_dw");

      block->convolutions[i] = pack_depthwise (source, name);
    }
  add_linear (source, &block->fc1, "mlp.fc1", "norm", NULL);
  add_linear (source, &block->fc2, "mlp.fc2", NULL, "gamma");
  if (!split)
    return;
  add_linear (source, &block->qkv, "xca.qkv", "norm_xca", NULL);
  add_linear (source, &block->projection, "xca.proj", NULL, "gamma_xca");
  block->temperature = pad (get (source, "xca.temperature"), variant->heads);
  block->temperature_at = reserve (source, LIKENESS_PADDED (variant->heads));
  if (stage == POSITION_STAGE)
    {
      block->positions = make_positions (source, side, channels);
      block->positions_at
          = reserve (source, (gsize)side * side * LIKENESS_PADDED (channels));
    }
}

static void
pack_stage (const Source *all,
            const LikenessVariant *variant,
            int index,
            int side,
            LikenessPackedStage *stage)
{
  g_autofree char *owner = g_strdup_printf ("stages.%d", index);
  Source source = *all;

  stage->side = side;
  stage->channels = variant->dims[index];
  stage->n = LIKENESS_PADDED (variant->dims[index]);
  stage->n_blocks = variant->depths[index];
  source.owner = index > 0 ? owner : "stem";
  if (index > 0)
    add_patches (&source, &stage->down, "downsample.1.weight", "downsample.1.bias", TRUE);
  else
    add_patches (&source, &stage->down, "0.weight", "0.bias", FALSE);
  stage->blocks = g_new0 (LikenessPackedBlock, stage->n_blocks);
  for (int i = 0; i < stage->n_blocks; i++)
    {
      g_autofree char *name = g_strdup_printf ("stages.%d.blocks.%d", index, i);

      source.owner = name;
      pack_block (&source, variant, index, side, index > 0 && i == stage->n_blocks - 1,
                  &stage->blocks[i]);
    }
}

LikenessForward *
likeness_forward_new (const LikenessVariant *variant,
                      const GPtrArray *tensors,
                      const LikenessKernels *kernels,
                      guint threads,
                      gboolean training)
{
  LikenessForward *self = g_new0 (LikenessForward, 1);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (Layer));
  Source source = {by_name, "stem", layers, training, &self->n_gradients};
  Work work = {layers, kernels, training};
  int side = LIKENESS_FACE_SIZE / LIKENESS_STEM_SIZE;

  for (guint i = 0; i < tensors->len; i++)
    {
      LikenessTensor *tensor = g_ptr_array_index (tensors, i);

      g_hash_table_insert (by_name, tensor->name, tensor);
    }
  self->variant = variant;
  self->kernels = kernels;
  for (int i = 0; i < 4; i++, side /= 2)
    pack_stage (&source, variant, i, side, &self->stages[i]);
  self->stem_weight = pad (get (&source, "1.weight"), variant->dims[0]);
  self->stem_bias = pad (get (&source, "1.bias"), variant->dims[0]);
  self->stem_weight_at = reserve (&source, self->stages[0].n);
  self->stem_bias_at = reserve (&source, self->stages[0].n);
  source.owner = "head";
  add_linear (&source, &self->head, "fc", "norm", NULL);
  likeness_parallel_for (layers->len, 1, threads, pack_some, &work, NULL, NULL);
  return self;
}

static void
clear_linear (LikenessPackedLinear *linear)
{
  free (linear->b);
  free (linear->back);
  free (linear->b_rounded);
  free (linear->back_rounded);
  free (linear->bias);
}

static void
clear_block (LikenessPackedBlock *block)
{
  for (int i = 0; i < block->n_convolutions; i++)
    {
      free (block->convolutions[i].weight);
      free (block->convolutions[i].flipped);
      free (block->convolutions[i].bias);
    }
  clear_linear (&block->fc1);
  clear_linear (&block->fc2);
  clear_linear (&block->qkv);
  clear_linear (&block->projection);
  free (block->temperature);
  free (block->positions);
}

void
likeness_forward_free (LikenessForward *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < 4; i++)
    {
      LikenessPackedStage *stage = &self->stages[i];

      clear_linear (&stage->down);
      for (int j = 0; j < stage->n_blocks; j++)
        clear_block (&stage->blocks[j]);
      g_free (stage->blocks);
    }
  clear_linear (&self->head);
  free (self->stem_weight);
  free (self->stem_bias);
  g_free (self);
}
