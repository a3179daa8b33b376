/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib/gstdio.h>

#include "likeness-manifest.h"
#include "likeness-split-job.h"
#include "likeness-test-dataset.h"

G_BEGIN_DECLS

/** A built source with a planned split beside it: root/source, root/target. */
typedef struct
{
  char *root;
  char *source;
  char *target;
  LikenessDataset *dataset;
  LikenessSplitJob *job;
  LikenessCommitOptions options;
  char **source_before;
} TestSplit;

static inline void
test_split_plan_again (TestSplit *self)
{
  g_autoptr (GError) error = NULL;
  LikenessPlanOptions options;

  likeness_plan_options_init (&options);
  g_clear_pointer (&self->job, likeness_split_job_free);
  self->job = likeness_split_job_new (self->dataset, 1u << LIKENESS_SPLIT_TRAIN
                                                         | 1u << LIKENESS_SPLIT_VAL);
  likeness_split_job_plan (self->job, &options, &error);
  g_assert_no_error (error);
}

static inline TestSplit *
test_split_new (LikenessLayout layout, const TestFace *faces)
{
  TestSplit *self = g_new0 (TestSplit, 1);
  g_autofree char *root = likeness_test_tree_new ();

  self->root = g_canonicalize_filename (root, NULL);
  self->source = g_build_filename (self->root, "source", NULL);
  self->target = g_build_filename (self->root, "target", NULL);
  self->dataset = test_dataset_new (self->source, layout, faces);
  self->source_before = likeness_test_tree_list (self->source);
  self->options.target = self->target;
  self->options.layout = layout;
  test_split_plan_again (self);
  return self;
}

/** 2 people with 3 pairs in train and 2 in val each. */
static inline TestSplit *
test_split_new_paired (void)
{
#define PAIR(subject, split, name)                                                       \
  {                                                                                      \
    subject, split == 0 ? LIKENESS_SPLIT_TRAIN : LIKENESS_SPLIT_VAL,                     \
        split == 0 ? "train/hr_images" : "val/hr_images",                                \
        split == 0 ? "train/vlr_images" : "val/vlr_images", name                         \
  }
  static const TestFace faces[] = {
      PAIR ("007", 0, "007_0.png"),
      PAIR ("007", 0, "007_1.png"),
      PAIR ("007", 0, "007_2.png"),
      PAIR ("007", 1, "007_3.png"),
      PAIR ("007", 1, "007_4.png"),
      PAIR ("008", 1, "008_0.png"),
      PAIR ("008", 1, "008_1.png"),
      PAIR ("008", 0, "008_2.png"),
      PAIR ("008", 0, "008_3.png"),
      PAIR ("008", 0, "008_4.png"),
      {NULL},
  };
#undef PAIR
  return test_split_new (LIKENESS_LAYOUT_PAIRED, faces);
}

static inline void
test_split_free (TestSplit *self)
{
  likeness_split_job_free (self->job);
  g_object_unref (self->dataset);
  likeness_test_tree_remove (self->root);
  g_strfreev (self->source_before);
  g_free (self->root);
  g_free (self->source);
  g_free (self->target);
  g_free (self);
}

static inline gboolean
test_split_commit (TestSplit *self, GError **error)
{
  return likeness_split_job_commit (self->job, &self->options, NULL, NULL, error);
}

/** (transfer full): where @name stands in the paired source. */
static inline char *
test_split_find_source (TestSplit *self, const char *name, gboolean is_low)
{
  for (char **path = self->source_before; *path != NULL; path++)
    if (g_str_has_suffix (*path, name) && (strstr (*path, "/vlr_") != NULL) == is_low)
      return g_build_filename (self->source, *path, NULL);
  g_assert_not_reached ();
}

/** The same bytes and time. */
static inline void
test_split_assert_same_file (TestSplit *self, const char *path, const char *original)
{
  g_autofree char *full = g_build_filename (self->target, path, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *original_bytes = NULL;
  gsize size;
  gsize original_size;
  GStatBuf status;
  GStatBuf original_status;

  g_assert_true (g_file_get_contents (full, &bytes, &size, NULL));
  g_assert_true (g_file_get_contents (original, &original_bytes, &original_size, NULL));
  g_assert_cmpmem (bytes, size, original_bytes, original_size);
  g_assert_cmpint (g_stat (full, &status), ==, 0);
  g_assert_cmpint (g_stat (original, &original_status), ==, 0);
  g_assert_cmpint (status.st_mtim.tv_sec, ==, original_status.st_mtim.tv_sec);
  g_assert_cmpint (status.st_mtim.tv_nsec, ==, original_status.st_mtim.tv_nsec);
}

/** Every file is there and is what the manifest says. */
static inline void
test_split_assert_complete (TestSplit *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences
      = likeness_manifest_verify (self->target, NULL, NULL, &error);
  g_auto (GStrv) paths = likeness_test_tree_list (self->target);

  g_assert_no_error (error);
  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_cmpuint (g_strv_length (paths), ==, g_strv_length (self->source_before) + 1);
}

/** No leftover beside source and target. */
static inline void
test_split_assert_nothing_else (TestSplit *self, gboolean has_target)
{
  g_autoptr (GDir) dir = g_dir_open (self->root, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_true (g_str_equal (name, "source")
                   || (has_target && g_str_equal (name, "target")));
  g_assert_true (g_file_test (self->target, G_FILE_TEST_EXISTS) == has_target);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestSplit, test_split_free)

G_END_DECLS
