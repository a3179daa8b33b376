/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-duplicates.h"

#include <glib/gi18n.h>

#include "likeness-exact-duplicates.h"
#include "likeness-near-duplicates.h"

/* As likeness-split-twins.c, which has the measurement. */
#define DISTANCE_ACROSS 1
/* The window's own pictures come first. */
#define SPARED_THREADS 1

struct _LikenessDuplicates
{
  /* Owned */
  LikenessDataset *dataset;
  GPtrArray *groups; /* of GPtrArray: what the tables point to */
  GPtrArray *bad;    /* of LikenessFace: could not be decoded */
  GHashTable *near;  /* face -> its group */
  GHashTable *named; /* face -> its group, of two people or more */
  GHashTable *exact; /* face -> its group */
  guint n_named_twice;
  guint n_exact_named_twice;
};

/* The faces in a row, and what is known of each. */
typedef struct
{
  gsize n;
  LikenessFace **faces; /* borrowed from the data set */
  guint64 *hashes;
  gboolean *valid;
  LikenessDigest *digests;
  gboolean *has_digest;
  guint32 *subject;
} Faces;

static void
faces_clear (Faces *self)
{
  g_free (self->faces);
  g_free (self->hashes);
  g_free (self->valid);
  g_free (self->digests);
  g_free (self->has_digest);
  g_free (self->subject);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Faces, faces_clear)

static void
faces_init (Faces *self, LikenessDataset *dataset)
{
  gsize index = 0;

  self->n = likeness_dataset_get_n_faces (dataset);
  self->faces = g_new (LikenessFace *, self->n);
  self->hashes = g_new0 (guint64, self->n);
  self->valid = g_new0 (gboolean, self->n);
  self->digests = g_new0 (LikenessDigest, self->n);
  self->has_digest = g_new0 (gboolean, self->n);
  self->subject = g_new (guint32, self->n);
  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);

      for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++, index++)
        {
          self->faces[index] = likeness_subject_get_face (subject, j);
          self->subject[index] = i;
        }
    }
}

static char *
dup_path (gsize index, gpointer user_data)
{
  Faces *self = user_data;

  return likeness_face_dup_path (self->faces[index]);
}

static gboolean
read_faces (Faces *self,
            const char *root,
            LikenessProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  guint threads = MAX (g_get_num_processors (), SPARED_THREADS + 1) - SPARED_THREADS;
  g_autoptr (LikenessFingerprints) prints = likeness_fingerprints_new (
      root, self->n, dup_path, self, threads, cancellable, error);

  if (prints == NULL)
    return FALSE;
  for (gsize i = 0; i < self->n; i++)
    prints->files[i].wanted = LIKENESS_FINGERPRINT_HASH;
  likeness_exact_duplicates_want (prints);
  if (!likeness_fingerprints_compute (prints, N_ ("Looking for near-duplicates"),
                                      progress, cancellable, error))
    return FALSE;
  for (gsize i = 0; i < self->n; i++)
    {
      const LikenessFingerprint *print = &prints->files[i].print;

      self->valid[i] = (print->parts & LIKENESS_FINGERPRINT_HASH) != 0;
      self->hashes[i] = print->hash;
      self->has_digest[i] = (print->parts & LIKENESS_FINGERPRINT_DIGEST) != 0;
      self->digests[i] = print->digest;
    }
  return TRUE;
}

/* Collects the groups of two faces or more. @number: a group's index by its first face.
 */
static void
collect (LikenessDuplicates *self,
         const Faces *faces,
         const gsize *number,
         GHashTable *table)
{
  g_autofree GPtrArray **groups = g_new0 (GPtrArray *, faces->n);

  for (gsize i = 0; i < faces->n; i++)
    if (number[i] != i)
      {
        gsize first = number[i];

        if (groups[first] == NULL)
          {
            groups[first] = g_ptr_array_new ();
            g_ptr_array_add (groups[first], faces->faces[first]);
            g_ptr_array_add (self->groups, groups[first]);
          }
        g_ptr_array_add (groups[first], faces->faces[i]);
      }
  for (gsize i = 0; i < faces->n; i++)
    {
      GPtrArray *group = groups[number[i]];

      if (group != NULL)
        g_hash_table_insert (table, faces->faces[i], group);
    }
}

/* A group of one person's faces alone is no matter of names: it is taken apart. */
static guint
keep_across (const Faces *faces, gsize *number)
{
  g_autofree gboolean *across = g_new0 (gboolean, faces->n);
  guint kept = 0;

  for (gsize i = 0; i < faces->n; i++)
    if (faces->subject[i] != faces->subject[number[i]])
      {
        kept += !across[number[i]];
        across[number[i]] = TRUE;
      }
  /* From the end: a group's first face comes before its others. */
  for (gsize i = faces->n; i-- > 0;)
    if (!across[number[i]])
      number[i] = i;
  return kept;
}

