/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-duplicate-finder.h"

struct _LikenessDuplicateFinder
{
  GObject parent_instance;

  /* Owned */
  LikenessDuplicates *duplicates;
  LikenessProgress *progress; /* while looking */
  GCancellable *cancellable;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessDuplicateFinder, likeness_duplicate_finder, G_TYPE_OBJECT)

/* One search on its way. */
typedef struct
{
  LikenessDataset *dataset;
  LikenessProgress *progress;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->dataset);
  likeness_progress_unref (search->progress);
  g_free (search);
}

static void
find (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Search *search = task_data;
  GError *error = NULL;
  LikenessDuplicates *duplicates
      = likeness_duplicates_find (search->dataset, search->progress, cancellable, &error);

  if (duplicates != NULL)
    g_task_return_pointer (task, duplicates, (GDestroyNotify)likeness_duplicates_free);
  else
    g_task_return_error (task, error);
}

static void
find_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessDuplicateFinder) self = user_data;
  Search *search = g_task_get_task_data (G_TASK (result));

  /* Of another data set. */
  if (search->progress != self->progress)
    return;
  g_clear_pointer (&self->progress, likeness_progress_unref);
  self->duplicates = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->duplicates != NULL)
    likeness_duplicates_apply (self->duplicates);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
let_go (LikenessDuplicateFinder *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_pointer (&self->duplicates, likeness_duplicates_free);
}

static void
likeness_duplicate_finder_finalize (GObject *object)
{
  let_go (LIKENESS_DUPLICATE_FINDER (object));

  G_OBJECT_CLASS (likeness_duplicate_finder_parent_class)->finalize (object);
}

static void
likeness_duplicate_finder_class_init (LikenessDuplicateFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_duplicate_finder_finalize;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_DUPLICATE_FINDER, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
likeness_duplicate_finder_init (LikenessDuplicateFinder *self)
{
}

LikenessDuplicateFinder *
likeness_duplicate_finder_new (void)
{
  return g_object_new (LIKENESS_TYPE_DUPLICATE_FINDER, NULL);
}

void
likeness_duplicate_finder_set_dataset (LikenessDuplicateFinder *self,
                                       LikenessDataset *dataset)
{
  let_go (self);
  if (dataset != NULL)
    {
      g_autoptr (GTask) task = NULL;
      Search *search = g_new0 (Search, 1);

      self->progress = likeness_progress_new ();
      self->cancellable = g_cancellable_new ();
      search->dataset = g_object_ref (dataset);
      search->progress = likeness_progress_ref (self->progress);
      task = g_task_new (NULL, self->cancellable, find_cb, g_object_ref (self));
      g_task_set_task_data (task, search, search_free);
      g_task_run_in_thread (task, find);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

const LikenessDuplicates *
likeness_duplicate_finder_get_duplicates (LikenessDuplicateFinder *self)
{
  return self->duplicates;
}

LikenessProgress *
likeness_duplicate_finder_get_progress (LikenessDuplicateFinder *self)
{
  return self->progress;
}
