/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-scan.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "likeness-dataset.h"
#include "likeness-display-name.h"
#include "likeness-image.h"
#include "likeness-string-hash.h"

static void
face_folder_free (gpointer data)
{
  LikenessFaceFolder *folder = data;

  g_clear_pointer (&folder->subject, g_ref_string_release);
  g_clear_pointer (&folder->relative, g_ref_string_release);
  g_clear_pointer (&folder->directory, g_ref_string_release);
  g_clear_pointer (&folder->low_relative, g_ref_string_release);
  g_clear_pointer (&folder->low_directory, g_ref_string_release);
  likeness_folder_listing_free (folder->listing);
  likeness_folder_listing_free (folder->low_listing);
  g_free (folder);
}

LikenessScan *
likeness_scan_new (const char *path, GCancellable *cancellable)
{
  LikenessScan *self = g_new0 (LikenessScan, 1);

  self->cancellable = cancellable;
  self->root = g_canonicalize_filename (path, NULL);
  self->real_root = realpath (self->root, NULL);
  self->visited = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
  self->folders = g_ptr_array_new_with_free_func (face_folder_free);
  self->skips = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_skip_free);
  self->skipped_subjects = g_hash_table_new_full (
      likeness_string_hash, g_str_equal, (GDestroyNotify)g_ref_string_release, NULL);
  return self;
}

void
likeness_scan_free (LikenessScan *self)
{
  if (self == NULL)
    return;
  g_free (self->root);
  free (self->real_root);
  g_hash_table_unref (self->visited);
  g_ptr_array_unref (self->folders);
  g_clear_pointer (&self->skips, g_ptr_array_unref);
  g_hash_table_unref (self->skipped_subjects);
  g_free (self->trouble);
  g_free (self);
}

void
likeness_scan_skip (LikenessScan *self,
                    const char *relative,
                    const char *name,
                    const char *reason)
{
  LikenessSkip *skip = g_new (LikenessSkip, 1);

  if (name != NULL)
    skip->path = likeness_scan_join (relative, name);
  else
    skip->path = g_strdup (*relative != '\0' ? relative : ".");
  skip->reason = g_strdup (reason);
  g_ptr_array_add (self->skips, skip);
}

void
likeness_scan_skip_picture (LikenessScan *self,
                            const LikenessFaceFolder *folder,
                            GRefString *subject,
                            const char *relative,
                            const char *name,
                            const char *reason)
{
  guint splits = GPOINTER_TO_UINT (g_hash_table_lookup (self->skipped_subjects, subject));

  likeness_scan_skip (self, relative, name, reason);
  g_hash_table_replace (self->skipped_subjects, g_ref_string_acquire (subject),
                        GUINT_TO_POINTER (splits | 1u << folder->split));
}

void
likeness_scan_skip_pictures (LikenessScan *self,
                             const char *relative,
                             const LikenessFolderListing *listing,
                             const char *reason)
{
  for (guint i = 0; i < likeness_folder_listing_get_n_entries (listing); i++)
    {
      const LikenessFolderEntry *entry = likeness_folder_listing_get_entry (listing, i);

      if (entry->kind == LIKENESS_ENTRY_BROKEN)
        likeness_scan_skip (self, relative, entry->name,
                            _ ("The link leads nowhere: remove it."));
      else if (entry->kind != LIKENESS_ENTRY_FOLDER
               && likeness_image_is_picture_name (entry->name))
        likeness_scan_skip (self, relative, entry->name, reason);
    }
}

void
likeness_scan_skip_folders (LikenessScan *self,
                            const char *relative,
                            const LikenessFolderListing *listing)
{
  for (guint i = 0; i < likeness_folder_listing_get_n_entries (listing); i++)
    {
      const LikenessFolderEntry *entry = likeness_folder_listing_get_entry (listing, i);

      if (entry->kind == LIKENESS_ENTRY_FOLDER)
        likeness_scan_skip (
            self, relative, entry->name,
            _ ("A folder inside a folder of faces is not looked into: move "
               "its pictures up."));
    }
}

static gboolean
leaves_root (LikenessScan *self, const char *path)
{
  char *real = realpath (path, NULL);
  gsize length = self->real_root != NULL ? strlen (self->real_root) : 0;
  gboolean inside;

  /* "/" is its own separator. */
  inside = real != NULL && length > 0 && strncmp (real, self->real_root, length) == 0
           && (length == 1 || real[length] == '/' || real[length] == '\0');
  free (real);
  return !inside;
}

gboolean
likeness_scan_visit (LikenessScan *self, const LikenessFolderListing *listing)
{
  return g_hash_table_add (self->visited,
                           g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                            listing->device, listing->inode));
}

char *
likeness_scan_join (const char *relative, const char *name)
{
  return *relative == '\0' ? g_strdup (name) : g_build_filename (relative, name, NULL);
}

GRefString *
likeness_scan_make_absolute (LikenessScan *self, const char *relative)
{
  g_autofree char *path = *relative == '\0'
                              ? g_strdup (self->root)
                              : g_build_filename (self->root, relative, NULL);

  return g_ref_string_new (path);
}

