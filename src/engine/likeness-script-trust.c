/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-script-trust.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-torch.h"

#define DIGEST_TEXT 64 /* hexadecimal digits of SHA-256 */
/* More than the list ever has: it was not written here, and nothing of it counts. */
#define MAX_BYTES ((gsize)2 * LIKENESS_SCRIPT_TRUST_MAX * (DIGEST_TEXT + 1))
/* Read between two looks at the cancellable. */
#define PIECE_BYTES (4 * 1024 * 1024)

char *
likeness_script_trust_get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "likeness", "trusted-scripts", NULL);
}

/* (transfer full): NULL: cancelled */
static char *
make_digest (GBytes *program, GCancellable *cancellable)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size;
  const guint8 *data = g_bytes_get_data (program, &size);

  for (gsize i = 0; i < size; i += PIECE_BYTES)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      g_checksum_update (checksum, data + i, (gssize)MIN (PIECE_BYTES, size - i));
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Up to @size bytes; -1 with errno. */
static gssize
read_all (int fd, char *buffer, gsize size)
{
  gsize n = 0;

  while (n < size)
    {
      gssize part = read (fd, buffer + n, size - n);

      if (part < 0 && errno == EINTR)
        continue;
      if (part < 0)
        return -1;
      if (part == 0)
        break;
      n += (gsize)part;
    }
  return (gssize)n;
}

/* (transfer full) (nullable): the text of the list, as far as there is one; @gone:
 * whether there is nothing at @path, or what is there is no list, so that a new one may
 * take its place. */
static char *
read_text (const char *path, gboolean *gone)
{
  g_autofree char *text = NULL;
  struct stat status;
  gssize n = -1;
  /* Without O_NONBLOCK opening a pipe waits for its writer. */
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);

  *gone = fd < 0 && errno == ENOENT;
  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    {
      /* One more, as the file may grow beyond the size that it tells. */
      text = g_malloc (MAX_BYTES + 1);
      n = read_all (fd, text, MAX_BYTES + 1);
    }
  close (fd);
  *gone = n > (gssize)MAX_BYTES;
  if (n < 0 || *gone)
    return NULL;
  text[n] = '\0';
  return g_steal_pointer (&text);
}

static gboolean
is_digest (const char *line)
{
  gsize n = strspn (line, "0123456789abcdef");

  return n == DIGEST_TEXT && line[n] == '\0';
}

/* The digests of the list, in its order; lines that are none are left out. @writable:
 * (optional): whether the list can be replaced without losing what cannot be read. */
static GPtrArray *
read_list (const char *path, gboolean *writable)
{
  GPtrArray *digests = g_ptr_array_new_with_free_func (g_free);
  gboolean gone;
  g_autofree char *text = read_text (path, &gone);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (char **line = lines; line != NULL && *line != NULL; line++)
    if (is_digest (*line))
      g_ptr_array_add (digests, g_strdup (*line));
  if (writable != NULL)
    *writable = text != NULL || gone;
  return digests;
}

gboolean
likeness_script_trust_check (GBytes *program,
                             const char *name,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autofree char *path = likeness_script_trust_get_path ();
  g_autofree char *digest = make_digest (program, cancellable);
  g_autoptr (GPtrArray) digests = NULL;

  if (digest == NULL)
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    }
  digests = read_list (path, NULL);
  if (g_ptr_array_find_with_equal_func (digests, digest, g_str_equal, NULL))
    return TRUE;
  g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED,
               _ ("This run enlarges faces by a program, “%s”, that you have not agreed "
                  "to run: nothing of it was run."),
               name);
  return FALSE;
}

void
likeness_script_trust_remember (GBytes *program, GCancellable *cancellable)
{
  g_autofree char *path = likeness_script_trust_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *digest = make_digest (program, cancellable);
  g_autoptr (GPtrArray) digests = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean writable;

  if (digest == NULL)
    return;
  digests = read_list (path, &writable);
  if (!writable || g_ptr_array_find_with_equal_func (digests, digest, g_str_equal, NULL))
    return;
  g_ptr_array_add (digests, g_steal_pointer (&digest));
  if (digests->len > LIKENESS_SCRIPT_TRUST_MAX)
    g_ptr_array_remove_range (digests, 0, digests->len - LIKENESS_SCRIPT_TRUST_MAX);
  text = g_string_new (NULL);
  for (guint i = 0; i < digests->len; i++)
    g_string_append_printf (text, "%s\n", (const char *)digests->pdata[i]);
  if (g_mkdir_with_parents (folder, 0700) != 0
      || !g_file_set_contents_full (path, text->str, (gssize)text->len,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("Trusted programs are not remembered: %s",
             error != NULL ? error->message : g_strerror (errno));
}
