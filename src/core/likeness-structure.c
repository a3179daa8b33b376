/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-structure.h"

#include <glib/gi18n.h>

LikenessStructure
likeness_structure_decide (guint n_train, guint n_val, guint n_both)
{
  if (n_train == 0 && n_val == 0)
    return LIKENESS_STRUCTURE_UNSPLIT;
  if (n_both == 0)
    return LIKENESS_STRUCTURE_DISJOINT;
  if (n_both == n_val)
    return LIKENESS_STRUCTURE_CLOSED_SET;
  return LIKENESS_STRUCTURE_MIXED;
}

static char *
describe_unsplit (LikenessDataset *dataset)
{
  guint n = likeness_dataset_get_n_subjects (dataset);

  if (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TEST).faces > 0)
    return g_strdup (
        _ ("Only test has faces: there is nothing to train on. Open a folder "
           "that has a train split."));
  return g_strdup_printf (
      ngettext ("%'u person, not split yet: make a training set to get train and val.",
                "%'u people, not split yet: make a training set to get train and val.",
                n),
      n);
}

static char *
describe_disjoint (LikenessDataset *dataset)
{
  if (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_VAL).faces == 0)
    return g_strdup (_ ("There is a train split and no val: training could not be "
                        "validated. Make a training set."));
  if (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN).faces == 0)
    return g_strdup (
        _ ("There is a val split and no train: there is nothing to train on. "
           "Make a training set."));
  return g_strdup (_ ("Every split holds different people: right for super-resolution, "
                      "cannot validate a recogniser."));
}

static char *
describe_closed_set (LikenessDataset *dataset)
{
  guint n_train = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN).subjects;
  guint n_val = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_VAL).subjects;

  if (n_train > n_val)
    return g_strdup_printf (
        ngettext (
            "%'u person is in val, and also in train, which has %'u; no face in "
            "both: ready.",
            "%'u people are in val, and all of them also in train, which has %'u; no "
            "face in both: ready.",
            n_val),
        n_val, n_train);
  return g_strdup_printf (
      ngettext ("The same %'u person in train and val, no face in both: ready.",
                "The same %'u people in train and val, no face in both: ready.", n_val),
      n_val);
}

static char *
describe_mixed (LikenessDataset *dataset)
{
  guint n_val = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_VAL).subjects;
  guint n_both = likeness_dataset_get_n_shared_subjects (dataset);

  return g_strdup_printf (
      ngettext (
          "%'u of %'u person in val is also in train: val accuracy would be measured "
          "on strangers too. Make a training set.",
          "%'u of %'u people in val are also in train: val accuracy would be "
          "measured on strangers too. Make a training set.",
          n_val),
      n_both, n_val);
}

char *
likeness_structure_describe (LikenessDataset *dataset)
{
  guint n_shared = likeness_dataset_get_n_shared_faces (dataset);

  if (n_shared > 0)
    return g_strdup_printf (
        ngettext ("%'u face is in both splits: val accuracy would flatter.",
                  "%'u faces are in both splits: val accuracy would flatter.", n_shared),
        n_shared);

  switch (likeness_dataset_get_structure (dataset))
    {
    case LIKENESS_STRUCTURE_DISJOINT:
      return describe_disjoint (dataset);
    case LIKENESS_STRUCTURE_CLOSED_SET:
      return describe_closed_set (dataset);
    case LIKENESS_STRUCTURE_MIXED:
      return describe_mixed (dataset);
    case LIKENESS_STRUCTURE_UNSPLIT:
    default:
      return describe_unsplit (dataset);
    }
}
