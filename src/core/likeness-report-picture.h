/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-report-page.h"

G_BEGIN_DECLS

/**
 * likeness_report_picture_add:
 * @path: (nullable): a picture; one that cannot be read becomes an empty frame
 * @alt: what it shows, in words
 *
 * A face of at most 112 px, inside the page itself.
 */
void likeness_report_picture_add (LikenessReportPage *page,
                                  const char *path,
                                  const char *alt,
                                  GCancellable *cancellable);
/** The empty frame. */
void likeness_report_picture_add_missing (LikenessReportPage *page, const char *alt);

G_END_DECLS
