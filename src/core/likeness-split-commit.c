/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#define _GNU_SOURCE /* O_PATH */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-manifest.h"
#include "likeness-split-place.h"
#include "likeness-split-record.h"
#include "likeness-staging.h"
#include "likeness-string-hash.h"

/** One commit on its way. */
typedef struct
{
  LikenessSplitJob *job;
  const LikenessCommitOptions *options;
  const LikenessFileCalls *calls;
  GCancellable *cancellable;
  const char *target; /* for messages */
  int source;         /* the root of the job: its files are found faster from there */
  int folder;
  GHashTable *folders; /* relative paths of those that were made */
} Commit;

static gboolean
fail_to_write (const Commit *commit, const char *path, GError **error)
{
  int number = errno;
  g_autofree char *full = NULL;

  if (number == ECANCELED)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _ ("The commit was cancelled; nothing was changed"));
      return FALSE;
    }
  full = *path == '\0' ? g_strdup (commit->target)
                       : g_build_filename (commit->target, path, NULL);
  return likeness_file_calls_set_error (number, full, error);
}

static gboolean
fail_as_changed (const Commit *commit, const LikenessJobFile *file, GError **error)
{
  g_autofree char *path = likeness_split_job_dup_file_path (commit->job, file);
  g_autofree char *display = likeness_display_name (path);

  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_CHANGED,
               _ ("“%s” changed or went away since it was looked at, so nothing was "
                  "written: look at the folder again"),
               display);
  return FALSE;
}

static gboolean
make_folders (Commit *commit, const char *path, GError **error)
{
  for (const char *slash = strchr (path, '/'); slash != NULL;
       slash = strchr (slash + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, slash - path);

      if (g_hash_table_contains (commit->folders, folder))
        continue;
      if (commit->calls->make_folder (commit->folder, folder) != 0)
        return fail_to_write (commit, folder, error);
      g_hash_table_add (commit->folders, g_steal_pointer (&folder));
    }
  return TRUE;
}

/* The bytes of the open file @from to @path, with its times. */
static gboolean
copy_file (Commit *commit,
           int from,
           const LikenessJobFile *file,
           const char *path,
           GError **error)
{
  const struct timespec times[2] = {file->modified, file->modified};
  int to = commit->calls->open (commit->folder, path, O_WRONLY | O_CREAT | O_EXCL);
  gboolean done = to >= 0
                  && likeness_file_calls_copy (commit->calls, from, to, file->size,
                                               commit->cancellable)
                  && commit->calls->set_times (to, times) == 0;

  if (!done)
    fail_to_write (commit, path, error);
  /* Some file systems tell only now that there was no room. */
  if (to >= 0 && commit->calls->close (to) != 0 && done)
    done = fail_to_write (commit, path, error);
  return done;
}

static gboolean
link_file (Commit *commit, const LikenessJobFile *file, const char *path, GError **error)
{
  g_autofree char *source = NULL;
  g_autofree char *display = NULL;

  if (commit->calls->link (commit->source, file->path, commit->folder, path) == 0)
    return TRUE;
  /* EBADF: the root itself went away. */
  if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == EBADF)
    return fail_as_changed (commit, file, error);
  if (errno != EXDEV && errno != EPERM && errno != EMLINK)
    return fail_to_write (commit, path, error);
  source = likeness_split_job_dup_file_path (commit->job, file);
  display = likeness_display_name (source);
  g_set_error (
      error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
      _ ("“%s” cannot be linked from there (%s): copy the images or use symbolic "
         "links"),
      display, g_strerror (errno));
  return FALSE;
}

static gboolean
symlink_file (Commit *commit,
              const LikenessJobFile *file,
              const char *path,
              GError **error)
{
  g_autofree char *source = likeness_split_job_dup_file_path (commit->job, file);
  char *real = realpath (source, NULL);
  gboolean done;

  if (real == NULL)
    return fail_as_changed (commit, file, error);
  done = commit->calls->symlink (real, commit->folder, path) == 0
         || fail_to_write (commit, path, error);
  free (real);
  return done;
}

static gboolean
is_unchanged (const Commit *commit, int from, const LikenessJobFile *file)
{
  struct stat status;

  return commit->calls->status (from, &status) == 0
         && likeness_job_file_has_status (file, &status);
}

/* Of a file that was not read yet; of another it must be the same still. */
static gboolean
take_digest (
    Commit *commit, int from, LikenessJobFile *file, const char *path, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  LikenessDigest digest;

  if (lseek (from, 0, SEEK_SET) != 0
      || !likeness_digest_file (from, &digest, commit->cancellable))
    return errno == ECANCELED ? fail_to_write (commit, path, error)
                              : fail_as_changed (commit, file, error);
  if (file->has_digest && memcmp (&digest, &file->digest, sizeof digest) != 0)
    return fail_as_changed (commit, file, error);
  file->digest = digest;
  file->has_digest = TRUE;
  commit->job->seconds.hashing += (g_get_monotonic_time () - start) / 1e6;
  return TRUE;
}

static gboolean
write_open_file (
    Commit *commit, int from, LikenessJobFile *file, const char *path, GError **error)
{
  gboolean done = FALSE;

  if (!is_unchanged (commit, from, file))
    return fail_as_changed (commit, file, error);
  switch (commit->options->link)
    {
    case LIKENESS_LINK_COPY:
      done = copy_file (commit, from, file, path, error);
      break;
    case LIKENESS_LINK_HARD:
      done = link_file (commit, file, path, error);
      break;
    case LIKENESS_LINK_SYMBOLIC:
      done = symlink_file (commit, file, path, error);
      break;
    default:
      g_return_val_if_reached (FALSE);
    }
  if (!done)
    return FALSE;
  if ((!file->has_digest || commit->options->check_content)
      && !take_digest (commit, from, file, path, error))
    return FALSE;
  return is_unchanged (commit, from, file) || fail_as_changed (commit, file, error);
}

