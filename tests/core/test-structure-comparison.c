/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-structure-comparison.h"

#include <string.h>

static LikenessSubject *
make_subject (const char *name, guint n, LikenessSplit first, LikenessSplit others)
{
  g_autoptr (GRefString) id = g_ref_string_new (name);
  g_autoptr (GRefString) directory = g_ref_string_new ("/nowhere");
  GPtrArray *faces = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s_%u.png", name, i);

      g_ptr_array_add (
          faces, likeness_face_new (id, i == 0 ? first : others, directory, NULL, file));
    }
  return likeness_subject_new (id, faces);
}

static char *
compare (GPtrArray *subjects, int own)
{
  g_autoptr (LikenessDataset) dataset = likeness_dataset_new (
      "/nowhere", LIKENESS_LAYOUT_FLAT, subjects, g_ptr_array_new ());
  g_autoptr (LikenessComparison) comparison = likeness_comparison_new (dataset);

  g_assert_cmpint (comparison->own, ==, own);
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const LikenessComparisonRow *row = g_ptr_array_index (comparison->rows, i);

      for (int j = 0; j < LIKENESS_COMPARISON_N_COLUMNS; j++)
        {
          g_assert_cmpstr (row->answers[j], !=, "");
          g_assert_cmpstr (row->reasons[j], !=, "");
        }
    }
  return likeness_comparison_to_text (comparison);
}

static void
assert_line (const char *text, const char *question, const char *answer)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, question))
      {
        g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);

        g_assert_cmpuint (g_strv_length (cells), ==, 5);
        if (strstr (*line, answer) == NULL)
          g_error ("“%s” is not in “%s”", answer, *line);
        return;
      }
  g_error ("no line “%s” in %s", question, text);
}

/* 10, 6 and 4 faces in train, 5 in val, 3 in test: three people with at least five are 21
 * faces, 17 of which (round of 16.8) go to train. */
static void
test_disjoint (void)
{
  GPtrArray *subjects = g_ptr_array_new ();
  g_autofree char *text = NULL;

  g_ptr_array_add (subjects,
                   make_subject ("a", 10, LIKENESS_SPLIT_TRAIN, LIKENESS_SPLIT_TRAIN));
  g_ptr_array_add (subjects,
                   make_subject ("b", 6, LIKENESS_SPLIT_TRAIN, LIKENESS_SPLIT_TRAIN));
  g_ptr_array_add (subjects,
                   make_subject ("c", 4, LIKENESS_SPLIT_TRAIN, LIKENESS_SPLIT_TRAIN));
  g_ptr_array_add (subjects,
                   make_subject ("d", 5, LIKENESS_SPLIT_VAL, LIKENESS_SPLIT_VAL));
  g_ptr_array_add (subjects,
                   make_subject ("e", 3, LIKENESS_SPLIT_TEST, LIKENESS_SPLIT_TEST));
  text = compare (subjects, LIKENESS_COLUMN_OTHER_PEOPLE);
  assert_line (text, "Who is in a split",
               "train: 3 people, 20 faces val: 1 person, 5 faces");
  assert_line (text, "Who is in a split",
               "train: 3 people, 17 faces val: 3 people, 4 faces");
  assert_line (text, "Who is in a split", "3 people have at least 5 faces each");
  assert_line (text, "Classification accuracy on val", "Always 0 % (5 faces)");
  assert_line (text, "Classification accuracy on val", "Measured on 4 faces");
  assert_line (text, "Classification accuracy on val", "25.00 %");
  assert_line (text, "New people", "1 person in val");
  assert_line (text, "New people", "1 person in test");
}

static void
test_closed_set (void)
{
  GPtrArray *subjects = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (int i = 0; i < 5; i++)
    g_ptr_array_add (subjects, make_subject ((char[]){'a' + i, '\0'}, 6,
                                             LIKENESS_SPLIT_VAL, LIKENESS_SPLIT_TRAIN));
  text = compare (subjects, LIKENESS_COLUMN_SAME_PEOPLE);
  assert_line (text, "Who is in a split",
               "train: 5 people, 25 faces val: 5 people, 5 faces");
  assert_line (text, "Who is in a split",
               "train: 4 people, 24 faces val: 1 person, 6 faces");
  assert_line (text, "Analysis of each person", "1.0 in val on average");
  assert_line (text, "New people", "0 people in test");
}

/* Nobody has enough: no division by nothing. */
static void
test_too_few (void)
{
  GPtrArray *subjects = g_ptr_array_new ();
  g_autofree char *text = NULL;

  g_ptr_array_add (subjects,
                   make_subject ("a", 2, LIKENESS_SPLIT_NONE, LIKENESS_SPLIT_NONE));
  text = compare (subjects, -1);
  assert_line (text, "Classification accuracy on val", "Not measurable");
  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "inf"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/structure-comparison/different-people", test_disjoint);
  g_test_add_func ("/structure-comparison/same-people", test_closed_set);
  g_test_add_func ("/structure-comparison/too-few", test_too_few);
  return g_test_run ();
}
