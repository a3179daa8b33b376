/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-listed-faces.h"

#include "likeness-face.h"
#include "likeness-string-hash.h"

struct _LikenessListedFaces
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *runs;
  GArray *ends;         /* of guint: faces up to and with each run */
  GHashTable *subjects; /* names, borrowed from the runs */

  gboolean is_whole;
};

enum
{
  PROP_IS_WHOLE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static guint
count_faces (LikenessListedFaces *self, guint n_runs)
{
  return n_runs > 0 ? g_array_index (self->ends, guint, n_runs - 1) : 0;
}

static GType
get_item_type (GListModel *model)
{
  return LIKENESS_TYPE_FACE;
}

static guint
get_n_items (GListModel *model)
{
  LikenessListedFaces *self = LIKENESS_LISTED_FACES (model);

  return count_faces (self, self->runs->len);
}

static gpointer
get_item (GListModel *model, guint position)
{
  LikenessListedFaces *self = LIKENESS_LISTED_FACES (model);
  guint low = 0, high = self->runs->len;
  const LikenessListedRun *run;

  if (position >= get_n_items (model))
    return NULL;
  /* The first run that ends behind the position. */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->ends, guint, middle) > position)
        high = middle;
      else
        low = middle + 1;
    }
  run = g_ptr_array_index (self->runs, low);
  return likeness_face_new (run->subject, run->split, run->directory, run->low_directory,
                            run->names[position - count_faces (self, low)]);
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LikenessListedFaces,
                               likeness_listed_faces,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
likeness_listed_faces_finalize (GObject *object)
{
  LikenessListedFaces *self = LIKENESS_LISTED_FACES (object);

  g_hash_table_unref (self->subjects);
  g_array_unref (self->ends);
  g_ptr_array_unref (self->runs);

  G_OBJECT_CLASS (likeness_listed_faces_parent_class)->finalize (object);
}

static void
likeness_listed_faces_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  LikenessListedFaces *self = LIKENESS_LISTED_FACES (object);

  switch (property_id)
    {
    case PROP_IS_WHOLE:
      g_value_set_boolean (value, likeness_listed_faces_get_is_whole (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_listed_faces_class_init (LikenessListedFacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = likeness_listed_faces_finalize;
  object_class->get_property = likeness_listed_faces_get_property;

  properties[PROP_IS_WHOLE] = g_param_spec_boolean (
      "is-whole", NULL, NULL, FALSE,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
likeness_listed_faces_init (LikenessListedFaces *self)
{
  self->runs = likeness_listed_runs_new ();
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint));
  self->subjects = g_hash_table_new (likeness_string_hash, g_str_equal);
}

LikenessListedFaces *
likeness_listed_faces_new (void)
{
  return g_object_new (LIKENESS_TYPE_LISTED_FACES, NULL);
}

/* From run @kept on; the names of subjects go with their runs. */
static void
cut (LikenessListedFaces *self, guint kept)
{
  guint before = count_faces (self, self->runs->len);
  guint left = count_faces (self, kept);

  if (kept == self->runs->len)
    return;
  g_hash_table_remove_all (self->subjects);
  g_ptr_array_set_size (self->runs, (int)kept);
  g_array_set_size (self->ends, kept);
  for (guint i = 0; i < kept; i++)
    g_hash_table_add (self->subjects,
                      ((LikenessListedRun *)self->runs->pdata[i])->subject);
  g_list_model_items_changed (G_LIST_MODEL (self), left, before - left, 0);
}

/* The runs from @first on, as far as a list can hold them. */
static void
append (LikenessListedFaces *self, GPtrArray *runs, guint first)
{
  guint before = count_faces (self, self->runs->len), end = before;

  for (guint i = first; i < runs->len; i++)
    {
      LikenessListedRun *run = runs->pdata[i];

      if (run->n_names > G_MAXINT - end)
        break;
      end += run->n_names;
      g_array_append_val (self->ends, end);
      g_ptr_array_add (self->runs, g_steal_pointer (&runs->pdata[i]));
      g_hash_table_add (self->subjects, run->subject);
    }
  if (end > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, end - before);
}

void
likeness_listed_faces_take (LikenessListedFaces *self, GPtrArray *runs, gboolean whole)
{
  guint first = 0;

  if (whole)
    {
      for (; first < runs->len && first < self->runs->len; first++)
        if (!likeness_listed_run_equal (runs->pdata[first], self->runs->pdata[first]))
          break;
      /* In two steps: a selection would look for its face among all that are new. */
      cut (self, first);
    }
  append (self, runs, first);
  /* What was taken is NULL there. */
  g_ptr_array_set_free_func (runs, NULL);
  for (guint i = 0; i < runs->len; i++)
    g_clear_pointer ((LikenessListedRun **)&runs->pdata[i], likeness_listed_run_free);
  g_ptr_array_unref (runs);
  if (self->is_whole == whole)
    return;
  self->is_whole = whole;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_WHOLE]);
}

guint
likeness_listed_faces_get_n_subjects (LikenessListedFaces *self)
{
  return g_hash_table_size (self->subjects);
}

gboolean
likeness_listed_faces_get_is_whole (LikenessListedFaces *self)
{
  return self->is_whole;
}
