/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-dataset-loader.h"
#include "likeness-thumbnailer.h"
#include "likeness-training.h"

G_BEGIN_DECLS

/**
 * LikenessSession:
 *
 * What the pages of one window share: the data set that is open or on its way (its
 * loader), the folder to train on, the run that is trained, the run to look at, the
 * thumbnails. Pages read it and call it; none of them knows the window or another page.
 *
 * Properties: "training-folder", "run". Signals: "exclusions-changed" after subjects or
 * faces were excluded, pinned or taken back, "toast" (an #AdwToast to show).
 */
#define LIKENESS_TYPE_SESSION (likeness_session_get_type ())
G_DECLARE_FINAL_TYPE (LikenessSession, likeness_session, LIKENESS, SESSION, GObject)

LikenessSession *likeness_session_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer none): opens folders, and tells what is open. */
LikenessDatasetLoader *likeness_session_get_loader (LikenessSession *self);
/** (transfer none) (nullable): the loader's. */
LikenessDataset *likeness_session_get_dataset (LikenessSession *self);
/** (transfer none) (nullable): the loader's: what is excluded and pinned. */
LikenessMarks *likeness_session_get_marks (LikenessSession *self);
/** (transfer none) */
LikenessThumbnailer *likeness_session_get_thumbnailer (LikenessSession *self);
/** (transfer none): the window's own run. When it ends with something to look at, it
 * becomes the run that Results shows. */
LikenessTraining *likeness_session_get_training (LikenessSession *self);

/**
 * likeness_session_set_excluded:
 * @subjects: (element-type LikenessSubject)
 *
 * Excludes them, or takes them back, and offers Undo. As the two below it is saved at
 * once in the user's data folder (likeness-marks.h).
 */
void likeness_session_set_excluded (LikenessSession *self,
                                    GPtrArray *subjects,
                                    gboolean excluded);
/** Leaves one face out of every split, or takes it back, and offers Undo. */
void likeness_session_set_face_excluded (LikenessSession *self,
                                         LikenessFace *face,
                                         gboolean excluded);
/** Pins one face, or with %LIKENESS_PIN_NONE lets go of it, and offers Undo. */
void
likeness_session_set_pin (LikenessSession *self, LikenessFace *face, LikenessPin pin);

/** The folder to train on: the one committed last, else the open one. (nullable) */
const char *likeness_session_get_training_folder (LikenessSession *self);
void likeness_session_set_training_folder (LikenessSession *self, const char *folder);

/** The run folder that Results shows. (nullable) */
const char *likeness_session_get_run (LikenessSession *self);
void likeness_session_set_run (LikenessSession *self, const char *run);

/** (transfer full): a toast of plain text, for likeness_session_show_toast(). */
AdwToast *likeness_session_make_toast (const char *message) G_GNUC_WARN_UNUSED_RESULT;
/** Shows a short message. */
void likeness_session_say (LikenessSession *self, const char *message);
/** @toast: (transfer full) */
void likeness_session_show_toast (LikenessSession *self, AdwToast *toast);

G_END_DECLS
