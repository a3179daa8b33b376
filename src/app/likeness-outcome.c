/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-outcome.h"

struct _LikenessOutcome
{
  GObject parent_instance;

  /* Owned */
  char *run;
  LikenessResults *results;
  LikenessVerdictState state;
  char *verdict;
};

G_DEFINE_FINAL_TYPE (LikenessOutcome, likeness_outcome, G_TYPE_OBJECT)

static void
likeness_outcome_finalize (GObject *object)
{
  LikenessOutcome *self = LIKENESS_OUTCOME (object);

  g_free (self->run);
  g_clear_pointer (&self->results, likeness_results_free);
  g_free (self->verdict);

  G_OBJECT_CLASS (likeness_outcome_parent_class)->finalize (object);
}

static void
likeness_outcome_class_init (LikenessOutcomeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_outcome_finalize;
}

static void
likeness_outcome_init (LikenessOutcome *self)
{
}

LikenessOutcome *
likeness_outcome_new (const char *run,
                      LikenessResults *results,
                      LikenessVerdictState state,
                      const char *verdict)
{
  LikenessOutcome *self = g_object_new (LIKENESS_TYPE_OUTCOME, NULL);

  self->run = g_strdup (run);
  self->results = results;
  self->state = state;
  self->verdict = g_strdup (verdict);
  return self;
}

const char *
likeness_outcome_get_run (LikenessOutcome *self)
{
  return self->run;
}

const LikenessResults *
likeness_outcome_get_results (LikenessOutcome *self)
{
  return self->results;
}

LikenessVerdictState
likeness_outcome_get_state (LikenessOutcome *self)
{
  return self->state;
}

const char *
likeness_outcome_get_verdict (LikenessOutcome *self)
{
  return self->verdict;
}
