/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-thumbnailer.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

#define N_PICTURES 12

typedef struct
{
  char *root;
  LikenessThumbnailer *thumbnailer;
  GPtrArray *answered; /* user_data of the requests, in the order of the answers */
  GdkTexture *last;
  gboolean failed;
} Fixture;

typedef struct
{
  Fixture *fixture;
  int number;
  guint cancels; /* another request that the answer cancels */
} Caller;

static void
thumbnail_cb (GdkTexture *texture, const GError *error, gpointer user_data)
{
  Caller *caller = user_data;

  g_assert_true ((texture == NULL) == (error != NULL));
  caller->fixture->failed |= error != NULL;
  g_set_object (&caller->fixture->last, texture);
  g_ptr_array_add (caller->fixture->answered, GINT_TO_POINTER (caller->number));
  if (caller->cancels != 0)
    likeness_thumbnailer_cancel (caller->fixture->thumbnailer, caller->cancels);
}

static char *
write_picture (Fixture *fixture, const char *name, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->root, name, NULL);

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
  return path;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
  fixture->thumbnailer = likeness_thumbnailer_new (1024 * 1024, 1);
  fixture->answered = g_ptr_array_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->last);
  if (fixture->thumbnailer != NULL)
    likeness_test_finalize (fixture->thumbnailer);
  g_ptr_array_unref (fixture->answered);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static void
test_reduces (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_picture (fixture, "large.png", 300, 150);
  g_autofree char *small = write_picture (fixture, "small.png", 16, 20);
  Caller caller = {fixture, 1, 0};

  likeness_thumbnailer_request (fixture->thumbnailer, large, 40, thumbnail_cb, &caller);
  likeness_test_wait (fixture->answered->len == 1);
  g_assert_cmpint (gdk_texture_get_width (fixture->last), ==, 40);
  g_assert_cmpint (gdk_texture_get_height (fixture->last), ==, 20);

  likeness_thumbnailer_request (fixture->thumbnailer, small, 40, thumbnail_cb, &caller);
  likeness_test_wait (fixture->answered->len == 2);
  g_assert_cmpint (gdk_texture_get_width (fixture->last), ==, 16);
  g_assert_cmpint (gdk_texture_get_height (fixture->last), ==, 20);
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_picture (fixture, "a.png", 30, 30);
  Caller one = {fixture, 1, 0}, other = {fixture, 2, 0};

  likeness_thumbnailer_request (fixture->thumbnailer, path, 20, thumbnail_cb, &one);
  likeness_thumbnailer_request (fixture->thumbnailer, path, 20, thumbnail_cb, &other);
  g_assert_cmpuint (likeness_thumbnailer_get_n_waiting (fixture->thumbnailer), ==, 1);
  g_assert_cmpuint (fixture->answered->len, ==, 0);
  likeness_test_wait (fixture->answered->len == 2);
  g_assert_cmpuint (likeness_thumbnailer_get_n_waiting (fixture->thumbnailer), ==, 0);
  g_assert_true (likeness_thumbnailer_look_up (fixture->thumbnailer, path, 20)
                 == fixture->last);
  g_assert_null (likeness_thumbnailer_look_up (fixture->thumbnailer, path, 21));
}

/* While the one thread is busy with a large picture the others queue up; where it was not
 * quick enough to take the large one first, the attempt says nothing and is repeated. */