gsize
likeness_scan_measure_subject (const char *name)
{
  const char *end = strchr (name, '_');

  return end != NULL ? (gsize)(end - name) : 0;
}

/* A folder of faces that is being listed. */
typedef struct
{
  LikenessScan *scan;
  LikenessSplit split;
  const char *relative;
  const char *low_relative;
} Peek;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Sorted names tell one subject after the other. */
static void
stream_names (LikenessScanStream *stream,
              const Peek *peek,
              const GPtrArray *names,
              GRefString *directory,
              GRefString *low_directory)
{
  for (guint i = 0; i < names->len;)
    {
      const char *first = names->pdata[i];
      gsize length = likeness_scan_measure_subject (first) + 1;
      GRefString *subject = g_ref_string_new_len (first, (gssize)length - 1);

      for (; i < names->len && strncmp (names->pdata[i], first, length) == 0; i++)
        likeness_scan_stream_add_name (stream, names->pdata[i]);
      likeness_scan_stream_end_run (stream, subject, peek->split, directory,
                                    low_directory);
      g_ref_string_release (subject);
    }
}

static void
peek_cb (const LikenessFolderListing *begun, gpointer user_data)
{
  const Peek *peek = user_data;
  LikenessScanStream *stream = peek->scan->stream;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GRefString *directory, *low_directory = NULL;

  if (stream == NULL)
    return;
  for (guint i = 0; i < likeness_folder_listing_get_n_entries (begun); i++)
    {
      const LikenessFolderEntry *entry = likeness_folder_listing_get_entry (begun, i);

      if (entry->kind == LIKENESS_ENTRY_FILE
          && likeness_image_is_picture_name (entry->name)
          && likeness_scan_measure_subject (entry->name) > 0)
        g_ptr_array_add (names, entry->name);
    }
  g_ptr_array_sort (names, compare_names);
  directory = likeness_scan_make_absolute (peek->scan, peek->relative);
  if (peek->low_relative != NULL)
    low_directory = likeness_scan_make_absolute (peek->scan, peek->low_relative);
  stream_names (stream, peek, names, directory, low_directory);
  likeness_scan_stream_flush (stream);
  g_ref_string_release (directory);
  g_clear_pointer (&low_directory, g_ref_string_release);
}

static LikenessFolderListing *
enter (LikenessScan *self,
       const char *relative,
       gboolean is_link,
       gboolean once,
       LikenessFolderPeekFunc peek,
       gpointer user_data)
{
  g_autofree char *path = g_build_filename (self->root, relative, NULL);
  g_autoptr (LikenessFolderListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  if (is_link && leaves_root (self, path))
    {
      likeness_scan_skip (
          self, relative, NULL,
          _ ("The link leads out of the data set and is not followed: copy "
             "the folder here."));
      return NULL;
    }
  listing
      = likeness_folder_listing_new (path, peek, user_data, self->cancellable, &error);
  if (listing == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *name = likeness_display_name (relative);

      likeness_scan_skip (self, relative, NULL, error->message);
      if (self->trouble == NULL)
        self->trouble = g_strdup_printf ("%s: %s", name, error->message);
    }
  else if (listing != NULL && once && !likeness_scan_visit (self, listing))
    {
      likeness_scan_skip (
          self, relative, NULL,
          _ ("The link leads to a folder that is read anyway: remove it."));
      return NULL;
    }
  return g_steal_pointer (&listing);
}

LikenessFolderListing *
likeness_scan_enter (LikenessScan *self,
                     const char *relative,
                     gboolean is_link,
                     gboolean once)
{
  return enter (self, relative, is_link, once, NULL, NULL);
}

LikenessFolderListing *
likeness_scan_enter_faces (LikenessScan *self,
                           LikenessSplit split,
                           const char *relative,
                           const char *low_relative,
                           gboolean is_link)
{
  Peek peek = {self, split, relative, low_relative};

  return enter (self, relative, is_link, TRUE, peek_cb, &peek);
}

LikenessFolderListing *
likeness_scan_enter_root (LikenessScan *self, GError **error)
{
  Peek peek = {self, LIKENESS_SPLIT_NONE, "", NULL};

  return likeness_folder_listing_new (self->root, peek_cb, &peek, self->cancellable,
                                      error);
}

void
likeness_scan_add_folder (LikenessScan *self,
                          LikenessSplit split,
                          const char *subject,
                          const char *relative,
                          LikenessFolderListing *listing,
                          const char *low_relative,
                          LikenessFolderListing *low_listing)
{
  LikenessFaceFolder *folder = g_new0 (LikenessFaceFolder, 1);

  folder->split = split;
  folder->subject = subject != NULL ? g_ref_string_new (subject) : NULL;
  folder->relative = g_ref_string_new (relative);
  folder->directory = likeness_scan_make_absolute (self, relative);
  folder->listing = listing;
  if (low_relative != NULL)
    folder->low_relative = g_ref_string_new (low_relative);
  if (low_listing != NULL)
    folder->low_directory = likeness_scan_make_absolute (self, low_relative);
  folder->low_listing = low_listing;
  g_ptr_array_add (self->folders, folder);
}
