/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-pt-reader.h"

#include <glib/gstdio.h>
#include <string.h>

#include "likeness-test-tree.h"
#include "likeness-test-zip.h"
#include "likeness-torch.h"

#define S(text) text, sizeof text - 1

static const char pickle[] = "\200\002N.";

static void
assert_refused (LikenessTestFile *self, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPtValue) root = likeness_pt_reader_read (self->path, NULL, &error);

  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_null (root);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

static void
test_members (LikenessTestFile *self, gconstpointer data)
{
  static const struct
  {
    const char *part; /* %NULL: it is read */
    LikenessTestMember members[3];
  } cases[] = {
      {NULL, {{"net/data.pkl", pickle, 4}}},
      {NULL, {{"модель/data.pkl", pickle, 4}, {"модель/byteorder", S ("little")}}},
      {"“net.pt” holds no weights: it is a zip archive with “word/document.xml” in it",
       {{"word/document.xml", "x", 1}}},
      {"zip archive with “data.pkl”", {{"data.pkl", pickle, 4}}},
      {"its member “net/data.pkl” comes twice",
       {{"net/data.pkl", pickle, 4}, {"net/data.pkl", pickle, 4}}},
      {"its member “net/data/0” comes twice",
       {{"net/data.pkl", pickle, 4}, {"net/data/0", "a", 1}, {"net/data/0", "b", 1}}},
      {"holds two networks", {{"a/data.pkl", pickle, 4}, {"b/data.pkl", pickle, 4}}},
      {"big-endian", {{"net/data.pkl", pickle, 4}, {"net/byteorder", S ("big")}}},
      {"only half of a TorchScript file",
       {{"net/data.pkl", pickle, 4}, {"net/constants.pkl", "x", 1}}},
      {"only half of a TorchScript file",
       {{"net/data.pkl", pickle, 4}, {"net/code/net.py", "x", 1}}},
      {"“net/data.pkl” is compressed", {{"net/data.pkl", S ("\200\002NNNNNNN."), TRUE}}},
      {"cut off", {{"net/data.pkl", "", 0}}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = 0;

      while (n < 3 && cases[i].members[n].name != NULL)
        n++;
      likeness_test_zip_write (self->path, cases[i].members, n);
      if (cases[i].part != NULL)
        assert_refused (self, cases[i].part);
      else
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (LikenessPtValue) root
              = likeness_pt_reader_read (self->path, NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpint (root->type, ==, LIKENESS_PT_NONE);
        }
    }
}

static void
test_empty_zip (LikenessTestFile *self, gconstpointer data)
{
  likeness_test_zip_write (self->path, NULL, 0);
  assert_refused (self, "“net.pt” holds no weights");
}

/* 64 MB of zeros in 64 KB. */
static void
test_bomb (LikenessTestFile *self, gconstpointer data)
{
  gsize length = 64 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (length);
  const LikenessTestMember members[] = {
      {"net/data/0", zeros, length, TRUE},
      {"net/data.pkl", pickle, 4},
  };

  likeness_test_zip_write (self->path, members, 2);
  assert_refused (self, "“net/data/0” is compressed");
}

static void
test_too_many_members (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GArray) members = g_array_new (FALSE, TRUE, sizeof (LikenessTestMember));
  g_autoptr (GStringChunk) names = g_string_chunk_new (4096);

  for (int i = 0; i < 65537; i++)
    {
      g_autofree char *name = g_strdup_printf ("net/other/%d", i);
      LikenessTestMember member = {g_string_chunk_insert (names, name), "", 0};

      g_array_append_val (members, member);
    }
  likeness_test_zip_write (self->path, (LikenessTestMember *)members->data, members->len);
  assert_refused (self, "too many members");
}

/* A new file each time: replacing one waits for the disk. */
static void
write_bytes (LikenessTestFile *self, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_remove (self->path);
  g_file_set_contents (self->path, bytes, length, &error);
  g_assert_no_error (error);
}

