/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-error.h"
#include "likeness-image.h"
#include "likeness-test-tree.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pillow and zlib made these. */
static const char huge_png[] /* claims 60000 x 60000, and is whole */
    = "iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAAPsOIVAAAAC0lEQVR4nGNggAEAAAoAAX+A"
      "dF4AAAAASUVORK5CYII=";
static const char flat_png[] /* claims 0 x 4 */
    = "iVBORw0KGgoAAAANSUhEUgAAAAAAAAAECAIAAAAveKlTAAAAC0lEQVR4nGNggAEAAAoAAX+A"
      "dF4AAAAASUVORK5CYII=";
static const char short_png[] /* 8 x 8 with the data of three rows, and IEND */
    = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAADElEQVR4nGNgoBoAAABLAAG/"
      "bzr6AAAAAElFTkSuQmCC";
static const char alpha_png[] /* (200, 100, 50) at 128, (10, 20, 30) at 0, white at 255 */
    = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAYAAAAb4BS0AAAAFUlEQVR4nGM4kWLUwCUix/D/"
      "////AB+zBhcR45YXAAAAAElFTkSuQmCC";
static const char grey_png[] /* 16 bits: 0x1234, 0xabcd */
    = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAAAAACB2fwVAAAADUlEQVR4nGMQMll9FgADDAG/"
      "brnGXQAAAABJRU5ErkJggg==";
/* WebP of 5 x 3 in its three forms: lossless, lossy, extended. */
static const char *const webps[] = {
    "UklGRh4AAABXRUJQVlA4TBEAAAAvBIAAAAdQhCb0oP+BiOh/AAA=",
    "UklGRigAAABXRUJQVlA4IBwAAABQAQCdASoFAAMAAUAmJaQABDOAAP783pWlmAAA",
    "UklGRkwAAABXRUJQVlA4WAoAAAAQAAAABAAAAgAAQUxQSAoAAAABB1CyiAhERP8DVlA4IBwA"
    "AABQAQCdASoFAAMAAUAmJaQABDOAAP783pWlmAAA",
};

typedef struct
{
  char *root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static char *
write_bytes (Fixture *fixture, const char *name, const void *bytes, gsize length)
{
  likeness_test_tree_write (fixture->root, name, bytes, length);
  return g_build_filename (fixture->root, name, NULL);
}

static char *
write_base64 (Fixture *fixture, const char *name, const char *text)
{
  gsize length;
  g_autofree guint8 *bytes = g_base64_decode (text, &length);

  return write_bytes (fixture, name, bytes, length);
}

/* The bytes of a small picture of noise in that format. */
static GByteArray *
make_picture (const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 20, 10);
  g_autoptr (GError) error = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  gchar *buffer;
  gsize length;

  for (int i = 0; i < 10 * gdk_pixbuf_get_rowstride (pixbuf); i++)
    pixels[i] = i * i * 31 + i * 7;
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &length, type, &error, NULL);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *)buffer, length);
}

static void
assert_pixel (const LikenessImage *image, int x, int y, int red, int green, int blue)
{
  const guint8 *pixel = image->pixels + (y * image->width + x) * 3;

  g_assert_cmpint (pixel[0], ==, red);
  g_assert_cmpint (pixel[1], ==, green);
  g_assert_cmpint (pixel[2], ==, blue);
}

static void
assert_refused (const char *path, LikenessError code, const char *words)
{
  g_autofree char *base = g_path_get_basename (path);

  for (int check = 0; check <= 1; check++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LikenessImage) image = NULL;

      if (check)
        g_assert_false (likeness_image_check (path, NULL, NULL, &error));
      else
        image = likeness_image_load (path, NULL, &error);
      g_assert_null (image);
      g_assert_error (error, LIKENESS_ERROR, (int)code);
      g_assert_nonnull (strstr (error->message, words));
      g_assert_true (g_str_has_prefix (error->message, base));
    }
}

static void
assert_accepted (const char *path, int width, int height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessImage) image = likeness_image_load (path, NULL, &error);
  int checked_width = 0, checked_height = 0;

  g_assert_no_error (error);
  g_assert_cmpint (image->width, ==, width);
  g_assert_cmpint (image->height, ==, height);
  g_assert_true (likeness_image_check (path, &checked_width, &checked_height, &error));
  g_assert_no_error (error);
  g_assert_cmpint (checked_width, ==, width);
  g_assert_cmpint (checked_height, ==, height);
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  static const char *const types[] = {"png", "jpeg", "bmp"};

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GByteArray) bytes = make_picture (types[i]);
      /* The content counts, not the name. */
      g_autofree char *path = write_bytes (fixture, "a.png", bytes->data, bytes->len);

      g_test_message ("%s", types[i]);
      assert_accepted (path, 20, 10);
    }
}

