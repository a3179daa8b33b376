/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-session.h"

#include "likeness-opening.h"
#include "likeness-own-sample.h"

#define CACHE_BYTES (96 * 1024 * 1024)
#define MOST_THREADS 4

struct _LikenessSession
{
  GObject parent_instance;

  /* Owned */
  LikenessSessionState state;
  LikenessDataset *dataset;
  LikenessListedFaces *listed; /* while a data set is opened */
  LikenessMarks *marks;        /* of the data set */
  GPtrArray *moves;            /* of its marked faces */
  GError *error;
  char *folder;
  char *training_folder;
  char *run;
  LikenessProgress *progress;
  GCancellable *cancellable;
  LikenessThumbnailer *thumbnailer;
  LikenessTraining *training;
};

enum
{
  PROP_STATE = 1,
  PROP_DATASET,
  PROP_LISTED,
  PROP_TRAINING_FOLDER,
  PROP_RUN,
  N_PROPERTIES
};

enum
{
  EXCLUSIONS_CHANGED,
  TOAST,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* clang-format off */
G_DEFINE_ENUM_TYPE (LikenessSessionState, likeness_session_state,
                    G_DEFINE_ENUM_VALUE (LIKENESS_SESSION_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_SESSION_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_SESSION_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_SESSION_FAILED, "failed"))
/* clang-format on */

G_DEFINE_FINAL_TYPE (LikenessSession, likeness_session, G_TYPE_OBJECT)

static void
set_state (LikenessSession *self, LikenessSessionState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_dataset (LikenessSession *self, LikenessDataset *dataset)
{
  if (g_set_object (&self->dataset, dataset))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATASET]);
}

static void
set_listed (LikenessSession *self, LikenessListedFaces *listed)
{
  if (g_set_object (&self->listed, listed))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LISTED]);
}

/* Whoever called before is told to stop; its answer is then no longer ours. */
static void
begin (LikenessSession *self, const char *folder)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();
  self->progress = likeness_progress_new ();
  if (folder != self->folder)
    {
      g_free (self->folder);
      self->folder = g_strdup (folder);
    }
  set_listed (self, NULL);
  set_state (self, LIKENESS_SESSION_LOADING);
}

static void
finish (LikenessSession *self, LikenessOpened *opened, GError *error)
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
      likeness_session_set_training_folder (self,
                                            likeness_dataset_get_root (self->dataset));
      if (opened->error != NULL)
        likeness_session_say (self, opened->error->message);
      set_state (self, LIKENESS_SESSION_READY);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_free (self->folder);
      self->folder = self->dataset != NULL
                         ? g_strdup (likeness_dataset_get_root (self->dataset))
                         : NULL;
      set_state (self,
                 self->dataset != NULL ? LIKENESS_SESSION_READY : LIKENESS_SESSION_EMPTY);
    }
  else
    {
      set_dataset (self, NULL);
      self->error = g_error_copy (error);
      set_state (self, LIKENESS_SESSION_FAILED);
    }
  set_listed (self, NULL);
}

/* Who asked, and with which cancellable: a later request has another one. */
typedef struct
{
  LikenessSession *session;
  GCancellable *cancellable;
} Request;

static Request *
request_new (LikenessSession *self)
{
  Request *request = g_new (Request, 1);

  request->session = g_object_ref (self);
  request->cancellable = g_object_ref (self->cancellable);
  return request;
}

static void
request_free (Request *request)
{
  g_object_unref (request->session);
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

  if (request->session->cancellable == request->cancellable)
    finish (request->session, opened, error);
}

static void
listed_cb (GPtrArray *runs, gboolean whole, gpointer user_data)
{
  Request *request = user_data;
  LikenessSession *self = request->session;
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
start_opening (LikenessSession *self, Request *request)
{
  likeness_opening_start (self->folder, self->marks, listed_cb, self->progress,
                          self->cancellable, scan_cb, request);
}

static void
draw_sample_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  LikenessSession *self = request->session;

  if (self->cancellable != request->cancellable)
    return;
  if (likeness_own_sample_draw_finish (result, &error))
    start_opening (self, g_steal_pointer (&request));
  else
    finish (self, NULL, error);
}

/* Without an epoch there are no weights to judge. */
static void
ended_cb (LikenessSession *self)
{
  if (likeness_training_get_summary (self->training)->best_epoch > 0)
    likeness_session_set_run (self, likeness_training_get_run (self->training));
}

static void
likeness_session_dispose (GObject *object)
{
  LikenessSession *self = LIKENESS_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->dataset);
  g_clear_object (&self->listed);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->training);

  G_OBJECT_CLASS (likeness_session_parent_class)->dispose (object);
}

