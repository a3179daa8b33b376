/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-test-scan.h"

#include <string.h>

#include "likeness-dataset-scanner.h"

LikenessDataset *
likeness_test_scan (const char *path)
{
  g_autoptr (GError) error = NULL;
  LikenessDataset *dataset = likeness_dataset_scanner_scan (path, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (dataset);
  return dataset;
}

char *
likeness_test_describe (LikenessDataset *dataset)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);

      for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++)
        {
          LikenessFace *face = likeness_subject_get_face (subject, j);

          g_assert_cmpstr (likeness_face_get_subject (face), ==,
                           likeness_subject_get_id (subject));
          g_string_append_printf (
              text, "%s:%s:%s%s ",
              likeness_split_to_string (likeness_face_get_split (face)),
              likeness_face_get_subject (face), likeness_face_get_name (face),
              likeness_face_get_has_partner (face) ? "+" : "");
        }
    }
  for (guint i = 0; i < likeness_dataset_get_n_skips (dataset); i++)
    g_string_append_printf (text, "-%s ", likeness_dataset_get_skip (dataset, i)->path);
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

void
likeness_test_assert_found (const char *path, LikenessLayout layout, const char *expected)
{
  g_autoptr (LikenessDataset) dataset = likeness_test_scan (path);
  g_autofree char *found = likeness_test_describe (dataset);

  g_assert_cmpstr (likeness_layout_to_string (likeness_dataset_get_layout (dataset)), ==,
                   likeness_layout_to_string (layout));
  g_assert_cmpstr (found, ==, expected);
}

void
likeness_test_assert_skipped (const char *path, const char *relative, const char *words)
{
  g_autoptr (LikenessDataset) dataset = likeness_test_scan (path);

  for (guint i = 0; i < likeness_dataset_get_n_skips (dataset); i++)
    {
      const LikenessSkip *skip = likeness_dataset_get_skip (dataset, i);

      g_assert_true (g_utf8_validate (skip->reason, -1, NULL));
      if (strcmp (skip->path, relative) == 0)
        {
          g_test_message ("%s: %s", skip->path, skip->reason);
          g_assert_nonnull (strstr (skip->reason, words));
          return;
        }
    }
  g_error ("%s is not among the skips", relative);
}

void
likeness_test_assert_scan_fails (const char *path, LikenessError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessDataset) dataset
      = likeness_dataset_scanner_scan (path, NULL, NULL, &error);

  g_assert_null (dataset);
  g_assert_error (error, LIKENESS_ERROR, (int)code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}
