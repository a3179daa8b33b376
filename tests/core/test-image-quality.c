/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-image-quality.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "likeness-image.h"
#include "likeness-types.h"

/* The expected values are scikit-image 0.26.0's (NumPy 2.4.6, Pillow 13.0.0):
 *
 *   def luma (a): return np.asarray (Image.fromarray (a).convert ("L"))
 *   psnr = peak_signal_noise_ratio (a, b, data_range=255)
 *   ssim = structural_similarity (luma (a), luma (b), gaussian_weights=True, sigma=1.5,
 *                                 use_sample_covariance=False, data_range=255)
 *
 * of a = drawn (11) and b = drawn (5), a // 16 * 16 and 255 - a, with
 *
 *   y, x, c = np.ogrid[:height, :width, :3]
 *   drawn (seed) = ((x * x * 3 + y * y * 5 + x * y * 7 + c * 83 + x * seed)
 *                   ^ (y * 29 + c * 7)).astype (np.uint8)
 *
 * and of real faces with
 *
 *   a = np.asarray (Image.open (hr_images / name))
 *   b = np.asarray (Image.open (vlr_images / name).resize ((112, 112), Image.BILINEAR))
 */

typedef enum
{
  OTHER,
  NEAR,
  NEGATIVE
} Kind;

static LikenessImage *
draw (int width, int height, int seed)
{
  LikenessImage *image = likeness_image_new (width, height);
  guint8 *pixel = image->pixels;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        *pixel++
            = ((x * x * 3 + y * y * 5 + x * y * 7 + c * 83 + x * seed) ^ (y * 29 + c * 7))
              & 255;
  return image;
}

static LikenessImage *
change (const LikenessImage *image, Kind kind)
{
  LikenessImage *changed = draw (image->width, image->height, 5);

  if (kind != OTHER)
    for (int i = 0; i < image->width * image->height * 3; i++)
      changed->pixels[i]
          = kind == NEAR ? image->pixels[i] / 16 * 16 : 255 - image->pixels[i];
  return changed;
}

static LikenessImageQuality
measure (const LikenessImage *reference, const LikenessImage *image)
{
  return likeness_image_quality_measure (reference->pixels, image->pixels,
                                         reference->width, reference->height);
}

static void
test_drawn (void)
{
  static const struct
  {
    int width, height;
    Kind kind;
    double psnr, ssim;
  } cases[] = {
      {11, 11, OTHER, 10.1294748998, 0.3737888479},
      {11, 11, NEAR, 29.2952059282, 0.9950455418},
      {11, 11, NEGATIVE, 4.8204473538, -0.9531257374},
      {11, 30, OTHER, 10.0902385203, 0.1337114256},
      {11, 30, NEAR, 29.2434506794, 0.9949622050},
      {11, 30, NEGATIVE, 4.6130516895, -0.9563854296},
      {14, 12, OTHER, 9.2750556471, 0.1538787277},
      {14, 12, NEAR, 29.2109624600, 0.9952511429},
      {14, 12, NEGATIVE, 4.7513992612, -0.9515374681},
      {37, 53, OTHER, 7.3781465908, -0.1259594290},
      {37, 53, NEAR, 29.2237925106, 0.9954020415},
      {37, 53, NEGATIVE, 4.7200091528, -0.9541596827},
      {112, 112, OTHER, 7.6694980323, 0.0060366793},
      {112, 112, NEAR, 29.2144999604, 0.9953956898},
      {112, 112, NEGATIVE, 4.7435764773, -0.9558011209},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LikenessImage) image = draw (cases[i].width, cases[i].height, 11);
      g_autoptr (LikenessImage) changed = change (image, cases[i].kind);
      LikenessImageQuality found = measure (image, changed);
      LikenessImageQuality swapped = measure (changed, image);

      g_test_message ("%d x %d, %d", cases[i].width, cases[i].height, cases[i].kind);
      g_assert_cmpfloat_with_epsilon (found.psnr, cases[i].psnr, 1e-9);
      g_assert_cmpfloat_with_epsilon (found.ssim, cases[i].ssim, 1e-9);
      g_assert_cmpfloat (swapped.psnr, ==, found.psnr);
      g_assert_cmpfloat (swapped.ssim, ==, found.ssim);
    }
}

static LikenessImage *
fill (guint8 value)
{
  LikenessImage *image = likeness_image_new (20, 20);

  memset (image->pixels, value, 20 * 20 * 3);
  return image;
}