static void
likeness_session_finalize (GObject *object)
{
  LikenessSession *self = LIKENESS_SESSION (object);

  g_clear_error (&self->error);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_pointer (&self->marks, likeness_marks_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_free (self->folder);
  g_free (self->training_folder);
  g_free (self->run);

  G_OBJECT_CLASS (likeness_session_parent_class)->finalize (object);
}

static void
likeness_session_get_property (GObject *object,
                               guint property_id,
                               GValue *value,
                               GParamSpec *pspec)
{
  LikenessSession *self = LIKENESS_SESSION (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, likeness_session_get_state (self));
      break;
    case PROP_DATASET:
      g_value_set_object (value, likeness_session_get_dataset (self));
      break;
    case PROP_LISTED:
      g_value_set_object (value, likeness_session_get_listed (self));
      break;
    case PROP_TRAINING_FOLDER:
      g_value_set_string (value, likeness_session_get_training_folder (self));
      break;
    case PROP_RUN:
      g_value_set_string (value, likeness_session_get_run (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_session_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  LikenessSession *self = LIKENESS_SESSION (object);

  switch (property_id)
    {
    case PROP_TRAINING_FOLDER:
      likeness_session_set_training_folder (self, g_value_get_string (value));
      break;
    case PROP_RUN:
      likeness_session_set_run (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_session_class_init (LikenessSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable
      = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags writable
      = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = likeness_session_dispose;
  object_class->finalize = likeness_session_finalize;
  object_class->get_property = likeness_session_get_property;
  object_class->set_property = likeness_session_set_property;

  properties[PROP_STATE] = g_param_spec_enum (
      "state", NULL, NULL, LIKENESS_TYPE_SESSION_STATE, LIKENESS_SESSION_EMPTY, readable);
  properties[PROP_DATASET]
      = g_param_spec_object ("dataset", NULL, NULL, LIKENESS_TYPE_DATASET, readable);
  properties[PROP_LISTED]
      = g_param_spec_object ("listed", NULL, NULL, LIKENESS_TYPE_LISTED_FACES, readable);
  properties[PROP_TRAINING_FOLDER]
      = g_param_spec_string ("training-folder", NULL, NULL, NULL, writable);
  properties[PROP_RUN] = g_param_spec_string ("run", NULL, NULL, NULL, writable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[EXCLUSIONS_CHANGED]
      = g_signal_new ("exclusions-changed", LIKENESS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOAST] = g_signal_new ("toast", LIKENESS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
}

static void
likeness_session_init (LikenessSession *self)
{
  self->thumbnailer = likeness_thumbnailer_new (
      CACHE_BYTES, CLAMP (g_get_num_processors (), 1, MOST_THREADS));
  self->training = likeness_training_new ();
  g_signal_connect_object (self->training, "ended", G_CALLBACK (ended_cb), self,
                           G_CONNECT_SWAPPED);
}

LikenessSession *
likeness_session_new (void)
{
  return g_object_new (LIKENESS_TYPE_SESSION, NULL);
}

LikenessSessionState
likeness_session_get_state (LikenessSession *self)
{
  return self->state;
}

LikenessDataset *
likeness_session_get_dataset (LikenessSession *self)
{
  return self->dataset;
}

LikenessMarks *
likeness_session_get_marks (LikenessSession *self)
{
  return self->marks;
}

GPtrArray *
likeness_session_get_moves (LikenessSession *self)
{
  return self->moves;
}

LikenessListedFaces *
likeness_session_get_listed (LikenessSession *self)
{
  return self->listed;
}

const GError *
likeness_session_get_error (LikenessSession *self)
{
  return self->error;
}

const char *
likeness_session_get_folder (LikenessSession *self)
{
  return self->folder;
}

LikenessProgress *
likeness_session_get_progress (LikenessSession *self)
{
  return self->progress;
}

GCancellable *
likeness_session_get_cancellable (LikenessSession *self)
{
  return self->cancellable;
}

LikenessThumbnailer *
likeness_session_get_thumbnailer (LikenessSession *self)
{
  return self->thumbnailer;
}

LikenessTraining *
likeness_session_get_training (LikenessSession *self)
{
  return self->training;
}

void
likeness_session_open (LikenessSession *self, const char *folder)
{
  begin (self, folder);
  start_opening (self, request_new (self));
}

void
likeness_session_open_sample (LikenessSession *self)
{
  g_autofree char *folder = likeness_own_sample_make_folder ();

  begin (self, folder);
  likeness_own_sample_draw_async (self->progress, self->cancellable, draw_sample_cb,
                                  request_new (self));
}

void
likeness_session_rescan (LikenessSession *self)
{
  if (self->folder != NULL)
    likeness_session_open (self, self->folder);
}

const char *
likeness_session_get_training_folder (LikenessSession *self)
{
  return self->training_folder;
}

void
likeness_session_set_training_folder (LikenessSession *self, const char *folder)
{
  if (g_strcmp0 (self->training_folder, folder) == 0)
    return;
  g_free (self->training_folder);
  self->training_folder = g_strdup (folder);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINING_FOLDER]);
}

const char *
likeness_session_get_run (LikenessSession *self)
{
  return self->run;
}

void
likeness_session_set_run (LikenessSession *self, const char *run)
{
  if (g_strcmp0 (self->run, run) == 0)
    return;
  g_free (self->run);
  self->run = g_strdup (run);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

AdwToast *
likeness_session_make_toast (const char *message)
{
  /* A toast reads markup, and names hold anything. */
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  return adw_toast_new (escaped);
}

void
likeness_session_say (LikenessSession *self, const char *message)
{
  likeness_session_show_toast (self, likeness_session_make_toast (message));
}

void
likeness_session_show_toast (LikenessSession *self, AdwToast *toast)
{
  g_signal_emit (self, signals[TOAST], 0, toast);
  g_object_unref (toast);
}
