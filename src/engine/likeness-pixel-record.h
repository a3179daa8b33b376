/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face-list.h"
#include "likeness-file-stamp.h"

G_BEGIN_DECLS

/**
 * LikenessPixelRecord:
 *
 * Where the pixels of one face come from: the files, by what the file system says and by
 * their content, and the pixels' own checksums. Index 0 is the best image, 1 the low
 * partner (where the input is that) and the face as training sees it. It lies in cache
 * files as it is here.
 */
typedef struct
{
  guint64 path; /* XXH3-64 of the paths */
  LikenessFileStamp stamps[2];
  LikenessDigest digests[2]; /* all 0: not known */
  guint64 sums[2];           /* XXH3-64 of the pixels */
} LikenessPixelRecord;

/**
 * likeness_pixel_record_look:
 *
 * Fills in path and stamps, by looking at the files and not into them.
 *
 * Returns: %FALSE where one that @input needs is not there
 */
gboolean likeness_pixel_record_look (LikenessPixelRecord *self,
                                     const LikenessListedFace *face,
                                     int input);

/**
 * likeness_pixel_record_read:
 *
 * Fills in the digests, by reading the files.
 *
 * Returns: %FALSE where that is not possible or they are no longer those that were looked
 * at
 */
gboolean likeness_pixel_record_read (LikenessPixelRecord *self,
                                     const LikenessListedFace *face,
                                     int input,
                                     GCancellable *cancellable);

/** Takes back what is known of the files: nobody will recognise them by it. */
void likeness_pixel_record_forget (LikenessPixelRecord *self);

/** Whether the content is known. */
gboolean likeness_pixel_record_is_known (const LikenessPixelRecord *self);

/**
 * likeness_pixel_record_is_racy:
 * @read: nanoseconds since 1970: not later than the first look at the files
 *
 * likeness_file_stamp_is_racy() of any of the files.
 */
gboolean likeness_pixel_record_is_racy (const LikenessPixelRecord *self, gint64 read);

gboolean likeness_pixel_record_has_same_stamps (const LikenessPixelRecord *a,
                                                const LikenessPixelRecord *b);
gboolean likeness_pixel_record_has_same_content (const LikenessPixelRecord *a,
                                                 const LikenessPixelRecord *b);

/** XXH3-64 (Y. Collet) of one face's pixels. */
guint64 likeness_pixel_record_sum (const guint8 *pixels);

G_END_DECLS
