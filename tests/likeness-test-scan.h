/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"
#include "likeness-error.h"

G_BEGIN_DECLS

/** The data set in the folder @path, which must be one. (transfer full) */
LikenessDataset *likeness_test_scan (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/** All faces as "split:subject:name" (with "+" where there is a partner), then all skips
 * as
 * "-path", in the order of the data set. (transfer full) */
char *likeness_test_describe (LikenessDataset *dataset) G_GNUC_WARN_UNUSED_RESULT;

/** That scanning @path finds the layout and what likeness_test_describe() says. */
void likeness_test_assert_found (const char *path,
                                 LikenessLayout layout,
                                 const char *expected);

/** That @relative does not count, for a reason with @words in it. */
void
likeness_test_assert_skipped (const char *path, const char *relative, const char *words);

/** That scanning @path fails with @code and a sentence with @words in it. */
void
likeness_test_assert_scan_fails (const char *path, LikenessError code, const char *words);

G_END_DECLS