static void
test_pnm (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    int grey;
  } whole[] = {
      {"P5\n# who\n2 2\n255\n\1\2\3\4", 21, 1},
      {"P6 1 4 255 \7\7\7\1\1\1\1\1\1\1\1\1", 23, 7},
      {"P5 2 2 65535 \x12\0\0\0\0\0\0\0", 21, 0x12},
      {"P2\n2 2\n255\n50 2\n3 9\n", 20, 50},
      {"P4 9 2 \0\0\0\0", 11, 255},
  };
  static const struct
  {
    const char *bytes;
    gsize length;
  } cut[] = {
      {"P5\n# who\n2 2\n255\n\1\2\3", 20},
      {"P6 1 4 255 \7\7\7\1\1\1\1\1\1\1\1", 22},
      {"P5 2 2 65535 \x12\0\0\0\0\0\0", 20},
      {"P2\n2 2\n255\n50 2\n3\n", 18},
      {"P4 9 2 \0\0\0", 10},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autofree char *path
          = write_bytes (fixture, "a.pgm", whole[i].bytes, whole[i].length);
      g_autoptr (GError) error = NULL;
      g_autoptr (LikenessImage) image = likeness_image_load (path, NULL, &error);

      g_assert_no_error (error);
      assert_pixel (image, 0, 0, whole[i].grey, whole[i].grey, whole[i].grey);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cut); i++)
    {
      g_autofree char *path = write_bytes (fixture, "a.pgm", cut[i].bytes, cut[i].length);

      assert_refused (path, LIKENESS_ERROR_BAD_IMAGE, "cut off");
    }
}

static void
test_webp (Fixture *fixture, gconstpointer data)
{
  gboolean has_loader = FALSE;
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

      has_loader |= strcmp (name, "webp") == 0;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (webps); i++)
    {
      g_autofree char *path = write_base64 (fixture, "a.webp", webps[i]);

      if (has_loader)
        assert_accepted (path, 5, 3);
      else
        assert_refused (path, LIKENESS_ERROR_BAD_IMAGE, "WebP pictures cannot be read");
    }
}

static void
test_alpha_on_black (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_base64 (fixture, "a.png", alpha_png);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessImage) image = likeness_image_load (path, NULL, &error);

  g_assert_no_error (error);
  assert_pixel (image, 0, 0, 100, 50, 25);
  assert_pixel (image, 1, 0, 0, 0, 0);
  assert_pixel (image, 2, 0, 255, 255, 255);
}

static void
test_grey (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_base64 (fixture, "a.png", grey_png);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessImage) image = likeness_image_load (path, NULL, &error);

  g_assert_no_error (error);
  assert_pixel (image, 0, 0, 0x12, 0x12, 0x12);
  assert_pixel (image, 1, 0, 0xab, 0xab, 0xab);
}

static void
test_orientation (Fixture *fixture, gconstpointer data)
{
  /* APP1 with Exif, big end first, one entry: orientation 6, to be turned clockwise. */
  static const guint8 app1[] = {
      0xff, 0xe1, 0, 34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
      0,    1,    1, 0x12, 0,   3,   0,   0,   0, 1, 0,   6,   0, 0,  0, 0, 0, 0,
  };
  g_autoptr (GByteArray) bytes = make_picture ("jpeg");
  g_autofree char *plain_path = write_bytes (fixture, "a.jpg", bytes->data, bytes->len);
  g_autofree char *path = NULL;
  g_autoptr (LikenessImage) plain = NULL;
  g_autoptr (LikenessImage) image = NULL;
  g_autoptr (GByteArray) turned = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  const guint8 *corner;

  g_byte_array_append (turned, bytes->data, 2);
  g_byte_array_append (turned, app1, sizeof app1);
  g_byte_array_append (turned, bytes->data + 2, bytes->len - 2);
  path = write_bytes (fixture, "b.jpg", turned->data, turned->len);

  plain = likeness_image_load (plain_path, NULL, &error);
  g_assert_no_error (error);
  image = likeness_image_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (image->width, ==, 10);
  g_assert_cmpint (image->height, ==, 20);
  /* What was at the bottom left is at the top left now. */
  corner = plain->pixels + 9 * 20 * 3;
  assert_pixel (image, 0, 0, corner[0], corner[1], corner[2]);
}

