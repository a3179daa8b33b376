/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-cuda.h"

#include <memory>

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <cuda_runtime_api.h>

#include <glib/gi18n.h>
#include <gmodule.h>

#include "likeness-cuda-row-norm.hpp"

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

struct _LikenessCudaGraph
{
  at::cuda::CUDAGraph graph;
};

static LikenessCudaGraph *
graph_new (int index, void (*record) (gpointer data), gpointer data)
{
  c10::cuda::CUDAGuard device (static_cast<c10::DeviceIndex> (index));
  /* The default stream cannot be recorded. */
  c10::cuda::CUDAStream stream
      = c10::cuda::getStreamFromPool (false, device.current_device ().index ());
  auto self = std::make_unique<_LikenessCudaGraph> ();

  c10::cuda::device_synchronize ();
  {
    c10::cuda::CUDAStreamGuard guard (stream);
    /* What other threads of the program ask of CUDA meanwhile is their own affair. */
    self->graph.capture_begin ({0, 0}, cudaStreamCaptureModeThreadLocal);
    try
      {
        record (data);
      }
    catch (...)
      {
        /* The stream has to leave its recording state, which may fail for the same
         * reason. */
        try
          {
            self->graph.capture_end ();
          }
        catch (...)
          {
          }
        cudaGetLastError ();
        throw;
      }
    self->graph.capture_end ();
  }
  c10::cuda::device_synchronize ();
  return self.release ();
}

static void
graph_replay (LikenessCudaGraph *graph)
{
  graph->graph.replay ();
}

static void
graph_free (LikenessCudaGraph *graph)
{
  delete graph;
}

static void
give_memory_back (void)
{
  c10::cuda::CUDACachingAllocator::emptyCache ();
}

static const LikenessTorchCuda table = {
    list, graph_new, graph_replay, graph_free, give_memory_back, likeness::find_row_norm};

extern "C" G_MODULE_EXPORT const LikenessTorchCuda *
likeness_torch_cuda_entry (void)
{
  return &table;
}
