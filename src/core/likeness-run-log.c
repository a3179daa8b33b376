/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-json.h"

/* A line is about 3 kB, a run a few thousand of them at the very most. */
#define MAX_BYTES (64 * 1024 * 1024)
/* In memory an event takes a kilobyte, however short its line is. */
#define MAX_EVENTS 100000

struct _LikenessRunLog
{
  char *path;
  int file;
};

static gboolean
fail (const char *path, int code, GError **error)
{
  g_autofree char *display = likeness_display_name (path);

  g_set_error (error, LIKENESS_ERROR,
               code == ENOSPC || code == EDQUOT ? LIKENESS_ERROR_NO_SPACE
                                                : LIKENESS_ERROR_NOT_WRITABLE,
               _ ("“%s” could not be written: %s"), display, g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int file, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = write (file, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      length -= n;
    }
  return TRUE;
}

/* After a power loss the last line may lack its end, or be full of zeros. */
static gboolean
mend_last_line (const char *path, int file, GError **error)
{
  g_autofree char *contents = NULL;
  g_autoptr (LikenessEvent) event = NULL;
  const char *newline;
  gsize length = 0, whole;

  if (!likeness_json_read_file (path, MAX_BYTES, &contents, &length, error))
    return FALSE;
  if (length == 0 || contents[length - 1] == '\n')
    return TRUE;
  newline = g_strrstr_len (contents, length, "\n");
  whole = newline != NULL ? newline + 1 - contents : 0;
  if (strlen (contents + whole) == length - whole)
    event = likeness_event_from_json (contents + whole, NULL);
  if (event != NULL ? write_all (file, "\n", 1) : ftruncate (file, whole) == 0)
    return TRUE;
  return fail (path, errno, error);
}

gboolean
likeness_run_log_lock (const char *run, int *lock, GError **error)
{
  g_autofree char *display = likeness_display_name (run);
  gboolean taken;

  *lock = g_open (run, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (*lock < 0)
    return fail (run, errno, error);
  if (flock (*lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  taken = errno == EWOULDBLOCK;
  if (taken)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
                 _ ("“%s” is being trained already. Wait until that has ended, or stop "
                    "it there."),
                 display);
  else
    g_debug ("%s cannot be locked: %s", display, g_strerror (errno));
  close (*lock);
  *lock = -1;
  return !taken;
}

LikenessRunLog *
likeness_run_log_open (const char *run, GError **error)
{
  g_autoptr (LikenessRunLog) self = g_new0 (LikenessRunLog, 1);

  self->path = g_build_filename (run, LIKENESS_RUN_EVENTS_NAME, NULL);
  /* The folder of a resumed run may be a stranger's: a link would lead the writing to
   * another file, and a pipe waits for its reader. */
  self->file = g_open (
      self->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
      0666);
  if (self->file < 0)
    {
      fail (self->path, errno, error);
      return NULL;
    }
  if (!mend_last_line (self->path, self->file, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
likeness_run_log_append (LikenessRunLog *self, const LikenessEvent *event, GError **error)
{
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;
  struct stat before;
  int code;

  if (event->type == LIKENESS_EVENT_BATCH)
    return TRUE;
  json = likeness_event_to_json (event);
  line = g_strconcat (json, "\n", NULL);
  if (fstat (self->file, &before) != 0)
    return fail (self->path, errno, error);
  if (write_all (self->file, line, strlen (line)) && fdatasync (self->file) == 0)
    return TRUE;
  code = errno;
  /* Half a line must not stay when the disk is full: the run may go on later. */
  if (ftruncate (self->file, before.st_size) != 0)
    g_debug ("%s keeps half a line: %s", self->path, g_strerror (errno));
  return fail (self->path, code, error);
}

void
likeness_run_log_close (LikenessRunLog *self)
{
  if (self == NULL)
    return;
  if (self->file >= 0)
    close (self->file);
  g_free (self->path);
  g_free (self);
}

GPtrArray *
likeness_run_log_read (const char *run, GError **error)
{
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_EVENTS_NAME, NULL);
  g_autoptr (GPtrArray) events
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_event_free);
  g_autofree char *contents = NULL;
  gsize length = 0;
  char *line, *newline;

  if (!likeness_json_read_file (path, MAX_BYTES, &contents, &length, error))
    {
      g_autofree char *display = likeness_display_name (run);

      g_prefix_error (error, _ ("“%s” is not the folder of a run. "), display);
      return NULL;
    }
  for (line = contents; (newline = memchr (line, '\n', contents + length - line)) != NULL;
       line = newline + 1)
    {
      LikenessEvent *event = NULL;

      *newline = '\0';
      if (events->len == MAX_EVENTS)
        g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                             _ ("No run has so many events"));
      else if (strlen (line) == (gsize)(newline - line))
        event = likeness_event_from_json (line, error);
      else
        g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                             _ ("It has a zero byte"));
      if (event == NULL)
        {
          g_autofree char *display = likeness_display_name (path);

          g_prefix_error (error, _ ("Line %u of “%s” cannot be read. "), events->len + 1,
                          display);
          return NULL;
        }
      g_ptr_array_add (events, event);
    }
  /* What stands behind the last newline was cut off by a kill or a power loss, unless
   * only the newline itself is missing. */
  if (*line != '\0' && strlen (line) == (gsize)(contents + length - line))
    {
      LikenessEvent *event = likeness_event_from_json (line, NULL);

      if (event != NULL)
        g_ptr_array_add (events, event);
    }
  return g_steal_pointer (&events);
}

char *
likeness_run_log_get_default_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "likeness", "runs", NULL);
}

char *
likeness_run_log_make_name (const char *dataset)
{
  g_autofree char *directory = likeness_run_log_get_default_directory ();
  g_autofree char *base
      = g_path_get_basename (dataset != NULL && *dataset != '\0' ? dataset : "run");
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *name = NULL;
  char *path;

  /* The name becomes a folder's: no control characters, no separator, no hidden folder,
   * and room for the date within 255 bytes. */
  for (char *c = base; *c != '\0'; c++)
    if ((guchar)*c < ' ' || *c == '/' || *c == 0x7f)
      *c = '_';
  if (g_str_equal (base, ".") || g_str_equal (base, "_"))
    name = g_strdup_printf ("%s-run", date);
  else
    name = g_strdup_printf ("%s-%.200s", date, base);
  path = g_build_filename (directory, name, NULL);
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s/%s-%u", directory, name, i);
    }
  return path;
}

GDateTime *
likeness_run_log_parse_name (const char *name, const char **rest)
{
  /* "2026-10-17-044415-faces" */
  static const char form[] = "dddd-dd-dd-dddddd-";
  int numbers[6];

  for (guint i = 0; form[i] != '\0'; i++)
    if (form[i] == 'd' ? !g_ascii_isdigit (name[i]) : name[i] != form[i])
      return NULL;
  if (sscanf (name, "%4d-%2d-%2d-%2d%2d%2d", &numbers[0], &numbers[1], &numbers[2],
              &numbers[3], &numbers[4], &numbers[5])
      != 6)
    return NULL;
  if (rest != NULL)
    *rest = name + strlen (form);
  return g_date_time_new_local (numbers[0], numbers[1], numbers[2], numbers[3],
                                numbers[4], numbers[5]);
}
