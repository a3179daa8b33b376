/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * likeness_trust_hint_describe:
 * @error: what came of judging @run, or of going on with it
 * @run: (nullable): its folder
 *
 * Where a program that @run names was not run, as nobody has agreed to that
 * (%LIKENESS_TORCH_ERROR_UNTRUSTED), the command that runs it follows the sentence; after
 * it the window runs it too. The window has no button for it: who runs a stranger's
 * program shall have read what it is.
 *
 * Returns: (transfer full): what to tell people of @error
 */
char *likeness_trust_hint_describe (const GError *error,
                                    const char *run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
