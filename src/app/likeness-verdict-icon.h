/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-verdict.h"

G_BEGIN_DECLS

/**
 * likeness_verdict_icon_get:
 * @active: whether more is to come: only then does what cannot be said yet wait for it
 *
 * Returns: (transfer none): the name of the icon that stands before the verdict
 */
const char *likeness_verdict_icon_get (LikenessVerdictState state, gboolean active);

G_END_DECLS
