/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-candidates.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "likeness-image-probe.h"
#include "likeness-image.h"
#include "likeness-parallel.h"
#include "likeness-string-hash.h"

#define FILES_AT_A_TIME 64

typedef struct
{
  GArray *candidates;
  LikenessProgress *progress;
  GCancellable *cancellable;
} Check;

static void
candidate_clear (gpointer data)
{
  LikenessCandidate *self = data;

  g_clear_pointer (&self->subject, g_ref_string_release);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->low_reason, g_free);
}

/* Other kinds of pictures: people would miss them. */
static gboolean
is_foreign_picture (const char *name)
{
  static const char *const extensions[]
      = {"gif", "tif", "tiff", "heic", "heif", "avif", "jxl", "jp2", "tga", "dng"};
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (extensions); i++)
    if (g_ascii_strcasecmp (dot + 1, extensions[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Whether @entry may be a picture; where it may not, and people would miss it, it becomes
 * a skip. */
static gboolean
is_picture (LikenessScan *scan, const char *relative, const LikenessFolderEntry *entry)
{
  gboolean named = likeness_image_is_picture_name (entry->name);

  if (entry->kind == LIKENESS_ENTRY_FILE && named)
    return TRUE;
  if (entry->kind == LIKENESS_ENTRY_BROKEN)
    likeness_scan_skip (scan, relative, entry->name,
                        _ ("The link leads nowhere: remove it."));
  else if (entry->kind == LIKENESS_ENTRY_OTHER && named)
    likeness_scan_skip (scan, relative, entry->name,
                        _ ("It is not a regular file: remove it."));
  else if (entry->kind == LIKENESS_ENTRY_FILE && is_foreign_picture (entry->name))
    likeness_scan_skip (scan, relative, entry->name,
                        _ ("Pictures of this type are not read: convert it to PNG."));
  return FALSE;
}

/* A subject's name is kept once, however many faces it has. */
static GRefString *
tell_subject (GHashTable *known, const LikenessFaceFolder *folder, const char *name)
{
  g_autofree char *prefix = NULL;
  gsize length;
  GRefString *subject;

  if (folder->subject != NULL)
    return g_ref_string_acquire (folder->subject);
  length = likeness_scan_measure_subject (name);
  if (length == 0)
    return NULL;
  prefix = g_strndup (name, length);
  subject = g_hash_table_lookup (known, prefix);
  if (subject == NULL)
    {
      subject = g_ref_string_new (prefix);
      g_hash_table_add (known, subject);
    }
  return g_ref_string_acquire (subject);
}

/* Moves *position of the partners' listing up to @name and lists what has no face. */
static gboolean
find_partner (LikenessScan *scan,
              const LikenessFaceFolder *folder,
              const char *name,
              guint *position)
{
  const LikenessFolderListing *low = folder->low_listing;

  for (; low != NULL && *position < likeness_folder_listing_get_n_entries (low);
       ++*position)
    {
      const LikenessFolderEntry *entry
          = likeness_folder_listing_get_entry (low, *position);
      int order = name != NULL ? strcmp (entry->name, name) : -1;

      if (order > 0)
        return FALSE;
      if (order == 0)
        {
          ++*position;
          return is_picture (scan, folder->low_relative, entry);
        }
      if (is_picture (scan, folder->low_relative, entry))
        likeness_scan_skip (scan, folder->low_relative, entry->name,
                            _ ("It has no high-resolution partner of the same name."));
    }
  return FALSE;
}

static void
add_folder (GArray *candidates,
            LikenessScan *scan,
            const LikenessFaceFolder *folder,
            GHashTable *subjects)
{
  guint low_position = 0;

  for (guint i = 0; i < likeness_folder_listing_get_n_entries (folder->listing); i++)
    {
      const LikenessFolderEntry *entry
          = likeness_folder_listing_get_entry (folder->listing, i);
      LikenessCandidate candidate = {.folder = folder, .name = entry->name};
      gboolean paired;

      if (!is_picture (scan, folder->relative, entry))
        continue;
      paired = find_partner (scan, folder, entry->name, &low_position);
      candidate.subject = tell_subject (subjects, folder, entry->name);
      if (candidate.subject == NULL)
        likeness_scan_skip (
            scan, folder->relative, entry->name,
            _ ("The file name tells no person: it must begin with a number "
               "or name and “_”."));
      else if (folder->low_relative != NULL && !paired)
        likeness_scan_skip_picture (
            scan, folder, candidate.subject, folder->relative, entry->name,
            _ ("It has no low-resolution partner of the same name."));
      else
        {
          g_array_append_val (candidates, candidate);
          continue;
        }
      candidate_clear (&candidate);
    }
  find_partner (scan, folder, NULL, &low_position);
}

GArray *
likeness_candidates_new (LikenessScan *scan)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (LikenessCandidate));
  g_autoptr (GHashTable) subjects = g_hash_table_new_full (
      likeness_string_hash, g_str_equal, (GDestroyNotify)g_ref_string_release, NULL);

  g_array_set_clear_func (candidates, candidate_clear);
  for (guint i = 0; i < scan->folders->len; i++)
    add_folder (candidates, scan, g_ptr_array_index (scan->folders, i), subjects);
  return candidates;
}

void
likeness_candidates_stream (const GArray *candidates, LikenessScan *scan)
{
  likeness_scan_stream_clear (scan->stream);
  /* Names of a folder are sorted, so that a subject's stand together. */
  for (guint i = 0; i < candidates->len;)
    {
      const LikenessCandidate *first = &g_array_index (candidates, LikenessCandidate, i);
      const LikenessFaceFolder *folder = first->folder;

      for (; i < candidates->len; i++)
        {
          const LikenessCandidate *candidate
              = &g_array_index (candidates, LikenessCandidate, i);

          if (candidate->folder != folder || candidate->subject != first->subject)
            break;
          likeness_scan_stream_add_name (scan->stream, candidate->name);
        }
      likeness_scan_stream_end_run (scan->stream, first->subject, folder->split,
                                    folder->directory, folder->low_directory);
    }
  likeness_scan_stream_finish (scan->stream);
}

/* Returns: (transfer full) (nullable): why the file does not count. */
static char *
probe (const char *directory, const char *name, LikenessImageProbe *result)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;
  int fd = likeness_image_probe_open (path, result, &error);

  if (fd < 0)
    return g_steal_pointer (&error->message);
  close (fd);
  return NULL;
}

