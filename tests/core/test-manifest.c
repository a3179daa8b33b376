/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-test-split.h"

static const char *const kind_names[] = {"missing", "changed", "foreign", "doubled"};

/* "kind path" of every difference, one a line. */
static char *
verify (const TestSplit *split)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences
      = likeness_manifest_verify (split->target, NULL, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < differences->len; i++)
    {
      const LikenessDifference *difference = differences->pdata[i];
      g_string_append_printf (text, "%s %s\n", kind_names[difference->kind],
                              difference->path);
    }
  return g_string_free (text, FALSE);
}

/* A split whose files lie in known places: by subject, each with one val face. */
static TestSplit *
make_split (LikenessLink link)
{
  TestSplit *split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;

  split->options.link = link;
  test_split_commit (split, &error);
  g_assert_no_error (error);
  return split;
}

/* (transfer full): the first path that starts with @start. */
static char *
find_path (const TestSplit *split, const char *start)
{
  g_auto (GStrv) paths = likeness_test_tree_list (split->target);

  for (char **path = paths; *path != NULL; path++)
    if (g_str_has_prefix (*path, start))
      return g_strdup (*path);
  g_assert_not_reached ();
}

static void
test_contents (void)
{
  g_autoptr (TestSplit) split = make_split (LIKENESS_LINK_COPY);
  g_autoptr (LikenessManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;
  guint n_digests = 0;

  manifest = likeness_manifest_load (split->target, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (manifest->source, ==, split->source);
  g_assert_cmpuint (manifest->files->len, ==, 20);
  for (guint i = 0; i < manifest->files->len; i++)
    {
      const LikenessManifestFile *file = manifest->files->pdata[i];
      g_autofree char *digest = likeness_digest_to_string (&file->digest);

      g_assert_true (
          g_str_has_prefix (file->path, likeness_split_to_string (file->split)));
      g_assert_cmpuint (file->size, ==, strlen (file->source));
      /* Of "train/hr_images/007_0.png", by libxxhash from Python. */
      if (g_str_equal (file->source, "train/hr_images/007_0.png"))
        {
          g_assert_cmpstr (digest, ==, "26ee4ea717c1bdbc32b328eb42e8edf1");
          g_assert_cmpstr (file->subject, ==, "007");
          n_digests++;
        }
    }
  g_assert_cmpuint (n_digests, ==, 1);
}

static void
test_same_text (void)
{
  g_autoptr (TestSplit) split = make_split (LIKENESS_LINK_COPY);
  g_autofree char *path = g_build_filename (split->target, LIKENESS_MANIFEST_NAME, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (g_file_get_contents (path, &first, NULL, NULL));
  split->options.replace = TRUE;
  test_split_plan_again (split);
  g_assert_true (test_split_commit (split, NULL));
  g_assert_true (g_file_get_contents (path, &second, NULL, NULL));
  g_assert_cmpstr (first, ==, second);
}

static void
test_differences (void)
{
  g_autoptr (TestSplit) split = make_split (LIKENESS_LINK_COPY);
  g_autofree char *train = find_path (split, "train/hr_images/007_");
  g_autofree char *other = find_path (split, "train/hr_images/008_");
  g_autofree char *val = find_path (split, "val/hr_images/");
  g_autofree char *low = find_path (split, "val/vlr_images/");
  g_autofree char *full = g_build_filename (split->target, train, NULL);
  g_autofree char *full_val = g_build_filename (split->target, val, NULL);
  g_autofree char *full_low = g_build_filename (split->target, low, NULL);
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  /* Another text of the same length. */
  g_assert_true (g_file_get_contents (full_val, &bytes, &size, NULL));
  bytes[0] ^= 1;
  likeness_test_tree_write (split->target, val, bytes, size);
  g_assert_cmpint (g_unlink (full_low), ==, 0);
  g_clear_pointer (&bytes, g_free);
  /* A train face copied into val: foreign, and on both sides. */
  g_assert_true (g_file_get_contents (full, &bytes, &size, NULL));
  likeness_test_tree_write (split->target, "val/hr_images/zzz.png", bytes, size);
  likeness_test_tree_write (split->target, "notes.txt", "mine", -1);

  text = verify (split);
  expected = g_strdup_printf ("foreign notes.txt\n"
                              "doubled %s\n"
                              "changed %s\n"
                              "foreign val/hr_images/zzz.png\n"
                              "doubled val/hr_images/zzz.png\n"
                              "missing %s\n",
                              train, val, low);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (train, !=, other);
}

/* One picture under two people, written by the split itself. */
static void
test_doubled_subject (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  likeness_test_tree_write (split->source, "val/hr_images/007_4.png", "one picture", -1);
  likeness_test_tree_write (split->source, "train/hr_images/008_3.png", "one picture",
                            -1);
  test_split_plan_again (split);
  g_assert_true (test_split_commit (split, &error));
  text = verify (split);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "doubled "));
  g_assert_true (g_str_has_suffix (lines[0], "/007_4.png")
                 || g_str_has_suffix (lines[1], "/007_4.png"));
}

static void
test_undo (void)
{
  static const LikenessLink links[]
      = {LIKENESS_LINK_COPY, LIKENESS_LINK_HARD, LIKENESS_LINK_SYMBOLIC};

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (TestSplit) split = make_split (links[i]);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) source = NULL;
      guint n_removed = 0;
      guint n_kept = 9;

      g_assert_true (likeness_manifest_undo (split->target, &n_removed, &n_kept, NULL,
                                             NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (n_removed, ==, 20);
      g_assert_cmpuint (n_kept, ==, 0);
      g_assert_false (g_file_test (split->target, G_FILE_TEST_EXISTS));
      source = likeness_test_tree_list (split->source);
      g_assert_true (g_strv_equal ((const char *const *)source,
                                   (const char *const *)split->source_before));
    }
}

static void
test_undo_keeps (void)
{
  g_autoptr (TestSplit) split = make_split (LIKENESS_LINK_COPY);
  g_autofree char *changed = find_path (split, "val/hr_images/");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) left = NULL;
  guint n_removed = 0;
  guint n_kept = 0;

  likeness_test_tree_write (split->target, changed, "retouched", -1);
  likeness_test_tree_write (split->target, "train/hr_images/mine.png", "mine", -1);
  g_assert_true (
      likeness_manifest_undo (split->target, &n_removed, &n_kept, NULL, NULL, &error));
  g_assert_cmpuint (n_removed, ==, 19);
  g_assert_cmpuint (n_kept, ==, 2);
  left = likeness_test_tree_list (split->target);
  g_assert_cmpuint (g_strv_length (left), ==, 2);
  g_assert_cmpstr (left[0], ==, "train/hr_images/mine.png");
  g_assert_cmpstr (left[1], ==, changed);
}

