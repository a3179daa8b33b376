/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-net.h"
#include "likeness-types.h"

#include <string.h>

static const LikenessTorch *torch;

#define N_PIXELS 8

/* Row and column of the pixels that are compared. */
static const int pixels[N_PIXELS][2]
    = {{3, 5}, {20, 31}, {40, 77}, {56, 56}, {70, 12}, {88, 100}, {101, 50}, {110, 108}};

typedef struct
{
  const char *name;
  LikenessAugmentation augmentation;
  int colors[3 * N_PIXELS];
  double mean;
} Case;

/* clang-format off */
/* The face by formula after torchvision's hflip, adjust_brightness, adjust_contrast,
 * adjust_saturation, adjust_hue and rotate (bilinear), in that order, on floats. Its luma
 * has 0.2989 where ours has 0.299. */
static const Case cases[] = {
    {"flip", {FALSE, TRUE, 1, 1, 1, 0, 0},
     {39, 233, 163, 92, 125, 0, 62, 213, 237, 111, 145, 142, 88, 10, 141, 96, 28, 73, 226, 249, 179, 118, 145, 195}, 127.301},
    {"brighter", {FALSE, FALSE, 1.3f, 1, 1, 0, 0},
     {255, 71, 91, 251, 209, 81, 95, 255, 174, 255, 91, 179, 110, 226, 125, 55, 0, 255, 191, 81, 51, 150, 148, 159}, 156.781},
    {"darker", {FALSE, FALSE, 0.7f, 1, 1, 0, 0},
     {145, 38, 49, 135, 113, 43, 51, 178, 94, 171, 49, 97, 60, 122, 67, 29, 0, 173, 103, 43, 27, 80, 80, 85}, 89.143},
    {"more contrast", {FALSE, FALSE, 1, 1.5f, 1, 0, 0},
     {247, 19, 41, 226, 178, 29, 46, 255, 137, 255, 41, 143, 64, 197, 80, 0, 0, 255, 157, 29, 0, 109, 107, 119}, 127.238},
    {"less contrast", {FALSE, FALSE, 1, 0.5f, 1, 0, 0},
     {167, 91, 99, 160, 144, 95, 100, 191, 131, 186, 99, 133, 106, 151, 112, 85, 64, 187, 137, 95, 83, 121, 121, 125}, 127.391},
    {"more saturation", {FALSE, FALSE, 1, 1, 1.6f, 0, 0},
     {255, 27, 51, 213, 162, 4, 5, 255, 102, 255, 34, 143, 53, 195, 71, 43, 0, 255, 184, 48, 12, 115, 113, 126}, 126.776},
    {"less saturation", {FALSE, FALSE, 1, 1, 0.4f, 0, 0},
     {144, 83, 89, 173, 160, 120, 141, 214, 166, 175, 106, 133, 117, 153, 121, 41, 24, 123, 110, 76, 66, 115, 115, 118}, 127.575},
    {"hue", {FALSE, FALSE, 1, 1, 1, 0.02f, 0},
     {207, 58, 55, 193, 177, 62, 73, 255, 156, 244, 70, 117, 85, 174, 107, 72, 0, 247, 147, 75, 39, 116, 114, 122}, 127.447},
    {"hue backwards", {FALSE, FALSE, 1, 1, 1, -0.3f, 0},
     {70, 55, 207, 187, 62, 193, 255, 170, 73, 70, 103, 244, 174, 114, 85, 0, 247, 91, 84, 39, 147, 114, 122, 117}, 127.677},
    {"rotation", {FALSE, FALSE, 1, 1, 1, 0, 0.34906585f},
     {0, 0, 0, 12, 23, 179, 126, 165, 251, 217, 85, 139, 94, 252, 154, 157, 195, 201, 183, 130, 221, 0, 0, 0}, 111.812},
    {"rotation backwards", {FALSE, FALSE, 1, 1, 1, 0, -0.08726646f},
     {160, 41, 62, 193, 161, 62, 145, 229, 87, 236, 73, 139, 206, 49, 176, 65, 23, 141, 147, 62, 39, 0, 0, 0}, 121.655},
    {"all", {FALSE, TRUE, 1.05f, 0.94f, 1.05f, -0.02f, 0.06981317f},
     {87, 8, 47, 205, 111, 183, 64, 242, 245, 121, 149, 145, 81, 16, 152, 105, 34, 89, 26, 199, 66, 0, 0, 0}, 128.255},
};
/* clang-format on */

static void
check (const Case *expected, const guint8 *face)
{
  double sum = 0.0;

  g_test_message ("%s", expected->name);
  for (int i = 0; i < LIKENESS_FACE_BYTES; i++)
    sum += face[i];
  g_assert_cmpfloat_with_epsilon (sum / LIKENESS_FACE_BYTES, expected->mean, 0.05);
  for (int i = 0; i < 3 * N_PIXELS; i++)
    {
      const int *pixel = pixels[i / 3];

      g_assert_cmpint (ABS (face[(pixel[0] * LIKENESS_FACE_SIZE + pixel[1]) * 3 + i % 3]
                            - expected->colors[i]),
                       <=, 1);
    }
}

