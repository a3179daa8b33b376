/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-dataset-loader.h"

#include "likeness-opening.h"
#include "likeness-own-sample.h"

struct _LikenessDatasetLoader
{
  GObject parent_instance;

  /* Owned */
  LikenessDatasetLoaderState state;
  LikenessDataset *dataset;
  LikenessListedFaces *listed; /* while a data set is opened */
  LikenessMarks *marks;        /* of the data set */
  GPtrArray *moves;            /* of its marked faces */
  GError *error;
  GError *marks_error;
  char *folder;
  LikenessProgress *progress;
  GCancellable *cancellable;
};

enum
{
  PROP_STATE = 1,
  PROP_DATASET,
  PROP_LISTED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* clang-format off */
G_DEFINE_ENUM_TYPE (LikenessDatasetLoaderState, likeness_dataset_loader_state,
                    G_DEFINE_ENUM_VALUE (LIKENESS_DATASET_LOADER_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_DATASET_LOADER_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_DATASET_LOADER_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_DATASET_LOADER_FAILED, "failed"))
/* clang-format on */

G_DEFINE_FINAL_TYPE (LikenessDatasetLoader, likeness_dataset_loader, G_TYPE_OBJECT)

static void
set_state (LikenessDatasetLoader *self, LikenessDatasetLoaderState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_dataset (LikenessDatasetLoader *self, LikenessDataset *dataset)
{
  if (g_set_object (&self->dataset, dataset))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATASET]);
}

static void
set_listed (LikenessDatasetLoader *self, LikenessListedFaces *listed)
{
  if (g_set_object (&self->listed, listed))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LISTED]);
}

/* Whoever called before is told to stop; its answer is then no longer ours. */
static void
begin (LikenessDatasetLoader *self, const char *folder)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_error (&self->error);
  g_clear_error (&self->marks_error);
  self->cancellable = g_cancellable_new ();
  self->progress = likeness_progress_new ();
  if (folder != self->folder)
    {
      g_free (self->folder);
      self->folder = g_strdup (folder);
    }
  set_listed (self, NULL);
  set_state (self, LIKENESS_DATASET_LOADER_LOADING);
}

static void
finish (LikenessDatasetLoader *self, LikenessOpened *opened, GError *error)
{
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, likeness_progress_unref);

  if (opened != NULL)
    {
      g_clear_pointer (&self->marks, likeness_marks_unref);
      g_clear_pointer (&self->moves, g_ptr_array_unref);
      self->marks = g_steal_pointer (&opened->marks);
      self->moves = g_steal_pointer (&opened->moves);
      set_dataset (self, opened->dataset);
      self->marks_error = g_steal_pointer (&opened->error);
      set_state (self, LIKENESS_DATASET_LOADER_READY);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_free (self->folder);
      self->folder = self->dataset != NULL
                         ? g_strdup (likeness_dataset_get_root (self->dataset))
                         : NULL;
      set_state (self, self->dataset != NULL ? LIKENESS_DATASET_LOADER_READY
                                             : LIKENESS_DATASET_LOADER_EMPTY);
    }
  else
    {
      set_dataset (self, NULL);
      self->error = g_error_copy (error);
      set_state (self, LIKENESS_DATASET_LOADER_FAILED);
    }
  set_listed (self, NULL);
}

/* Who asked, and with which cancellable: a later request has another one. */
typedef struct
{
  LikenessDatasetLoader *loader;
  GCancellable *cancellable;
} Request;

static Request *
request_new (LikenessDatasetLoader *self)
{
  Request *request = g_new (Request, 1);

  request->loader = g_object_ref (self);
  request->cancellable = g_object_ref (self->cancellable);
  return request;
}

static void
request_free (Request *request)
{
  g_object_unref (request->loader);
  g_object_unref (request->cancellable);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
scan_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessOpened) opened = likeness_opening_finish (result, &error);

  if (request->loader->cancellable == request->cancellable)
    finish (request->loader, opened, error);
}

static void
listed_cb (GPtrArray *runs, gboolean whole, gpointer user_data)
{
  Request *request = user_data;
  LikenessDatasetLoader *self = request->loader;
  g_autoptr (LikenessListedFaces) listed = NULL;

  if (self->cancellable != request->cancellable)
    {
      g_ptr_array_unref (runs);
      return;
    }
  listed
      = self->listed != NULL ? g_object_ref (self->listed) : likeness_listed_faces_new ();
  likeness_listed_faces_take (listed, runs, whole);
  set_listed (self, listed);
}

