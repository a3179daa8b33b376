/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessWorkBar:
 *
 * How far some work in the background is, in one thin line, with a Cancel where it can be
 * cancelled; not there while there is none.
 */
#define LIKENESS_TYPE_WORK_BAR (likeness_work_bar_get_type ())
G_DECLARE_FINAL_TYPE (LikenessWorkBar, likeness_work_bar, LIKENESS, WORK_BAR, AdwBin)

/**
 * likeness_work_bar_show:
 * @format: translated, with one "%.0f" for the part in percent
 * @progress: (nullable): %NULL: there is no work
 * @cancellable: (nullable): %NULL: nobody need cancel it
 */
void likeness_work_bar_show (LikenessWorkBar *self,
                             const char *format,
                             LikenessProgress *progress,
                             GCancellable *cancellable);

G_END_DECLS
