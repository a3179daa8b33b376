/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-variant.h"

G_BEGIN_DECLS

/** Enlarges as torch.nn.functional.interpolate does: the formula of Pillow's BILINEAR. */
#define LIKENESS_TEST_SCRIPT_BILINEAR                                                    \
  "def forward(self, x):\n"                                                              \
  "    return torch.upsample_bilinear2d(x, [112, 112], False, None)\n"

/** Writes a TorchScript file by libtorch itself, without parameters: @methods is the
 * source of its methods. */
void likeness_test_script_write (const char *path, const char *methods);

/** Writes one with every parameter of @variant behind @prefix instead of "model.". */
void likeness_test_script_write_variant (const char *path,
                                         const LikenessVariant *variant,
                                         const char *prefix);

/** Number @k of parameter @position in such a file. */
float likeness_test_script_get_number (guint position, gsize k);

G_END_DECLS
