/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-structure-comparison.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-split-plan.h"

/* People and faces of both ways, as they are or as they would be. */
typedef struct
{
  int own;
  guint n_people; /* that a training set would keep */
  guint n_faces;
  guint minimum;
  double ratio;
  /* By column. */
  LikenessSplitCount train[LIKENESS_COMPARISON_N_COLUMNS];
  LikenessSplitCount val[LIKENESS_COMPARISON_N_COLUMNS];
  LikenessSplitCount test;
} Numbers;

static guint
count_pool (LikenessSubject *subject)
{
  guint n = 0;

  if (likeness_subject_get_excluded (subject))
    return 0;
  for (guint i = 0; i < likeness_subject_get_n_faces (subject); i++)
    {
      LikenessFace *face = likeness_subject_get_face (subject, i);

      n += likeness_face_get_split (face) != LIKENESS_SPLIT_TEST
           && !likeness_face_get_excluded (face)
           && likeness_face_get_pin (face) != LIKENESS_PIN_OUT;
    }
  return n;
}

static void
count (LikenessDataset *dataset, Numbers *numbers)
{
  LikenessStructure structure = likeness_dataset_get_structure (dataset);
  LikenessPlanOptions options;
  guint train, n_train_people;

  *numbers = (Numbers){
      .own = structure == LIKENESS_STRUCTURE_DISJOINT     ? LIKENESS_COLUMN_OTHER_PEOPLE
             : structure == LIKENESS_STRUCTURE_CLOSED_SET ? LIKENESS_COLUMN_SAME_PEOPLE
                                                          : -1};
  likeness_plan_options_init (&options);
  numbers->minimum = options.minimum;
  numbers->ratio = options.ratio;
  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      guint n = count_pool (likeness_dataset_get_subject (dataset, i));

      if (n >= options.minimum)
        {
          numbers->n_people++;
          numbers->n_faces += n;
        }
    }
  train = (guint)lround (options.ratio * numbers->n_faces);
  n_train_people = (guint)lround (options.ratio * numbers->n_people);
  numbers->train[LIKENESS_COLUMN_OTHER_PEOPLE]
      = (LikenessSplitCount){n_train_people, train};
  numbers->val[LIKENESS_COLUMN_OTHER_PEOPLE] = (LikenessSplitCount){
      numbers->n_people - n_train_people, numbers->n_faces - train};
  numbers->train[LIKENESS_COLUMN_SAME_PEOPLE]
      = (LikenessSplitCount){numbers->n_people, train};
  numbers->val[LIKENESS_COLUMN_SAME_PEOPLE]
      = (LikenessSplitCount){numbers->n_people, numbers->n_faces - train};
  if (numbers->own >= 0)
    {
      numbers->train[numbers->own]
          = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN);
      numbers->val[numbers->own]
          = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_VAL);
    }
  numbers->test = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TEST);
}

static void
row_free (gpointer data)
{
  LikenessComparisonRow *row = data;

  g_free (row->question);
  for (int i = 0; i < LIKENESS_COMPARISON_N_COLUMNS; i++)
    {
      g_free (row->answers[i]);
      g_free (row->reasons[i]);
    }
  g_free (row);
}

/* The texts: (transfer full). */
static void
add_row (LikenessComparison *self,
         const char *question,
         char *other,
         char *other_reason,
         char *same,
         char *same_reason)
{
  LikenessComparisonRow *row = g_new0 (LikenessComparisonRow, 1);

  row->question = g_strdup (question);
  row->answers[LIKENESS_COLUMN_OTHER_PEOPLE] = other;
  row->reasons[LIKENESS_COLUMN_OTHER_PEOPLE] = other_reason;
  row->answers[LIKENESS_COLUMN_SAME_PEOPLE] = same;
  row->reasons[LIKENESS_COLUMN_SAME_PEOPLE] = same_reason;
  g_ptr_array_add (self->rows, row);
}

static char *
format_split (const char *split, LikenessSplitCount count)
{
  return g_strdup_printf (
      /* Translators: "train: 142 people, 1,651 faces" */
      ngettext ("%s: %'u person, %'u faces", "%s: %'u people, %'u faces", count.subjects),
      split, count.subjects, count.faces);
}

static char *
format_people (const Numbers *numbers, LikenessComparisonColumn column)
{
  g_autofree char *train = format_split ("train", numbers->train[column]);
  g_autofree char *val = format_split ("val", numbers->val[column]);

  return g_strdup_printf ("%s\n%s", train, val);
}

static void
add_people (LikenessComparison *self, const Numbers *numbers)
{
  guint n = numbers->n_people;

  add_row (
      self, _ ("Who is in a split"),
      format_people (numbers, LIKENESS_COLUMN_OTHER_PEOPLE),
      g_strdup (_ ("Different people: whoever is in val was never seen in training.")),
      format_people (numbers, LIKENESS_COLUMN_SAME_PEOPLE),
      numbers->own == LIKENESS_COLUMN_SAME_PEOPLE
          ? g_strdup (_ ("The same people, other pictures of them."))
          : g_strdup_printf (
                ngettext ("The same people, other pictures of them: %'u person has at "
                          "least %u faces, %.0f %% of which go to train.",
                          "The same people, other pictures of them: %'u people have at "
                          "least %u faces each, %.0f %% of which go to train.",
                          n),
                n, numbers->minimum, 100 * numbers->ratio));
}

