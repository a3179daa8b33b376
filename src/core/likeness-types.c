/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-types.h"

static const char *const split_names[] = {"none", "train", "val", "test"};
static const char *const layout_names[] = {"paired", "flat", "folders"};
static const char *const structure_names[]
    = {"unsplit", "disjoint", "closed-set", "mixed"};
static const char *const pin_names[] = {NULL, "train", "val", "out"};

const char *
likeness_split_to_string (LikenessSplit split)
{
  g_return_val_if_fail (split < G_N_ELEMENTS (split_names), NULL);
  return split_names[split];
}

const char *
likeness_layout_to_string (LikenessLayout layout)
{
  g_return_val_if_fail (layout < G_N_ELEMENTS (layout_names), NULL);
  return layout_names[layout];
}

const char *
likeness_structure_to_string (LikenessStructure structure)
{
  g_return_val_if_fail (structure < G_N_ELEMENTS (structure_names), NULL);
  return structure_names[structure];
}

gboolean
likeness_split_from_string (const char *name, LikenessSplit *split)
{
  static const struct
  {
    const char *name;
    LikenessSplit split;
  } known[] = {
      {"train", LIKENESS_SPLIT_TRAIN}, {"val", LIKENESS_SPLIT_VAL},
      {"valid", LIKENESS_SPLIT_VAL},   {"validation", LIKENESS_SPLIT_VAL},
      {"test", LIKENESS_SPLIT_TEST},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (name, known[i].name) == 0)
      {
        *split = known[i].split;
        return TRUE;
      }
  return FALSE;
}

const char *
likeness_pin_to_string (LikenessPin pin)
{
  g_return_val_if_fail (pin < G_N_ELEMENTS (pin_names), NULL);
  return pin_names[pin];
}

LikenessPin
likeness_pin_from_string (const char *name)
{
  for (guint pin = LIKENESS_PIN_TRAIN; pin < G_N_ELEMENTS (pin_names); pin++)
    if (g_str_equal (name, pin_names[pin]))
      return pin;
  return LIKENESS_PIN_NONE;
}
