/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-cuda.h"

#include <cuda_runtime_api.h>

#include <glib/gi18n.h>
#include <gmodule.h>

/* A device is asked for its memory through its primary context: the one that was current
 * comes back. */
static gboolean
measure (int index, LikenessTorchDevice *device)
{
  int current = 0;
  size_t free = 0, total = 0;
  cudaDeviceProp properties;
  if (cudaGetDevice (&current) != cudaSuccess
      || cudaGetDeviceProperties (&properties, index) != cudaSuccess
      || cudaSetDevice (index) != cudaSuccess)
    return FALSE;

  gboolean known = cudaMemGetInfo (&free, &total) == cudaSuccess;
  cudaSetDevice (current);
  g_strlcpy (device->name, properties.name, sizeof device->name);
  g_strlcpy (device->kind, "cuda", sizeof device->kind);
  device->index = index;
  device->memory_free = free;
  device->memory_total = total;
  return known;
}

static void
list (LikenessTorchProbe *probe)
{
  int n = 0;
  cudaError_t status = cudaGetDeviceCount (&n);
  if (status != cudaSuccess)
    {
      cudaGetLastError ();
      g_snprintf (probe->cuda_missing, sizeof probe->cuda_missing,
                  _ ("The NVIDIA driver does not work with this version of CUDA (%s): "
                     "update the driver."),
                  cudaGetErrorString (status));
      return;
    }

  gboolean found = FALSE;
  for (int i = 0; i < n && probe->n_devices < LIKENESS_TORCH_MAX_DEVICES; i++)
    if (measure (i, &probe->devices[probe->n_devices]))
      {
        probe->n_devices++;
        found = TRUE;
      }
  cudaGetLastError ();
  if (!found)
    g_strlcpy (probe->cuda_missing,
               n == 0 ? _ ("This machine has no NVIDIA GPU.")
                      : _ ("The NVIDIA GPU is busy or out of order: look at nvidia-smi."),
               sizeof probe->cuda_missing);
}

static const LikenessTorchCuda table = {list};

extern "C" G_MODULE_EXPORT const LikenessTorchCuda *
likeness_torch_cuda_entry (void)
{
  return &table;
}
