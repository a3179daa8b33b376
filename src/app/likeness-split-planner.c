/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-planner.h"

#include "likeness-split-faces.h"

struct _LikenessSplitPlanner
{
  GObject parent_instance;

  /* Owned */
  LikenessSplitFaces *faces;
  LikenessPlanOptions options;
  GHashTable *pins;           /* relative path -> LikenessPin */
  char *root;                 /* of the folder that they belong to */
  GBytes *sides;              /* LikenessAssignment as a byte a face, of the last plan of
                                 faces that were read */
  GBytes *former_sides;       /* of the one before */
  LikenessProgress *progress; /* while reading */
  GPtrArray *twins;           /* LikenessTwins; NULL: not looked for yet */
  GCancellable *reading;      /* of the faces, and of test */
  GError *error;
  /* Borrowed from faces */
  const LikenessSplitPlan *plan;
  LikenessCommitSize size;
  gboolean was_read;
  gboolean planning;
  gboolean committing;
  gboolean stale; /* the options changed since the plan was begun */
};

enum
{
  CHANGED,
  TWINS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessSplitPlanner, likeness_split_planner, G_TYPE_OBJECT)

/* One plan on its way. */
typedef struct
{
  LikenessSplitFaces *faces;
  LikenessSplitJob *job; /* one of the faces' */
  LikenessPlanOptions options;
  GHashTable *pins; /* copied */
  const LikenessSplitPlan *plan;
  LikenessCommitSize size;
  GBytes *sides;
} Planning;

static void
planning_free (gpointer data)
{
  Planning *planning = data;

  likeness_split_faces_unref (planning->faces);
  g_hash_table_unref (planning->pins);
  g_clear_pointer (&planning->sides, g_bytes_unref);
  g_free (planning);
}

static void plan (LikenessSplitPlanner *self);

static void
make_plan (GTask *task,
           gpointer source_object,
           gpointer task_data,
           GCancellable *cancellable)
{
  Planning *planning = task_data;
  GError *error = NULL;

  likeness_split_job_set_pins (planning->job, planning->pins);
  planning->plan = likeness_split_job_plan (planning->job, &planning->options, &error);
  if (planning->plan == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  planning->size = likeness_split_job_measure (planning->job);
  if (likeness_split_job_get_was_read (planning->job))
    planning->sides = likeness_split_plan_dup_sides (planning->plan);
  g_task_return_boolean (task, TRUE);
}

static void
plan_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSplitPlanner) self = user_data;
  Planning *planning = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean planned = g_task_propagate_boolean (G_TASK (result), &error);

  self->planning = FALSE;
  /* Of another data set, of a draft that was overtaken, or of former options. */
  if (planning->faces != self->faces || self->stale)
    {
      plan (self);
      return;
    }
  g_clear_error (&self->error);
  self->plan = planned ? planning->plan : NULL;
  self->size = planned ? planning->size : (LikenessCommitSize){0};
  self->error = g_steal_pointer (&error);
  if (planning->sides != NULL)
    {
      g_clear_pointer (&self->former_sides, g_bytes_unref);
      self->former_sides = self->sides;
      self->sides = g_steal_pointer (&planning->sides);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
plan (LikenessSplitPlanner *self)
{
  g_autoptr (GTask) task = NULL;
  Planning *planning = NULL;

  self->stale = TRUE;
  if (self->faces == NULL || self->planning || self->committing)
    return;
  self->stale = FALSE;
  self->planning = TRUE;
  self->plan = NULL;

  planning = g_new0 (Planning, 1);
  planning->faces = likeness_split_faces_ref (self->faces);
  planning->job = self->was_read ? self->faces->job : self->faces->draft;
  planning->options = self->options;
  planning->pins = likeness_split_pins_copy (self->pins);
  /* Not as the task's source: the worker might be the last to let go of it. */
  task = g_task_new (NULL, NULL, plan_cb, g_object_ref (self));
  g_task_set_task_data (task, planning, planning_free);
  g_task_run_in_thread (task, make_plan);
}

static void
twins_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSplitPlanner) self = user_data;
  /* What cannot be read there is said elsewhere; it takes nothing from the plan. */
  GPtrArray *twins = likeness_split_faces_find_twins_finish (result, NULL);

  if (twins == NULL)
    return;
  if (likeness_split_faces_of (result) != self->faces)
    {
      g_ptr_array_unref (twins);
      return;
    }
  self->twins = twins;
  g_signal_emit (self, signals[TWINS_CHANGED], 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSplitPlanner) self = user_data;
  g_autoptr (GError) error = NULL;

  if (likeness_split_faces_of (result) != self->faces)
    return;
  g_clear_pointer (&self->progress, likeness_progress_unref);
  if (!likeness_split_faces_read_finish (result, &error))
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      self->plan = NULL;
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  self->was_read = TRUE;
  plan (self);
  likeness_split_faces_find_twins_async (self->faces, self->reading, twins_cb,
                                         g_object_ref (self));
}

