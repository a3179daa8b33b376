/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

G_BEGIN_DECLS

/** A step that was asked for. */
typedef struct
{
  gboolean all_layers;
  gsize n; /* faces */
  float lr_head;
  float lr_backbone; /* 0 where the head alone learns */
} LikenessTestStep;

/** A face in a step of all layers. */
typedef struct
{
  guint32 index;
  LikenessAugmentation augmentation;
} LikenessTestShown;

/**
 * LikenessTestSpy:
 *
 * A table of verbs that writes down what it is asked for and lets another one do it.
 * There is one at a time, for verbs carry no data of their own; look at it when the
 * trainer's thread has ended.
 */
typedef struct
{
  LikenessTorch next; /* does the work; a test may put its own verbs here */
  GArray *nets;       /* LikenessNetOptions; what they point to may be gone */
  GArray *stages;     /* LikenessStageOptions */
  GArray *steps;      /* LikenessTestStep */
  GArray *shown;      /* LikenessTestShown */
  guint64 n_embedded; /* faces */

  /* The train set that was loaded last */
  gsize n_faces;
  guint8 *best; /* NULL: the same as the probe */
  guint32 *labels;
  float *targets; /* NULL: none */

  /* The head that was made last */
  guint n_classes;
  guint64 head_seed;
  float *head; /* NULL: random */
} LikenessTestSpy;

/** @next: see likeness-test-fake.h for one that costs nothing. */
LikenessTestSpy *
likeness_test_spy_new (const LikenessTorch *next) G_GNUC_WARN_UNUSED_RESULT;
void likeness_test_spy_free (LikenessTestSpy *self);

/** Forgets what was written down. */
void likeness_test_spy_reset (LikenessTestSpy *self);

/** The table to hand to what is watched: static. */
const LikenessTorch *likeness_test_spy_get_table (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessTestSpy, likeness_test_spy_free)

G_END_DECLS
