/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-failure-list.h"

#include <gio/gio.h>

#include "likeness-failure.h"

struct _LikenessFailureList
{
  GObject parent_instance;

  /* Owned */
  LikenessOutcome *outcome;
  GArray *faces; /* guint32 */
};

static GType
likeness_failure_list_get_item_type (GListModel *model)
{
  return LIKENESS_TYPE_FAILURE;
}

static guint
likeness_failure_list_get_n_items (GListModel *model)
{
  return LIKENESS_FAILURE_LIST (model)->faces->len;
}

static gpointer
likeness_failure_list_get_item (GListModel *model, guint position)
{
  LikenessFailureList *self = LIKENESS_FAILURE_LIST (model);

  if (position >= self->faces->len)
    return NULL;
  return likeness_failure_new (self->outcome,
                               g_array_index (self->faces, guint32, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = likeness_failure_list_get_item_type;
  iface->get_n_items = likeness_failure_list_get_n_items;
  iface->get_item = likeness_failure_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LikenessFailureList,
                               likeness_failure_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
likeness_failure_list_finalize (GObject *object)
{
  LikenessFailureList *self = LIKENESS_FAILURE_LIST (object);

  g_object_unref (self->outcome);
  g_array_unref (self->faces);

  G_OBJECT_CLASS (likeness_failure_list_parent_class)->finalize (object);
}

static void
likeness_failure_list_class_init (LikenessFailureListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_failure_list_finalize;
}

static void
likeness_failure_list_init (LikenessFailureList *self)
{
  self->faces = g_array_new (FALSE, FALSE, sizeof (guint32));
}

/* How sure the network was of the wrong person. */
static double
get_confidence (const LikenessJudgedFace *face)
{
  return face->score_best_wrong - face->score_true;
}

static int
compare_confidence (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LikenessResults *results = user_data;
  guint32 index_a = *(const guint32 *)a, index_b = *(const guint32 *)b;
  double confidence_a = get_confidence (&results->faces[index_a]);
  double confidence_b = get_confidence (&results->faces[index_b]);

  if (confidence_a != confidence_b)
    return confidence_a > confidence_b ? -1 : 1;
  return index_a < index_b ? -1 : index_a > index_b;
}

LikenessFailureList *
likeness_failure_list_new (LikenessOutcome *outcome)
{
  LikenessFailureList *self = g_object_new (LIKENESS_TYPE_FAILURE_LIST, NULL);
  const LikenessResults *results = likeness_outcome_get_results (outcome);

  self->outcome = g_object_ref (outcome);
  for (guint32 i = 0; i < results->n_faces; i++)
    if (!results->faces[i].correct)
      g_array_append_val (self->faces, i);
  g_array_sort_with_data (self->faces, compare_confidence, (gpointer)results);
  return self;
}
