/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-fingerprints.h"

G_BEGIN_DECLS

/**
 * likeness_exact_duplicates_want:
 *
 * Wants the digest of every file that shares its size with another: a file of a size of
 * its own has no duplicate.
 */
void likeness_exact_duplicates_want (LikenessFingerprints *prints);

/**
 * likeness_exact_duplicate_groups:
 * @digests: @n digests
 * @valid: @n flags, %FALSE where a digest is not known
 * @groups: (out caller-allocates): @n group numbers as of
 * likeness_near_duplicate_groups()
 *
 * Groups of equal content. Pure.
 */
void likeness_exact_duplicate_groups (const LikenessDigest *digests,
                                      const gboolean *valid,
                                      gsize n,
                                      gsize *groups);

G_END_DECLS
