/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-fingerprint-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#define MAGIC "LkPrints"
/* Of the format and of how a fingerprint is computed. */
#define VERSION 1
/* Files of a data set that were not looked at this time, beside those that were. */
#define MOST_OTHERS(n) (4 * (n) + 4096)

/* How a file begins; the records follow. */
typedef struct
{
  char magic[8];
  guint64 version;
  guint64 n;
  guint64 checksum; /* XXH3-64 of the records, seeded with that of the header with 0 here
                     */
} Header;

/* They are written to files as they are. */
G_STATIC_ASSERT (sizeof (Header) == 32);
G_STATIC_ASSERT (sizeof (LikenessFingerprint) == 48);

const LikenessCacheKind likeness_fingerprint_cache_kind = {
    .name = "fingerprints",
    .suffix = ".prints",
    .hidden = ".prints-",
    .most = G_GUINT64_CONSTANT (512) << 20,
};

static int
compare (const void *a, const void *b)
{
  const LikenessFingerprint *x = a, *y = b;

  if (x->key[0] != y->key[0])
    return x->key[0] < y->key[0] ? -1 : 1;
  return (x->key[1] > y->key[1]) - (x->key[1] < y->key[1]);
}

static guint64
sum (const Header *header, const LikenessFingerprint *records)
{
  Header own = *header;

  own.checksum = 0;
  return XXH3_64bits_withSeed (records, header->n * sizeof *records,
                               XXH3_64bits (&own, sizeof own));
}

static gboolean
is_sorted (const LikenessFingerprint *records, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (compare (&records[i - 1], &records[i]) >= 0)
      return FALSE;
  return TRUE;
}

/* NULL: it is good. */
static const char *
read_file (LikenessFingerprintCache *self, int file)
{
  const guint64 most = likeness_fingerprint_cache_kind.most / sizeof *self->records;
  struct stat status;
  Header header;

  if (fstat (file, &status) != 0 || !S_ISREG (status.st_mode)
      || !likeness_cache_folder_read (file, &header, sizeof header, 0))
    return "it is no file with a header";
  if (memcmp (header.magic, MAGIC, sizeof header.magic) != 0 || header.version != VERSION)
    return "it is of another version";
  if (header.n == 0 || header.n > most
      || sizeof header + header.n * sizeof *self->records != (guint64)status.st_size)
    return "it has not the size that its header tells";
  self->records = g_try_malloc_n (header.n, sizeof *self->records);
  if (self->records == NULL
      || !likeness_cache_folder_read (file, self->records,
                                      header.n * sizeof *self->records, sizeof header))
    return "its records cannot be read";
  if (sum (&header, self->records) != header.checksum
      || !is_sorted (self->records, header.n))
    return "its checksum is wrong";
  self->n = header.n;
  return NULL;
}

static LikenessFingerprintCache *
open_path (const char *path)
{
  LikenessFingerprintCache *self = g_new0 (LikenessFingerprintCache, 1);
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  const char *wrong;

  self->path = g_strdup (path);
  if (file < 0)
    return self;
  wrong = read_file (self, file);
  close (file);
  if (wrong != NULL)
    {
      g_debug ("A file of fingerprints is not used: %s", wrong);
      g_clear_pointer (&self->records, g_free);
    }
  return self;
}

LikenessFingerprintCache *
likeness_fingerprint_cache_open (const char *root)
{
  g_autofree char *name = g_strdup_printf ("%016" G_GINT64_MODIFIER "x",
                                           (guint64)XXH3_64bits (root, strlen (root)));
  g_autofree char *path
      = likeness_cache_folder_make_path (&likeness_fingerprint_cache_kind, name);

  return open_path (path);
}

void
likeness_fingerprint_cache_free (LikenessFingerprintCache *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->records);
  g_free (self);
}

void
likeness_fingerprint_name (LikenessFingerprint *self,
                           const char *path,
                           const LikenessFileStamp *stamp)
{
  XXH128_hash_t key
      = XXH3_128bits_withSeed (path, strlen (path), XXH3_64bits (stamp, sizeof *stamp));

  self->key[0] = key.high64;
  self->key[1] = key.low64;
}