/* A hard link is the file itself: what it is can be asked of it, once. */
static gboolean
write_link (Commit *commit, const LikenessJobFile *file, const char *path, GError **error)
{
  struct stat status;

  if (!link_file (commit, file, path, error))
    return FALSE;
  return (commit->calls->look (commit->folder, path, &status) == 0
          && likeness_job_file_has_status (file, &status))
         || fail_as_changed (commit, file, error);
}

static gboolean
write_file (Commit *commit, const LikenessPlannedFile *planned, GError **error)
{
  LikenessJobFile *file = &commit->job->files[planned->file];
  gboolean done;
  int from;

  if (!make_folders (commit, planned->path, error))
    return FALSE;
  if (commit->options->link == LIKENESS_LINK_HARD && file->has_digest
      && !commit->options->check_content)
    return write_link (commit, file, planned->path, error);
  /* What has become a FIFO must not hold the commit for ever. */
  from = commit->calls->open (commit->source, file->path, O_RDONLY | O_NONBLOCK);
  if (from < 0)
    return fail_as_changed (commit, file, error);
  done = write_open_file (commit, from, file, planned->path, error);
  close (from);
  return done;
}

static gboolean
write_files (Commit *commit,
             const GPtrArray *planned,
             LikenessProgress *progress,
             GError **error)
{
  likeness_progress_begin (progress, N_ ("Writing images"), planned->len);
  for (guint i = 0; i < planned->len; i++)
    {
      if (g_cancellable_is_cancelled (commit->cancellable))
        {
          errno = ECANCELED;
          return fail_to_write (commit, "", error);
        }
      if (!write_file (commit, planned->pdata[i], error))
        return FALSE;
      likeness_progress_advance (progress, 1);
    }
  return TRUE;
}

static gboolean
write_record (Commit *commit, const GPtrArray *planned, GError **error)
{
  g_autofree char *text
      = likeness_split_record_new (commit->job, commit->options, planned);

  return likeness_file_calls_write_new (commit->calls, commit->folder,
                                        LIKENESS_MANIFEST_NAME, text, strlen (text))
         || fail_to_write (commit, LIKENESS_MANIFEST_NAME, error);
}

static gboolean
check_space (const Commit *commit, const GPtrArray *planned, GError **error)
{
  struct statvfs space;
  guint64 needed = 0;
  guint64 free_bytes;
  g_autofree char *needed_text = NULL;
  g_autofree char *free_text = NULL;
  g_autofree char *display = NULL;

  if (commit->calls->space (commit->folder, &space) != 0)
    return fail_to_write (commit, "", error);
  if (commit->options->link == LIKENESS_LINK_COPY)
    for (guint i = 0; i < planned->len; i++)
      {
        guint64 block = MAX (space.f_frsize, 1);
        const LikenessPlannedFile *file = planned->pdata[i];

        needed += (commit->job->files[file->file].size + block - 1) / block * block;
      }
  free_bytes = (guint64)space.f_bavail * space.f_frsize;
  /* Some file systems make inodes as they need them and say 0. */
  if (needed <= free_bytes && (space.f_files == 0 || space.f_favail >= planned->len))
    return TRUE;

  display = likeness_display_name (commit->target);
  needed_text = g_format_size (needed);
  free_text = g_format_size (free_bytes);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NO_SPACE,
               _ ("“%s” needs %s in %u files, but only %s are free there: free some "
                  "space, use links, or choose a folder on another disk"),
               display, needed_text, planned->len, free_text);
  return FALSE;
}

gboolean
likeness_split_job_commit_with (LikenessSplitJob *self,
                                const LikenessCommitOptions *options,
                                const LikenessFileCalls *calls,
                                LikenessProgress *progress,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (GHashTable) folders
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) planned = NULL;
  g_autofree char *target = NULL;
  LikenessStaging *staging;
  LikenessSplitSeconds *seconds = &self->seconds;
  gint64 start = g_get_monotonic_time ();
  Commit commit;
  gboolean done;

  g_return_val_if_fail (self->plan != NULL, FALSE);

  target = likeness_staging_resolve (options->target, error);
  if (target == NULL || !likeness_split_place_check (self, target, error))
    return FALSE;
  staging = likeness_staging_new (target, options->replace, calls, error);
  if (staging == NULL)
    return FALSE;
  planned = likeness_split_names_new (self, options->layout);
  commit = (Commit){
      .job = self,
      .options = options,
      .calls = calls,
      .cancellable = cancellable,
      .target = target,
      .source = open (self->root, O_PATH | O_DIRECTORY | O_CLOEXEC),
      .folder = likeness_staging_get_folder (staging),
      .folders = folders,
  };
  seconds->hashing = 0;
  done = check_space (&commit, planned, error)
         && write_files (&commit, planned, progress, error)
         && write_record (&commit, planned, error)
         && !g_cancellable_set_error_if_cancelled (cancellable, error)
         && likeness_staging_finish (staging, progress, cancellable, error);
  seconds->syncing = likeness_staging_get_sync_seconds (staging);
  seconds->writing
      = (g_get_monotonic_time () - start) / 1e6 - seconds->hashing - seconds->syncing;
  if (commit.source >= 0)
    close (commit.source);
  likeness_staging_close (staging, progress);
  return done;
}

gboolean
likeness_split_job_commit (LikenessSplitJob *self,
                           const LikenessCommitOptions *options,
                           LikenessProgress *progress,
                           GCancellable *cancellable,
                           GError **error)
{
  return likeness_split_job_commit_with (self, options, &likeness_file_calls, progress,
                                         cancellable, error);
}
