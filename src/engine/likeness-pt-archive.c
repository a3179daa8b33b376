/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pt-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "likeness-quote.h"
#include "likeness-string-hash.h"
#include "likeness-torch.h"

#define MAX_MEMBERS 65536
/* libarchive takes in the whole list of members, some 200 bytes for each, before it tells
 * the first one. */
#define MAX_LISTING (16 * 1024 * 1024)
#define BLOCK 65536

typedef struct
{
  LikenessWeightsFile *file;
  guint64 at;      /* where the archive is read */
  guint64 listing; /* bytes read before the first member */
  struct archive *archive;
  GHashTable *members; /* name -> GBytes, those that matter; NULL: any other */
  guint64 left;        /* bytes that may still be read */
  gboolean script;
  char *first; /* the first member's name, for messages */
  guint8 block[BLOCK];
} Reader;

static void
clear (Reader *self)
{
  g_clear_pointer (&self->archive, archive_read_free);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_clear_pointer (&self->first, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, clear)

G_GNUC_PRINTF (3, 4)
static gboolean
refuse (const Reader *self, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
               _ ("“%s” is damaged: %s. Download or save it again."), self->file->name,
               what);
  return FALSE;
}

/* The name behind "NAME/". */
static const char *
get_local_name (const char *name)
{
  const char *slash = strchr (name, '/');

  return slash != NULL && slash > name ? slash + 1 : NULL;
}

static gboolean
matters (const char *name)
{
  const char *local = get_local_name (name);

  return local != NULL
         && (strcmp (local, "data.pkl") == 0 || strcmp (local, "byteorder") == 0
             || g_str_has_prefix (local, "data/"));
}

static void
note_script (Reader *self, const char *name)
{
  const char *local = get_local_name (name);

  if (local != NULL
      && (g_str_has_prefix (local, "code/") || strcmp (local, "constants.pkl") == 0))
    self->script = TRUE;
}

static GBytes *
read_member (Reader *self, struct archive_entry *entry, const char *name, GError **error)
{
  const char *format = archive_format_name (self->archive);
  g_autofree guint8 *data = NULL;
  guint8 beyond;
  gint64 size = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1;
  gssize n = 0;

  if (format != NULL && strchr (format, '(') != NULL
      && strstr (format, "(uncompressed)") == NULL)
    {
      refuse (self, error, _ ("its member “%s” is compressed, as PyTorch never does"),
              name);
      return NULL;
    }
  if (size < 0 || (guint64)size > self->left)
    {
      refuse (self, error, _ ("its member “%s” claims more than the file holds"), name);
      return NULL;
    }
  self->left -= size;
  data = g_try_malloc (MAX (size, 1));
  if (data == NULL)
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY,
                   _ ("There is not enough memory to read “%s”: close something."),
                   self->file->name);
      return NULL;
    }
  if (size > 0)
    n = archive_read_data (self->archive, data, size);
  /* The checksum is compared where the member ends. */
  if (n != size || archive_read_data (self->archive, &beyond, 1) != 0)
    {
      const char *reason = archive_error_string (self->archive);

      refuse (self, error, _ ("its member “%s” cannot be read (%s)"), name,
              reason != NULL ? reason : _ ("wrong size"));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static gboolean
add_member (Reader *self, struct archive_entry *entry, GError **error)
{
  const char *name = archive_entry_pathname_utf8 (entry);
  g_autofree char *quoted = NULL;
  GBytes *bytes = NULL;

  if (name == NULL)
    name = archive_entry_pathname (entry);
  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return refuse (self, error, _ ("the name of a member cannot be read"));
  quoted = likeness_quote (name);
  if (self->first == NULL)
    self->first = likeness_quote (name);
  if (g_hash_table_contains (self->members, name))
    return refuse (self, error, _ ("its member “%s” comes twice"), quoted);
  if (g_hash_table_size (self->members) == MAX_MEMBERS)
    return refuse (self, error, _ ("it has too many members"));
  note_script (self, name);
  if (matters (name) && archive_entry_filetype (entry) == AE_IFREG)
    {
      bytes = read_member (self, entry, quoted, error);
      if (bytes == NULL)
        return FALSE;
    }
  g_hash_table_insert (self->members, g_strdup (name), bytes);
  return TRUE;
}

static la_ssize_t
read_cb (struct archive *archive, void *user_data, const void **block)
{
  Reader *self = user_data;
  gssize n;

  if (self->first == NULL && self->listing > MAX_LISTING)
    {
      archive_set_error (archive, EFBIG, "%s", _ ("it is far too long"));
      return -1;
    }
  do
    n = pread (self->file->fd, self->block, BLOCK, self->at);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    archive_set_error (archive, errno, "%s", g_strerror (errno));
  else
    {
      self->at += n;
      self->listing += n;
    }
  *block = self->block;
  return n;
}

static la_int64_t
seek_cb (struct archive *archive, void *user_data, la_int64_t offset, int whence)
{
  Reader *self = user_data;
  gint64 from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->at : self->file->size;

  if (offset < -from || offset > (gint64)self->file->size - from)
    return ARCHIVE_FATAL;
  self->at = from + offset;
  return self->at;
}

static gboolean
read_members (Reader *self, GCancellable *cancellable, GError **error)
{
  struct archive_entry *entry;
  int status;

  archive_read_support_format_zip_seekable (self->archive);
  archive_read_set_read_callback (self->archive, read_cb);
  archive_read_set_seek_callback (self->archive, seek_cb);
  archive_read_set_callback_data (self->archive, self);
  status = archive_read_open1 (self->archive);
  while (status >= ARCHIVE_WARN)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      status = archive_read_next_header (self->archive, &entry);
      if (status == ARCHIVE_EOF)
        return TRUE;
      if (status >= ARCHIVE_WARN && !add_member (self, entry, error))
        return FALSE;
    }
  return refuse (self, error, _ ("its list of members cannot be read (%s)"),
                 archive_error_string (self->archive));
}