static const LikenessFingerprint *
find (const LikenessFingerprintCache *self, const LikenessFingerprint *print)
{
  return self->n > 0 ? bsearch (print, self->records, self->n, sizeof *print, compare)
                     : NULL;
}

static void
add_parts (LikenessFingerprint *print, const LikenessFingerprint *from)
{
  if ((print->parts & LIKENESS_FINGERPRINT_HASH) == 0)
    print->hash = from->hash;
  if ((print->parts & LIKENESS_FINGERPRINT_DIGEST) == 0)
    print->digest = from->digest;
  print->parts |= from->parts;
}

gboolean
likeness_fingerprint_cache_find (const LikenessFingerprintCache *self,
                                 LikenessFingerprint *print)
{
  const LikenessFingerprint *found = find (self, print);

  if (found == NULL)
    return FALSE;
  add_parts (print, found);
  return TRUE;
}

/* One a key; @prints is sorted. */
static gsize
drop_repeated (LikenessFingerprint *prints, gsize n)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    if (kept > 0 && compare (&prints[kept - 1], &prints[i]) == 0)
      add_parts (&prints[kept - 1], &prints[i]);
    else
      prints[kept++] = prints[i];
  return kept;
}

/* Both are sorted. */
static GArray *
merge (const LikenessFingerprint *prints, gsize n, const LikenessFingerprintCache *disk)
{
  gboolean keeps = disk->n <= n + MOST_OTHERS (n);
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof *prints, n);
  gsize j = 0;

  for (gsize i = 0; i < n; i++)
    {
      LikenessFingerprint print = prints[i];

      for (; j < disk->n && compare (&disk->records[j], &print) < 0; j++)
        if (keeps)
          g_array_append_val (merged, disk->records[j]);
      if (j < disk->n && compare (&disk->records[j], &print) == 0)
        add_parts (&print, &disk->records[j++]);
      g_array_append_val (merged, print);
    }
  if (keeps && j < disk->n)
    g_array_append_vals (merged, &disk->records[j], disk->n - j);
  return merged;
}

static gboolean
is_known (const LikenessFingerprintCache *disk, const GArray *merged)
{
  return merged->len == disk->n
         && memcmp (merged->data, disk->records, disk->n * sizeof *disk->records) == 0;
}

static gboolean
write_file (const char *path, const GArray *records)
{
  Header header = {.version = VERSION, .n = records->len};
  gsize length = records->len * sizeof (LikenessFingerprint);
  g_autofree char *hidden = NULL;
  int file = likeness_cache_folder_create (&likeness_fingerprint_cache_kind, path,
                                           sizeof header + length, &hidden);
  gboolean good;

  if (file < 0)
    return FALSE;
  memcpy (header.magic, MAGIC, sizeof header.magic);
  header.checksum = sum (&header, (const LikenessFingerprint *)records->data);
  /* No fsync: what a crash leaves of it is found out by its checksum. */
  good = likeness_cache_folder_write (file, records->data, length, sizeof header)
         && likeness_cache_folder_write (file, &header, sizeof header, 0)
         && g_rename (hidden, path) == 0;
  if (!good)
    g_unlink (hidden);
  close (file);
  return good;
}

void
likeness_fingerprint_cache_save (const LikenessFingerprintCache *self,
                                 LikenessFingerprint *prints,
                                 gsize n)
{
  /* Somebody else may have written it since. */
  g_autoptr (LikenessFingerprintCache) disk = open_path (self->path);
  g_autoptr (GArray) merged = NULL;

  if (n == 0)
    return;
  qsort (prints, n, sizeof *prints, compare);
  n = drop_repeated (prints, n);
  merged = merge (prints, n, disk);
  if (is_known (disk, merged))
    likeness_cache_folder_touch (self->path);
  else if (!write_file (self->path, merged))
    g_debug ("Fingerprints are not kept: %s", g_strerror (errno));
}
