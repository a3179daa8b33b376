/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pixel-source.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdatomic.h>
#include <string.h>
#define FAMILY_FORMAT "%016" G_GINT64_MODIFIER "x-" /* how the names of its files begin  \
                                                     */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "likeness-parallel.h"
#include "likeness-run-config.h"
#include "likeness-types.h"

/* Other lists' files that are looked into: the last used. */
#define MOST_OTHERS 8
/* Faces that a thread takes at a time. */
#define LOOKS 64

struct _LikenessPixelSource
{
  /* Borrowed */
  const LikenessFaceList *list;
  GCancellable *cancellable; /* while it is made */

  /* Owned */
  char *path;
  GPtrArray *caches; /* of LikenessPixelCache: the list's own first, where there is one */
  GHashTable *by_path;
  GHashTable *by_content;
  LikenessPixelRecord *records;
  const LikenessPixelRecord **origins; /* in one of the caches; NULL: to be decoded */

  LikenessPixelCache *own; /* in caches; NULL: none */
  int input;
  guint n_planes;
  guint64 family;
  gint64 began; /* nanoseconds since 1970 */
  atomic_uint n_read;
  atomic_uint n_bad;
};

static guint64
name_family (int input, const char *enlarger)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%d\n%s", PACKAGE_VERSION,
                                           gdk_pixbuf_version, input, enlarger);

  return XXH3_64bits (text, strlen (text));
}

/* Paths with their final NULs, so that no two lists run into the same bytes. */
static guint64
name_set (const LikenessFaceList *list, int input)
{
  XXH3_state_t *state = XXH3_createState ();
  guint64 set;

  XXH3_64bits_reset (state);
  for (guint i = 0; i < list->n_faces; i++)
    {
      const LikenessListedFace *face = &list->faces[i];
      const char *low
          = input == LIKENESS_INPUT_LOW && face->low_path != NULL ? face->low_path : "";

      XXH3_64bits_update (state, face->path, strlen (face->path) + 1);
      XXH3_64bits_update (state, low, strlen (low) + 1);
    }
  set = XXH3_64bits_digest (state);
  XXH3_freeState (state);
  return set;
}

static guint
hash_content (gconstpointer key)
{
  guint hash;

  memcpy (&hash, ((const LikenessPixelRecord *)key)->digests, sizeof hash);
  return hash;
}

static gboolean
equal_content (gconstpointer a, gconstpointer b)
{
  return likeness_pixel_record_has_same_content (a, b);
}

static guint
hash_path (gconstpointer key)
{
  return (guint)((const LikenessPixelRecord *)key)->path;
}

static gboolean
equal_path (gconstpointer a, gconstpointer b)
{
  return ((const LikenessPixelRecord *)a)->path == ((const LikenessPixelRecord *)b)->path;
}

/* What is in the tables already stays. */
static LikenessPixelCache *
add_cache (LikenessPixelSource *self, const char *path)
{
  LikenessPixelCache *cache = likeness_pixel_cache_open (path);

  if (cache == NULL)
    return NULL;
  if (cache->header.family != self->family || cache->header.n_planes != self->n_planes)
    {
      likeness_pixel_cache_unref (cache);
      return NULL;
    }
  g_ptr_array_add (self->caches, cache);
  for (gsize i = 0; i < cache->header.n; i++)
    {
      LikenessPixelRecord *record = &cache->records[i];

      if (!likeness_pixel_record_is_known (record))
        continue;
      if (!g_hash_table_contains (self->by_path, record))
        g_hash_table_add (self->by_path, record);
      if (!g_hash_table_contains (self->by_content, record))
        g_hash_table_add (self->by_content, record);
    }
  return cache;
}

static LikenessPixelCache *
find_cache (const LikenessPixelSource *self, const LikenessPixelRecord *record)
{
  for (guint i = 0; i < self->caches->len; i++)
    {
      LikenessPixelCache *cache = self->caches->pdata[i];

      if (record >= cache->records && record < cache->records + cache->header.n)
        return cache;
    }
  return NULL;
}

/* The record at the place of face @index in the list's own file. */
static const LikenessPixelRecord *
get_own (const LikenessPixelSource *self, gsize index)
{
  return self->own != NULL ? &self->own->records[index] : NULL;
}