static void
test_cut_off (Fixture *fixture, gconstpointer type)
{
  g_autoptr (GByteArray) bytes = make_picture (type);

  for (guint length = 4; length < bytes->len; length += length < 40 ? 3 : 17)
    {
      g_autofree char *path = write_bytes (fixture, "a", bytes->data, length);

      assert_refused (path, LIKENESS_ERROR_BAD_IMAGE, "");
    }
  for (guint missing = 1; missing <= 12; missing++)
    {
      g_autofree char *path
          = write_bytes (fixture, "a", bytes->data, bytes->len - missing);

      if (missing <= 2 || strcmp (type, "jpeg") != 0)
        assert_refused (path, LIKENESS_ERROR_BAD_IMAGE, "cut off");
    }
}

static void
test_trailing (Fixture *fixture, gconstpointer type)
{
  g_autoptr (GByteArray) bytes = make_picture (type);
  g_autofree char *path = NULL;

  g_byte_array_append (bytes, (const guint8 *)"behind the end\xff\xd8\xff\xc0", 18);
  path = write_bytes (fixture, "a", bytes->data, bytes->len);
  assert_accepted (path, 20, 10);
}

/* A cut-off photograph whose embedded preview has an end marker of its own. */
static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = make_picture ("jpeg");
  g_autoptr (GByteArray) photograph = g_byte_array_new ();
  guint8 segment[] = {0xff, 0xe1, (bytes->len + 2) >> 8, (bytes->len + 2) & 255};
  g_autofree char *path = NULL;

  g_byte_array_append (photograph, bytes->data, 2);
  g_byte_array_append (photograph, segment, sizeof segment);
  g_byte_array_append (photograph, bytes->data, bytes->len);
  g_byte_array_append (photograph, bytes->data + 2, bytes->len - 2);
  path = write_bytes (fixture, "whole.jpg", photograph->data, photograph->len);
  assert_accepted (path, 20, 10);
  g_free (path);
  path = write_bytes (fixture, "cut.jpg", photograph->data, photograph->len - 30);
  assert_refused (path, LIKENESS_ERROR_BAD_IMAGE, "cut off");
}

/* Kilobytes of address space that were ever in use. */
static guint64
get_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmPeak:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmPeak:"), NULL, 10) : 0;
}

static void
test_absurd_size (Fixture *fixture, gconstpointer data)
{
  static const char bmp[120]
      = "BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x60\xea\0\0\x60\xea\0\0\1\0\x18\0";
  static const char header[154]
      = "BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\xad\6\0\0\0\5\0\0\0\1\0\x18\0";
  g_autofree char *path = write_base64 (fixture, "huge.png", huge_png);
  guint64 before = get_peak ();

  assert_refused (path, LIKENESS_ERROR_TOO_LARGE, "60000 × 60000");
  g_free (path);
  path = write_bytes (fixture, "huge.ppm", "P6 60000 60000 255 1", 20);
  assert_refused (path, LIKENESS_ERROR_TOO_LARGE, "60000 × 60000");
  g_free (path);
  path = write_bytes (fixture, "huge.bmp", bmp, sizeof bmp);
  assert_refused (path, LIKENESS_ERROR_TOO_LARGE, "60000 × 60000");
  g_free (path);
  path = write_bytes (fixture, "just.pgm", "P5 8193 8192 255 1", 18);
  assert_refused (path, LIKENESS_ERROR_TOO_LARGE, "megapixels");
  g_free (path);
  path = write_bytes (fixture, "header.bmp", header, sizeof header);
  assert_refused (path, LIKENESS_ERROR_BAD_IMAGE, "header");
  /* All pixels would be 10.8 GB, and the last one's header says it has 2.9 GB. */
  g_assert_cmpuint (get_peak () - before, <, 100 * 1024);

  g_free (path);
  path = write_base64 (fixture, "flat.png", flat_png);
  assert_refused (path, LIKENESS_ERROR_BAD_IMAGE, "no pixels");
}