static void
add_accuracy (LikenessComparison *self, const Numbers *numbers)
{
  LikenessSplitCount other = numbers->val[LIKENESS_COLUMN_OTHER_PEOPLE];
  LikenessSplitCount same = numbers->val[LIKENESS_COLUMN_SAME_PEOPLE];
  double step = same.faces > 0 ? 100.0 / same.faces : NAN;

  add_row (self, _ ("Classification accuracy on val"),
           g_strdup_printf (ngettext ("Always 0 %% (%'u face)", "Always 0 %% (%'u faces)",
                                      other.faces),
                            other.faces),
           g_strdup_printf (
               ngettext ("The network names only people of train: the %'u person of val "
                         "is none of them.",
                         "The network names only people of train: none of the %'u people "
                         "of val is one of them.",
                         other.subjects),
               other.subjects),
           same.faces > 0
               ? g_strdup_printf (ngettext ("Measured on %'u face",
                                            "Measured on %'u faces", same.faces),
                                  same.faces)
               : g_strdup (_ ("Not measurable")),
           same.faces > 0
               ? g_strdup_printf (_ ("Everybody in val can be named; one face more or "
                                     "less is %.2f %%."),
                                  step)
               : g_strdup (_ ("Nobody has enough faces for val.")));
}

static void
add_subjects (LikenessComparison *self, const Numbers *numbers)
{
  LikenessSplitCount val = numbers->val[LIKENESS_COLUMN_SAME_PEOPLE];

  add_row (
      self, _ ("Analysis of each person"), g_strdup (_ ("Not possible")),
      g_strdup (_ ("Nobody has faces both to learn from and to be judged by.")),
      g_strdup_printf (ngettext ("%'u person", "%'u people", val.subjects), val.subjects),
      val.subjects > 0
          ? g_strdup_printf (_ ("Each has train and val faces, %.1f in val on average."),
                             (double)val.faces / val.subjects)
          : g_strdup (_ ("Nobody has enough faces for val.")));
}

LikenessComparison *
likeness_comparison_new (LikenessDataset *dataset)
{
  LikenessComparison *self = g_new0 (LikenessComparison, 1);
  Numbers numbers;

  count (dataset, &numbers);
  self->own = numbers.own;
  self->titles[LIKENESS_COLUMN_OTHER_PEOPLE]
      = g_strdup (_ ("Other people in every split"));
  self->titles[LIKENESS_COLUMN_SAME_PEOPLE]
      = g_strdup (_ ("The same people in train and val"));
  self->rows = g_ptr_array_new_with_free_func (row_free);

  add_people (self, &numbers);
  add_row (self, _ ("Made for"), g_strdup (_ ("Super-resolution")),
           likeness_dataset_get_has_pairs (dataset)
               ? g_strdup (_ ("Every face here has its low-resolution partner: PSNR and "
                              "SSIM of enlarging them are measured on unseen people."))
               : g_strdup (_ ("PSNR and SSIM on unseen people; the faces here have no "
                              "low-resolution partners, which would be made.")),
           g_strdup (_ ("Recognition")),
           g_strdup (_ ("A network learns these people, and new pictures of them tell "
                        "how well.")));
  add_row (self, _ ("Embedding similarity"), g_strdup (_ ("Works")),
           g_strdup (_ ("It compares two pictures; nobody needs to be known.")),
           g_strdup (_ ("Works")), g_strdup (_ ("For the same reason.")));
  add_accuracy (self, &numbers);
  add_subjects (self, &numbers);
  add_row (self, _ ("Seeing over-fitting"), g_strdup (_ ("Harder")),
           g_strdup (_ ("Only similarity is there to watch, and a collapsed network "
                        "raises it too.")),
           g_strdup (_ ("Easier")),
           g_strdup (_ ("Train and val accuracy of the same people part where it "
                        "begins.")));
  add_row (self, _ ("New people"),
           g_strdup_printf (ngettext ("%'u person in val", "%'u people in val",
                                      numbers.val[LIKENESS_COLUMN_OTHER_PEOPLE].subjects),
                            numbers.val[LIKENESS_COLUMN_OTHER_PEOPLE].subjects),
           g_strdup (_ ("All of val is new people.")),
           g_strdup_printf (ngettext ("%'u person in test", "%'u people in test",
                                      numbers.test.subjects),
                            numbers.test.subjects),
           numbers.test.subjects > 0
               ? g_strdup (_ ("Test is left alone: it tells what training does to "
                              "strangers."))
               : g_strdup (_ ("There is no test split here: what training does to "
                              "strangers cannot be told.")));
  return self;
}

void
likeness_comparison_free (LikenessComparison *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < LIKENESS_COMPARISON_N_COLUMNS; i++)
    g_free (self->titles[i]);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* A cell is one line. */
static void
add_cell (GString *text, const char *cell, char end)
{
  g_autofree char *line = g_strdelimit (g_strdup (cell), "\n\t", ' ');

  g_string_append (text, line);
  g_string_append_c (text, end);
}

char *
likeness_comparison_to_text (const LikenessComparison *self)
{
  GString *text = g_string_new (NULL);

  add_cell (text, "", '\t');
  for (int i = 0; i < LIKENESS_COMPARISON_N_COLUMNS; i++)
    {
      add_cell (text, self->titles[i], '\t');
      add_cell (text, _ ("Why"), i + 1 < LIKENESS_COMPARISON_N_COLUMNS ? '\t' : '\n');
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      const LikenessComparisonRow *row = g_ptr_array_index (self->rows, i);

      add_cell (text, row->question, '\t');
      for (int j = 0; j < LIKENESS_COMPARISON_N_COLUMNS; j++)
        {
          add_cell (text, row->answers[j], '\t');
          add_cell (text, row->reasons[j],
                    j + 1 < LIKENESS_COMPARISON_N_COLUMNS ? '\t' : '\n');
        }
    }
  return g_string_free (text, FALSE);
}
