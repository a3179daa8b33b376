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

/** What a person decided for a face. A pin moves the whole group of the face,
 * LIKENESS_PIN_OUT too. */
typedef enum
{
  LIKENESS_PIN_NONE,
  LIKENESS_PIN_TRAIN,
  LIKENESS_PIN_VAL,
  LIKENESS_PIN_OUT,
} LikenessPin;

/** What is to be known of a face, or of any face of a subject. */
typedef enum
{
  LIKENESS_FLAG_NONE = 0,
  LIKENESS_FLAG_NEAR_DUPLICATE = 1 << 0, /* another face of the person is much alike */
  LIKENESS_FLAG_TWO_NAMES = 1 << 1,      /* the picture stands under another name too */
  LIKENESS_FLAG_UNREADABLE = 1 << 2,     /* it could not be decoded */
  LIKENESS_FLAG_BOTH_SPLITS = 1 << 3,    /* its bytes stand in train and in val */
  LIKENESS_FLAG_SAME_FILE = 1 << 4,      /* its bytes stand in another file too */
} LikenessFlags;

/** The fixed names that programs read: "train", "paired", "closed-set", ...; never
 * translated. */
const char *likeness_split_to_string (LikenessSplit split);
const char *likeness_layout_to_string (LikenessLayout layout);
const char *likeness_structure_to_string (LikenessStructure structure);
/** "train", "val", "out"; %NULL where there is no pin. */
const char *likeness_pin_to_string (LikenessPin pin);
/** %LIKENESS_PIN_NONE where @name is no pin's name. */
LikenessPin likeness_pin_from_string (const char *name);

/**
 * likeness_split_from_string:
 * @name: "train", "val", "valid", "validation" or "test"; ASCII case is ignored
 * @split: (out): the split
 *
 * Returns: %FALSE where @name is no split's name.
 */
gboolean likeness_split_from_string (const char *name, LikenessSplit *split);

G_END_DECLS
