/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-pixel-cache.h"
#include "likeness-pixel-source.h"
#include "likeness-pixels.h"
#include "likeness-run-config.h"
#include "likeness-test-cache.h"
#include "likeness-test-tree.h"

#define N LIKENESS_TEST_CACHE_FACES

/* Every case has a cache folder of its own. */
typedef struct
{
  char *root;
  LikenessFaceList list;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  self->root = likeness_test_tree_new ();
  self->list = likeness_test_cache_draw (self->root);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  likeness_test_cache_clear (&self->list);
  likeness_test_tree_remove (self->root);
  g_free (self->root);
}

static LikenessPixels *
load (const LikenessFaceList *list, int input)
{
  g_autoptr (GError) error = NULL;
  LikenessPixels *pixels = likeness_pixels_load (list, input, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pixels->n, ==, list->n_faces);
  return pixels;
}

/* Loads the list and holds it against what the files say; how many were decoded. */
static guint
count_decoded (const LikenessFaceList *list, int input)
{
  g_autoptr (LikenessPixels) pixels = load (list, input);

  g_assert_nonnull (pixels->cache);
  likeness_test_cache_check (list, input, pixels);
  return pixels->n_decoded;
}

static guint
count_files (void)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "likeness", "faces", NULL);
  g_auto (GStrv) names = likeness_test_tree_list (folder);

  return g_strv_length (names);
}

static void
test_second_time (Fixture *self, gconstpointer user_data)
{
  const int inputs[] = {LIKENESS_INPUT_HIGH, LIKENESS_INPUT_LOW, 12, 16};

  /* Each input has its own pixels, whatever lies there already. */
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    g_assert_cmpuint (count_decoded (&self->list, inputs[i]), ==, N);
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    g_assert_cmpuint (count_decoded (&self->list, inputs[i]), ==, 0);
  g_assert_cmpuint (count_files (), ==, G_N_ELEMENTS (inputs));
}

/* Faces that are what they were are found without a look into them. */
static void
test_nothing_is_read (Fixture *self, gconstpointer user_data)
{
  likeness_test_cache_age ();
  g_assert_cmpuint (count_decoded (&self->list, LIKENESS_INPUT_LOW), ==, N);
  g_assert_cmpuint (likeness_test_cache_count_read (&self->list, LIKENESS_INPUT_LOW), ==,
                    0);
}

/* Just after a change they are read, as there may be no sign of another one; a cache file
 * of later ends that. */
static void
test_racy (Fixture *self, gconstpointer user_data)
{
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, N);
  g_assert_cmpuint (likeness_test_cache_count_read (&self->list, 12), ==, N);
  likeness_test_cache_age ();
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 0);
  g_assert_cmpuint (likeness_test_cache_count_read (&self->list, 12), ==, 0);
}

static void
test_racy_rule (void)
{
  const gint64 second = 1000000000;
  LikenessPixelRecord record
      = {.stamps = {{.modified = 5 * second, .changed = 10 * second}}};

  g_assert_true (likeness_pixel_record_is_racy (&record, 10 * second));
  g_assert_true (likeness_pixel_record_is_racy (&record, 12 * second));
  g_assert_false (likeness_pixel_record_is_racy (&record, 12 * second + 1));
  record.stamps[1].modified = 15 * second;
  g_assert_true (likeness_pixel_record_is_racy (&record, 12 * second + 1));
}

/* What changes while it is decoded is not taken for what it was before. */
static void
test_changed_meanwhile (Fixture *self, gconstpointer user_data)
{
  g_autoptr (LikenessPixelSource) source = likeness_pixel_source_new (
      &self->list, 12, LIKENESS_PIXEL_SOURCE_BILINEAR, NULL, NULL);
  const LikenessPixelRecord *records = likeness_pixel_source_get_records (source);
  g_autofree guint8 *face = g_malloc0 (LIKENESS_FACE_BYTES);

  g_assert_cmpint (g_unlink (self->list.faces[3].path), ==, 0);
  likeness_test_cache_repaint (self->list.faces[3].path, 112, 33);
  for (gsize i = 0; i < N; i++)
    {
      g_assert_true (likeness_pixel_record_is_known (&records[i]));
      likeness_pixel_source_settle (source, i, face, face);
      g_assert_true (likeness_pixel_record_is_known (&records[i]) == (i != 3));
    }
}

/* The same name, size and time of the last change: what is left is the time of the last
 * change to the entry, which nobody can set back. */
static void
test_changed_in_disguise (Fixture *self, gconstpointer user_data)
{
  const char *path = self->list.faces[2].path;
  struct stat before;
  struct stat after;
  struct timespec times[2];

  likeness_test_cache_age ();
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, N);
  g_assert_cmpint (g_stat (path, &before), ==, 0);
  likeness_test_cache_repaint (path, 112, 99);
  times[0] = before.st_atim;
  times[1] = before.st_mtim;
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpint (before.st_size, ==, after.st_size);
  g_assert_cmpint (before.st_ino, ==, after.st_ino);
  g_assert_cmpint (before.st_mtim.tv_nsec, ==, after.st_mtim.tv_nsec);
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 1);
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 0);
}

