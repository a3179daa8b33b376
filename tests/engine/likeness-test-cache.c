/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-cache.h"

#include <fcntl.h>
#include <unistd.h>

#include "likeness-pixel-source.h"
#include "likeness-run-config.h"

#define HIGH 112
#define LOW 28

void
likeness_test_cache_repaint (const char *path, int size, guint shade)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int file = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_string_printf (text, "P6\n%d %d\n255\n", size, size);
  for (int i = 0; i < size * size * 3; i++)
    g_string_append_c (text, (char)(shade * 41 + (guint)i * (7 + shade % 5) / 3));
  g_assert_cmpint (write (file, text->str, text->len), ==, text->len);
  g_assert_cmpint (close (file), ==, 0);
}

LikenessFaceList
likeness_test_cache_draw (const char *root)
{
  LikenessFaceList list
      = {.n_faces = LIKENESS_TEST_CACHE_FACES,
         .faces = g_new0 (LikenessListedFace, LIKENESS_TEST_CACHE_FACES)};

  for (guint i = 0; i < list.n_faces; i++)
    {
      list.faces[i].path = g_strdup_printf ("%s/high-%u.ppm", root, i);
      list.faces[i].low_path = g_strdup_printf ("%s/low-%u.ppm", root, i);
      likeness_test_cache_repaint (list.faces[i].path, HIGH, i);
      likeness_test_cache_repaint (list.faces[i].low_path, LOW, 50 + i);
    }
  return list;
}

void
likeness_test_cache_clear (LikenessFaceList *list)
{
  for (guint i = 0; i < list->n_faces; i++)
    {
      g_free (list->faces[i].path);
      g_free (list->faces[i].low_path);
    }
  g_clear_pointer (&list->faces, g_free);
}

void
likeness_test_cache_age (void)
{
  g_usleep (LIKENESS_FILE_STAMP_RACY / 1000 + 100000);
}

static void
check_face (const LikenessListedFace *face, int input, const guint8 *pixels)
{
  g_autofree guint8 *expected = g_malloc (LIKENESS_FACE_BYTES);
  g_autoptr (GError) error = NULL;

  likeness_pixels_load_face (face->path, face->low_path, input, expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (pixels, LIKENESS_FACE_BYTES, expected, LIKENESS_FACE_BYTES);
}

void
likeness_test_cache_check (const LikenessFaceList *list,
                           int input,
                           const LikenessPixels *pixels)
{
  g_assert_true ((pixels->best == pixels->probe) == (input == LIKENESS_INPUT_HIGH));
  for (gsize i = 0; i < list->n_faces; i++)
    {
      gsize offset = i * LIKENESS_FACE_BYTES;

      check_face (&list->faces[i], LIKENESS_INPUT_HIGH, pixels->best + offset);
      check_face (&list->faces[i], input, pixels->probe + offset);
    }
}

guint
likeness_test_cache_count_read (const LikenessFaceList *list, int input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPixelSource) source = likeness_pixel_source_new (
      list, input, LIKENESS_PIXEL_SOURCE_BILINEAR, NULL, &error);

  g_assert_no_error (error);
  return likeness_pixel_source_get_n_read (source);
}
