/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-failure.h"

#include "likeness-display-name.h"

struct _LikenessFailure
{
  GObject parent_instance;

  /* Owned */
  LikenessOutcome *outcome;
  guint face;
};

G_DEFINE_FINAL_TYPE (LikenessFailure, likeness_failure, G_TYPE_OBJECT)

static void
likeness_failure_finalize (GObject *object)
{
  g_object_unref (LIKENESS_FAILURE (object)->outcome);

  G_OBJECT_CLASS (likeness_failure_parent_class)->finalize (object);
}

static void
likeness_failure_class_init (LikenessFailureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_failure_finalize;
}

static void
likeness_failure_init (LikenessFailure *self)
{
}

LikenessFailure *
likeness_failure_new (LikenessOutcome *outcome, guint face)
{
  LikenessFailure *self = g_object_new (LIKENESS_TYPE_FAILURE, NULL);

  self->outcome = g_object_ref (outcome);
  self->face = face;
  return self;
}

const LikenessJudgedFace *
likeness_failure_get_face (LikenessFailure *self)
{
  return &likeness_outcome_get_results (self->outcome)->faces[self->face];
}

static const LikenessSubjectResult *
get_subject (LikenessFailure *self, guint32 subject)
{
  return &likeness_outcome_get_results (self->outcome)->subjects[subject];
}

const char *
likeness_failure_get_example (LikenessFailure *self)
{
  return get_subject (self, likeness_failure_get_face (self)->taken_for)->example;
}

char *
likeness_failure_dup_true_name (LikenessFailure *self)
{
  return likeness_display_name (
      get_subject (self, likeness_failure_get_face (self)->subject)->name);
}

char *
likeness_failure_dup_taken_for (LikenessFailure *self)
{
  return likeness_display_name (
      get_subject (self, likeness_failure_get_face (self)->taken_for)->name);
}