static void
test_low_partner_changed (Fixture *self, gconstpointer user_data)
{
  g_assert_cmpuint (count_decoded (&self->list, LIKENESS_INPUT_LOW), ==, N);
  g_assert_cmpuint (count_decoded (&self->list, LIKENESS_INPUT_HIGH), ==, N);
  likeness_test_cache_repaint (self->list.faces[1].low_path, 28, 77);
  g_assert_cmpuint (count_decoded (&self->list, LIKENESS_INPUT_LOW), ==, 1);
  g_assert_cmpuint (count_decoded (&self->list, LIKENESS_INPUT_HIGH), ==, 0);
}

static void
test_touched (Fixture *self, gconstpointer user_data)
{
  likeness_test_cache_age ();
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, N);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (utimensat (AT_FDCWD, self->list.faces[i].path, NULL, 0), ==, 0);
  g_assert_cmpuint (likeness_test_cache_count_read (&self->list, 12), ==, 3);
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 0);
  likeness_test_cache_age ();
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 0);
  g_assert_cmpuint (likeness_test_cache_count_read (&self->list, 12), ==, 0);
}

/* Of another list, and of files that lie elsewhere now, nothing is decoded twice. */
static void
test_other_lists (Fixture *self, gconstpointer user_data)
{
  LikenessFaceList fewer = self->list;
  g_autofree char *elsewhere = g_build_filename (self->root, "elsewhere.ppm", NULL);
  char *path = self->list.faces[0].path;

  fewer.n_faces--;
  g_assert_cmpuint (count_decoded (&fewer, 12), ==, N - 1);
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 1);
  fewer.faces++;
  g_assert_cmpuint (count_decoded (&fewer, 12), ==, 0);
  g_assert_cmpint (g_rename (path, elsewhere), ==, 0);
  self->list.faces[0].path = elsewhere;
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 0);
  g_assert_cmpint (g_rename (elsewhere, path), ==, 0);
  self->list.faces[0].path = path;
}

/* Two faces that swap names. */
static void
test_swapped (Fixture *self, gconstpointer user_data)
{
  g_autofree char *between = g_build_filename (self->root, "between", NULL);

  g_assert_cmpuint (count_decoded (&self->list, LIKENESS_INPUT_HIGH), ==, N);
  g_assert_cmpint (g_rename (self->list.faces[0].path, between), ==, 0);
  g_assert_cmpint (g_rename (self->list.faces[1].path, self->list.faces[0].path), ==, 0);
  g_assert_cmpint (g_rename (between, self->list.faces[1].path), ==, 0);
  g_assert_cmpuint (count_decoded (&self->list, LIKENESS_INPUT_HIGH), ==, 0);
}

static void
test_bad_face (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_assert_cmpint (g_unlink (self->list.faces[4].path), ==, 0);
  g_assert_null (likeness_pixels_load (&self->list, 12, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (), ==, 0);

  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (likeness_pixels_load (&self->list, 12, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (), ==, 0);
}

/* A face that is gone is told, even where its pixels are known. */
static void
test_gone (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count_decoded (&self->list, 12), ==, N);
  g_assert_cmpint (g_unlink (self->list.faces[4].path), ==, 0);
  g_assert_cmpint (g_mkdir (self->list.faces[4].path, 0700), ==, 0);
  g_assert_null (likeness_pixels_load (&self->list, 12, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE);
}

/* Where nothing can be written, faces are decoded into memory each time. */
static void
check_without_cache (const LikenessFaceList *list)
{
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (LikenessPixels) pixels = load (list, LIKENESS_INPUT_LOW);

      g_assert_null (pixels->cache);
      g_assert_cmpuint (pixels->n_decoded, ==, N);
      likeness_test_cache_check (list, LIKENESS_INPUT_LOW, pixels);
    }
}

static void
test_no_folder (Fixture *self, gconstpointer user_data)
{
  g_autofree char *parent = g_path_get_dirname (g_get_user_cache_dir ());

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (g_get_user_cache_dir (), "a file", -1, NULL));
  check_without_cache (&self->list);
  g_assert_cmpint (g_unlink (g_get_user_cache_dir ()), ==, 0);
}

static void
test_no_space (Fixture *self, gconstpointer user_data)
{
  struct rlimit before;
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 100000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  check_without_cache (&self->list);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpuint (count_files (), ==, 0);
}

/* How many writes more are let through; -1: all. */
static int writes_left = -1;

