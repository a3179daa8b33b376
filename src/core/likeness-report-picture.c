/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-report-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "likeness-image.h"

/* Twice what is shown, for sharp screens, and what the network sees. */
#define MOST_PIXELS 112

static LikenessImage *
reduce (LikenessImage *image)
{
  int longest = MAX (image->width, image->height);
  LikenessImage *reduced = NULL;

  if (longest <= MOST_PIXELS)
    return image;
  reduced = likeness_image_resize_box (
      image, MAX (1, (int)((gint64)image->width * MOST_PIXELS / longest)),
      MAX (1, (int)((gint64)image->height * MOST_PIXELS / longest)));
  likeness_image_free (image);
  return reduced;
}

/* As JPEG in base64; %NULL where it cannot be read. */
static char *
encode (const char *path, GCancellable *cancellable)
{
  g_autoptr (LikenessImage) image = likeness_image_load (path, cancellable, NULL);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (image == NULL)
    return NULL;
  image = reduce (g_steal_pointer (&image));
  pixbuf = gdk_pixbuf_new_from_data (image->pixels, GDK_COLORSPACE_RGB, FALSE, 8,
                                     image->width, image->height, 3 * image->width, NULL,
                                     NULL);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "jpeg", NULL, "quality", "88",
                                  NULL))
    return NULL;
  return g_base64_encode ((const guchar *)bytes, length);
}

void
likeness_report_picture_add_missing (LikenessReportPage *page, const char *alt)
{
  likeness_report_page_add_markup (
      page, "<span class=\"picture missing\" role=\"img\" aria-label=\"");
  likeness_report_page_add_text (page, alt);
  likeness_report_page_add_markup (page, "\"></span>");
}

void
likeness_report_picture_add (LikenessReportPage *page,
                             const char *path,
                             const char *alt,
                             GCancellable *cancellable)
{
  g_autofree char *base64 = path != NULL ? encode (path, cancellable) : NULL;

  if (base64 == NULL)
    {
      likeness_report_picture_add_missing (page, alt);
      return;
    }
  likeness_report_page_add_markup (page, "<img class=\"picture\" alt=\"");
  likeness_report_page_add_text (page, alt);
  likeness_report_page_add_markup (page, "\" src=\"data:image/jpeg;base64,");
  likeness_report_page_add_markup (page, base64);
  likeness_report_page_add_markup (page, "\"/>");
}
