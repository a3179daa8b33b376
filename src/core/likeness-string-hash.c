/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-string-hash.h"

#include <string.h>
#include <xxhash.h>

static gpointer
choose_seed (gpointer data)
{
  guint64 *seed = g_new (guint64, 1);

  *seed = (guint64)g_random_int () << 32 | g_random_int ();
  return seed;
}

guint
likeness_string_hash (gconstpointer string)
{
  static GOnce once = G_ONCE_INIT;
  const guint64 *seed = g_once (&once, choose_seed, NULL);

  return (guint)XXH3_64bits_withSeed (string, strlen (string), *seed);
}
