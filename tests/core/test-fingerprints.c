/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-exact-duplicates.h"
#include "likeness-image.h"
#include "likeness-near-duplicates.h"
#include "likeness-test-tree.h"

#define N 6
#define BOTH (LIKENESS_FINGERPRINT_HASH | LIKENESS_FINGERPRINT_DIGEST)

/* d.png is a.png again, e.png is no picture, f.png is not there. */
static const char *const names[N]
    = {"a.png", "b.png", "c.png", "d.png", "e.png", "f.png"};

typedef struct
{
  char *root;
  char *cache; /* the file of it */
} Fixture;

static char *
dup_path (gsize index, gpointer data)
{
  return g_build_filename (((Fixture *)data)->root, names[index], NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessFingerprintCache) cache = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *path = NULL;
  gsize length;

  fixture->root = likeness_test_tree_new ();
  likeness_test_tree_add (fixture->root,
                          (const char *const[]){"a.png", "b.png", "c.png", NULL});
  path = dup_path (0, fixture);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  likeness_test_tree_write (fixture->root, "d.png", bytes, (gssize)length);
  likeness_test_tree_write (fixture->root, "e.png", "no picture", -1);
  cache = likeness_fingerprint_cache_open (fixture->root);
  g_assert_cmpuint (cache->n, ==, 0);
  fixture->cache = g_strdup (cache->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (g_unlink (fixture->cache) != 0)
    g_rmdir (fixture->cache);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
  g_free (fixture->cache);
}

static LikenessFingerprints *
look (Fixture *fixture, guint32 wanted)
{
  g_autoptr (GError) error = NULL;
  LikenessFingerprints *prints
      = likeness_fingerprints_new (fixture->root, N, dup_path, fixture, 2, NULL, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < N; i++)
    prints->files[i].wanted = wanted;
  return prints;
}

static void
compute (LikenessFingerprints *prints)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autoptr (GError) error = NULL;
  LikenessProgressSnapshot snapshot;

  g_assert_true (
      likeness_fingerprints_compute (prints, "Reading files", progress, NULL, &error));
  g_assert_no_error (error);
  likeness_progress_snapshot (progress, &snapshot);
  g_assert_cmpuint (snapshot.done, ==, snapshot.total);
}

static void
assert_right (Fixture *fixture, const LikenessFingerprints *prints)
{
  for (gsize i = 0; i < 4; i++)
    {
      const LikenessFingerprint *print = &prints->files[i].print;
      g_autofree char *path = dup_path (i, fixture);
      g_autoptr (LikenessImage) image = likeness_image_load (path, NULL, NULL);
      g_autofree char *bytes = NULL;
      LikenessDigest digest;
      gsize length;

      g_assert_cmpint (print->parts, ==, BOTH);
      g_assert_cmphex (print->hash, ==, likeness_perceptual_hash (image));
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      likeness_digest_bytes (bytes, length, &digest);
      g_assert_cmpmem (&print->digest, sizeof digest, &digest, sizeof digest);
    }
  g_assert_cmpint (prints->files[4].print.parts, ==, LIKENESS_FINGERPRINT_DIGEST);
  g_assert_cmpint (prints->files[5].print.parts, ==, 0);
  g_assert_false (prints->files[5].is_there);
}

/* Until the files' times tell every later change. */
static void
age (const LikenessFingerprints *prints)
{
  for (gsize i = 0; i < N; i++)
    while (prints->files[i].is_there
           && likeness_file_stamp_is_racy (&prints->files[i].stamp,
                                           g_get_real_time () * 1000))
      g_usleep (10000);
}

