/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-item.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-format.h"
#include "likeness-run-log.h"

struct _LikenessRunItem
{
  GObject parent_instance;

  /* Owned */
  char *folder;
  char *name;
  char *date;
  gint64 began; /* seconds since 1970 */
};

enum
{
  PROP_NAME = 1,
  PROP_DATE,
  PROP_TITLE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessRunItem, likeness_run_item, G_TYPE_OBJECT)

static void
likeness_run_item_finalize (GObject *object)
{
  LikenessRunItem *self = LIKENESS_RUN_ITEM (object);

  g_free (self->folder);
  g_free (self->name);
  g_free (self->date);

  G_OBJECT_CLASS (likeness_run_item_parent_class)->finalize (object);
}

static char *
make_title (LikenessRunItem *self)
{
  g_autofree char *name = likeness_format_name (self->name);

  /* Translators: a run's data set and when it began */
  return g_strdup_printf (_ ("%s, %s"), name, self->date);
}

static void
likeness_run_item_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  LikenessRunItem *self = LIKENESS_RUN_ITEM (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_DATE:
      g_value_set_string (value, self->date);
      break;
    case PROP_TITLE:
      g_value_take_string (value, make_title (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_run_item_class_init (LikenessRunItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = likeness_run_item_finalize;
  object_class->get_property = likeness_run_item_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_DATE] = g_param_spec_string ("date", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
likeness_run_item_init (LikenessRunItem *self)
{
}

LikenessRunItem *
likeness_run_item_new (const char *folder, gint64 changed)
{
  LikenessRunItem *self = g_object_new (LIKENESS_TYPE_RUN_ITEM, NULL);
  g_autofree char *base = g_path_get_basename (folder);
  const char *name = base;
  g_autoptr (GDateTime) began = likeness_run_log_parse_name (base, &name);

  if (began == NULL)
    {
      name = base;
      began = g_date_time_new_from_unix_local (changed);
    }
  self->folder = g_strdup (folder);
  self->name = likeness_display_name (name);
  /* Translators: day, month, year and time, as strftime writes them */
  self->date = began != NULL ? g_date_time_format (began, _ ("%-e %b %Y, %H:%M"))
                             : g_strdup ("–");
  self->began = began != NULL ? g_date_time_to_unix (began) : 0;
  return self;
}

const char *
likeness_run_item_get_folder (LikenessRunItem *self)
{
  return self->folder;
}

int
likeness_run_item_compare (LikenessRunItem *a, LikenessRunItem *b)
{
  if (a->began != b->began)
    return a->began > b->began ? -1 : 1;
  return strcmp (a->folder, b->folder);
}
