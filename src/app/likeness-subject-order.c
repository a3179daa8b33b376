/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-subject-order.h"

#include <math.h>

#include "likeness-flag-words.h"

/* clang-format off */
G_DEFINE_ENUM_TYPE (LikenessSubjectOrder, likeness_subject_order,
                    G_DEFINE_ENUM_VALUE (LIKENESS_SUBJECT_ORDER_NAME, "name"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_SUBJECT_ORDER_MOST, "most"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_SUBJECT_ORDER_FEWEST, "fewest"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_SUBJECT_ORDER_FLAGS, "flags"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_SUBJECT_ORDER_PSNR, "psnr"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_SUBJECT_ORDER_SSIM, "ssim"))
/* clang-format on */

gboolean
likeness_subject_order_is_by_quality (LikenessSubjectOrder order)
{
  return order == LIKENESS_SUBJECT_ORDER_PSNR || order == LIKENESS_SUBJECT_ORDER_SSIM;
}

/* The lowest comes first. */
static double
get_rank (LikenessSubject *subject, LikenessSubjectOrder order)
{
  LikenessImageQuality quality = likeness_subject_get_quality (subject);

  switch (order)
    {
    case LIKENESS_SUBJECT_ORDER_MOST:
      return -(double)likeness_subject_get_n_faces (subject);
    case LIKENESS_SUBJECT_ORDER_FEWEST:
      return likeness_subject_get_n_faces (subject);
    case LIKENESS_SUBJECT_ORDER_FLAGS:
      return -(double)likeness_flag_words_count (subject);
    case LIKENESS_SUBJECT_ORDER_PSNR:
      /* Nothing but identical faces: none is better, but those that are not known. */
      return !isnan (quality.psnr)   ? quality.psnr
             : !isnan (quality.ssim) ? G_MAXDOUBLE
                                     : INFINITY;
    case LIKENESS_SUBJECT_ORDER_SSIM:
      return isnan (quality.ssim) ? INFINITY : quality.ssim;
    case LIKENESS_SUBJECT_ORDER_NAME:
    default:
      return 0;
    }
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  LikenessSubjectOrder order = (LikenessSubjectOrder)GPOINTER_TO_INT (user_data);
  double one = get_rank ((LikenessSubject *)a, order);
  double other = get_rank ((LikenessSubject *)b, order);

  return one == other  ? GTK_ORDERING_EQUAL
         : one < other ? GTK_ORDERING_SMALLER
                       : GTK_ORDERING_LARGER;
}

GtkSorter *
likeness_subject_order_make_sorter (LikenessSubjectOrder order)
{
  if (order == LIKENESS_SUBJECT_ORDER_NAME)
    return NULL;
  return GTK_SORTER (gtk_custom_sorter_new (compare, GINT_TO_POINTER ((int)order), NULL));
}
