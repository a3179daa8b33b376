/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#define _GNU_SOURCE /* sched_getaffinity */

#include "config.h"

#include <glib/gi18n.h>
#include <sched.h>
#include <string.h>

#include "likeness-device.h"
#include "likeness-device-private.h"
#include "likeness-error.h"

#define SYSFS "/sys/devices/system/cpu"

/* Reads "auto", "cpu", "cuda" (the first) or "cuda:N" into the number of a GPU. */
static gboolean
parse_name (const char *name, gboolean *any_gpu, gboolean *must, int *index)
{
  *any_gpu = g_str_equal (name, "auto") || g_str_equal (name, "cuda");
  *must = g_str_has_prefix (name, "cuda");
  *index = -1;
  if (g_str_equal (name, "auto") || g_str_equal (name, "cpu")
      || g_str_equal (name, "cuda"))
    return TRUE;

  if (g_str_has_prefix (name, "cuda:"))
    {
      guint64 number;

      if (!g_ascii_string_to_unsigned (name + strlen ("cuda:"), 10, 0, G_MAXINT16,
                                       &number, NULL))
        return FALSE;
      *index = number;
      return TRUE;
    }
  return FALSE;
}

static const LikenessTorchDevice *
find_device (const LikenessTorchProbe *probe, const char *kind, gboolean any, int index)
{
  for (guint i = 0; i < probe->n_devices; i++)
    if (g_str_equal (probe->devices[i].kind, kind)
        && (any || probe->devices[i].index == index))
      return &probe->devices[i];
  return NULL;
}

gboolean
likeness_device_resolve (const char *name,
                         int *cuda_device,
                         char **description,
                         GError **error)
{
  g_autofree LikenessTorchProbe *probe = g_new0 (LikenessTorchProbe, 1);
  const LikenessTorchDevice *device = NULL;
  const LikenessTorch *torch;
  gboolean any_gpu;
  gboolean must;
  int index;

  if (!parse_name (name, &any_gpu, &must, &index))
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("“%s” is no device: use auto, cpu, cuda or cuda:N"), name);
      return FALSE;
    }

  torch = likeness_torch_load (error);
  if (torch == NULL || !torch->probe (probe, error))
    return FALSE;

  if (any_gpu || index >= 0)
    device = find_device (probe, "cuda", any_gpu, index);
  if (device == NULL && must)
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NO_DEVICE,
                   _ ("There is no device %s here (%s): use --device cpu"), name,
                   *probe->cuda_missing != '\0' ? probe->cuda_missing
                                                : _ ("no GPU has that number"));
      return FALSE;
    }
  if (device == NULL)
    device = find_device (probe, "cpu", TRUE, -1);

  *cuda_device
      = device != NULL && g_str_equal (device->kind, "cuda") ? device->index : -1;
  if (description != NULL)
    *description = g_strdup (device != NULL ? device->name : _ ("CPU"));
  return TRUE;
}

/* The list of a core's hardware threads, "0-1" or "0,4": equal for all threads of a core.
 */
static char *
read_siblings (const char *sysfs, int cpu)
{
  g_autofree char *path
      = g_strdup_printf ("%s/cpu%d/topology/thread_siblings_list", sysfs, cpu);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup_printf ("%d", cpu);
  return g_strdup (g_strstrip (text));
}

int
likeness_device_count_cores_among (const char *sysfs, const int *cpus, gsize n)
{
  g_autoptr (GHashTable) cores
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n; i++)
    g_hash_table_add (cores, read_siblings (sysfs, cpus[i]));
  return MAX (1, (int)g_hash_table_size (cores));
}

int
likeness_device_count_cores (void)
{
  cpu_set_t allowed;
  int cpus[CPU_SETSIZE];
  gsize n = 0;

  if (sched_getaffinity (0, sizeof allowed, &allowed) != 0)
    return g_get_num_processors ();

  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
    if (CPU_ISSET (cpu, &allowed))
      cpus[n++] = cpu;
  return likeness_device_count_cores_among (SYSFS, cpus, n);
}