static void
test_newest_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_picture (fixture, "large.png", 3000, 3000);
  gboolean was_busy = FALSE;

  for (int attempt = 0; attempt < 20 && !was_busy; attempt++)
    {
      Caller callers[N_PICTURES + 1];

      g_ptr_array_set_size (fixture->answered, 0);
      callers[0] = (Caller){fixture, 0, 0};
      likeness_thumbnailer_request (fixture->thumbnailer, large, 30 + attempt,
                                    thumbnail_cb, &callers[0]);
      for (int i = 1; i <= N_PICTURES; i++)
        {
          g_autofree char *name = g_strdup_printf ("%d.png", i);
          g_autofree char *path = write_picture (fixture, name, 20, 20);

          callers[i] = (Caller){fixture, i, 0};
          likeness_thumbnailer_request (fixture->thumbnailer, path, 30 + attempt,
                                        thumbnail_cb, &callers[i]);
        }
      likeness_test_wait (fixture->answered->len == N_PICTURES + 1);
      was_busy = g_ptr_array_index (fixture->answered, 0) == GINT_TO_POINTER (0);
    }
  g_assert_true (was_busy);
  for (int i = 1; i <= N_PICTURES; i++)
    g_assert_cmpint (GPOINTER_TO_INT (g_ptr_array_index (fixture->answered, i)), ==,
                     N_PICTURES + 1 - i);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_picture (fixture, "a.png", 30, 30);
  g_autofree char *other_path = write_picture (fixture, "b.png", 30, 30);
  Caller one = {fixture, 1, 0}, other = {fixture, 2, 0}, third = {fixture, 3, 0};
  guint id;

  /* Of two that wait for one picture, one goes. */
  id = likeness_thumbnailer_request (fixture->thumbnailer, path, 20, thumbnail_cb, &one);
  likeness_thumbnailer_request (fixture->thumbnailer, path, 20, thumbnail_cb, &other);
  likeness_thumbnailer_cancel (fixture->thumbnailer, id);
  likeness_test_wait (fixture->answered->len == 1);
  g_assert_cmpint (GPOINTER_TO_INT (g_ptr_array_index (fixture->answered, 0)), ==, 2);

  /* An answer may cancel the one after it. */
  likeness_thumbnailer_request (fixture->thumbnailer, other_path, 20, thumbnail_cb, &one);
  one.cancels = likeness_thumbnailer_request (fixture->thumbnailer, other_path, 20,
                                              thumbnail_cb, &other);
  likeness_thumbnailer_request (fixture->thumbnailer, other_path, 20, thumbnail_cb,
                                &third);
  likeness_test_wait (likeness_thumbnailer_get_n_waiting (fixture->thumbnailer) == 0);
  g_assert_cmpuint (fixture->answered->len, ==, 3);
  g_assert_cmpint (GPOINTER_TO_INT (g_ptr_array_index (fixture->answered, 1)), ==, 1);
  g_assert_cmpint (GPOINTER_TO_INT (g_ptr_array_index (fixture->answered, 2)), ==, 3);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  const gsize one = 20 * 20 * 3;
  Caller caller = {fixture, 1, 0};

  likeness_test_finalize (fixture->thumbnailer);
  fixture->thumbnailer = likeness_thumbnailer_new (3 * one, 1);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.png", i);
      g_autofree char *path = write_picture (fixture, name, 20, 20);

      likeness_thumbnailer_request (fixture->thumbnailer, path, 20, thumbnail_cb,
                                    &caller);
      likeness_test_wait (fixture->answered->len == i + 1);
      /* The first one stays, as it is asked for again and again. */
      name[0] = '0';
      g_free (path);
      path = g_build_filename (fixture->root, name, NULL);
      g_assert_nonnull (likeness_thumbnailer_look_up (fixture->thumbnailer, path, 20));
      g_assert_cmpuint (likeness_thumbnailer_get_bytes (fixture->thumbnailer), ==,
                        MIN (i + 1, 3) * one);
    }
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, "nobody.png", NULL);
  Caller caller = {fixture, 1, 0};

  likeness_thumbnailer_request (fixture->thumbnailer, path, 20, thumbnail_cb, &caller);
  likeness_test_wait (fixture->answered->len == 1);
  g_assert_true (fixture->failed);
  g_assert_null (fixture->last);
}

static void
test_dispose (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_picture (fixture, "a.png", 1000, 1000);
  Caller caller = {fixture, 1, 0};

  for (int size = 20; size < 60; size++)
    likeness_thumbnailer_request (fixture->thumbnailer, path, size, thumbnail_cb,
                                  &caller);
  likeness_test_finalize (g_steal_pointer (&fixture->thumbnailer));
  g_assert_cmpuint (fixture->answered->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                              \
  g_test_add ("/thumbnailer/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("reduces-the-large-and-leaves-the-small", test_reduces);
  ADD ("decodes-each-picture-once", test_once);
  ADD ("newest-request-first", test_newest_first);
  ADD ("cancelled-is-never-answered", test_cancel);
  ADD ("cache-is-limited-by-bytes", test_bytes);
  ADD ("missing-file-is-an-error", test_error);
  ADD ("goes-with-requests-on-their-way", test_dispose);
  return g_test_run ();
}