static void
let_go (LikenessSplitPlanner *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_pointer (&self->faces, likeness_split_faces_unref);
  g_clear_pointer (&self->twins, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->sides, g_bytes_unref);
  g_clear_pointer (&self->former_sides, g_bytes_unref);
  self->plan = NULL;
  self->was_read = FALSE;
}

static void
likeness_split_planner_finalize (GObject *object)
{
  LikenessSplitPlanner *self = LIKENESS_SPLIT_PLANNER (object);

  let_go (self);
  g_hash_table_unref (self->pins);
  g_free (self->root);

  G_OBJECT_CLASS (likeness_split_planner_parent_class)->finalize (object);
}

static void
likeness_split_planner_class_init (LikenessSplitPlannerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_split_planner_finalize;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_SPLIT_PLANNER, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
  signals[TWINS_CHANGED]
      = g_signal_new ("twins-changed", LIKENESS_TYPE_SPLIT_PLANNER, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
likeness_split_planner_init (LikenessSplitPlanner *self)
{
  likeness_plan_options_init (&self->options);
  self->pins = likeness_split_pins_new ();
}

LikenessSplitPlanner *
likeness_split_planner_new (void)
{
  return g_object_new (LIKENESS_TYPE_SPLIT_PLANNER, NULL);
}

void
likeness_split_planner_set_dataset (LikenessSplitPlanner *self,
                                    LikenessDataset *dataset,
                                    guint split_mask)
{
  let_go (self);
  g_signal_emit (self, signals[TWINS_CHANGED], 0);
  if (dataset == NULL)
    {
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  if (g_strcmp0 (self->root, likeness_dataset_get_root (dataset)) != 0)
    {
      g_hash_table_remove_all (self->pins);
      g_free (self->root);
      self->root = g_strdup (likeness_dataset_get_root (dataset));
    }
  self->faces = likeness_split_faces_new (dataset, split_mask);
  self->progress = likeness_progress_new ();
  self->reading = g_cancellable_new ();
  likeness_split_faces_read_async (self->faces, self->progress, self->reading, read_cb,
                                   g_object_ref (self));
  plan (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
likeness_split_planner_set_options (LikenessSplitPlanner *self,
                                    const LikenessPlanOptions *options)
{
  self->options = *options;
  plan (self);
}

const LikenessPlanOptions *
likeness_split_planner_get_options (LikenessSplitPlanner *self)
{
  return &self->options;
}

const LikenessSplitPlan *
likeness_split_planner_get_plan (LikenessSplitPlanner *self)
{
  return self->plan;
}

LikenessCommitSize
likeness_split_planner_get_size (LikenessSplitPlanner *self)
{
  return self->size;
}

const GError *
likeness_split_planner_get_error (LikenessSplitPlanner *self)
{
  return self->error;
}

LikenessProgress *
likeness_split_planner_get_progress (LikenessSplitPlanner *self)
{
  return self->progress;
}

GPtrArray *
likeness_split_planner_get_twins (LikenessSplitPlanner *self)
{
  return self->twins;
}

gboolean
likeness_split_planner_get_can_commit (LikenessSplitPlanner *self)
{
  return self->plan != NULL && self->was_read && !self->planning && !self->committing;
}

const char *
likeness_split_planner_get_root (LikenessSplitPlanner *self)
{
  return self->root;
}

const LikenessPlanFace *
likeness_split_planner_get_faces (LikenessSplitPlanner *self, gsize *n_faces)
{
  *n_faces = self->faces != NULL ? likeness_split_job_get_n_faces (self->faces->job) : 0;
  return self->faces != NULL ? likeness_split_job_get_faces (self->faces->job) : NULL;
}

char *
likeness_split_planner_dup_path (LikenessSplitPlanner *self, gsize face)
{
  g_return_val_if_fail (self->faces != NULL, NULL);
  return likeness_split_job_dup_path (self->faces->job, face);
}

static const char *
get_face_path (LikenessSplitPlanner *self, gsize face)
{
  return likeness_split_job_get_faces (self->faces->job)[face].path;
}

void
likeness_split_planner_set_pin (LikenessSplitPlanner *self, gsize face, LikenessPin pin)
{
  gsize n_faces;
  const LikenessPlanFace *faces = likeness_split_planner_get_faces (self, &n_faces);

  g_return_if_fail (face < n_faces);

  if (self->committing)
    return;
  likeness_split_pins_set (self->pins, faces, self->plan, face, pin);
  plan (self);
}

LikenessPin
likeness_split_planner_get_pin (LikenessSplitPlanner *self, gsize face)
{
  return (LikenessPin)GPOINTER_TO_INT (
      g_hash_table_lookup (self->pins, get_face_path (self, face)));
}

void
likeness_split_planner_clear_pins (LikenessSplitPlanner *self)
{
  g_hash_table_remove_all (self->pins);
  plan (self);
}

guint
likeness_split_planner_get_n_pins (LikenessSplitPlanner *self)
{
  return g_hash_table_size (self->pins);
}

char *
likeness_split_planner_dup_pins (LikenessSplitPlanner *self)
{
  return likeness_split_pins_to_string (self->pins);
}

gboolean
likeness_split_planner_get_moved (LikenessSplitPlanner *self, gsize face)
{
  gsize n = 0;
  gsize n_former = 0;
  const guint8 *now = self->sides != NULL ? g_bytes_get_data (self->sides, &n) : NULL;
  const guint8 *former = self->former_sides != NULL
                             ? g_bytes_get_data (self->former_sides, &n_former)
                             : NULL;

  return face < n && n == n_former && now[face] != former[face];
}

/* One commit on its way. */
typedef struct
{
  LikenessSplitFaces *faces;
  LikenessCommitOptions options;
  char *target;
  LikenessProgress *progress;
} Commit;

static void
commit_free (gpointer data)
{
  Commit *commit = data;

  likeness_split_faces_unref (commit->faces);
  g_free (commit->target);
  likeness_progress_unref (commit->progress);
  g_free (commit);
}

static void
write_split (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Commit *commit = task_data;
  g_autofree char *parent = g_path_get_dirname (commit->target);
  GError *error = NULL;

  /* Where this fails, the commit says why. */
  g_mkdir_with_parents (parent, 0777);

  if (likeness_split_job_commit (commit->faces->job, &commit->options, commit->progress,
                                 cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
likeness_split_planner_commit_async (LikenessSplitPlanner *self,
                                     const LikenessCommitOptions *options,
                                     LikenessProgress *progress,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Commit *commit = NULL;

  g_return_if_fail (likeness_split_planner_get_can_commit (self));

  commit = g_new0 (Commit, 1);
  commit->faces = likeness_split_faces_ref (self->faces);
  commit->target = g_strdup (options->target);
  commit->options = *options;
  commit->options.target = commit->target;
  commit->progress = likeness_progress_ref (progress);
  self->committing = TRUE;
  task = g_task_new (self, cancellable, callback, user_data);
  /* What was written is written: its answer counts, not the cancellable. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, commit, commit_free);
  g_task_run_in_thread (task, write_split);
}

gboolean
likeness_split_planner_commit_finish (LikenessSplitPlanner *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  self->committing = FALSE;
  if (self->stale)
    plan (self);
  return g_task_propagate_boolean (G_TASK (result), error);
}
