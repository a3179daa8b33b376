/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LIKENESS_ERROR:
 *
 * What can go wrong outside the network: one code for each thing a person can do
 * something about. Cancellation is always %G_IO_ERROR_CANCELLED.
 */
#define LIKENESS_ERROR (likeness_error_quark ())

typedef enum
{
  LIKENESS_ERROR_NOT_FOUND,    /* the path does not exist */
  LIKENESS_ERROR_NOT_READABLE, /* permission, or a disk error while reading */
  LIKENESS_ERROR_NOT_A_FOLDER, /* a file where a folder is wanted */
  LIKENESS_ERROR_EMPTY,        /* a folder with no face in it */
  LIKENESS_ERROR_TOO_FEW,      /* too few subjects or faces for the job */
  LIKENESS_ERROR_BAD_IMAGE,    /* cannot be decoded, cut off, or claims an absurd size */
  LIKENESS_ERROR_BAD_FORMAT,   /* a manifest, config, log or list that cannot be right */
  LIKENESS_ERROR_TOO_LARGE,    /* claims more than the cap, or more than it holds */
  LIKENESS_ERROR_EXISTS,       /* the target is already there */
  LIKENESS_ERROR_BAD_TARGET,   /* the target is the source, inside it, or around it */
  LIKENESS_ERROR_NO_SPACE,     /* not enough room on the target's file system */
  LIKENESS_ERROR_NOT_WRITABLE, /* the target cannot be written */
  LIKENESS_ERROR_CHANGED,      /* a source changed since it was looked at */
  LIKENESS_ERROR_CONFLICT,     /* two instructions contradict each other (pins) */
  LIKENESS_ERROR_USAGE,        /* unknown key, value out of range: exit status 2 */
} LikenessError;

GQuark likeness_error_quark (void);

G_END_DECLS
