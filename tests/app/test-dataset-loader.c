/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-dataset-loader.h"

#include "likeness-error.h"
#include "likeness-test-load.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

typedef struct
{
  char *root;
  LikenessDatasetLoader *loader;
  guint n_listed;
} Fixture;

/* Before a face is checked it is listed, and only until then. */
static void
listed_cb (Fixture *fixture)
{
  LikenessListedFaces *listed = likeness_dataset_loader_get_listed (fixture->loader);

  if (listed == NULL)
    return;
  g_assert_cmpint (likeness_dataset_loader_get_state (fixture->loader), ==,
                   LIKENESS_DATASET_LOADER_LOADING);
  g_assert_cmpuint (likeness_listed_faces_get_n_subjects (listed), ==, 2);
  fixture->n_listed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
  likeness_test_tree_add (fixture->root, likeness_test_load_tree);
  fixture->loader = likeness_dataset_loader_new ();
  g_signal_connect_swapped (fixture->loader, "notify::listed", G_CALLBACK (listed_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  likeness_test_finalize (fixture->loader);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  LikenessDataset *dataset = NULL;

  g_assert_cmpint (likeness_dataset_loader_get_state (fixture->loader), ==,
                   LIKENESS_DATASET_LOADER_EMPTY);
  likeness_test_load (fixture->loader, fixture->root);
  dataset = likeness_dataset_loader_get_dataset (fixture->loader);
  g_assert_cmpuint (likeness_dataset_get_n_subjects (dataset), ==, 2);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 5);
  g_assert_cmpuint (fixture->n_listed, ==, 1);
  g_assert_null (likeness_dataset_loader_get_listed (fixture->loader));
  g_assert_null (likeness_dataset_loader_get_progress (fixture->loader));
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->root, "nowhere", NULL);

  likeness_test_load (fixture->loader, fixture->root);
  likeness_dataset_loader_open (fixture->loader, nowhere);
  likeness_test_wait (likeness_dataset_loader_get_state (fixture->loader)
                      == LIKENESS_DATASET_LOADER_FAILED);
  g_assert_error (likeness_dataset_loader_get_error (fixture->loader), LIKENESS_ERROR,
                  LIKENESS_ERROR_NOT_FOUND);
  g_assert_null (likeness_dataset_loader_get_dataset (fixture->loader));
  g_assert_cmpstr (likeness_dataset_loader_get_folder (fixture->loader), ==, nowhere);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  LikenessDataset *before = NULL;

  likeness_test_load (fixture->loader, fixture->root);
  before = likeness_dataset_loader_get_dataset (fixture->loader);
  likeness_dataset_loader_open (fixture->loader, "/");
  g_cancellable_cancel (likeness_dataset_loader_get_cancellable (fixture->loader));
  likeness_test_wait (likeness_dataset_loader_get_state (fixture->loader)
                      != LIKENESS_DATASET_LOADER_LOADING);
  g_assert_cmpint (likeness_dataset_loader_get_state (fixture->loader), ==,
                   LIKENESS_DATASET_LOADER_READY);
  g_assert_true (likeness_dataset_loader_get_dataset (fixture->loader) == before);
  g_assert_cmpstr (likeness_dataset_loader_get_folder (fixture->loader), ==,
                   likeness_dataset_get_root (before));
}

static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->root, "nowhere", NULL);

  likeness_dataset_loader_open (fixture->loader, nowhere);
  likeness_test_load (fixture->loader, fixture->root);
  /* The answer to the first request comes too late to count. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (likeness_dataset_loader_get_state (fixture->loader), ==,
                   LIKENESS_DATASET_LOADER_READY);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = likeness_test_tree_new ();
  int status;

  /* Exclusions and pins are kept there. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                              \
  g_test_add ("/dataset-loader/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("open/scans-the-folder", test_open);
  ADD ("open/failure-closes-what-was-open", test_failure);
  ADD ("open/cancel-goes-back", test_cancel);
  ADD ("open/later-request-overtakes", test_overtaken);
  status = g_test_run ();
  likeness_test_tree_remove (home);
  return status;
}
