/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-weights-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-quote.h"
#include "likeness-torch.h"

/* Read between two looks at the cancellable. */
#define PIECE_BYTES (1024 * 1024)

static gboolean
is_text (const guint8 *start, gsize n)
{
  const char *end;

  /* A character that the end of the excerpt cuts in two is still text. */
  if (!g_utf8_validate_len ((const char *)start, n, &end)
      && n - (gsize)((const guint8 *)end - start) >= 4)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (start[i] < 0x20 && (start[i] < '\t' || start[i] > '\r'))
      return FALSE;
  return n > 0;
}

static LikenessWeightsFileKind
recognise (const LikenessWeightsFile *self)
{
  const guint8 *start = self->start;
  guint64 header = 0;

  for (int i = 0; i < 8; i++)
    header |= (guint64)start[i] << (8 * i);
  if (self->n_start >= 4 && memcmp (start, "PK\003\004", 4) == 0)
    return LIKENESS_WEIGHTS_FILE_ZIP;
  if (self->n_start >= 2 && start[0] == 0x80 && start[1] >= 2 && start[1] <= 5)
    return LIKENESS_WEIGHTS_FILE_PICKLE;
  if (is_text (start, self->n_start))
    return LIKENESS_WEIGHTS_FILE_TEXT;
  /* A cut-off one as well, so that it is called that. */
  if (self->n_start > 8 && start[8] == '{' && header <= G_MAXUINT32)
    return LIKENESS_WEIGHTS_FILE_SAFETENSORS;
  return LIKENESS_WEIGHTS_FILE_OTHER;
}

static void
set_system_error (GError **error, const char *path, int number)
{
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *name = likeness_quote (display);

  if (number == ENOENT || number == ENOTDIR)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                 _ ("There is no file “%s”: check the path."), name);
  else
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_READABLE,
                 _ ("“%s” cannot be read: %s. Check its permissions and the disk."), name,
                 g_strerror (number));
}

static gboolean
check_status (LikenessWeightsFile *self, const struct stat *status, GError **error)
{
  if (S_ISDIR (status->st_mode))
    g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                 _ ("“%s” is a folder: choose the weights file in it."), self->name);
  else if (!S_ISREG (status->st_mode))
    g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                 _ ("“%s” is no ordinary file: choose a .pt or .safetensors file."),
                 self->name);
  else if (status->st_size == 0)
    g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                 _ ("“%s” is empty: download or save it again."), self->name);
  else if ((guint64)status->st_size > LIKENESS_WEIGHTS_FILE_MAX_SIZE)
    {
      g_autofree char *size = g_format_size (status->st_size);

      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                   _ ("“%s” has %s, far more than any network for faces: choose another "
                      "file."),
                   self->name, size);
    }
  else
    return TRUE;
  return FALSE;
}

LikenessWeightsFile *
likeness_weights_file_open (const char *path, GError **error)
{
  g_autoptr (LikenessWeightsFile) self = g_new0 (LikenessWeightsFile, 1);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *display = g_filename_display_name (base);
  struct stat status;

  self->path = g_strdup (path);
  self->name = likeness_quote (display);
  /* Without O_NONBLOCK opening a pipe waits for its writer. */
  self->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      set_system_error (error, path, errno);
      return NULL;
    }
  if (!check_status (self, &status, error))
    return NULL;
  self->size = status.st_size;
  self->n_start = MIN (self->size, sizeof self->start);
  if (!likeness_weights_file_read (self, 0, self->start, self->n_start, error))
    return NULL;
  self->kind = recognise (self);
  return g_steal_pointer (&self);
}

void
likeness_weights_file_close (LikenessWeightsFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

gboolean
likeness_weights_file_read (
    LikenessWeightsFile *self, guint64 offset, void *buffer, gsize length, GError **error)
{
  guint8 *out = buffer;

  while (length > 0)
    {
      gssize n = pread (self->fd, out, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_system_error (error, self->path, errno);
          return FALSE;
        }
      if (n == 0)
        {
          g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                       _ ("“%s” is cut off: download or save it again."), self->name);
          return FALSE;
        }
      out += n;
      offset += n;
      length -= n;
    }
  return TRUE;
}

GBytes *
likeness_weights_file_read_program (LikenessWeightsFile *self,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autofree guint8 *bytes = NULL;

  if (self->kind != LIKENESS_WEIGHTS_FILE_ZIP)
    {
      likeness_weights_file_refuse (self, error);
      return NULL;
    }
  bytes = g_try_malloc (self->size);
  if (bytes == NULL)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                   _ ("“%s” does not fit into memory. Use a machine with more."),
                   self->name);
      return NULL;
    }
  for (guint64 offset = 0; offset < self->size; offset += PIECE_BYTES)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !likeness_weights_file_read (self, offset, bytes + offset,
                                        MIN (PIECE_BYTES, self->size - offset), error))
      return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), self->size);
}

/* The first words, so that a saved web page or a large-file pointer is recognised. */
static char *
quote_first_line (const LikenessWeightsFile *self)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)self->start, self->n_start);

  g_strchug (text);
  text[strcspn (text, "\r\n")] = '\0';
  if (g_utf8_strlen (text, -1) > 40)
    *g_utf8_offset_to_pointer (text, 40) = '\0';
  return likeness_quote (text);
}

gboolean
likeness_weights_file_refuse (LikenessWeightsFile *self, GError **error)
{
  g_autofree char *found = NULL;

  switch (self->kind)
    {
    case LIKENESS_WEIGHTS_FILE_TEXT:
      {
        g_autofree char *line = quote_first_line (self);

        found = g_strdup_printf (
            _ ("a text file that begins “%s”; if it came from the web, the "
               "download went wrong"),
            line);
        break;
      }
    case LIKENESS_WEIGHTS_FILE_PICKLE:
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                   _ ("“%s” was written by an old PyTorch: load it in Python and save it "
                      "again with a current PyTorch."),
                   self->name);
      return FALSE;
    case LIKENESS_WEIGHTS_FILE_ZIP:
      found = g_strdup (_ ("a zip archive"));
      break;
    case LIKENESS_WEIGHTS_FILE_SAFETENSORS:
      found = g_strdup (_ ("a safetensors file"));
      break;
    case LIKENESS_WEIGHTS_FILE_OTHER:
    default:
      {
        g_autofree char *type
            = g_content_type_guess (NULL, self->start, self->n_start, NULL);
        g_autofree char *description = g_content_type_get_description (type);

        found = g_strdup_printf (_ ("something else (%s)"), description);
      }
    }
  g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
               _ ("“%s” holds no weights: it is %s. Choose a .pt or .safetensors file."),
               self->name, found);
  return FALSE;
}
