/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-scan-unit.h"

#include <glib/gi18n.h>
#include <string.h>

#define LOW_SUFFIX "_low"

typedef const LikenessFolderEntry *Chosen[LIKENESS_N_SPLITS];

static void
unit_free (gpointer data)
{
  LikenessScanUnit *unit = data;

  g_free (unit->relative);
  likeness_folder_listing_free (unit->listing);
  g_free (unit->low_relative);
  g_free (unit);
}

/* "val" before "valid" before "validation", small letters before others. */
static gboolean
is_better_name (const char *name, const char *best)
{
  gsize length = strlen (name), best_length = strlen (best);

  return length != best_length ? length < best_length : strcmp (name, best) > 0;
}

static gboolean
choose_splits (const LikenessFolderListing *listing, Chosen chosen)
{
  gboolean any = FALSE;

  for (guint i = 0; i < likeness_folder_listing_get_n_entries (listing); i++)
    {
      const LikenessFolderEntry *entry = likeness_folder_listing_get_entry (listing, i);
      LikenessSplit split;

      if (entry->kind != LIKENESS_ENTRY_FOLDER
          || !likeness_split_from_string (entry->name, &split))
        continue;
      if (chosen[split] == NULL || is_better_name (entry->name, chosen[split]->name))
        chosen[split] = entry;
      any = TRUE;
    }
  return any;
}

static const LikenessFolderEntry *
find_low_twin (const LikenessFolderListing *listing, const char *name)
{
  g_autofree char *twin = g_strconcat (name, LOW_SUFFIX, NULL);

  return likeness_folder_listing_find (listing, twin, LIKENESS_ENTRY_FOLDER);
}

static gboolean
is_low_twin (const LikenessFolderListing *listing,
             const LikenessFolderEntry *entry,
             Chosen chosen)
{
  for (guint split = 0; split < LIKENESS_N_SPLITS; split++)
    if (chosen[split] != NULL && find_low_twin (listing, chosen[split]->name) == entry)
      return TRUE;
  return FALSE;
}

static void
skip_others (LikenessScan *self, const LikenessFolderListing *listing, Chosen chosen)
{
  likeness_scan_skip_pictures (
      self, "", listing, _ ("The picture lies beside the splits: move it into one."));
  for (guint i = 0; i < likeness_folder_listing_get_n_entries (listing); i++)
    {
      const LikenessFolderEntry *entry = likeness_folder_listing_get_entry (listing, i);
      LikenessSplit split;

      if (entry->kind != LIKENESS_ENTRY_FOLDER || is_low_twin (listing, entry, chosen))
        continue;
      if (!likeness_split_from_string (entry->name, &split))
        likeness_scan_skip (self, "", entry->name,
                            _ ("The folder is none of the splits train, val and test and "
                               "was not looked into."));
      else if (chosen[split] != entry)
        likeness_scan_skip (self, "", entry->name,
                            _ ("Another folder is read as this split already: put both "
                               "into one."));
    }
}

static LikenessScanUnit *
unit_new (LikenessSplit split, const char *relative, LikenessFolderListing *listing)
{
  LikenessScanUnit *unit = g_new0 (LikenessScanUnit, 1);

  unit->split = split;
  unit->relative = g_strdup (relative);
  unit->listing = listing;
  return unit;
}

GPtrArray *
likeness_scan_find_units (LikenessScan *self, LikenessFolderListing *listing)
{
  g_autoptr (LikenessFolderListing) root = listing;
  GPtrArray *units = g_ptr_array_new_with_free_func (unit_free);
  LikenessFolderListing *listings[LIKENESS_N_SPLITS] = {NULL};
  Chosen chosen = {NULL};

  likeness_scan_visit (self, root);
  if (!choose_splits (root, chosen))
    {
      g_ptr_array_add (units,
                       unit_new (LIKENESS_SPLIT_NONE, "", g_steal_pointer (&root)));
      return units;
    }

  skip_others (self, root, chosen);
  /* Real folders first: of a folder and a link to it, the folder is the one that counts.
   */
  for (int links = FALSE; links <= TRUE; links++)
    for (guint split = 0; split < LIKENESS_N_SPLITS; split++)
      if (chosen[split] != NULL && chosen[split]->is_link == links)
        listings[split]
            = likeness_scan_enter_faces (self, split, chosen[split]->name, NULL, links);
  for (guint split = 0; split < LIKENESS_N_SPLITS; split++)
    if (listings[split] != NULL)
      {
        LikenessScanUnit *unit = unit_new (split, chosen[split]->name, listings[split]);
        const LikenessFolderEntry *twin = find_low_twin (root, chosen[split]->name);

        unit->low_relative = twin != NULL ? g_strdup (twin->name) : NULL;
        unit->low_is_link = twin != NULL && twin->is_link;
        g_ptr_array_add (units, unit);
      }
  return units;
}
