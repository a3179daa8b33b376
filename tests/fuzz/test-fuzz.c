/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* Feeds every parser of strangers' files its seeds and a bounded number of mutations of
 * them, the same ones each time. meson.build says how to search without a bound. */

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "likeness-fuzz.h"
#include "likeness-test-tree.h"

#ifdef LIKENESS_LIBFUZZER

int LLVMFuzzerTestOneInput (const guint8 *data, size_t length);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t length)
{
  static const LikenessFuzzTarget *target;
  static char *folder;

  if (folder == NULL)
    folder = likeness_test_tree_new ();
  for (guint i = 0; target == NULL && i < likeness_fuzz_n_targets; i++)
    if (g_strcmp0 (g_getenv ("LIKENESS_FUZZ"), likeness_fuzz_targets[i].name) == 0)
      target = &likeness_fuzz_targets[i];
  g_assert_nonnull (target);
  likeness_fuzz_run (target, folder, data, length);
  return 0;
}

#else

#define MOST_MUTATIONS 20000
#define MOST_SECONDS 4
#define MOST_HANG 20 /* seconds for one input, on a busy machine */
#define MOST_MEMORY (G_GUINT64_CONSTANT (2) << 30)
#define MOST_LENGTH 65536
#define MOST_MEMBERS 2000

/* What turns up in no mutation of single bytes. */
static const char *const tokens[] = {
    "{",   "}",       "[",          "]",        ",",     "\"",    ":",          "\\",
    "(",   "\n",      "\t",         "null",     "-1",    "1e99",  "9999999999", "../",
    "\\u", "\\ud800", "4294967295", "\xff\xff", "h\x01", "q\x01", "\x8a\x08",   "true"};

static void
mutate (GByteArray *bytes, const GPtrArray *seeds, GRand *random)
{
  guint at = g_rand_int_range (random, 0, bytes->len + 1);
  guint length = g_rand_int_range (random, 1, 17);
  guint left = bytes->len - at;
  GBytes *other = seeds->pdata[g_rand_int_range (random, 0, seeds->len)];
  gsize n_other;
  const guint8 *from = g_bytes_get_data (other, &n_other);
  const char *token = tokens[g_rand_int_range (random, 0, G_N_ELEMENTS (tokens))];
  static const guint8 edges[] = {0, 1, 0x7f, 0x80, 0xff};

  switch (g_rand_int_range (random, 0, 7))
    {
    case 0:
      if (left > 0)
        bytes->data[at] ^= 1u << (length & 7);
      break;
    case 1:
      if (left > 0)
        bytes->data[at] = g_rand_int (random);
      break;
    case 2:
      memset (bytes->data + at, edges[length % G_N_ELEMENTS (edges)],
              MIN (left, length / 2));
      break;
    case 3:
      g_byte_array_remove_range (bytes, at, MIN (left, length));
      break;
    case 4: /* a piece of another seed in place of the end */
      g_byte_array_set_size (bytes, at);
      at = MIN (at, n_other);
      g_byte_array_append (bytes, from + at, n_other - at);
      break;
    case 5: /* a piece of itself once more */
      length = MIN (left, length * length);
      g_byte_array_set_size (bytes, bytes->len + length);
      memmove (bytes->data + at + length, bytes->data + at, left);
      break;
    default:
      length = strlen (token);
      g_byte_array_set_size (bytes, bytes->len + length);
      memmove (bytes->data + at + length, bytes->data + at, left);
      memcpy (bytes->data + at, token, length);
    }
}

static void
run (const LikenessFuzzTarget *target, const char *folder, const void *data, gsize length)
{
  alarm (MOST_HANG);
  likeness_fuzz_run (target, folder, data, length);
  alarm (0);
}

/* What an hour of searching found to go other ways through the target: members of an
 * archive. */
static void
add_corpus (const LikenessFuzzTarget *target, GPtrArray *seeds)
{
  g_autofree char *name = g_strdup_printf ("%s.tar.xz", target->name);
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", name, NULL);
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;

  archive_read_support_filter_xz (archive);
  archive_read_support_format_tar (archive);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_assert_cmpint (archive_read_open_filename (archive, path, 10240), ==, ARCHIVE_OK);
      while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
        {
          gsize length = (gsize)archive_entry_size (entry);
          g_autofree guint8 *bytes = g_malloc (length + 1);

          if (archive_entry_filetype (entry) != AE_IFREG)
            continue;
          g_assert_cmpint (archive_read_data (archive, bytes, length), ==, length);
          g_ptr_array_add (seeds, g_bytes_new (bytes, length));
        }
      g_assert_cmpuint (seeds->len, <, MOST_MEMBERS);
    }
  archive_read_free (archive);
}

static void
test_target (gconstpointer data)
{
  const LikenessFuzzTarget *target = data;
  g_autofree char *folder = likeness_test_tree_new ();
  g_autoptr (GPtrArray) seeds = target->make_seeds ();
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  gint64 end = g_get_monotonic_time () + MOST_SECONDS * G_USEC_PER_SEC;
  guint n = 0;

  add_corpus (target, seeds);
  for (guint i = 0; i < seeds->len; i++)
    run (target, folder, g_bytes_get_data (seeds->pdata[i], NULL),
         g_bytes_get_size (seeds->pdata[i]));
  for (; n < MOST_MUTATIONS && g_get_monotonic_time () < end; n++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      GBytes *seed = seeds->pdata[n % seeds->len];

      g_byte_array_append (bytes, g_bytes_get_data (seed, NULL), g_bytes_get_size (seed));
      for (guint times = g_rand_int_range (random, 1, 6); times > 0; times--)
        mutate (bytes, seeds, random);
      run (target, folder, bytes->data, MIN (bytes->len, MOST_LENGTH));
    }
  g_test_message ("%u mutations of %u seeds", n, seeds->len);
  likeness_test_tree_remove (folder);
}

static void
write_seeds (const char *root)
{
  for (guint i = 0; i < likeness_fuzz_n_targets; i++)
    {
      g_autoptr (GPtrArray) seeds = likeness_fuzz_targets[i].make_seeds ();

      for (guint k = 0; k < seeds->len; k++)
        {
          g_autofree char *path
              = g_strdup_printf ("%s/%u", likeness_fuzz_targets[i].name, k);

          likeness_test_tree_write (root, path, g_bytes_get_data (seeds->pdata[k], NULL),
                                    g_bytes_get_size (seeds->pdata[k]));
        }
    }
}

int
main (int argc, char **argv)
{
#if !defined __SANITIZE_ADDRESS__
  /* A sanitizer's shadow alone is larger. */
  const struct rlimit limit = {MOST_MEMORY, MOST_MEMORY};

  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
#endif
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--write-seeds"))
    {
      write_seeds (argv[2]);
      return 0;
    }
  for (guint i = 0; i < likeness_fuzz_n_targets; i++)
    {
      g_autofree char *path = g_strconcat ("/fuzz/", likeness_fuzz_targets[i].name, NULL);

      g_test_add_data_func (path, &likeness_fuzz_targets[i], test_target);
    }
  return g_test_run ();
}

#endif
