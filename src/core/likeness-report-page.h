/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LikenessReportPage:
 *
 * An HTML page that grows from top to bottom. What it writes is well-formed XML too. Text
 * is escaped; whatever it holds, it cannot become markup.
 */
typedef struct
{
  GString *html;
} LikenessReportPage;

/** Begins the page: head, style sheet, and an open body. */
LikenessReportPage *
likeness_report_page_new (const char *title) G_GNUC_WARN_UNUSED_RESULT;
void likeness_report_page_free (LikenessReportPage *self);
/** Ends the page. (transfer full) */
char *likeness_report_page_end (LikenessReportPage *self,
                                gsize *length) G_GNUC_WARN_UNUSED_RESULT;

/** Markup of our own, as it is. */
void likeness_report_page_add_markup (LikenessReportPage *self, const char *markup);
/** Text; bytes and characters that XML forbids become U+FFFD. */
void likeness_report_page_add_text (LikenessReportPage *self, const char *text);
/** A name from the disk: any bytes. Its direction of writing stays its own. */
void likeness_report_page_add_name (LikenessReportPage *self, const char *name);

/** @class: (nullable) */
void
likeness_report_page_open (LikenessReportPage *self, const char *tag, const char *class);
void likeness_report_page_close (LikenessReportPage *self, const char *tag);
/** An element with nothing but text in it. */
void likeness_report_page_add (LikenessReportPage *self,
                               const char *tag,
                               const char *class,
                               const char *text);
/** Opens a section under a heading. */
void likeness_report_page_open_section (LikenessReportPage *self,
                                        const char *id,
                                        const char *title);

/** A term and its description, inside a `dl`. */
void likeness_report_page_add_fact (LikenessReportPage *self,
                                    const char *term,
                                    const char *description);
/** The same where the description is a name or a path from the disk. */
void likeness_report_page_add_named_fact (LikenessReportPage *self,
                                          const char *term,
                                          const char *name);

/** The style sheet: a light and a dark scheme, and print. */
extern const char likeness_report_style[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessReportPage, likeness_report_page_free)

G_END_DECLS
