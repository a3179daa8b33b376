/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-pixel-source.h"
#include "likeness-run-config.h"
#include "likeness-test-cache.h"
#include "likeness-test-tree.h"

/* What is done to a cache file; the next load repairs it without a word. */

#define N LIKENESS_TEST_CACHE_FACES
#define INPUT 12

typedef struct
{
  const char *name;
  void (*damage) (const char *path);
  guint n_decoded; /* the next time */
} Case;

static char *
find_file (void)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "likeness", "faces", NULL);
  g_auto (GStrv) names = likeness_test_tree_list (folder);

  g_assert_cmpuint (g_strv_length (names), ==, 1);
  return g_build_filename (folder, names[0], NULL);
}

static guint64
get_pixels_offset (void)
{
  guint64 offset;
  guint64 size;

  g_assert_true (likeness_pixel_cache_lay_out (N, 2, &offset, &size));
  return offset;
}

static void
flip (const char *path, goffset offset)
{
  int file = open (path, O_RDWR | O_CLOEXEC);
  guint8 byte;

  g_assert_cmpint (pread (file, &byte, 1, offset), ==, 1);
  byte ^= 0x10;
  g_assert_cmpint (pwrite (file, &byte, 1, offset), ==, 1);
  close (file);
}

static void
flip_record (const char *path)
{
  flip (path, sizeof (LikenessPixelHeader) + 3 * sizeof (LikenessPixelRecord) + 20);
}

static void
flip_best (const char *path)
{
  flip (path, (goffset)get_pixels_offset () + 3 * LIKENESS_FACE_BYTES + 500);
}

static void
flip_probe (const char *path)
{
  flip (path, (goffset)get_pixels_offset () + (N + 4) * LIKENESS_FACE_BYTES);
}

/* The header as @change wants it, with a good checksum as far as that can be. */
static void
change_header (const char *path, void (*change) (LikenessPixelHeader *header))
{
  LikenessPixelHeader header;
  LikenessPixelRecord records[N];
  int file = open (path, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (read (file, &header, sizeof header), ==, sizeof header);
  g_assert_cmpint (read (file, records, sizeof records), ==, sizeof records);
  change (&header);
  if (header.n <= N)
    header.checksum = likeness_pixel_cache_sum (&header, records);
  g_assert_cmpint (pwrite (file, &header, sizeof header, 0), ==, sizeof header);
  close (file);
}

static void
set_version (LikenessPixelHeader *header)
{
  header->version++;
}

static void
set_magic (LikenessPixelHeader *header)
{
  header->magic[7] = '!';
}

static void
set_huge (LikenessPixelHeader *header)
{
  header->n = G_MAXUINT64 / sizeof (LikenessPixelRecord) + 2;
}

static void
set_many (LikenessPixelHeader *header)
{
  header->n = N + 1;
}

static void
set_fewer (LikenessPixelHeader *header)
{
  header->n = N - 1;
}

static void
set_none (LikenessPixelHeader *header)
{
  header->n = 0;
}

static void
set_planes (LikenessPixelHeader *header)
{
  header->n_planes = 0;
}

static void
set_one_plane (LikenessPixelHeader *header)
{
  header->n_planes = 1;
}

static void
set_family (LikenessPixelHeader *header)
{
  header->family++;
}

#define CHANGE(name)                                                                     \
  static void change_##name (const char *path) { change_header (path, set_##name); }

CHANGE (version)
CHANGE (magic)
CHANGE (huge)
CHANGE (many)
CHANGE (fewer)
CHANGE (none)
CHANGE (planes)
CHANGE (one_plane)
CHANGE (family)

static void
cut (const char *path)
{
  struct stat status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (truncate (path, status.st_size - 1), ==, 0);
}

static void
cut_records (const char *path)
{
  g_assert_cmpint (truncate (path, sizeof (LikenessPixelHeader) + 100), ==, 0);
}

static void
empty (const char *path)
{
  g_assert_cmpint (truncate (path, 0), ==, 0);
}

static void
append (const char *path)
{
  struct stat status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (truncate (path, status.st_size + 1), ==, 0);
}

static void
remove_it (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* A pipe would hold whoever opens it. */
static void
make_pipe (const char *path)
{
  remove_it (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static const Case cases[] = {
    {"cut", cut, N},
    {"cut-in-records", cut_records, N},
    {"empty", empty, N},
    {"longer", append, N},
    {"removed", remove_it, N},
    {"pipe", make_pipe, N},
    {"bit/record", flip_record, N},
    {"bit/best", flip_best, 1},
    {"bit/probe", flip_probe, 1},
    {"header/version", change_version, N},
    {"header/magic", change_magic, N},
    {"header/huge-n", change_huge, N},
    {"header/one-more", change_many, N},
    {"header/one-less", change_fewer, N},
    {"header/none", change_none, N},
    {"header/no-plane", change_planes, N},
    {"header/one-plane", change_one_plane, N},
    {"header/other-family", change_family, N},
};

static guint
count_decoded (const LikenessFaceList *list)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPixels) pixels
      = likeness_pixels_load (list, INPUT, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pixels->cache);
  likeness_test_cache_check (list, INPUT, pixels);
  return pixels->n_decoded;
}

static void
test_damage (gconstpointer user_data)
{
  const Case *self = user_data;
  g_autofree char *root = likeness_test_tree_new ();
  LikenessFaceList list = likeness_test_cache_draw (root);
  g_autofree char *path = NULL;

  g_assert_cmpuint (count_decoded (&list), ==, N);
  path = find_file ();
  self->damage (path);
  g_assert_cmpuint (count_decoded (&list), ==, self->n_decoded);
  g_assert_cmpuint (count_decoded (&list), ==, 0);
  likeness_test_cache_clear (&list);
  likeness_test_tree_remove (root);
}

/* A file that was given another one's name has other pixels. */
static void
test_other_input (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  LikenessFaceList list = likeness_test_cache_draw (root);
  g_autofree char *path = NULL;
  g_autofree char *kept = g_build_filename (root, "kept", NULL);

  g_assert_cmpuint (count_decoded (&list), ==, N);
  path = find_file ();
  g_assert_cmpint (g_unlink (path), ==, 0);
  likeness_pixels_free (likeness_pixels_load (&list, 16, NULL, NULL, NULL));
  g_free (g_steal_pointer (&path));
  path = find_file ();
  g_assert_cmpint (g_rename (path, kept), ==, 0);
  g_assert_cmpuint (count_decoded (&list), ==, N);
  g_free (g_steal_pointer (&path));
  path = find_file ();
  g_assert_cmpint (g_rename (kept, path), ==, 0);
  g_assert_cmpuint (count_decoded (&list), ==, N);
  likeness_test_cache_clear (&list);
  likeness_test_tree_remove (root);
}

/* Pixels of another list's file are checked as well. */
static void
test_other_list (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  LikenessFaceList list = likeness_test_cache_draw (root);
  LikenessFaceList fewer = list;
  g_autofree char *path = NULL;

  g_assert_cmpuint (count_decoded (&list), ==, N);
  path = find_file ();
  flip_best (path);
  flip_probe (path);
  fewer.n_faces--;
  g_assert_cmpuint (count_decoded (&fewer), ==, 2);
  likeness_test_cache_clear (&list);
  likeness_test_tree_remove (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pixel-cache-damage/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_damage);
    }
  g_test_add_func ("/pixel-cache-damage/other-input", test_other_input);
  g_test_add_func ("/pixel-cache-damage/other-list", test_other_list);
  return g_test_run ();
}
