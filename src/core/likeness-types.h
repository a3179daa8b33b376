/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The side of a face of the network's input, in pixels. */
#define LIKENESS_FACE_SIZE 112
/** Bytes of one decoded face: 112 x 112 RGB, row-major, interleaved. */
#define LIKENESS_FACE_BYTES (LIKENESS_FACE_SIZE * LIKENESS_FACE_SIZE * 3)
/** Numbers in one embedding. */
#define LIKENESS_EMBEDDING_SIZE 512

typedef enum
{
  LIKENESS_SPLIT_NONE, /* the folder has no splits */
  LIKENESS_SPLIT_TRAIN,
  LIKENESS_SPLIT_VAL,
  LIKENESS_SPLIT_TEST,
} LikenessSplit;
#define LIKENESS_N_SPLITS 4

typedef enum
{
  LIKENESS_LAYOUT_PAIRED,  /* <split>/hr_images + <split>/vlr_images */
  LIKENESS_LAYOUT_FLAT,    /* <split>/SUBJECT_....png */
  LIKENESS_LAYOUT_FOLDERS, /* <split>/SUBJECT/....png, pairs under <split>_low/ */
} LikenessLayout;

typedef enum
{
  LIKENESS_STRUCTURE_UNSPLIT,    /* no splits at all */
  LIKENESS_STRUCTURE_DISJOINT,   /* train and val share no subject */
  LIKENESS_STRUCTURE_CLOSED_SET, /* every val subject is a train subject */
  LIKENESS_STRUCTURE_MIXED,      /* some are, some are not */
} LikenessStructure;

/** The fixed names that programs read: "train", "paired", "closed-set", ...; never
 * translated. */
const char *likeness_split_to_string (LikenessSplit split);
const char *likeness_layout_to_string (LikenessLayout layout);
const char *likeness_structure_to_string (LikenessStructure structure);

/**
 * likeness_split_from_string:
 * @name: "train", "val", "valid", "validation" or "test"; ASCII case is ignored
 * @split: (out): the split
 *
 * Returns: %FALSE where @name is no split's name.
 */
gboolean likeness_split_from_string (const char *name, LikenessSplit *split);

G_END_DECLS
