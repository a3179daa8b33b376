/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-twins-row.h"

struct _LikenessTwinsRow
{
  GObject parent_instance;

  /* Owned */
  char *first;
  char *second;
  char *description;
};

G_DEFINE_FINAL_TYPE (LikenessTwinsRow, likeness_twins_row, G_TYPE_OBJECT)

static void
likeness_twins_row_finalize (GObject *object)
{
  LikenessTwinsRow *self = LIKENESS_TWINS_ROW (object);

  g_free (self->first);
  g_free (self->second);
  g_free (self->description);

  G_OBJECT_CLASS (likeness_twins_row_parent_class)->finalize (object);
}

static void
likeness_twins_row_class_init (LikenessTwinsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_twins_row_finalize;
}

static void
likeness_twins_row_init (LikenessTwinsRow *self)
{
}

LikenessTwinsRow *
likeness_twins_row_new (const char *root, const LikenessTwins *twins)
{
  LikenessTwinsRow *self = g_object_new (LIKENESS_TYPE_TWINS_ROW, NULL);

  self->first = g_build_filename (root, twins->first, NULL);
  self->second = g_build_filename (root, twins->second, NULL);
  self->description = likeness_twins_describe (twins);
  return self;
}

const char *
likeness_twins_row_get_first (LikenessTwinsRow *self)
{
  return self->first;
}

const char *
likeness_twins_row_get_second (LikenessTwinsRow *self)
{
  return self->second;
}

const char *
likeness_twins_row_get_description (LikenessTwinsRow *self)
{
  return self->description;
}