/* Where nothing varies, only the means count, and rounding would show most. */
static void
test_flat (void)
{
  static const struct
  {
    guint8 a, b;
    double psnr, ssim;
  } cases[] = {
      {0, 255, 0, 9.99900009999e-05},
      {128, 129, 48.1308036086791, 0.9999697258700233},
      {254, 255, 48.1308036086791, 0.9999922808237852},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LikenessImage) a = fill (cases[i].a);
      g_autoptr (LikenessImage) b = fill (cases[i].b);
      LikenessImageQuality found = measure (a, b);

      g_assert_cmpfloat_with_epsilon (found.psnr, cases[i].psnr, 1e-9);
      g_assert_cmpfloat_with_epsilon (found.ssim, cases[i].ssim, 1e-9);
    }
}

static void
test_same (void)
{
  g_autoptr (LikenessImage) image = draw (112, 112, 11);
  g_autoptr (LikenessImage) black = fill (0);
  g_autoptr (LikenessImage) nearly = fill (0);

  g_assert_true (isinf (measure (image, image).psnr));
  g_assert_cmpfloat_with_epsilon (measure (image, image).ssim, 1, 1e-12);
  g_assert_true (isinf (measure (black, black).psnr));
  g_assert_cmpfloat_with_epsilon (measure (black, black).ssim, 1, 1e-12);

  /* One step of one channel of one pixel does not reach the luma, but the dB. */
  nearly->pixels[(10 * 20 + 10) * 3] = 1;
  g_assert_cmpfloat_with_epsilon (measure (black, nearly).psnr, 78.92261606915535, 1e-9);
  g_assert_cmpfloat_with_epsilon (measure (black, nearly).ssim, 1, 1e-12);
}

static LikenessImage *
load (const char *split, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("LIKENESS_ASSETS"), "frontal_only",
                                            split, folder, name, NULL);
  g_autoptr (GError) error = NULL;
  LikenessImage *image = likeness_image_load (path, NULL, &error);

  g_assert_no_error (error);
  return image;
}

static void
test_real (void)
{
  static const struct
  {
    const char *split, *name;
    double psnr, ssim;
  } cases[] = {
      {"train", "0002_0001_lfw.png", 28.948581, 0.847295},
      {"train", "0051_0002_lfw.png", 25.482938, 0.801025},
      {"train", "0102_0014_lfw.png", 29.571481, 0.859086},
      {"train", "0158_0014_lfw.png", 25.718604, 0.765374},
      {"val", "0001_0001_lfw.png", 27.510062, 0.867540},
      {"val", "0067_0003_lfw.png", 27.042107, 0.806572},
      {"val", "0106_0009_lfw.png", 25.328549, 0.773318},
      {"val", "0150_0014_lfw.png", 26.475884, 0.850098},
      {"test", "0018_0001_lfw.png", 26.768650, 0.787882},
      {"test", "0066_0002_lfw.png", 27.831602, 0.844539},
  };

  if (g_getenv ("LIKENESS_ASSETS") == NULL)
    {
      g_test_skip ("LIKENESS_ASSETS is not set: there are no real faces");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LikenessImage) high = load (cases[i].split, "hr_images", cases[i].name);
      g_autoptr (LikenessImage) low = load (cases[i].split, "vlr_images", cases[i].name);
      g_autoptr (LikenessImage) shown
          = likeness_image_resize_bilinear (low, LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE);
      LikenessImageQuality found = measure (high, shown);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (high->width, ==, LIKENESS_FACE_SIZE);
      g_assert_cmpfloat_with_epsilon (found.psnr, cases[i].psnr, 1e-6);
      g_assert_cmpfloat_with_epsilon (found.ssim, cases[i].ssim, 1e-6);
    }
}

static void
test_quick (void)
{
  g_autoptr (LikenessImage) image = draw (112, 112, 11);
  g_autoptr (LikenessImage) changed = change (image, NEAR);
  const int times = 2000;
  double seconds, sum = 0;
  clock_t start = clock ();

  for (int i = 0; i < times; i++)
    sum += measure (image, changed).ssim;
  /* Of this program's own time: others may be at work beside it. */
  seconds = (double)(clock () - start) / CLOCKS_PER_SEC / times;
  g_test_minimized_result (seconds, "%.0f us a face", seconds * 1e6);
  g_assert_cmpfloat (sum, >, 0);
  g_assert_cmpfloat (seconds, <, 1e-3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image-quality/drawn-as-scikit-image", test_drawn);
  g_test_add_func ("/image-quality/flat", test_flat);
  g_test_add_func ("/image-quality/same", test_same);
  g_test_add_func ("/image-quality/real-as-scikit-image", test_real);
  if (g_test_perf ())
    g_test_add_func ("/image-quality/quick", test_quick);
  return g_test_run ();
}