static void
take (LikenessPixelSource *self, gsize index, const LikenessPixelRecord *origin)
{
  LikenessPixelRecord *record = &self->records[index];

  memcpy (record->digests, origin->digests, sizeof record->digests);
  memcpy (record->sums, origin->sums, sizeof record->sums);
  self->origins[index] = origin;
}

/* Whether the files of @record are surely still those that @origin was made from. */
static gboolean
is_untouched (const LikenessPixelSource *self,
              const LikenessPixelRecord *record,
              const LikenessPixelRecord *origin)
{
  return likeness_pixel_record_is_known (origin) && origin->path == record->path
         && likeness_pixel_record_has_same_stamps (record, origin)
         && !likeness_pixel_record_is_racy (origin,
                                            find_cache (self, origin)->header.read);
}

static void
find_untouched (LikenessPixelSource *self, gsize index)
{
  const LikenessPixelRecord *record = &self->records[index];
  const LikenessPixelRecord *origin = get_own (self, index);

  if (origin == NULL || !is_untouched (self, record, origin))
    origin = g_hash_table_lookup (self->by_path, record);
  if (origin != NULL && is_untouched (self, record, origin))
    take (self, index, origin);
}

static void
look (gsize begin, gsize end, gpointer user_data)
{
  LikenessPixelSource *self = user_data;

  for (gsize i = begin; i < end; i++)
    if (likeness_pixel_record_look (&self->records[i], &self->list->faces[i],
                                    self->input))
      find_untouched (self, i);
}

/* Decoding says what is wrong with a face that is not. */
static gboolean
is_there (const LikenessPixelRecord *record)
{
  return record->stamps[0].inode != 0 || record->stamps[0].changed != 0;
}

static void
read_changed (gsize begin, gsize end, gpointer user_data)
{
  LikenessPixelSource *self = user_data;

  for (gsize i = begin; i < end; i++)
    {
      LikenessPixelRecord *record = &self->records[i];
      const LikenessPixelRecord *origin = get_own (self, i);

      if (self->origins[i] != NULL || !is_there (record))
        continue;
      find_untouched (self, i);
      if (self->origins[i] != NULL)
        continue;
      atomic_fetch_add (&self->n_read, 1);
      if (!likeness_pixel_record_read (record, &self->list->faces[i], self->input,
                                       self->cancellable))
        continue;
      if (origin == NULL || !likeness_pixel_record_has_same_content (record, origin))
        origin = g_hash_table_lookup (self->by_content, record);
      if (origin != NULL)
        take (self, i, origin);
    }
}

static gboolean
has_all (const LikenessPixelSource *self)
{
  for (guint i = 0; i < self->list->n_faces; i++)
    if (self->origins[i] == NULL)
      return FALSE;
  return TRUE;
}

static char *
make_path (guint64 family, guint64 set)
{
  g_autofree char *name
      = g_strdup_printf (FAMILY_FORMAT "%016" G_GINT64_MODIFIER "x", family, set);

  return likeness_cache_folder_make_path (&likeness_pixel_cache_kind, name);
}

static void
open_own (LikenessPixelSource *self)
{
  LikenessPixelCache *cache = add_cache (self, self->path);

  if (cache == NULL || cache->header.n != self->list->n_faces)
    return;
  self->own = cache;
  likeness_cache_folder_touch (self->path);
}

static void
open_others (LikenessPixelSource *self)
{
  g_autofree char *prefix = g_strdup_printf (FAMILY_FORMAT, self->family);
  g_autoptr (GPtrArray) paths
      = likeness_cache_folder_list (&likeness_pixel_cache_kind, prefix);

  for (guint i = 0; i < paths->len && self->caches->len <= MOST_OTHERS; i++)
    if (strcmp (paths->pdata[i], self->path) != 0)
      add_cache (self, paths->pdata[i]);
}

