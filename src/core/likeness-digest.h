/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** XXH3-128 of some bytes (Y. Collet, xxHash 0.8), canonical big-endian form. */
typedef struct
{
  guint8 bytes[16];
} LikenessDigest;

#define LIKENESS_DIGEST_TEXT 32 /* hexadecimal digits */

/**
 * likeness_digest_file:
 * @file: open for reading; read from where it stands to its end
 *
 * Returns: %FALSE with errno set (ECANCELED where @cancellable was)
 */
gboolean
likeness_digest_file (int file, LikenessDigest *digest, GCancellable *cancellable);

/** Of @n bytes in memory. */
void likeness_digest_bytes (gconstpointer data, gsize n, LikenessDigest *digest);

/** 32 lower-case hexadecimal digits. (transfer full) */
char *likeness_digest_to_string (const LikenessDigest *self) G_GNUC_WARN_UNUSED_RESULT;
/** %FALSE where @text is not 32 hexadecimal digits. */
gboolean likeness_digest_from_string (const char *text, LikenessDigest *digest);

G_END_DECLS
