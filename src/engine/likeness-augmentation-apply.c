/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-augmentation.h"
#include "likeness-parallel.h"
#include "likeness-types.h"

#define SIDE LIKENESS_FACE_SIZE
#define N_PIXELS (SIDE * SIDE)
/* Faces that a thread takes at a time. */
#define PORTION 4

/* Red, green, blue and a zero. */
typedef float Pixel __attribute__ ((vector_size (16)));
typedef int Mask __attribute__ ((vector_size (16)));

typedef struct
{
  const LikenessAugmentation *augmentations;
  const guint8 *faces;
  float *out;
  gint short_of_memory; /* atomic */
} Work;

static inline Pixel
choose (Mask mask, Pixel yes, Pixel no)
{
  return (Pixel)((mask & (Mask)yes) | (~mask & (Mask)no));
}

static inline Pixel
limit (Pixel x, float most)
{
  const Pixel zero = {0};

  x = choose (x > zero, x, zero);
  return choose (x < most, x, zero + most);
}

/* ITU-R BT.601. */
static inline float
get_luma (Pixel x)
{
  return 0.299f * x[0] + 0.587f * x[1] + 0.114f * x[2];
}

/* HSV and back (Smith 1978): with V the largest channel and C the range, channel n is
 * V - C * clamp (min (k, 4 - k), 0, 1), k = (n + 6 H) mod 6, n = 5, 3, 1.
 * @sixths: how far, from 0 to 6. */
static inline Pixel
turn_hue (Pixel x, float sixths)
{
  const float r = x[0], g = x[1], b = x[2];
  const float most = MAX (MAX (r, g), b), range = most - MIN (MIN (r, g), b);
  const float inverse = 1 / (range == 0 ? 1 : range);
  const float hue = most == r   ? (g - b) * inverse
                    : most == g ? (b - r) * inverse + 2
                                : (r - g) * inverse + 4;
  Pixel k = hue + sixths + (Pixel){5, 3, 1, 0};

  /* From 0 to 16. */
  k = choose (k >= 12.0f, k - 12.0f, k);
  k = choose (k >= 6.0f, k - 6.0f, k);
  k = limit (choose (k < 4.0f - k, k, 4.0f - k), 1);
  x = most - range * k;
  x[3] = 0;
  return x;
}

/* Into @pixels, brighter or darker; returns the mean luma. */
static float
read_face (const LikenessAugmentation *self, const guint8 *face, Pixel *pixels)
{
  double sum = 0;

  for (int y = 0; y < SIDE; y++)
    {
      float line = 0;

      for (int x = 0; x < SIDE; x++)
        {
          const guint8 *from = face + 3 * (y * SIDE + (self->flip ? SIDE - 1 - x : x));
          Pixel pixel = {from[0], from[1], from[2], 0};

          if (self->brightness != 1)
            pixel = limit (pixel * self->brightness, 255);
          line += get_luma (pixel);
          pixels[y * SIDE + x] = pixel;
        }
      sum += line;
    }
  return (float)(sum / N_PIXELS);
}

static void
change_colors (const LikenessAugmentation *self, float mean, Pixel *pixels)
{
  const float turns = self->hue - floorf (self->hue);

  for (int i = 0; i < N_PIXELS; i++)
    {
      Pixel x = pixels[i];

      if (self->contrast != 1)
        x = limit (x * self->contrast + mean * (1 - self->contrast), 255);
      if (self->saturation != 1)
        x = limit (x * self->saturation + get_luma (x) * (1 - self->saturation), 255);
      if (self->hue != 0)
        x = turn_hue (x, 6 * turns);
      pixels[i] = x;
    }
}

static inline Pixel
get_pixel (const Pixel *pixels, int x, int y)
{
  return x >= 0 && x < SIDE && y >= 0 && y < SIDE ? pixels[y * SIDE + x] : (Pixel){0};
}

/* Around the middle, between four pixels; black comes in from outside. */
static void
rotate (const Pixel *pixels, float angle, float *out)
{
  const float middle = (SIDE - 1) / 2.0f;
  const float cosine = cosf (angle), sine = sinf (angle);

  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        const float dx = x - middle, dy = y - middle;
        const float from_x = cosine * dx - sine * dy + middle;
        const float from_y = sine * dx + cosine * dy + middle;
        /* Towards minus infinity: nothing lies as far out as that. */
        const int left = (int)(from_x + SIDE) - SIDE, top = (int)(from_y + SIDE) - SIDE;
        const float right_share = from_x - left, low_share = from_y - top;
        const Pixel high = get_pixel (pixels, left, top) * (1 - right_share)
                           + get_pixel (pixels, left + 1, top) * right_share;
        const Pixel low = get_pixel (pixels, left, top + 1) * (1 - right_share)
                          + get_pixel (pixels, left + 1, top + 1) * right_share;
        const Pixel value = high * (1 - low_share) + low * low_share;

        *out++ = value[0];
        *out++ = value[1];
        *out++ = value[2];
      }
}

static void
apply (const LikenessAugmentation *self, const guint8 *face, Pixel *pixels, float *out)
{
  float mean = read_face (self, face, pixels);

  if (self->contrast != 1 || self->saturation != 1 || self->hue != 0)
    change_colors (self, mean, pixels);
  if (self->angle != 0)
    rotate (pixels, self->angle, out);
  else
    for (int i = 0; i < N_PIXELS; i++)
      for (int c = 0; c < 3; c++)
        out[3 * i + c] = pixels[i][c];
}

static void
apply_to_some (gsize begin, gsize end, gpointer data)
{
  Work *work = data;
  g_autofree Pixel *pixels = g_try_new (Pixel, N_PIXELS);

  if (pixels == NULL)
    {
      g_atomic_int_set (&work->short_of_memory, TRUE);
      return;
    }
  for (gsize i = begin; i < end; i++)
    apply (&work->augmentations[i], work->faces + i * LIKENESS_FACE_BYTES, pixels,
           work->out + i * LIKENESS_FACE_BYTES);
}

gboolean
likeness_augmentation_apply (const LikenessAugmentation *augmentations,
                             const guint8 *faces,
                             gsize n,
                             guint threads,
                             float *out)
{
  Work work = {augmentations, faces, out, FALSE};

  likeness_parallel_for (n, PORTION, threads, apply_to_some, &work, NULL, NULL);
  return !g_atomic_int_get (&work.short_of_memory);
}
