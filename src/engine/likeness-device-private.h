/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * likeness_device_count_cores_among:
 * @sysfs: the folder that describes the processors: /sys/devices/system/cpu
 * @cpus: the numbers of @n hardware threads
 *
 * Physical cores that these threads are of, at least 1. A thread of which @sysfs says
 * nothing counts as a core.
 */
int likeness_device_count_cores_among (const char *sysfs, const int *cpus, gsize n);

G_END_DECLS
