/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-pixels.h"
#include "likeness-run-config.h"
#include "likeness-test-tree.h"

/* What Pillow 12 gives for the same pictures: Image.BOX to reduce, Image.BILINEAR to
 * enlarge. The sum counts byte i times 1 + i % 251. */
typedef struct
{
  guint64 sum;
  guint8 values[5]; /* at (0,0) red, (55,56) green, (111,111) blue, (3,90), (90,3) */
} Expected;

static const Expected high = {604011683, {0, 135, 43, 242, 7}};
static const Expected twelve = {604020485, {112, 130, 165, 151, 141}};
static const Expected forty = {604954250, {25, 162, 118, 181, 169}};
static const Expected low = {600435918, {11, 108, 226, 109, 119}};
static const Expected reduced = {604547522, {0, 239, 171, 128, 248}};
static const Expected enlarged = {604152409, {0, 181, 82, 166, 155}};

static void
check (const guint8 *face, const Expected *expected)
{
  static const int points[5][3]
      = {{0, 0, 0}, {55, 56, 1}, {111, 111, 2}, {3, 90, 0}, {90, 3, 1}};
  guint64 sum = 0;

  for (gsize i = 0; i < LIKENESS_FACE_BYTES; i++)
    sum += (guint64)face[i] * (1 + i % 251);
  for (int i = 0; i < 5; i++)
    g_assert_cmpuint (
        face[(points[i][1] * LIKENESS_FACE_SIZE + points[i][0]) * 3 + points[i][2]], ==,
        expected->values[i]);
  g_assert_cmpuint (sum, ==, expected->sum);
}

static char *
draw (const char *root, const char *name, int width, int height, int shift)
{
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  char *path = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        pixels[y * stride + x * 3 + c]
            = (guint8)(x * 7 + y * 13 + c * 31 + x * y % 17 * 5 + shift * 11);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
  return path;
}

static void
test_inputs (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = draw (root, "high.png", 112, 112, 0);
  g_autofree char *low_path = draw (root, "low.png", 32, 32, 1);
  g_autofree char *big = draw (root, "big.png", 160, 140, 0);
  g_autofree char *small = draw (root, "small.png", 64, 64, 0);
  g_autofree guint8 *face = g_malloc (LIKENESS_FACE_BYTES);
  const struct
  {
    const char *path;
    int input;
    const Expected *expected;
  } cases[] = {
      {path, LIKENESS_INPUT_HIGH, &high},
      {path, LIKENESS_INPUT_LOW, &low},
      {path, 12, &twelve},
      {path, 40, &forty},
      {path, 112, &high},
      {big, LIKENESS_INPUT_HIGH, &reduced},
      {small, LIKENESS_INPUT_HIGH, &enlarged},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (likeness_pixels_load_face (cases[i].path, low_path, cases[i].input,
                                                face, NULL, &error));
      g_assert_no_error (error);
      check (face, cases[i].expected);
    }
  likeness_test_tree_remove (root);
}

/* @n faces that are all the same two files. */
static LikenessFaceList
make_list (guint n, char *path, char *low_path)
{
  LikenessFaceList list = {.n_faces = n, .faces = g_new0 (LikenessListedFace, n)};

  for (guint i = 0; i < n; i++)
    list.faces[i] = (LikenessListedFace){.path = path, .low_path = low_path};
  return list;
}

static void
test_many (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = draw (root, "high.png", 112, 112, 0);
  g_autofree char *low_path = draw (root, "low.png", 32, 32, 1);
  LikenessFaceList list = make_list (60, path, low_path);
  g_autofree LikenessListedFace *faces = list.faces;
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  LikenessProgressSnapshot snapshot;
  const int inputs[] = {LIKENESS_INPUT_HIGH, LIKENESS_INPUT_LOW, 12};

  for (gsize k = 0; k < G_N_ELEMENTS (inputs); k++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LikenessPixels) pixels
          = likeness_pixels_load (&list, inputs[k], progress, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (pixels->n, ==, 60);
      g_assert_true ((pixels->probe == pixels->best)
                     == (inputs[k] == LIKENESS_INPUT_HIGH));
      for (gsize i = 0; i < 60; i += 59)
        {
          check (pixels->best + i * LIKENESS_FACE_BYTES, &high);
          check (pixels->probe + i * LIKENESS_FACE_BYTES, inputs[k] == LIKENESS_INPUT_LOW
                                                              ? &low
                                                          : inputs[k] == 12 ? &twelve
                                                                            : &high);
        }
      likeness_progress_snapshot (progress, &snapshot);
      g_assert_cmpuint (snapshot.done, ==, 60);
      g_assert_cmpuint (snapshot.total, ==, 60);
    }
  likeness_test_tree_remove (root);
}

/* The first one in the list, whichever thread finds which. */
static void
test_first_error (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = draw (root, "high.png", 112, 112, 0);
  LikenessFaceList list = make_list (40, path, NULL);
  g_autofree LikenessListedFace *faces = list.faces;

  faces[17].path = (char *)"/nowhere/seventeen.png";
  faces[18].path = (char *)"/nowhere/eighteen.png";
  faces[30].path = (char *)"/nowhere/thirty.png";
  for (int i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          likeness_pixels_load (&list, LIKENESS_INPUT_HIGH, NULL, NULL, &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, "seventeen.png"));
    }
  likeness_test_tree_remove (root);
}

static void
test_no_partner (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = draw (root, "alone.png", 112, 112, 0);
  LikenessFaceList list = make_list (3, path, NULL);
  g_autofree LikenessListedFace *faces = list.faces;
  g_autoptr (GError) error = NULL;

  g_assert_null (likeness_pixels_load (&list, LIKENESS_INPUT_LOW, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "alone.png"));
  likeness_test_tree_remove (root);
}

static void
test_cancel (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = draw (root, "high.png", 112, 112, 0);
  LikenessFaceList list = make_list (10, path, NULL);
  g_autofree LikenessListedFace *faces = list.faces;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      likeness_pixels_load (&list, LIKENESS_INPUT_HIGH, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  likeness_test_tree_remove (root);
}

static void
test_empty (void)
{
  LikenessFaceList list = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPixels) pixels
      = likeness_pixels_load (&list, 12, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pixels->n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pixels/inputs/as-pillow", test_inputs);
  g_test_add_func ("/pixels/list/every-input", test_many);
  g_test_add_func ("/pixels/list/first-error-is-told", test_first_error);
  g_test_add_func ("/pixels/list/no-partner", test_no_partner);
  g_test_add_func ("/pixels/list/cancel", test_cancel);
  g_test_add_func ("/pixels/list/empty", test_empty);
  return g_test_run ();
}
