/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-aligned.h"

#include <stdlib.h>
#include <string.h>

#define LINE 64

gpointer
likeness_aligned_try_alloc0 (gsize n, gsize size)
{
  gpointer memory = NULL;

  /* No object may be larger, and so nothing overflows below. */
  if (size != 0 && n > G_MAXSSIZE / size)
    return NULL;
  if (posix_memalign (&memory, LINE, MAX (n * size, 1)) != 0)
    return NULL;
  return memset (memory, 0, n * size);
}

gpointer
likeness_aligned_alloc0 (gsize n, gsize size)
{
  gpointer memory = likeness_aligned_try_alloc0 (n, size);

  if (memory == NULL)
    g_error ("There is no memory for %" G_GSIZE_FORMAT " times %" G_GSIZE_FORMAT
             " bytes.",
             n, size);
  return memory;
}
