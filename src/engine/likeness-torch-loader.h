/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * likeness_torch_leave:
 *
 * Call it last in main(): waits while a thread opens the module, and lets nobody begin
 * after that (likeness_torch_load() then fails with %G_IO_ERROR_CANCELLED). libtorch
 * aborts the program where its static objects are destroyed while it still makes them.
 */
void likeness_torch_leave (void);

G_END_DECLS