static void
test_missing_rows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_base64 (fixture, "short.png", short_png);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessImage) image = likeness_image_load (path, NULL, &error);

  g_assert_null (image);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = make_picture ("png");
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessImage) image = NULL;
  g_autofree char *path = NULL;

  bytes->data[bytes->len / 2] ^= 0x55;
  path = write_bytes (fixture, "a.png", bytes->data, bytes->len);
  image = likeness_image_load (path, NULL, &error);
  g_assert_null (image);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE);
}

static void
test_not_a_picture (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = write_bytes (fixture, "text.png", "Hello", 5);
  g_autofree char *empty = write_bytes (fixture, "empty.png", "", 0);
  g_autofree char *fifo = g_build_filename (fixture->root, "fifo.png", NULL);
  g_autofree char *missing = g_build_filename (fixture->root, "missing.png", NULL);
  g_autofree char *circle = g_build_filename (fixture->root, "circle.png", NULL);

  assert_refused (text, LIKENESS_ERROR_BAD_IMAGE, "PNG");
  assert_refused (empty, LIKENESS_ERROR_BAD_IMAGE, "empty");
  assert_refused (fixture->root, LIKENESS_ERROR_BAD_IMAGE, "regular file");
  assert_refused ("/dev/null", LIKENESS_ERROR_BAD_IMAGE, "regular file");
  /* Opening one that nobody writes to would wait for ever. */
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (fifo, LIKENESS_ERROR_BAD_IMAGE, "regular file");
  assert_refused (missing, LIKENESS_ERROR_NOT_FOUND, "not there");
  g_assert_cmpint (symlink ("circle.png", circle), ==, 0);
  assert_refused (circle, LIKENESS_ERROR_NOT_FOUND, "circle");
}

static void
test_not_readable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = make_picture ("png");
  g_autofree char *path = write_bytes (fixture, "a.png", bytes->data, bytes->len);

  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (!likeness_test_drop_rights (fixture->root))
    {
      g_test_skip ("Rights cannot be dropped here, and an administrator may read all.");
      return;
    }
  assert_refused (path, LIKENESS_ERROR_NOT_READABLE, "permissions");
  likeness_test_regain_rights ();
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = make_picture ("png");
  g_autofree char *path = write_bytes (fixture, "a.png", bytes->data, bytes->len);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessImage) image = NULL;

  g_cancellable_cancel (cancellable);
  image = likeness_image_load (path, cancellable, &error);
  g_assert_null (image);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_names (void)
{
  g_assert_true (likeness_image_is_picture_name ("a.png"));
  g_assert_true (likeness_image_is_picture_name ("\xff.x.JPEG"));
  g_assert_true (likeness_image_is_picture_name ("a.pgm"));
  g_assert_false (likeness_image_is_picture_name ("png"));
  g_assert_false (likeness_image_is_picture_name ("a.png.txt"));
  g_assert_false (likeness_image_is_picture_name ("dataset.json"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)
  ADD ("/image/load/types-by-content", NULL, test_types);
  ADD ("/image/load/pnm", NULL, test_pnm);
  ADD ("/image/load/webp", NULL, test_webp);
  ADD ("/image/load/alpha-on-black", NULL, test_alpha_on_black);
  ADD ("/image/load/grey-of-16-bits", NULL, test_grey);
  ADD ("/image/load/orientation", NULL, test_orientation);
  ADD ("/image/load/cancelled", NULL, test_cancelled);
  ADD ("/image/refused/cut-off/png", "png", test_cut_off);
  ADD ("/image/refused/cut-off/jpeg", "jpeg", test_cut_off);
  ADD ("/image/refused/cut-off/bmp", "bmp", test_cut_off);
  ADD ("/image/refused/cut-off/jpeg-with-a-preview", NULL, test_preview);
  ADD ("/image/refused/absurd-size", NULL, test_absurd_size);
  ADD ("/image/refused/missing-rows", NULL, test_missing_rows);
  ADD ("/image/refused/damaged", NULL, test_damaged);
  ADD ("/image/refused/not-a-picture", NULL, test_not_a_picture);
  ADD ("/image/refused/not-readable", NULL, test_not_readable);
  ADD ("/image/accepted/bytes-behind-the-end/png", "png", test_trailing);
  ADD ("/image/accepted/bytes-behind-the-end/jpeg", "jpeg", test_trailing);
#undef ADD
  g_test_add_func ("/image/names", test_names);
  return g_test_run ();
}
