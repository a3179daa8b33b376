/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-session.h"

#define CACHE_BYTES (96 * 1024 * 1024)
#define MOST_THREADS 4

struct _LikenessSession
{
  GObject parent_instance;

  /* Owned */
  LikenessDatasetLoader *loader;
  char *training_folder;
  char *run;
  LikenessThumbnailer *thumbnailer;
  LikenessTraining *training;
};

enum
{
  PROP_TRAINING_FOLDER = 1,
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

G_DEFINE_FINAL_TYPE (LikenessSession, likeness_session, G_TYPE_OBJECT)

static void
dataset_cb (LikenessSession *self)
{
  LikenessDataset *dataset = likeness_session_get_dataset (self);

  if (dataset != NULL)
    likeness_session_set_training_folder (self, likeness_dataset_get_root (dataset));
}

static void
state_cb (LikenessSession *self)
{
  const GError *error = likeness_dataset_loader_get_marks_error (self->loader);

  if (error != NULL)
    likeness_session_say (self, error->message);
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

  /* An answer that is on its way keeps it. */
  if (self->loader != NULL)
    g_cancellable_cancel (likeness_dataset_loader_get_cancellable (self->loader));
  g_clear_object (&self->loader);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->training);

  G_OBJECT_CLASS (likeness_session_parent_class)->dispose (object);
}

static void
likeness_session_finalize (GObject *object)
{
  LikenessSession *self = LIKENESS_SESSION (object);

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
  GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = likeness_session_dispose;
  object_class->finalize = likeness_session_finalize;
  object_class->get_property = likeness_session_get_property;
  object_class->set_property = likeness_session_set_property;

  properties[PROP_TRAINING_FOLDER]
      = g_param_spec_string ("training-folder", NULL, NULL, NULL, flags);
  properties[PROP_RUN] = g_param_spec_string ("run", NULL, NULL, NULL, flags);
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
  self->loader = likeness_dataset_loader_new ();
  g_signal_connect_object (self->loader, "notify::dataset", G_CALLBACK (dataset_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
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

LikenessDatasetLoader *
likeness_session_get_loader (LikenessSession *self)
{
  return self->loader;
}

LikenessDataset *
likeness_session_get_dataset (LikenessSession *self)
{
  return likeness_dataset_loader_get_dataset (self->loader);
}

LikenessMarks *
likeness_session_get_marks (LikenessSession *self)
{
  return likeness_dataset_loader_get_marks (self->loader);
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