static void
check_some (gsize begin, gsize end, gpointer data)
{
  Check *check = data;

  for (gsize i = begin; i < end; i++)
    {
      LikenessCandidate *candidate
          = &g_array_index (check->candidates, LikenessCandidate, i);
      const LikenessFaceFolder *folder = candidate->folder;
      LikenessImageProbe result = {0}, low_result = {0};

      if (g_cancellable_is_cancelled (check->cancellable))
        return;
      candidate->reason = probe (folder->directory, candidate->name, &result);
      candidate->size = result.size;
      candidate->fingerprint = result.fingerprint;
      if (folder->low_directory != NULL)
        candidate->low_reason
            = probe (folder->low_directory, candidate->name, &low_result);
    }
  likeness_progress_advance (check->progress, end - begin);
}

gboolean
likeness_candidates_check (GArray *candidates,
                           LikenessScan *scan,
                           LikenessProgress *progress,
                           GError **error)
{
  Check check = {candidates, progress, scan->cancellable};
  guint kept = 0;

  likeness_progress_begin (progress, N_ ("Checking pictures"), candidates->len);
  if (!likeness_parallel_for (candidates->len, FILES_AT_A_TIME, 0, check_some, &check,
                              scan->cancellable, error))
    return FALSE;

  for (guint i = 0; i < candidates->len; i++)
    {
      LikenessCandidate *candidate = &g_array_index (candidates, LikenessCandidate, i);
      LikenessCandidate *place = &g_array_index (candidates, LikenessCandidate, kept);

      if (candidate->reason != NULL)
        likeness_scan_skip_picture (scan, candidate->folder, candidate->subject,
                                    candidate->folder->relative, candidate->name,
                                    candidate->reason);
      if (candidate->low_reason != NULL)
        likeness_scan_skip_picture (scan, candidate->folder, candidate->subject,
                                    candidate->folder->low_relative, candidate->name,
                                    candidate->low_reason);
      if (candidate->reason != NULL || candidate->low_reason != NULL)
        continue;
      if (place != candidate)
        {
          LikenessCandidate bad = *place;

          *place = *candidate;
          *candidate = bad;
        }
      kept++;
    }
  g_array_set_size (candidates, kept);
  return TRUE;
}
