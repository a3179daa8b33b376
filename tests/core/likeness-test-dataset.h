/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>
#include <string.h>

#include "likeness-dataset.h"
#include "likeness-test-tree.h"

G_BEGIN_DECLS

/** A face of a built tree; NULL subject: the end. */
typedef struct
{
  const char *subject;
  LikenessSplit split;
  const char *folder;     /* relative */
  const char *low_folder; /* or NULL */
  const char *name;
} TestFace;

/**
 * test_dataset_new:
 * @faces: sorted by subject
 *
 * Writes the files of @faces below @root, each with bytes of its own, and makes the data
 * set that a scan of them would give. (transfer full)
 */
static inline LikenessDataset *
test_dataset_new (const char *root, LikenessLayout layout, const TestFace *faces)
{
  GPtrArray *subjects = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *skips = g_ptr_array_new ();

  while (faces->subject != NULL)
    {
      g_autoptr (GRefString) id = g_ref_string_new (faces->subject);
      GPtrArray *of_one = g_ptr_array_new_with_free_func (g_object_unref);

      for (; faces->subject != NULL && strcmp (faces->subject, id) == 0; faces++)
        {
          g_autofree char *folder = g_build_filename (root, faces->folder, NULL);
          g_autofree char *path = g_build_filename (faces->folder, faces->name, NULL);
          g_autoptr (GRefString) directory = g_ref_string_new (folder);
          g_autoptr (GRefString) low_directory = NULL;

          likeness_test_tree_write (root, path, path, -1);
          if (faces->low_folder != NULL)
            {
              g_autofree char *low = g_build_filename (root, faces->low_folder, NULL);
              g_autofree char *low_path
                  = g_build_filename (faces->low_folder, faces->name, NULL);

              low_directory = g_ref_string_new (low);
              likeness_test_tree_write (root, low_path, low_path, -1);
            }
          g_ptr_array_add (of_one, likeness_face_new (id, faces->split, directory,
                                                      low_directory, faces->name));
        }
      g_ptr_array_add (subjects, likeness_subject_new (id, of_one));
    }
  return likeness_dataset_new (root, layout, subjects, skips);
}

G_END_DECLS
