/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-image-probe.h"

#define CHUNK_BYTES 65536

typedef struct
{
  gboolean too_large;
  int rows; /* how far down pixels have come */
} Decoding;

LikenessImage *
likeness_image_new (int width, int height)
{
  LikenessImage *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail ((guint64)width * height <= LIKENESS_IMAGE_MAX_PIXELS, NULL);

  self = g_new (LikenessImage, 1);
  self->width = width;
  self->height = height;
  self->pixels = g_malloc0_n ((gsize)width * height, 3);
  return self;
}

void
likeness_image_free (LikenessImage *self)
{
  if (self == NULL)
    return;
  g_free (self->pixels);
  g_free (self);
}

gboolean
likeness_image_is_picture_name (const char *name)
{
  static const char *const extensions[]
      = {"png", "jpg", "jpeg", "jpe", "pgm", "ppm", "pnm", "pbm", "bmp", "webp"};
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (extensions); i++)
    if (g_ascii_strcasecmp (dot + 1, extensions[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
prefix_with_name (GError **error, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = likeness_display_name (base);

  g_prefix_error (error, "%s: ", name);
}

gboolean
likeness_image_check (const char *path, int *width, int *height, GError **error)
{
  LikenessImageProbe probe;
  int fd = likeness_image_probe_open (path, &probe, error);

  if (fd < 0)
    {
      prefix_with_name (error, path);
      return FALSE;
    }
  close (fd);
  if (width != NULL)
    *width = probe.width;
  if (height != NULL)
    *height = probe.height;
  return TRUE;
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Decoding *decoding = data;

  /* The header was looked at before, but the decoder may understand it otherwise. */
  if ((guint64)width * height <= LIKENESS_IMAGE_MAX_PIXELS)
    return;
  decoding->too_large = TRUE;
  gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
area_updated_cb (
    GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer data)
{
  Decoding *decoding = data;

  decoding->rows = MAX (decoding->rows, y + height);
}

static gboolean
feed (GdkPixbufLoader *loader, int fd, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  gssize n;

  while ((n = read (fd, chunk, CHUNK_BYTES)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_READABLE,
                       _ ("The file cannot be read (%s): check the disk."),
                       g_strerror (errno));
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !gdk_pixbuf_loader_write (loader, chunk, n, error))
        return FALSE;
    }
  return TRUE;
}

/* GdkPixbuf's errors become ours. */
static void
translate (GError **error, const Decoding *decoding)
{
  g_autoptr (GError) original = *error;

  *error = NULL;
  if (decoding->too_large
      || g_error_matches (original, GDK_PIXBUF_ERROR,
                          GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                         _ ("The picture is too large to be read: make it smaller."));
  else if (original->domain == LIKENESS_ERROR || original->domain == G_IO_ERROR)
    *error = g_steal_pointer (&original);
  else
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
                 /* Translators: %s is the decoder's reason */
                 _ ("The picture is damaged (%s): copy it again."), original->message);
}

static GdkPixbuf *
decode (int fd, const char *type, GCancellable *cancellable, GError **error)
{
  Decoding decoding = {0};
  g_autoptr (GError) local = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, &local);
  GdkPixbuf *pixbuf;

  if (loader != NULL)
    {
      g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb),
                        &decoding);
      g_signal_connect (loader, "area-updated", G_CALLBACK (area_updated_cb), &decoding);
      feed (loader, fd, cancellable, &local);
      /* A loader must be closed whatever happened; only the first error counts. */
      gdk_pixbuf_loader_close (loader, local == NULL ? &local : NULL);
    }
  if (local != NULL)
    {
      translate (&local, &decoding);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  /* A PNG whose data end too early decodes without an error, to rows of nothing. */
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL
      || (strcmp (type, "png") == 0 && decoding.rows < gdk_pixbuf_get_height (pixbuf)))
    {
      g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
                           _ ("The picture lacks some of its pixels: copy it again."));
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

static void
convert_row (const guint8 *source, guint8 *target, int width, gboolean has_alpha)
{
  if (!has_alpha)
    {
      memcpy (target, source, (gsize)width * 3);
      return;
    }
  for (int x = 0; x < width; x++, source += 4, target += 3)
    for (int c = 0; c < 3; c++)
      target[c] = (source[c] * source[3] + 127) / 255;
}

static LikenessImage *
convert (GdkPixbuf *pixbuf)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  LikenessImage *image = likeness_image_new (gdk_pixbuf_get_width (pixbuf),
                                             gdk_pixbuf_get_height (pixbuf));

  for (int y = 0; y < image->height; y++)
    convert_row (pixels + (gsize)y * stride, image->pixels + (gsize)y * image->width * 3,
                 image->width, gdk_pixbuf_get_has_alpha (pixbuf));
  return image;
}

LikenessImage *
likeness_image_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  LikenessImageProbe probe;
  int fd;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  fd = likeness_image_probe_open (path, &probe, error);
  if (fd >= 0)
    {
      pixbuf = decode (fd, probe.type, cancellable, error);
      close (fd);
    }
  if (pixbuf == NULL)
    {
      if (!g_cancellable_is_cancelled (cancellable))
        prefix_with_name (error, path);
      return NULL;
    }
  return convert (pixbuf);
}