/* A list of half a million members without names: libarchive would take 200 bytes for
 * each before it tells one. */
static void
test_endless_listing (LikenessTestFile *self, gconstpointer data)
{
  static const char member[46] = {'P', 'K', 1, 2};
  static const char local[30] = {'P', 'K', 3, 4};
  const guint32 n = 500000;
  const guint32 size = GUINT32_TO_LE (n * sizeof member);
  const guint32 offset = GUINT32_TO_LE (sizeof local);
  char end[22] = {'P', 'K', 5, 6};
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  memcpy (end + 12, &size, sizeof size);
  memcpy (end + 16, &offset, sizeof offset);
  g_byte_array_append (bytes, (const guint8 *)local, sizeof local);
  for (guint32 i = 0; i < n; i++)
    g_byte_array_append (bytes, (const guint8 *)member, sizeof member);
  g_byte_array_append (bytes, (const guint8 *)end, sizeof end);
  write_bytes (self, (const char *)bytes->data, bytes->len);
  assert_refused (self, "its list of members cannot be read (it is far too long)");
}

static char *
load_fixture (gsize *length)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "engine", "data", "values-2.pt", NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
test_cut_off (LikenessTestFile *self, gconstpointer data)
{
  gsize length;
  g_autofree char *bytes = load_fixture (&length);

  for (gsize i = 1; i < 50; i++)
    {
      write_bytes (self, bytes, length * i / 50);
      assert_refused (self, "“net.pt” ");
    }
}

static gboolean
is_same (const LikenessPtValue *a, const LikenessPtValue *b)
{
  guint n = a->items != NULL ? a->items->len : 0;

  if (a->type != b->type || a->integer != b->integer || a->boolean != b->boolean
      || a->number != b->number || g_strcmp0 (a->string, b->string) != 0
      || n != (b->items != NULL ? b->items->len : 0))
    return FALSE;
  if (a->tensor != NULL
      && (a->tensor->n != b->tensor->n
          || memcmp (a->tensor->data, b->tensor->data, a->tensor->n * sizeof (float))
                 != 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!is_same (g_ptr_array_index (a->items, i), g_ptr_array_index (b->items, i)))
      return FALSE;
  return TRUE;
}

/* Whatever bit is wrong: an error, or a place that does not count (padding, a date). */
static void
test_flipped_bits (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (LikenessPtValue) original = NULL;
  guint refused = 0;
  gsize length;
  g_autofree char *bytes = load_fixture (&length);

  write_bytes (self, bytes, length);
  original = likeness_pt_reader_read (self->path, NULL, NULL);
  g_assert_nonnull (original);
  for (gsize i = 0; i < length; i += 5)
    {
      g_autoptr (LikenessPtValue) root = NULL;

      bytes[i] ^= 1 << (i % 8);
      write_bytes (self, bytes, length);
      bytes[i] ^= 1 << (i % 8);
      root = likeness_pt_reader_read (self->path, NULL, NULL);
      if (root == NULL)
        refused++;
      else
        g_assert_true (is_same (root, original));
    }
  /* The pickle alone is a third of the file. */
  g_assert_cmpuint (refused, >, length / 5 / 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, func)                                                                  \
  g_test_add (path, LikenessTestFile, NULL, likeness_test_file_set_up, func,             \
              likeness_test_file_tear_down)
  add ("/pt-archive/members", test_members);
  add ("/pt-archive/refuse/empty-zip", test_empty_zip);
  add ("/pt-archive/refuse/bomb", test_bomb);
  add ("/pt-archive/refuse/too-many-members", test_too_many_members);
  add ("/pt-archive/refuse/endless-listing", test_endless_listing);
  add ("/pt-archive/refuse/cut-off", test_cut_off);
  add ("/pt-archive/refuse/flipped-bits", test_flipped_bits);
#undef add
  return g_test_run ();
}
