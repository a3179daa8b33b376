/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-training.h"

G_BEGIN_DECLS

/* How a run is told to people. All text is translated and (transfer full). */

/** "Training", "Paused", "Finished after 10 epochs". */
char *likeness_train_words_title (LikenessTraining *training) G_GNUC_WARN_UNUSED_RESULT;
/** One sentence: what goes on, or what there is after the end. */
char *likeness_train_words_detail (LikenessTraining *training) G_GNUC_WARN_UNUSED_RESULT;
/** "EdgeFace-XXS on Intel Xeon, 24 people, 576 train faces"; "" where not known yet. */
char *likeness_train_words_origin (LikenessTraining *training) G_GNUC_WARN_UNUSED_RESULT;
/** "3 of 25", and "batch 12 of 47". */
char *likeness_train_words_epoch (LikenessTraining *training) G_GNUC_WARN_UNUSED_RESULT;
char *likeness_train_words_batch (LikenessTraining *training) G_GNUC_WARN_UNUSED_RESULT;
/** "412 images a second"; "" where not known yet. */
char *likeness_train_words_speed (LikenessTraining *training) G_GNUC_WARN_UNUSED_RESULT;
/** "3 min 20 s": what is left, and after the end what it took. */
char *likeness_train_words_time (LikenessTraining *training) G_GNUC_WARN_UNUSED_RESULT;
/** Share of the run that is done, 0 to 1; -1: not known yet. */
double likeness_train_words_fraction (LikenessTraining *training);

G_END_DECLS
