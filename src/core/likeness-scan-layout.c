/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-scan-layout.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-image.h"

/* A folder in a split that could be a subject's. */
typedef struct
{
  const LikenessScanUnit *unit;     /* borrowed */
  const LikenessFolderEntry *entry; /* borrowed from the unit */
  LikenessFolderListing *listing;   /* owned; NULL: not entered */
  guint n_pictures;                 /* in it */
} Place;

static void
place_clear (gpointer data)
{
  Place *place = data;

  g_clear_pointer (&place->listing, likeness_folder_listing_free);
}

static GArray *
find_places (LikenessScan *self, GPtrArray *units)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (places, place_clear);
  for (guint i = 0; i < units->len; i++)
    {
      const LikenessScanUnit *unit = g_ptr_array_index (units, i);

      for (guint j = 0; j < likeness_folder_listing_get_n_entries (unit->listing); j++)
        {
          Place place = {.unit = unit,
                         .entry = likeness_folder_listing_get_entry (unit->listing, j)};

          if (place.entry->kind != LIKENESS_ENTRY_FOLDER)
            continue;
          if (place.entry->name[0] == '.')
            likeness_scan_skip (self, unit->relative, place.entry->name,
                                _ ("The folder is hidden and was not looked into."));
          else
            g_array_append_val (places, place);
        }
    }
  return places;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = *(const Place *const *)a, *y = *(const Place *const *)b;
  int order = strcmp (x->entry->name, y->entry->name);

  return order != 0 ? order : (int)x->unit->split - (int)y->unit->split;
}

/* A subject's folders of all splits one after the other: this is how they are shown. */
static GPtrArray *
order_places (GArray *places)
{
  GPtrArray *order = g_ptr_array_sized_new (places->len);

  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (order, &g_array_index (places, Place, i));
  g_ptr_array_sort (order, compare_places);
  return order;
}

static void
stream_place (LikenessScan *self, const Place *place, const char *relative)
{
  GRefString *subject = g_ref_string_new (place->entry->name);
  GRefString *directory = likeness_scan_make_absolute (self, relative);
  GRefString *low_directory = NULL;

  if (place->unit->low_relative != NULL)
    {
      g_autofree char *low
          = likeness_scan_join (place->unit->low_relative, place->entry->name);

      low_directory = likeness_scan_make_absolute (self, low);
    }
  for (guint i = 0; i < likeness_folder_listing_get_n_entries (place->listing); i++)
    {
      const LikenessFolderEntry *entry
          = likeness_folder_listing_get_entry (place->listing, i);

      if (entry->kind == LIKENESS_ENTRY_FILE
          && likeness_image_is_picture_name (entry->name))
        likeness_scan_stream_add_name (self->stream, entry->name);
    }
  likeness_scan_stream_end_run (self->stream, subject, place->unit->split, directory,
                                low_directory);
  g_ref_string_release (subject);
  g_ref_string_release (directory);
  g_clear_pointer (&low_directory, g_ref_string_release);
}

/* Enters all, and decides by where more pictures are. Who looks on sees the subjects as
 * soon as it is certain that they are some. */
static LikenessLayout
enter_places (LikenessScan *self, GPtrArray *units, GArray *places)
{
  g_autoptr (GPtrArray) order = order_places (places);
  guint64 beside = 0, inside = 0;

  for (guint i = 0; i < units->len; i++)
    {
      const LikenessScanUnit *unit = g_ptr_array_index (units, i);

      beside += likeness_folder_listing_count_pictures (unit->listing);
    }
  /* Real folders first: of a folder and a link to it, the folder is the one that counts.
   */
  for (int links = FALSE; links <= TRUE; links++)
    for (guint i = 0; i < order->len; i++)
      {
        Place *place = g_ptr_array_index (order, i);
        g_autofree char *relative = NULL;

        if (place->entry->is_link != links)
          continue;
        relative = likeness_scan_join (place->unit->relative, place->entry->name);
        place->listing = likeness_scan_enter (self, relative, links, TRUE);
        if (place->listing == NULL)
          continue;
        place->n_pictures = likeness_folder_listing_count_pictures (place->listing);
        inside += place->n_pictures;
        if (self->stream == NULL || place->n_pictures == 0)
          continue;
        stream_place (self, place, relative);
        if (inside >= beside)
          likeness_scan_stream_offer (self->stream);
      }
  return inside > 0 && inside >= beside ? LIKENESS_LAYOUT_FOLDERS : LIKENESS_LAYOUT_FLAT;
}

static void
read_flat (LikenessScan *self, GPtrArray *units, GArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      if (place->listing != NULL)
        likeness_scan_skip (self, place->unit->relative, place->entry->name,
                            _ ("The faces lie beside this folder, so it was not looked "
                               "into: move its pictures up."));
    }
  for (guint i = 0; i < units->len; i++)
    {
      LikenessScanUnit *unit = g_ptr_array_index (units, i);

      if (unit->low_relative != NULL)
        likeness_scan_skip (
            self, unit->low_relative, NULL,
            _ ("Low-resolution partners are read from here only where each "
               "person has a folder."));
      likeness_scan_add_folder (self, unit->split, NULL, unit->relative,
                                g_steal_pointer (&unit->listing), NULL, NULL);
    }
}

