/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-test-zip.h"

#include <archive.h>
#include <archive_entry.h>

static void
add (struct archive *zip, const LikenessTestMember *member)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, member->name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, member->length);
  if (member->deflate)
    archive_write_zip_set_compression_deflate (zip);
  else
    archive_write_zip_set_compression_store (zip);
  g_assert_cmpint (archive_write_header (zip, entry), ==, ARCHIVE_OK);
  if (member->length > 0)
    g_assert_cmpint (archive_write_data (zip, member->data, member->length), ==,
                     member->length);
  archive_entry_free (entry);
}

void
likeness_test_zip_write (const char *path, const LikenessTestMember *members, gsize n)
{
  struct archive *zip = archive_write_new ();

  g_assert_cmpint (archive_write_set_format_zip (zip), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open_filename (zip, path), ==, ARCHIVE_OK);
  for (gsize i = 0; i < n; i++)
    add (zip, &members[i]);
  g_assert_cmpint (archive_write_close (zip), ==, ARCHIVE_OK);
  archive_write_free (zip);
}

void
likeness_test_zip_write_pickle (const char *path,
                                const void *pickle,
                                gsize length,
                                const void *storage,
                                gsize n_storage)
{
  const LikenessTestMember members[] = {
      {"net/data.pkl", pickle, length},
      {"net/data/0", storage, n_storage},
  };

  likeness_test_zip_write (path, members, storage != NULL ? 2 : 1);
}
