/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib.h>

int
main (int argc, char **argv)
{
  g_print ("likeness-cli %s\n", PACKAGE_VERSION);
  return 0;
}
