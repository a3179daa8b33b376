/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Bytes of a file that may hold weights. The largest EdgeFace has 73 MB, a checkpoint of
 * it with a head for 100,000 people and its optimizer 840 MB. */
#define LIKENESS_WEIGHTS_FILE_MAX_SIZE (G_GUINT64_CONSTANT (1) << 30)

typedef enum
{
  LIKENESS_WEIGHTS_FILE_ZIP,
  LIKENESS_WEIGHTS_FILE_SAFETENSORS,
  LIKENESS_WEIGHTS_FILE_PICKLE, /* what torch.save wrote before PyTorch 1.6 */
  LIKENESS_WEIGHTS_FILE_TEXT,
  LIKENESS_WEIGHTS_FILE_OTHER,
} LikenessWeightsFileKind;

/**
 * LikenessWeightsFile:
 *
 * An open file that may hold weights, and what its first bytes say it is.
 */
typedef struct
{
  int fd;
  guint64 size;
  char *path;
  char *name; /* the base name, for messages */
  LikenessWeightsFileKind kind;
  guint8 start[256]; /* the first bytes, zero beyond the end */
  gsize n_start;
} LikenessWeightsFile;

/**
 * likeness_weights_file_open:
 *
 * Opens an ordinary, non-empty file of at most 1 GiB; never waits for a pipe.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_NOT_FOUND, _NOT_READABLE or
 *   %LIKENESS_TORCH_ERROR_BAD_WEIGHTS
 */
LikenessWeightsFile *
likeness_weights_file_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_weights_file_close (LikenessWeightsFile *self);

/** Reads exactly @length bytes at @offset into @buffer; a shorter file is an error. */
gboolean likeness_weights_file_read (LikenessWeightsFile *self,
                                     guint64 offset,
                                     void *buffer,
                                     gsize length,
                                     GError **error);

/**
 * likeness_weights_file_read_program:
 *
 * The whole of a file that may be TorchScript, so that what is checked is what is run,
 * whatever becomes of the file meanwhile.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_TORCH_ERROR_BAD_WEIGHTS where it is
 *   no zip archive, %LIKENESS_ERROR_NOT_READABLE, _TOO_LARGE for the memory, or
 *   %G_IO_ERROR_CANCELLED
 */
GBytes *likeness_weights_file_read_program (LikenessWeightsFile *self,
                                            GCancellable *cancellable,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Sets the %LIKENESS_TORCH_ERROR_BAD_WEIGHTS that says what the file is instead of what
 * was wanted. Returns: %FALSE, always. */
gboolean likeness_weights_file_refuse (LikenessWeightsFile *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessWeightsFile, likeness_weights_file_close)

G_END_DECLS
