/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "likeness-aligned.h"
#include "likeness-forward-private.h"
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
  const LikenessKernels *kernels;
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
 * and whose rows by the gain behind it. */
typedef struct
{
  gsize out, in;
  double *matrix;
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

static LikenessPackedLinear
pack (const Source *source, const Layer *layer)
{
  LikenessPackedLinear packed
      = {.k = layer->in, .n_real = layer->out, .n = LIKENESS_PADDED (layer->out)};

  packed.b = likeness_aligned_new0 (float, packed.k *packed.n);
  packed.bias = likeness_aligned_new0 (float, packed.n);
  for (gsize o = 0; o < layer->out; o++)
    {
      const double gain = layer->gain != NULL ? layer->gain[o] : 1;
      double bias = layer->bias[o];

      for (gsize i = 0; i < layer->in; i++)
        {
          double value = layer->matrix[o * layer->in + i];

          if (layer->norm_weight != NULL)
            {
              bias += value * layer->norm_bias[i % layer->channels];
              value *= layer->norm_weight[i % layer->channels];
            }
          packed.b[(o / LANES * packed.k + i) * LANES + o % LANES]
              = (float)(gain * value);
        }
      packed.bias[o] = (float)(gain * bias);
    }
  packed.b_at = reserve (source, packed.k * packed.n);
  packed.bias_at = reserve (source, packed.n);
  packed.b_rounded = round_panels (source->kernels, packed.b, packed.k, packed.n);
  if (!source->training)
    return packed;
  packed.back = transpose (&packed);
  packed.back_rounded = round_panels (source->kernels, packed.back, packed.n_real,
                                      LIKENESS_PADDED (packed.k));
  return packed;
}

/* The matrix of linear layer @name, the product of two where it is low-rank. */
static double *
make_matrix (const Source *source, const char *name, gsize *out, gsize *in)
{
  g_autofree char *one = g_strconcat (name, ".weight", NULL);
  g_autofree char *inner = g_strconcat (name, ".linear1.weight", NULL);
  g_autofree char *outer = g_strconcat (name, ".linear2.weight", NULL);
  const LikenessTensor *weight = find (source, one);
  const LikenessTensor *first = find (source, inner);
  const LikenessTensor *second = find (source, outer);
  double *matrix;

  g_assert (weight != NULL || (first != NULL && second != NULL));
  *out = weight != NULL ? weight->shape[0] : second->shape[0];
  *in = weight != NULL ? weight->shape[1] : first->shape[1];
  matrix = g_new0 (double, *out **in);
  if (weight != NULL)
    for (gsize i = 0; i < weight->n; i++)
      matrix[i] = weight->data[i];
  else
    for (gsize o = 0; o < *out; o++)
      for (gsize r = 0; r < (gsize)first->shape[0]; r++)
        for (gsize i = 0; i < *in; i++)
          matrix[o * *in + i]
              += (double)second->data[o * first->shape[0] + r] * first->data[r * *in + i];
  return matrix;
}

/* @norm and @gain: members of the same owner; nullable. */
static LikenessPackedLinear
pack_linear (const Source *source, const char *name, const char *norm, const char *gain)
{
  Layer layer = {0};
  g_autofree double *matrix = make_matrix (source, name, &layer.out, &layer.in);
  g_autofree char *plain = g_strconcat (name, ".bias", NULL);
  g_autofree char *outer = g_strconcat (name, ".linear2.bias", NULL);

  layer.matrix = matrix;
  layer.bias = get (source, find (source, plain) != NULL ? plain : outer);
  if (norm != NULL)
    {
      g_autofree char *norm_weight = g_strconcat (norm, ".weight", NULL);
      g_autofree char *norm_bias = g_strconcat (norm, ".bias", NULL);

      layer.norm_weight = get (source, norm_weight);
      layer.norm_bias = get (source, norm_bias);
      layer.channels = layer.in;
    }
  if (gain != NULL)
    layer.gain = get (source, gain);
  return pack (source, &layer);
}

/* A convolution whose stride is its size, as a matrix over (y, x, channel). */
static LikenessPackedLinear
pack_patches (const Source *source,
              const char *weight_name,
              const char *bias_name,
              gboolean norm)
{
  const LikenessTensor *weight = find (source, weight_name);
  const gsize channels = weight->shape[1], size = weight->shape[2];
  Layer layer = {.out = weight->shape[0],
                 .in = size * size * channels,
                 .bias = get (source, bias_name),
                 .channels = channels};
  g_autofree double *matrix = g_new (double, layer.out *layer.in);

  for (gsize o = 0; o < layer.out; o++)
    for (gsize c = 0; c < channels; c++)
      for (gsize i = 0; i < size * size; i++)
        matrix[o * layer.in + i * channels + c]
            = weight->data[(o * channels + c) * size * size + i];
  layer.matrix = matrix;
  if (norm)
    {
      layer.norm_weight = get (source, "downsample.0.weight");
      layer.norm_bias = get (source, "downsample.0.bias");
    }
  return pack (source, &layer);
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

static LikenessPackedBlock
pack_block (const Source *source,
            const LikenessVariant *variant,
            int stage,
            int side,
            gboolean split)
{
  const int channels = variant->dims[stage];
  LikenessPackedBlock block
      = {.split = split,
         .n_convolutions = split ? stage : 1,
         .width = split ? (channels + stage) / (stage + 1) : channels};

  for (int i = 0; i < block.n_convolutions; i++)
    {
      g_autofree char *name
          = split ? g_strdup_printf ("convs.%d", i) : g_strdup ("conv_dw");

      block.convolutions[i] = pack_depthwise (source, name);
    }
  block.fc1 = pack_linear (source, "mlp.fc1", "norm", NULL);
  block.fc2 = pack_linear (source, "mlp.fc2", NULL, "gamma");
  if (split)
    {
      block.qkv = pack_linear (source, "xca.qkv", "norm_xca", NULL);
      block.projection = pack_linear (source, "xca.proj", NULL, "gamma_xca");
      block.temperature = pad (get (source, "xca.temperature"), variant->heads);
      block.temperature_at = reserve (source, LIKENESS_PADDED (variant->heads));
      if (stage == POSITION_STAGE)
        {
          block.positions = make_positions (source, side, channels);
          block.positions_at
              = reserve (source, (gsize)side * side * LIKENESS_PADDED (channels));
        }
    }
  return block;
}

static LikenessPackedStage
pack_stage (const Source *all, const LikenessVariant *variant, int index, int side)
{
  g_autofree char *owner = g_strdup_printf ("stages.%d", index);
  Source source = *all;
  LikenessPackedStage stage = {.side = side,
                               .channels = variant->dims[index],
                               .n = LIKENESS_PADDED (variant->dims[index]),
                               .n_blocks = variant->depths[index]};

  source.owner = index > 0 ? owner : "stem";
  if (index > 0)
    stage.down = pack_patches (&source, "downsample.1.weight", "downsample.1.bias", TRUE);
  else
    stage.down = pack_patches (&source, "0.weight", "0.bias", FALSE);
  stage.blocks = g_new0 (LikenessPackedBlock, stage.n_blocks);
  for (int i = 0; i < stage.n_blocks; i++)
    {
      g_autofree char *name = g_strdup_printf ("stages.%d.blocks.%d", index, i);
      Source block = *all;

      block.owner = name;
      stage.blocks[i] = pack_block (&block, variant, index, side,
                                    index > 0 && i == stage.n_blocks - 1);
    }
  return stage;
}

LikenessForward *
likeness_forward_new (const LikenessVariant *variant,
                      const GPtrArray *tensors,
                      const LikenessKernels *kernels,
                      gboolean training)
{
  LikenessForward *self = g_new0 (LikenessForward, 1);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  Source source = {by_name, "stem", kernels, training, &self->n_gradients};
  int side = LIKENESS_FACE_SIZE / LIKENESS_STEM_SIZE;

  for (guint i = 0; i < tensors->len; i++)
    {
      LikenessTensor *tensor = g_ptr_array_index (tensors, i);

      g_hash_table_insert (by_name, tensor->name, tensor);
    }
  self->variant = variant;
  self->kernels = kernels;
  for (int i = 0; i < 4; i++, side /= 2)
    self->stages[i] = pack_stage (&source, variant, i, side);
  self->stem_weight = pad (get (&source, "1.weight"), variant->dims[0]);
  self->stem_bias = pad (get (&source, "1.bias"), variant->dims[0]);
  self->stem_weight_at = reserve (&source, self->stages[0].n);
  self->stem_bias_at = reserve (&source, self->stages[0].n);
  source.owner = "head";
  self->head = pack_linear (&source, "fc", "norm", NULL);
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