/* Takes the place of the C library's. */
ssize_t
pwrite (int file, const void *data, size_t length, off_t offset)
{
  if (g_atomic_int_get (&writes_left) >= 0 && g_atomic_int_add (&writes_left, -1) <= 0)
    {
      g_atomic_int_set (&writes_left, 0);
      errno = ENOSPC;
      return -1;
    }
  return syscall (SYS_pwrite64, file, data, length, offset);
}

/* The disk fills at the first face, in the middle, at the records and at the header: the
 * faces are there all the same, nothing is left, and the next time they are kept. */
static void
test_disk_fills (Fixture *self, gconstpointer user_data)
{
  const int let_through[] = {0, N, 2 * N, 2 * N + 1};

  for (gsize i = 0; i < G_N_ELEMENTS (let_through); i++)
    {
      g_atomic_int_set (&writes_left, let_through[i]);
      check_without_cache (&self->list);
      g_assert_cmpint (g_atomic_int_get (&writes_left), ==, 0);
      g_atomic_int_set (&writes_left, -1);
      g_assert_cmpuint (count_files (), ==, 0);
    }
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, N);
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 0);
}

static gpointer
load_cb (gpointer user_data)
{
  const LikenessFaceList *list = user_data;

  for (int i = 0; i < 10; i++)
    count_decoded (list, i % 2 == 0 ? 12 : LIKENESS_INPUT_LOW);
  return NULL;
}

static void
test_two_at_once (Fixture *self, gconstpointer user_data)
{
  GThread *other = g_thread_new ("other", load_cb, &self->list);

  load_cb (&self->list);
  g_thread_join (other);
  g_assert_cmpuint (count_files (), ==, 2);
}

static void
test_trim (Fixture *self, gconstpointer user_data)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "likeness", "faces", NULL);
  g_autofree char *left = g_build_filename (folder, ".faces-killed", NULL);
  g_autofree char *young = g_build_filename (folder, ".faces-living", NULL);
  const struct timespec old[2] = {{1000, 0}, {1000, 0}};
  g_autoptr (LikenessPixels) used = load (&self->list, 12);
  char *hidden = NULL;

  for (int input = 13; input < 16; input++)
    g_assert_cmpuint (count_decoded (&self->list, input), ==, N);
  g_assert_true (g_file_set_contents (left, "", 0, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, left, old, 0), ==, 0);
  g_assert_true (g_file_set_contents (young, "", 0, NULL));
  /* The first that was written, used since. */
  g_assert_cmpuint (count_decoded (&self->list, 13), ==, 0);

  likeness_cache_folder_trim (&likeness_pixel_cache_kind, folder, NULL,
                              3 * 2 * N * LIKENESS_FACE_BYTES);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (), ==, 1 + 2);
  g_assert_cmpuint (count_decoded (&self->list, 13), ==, 0);
  likeness_cache_folder_trim (&likeness_pixel_cache_kind, folder, NULL, 0);
  g_assert_cmpuint (count_files (), ==, 1 + 1);
  likeness_test_cache_check (&self->list, 12, used);
  g_assert_cmpuint (count_decoded (&self->list, 12), ==, 0);
  g_clear_pointer (&used, likeness_pixels_free);
  likeness_cache_folder_trim (&likeness_pixel_cache_kind, folder, NULL, 0);
  g_assert_cmpuint (count_files (), ==, 1);

  /* More than there is room for is not even tried. */
  g_assert_cmpint (likeness_cache_folder_create (&likeness_pixel_cache_kind, left,
                                                 G_MAXUINT64 / 2, &hidden),
                   ==, -1);
  g_assert_cmpint (errno, ==, EFBIG);
  g_assert_null (hidden);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("/pixel-cache/second-time-decodes-nothing", test_second_time);
  add ("/pixel-cache/unchanged-is-not-read", test_nothing_is_read);
  add ("/pixel-cache/racy/until-a-later-file", test_racy);
  g_test_add_func ("/pixel-cache/racy/rule", test_racy_rule);
  add ("/pixel-cache/changed/in-disguise", test_changed_in_disguise);
  add ("/pixel-cache/changed/low-partner", test_low_partner_changed);
  add ("/pixel-cache/changed/touched-alone", test_touched);
  add ("/pixel-cache/changed/meanwhile", test_changed_meanwhile);
  add ("/pixel-cache/changed/swapped", test_swapped);
  add ("/pixel-cache/other-lists", test_other_lists);
  add ("/pixel-cache/bad-face-leaves-nothing", test_bad_face);
  add ("/pixel-cache/gone-face-is-told", test_gone);
  add ("/pixel-cache/without/folder", test_no_folder);
  add ("/pixel-cache/without/space", test_no_space);
  add ("/pixel-cache/without/space-in-the-end", test_disk_fills);
  add ("/pixel-cache/two-at-once", test_two_at_once);
  add ("/pixel-cache/trim", test_trim);
  return g_test_run ();
}
