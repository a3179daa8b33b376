/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * The programs (TorchScript files) that this user has agreed to run.
 *
 * A run folder names a program, and may come from a stranger: naming it there is no
 * consent. Consent is what the user gave on this computer, and it is for the bytes of the
 * program and not for its name: likeness/trusted-scripts in the user's data folder has
 * the SHA-256 of each in hexadecimal, one a line, the latest last. XXH3, as elsewhere,
 * would not do: somebody could make another file with the same one.
 */

/** Programs that are remembered at most; the oldest is forgotten first. */
#define LIKENESS_SCRIPT_TRUST_MAX 512

/** (transfer full): where the list is. */
char *likeness_script_trust_get_path (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_script_trust_check:
 * @program: all of the file's bytes, as they are then run
 * @name: of the file, for messages
 *
 * Returns: whether the user has agreed to run just these bytes; else %FALSE with
 *   %LIKENESS_TORCH_ERROR_UNTRUSTED or %G_IO_ERROR_CANCELLED. A list that is missing or
 *   that cannot be read trusts nothing.
 */
gboolean likeness_script_trust_check (GBytes *program,
                                      const char *name,
                                      GCancellable *cancellable,
                                      GError **error);

/**
 * likeness_script_trust_remember:
 *
 * Adds @program to the list: after the user agreed that it is run, and only then. Where
 * the list cannot be written, or @cancellable was cancelled, nothing is remembered, and
 * the user is asked again. So it is where two processes write at the same moment: the
 * one that is later wins.
 */
void likeness_script_trust_remember (GBytes *program, GCancellable *cancellable);

G_END_DECLS
