/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-script-trust.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "likeness-enlarger.h"
#include "likeness-test-script.h"
#include "likeness-test-tree.h"
#include "likeness-torch.h"

/* SHA-256 of "abc": FIPS 180-2, appendix B.1. */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

typedef struct
{
  char *path; /* of the list, which is not there */
  char *folder;
  GBytes *abc;
  GBytes *other;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->path = likeness_script_trust_get_path ();
  self->folder = g_path_get_dirname (self->path);
  self->abc = g_bytes_new_static ("abc", 3);
  self->other = g_bytes_new_static ("abd", 3);
  g_assert_false (g_file_test (self->folder, G_FILE_TEST_EXISTS));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_bytes_unref (self->abc);
  g_bytes_unref (self->other);
  g_free (self->path);
  g_free (self->folder);
}

static gboolean
is_trusted (GBytes *program)
{
  g_autoptr (GError) error = NULL;

  if (likeness_script_trust_check (program, "sr.pt", NULL, &error))
    {
      g_assert_no_error (error);
      return TRUE;
    }
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED);
  g_assert_nonnull (strstr (error->message, "“sr.pt”"));
  return FALSE;
}

static void
write_list (const Fixture *self, const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (self->folder, 0700), ==, 0);
  g_file_set_contents (self->path, text, length, &error);
  g_assert_no_error (error);
}

