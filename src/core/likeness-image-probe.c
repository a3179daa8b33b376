/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image-probe.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "likeness-error.h"
#include "likeness-image-format.h"
#include "likeness-image.h"

/* No picture within the cap on pixels needs more, even as plain 64-bit samples. */
#define MAX_FILE_BYTES (G_GUINT64_CONSTANT (8) * LIKENESS_IMAGE_MAX_PIXELS)

static void
set_file_error (int code, GError **error)
{
  if (code == ENOENT || code == ENOTDIR)
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                         _ ("The file is not there: it was moved or removed, or the link "
                            "to it leads nowhere."));
  else if (code == ELOOP)
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                         _ ("The link leads in a circle: remove it."));
  else
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_READABLE,
                 /* Translators: %s is the system's reason */
                 _ ("The file cannot be read (%s): check its permissions and the disk."),
                 g_strerror (code));
}

static int
open_regular (const char *path, guint64 *size, GError **error)
{
  struct stat status;
  int fd = -1;

  /* Opening a device can have an effect of its own, so it is looked at first. The second
   * look is for what was put there in between; O_NONBLOCK lets a FIFO not hold us. */
  if (stat (path, &status) != 0
      || (S_ISREG (status.st_mode)
          && ((fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) < 0
              || fstat (fd, &status) != 0)))
    {
      int code = errno;

      if (fd >= 0)
        close (fd);
      set_file_error (code, error);
      return -1;
    }
  if (fd < 0 || !S_ISREG (status.st_mode))
    {
      if (fd >= 0)
        close (fd);
      g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
                           _ ("It is not a regular file: remove it."));
      return -1;
    }
  *size = status.st_size;
  return fd;
}

static gpointer
list_loaders (gpointer data)
{
  GHashTable *types = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *l = formats; l != NULL; l = l->next)
    g_hash_table_add (types, gdk_pixbuf_format_get_name (l->data));
  return types;
}

static gboolean
has_loader (const char *type)
{
  static GOnce once = G_ONCE_INIT;

  return g_hash_table_contains (g_once (&once, list_loaders, NULL), type);
}

static gboolean
check_size (int width, int height, GError **error)
{
  if (width == 0 || height == 0)
    {
      g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
                           _ ("The picture has no pixels: make it again."));
      return FALSE;
    }
  if ((guint64)width * height > LIKENESS_IMAGE_MAX_PIXELS)
    {
      g_set_error (
          error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
          _ ("The picture claims %d × %d pixels, and more than 64 megapixels are "
             "not read: make it smaller."),
          width, height);
      return FALSE;
    }
  return TRUE;
}

static gboolean
probe_format (LikenessByteWindow *file, LikenessImageProbe *probe, GError **error)
{
  const LikenessImageFormat *format = likeness_image_format_find (file);

  if (file->size == 0)
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
                         _ ("The file is empty: copy it again."));
  else if (file->size > MAX_FILE_BYTES)
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                         _ ("The file is larger than any picture that is read (512 MiB): "
                            "make it smaller."));
  else if (format == NULL)
    g_set_error_literal (
        error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
        _ ("It holds no PNG, JPEG, PGM, PPM, BMP or WebP picture: convert "
           "it to PNG."));
  else if (!has_loader (format->type))
    g_set_error (
        error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
        /* Translators: %s is a kind of image file, such as WebP */
        _ ("%s pictures cannot be read on this system: install GdkPixbuf’s loader "
           "for them, or convert it to PNG."),
        format->label);
  else if (!format->measure (file, &probe->width, &probe->height))
    g_set_error (
        error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
        _ ("The header of this %s picture is damaged or cut off: copy it again."),
        format->label);
  else if (check_size (probe->width, probe->height, error))
    {
      probe->type = format->type;
      if (format->is_whole (file, probe->width, probe->height))
        return TRUE;
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
                   _ ("This %s picture is cut off before its end: copy it again."),
                   format->label);
    }
  return FALSE;
}

static guint64
take_fingerprint (LikenessByteWindow *file, guint64 seed)
{
  return XXH3_64bits_withSeed (file->bytes, file->length, seed);
}

int
likeness_image_probe_open (const char *path, LikenessImageProbe *probe, GError **error)
{
  g_autoptr (GError) local = NULL;
  LikenessByteWindow file;
  gboolean good;
  int fd;

  fd = open_regular (path, &probe->size, error);
  if (fd < 0)
    return -1;

  likeness_byte_window_init (&file, fd, probe->size);
  likeness_byte_window_move (&file, 0);
  probe->fingerprint = take_fingerprint (&file, 0);
  good = probe_format (&file, probe, &local);
  likeness_byte_window_move (&file, probe->size - MIN (probe->size, sizeof file.bytes));
  probe->fingerprint = take_fingerprint (&file, probe->fingerprint);
  if (file.code != 0)
    {
      /* What the bytes seemed to say does not count where the disk did not give them. */
      set_file_error (file.code, error);
      good = FALSE;
    }
  else if (!good)
    g_propagate_error (error, g_steal_pointer (&local));
  if (good)
    return fd;
  close (fd);
  return -1;
}
