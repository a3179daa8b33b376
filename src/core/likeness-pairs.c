/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pairs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-string-hash.h"

#define MAX_BYTES (128 * 1024 * 1024)
/* "Name1 i Name2 j", and one more to see that there are too many. */
#define MAX_FIELDS 5
#define MAX_NUMBER 999999
#define UTF8_BOM "\xef\xbb\xbf"

typedef struct
{
  LikenessPairs *pairs;
  GHashTable *indexes;  /* an image's index, plus one; its keys are the images */
  GHashTable *subjects; /* a set of names */
  GPtrArray *images;
  gsize n_claimed; /* pairs; 0: the first line is still to come */
  gsize of_a_kind; /* genuine pairs of a fold, and impostor pairs */
  gsize n_genuine; /* of the fold that is being read */
} Reader;

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT, sentence);
  return FALSE;
}

/* Cuts @line up in place. */
static guint
split_fields (char *line, char *fields[MAX_FIELDS])
{
  const char *separator = strchr (line, '\t') != NULL ? "\t" : " ";
  guint n = 0;

  for (char *rest = line; rest != NULL && n < MAX_FIELDS;)
    {
      char *field = g_strstrip (strsep (&rest, separator));

      if (*field != '\0')
        fields[n++] = field;
    }
  return n;
}

static gboolean
refuse_claim (GError **error)
{
  return refuse (error,
                 _ ("the first line must be the number of folds and of pairs, as in "
                    "“10 300”, or of pairs alone"));
}

static gboolean
read_claim (Reader *reader, char **fields, guint n, GError **error)
{
  guint64 folds = 1, of_a_kind = 0;

  if (n < 1 || n > 2
      || (n == 2
          && !g_ascii_string_to_unsigned (fields[0], 10, 1, LIKENESS_PAIRS_MAX_FOLDS,
                                          &folds, NULL))
      || !g_ascii_string_to_unsigned (fields[n - 1], 10, 1, LIKENESS_PAIRS_MAX / 2,
                                      &of_a_kind, NULL))
    return refuse_claim (error);
  if (folds * of_a_kind > LIKENESS_PAIRS_MAX / 2)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                   _ ("more than %d pairs are claimed: split the file"),
                   LIKENESS_PAIRS_MAX);
      return FALSE;
    }
  reader->of_a_kind = of_a_kind;
  reader->n_claimed = folds * of_a_kind * 2;
  reader->pairs->n_folds = folds;
  reader->pairs->genuine = g_new (gboolean, reader->n_claimed);
  reader->pairs->fold = g_new (guint32, reader->n_claimed);
  reader->pairs->first = g_new (guint32, reader->n_claimed);
  reader->pairs->second = g_new (guint32, reader->n_claimed);
  return TRUE;
}

/* Names are folders inside the images' folder and nothing else. */
static gboolean
read_image (
    Reader *reader, char *name, const char *number, guint32 *index, GError **error)
{
  g_autofree char *image = NULL;
  guint64 value;
  guint found;

  if (strchr (name, '/') != NULL || strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
    {
      g_autofree char *display = likeness_display_name (name);

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                   _ ("“%s” is no name of a person's folder"), display);
      return FALSE;
    }
  if (!g_ascii_string_to_unsigned (number, 10, 0, MAX_NUMBER, &value, NULL))
    {
      g_autofree char *display = likeness_display_name (number);

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                   _ ("“%s” is no number of an image, 0 to %d"), display, MAX_NUMBER);
      return FALSE;
    }
  image = g_strdup_printf ("%s/%s_%04u", name, name, (guint)value);
  found = GPOINTER_TO_UINT (g_hash_table_lookup (reader->indexes, image));
  if (found == 0)
    {
      g_ptr_array_add (reader->images, image);
      found = reader->images->len;
      g_hash_table_insert (reader->indexes, g_steal_pointer (&image),
                           GUINT_TO_POINTER (found));
      /* The text of the file lives as long as the reader. */
      g_hash_table_add (reader->subjects, name);
    }
  *index = found - 1;
  return TRUE;
}

static gboolean
add_pair (Reader *reader, gboolean genuine, GError **error)
{
  LikenessPairs *pairs = reader->pairs;
  gsize of_fold = pairs->n % (2 * reader->of_a_kind);
  gsize n_same;

  if (of_fold == 0)
    reader->n_genuine = 0;
  n_same = genuine ? reader->n_genuine : of_fold - reader->n_genuine;
  if (n_same == reader->of_a_kind)
    {
      g_set_error (
          error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
          genuine ? _ ("fold %u already has its %" G_GSIZE_FORMAT
                       " pairs of one person: put the number of pairs on the first line")
                  : _ ("fold %u already has its %" G_GSIZE_FORMAT
                       " pairs of two people: put the number of pairs on the first line"),
          (guint)(pairs->n / (2 * reader->of_a_kind)) + 1, reader->of_a_kind);
      return FALSE;
    }
  reader->n_genuine += genuine;
  pairs->genuine[pairs->n] = genuine;
  pairs->fold[pairs->n] = (guint32)(pairs->n / (2 * reader->of_a_kind));
  pairs->n++;
  return TRUE;
}