static void
assert_list (const Fixture *self, const char *wanted)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (self->path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_remembered (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GStatBuf status;
  g_autoptr (GError) error = NULL;

  g_assert_false (is_trusted (self->abc));
  likeness_script_trust_remember (self->abc, NULL);
  likeness_script_trust_remember (self->abc, NULL);
  assert_list (self, ABC "\n");
  g_assert_cmpint (g_stat (self->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (is_trusted (self->abc));
  g_assert_false (is_trusted (self->other));

  g_cancellable_cancel (cancellable);
  likeness_script_trust_remember (self->other, cancellable);
  assert_list (self, ABC "\n");
  g_assert_false (likeness_script_trust_check (self->abc, "sr.pt", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Only whole lines of digests count, and what is wrong around them takes none away. */
static void
test_rubbish (Fixture *self, gconstpointer data)
{
  static const char *const wrong[] = {
      "",
      "\n\n",
      ABC "0\n",
      "0" ABC "\n",
      " " ABC "\n",
      ABC " \n",
      "# " ABC "\n",
      "ba7816bf8f01cfea414140de5dae2223\nb00361a396177a9cb410ff61f20015ad\n",
      "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD\n",
      "\xff\xfe\x01\x80" ABC "\n",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  char noise[4096];

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      write_list (self, wrong[i], -1);
      g_assert_false (is_trusted (self->abc));
    }
  for (gsize i = 0; i < sizeof noise; i++)
    noise[i] = (char)g_rand_int_range (random, 0, 256);
  write_list (self, noise, sizeof noise);
  g_assert_false (is_trusted (self->abc));
  likeness_script_trust_remember (self->abc, NULL);
  assert_list (self, ABC "\n");
  write_list (self, "\x01\xff\n" ABC "\n\x80rubbish", -1);
  g_assert_true (is_trusted (self->abc));
  g_assert_false (is_trusted (self->other));
}

/* A list that is larger than one ever gets is not read, and makes room for a new one. */
static void
test_huge (Fixture *self, gconstpointer data)
{
  gsize n = 100 * 1024;
  GString *text = g_string_sized_new (n * (strlen (ABC) + 1));

  for (gsize i = 0; i < n; i++)
    g_string_append (text, ABC "\n");
  write_list (self, text->str, (gssize)text->len);
  g_string_free (text, TRUE);
  g_assert_false (is_trusted (self->abc));
  likeness_script_trust_remember (self->other, NULL);
  g_assert_true (is_trusted (self->other));
  g_assert_false (is_trusted (self->abc));
}

static void
test_full (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 last = LIKENESS_SCRIPT_TRUST_MAX;
  g_autoptr (GBytes) one_more = g_bytes_new (&last, sizeof last);

  for (guint32 i = 0; i < last; i++)
    {
      g_autofree char *digest
          = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *)&i, sizeof i);

      g_string_append_printf (text, "%s\n", digest);
    }
  write_list (self, text->str, (gssize)text->len);
  likeness_script_trust_remember (one_more, NULL);
  for (guint32 i = 0; i <= last; i++)
    {
      g_autoptr (GBytes) program = g_bytes_new (&i, sizeof i);

      g_assert_cmpint (is_trusted (program), ==, i > 0);
    }
}

/* Nothing is trusted, nothing waits, and nothing is lost. */
static void
test_no_file (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_mkdir_with_parents (self->path, 0700), ==, 0);
  likeness_script_trust_remember (self->abc, NULL);
  g_assert_false (is_trusted (self->abc));
  g_assert_true (g_file_test (self->path, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_rmdir (self->path), ==, 0);

  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  likeness_script_trust_remember (self->abc, NULL);
  g_assert_false (is_trusted (self->abc));
  g_assert_cmpint (g_unlink (self->path), ==, 0);

  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_assert_true (g_file_set_contents (self->folder, "a file", -1, NULL));
  likeness_script_trust_remember (self->abc, NULL);
  g_assert_false (is_trusted (self->abc));
}

/* GLib's own folders for a test are nobody else's. */
static void
open_way (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_str_equal (folder, g_get_tmp_dir ()) || g_str_equal (folder, "/"))
    return;
  g_assert_cmpint (g_chmod (folder, 0711), ==, 0);
  open_way (folder);
}

static void
test_unreadable (Fixture *self, gconstpointer data)
{
  write_list (self, ABC "\n", -1);
  open_way (self->path);
  if (!likeness_test_drop_rights (self->folder))
    {
      g_test_skip ("The rights of an administrator cannot be dropped here");
      return;
    }
  g_assert_cmpint (g_chmod (self->path, 0), ==, 0);
  g_assert_false (is_trusted (self->abc));
  likeness_script_trust_remember (self->other, NULL);
  g_assert_cmpint (g_chmod (self->path, 0600), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0500), ==, 0);
  likeness_script_trust_remember (self->other, NULL);
  g_assert_cmpint (g_chmod (self->folder, 0700), ==, 0);
  likeness_test_regain_rights ();
  assert_list (self, ABC "\n");
}

static LikenessEnlarger *
open_model (const char *path, gboolean trusted, GError **error)
{
  const LikenessTorch *torch = likeness_torch_load (error);

  return likeness_enlarger_new (path, trusted, torch, -1, 1, NULL, error);
}

/* Consent is for the bytes: under another name they run, others under their name do not.
 */
static void
test_model (Fixture *self, gconstpointer data)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "sr.pt", NULL);
  g_autofree char *moved = g_build_filename (root, "moved.pt", NULL);
  g_autoptr (GError) error = NULL;

  likeness_test_script_write (path, LIKENESS_TEST_SCRIPT_BILINEAR);
  g_assert_null (open_model (path, FALSE, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_false (likeness_enlarger_check_trust (path, FALSE, NULL, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_true (likeness_enlarger_check_trust (path, TRUE, NULL, &error));

  likeness_enlarger_free (open_model (path, TRUE, &error));
  g_assert_no_error (error);
  likeness_enlarger_free (open_model (path, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (likeness_enlarger_check_trust (path, FALSE, NULL, &error));
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  likeness_enlarger_free (open_model (moved, FALSE, &error));
  g_assert_no_error (error);

  likeness_test_script_write (path, "def forward(self, x):\n    return x\n");
  g_assert_null (open_model (path, FALSE, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED);
  g_clear_error (&error);

  /* What cannot be opened was not agreed to in earnest. */
  likeness_test_tree_write (root, "sr.pt", "PK\003\004 and no more", -1);
  g_assert_null (open_model (path, TRUE, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_clear_error (&error);
  g_assert_null (open_model (path, FALSE, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED);
  likeness_test_tree_remove (root);
}

int
main (int argc, char **argv)
{
  likeness_torch_prepare ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  add ("/script-trust/remembered", test_remembered);
  add ("/script-trust/list/rubbish", test_rubbish);
  add ("/script-trust/list/huge", test_huge);
  add ("/script-trust/list/full", test_full);
  add ("/script-trust/list/no-file", test_no_file);
  add ("/script-trust/list/unreadable", test_unreadable);
  add ("/script-trust/model", test_model);
#undef add
  return g_test_run ();
}
