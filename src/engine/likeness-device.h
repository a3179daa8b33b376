/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * likeness_device_resolve:
 * @name: auto, cpu, cuda, cuda:N
 * @cuda_device: (out): -1 for the CPU
 * @description: (out) (transfer full) (optional): the device's name for people
 *
 * Returns: %FALSE with %LIKENESS_TORCH_ERROR_NO_DEVICE: one sentence that says why no GPU
 * answers and that --device cpu works; %LIKENESS_ERROR_USAGE for a name that is none
 */
gboolean likeness_device_resolve (const char *name,
                                  int *cuda_device,
                                  char **description,
                                  GError **error);

/** Physical cores this process may run on, at least 1. */
int likeness_device_count_cores (void);

G_END_DECLS
