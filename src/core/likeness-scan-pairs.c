/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-scan-layout.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "likeness-display-name.h"

#define HIGH_FOLDER "hr_images"
#define LOW_FOLDER "vlr_images"

/* 0: no folder of low-resolution pictures; G_MAXINT: the plain name; otherwise its NN. */
static int
get_rank (const LikenessFolderEntry *entry)
{
  const char *rest = entry->name + strlen (LOW_FOLDER);
  char *end = NULL;
  guint64 side;

  if (entry->kind != LIKENESS_ENTRY_FOLDER || !g_str_has_prefix (entry->name, LOW_FOLDER))
    return 0;
  if (*rest == '\0')
    return G_MAXINT;
  if (*rest != '_' || !g_ascii_isdigit (rest[1]))
    return 0;
  side = g_ascii_strtoull (rest + 1, &end, 10);
  return *end == 'x' && g_ascii_isdigit (end[1]) ? CLAMP (side, 1, G_MAXINT - 1) : 0;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const LikenessFolderEntry *x = *(const LikenessFolderEntry *const *)a;
  const LikenessFolderEntry *y = *(const LikenessFolderEntry *const *)b;
  int difference = (get_rank (y) > get_rank (x)) - (get_rank (y) < get_rank (x));

  return difference != 0 ? difference : strcmp (x->name, y->name);
}

static GPtrArray *
find_low_entries (const LikenessScanUnit *unit)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < likeness_folder_listing_get_n_entries (unit->listing); i++)
    {
      const LikenessFolderEntry *entry
          = likeness_folder_listing_get_entry (unit->listing, i);

      if (get_rank (entry) > 0)
        g_ptr_array_add (entries, (gpointer)entry);
    }
  g_ptr_array_sort (entries, compare_ranks);
  return entries;
}

gboolean
likeness_scan_unit_is_paired (const LikenessScanUnit *unit)
{
  g_autoptr (GPtrArray) low = find_low_entries (unit);

  return low->len > 0
         || likeness_folder_listing_find (unit->listing, HIGH_FOLDER,
                                          LIKENESS_ENTRY_FOLDER)
                != NULL;
}

/* Enters the best folder of partners; @relative is where they are, or should be. */
static LikenessFolderListing *
choose_low (LikenessScan *self, const LikenessScanUnit *unit, char **relative)
{
  g_autoptr (GPtrArray) entries = find_low_entries (unit);
  LikenessFolderListing *chosen = NULL;

  *relative = likeness_scan_join (unit->relative, LOW_FOLDER);
  for (guint i = 0; i < entries->len; i++)
    {
      const LikenessFolderEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *path = likeness_scan_join (unit->relative, entry->name);
      g_autoptr (LikenessFolderListing) listing = NULL;

      if (chosen != NULL)
        {
          g_autofree char *base = g_path_get_basename (*relative);
          g_autofree char *name = likeness_display_name (base);
          g_autofree char *reason
              /* Translators: %s is the name of a folder */
              = g_strdup_printf (_ ("Low-resolution partners are read from %s instead."),
                                 name);

          likeness_scan_skip (self, path, NULL, reason);
          continue;
        }
      listing = likeness_scan_enter (self, path, entry->is_link, FALSE);
      if (listing == NULL)
        continue;
      if (likeness_folder_listing_count_pictures (listing) == 0)
        {
          likeness_scan_skip (self, path, NULL, _ ("The folder holds no pictures."));
          continue;
        }
      chosen = g_steal_pointer (&listing);
      g_free (*relative);
      *relative = g_steal_pointer (&path);
    }
  return chosen;
}

static void
skip_others (LikenessScan *self, const LikenessScanUnit *unit)
{
  likeness_scan_skip_pictures (
      self, unit->relative, unit->listing,
      _ ("The picture lies beside hr_images and vlr_images: move "
         "it into one of them."));
  for (guint i = 0; i < likeness_folder_listing_get_n_entries (unit->listing); i++)
    {
      const LikenessFolderEntry *entry
          = likeness_folder_listing_get_entry (unit->listing, i);

      if (entry->kind == LIKENESS_ENTRY_FOLDER && get_rank (entry) == 0
          && strcmp (entry->name, HIGH_FOLDER) != 0)
        likeness_scan_skip (self, unit->relative, entry->name,
                            _ ("Only hr_images and vlr_images are looked into."));
    }
}

void
likeness_scan_read_pairs (LikenessScan *self, const LikenessScanUnit *unit)
{
  const LikenessFolderEntry *high
      = likeness_folder_listing_find (unit->listing, HIGH_FOLDER, LIKENESS_ENTRY_FOLDER);
  g_autoptr (LikenessFolderListing) listing = NULL;
  g_autoptr (LikenessFolderListing) low_listing = NULL;
  g_autofree char *low_relative = NULL;
  g_autofree char *relative = NULL;

  skip_others (self, unit);
  if (high == NULL)
    {
      likeness_scan_skip (self, unit->relative, NULL,
                          _ ("There is no hr_images folder with the high-resolution "
                             "pictures here."));
      return;
    }
  relative = likeness_scan_join (unit->relative, HIGH_FOLDER);
  low_listing = choose_low (self, unit, &low_relative);
  listing = likeness_scan_enter_faces (self, unit->split, relative,
                                       low_listing != NULL ? low_relative : NULL,
                                       high->is_link);
  if (listing == NULL)
    return;
  likeness_scan_skip_folders (self, relative, listing);
  if (low_listing != NULL)
    likeness_scan_skip_folders (self, low_relative, low_listing);
  likeness_scan_add_folder (self, unit->split, NULL, relative, g_steal_pointer (&listing),
                            low_relative, g_steal_pointer (&low_listing));
}