static void
test_compute (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessFingerprints) prints = look (fixture, BOTH);
  g_autoptr (LikenessFingerprints) again = NULL;
  g_autoptr (LikenessFingerprints) hashed = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (prints->files[0].print.parts, ==, 0);
  compute (prints);
  assert_right (fixture, prints);
  /* A change within the same tick of the clock would not be seen: it is not kept. */
  g_assert_false (g_file_test (fixture->cache, G_FILE_TEST_EXISTS));

  age (prints);
  hashed = look (fixture, LIKENESS_FINGERPRINT_HASH);
  compute (hashed);
  g_assert_true (g_file_test (fixture->cache, G_FILE_TEST_EXISTS));
  /* One part was kept, the other is added to it. */
  again = look (fixture, BOTH);
  g_assert_cmpint (again->files[0].print.parts, ==, LIKENESS_FINGERPRINT_HASH);
  compute (again);
  g_clear_pointer (&again, likeness_fingerprints_free);
  again = look (fixture, BOTH);
  assert_right (fixture, again);

  g_cancellable_cancel (cancellable);
  g_assert_false (
      likeness_fingerprints_compute (again, "Reading files", NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A record in the cache for every picture, with hashes that none has. */
static void
plant (Fixture *fixture)
{
  g_autoptr (LikenessFingerprintCache) cache
      = likeness_fingerprint_cache_open (fixture->root);
  LikenessFingerprint planted[4] = {0};

  for (gsize i = 0; i < G_N_ELEMENTS (planted); i++)
    {
      g_autofree char *path = dup_path (i, fixture);
      LikenessFileStamp stamp;

      g_assert_true (likeness_file_stamp_look (&stamp, path));
      likeness_fingerprint_name (&planted[i], path, &stamp);
      planted[i].hash = 0xfeed0000 + i;
      planted[i].parts = LIKENESS_FINGERPRINT_HASH;
    }
  likeness_fingerprint_cache_save (cache, planted, G_N_ELEMENTS (planted));
}

/* What is known is not read again, and what was changed is. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessFingerprints) prints = NULL;
  g_autofree char *path = dup_path (1, fixture);
  const struct timespec times[2] = {{1000, 0}, {1000, 0}};

  plant (fixture);
  prints = look (fixture, LIKENESS_FINGERPRINT_HASH);
  compute (prints);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmphex (prints->files[i].print.hash, ==, 0xfeed0000 + i);

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
  g_clear_pointer (&prints, likeness_fingerprints_free);
  prints = look (fixture, LIKENESS_FINGERPRINT_HASH);
  g_assert_cmphex (prints->files[0].print.hash, ==, 0xfeed0000);
  g_assert_cmpint (prints->files[1].print.parts, ==, 0);
  compute (prints);
  g_assert_cmphex (prints->files[1].print.hash, !=, 0xfeed0001);
}

static void
assert_is_refused (Fixture *fixture)
{
  g_autoptr (LikenessFingerprintCache) cache
      = likeness_fingerprint_cache_open (fixture->root);

  g_assert_cmpuint (cache->n, ==, 0);
  g_assert_null (cache->records);
}

/* Whatever lies there, nothing of it is believed, and it is made anew. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  const guint64 counts[] = {0, 1, 3, 5, G_MAXUINT32, G_MAXUINT64 / 48, G_MAXUINT64};
  g_autofree char *bytes = NULL;
  g_autoptr (LikenessFingerprintCache) cache = NULL;
  gsize length;

  plant (fixture);
  g_assert_true (g_file_get_contents (fixture->cache, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, 32 + 4 * 48);
  for (gsize i = 0; i < length; i++)
    {
      bytes[i] ^= 1;
      g_assert_true (g_file_set_contents (fixture->cache, bytes, (gssize)length, NULL));
      assert_is_refused (fixture);
      bytes[i] ^= 1;
      g_assert_true (g_file_set_contents (fixture->cache, bytes, (gssize)i, NULL));
      assert_is_refused (fixture);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *lying = g_memdup2 (bytes, length);

      memcpy (lying + 16, &counts[i], sizeof counts[i]);
      g_assert_true (g_file_set_contents (fixture->cache, lying, (gssize)length, NULL));
      assert_is_refused (fixture);
    }
  g_assert_cmpint (g_unlink (fixture->cache), ==, 0);
  g_assert_cmpint (mkfifo (fixture->cache, 0600), ==, 0);
  assert_is_refused (fixture);
  plant (fixture);
  cache = likeness_fingerprint_cache_open (fixture->root);
  g_assert_cmpuint (cache->n, ==, 4);

  g_assert_cmpint (g_unlink (fixture->cache), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->cache, 0700), ==, 0);
  assert_is_refused (fixture);
  /* It cannot be put in a folder's place, which is no reason to fail. */
  plant (fixture);
  assert_is_refused (fixture);
}

static void
save_some (Fixture *fixture, guint64 first, gsize n)
{
  g_autoptr (LikenessFingerprintCache) cache
      = likeness_fingerprint_cache_open (fixture->root);
  g_autofree LikenessFingerprint *prints = g_new0 (LikenessFingerprint, n);

  for (gsize i = 0; i < n; i++)
    {
      prints[n - 1 - i].key[0] = first + i;
      prints[i].parts = LIKENESS_FINGERPRINT_HASH;
    }
  likeness_fingerprint_cache_save (cache, prints, n);
}

/* Files that are not looked at this time stay, but what changes again and again does not
 * pile up. */
static void
test_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessFingerprintCache) cache = NULL;
  LikenessFingerprint print = {.key = {99, 0}};

  save_some (fixture, 0, 100);
  save_some (fixture, 50, 100);
  cache = likeness_fingerprint_cache_open (fixture->root);
  g_assert_cmpuint (cache->n, ==, 150);
  g_assert_true (likeness_fingerprint_cache_find (cache, &print));
  print.key[1] = 1;
  g_assert_false (likeness_fingerprint_cache_find (cache, &print));
  for (guint64 i = 1; i < 100; i++)
    save_some (fixture, 100 * i, 100);
  g_clear_pointer (&cache, likeness_fingerprint_cache_free);
  cache = likeness_fingerprint_cache_open (fixture->root);
  g_assert_cmpuint (cache->n, <=, 100 + 4 * 100 + 4096 + 100);
}

/* Only files of equal size are worth a look inside. */
static void
test_exact (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessFingerprints) prints = NULL;
  LikenessDigest digests[N];
  gboolean valid[N];
  gsize groups[N];
  const gsize expected[N] = {0, 1, 2, 0, 4, 5};

  likeness_test_tree_write (fixture->root, "b.png", "1234567", -1);
  likeness_test_tree_write (fixture->root, "e.png", "7654321", -1);
  likeness_test_tree_write (fixture->root, "c.png", "alone", -1);
  prints = look (fixture, 0);
  likeness_exact_duplicates_want (prints);
  compute (prints);
  for (gsize i = 0; i < N; i++)
    {
      valid[i] = (prints->files[i].print.parts & LIKENESS_FINGERPRINT_DIGEST) != 0;
      digests[i] = prints->files[i].print.digest;
    }
  g_assert_true (valid[0] && valid[1] && valid[3] && valid[4]);
  g_assert_false (valid[2] || valid[5]);
  likeness_exact_duplicate_groups (digests, valid, N, groups);
  g_assert_cmpmem (groups, sizeof groups, expected, sizeof expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  TEST ("/fingerprints/computed-and-kept", test_compute);
  TEST ("/fingerprints/known-are-not-read-again", test_known);
  TEST ("/fingerprints/damaged-cache-is-made-anew", test_damage);
  TEST ("/fingerprints/cache-is-bounded", test_bound);
  TEST ("/fingerprints/exact-duplicates", test_exact);
#undef TEST
  return g_test_run ();
}