LikenessPixelSource *
likeness_pixel_source_new (const LikenessFaceList *list,
                           int input,
                           const char *enlarger,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (LikenessPixelSource) self = NULL;

  g_return_val_if_fail (list != NULL && list->n_faces > 0 && enlarger != NULL, NULL);

  self = g_new0 (LikenessPixelSource, 1);
  self->list = list;
  self->cancellable = cancellable;
  self->input = input;
  self->n_planes = input == LIKENESS_INPUT_HIGH ? 1 : 2;
  self->family = name_family (input, enlarger);
  self->path = make_path (self->family, name_set (list, input));
  self->caches
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_pixel_cache_unref);
  self->by_path = g_hash_table_new (hash_path, equal_path);
  self->by_content = g_hash_table_new (hash_content, equal_content);
  self->records = g_new0 (LikenessPixelRecord, list->n_faces);
  self->origins = g_new0 (const LikenessPixelRecord *, list->n_faces);
  self->began = g_get_real_time () * 1000;

  open_own (self);
  if (!likeness_parallel_for (list->n_faces, LOOKS, 0, look, self, cancellable, error))
    return NULL;
  if (!has_all (self))
    {
      open_others (self);
      if (!likeness_parallel_for (list->n_faces, 1, 0, read_changed, self, cancellable,
                                  error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
likeness_pixel_source_free (LikenessPixelSource *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_path);
  g_hash_table_unref (self->by_content);
  g_ptr_array_unref (self->caches);
  g_free (self->origins);
  g_free (self->records);
  g_free (self->path);
  g_free (self);
}

guint
likeness_pixel_source_get_n_read (const LikenessPixelSource *self)
{
  return atomic_load (&self->n_read);
}

/* A file that was changed just before it was read is read again each time; it is worth a
 * new cache file once that can end it. */
static gboolean
is_up_to_date (const LikenessPixelSource *self, gsize index)
{
  const LikenessPixelRecord *record = &self->records[index];
  const LikenessPixelRecord *own = get_own (self, index);

  return self->origins[index] == own
         && likeness_pixel_record_has_same_stamps (record, own)
         && (!likeness_pixel_record_is_racy (own, self->own->header.read)
             || likeness_pixel_record_is_racy (own, self->began));
}

static void
check (gsize begin, gsize end, gpointer user_data)
{
  LikenessPixelSource *self = user_data;

  for (gsize i = begin; i < end; i++)
    if (!likeness_pixel_cache_check (self->own, i))
      {
        self->origins[i] = NULL;
        atomic_fetch_add (&self->n_bad, 1);
      }
}

LikenessPixelCache *
likeness_pixel_source_get_whole (LikenessPixelSource *self)
{
  if (self->own == NULL)
    return NULL;
  for (guint i = 0; i < self->list->n_faces; i++)
    if (!is_up_to_date (self, i))
      return NULL;
  likeness_parallel_for (self->list->n_faces, LOOKS, 0, check, self, NULL, NULL);
  if (atomic_load (&self->n_bad) > 0)
    return NULL;
  return likeness_pixel_cache_ref (self->own);
}

LikenessPixelWriter *
likeness_pixel_source_make_writer (LikenessPixelSource *self)
{
  return likeness_pixel_writer_new (self->path, self->list->n_faces, self->n_planes,
                                    self->family, self->began);
}

gboolean
likeness_pixel_source_copy (LikenessPixelSource *self,
                            gsize index,
                            guint8 *best,
                            guint8 *probe)
{
  const LikenessPixelRecord *origin = self->origins[index];
  const LikenessPixelCache *cache;
  gsize offset;

  if (origin == NULL)
    return FALSE;
  cache = find_cache (self, origin);
  offset = (gsize)(origin - cache->records) * LIKENESS_FACE_BYTES;
  memcpy (best, cache->best + offset, LIKENESS_FACE_BYTES);
  if (probe != best)
    memcpy (probe, cache->probe + offset, LIKENESS_FACE_BYTES);
  return likeness_pixel_record_sum (best) == origin->sums[0]
         && (probe == best || likeness_pixel_record_sum (probe) == origin->sums[1]);
}

void
likeness_pixel_source_settle (LikenessPixelSource *self,
                              gsize index,
                              const guint8 *best,
                              const guint8 *probe)
{
  LikenessPixelRecord *record = &self->records[index];
  LikenessPixelRecord now;

  /* What has changed since it was read may not be what was decoded. */
  if (!likeness_pixel_record_look (&now, &self->list->faces[index], self->input)
      || !likeness_pixel_record_has_same_stamps (record, &now))
    likeness_pixel_record_forget (record);
  record->sums[0] = likeness_pixel_record_sum (best);
  record->sums[1] = probe != best ? likeness_pixel_record_sum (probe) : 0;
}

const LikenessPixelRecord *
likeness_pixel_source_get_records (const LikenessPixelSource *self)
{
  return self->records;
}
