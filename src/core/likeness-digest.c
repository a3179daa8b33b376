/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-digest.h"

#include <errno.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#define PIECE_BYTES (256 * 1024)

static void
set (LikenessDigest *digest, XXH128_hash_t hash)
{
  XXH128_canonical_t canonical;

  XXH128_canonicalFromHash (&canonical, hash);
  memcpy (digest->bytes, canonical.digest, sizeof digest->bytes);
}

gboolean
likeness_digest_file (int file, LikenessDigest *digest, GCancellable *cancellable)
{
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  XXH3_state_t *state = XXH3_createState ();
  gssize n = 0;

  XXH3_128bits_reset (state);
  do
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          errno = ECANCELED;
          n = -1;
          break;
        }
      n = read (file, piece, PIECE_BYTES);
      if (n > 0)
        XXH3_128bits_update (state, piece, n);
    }
  while (n > 0 || (n < 0 && errno == EINTR));

  if (n == 0)
    set (digest, XXH3_128bits_digest (state));
  XXH3_freeState (state);
  return n == 0;
}

void
likeness_digest_bytes (gconstpointer data, gsize n, LikenessDigest *digest)
{
  set (digest, XXH3_128bits (data, n));
}

char *
likeness_digest_to_string (const LikenessDigest *self)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (LIKENESS_DIGEST_TEXT + 1);

  /* A commit by links would spend a tenth of its time in printf. */
  for (gsize i = 0; i < sizeof self->bytes; i++)
    {
      text[2 * i] = digits[self->bytes[i] >> 4];
      text[2 * i + 1] = digits[self->bytes[i] & 0xf];
    }
  text[LIKENESS_DIGEST_TEXT] = '\0';
  return text;
}

gboolean
likeness_digest_from_string (const char *text, LikenessDigest *digest)
{
  for (gsize i = 0; i < LIKENESS_DIGEST_TEXT; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  for (gsize i = 0; i < sizeof digest->bytes; i++)
    digest->bytes[i] = g_ascii_xdigit_value (text[2 * i]) * 16
                       + g_ascii_xdigit_value (text[2 * i + 1]);
  return text[LIKENESS_DIGEST_TEXT] == '\0';
}