/* A folder swapped for a link must not lead the undo out of the data set. */
static void
test_undo_stays_inside (void)
{
  g_autoptr (TestSplit) split = make_split (LIKENESS_LINK_COPY);
  g_autofree char *inside = g_build_filename (split->target, "train", NULL);
  g_autofree char *outside = g_build_filename (split->root, "outside", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;

  g_assert_cmpint (g_rename (inside, outside), ==, 0);
  g_assert_cmpint (symlink (outside, inside), ==, 0);
  before = likeness_test_tree_list (outside);
  g_assert_cmpuint (g_strv_length (before), ==, 16);
  g_assert_true (likeness_manifest_undo (split->target, NULL, NULL, NULL, NULL, &error));
  after = likeness_test_tree_list (outside);
  g_assert_true (g_strv_equal ((const char *const *)before, (const char *const *)after));
}

#define FILE_WITH(members)                                                               \
  "{\"format\": 1, \"source\": \"/s\", \"files\": [{" members "}]}"
#define GOOD                                                                             \
  "\"subject\": \"a\", \"split\": \"train\", \"source\": \"x\", \"size\": 1, "           \
  "\"group\": 0, \"xxh3\": \"00000000000000000000000000000000\""

static void
test_hostile (void)
{
  static const char *const texts[] = {
      "",
      "[]",
      "{}",
      "{\"format\": 1}",
      "{\"format\": 2, \"source\": \"/s\", \"files\": []}",
      "{\"format\": 1, \"source\": 3, \"files\": []}",
      "{\"format\": 1, \"source\": \"/s\", \"files\": {}}",
      "{\"format\": 1, \"source\": \"/s\", \"files\": [1]}",
      FILE_WITH ("\"path\": \"../x\", " GOOD),
      FILE_WITH ("\"path\": \"/etc/passwd\", " GOOD),
      FILE_WITH ("\"path\": \"a/../../x\", " GOOD),
      FILE_WITH ("\"path\": \"a//x\", " GOOD),
      FILE_WITH ("\"path\": \"./x\", " GOOD),
      FILE_WITH ("\"path\": \"\", " GOOD),
      FILE_WITH ("\"path\": \"x/\", " GOOD),
      FILE_WITH ("\"path\": \"dataset.json\", " GOOD),
      FILE_WITH ("\"path\": \"a\\\\x00b\", " GOOD),
      FILE_WITH (GOOD),
      FILE_WITH ("\"path\": \"x\""),
      FILE_WITH ("\"path\": \"x\", " GOOD ", \"size\": -1"),
      FILE_WITH ("\"path\": \"x\", " GOOD ", \"xxh3\": \"00\""),
      FILE_WITH ("\"path\": \"x\", " GOOD ", \"split\": \"both\""),
      FILE_WITH ("\"path\": \"x\", " GOOD "}, {\"path\": \"x\", " GOOD),
  };
  g_autoptr (GString) deep
      = g_string_new ("{\"format\": 1, \"source\": \"/s\", \"files\": [{\"path\": \"");

  for (guint i = 0; i < 100; i++)
    g_string_append (deep, "a/");
  g_string_append (deep, "x\", " GOOD "}]}");
  for (gsize i = 0; i <= G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *root = likeness_test_tree_new ();
      g_autoptr (LikenessManifest) manifest = NULL;
      g_autoptr (GError) error = NULL;

      likeness_test_tree_write (root, LIKENESS_MANIFEST_NAME,
                                i < G_N_ELEMENTS (texts) ? texts[i] : deep->str, -1);
      manifest = likeness_manifest_load (root, &error);
      g_assert_null (manifest);
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
      g_clear_error (&error);
      g_assert_false (likeness_manifest_undo (root, NULL, NULL, NULL, NULL, &error));
      likeness_test_tree_remove (root);
    }
}

#define N_ALIKE 30000

/* Seconds of the processor that a manifest of N_ALIKE names made of @parts takes. */
static double
load_made_of (const char *const parts[3])
{
  g_autoptr (GString) text
      = g_string_new ("{\"format\": 1, \"source\": \"/s\", \"files\": [");
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (LikenessManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;
  clock_t start;

  for (guint i = 0; i < N_ALIKE; i++)
    {
      g_string_append (text, i > 0 ? ", {\"path\": \"" : "{\"path\": \"");
      for (guint digits = 0, rest = i; digits < 11; digits++, rest /= 3)
        g_string_append (text, parts[rest % 3]);
      g_string_append (text, "\", " GOOD "}");
    }
  g_string_append (text, "]}");
  likeness_test_tree_write (root, LIKENESS_MANIFEST_NAME, text->str, text->len);
  start = clock ();
  manifest = likeness_manifest_load (root, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (manifest->files->len, ==, N_ALIKE);
  likeness_test_tree_remove (root);
  return (double)(clock () - start) / CLOCKS_PER_SEC;
}

/* Names whose g_str_hash() is the same: with it, they take a hundred times as long as
 * others. */
static void
test_names_that_collide (void)
{
  const double others = load_made_of ((const char *const[]){"Az", "By", "C8"});

  g_assert_cmpfloat (load_made_of ((const char *const[]){"Az", "BY", "C8"}), <,
                     5 * others);
}

/* What stands in a file's place may be a device or a pipe: it is not opened. */
static void
test_verify_pipe (void)
{
  g_autoptr (TestSplit) split = make_split (LIKENESS_LINK_SYMBOLIC);
  g_autofree char *train = find_path (split, "train/hr_images/007_");
  g_autofree char *full = g_build_filename (split->target, train, NULL);
  g_autofree char *pipe = g_build_filename (split->root, "pipe", NULL);
  g_autofree char *expected = g_strdup_printf ("changed %s\n", train);
  g_autofree char *text = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (g_unlink (full), ==, 0);
  g_assert_cmpint (symlink (pipe, full), ==, 0);
  text = verify (split);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_none (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, LIKENESS_MANIFEST_NAME, NULL);
  g_autoptr (LikenessManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;

  manifest = likeness_manifest_load (root, &error);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* A hole of a terabyte is refused by its size. */
  likeness_test_tree_write (root, LIKENESS_MANIFEST_NAME, "", 0);
  g_assert_cmpint (truncate (path, G_GINT64_CONSTANT (1) << 40), ==, 0);
  manifest = likeness_manifest_load (root, &error);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE);
  likeness_test_tree_remove (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest/write/contents", test_contents);
  g_test_add_func ("/manifest/write/same-text-for-the-same-split", test_same_text);
  g_test_add_func ("/manifest/verify/differences", test_differences);
  g_test_add_func ("/manifest/verify/one-picture-of-two-people", test_doubled_subject);
  g_test_add_func ("/manifest/undo/all", test_undo);
  g_test_add_func ("/manifest/undo/keeps-what-is-not-ours", test_undo_keeps);
  g_test_add_func ("/manifest/undo/stays-inside", test_undo_stays_inside);
  g_test_add_func ("/manifest/load/hostile", test_hostile);
  g_test_add_func ("/manifest/verify/pipe", test_verify_pipe);
  g_test_add_func ("/manifest/load/names-that-collide", test_names_that_collide);
  g_test_add_func ("/manifest/load/none-or-too-large", test_none);
  return g_test_run ();
}