static gboolean
read_line (Reader *reader, char *line, GError **error)
{
  LikenessPairs *pairs = reader->pairs;
  char *fields[MAX_FIELDS];
  guint n = split_fields (line, fields);
  gboolean genuine = n == 3;

  if (n == 0)
    return TRUE;
  if (reader->n_claimed == 0)
    return read_claim (reader, fields, n, error);
  if (n != 3 && n != 4)
    return refuse (error, _ ("a pair is “Name 1 2” or “Name 1 Other 2”"));
  if (pairs->n == reader->n_claimed)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                   _ ("there are more than the %" G_GSIZE_FORMAT
                      " pairs that the first line claims"),
                   reader->n_claimed);
      return FALSE;
    }
  if (!read_image (reader, fields[0], fields[1], &pairs->first[pairs->n], error)
      || !read_image (reader, fields[genuine ? 0 : 2], fields[n - 1],
                      &pairs->second[pairs->n], error))
    return FALSE;
  if (!genuine && strcmp (fields[0], fields[2]) == 0)
    return refuse (error, _ ("both names are the same: a pair of one person is “Name 1 "
                             "2”"));
  /* It would be right whatever the network. */
  if (pairs->first[pairs->n] == pairs->second[pairs->n])
    return refuse (error, _ ("an image is held against itself"));
  return add_pair (reader, genuine, error);
}

static gboolean
read_text (Reader *reader, char *text, gsize length, GError **error)
{
  char *begin = text, *last = text + length;
  guint number = 1;

  if (g_str_has_prefix (text, UTF8_BOM))
    begin += strlen (UTF8_BOM);
  for (char *line = begin, *end; line < last; line = end + 1, number++)
    {
      gboolean good;

      end = memchr (line, '\n', (gsize)(last - line));
      if (end == NULL)
        end = last;
      *end = '\0';
      good = memchr (line, '\0', (gsize)(end - line)) == NULL
                 ? read_line (reader, line, error)
                 : refuse (error, _ ("there is a zero byte: this is no text"));
      if (!good)
        {
          g_prefix_error (error, _ ("line %u: "), number);
          return FALSE;
        }
    }
  if (reader->n_claimed == 0)
    return refuse_claim (error);
  if (reader->pairs->n == reader->n_claimed)
    return TRUE;
  g_set_error (
      error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
      _ ("line %u: the file ends after %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " pairs"),
      number, reader->pairs->n, reader->n_claimed);
  return FALSE;
}

LikenessPairs *
likeness_pairs_load (const char *path, GError **error)
{
  g_autoptr (LikenessPairs) self = g_new0 (LikenessPairs, 1);
  g_autoptr (GHashTable) indexes = g_hash_table_new (likeness_string_hash, g_str_equal);
  g_autoptr (GHashTable) subjects = g_hash_table_new (likeness_string_hash, g_str_equal);
  Reader reader = {.pairs = self, .indexes = indexes, .subjects = subjects};
  g_autofree char *contents = NULL;
  gsize length = 0;
  gboolean good;

  if (!likeness_json_read_file (path, MAX_BYTES, &contents, &length, error))
    return NULL;
  reader.images = g_ptr_array_new ();
  good = read_text (&reader, contents, length, error);
  self->n_subjects = g_hash_table_size (subjects);
  self->n_images = reader.images->len;
  g_ptr_array_add (reader.images, NULL);
  self->images = (char **)g_ptr_array_free (reader.images, FALSE);
  if (!good)
    {
      g_autofree char *display = likeness_display_name (path);

      g_prefix_error (error, _ ("“%s”, "), display);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
likeness_pairs_free (LikenessPairs *self)
{
  if (self == NULL)
    return;
  g_free (self->genuine);
  g_free (self->fold);
  g_free (self->first);
  g_free (self->second);
  g_strfreev (self->images);
  g_free (self);
}

/* (transfer full): %NULL where there is no such file. */
static char *
find_image (const char *directory, const char *image)
{
  static const char *const extensions[] = {".jpg", ".jpeg", ".png"};

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *name = g_strconcat (image, extensions[i], NULL);
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

char **
likeness_pairs_find_images (const LikenessPairs *self,
                            const char *directory,
                            LikenessProgress *progress,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autofree char *folder = likeness_display_name (directory);
  const char *missing = NULL;
  guint n_missing = 0;

  if (!g_file_test (directory, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_A_FOLDER,
                   _ ("“%s” is not a folder: name the one with the people's folders"),
                   folder);
      return NULL;
    }
  likeness_progress_begin (progress, N_ ("Looking for images"), self->n_images);
  for (guint i = 0; i < self->n_images; i++)
    {
      char *path = find_image (directory, self->images[i]);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_free (path);
          return NULL;
        }
      if (path == NULL && n_missing++ == 0)
        missing = self->images[i];
      if (path != NULL)
        g_ptr_array_add (paths, path);
      likeness_progress_advance (progress, 1);
    }
  if (missing != NULL)
    {
      g_autofree char *image = likeness_display_name (missing);

      g_set_error (
          error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
          _ ("Of the %u images of the pairs %u are missing in “%s”, the first is "
             "“%s” (.jpg, .jpeg or .png): look whether this is their folder"),
          self->n_images, n_missing, folder, image);
      return NULL;
    }
  return (char **)g_ptr_array_steal (paths, NULL);
}