static void
test_alone (gconstpointer net)
{
  g_autofree guint8 *face = likeness_test_make_faces (1);
  g_autofree guint8 *out = g_malloc (LIKENESS_FACE_BYTES);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      torch->augment ((LikenessNet *)net, face, &cases[i].augmentation, 1, out, &error);
      g_assert_no_error (error);
      check (&cases[i], out);
    }
}

/* Each face of a batch gets its own, whatever its neighbours get. */
static void
test_together (gconstpointer net)
{
  gsize n = G_N_ELEMENTS (cases);
  g_autofree guint8 *face = likeness_test_make_faces (1);
  g_autofree guint8 *faces = g_malloc (n * LIKENESS_FACE_BYTES);
  g_autofree guint8 *out = g_malloc (n * LIKENESS_FACE_BYTES);
  g_autofree LikenessAugmentation *augmentations = g_new (LikenessAugmentation, n);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    {
      memcpy (faces + i * LIKENESS_FACE_BYTES, face, LIKENESS_FACE_BYTES);
      augmentations[i] = cases[i].augmentation;
    }
  torch->augment ((LikenessNet *)net, faces, augmentations, n, out, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    check (&cases[i], out + i * LIKENESS_FACE_BYTES);
}

static void
test_neutral (gconstpointer net)
{
  LikenessAugmentation neutral[3] = {
      {.brightness = 1, .contrast = 1, .saturation = 1},
      {.brightness = 1, .contrast = 1, .saturation = 1},
      {.brightness = 1, .contrast = 1, .saturation = 1, .angle = 0.1f},
  };
  g_autofree guint8 *faces = likeness_test_make_faces (3);
  g_autofree guint8 *out = g_malloc (3 * LIKENESS_FACE_BYTES);

  g_assert_true (torch->augment ((LikenessNet *)net, faces, neutral, 2, out, NULL));
  g_assert_cmpmem (faces, 2 * LIKENESS_FACE_BYTES, out, 2 * LIKENESS_FACE_BYTES);
  /* Beside one that is rotated, too. */
  g_assert_true (torch->augment ((LikenessNet *)net, faces, neutral, 3, out, NULL));
  g_assert_cmpmem (faces, 2 * LIKENESS_FACE_BYTES, out, 2 * LIKENESS_FACE_BYTES);
}

/* What a face looks like depends on what was drawn for it, not on who works at it. */
static void
test_threads (void)
{
  const int threads[] = {1, 3};
  gsize n = G_N_ELEMENTS (cases);
  g_autofree guint8 *faces = likeness_test_make_faces (n);
  g_autofree LikenessAugmentation *augmentations = g_new (LikenessAugmentation, n);
  guint8 *outs[G_N_ELEMENTS (threads)];

  for (gsize i = 0; i < n; i++)
    augmentations[i] = cases[i].augmentation;
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      LikenessNetOptions options = {
          .variant = likeness_variant_find ("xxs"),
          .cuda_device = -1,
          .threads = threads[i],
      };
      LikenessNet *other = torch->net_new (&options, NULL);

      outs[i] = g_malloc (n * LIKENESS_FACE_BYTES);
      g_assert_true (torch->augment (other, faces, augmentations, n, outs[i], NULL));
      torch->net_free (other);
    }
  g_assert_cmpmem (outs[0], n * LIKENESS_FACE_BYTES, outs[1], n * LIKENESS_FACE_BYTES);
  g_free (outs[0]);
  g_free (outs[1]);
}

/* A net whose faces go the way of a GPU's, wherever they are. */
static LikenessNet *
make_by_libtorch (void)
{
  const LikenessStageOptions options = {.all_layers = TRUE, .by_libtorch = TRUE};
  LikenessNet *net = likeness_test_make_net (torch, "xxs");
  g_autoptr (GError) error = NULL;

  torch->head_new (net, 2, NULL, 1, &error);
  g_assert_no_error (error);
  torch->stage_begin (net, &options, &error);
  g_assert_no_error (error);
  return net;
}

int
main (int argc, char *argv[])
{
  LikenessNet *nets[2];
  int status;

  g_test_init (&argc, &argv, NULL);
  torch = likeness_test_open_torch ();
  nets[0] = likeness_test_make_net (torch, "xxs");
  nets[1] = make_by_libtorch ();
  for (gsize i = 0; i < G_N_ELEMENTS (nets); i++)
    {
      const char *way = i == 0 ? "own" : "libtorch";
      g_autofree char *alone = g_strdup_printf ("/augmented-faces/%s/alone", way);
      g_autofree char *together = g_strdup_printf ("/augmented-faces/%s/together", way);
      g_autofree char *neutral = g_strdup_printf ("/augmented-faces/%s/neutral", way);

      g_test_add_data_func (alone, nets[i], test_alone);
      g_test_add_data_func (together, nets[i], test_together);
      g_test_add_data_func (neutral, nets[i], test_neutral);
    }
  g_test_add_func ("/augmented-faces/threads-change-nothing", test_threads);
  status = g_test_run ();
  for (gsize i = 0; i < G_N_ELEMENTS (nets); i++)
    torch->net_free (nets[i]);
  return status;
}