/* The partners of one subject; NULL where there is no folder for them. */
static LikenessFolderListing *
enter_low (LikenessScan *self,
           const LikenessFolderListing *twin,
           const char *relative,
           const char *subject)
{
  const LikenessFolderEntry *entry
      = likeness_folder_listing_find (twin, subject, LIKENESS_ENTRY_FOLDER);

  return entry != NULL ? likeness_scan_enter (self, relative, entry->is_link, FALSE)
                       : NULL;
}

static void
read_subject (LikenessScan *self, Place *place, const LikenessFolderListing *twin)
{
  const char *subject = place->entry->name;
  g_autofree char *relative = likeness_scan_join (place->unit->relative, subject);
  g_autofree char *low_relative = NULL;
  LikenessFolderListing *low_listing = NULL;

  if (place->n_pictures == 0)
    likeness_scan_skip (self, relative, NULL, _ ("The folder holds no pictures."));
  likeness_scan_skip_folders (self, relative, place->listing);
  if (twin != NULL)
    {
      low_relative = likeness_scan_join (place->unit->low_relative, subject);
      low_listing = enter_low (self, twin, low_relative, subject);
      if (low_listing != NULL)
        likeness_scan_skip_folders (self, low_relative, low_listing);
    }
  likeness_scan_add_folder (self, place->unit->split, subject, relative,
                            g_steal_pointer (&place->listing), low_relative, low_listing);
}

static void
skip_lone_low (LikenessScan *self,
               const LikenessScanUnit *unit,
               const LikenessFolderListing *twin)
{
  likeness_scan_skip_pictures (self, unit->low_relative, twin,
                               _ ("The picture lies in no person’s folder."));
  for (guint i = 0; i < likeness_folder_listing_get_n_entries (twin); i++)
    {
      const LikenessFolderEntry *entry = likeness_folder_listing_get_entry (twin, i);

      if (entry->kind == LIKENESS_ENTRY_FOLDER
          && !likeness_folder_listing_find (unit->listing, entry->name,
                                            LIKENESS_ENTRY_FOLDER))
        likeness_scan_skip (self, unit->low_relative, entry->name,
                            _ ("There is no folder of this person with the "
                               "high-resolution partners."));
    }
}

static void
read_folders (LikenessScan *self, GPtrArray *units, GArray *places)
{
  guint next = 0;

  /* The places stand in the order of their units. */
  for (guint i = 0; i < units->len; i++)
    {
      const LikenessScanUnit *unit = g_ptr_array_index (units, i);
      g_autoptr (LikenessFolderListing) twin = NULL;

      likeness_scan_skip_pictures (self, unit->relative, unit->listing,
                                   _ ("The picture lies in no person’s folder."));
      if (unit->low_relative != NULL)
        twin = likeness_scan_enter (self, unit->low_relative, unit->low_is_link, FALSE);
      if (twin != NULL)
        skip_lone_low (self, unit, twin);
      for (; next < places->len; next++)
        {
          Place *place = &g_array_index (places, Place, next);

          if (place->unit != unit)
            break;
          if (place->listing != NULL)
            read_subject (self, place, twin);
        }
    }
}

static void
read_paired (LikenessScan *self, GPtrArray *units)
{
  for (guint i = 0; i < units->len; i++)
    {
      const LikenessScanUnit *unit = g_ptr_array_index (units, i);

      if (unit->low_relative != NULL)
        likeness_scan_skip (
            self, unit->low_relative, NULL,
            _ ("Low-resolution partners are read from here only where each "
               "person has a folder."));
      likeness_scan_read_pairs (self, unit);
    }
}

gboolean
likeness_scan_read_layout (LikenessScan *self, GError **error)
{
  g_autoptr (GPtrArray) units = NULL;
  g_autoptr (GArray) places = NULL;
  LikenessFolderListing *listing = likeness_scan_enter_root (self, error);

  if (listing == NULL)
    return FALSE;
  units = likeness_scan_find_units (self, listing);

  self->layout = LIKENESS_LAYOUT_FLAT;
  for (guint i = 0; i < units->len; i++)
    if (likeness_scan_unit_is_paired (g_ptr_array_index (units, i)))
      self->layout = LIKENESS_LAYOUT_PAIRED;
  if (self->layout == LIKENESS_LAYOUT_PAIRED)
    {
      read_paired (self, units);
      return TRUE;
    }

  places = find_places (self, units);
  self->layout = enter_places (self, units, places);
  if (self->layout == LIKENESS_LAYOUT_FOLDERS)
    read_folders (self, units, places);
  else
    read_flat (self, units, places);
  return TRUE;
}