/* The "NAME/" before the one data.pkl. */
static char *
find_prefix (Reader *self, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer bytes;
  g_autofree char *prefix = NULL;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    if (bytes != NULL && strcmp (get_local_name (name), "data.pkl") == 0)
      {
        if (prefix != NULL)
          {
            refuse (self, error, _ ("it holds two networks"));
            return NULL;
          }
        prefix = g_strndup (name, get_local_name (name) - (const char *)name);
      }
  if (prefix == NULL && self->first == NULL)
    likeness_weights_file_refuse (self->file, error);
  else if (prefix == NULL)
    g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                 _ ("“%s” holds no weights: it is a zip archive with “%s” in it. Choose "
                    "a .pt or .safetensors file."),
                 self->file->name, self->first);
  else
    return g_steal_pointer (&prefix);
  return NULL;
}

static gboolean
is_big_endian (Reader *self, const char *prefix)
{
  g_autofree char *name = g_strconcat (prefix, "byteorder", NULL);
  GBytes *bytes = g_hash_table_lookup (self->members, name);
  gsize length = 0;
  const char *order = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return length == 3 && memcmp (order, "big", 3) == 0;
}

static LikenessPtArchive *
sort_members (Reader *self, const char *prefix)
{
  LikenessPtArchive *archive = g_new0 (LikenessPtArchive, 1);
  gsize length = strlen (prefix);
  GHashTableIter iter;
  gpointer name;
  gpointer bytes;

  archive->script = self->script;
  archive->storages = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free,
                                             (GDestroyNotify)g_bytes_unref);
  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      const char *local = (const char *)name + length;

      if (bytes == NULL || !g_str_has_prefix (name, prefix))
        continue;
      if (strcmp (local, "data.pkl") == 0)
        archive->pickle = g_bytes_ref (bytes);
      else if (g_str_has_prefix (local, "data/"))
        g_hash_table_insert (archive->storages, g_strdup (local + strlen ("data/")),
                             g_bytes_ref (bytes));
    }
  return archive;
}

static void
free_bytes (gpointer bytes)
{
  if (bytes != NULL)
    g_bytes_unref (bytes);
}

LikenessPtArchive *
likeness_pt_archive_read (LikenessWeightsFile *file,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (Reader) self = {0};
  g_autofree char *prefix = NULL;

  self.file = file;
  self.archive = archive_read_new ();
  self.members
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, free_bytes);
  self.left = file->size;
  if (!read_members (&self, cancellable, error))
    return NULL;
  prefix = find_prefix (&self, error);
  if (prefix == NULL)
    return NULL;
  if (is_big_endian (&self, prefix))
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                   _ ("“%s” was saved on a big-endian machine: load and save it on an "
                      "ordinary one."),
                   file->name);
      return NULL;
    }
  return sort_members (&self, prefix);
}

void
likeness_pt_archive_free (LikenessPtArchive *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pickle, g_bytes_unref);
  g_clear_pointer (&self->storages, g_hash_table_unref);
  g_free (self);
}