static void
group (LikenessDuplicates *self, const Faces *faces)
{
  g_autofree gsize *number = g_new (gsize, faces->n);
  g_autofree guint32 *nobody = g_new0 (guint32, faces->n);

  likeness_near_duplicate_groups (faces->hashes, faces->valid, faces->subject, faces->n,
                                  LIKENESS_NEAR_DUPLICATE_DISTANCE, number);
  collect (self, faces, number, self->near);
  /* All of one person: here likeness across people is what is looked for. */
  likeness_near_duplicate_groups (faces->hashes, faces->valid, nobody, faces->n,
                                  DISTANCE_ACROSS, number);
  self->n_named_twice = keep_across (faces, number);
  collect (self, faces, number, self->named);
  likeness_exact_duplicate_groups (faces->digests, faces->has_digest, faces->n, number);
  collect (self, faces, number, self->exact);
  self->n_exact_named_twice = keep_across (faces, number);
  for (gsize i = 0; i < faces->n; i++)
    if (!faces->valid[i])
      g_ptr_array_add (self->bad, faces->faces[i]);
}

LikenessDuplicates *
likeness_duplicates_find (LikenessDataset *dataset,
                          LikenessProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (LikenessDuplicates) self = g_new0 (LikenessDuplicates, 1);
  g_auto (Faces) faces = {0};

  self->dataset = g_object_ref (dataset);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  self->bad = g_ptr_array_new ();
  self->near = g_hash_table_new (NULL, NULL);
  self->named = g_hash_table_new (NULL, NULL);
  self->exact = g_hash_table_new (NULL, NULL);
  faces_init (&faces, dataset);

  if (!read_faces (&faces, likeness_dataset_get_root (dataset), progress, cancellable,
                   error))
    return NULL;
  group (self, &faces);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
likeness_duplicates_free (LikenessDuplicates *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->near);
  g_hash_table_unref (self->named);
  g_hash_table_unref (self->exact);
  g_ptr_array_unref (self->bad);
  g_ptr_array_unref (self->groups);
  g_object_unref (self->dataset);
  g_free (self);
}

static void
flag_all (GHashTable *table, LikenessFlags flag)
{
  GHashTableIter iter;
  gpointer face;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &face, NULL))
    likeness_face_set_flags (face, likeness_face_get_flags (face) | flag);
}

void
likeness_duplicates_apply (const LikenessDuplicates *self)
{
  flag_all (self->near, LIKENESS_FLAG_NEAR_DUPLICATE);
  flag_all (self->named, LIKENESS_FLAG_TWO_NAMES);
  flag_all (self->exact, LIKENESS_FLAG_SAME_FILE);
  for (guint i = 0; i < self->bad->len; i++)
    likeness_face_set_flags (self->bad->pdata[i],
                             likeness_face_get_flags (self->bad->pdata[i])
                                 | LIKENESS_FLAG_UNREADABLE);
  for (guint i = 0; i < likeness_dataset_get_n_subjects (self->dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (self->dataset, i);
      LikenessFlags flags = likeness_subject_get_flags (subject);

      for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++)
        flags |= likeness_face_get_flags (likeness_subject_get_face (subject, j));
      likeness_subject_set_flags (subject, flags);
    }
}

GPtrArray *
likeness_duplicates_get_near (const LikenessDuplicates *self, LikenessFace *face)
{
  return g_hash_table_lookup (self->near, face);
}

GPtrArray *
likeness_duplicates_get_named_twice (const LikenessDuplicates *self, LikenessFace *face)
{
  return g_hash_table_lookup (self->named, face);
}

GPtrArray *
likeness_duplicates_get_exact (const LikenessDuplicates *self, LikenessFace *face)
{
  return g_hash_table_lookup (self->exact, face);
}

guint
likeness_duplicates_get_n_exact (const LikenessDuplicates *self)
{
  return g_hash_table_size (self->exact);
}

guint
likeness_duplicates_get_n_exact_named_twice (const LikenessDuplicates *self)
{
  return self->n_exact_named_twice;
}

guint
likeness_duplicates_get_n_named_twice (const LikenessDuplicates *self)
{
  return self->n_named_twice;
}

guint
likeness_duplicates_get_n_near (const LikenessDuplicates *self)
{
  return g_hash_table_size (self->near);
}
