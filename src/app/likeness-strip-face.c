/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-strip-face.h"

#include <glib/gi18n.h>

struct _LikenessStripFace
{
  GObject parent_instance;

  /* Owned */
  char *path;
  char *name;
  gsize index;
  LikenessPin pin;
  gboolean moved;
};

G_DEFINE_FINAL_TYPE (LikenessStripFace, likeness_strip_face, G_TYPE_OBJECT)

static void
likeness_strip_face_finalize (GObject *object)
{
  LikenessStripFace *self = LIKENESS_STRIP_FACE (object);

  g_free (self->path);
  g_free (self->name);

  G_OBJECT_CLASS (likeness_strip_face_parent_class)->finalize (object);
}

static void
likeness_strip_face_class_init (LikenessStripFaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_strip_face_finalize;
}

static void
likeness_strip_face_init (LikenessStripFace *self)
{
}

LikenessStripFace *
likeness_strip_face_new (LikenessSplitPlanner *planner, gsize index)
{
  LikenessStripFace *self = g_object_new (LIKENESS_TYPE_STRIP_FACE, NULL);
  gsize n_faces;
  const LikenessPlanFace *faces = likeness_split_planner_get_faces (planner, &n_faces);

  self->index = index;
  self->path = likeness_split_planner_dup_path (planner, index);
  self->name = g_filename_display_name (faces[index].name);
  self->pin = likeness_split_planner_get_pin (planner, index);
  self->moved = likeness_split_planner_get_moved (planner, index);
  return self;
}

gsize
likeness_strip_face_get_index (LikenessStripFace *self)
{
  return self->index;
}

const char *
likeness_strip_face_get_path (LikenessStripFace *self)
{
  return self->path;
}

const char *
likeness_strip_face_get_name (LikenessStripFace *self)
{
  return self->name;
}

LikenessPin
likeness_strip_face_get_pin (LikenessStripFace *self)
{
  return self->pin;
}

gboolean
likeness_strip_face_get_moved (LikenessStripFace *self)
{
  return self->moved;
}

char *
likeness_strip_face_describe (LikenessStripFace *self)
{
  gboolean pinned = self->pin != LIKENESS_PIN_NONE;

  if (pinned && self->moved)
    return g_strdup_printf (_ ("%s, pinned, changed sides"), self->name);
  if (pinned)
    return g_strdup_printf (_ ("%s, pinned"), self->name);
  if (self->moved)
    return g_strdup_printf (_ ("%s, changed sides"), self->name);
  return g_strdup (self->name);
}
