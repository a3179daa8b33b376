/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** How a list of subjects is ordered. */
typedef enum
{
  LIKENESS_SUBJECT_ORDER_NAME,
  LIKENESS_SUBJECT_ORDER_MOST, /* faces, the most first */
  LIKENESS_SUBJECT_ORDER_FEWEST,
  LIKENESS_SUBJECT_ORDER_FLAGS, /* how many, the most first */
  LIKENESS_SUBJECT_ORDER_PSNR,  /* mean of the enlarged faces, the lowest first */
  LIKENESS_SUBJECT_ORDER_SSIM,
} LikenessSubjectOrder;

#define LIKENESS_TYPE_SUBJECT_ORDER (likeness_subject_order_get_type ())
GType likeness_subject_order_get_type (void);

/** Whether somebody has to measure faces before. */
gboolean likeness_subject_order_is_by_quality (LikenessSubjectOrder order);

/** (transfer full) (nullable): of #LikenessSubject; %NULL: a data set itself stands in
 * the order of the names. */
GtkSorter *
likeness_subject_order_make_sorter (LikenessSubjectOrder order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
