/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-image.h"

#include <string.h>

/* The same picture by the same formula was given to Pillow 11.3.0, whose
 * Image.resize (Image.BOX or Image.BILINEAR) made the expected bytes. Pillow 13.0.0 gives
 * the same but for 37 x 53 to 19 x 7, where it takes the vertical pass first. */
static LikenessImage *
make_image (int width, int height)
{
  LikenessImage *image = likeness_image_new (width, height);
  guint8 *pixel = image->pixels;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        *pixel++
            = ((x * x * 3 + y * y * 5 + x * y * 7 + c * 83 + x * 11) ^ (y * 29 + c * 7))
              & 255;
  return image;
}

static char *
hash (const LikenessImage *image)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, image->pixels,
                                      (gsize)image->width * image->height * 3);
}

static void
test_pillow (void)
{
  static const struct
  {
    int width, height, to_width, to_height;
    gboolean box;
    const char *expected;
  } cases[] = {
      {112, 112, 12, 12, TRUE,
       "61800d875afd47cf0e8dc583d896d9be326ca9d9c2fcd48a4fccf96f28259ce1"},
      {12, 12, 112, 112, FALSE,
       "f2c610f8d733f7016803eb4528336239fdaf43ba1fae2092300b6816731ecd93"},
      {32, 32, 112, 112, FALSE,
       "9c6515b4a2d69e52de5f0fd5fb73bea64816b9ac28802c123a106dc5f97d49b3"},
      {112, 112, 16, 16, TRUE,
       "5ebe985d7048d6c0300553dd390c4afcc05374ea084a2ee61dace6f4a9b3d116"},
      {112, 112, 24, 24, TRUE,
       "a0726aeaec43a07b7f23dcfeca2814046b8e864e36701d793d88b6ba118f3247"},
      {112, 112, 32, 32, TRUE,
       "ec77258b57d1af6799ecad8328ced929281159871905c5b45cd7dfbfbf255801"},
      {16, 16, 112, 112, FALSE,
       "3e9b970188b4c94a5c433deec40e2afa3cb6450099b1ba7748a46c001e5481d8"},
      {250, 250, 112, 112, FALSE,
       "f6d6772c0eeb071dc0530a07a97c137d878a4ed23705e305051378560a95ba2f"},
      {37, 53, 112, 112, FALSE,
       "ba1de7df76a1d17735a2e6324775ed811e3d98c4ca45c38f4dde1f3d3821a797"},
      {37, 53, 19, 7, TRUE,
       "36a08471d2e13e17485c1f5bf2ccfcbfd280f406fae678e875cadcc97d578dcc"},
      {7, 5, 3, 11, FALSE,
       "8c6c8aa03f80549ff3f8744bc96ef2a4bb43d9cc35092407092fdce60d4bfa6b"},
      {7, 5, 9, 2, TRUE,
       "6b16c8317b2611e5858af529dd97e459bd92ac4cbf10c75e0fbc94f3e72e9d99"},
      {112, 112, 112, 112, FALSE,
       "9898c7b5b2ce009e0cac411f89028d451f471a8ff8654f67cd796010051f79d8"},
      {112, 64, 112, 16, TRUE,
       "ccc2f8b00cdad5505c6bd5f4923af079ef113ac89af4fbac7204257f82b82c12"},
      {1, 1, 5, 4, FALSE,
       "540a72bae5fddb619a66850cf399a4061500d5f9ea7e41532d928d7b647421df"},
      {300, 2, 1, 1, TRUE,
       "02323ae7dd4d6b066e0d29a693e89b110a1aea32b4f6d3bf662465aa8ef8196c"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LikenessImage) image = make_image (cases[i].width, cases[i].height);
      g_autoptr (LikenessImage) resized
          = cases[i].box
                ? likeness_image_resize_box (image, cases[i].to_width, cases[i].to_height)
                : likeness_image_resize_bilinear (image, cases[i].to_width,
                                                  cases[i].to_height);
      g_autofree char *found = hash (resized);

      g_test_message ("%d x %d to %d x %d, %s", cases[i].width, cases[i].height,
                      cases[i].to_width, cases[i].to_height,
                      cases[i].box ? "box" : "bilinear");
      g_assert_cmpint (resized->width, ==, cases[i].to_width);
      g_assert_cmpint (resized->height, ==, cases[i].to_height);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* What the network sees of a face of 12 pixels. */
static void
test_there_and_back (void)
{
  static const guint8 first[] = {114, 137, 138, 132, 130, 131};
  static const guint8 inside[] = {112, 119, 141};
  g_autoptr (LikenessImage) image = make_image (112, 112);
  g_autoptr (LikenessImage) small = likeness_image_resize_box (image, 12, 12);
  g_autoptr (LikenessImage) large = likeness_image_resize_bilinear (small, 112, 112);
  g_autofree char *found = hash (large);

  g_assert_cmpmem (small->pixels, sizeof first, first, sizeof first);
  g_assert_cmpmem (large->pixels + (60 * 112 + 50) * 3, 3, inside, 3);
  g_assert_cmpstr (found, ==,
                   "13b324a2c4da50d0e390aaa3f39cbb34d328322141b438fbcdc16b6006c474f1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resample/as-pillow", test_pillow);
  g_test_add_func ("/resample/as-pillow/112-to-12-to-112", test_there_and_back);
  return g_test_run ();
}