static void
start_opening (LikenessDatasetLoader *self, Request *request)
{
  likeness_opening_start (self->folder, self->marks, listed_cb, self->progress,
                          self->cancellable, scan_cb, request);
}

static void
draw_sample_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  LikenessDatasetLoader *self = request->loader;

  if (self->cancellable != request->cancellable)
    return;
  if (likeness_own_sample_draw_finish (result, &error))
    start_opening (self, g_steal_pointer (&request));
  else
    finish (self, NULL, error);
}

static void
likeness_dataset_loader_dispose (GObject *object)
{
  LikenessDatasetLoader *self = LIKENESS_DATASET_LOADER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->dataset);
  g_clear_object (&self->listed);

  G_OBJECT_CLASS (likeness_dataset_loader_parent_class)->dispose (object);
}

static void
likeness_dataset_loader_finalize (GObject *object)
{
  LikenessDatasetLoader *self = LIKENESS_DATASET_LOADER (object);

  g_clear_error (&self->error);
  g_clear_error (&self->marks_error);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_pointer (&self->marks, likeness_marks_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_free (self->folder);

  G_OBJECT_CLASS (likeness_dataset_loader_parent_class)->finalize (object);
}

static void
likeness_dataset_loader_get_property (GObject *object,
                                      guint property_id,
                                      GValue *value,
                                      GParamSpec *pspec)
{
  LikenessDatasetLoader *self = LIKENESS_DATASET_LOADER (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, likeness_dataset_loader_get_state (self));
      break;
    case PROP_DATASET:
      g_value_set_object (value, likeness_dataset_loader_get_dataset (self));
      break;
    case PROP_LISTED:
      g_value_set_object (value, likeness_dataset_loader_get_listed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_dataset_loader_class_init (LikenessDatasetLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = likeness_dataset_loader_dispose;
  object_class->finalize = likeness_dataset_loader_finalize;
  object_class->get_property = likeness_dataset_loader_get_property;

  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, LIKENESS_TYPE_DATASET_LOADER_STATE,
                           LIKENESS_DATASET_LOADER_EMPTY, flags);
  properties[PROP_DATASET]
      = g_param_spec_object ("dataset", NULL, NULL, LIKENESS_TYPE_DATASET, flags);
  properties[PROP_LISTED]
      = g_param_spec_object ("listed", NULL, NULL, LIKENESS_TYPE_LISTED_FACES, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
likeness_dataset_loader_init (LikenessDatasetLoader *self)
{
}

LikenessDatasetLoader *
likeness_dataset_loader_new (void)
{
  return g_object_new (LIKENESS_TYPE_DATASET_LOADER, NULL);
}

LikenessDatasetLoaderState
likeness_dataset_loader_get_state (LikenessDatasetLoader *self)
{
  return self->state;
}

LikenessDataset *
likeness_dataset_loader_get_dataset (LikenessDatasetLoader *self)
{
  return self->dataset;
}

LikenessMarks *
likeness_dataset_loader_get_marks (LikenessDatasetLoader *self)
{
  return self->marks;
}

GPtrArray *
likeness_dataset_loader_get_moves (LikenessDatasetLoader *self)
{
  return self->moves;
}

LikenessListedFaces *
likeness_dataset_loader_get_listed (LikenessDatasetLoader *self)
{
  return self->listed;
}

const GError *
likeness_dataset_loader_get_error (LikenessDatasetLoader *self)
{
  return self->error;
}

const GError *
likeness_dataset_loader_get_marks_error (LikenessDatasetLoader *self)
{
  return self->marks_error;
}

const char *
likeness_dataset_loader_get_folder (LikenessDatasetLoader *self)
{
  return self->folder;
}

LikenessProgress *
likeness_dataset_loader_get_progress (LikenessDatasetLoader *self)
{
  return self->progress;
}

GCancellable *
likeness_dataset_loader_get_cancellable (LikenessDatasetLoader *self)
{
  return self->cancellable;
}

void
likeness_dataset_loader_open (LikenessDatasetLoader *self, const char *folder)
{
  begin (self, folder);
  start_opening (self, request_new (self));
}

void
likeness_dataset_loader_open_sample (LikenessDatasetLoader *self)
{
  g_autofree char *folder = likeness_own_sample_make_folder ();

  begin (self, folder);
  likeness_own_sample_draw_async (self->progress, self->cancellable, draw_sample_cb,
                                  request_new (self));
}

void
likeness_dataset_loader_rescan (LikenessDatasetLoader *self)
{
  if (self->folder != NULL)
    likeness_dataset_loader_open (self, self->folder);
}
