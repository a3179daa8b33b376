/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-devices.hpp"

#include <cinttypes>
#include <cstdio>

#include <dlfcn.h>

#include <glib/gi18n.h>
#include <gmodule.h>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

#include "likeness-memory.h"
#include "likeness-torch-cuda.h"
#include "likeness-torch-guard.hpp"

namespace likeness
{

namespace
{

void
describe_processor (LikenessTorchDevice *device)
{
  g_autofree char *text = nullptr;
  g_strlcpy (device->name, _ ("Processor"), sizeof device->name);
  if (g_file_get_contents ("/proc/cpuinfo", &text, nullptr, nullptr))
    {
      const char *line = strstr (text, "model name");
      const char *start = line == nullptr ? nullptr : strchr (line, ':');
      if (start != nullptr)
        {
          g_autofree char *name = g_strndup (start + 1, strcspn (start + 1, "\n"));
          g_strlcpy (device->name, g_strstrip (name), sizeof device->name);
        }
    }
  g_strlcpy (device->kind, "cpu", sizeof device->kind);
  device->index = -1;
  device->memory_free = static_cast<guint64> (likeness_memory_get_free ("/"));
  device->memory_total = static_cast<guint64> (likeness_memory_get_total ("/"));
}

/* Every chip that multiplies matrices of it (AMX) has its vectors too. */
bool
has_bfloat16 ()
{
#ifdef __x86_64__
  return __builtin_cpu_supports ("avx512bf16");
#else
  return true;
#endif
}

/* The file that libtorch's functions came from. */
void
find_libtorch (LikenessTorchProbe *probe)
{
  Dl_info info;
  if (dladdr (reinterpret_cast<void *> (&at::get_num_threads), &info) != 0
      && info.dli_fname != nullptr)
    {
      g_autofree char *path = g_canonicalize_filename (info.dli_fname, nullptr);
      g_strlcpy (probe->path, path, sizeof probe->path);
    }
}

/* Asks the driver itself, which costs next to nothing, before gigabytes of libraries are
 * opened for it. */
bool
driver_answers (char *missing, gsize size)
{
  GModule *driver
      = g_module_open ("libcuda.so.1", static_cast<GModuleFlags> (G_MODULE_BIND_LAZY
                                                                  | G_MODULE_BIND_LOCAL));
  if (driver == nullptr)
    {
      g_strlcpy (missing,
                 _ ("There is no NVIDIA driver on this machine: networks are trained on "
                    "the CPU."),
                 size);
      return false;
    }

  gpointer init = nullptr;
  if (!g_module_symbol (driver, "cuInit", &init) || init == nullptr
      || reinterpret_cast<int (*) (unsigned)> (init) (0) != 0)
    {
      g_strlcpy (missing,
                 _ ("The NVIDIA driver is installed but finds no GPU that it can use."),
                 size);
      return false;
    }
  return true;
}

/* The second module lies beside this one. */
const LikenessTorchCuda *
open_cuda (char *missing, gsize size)
{
  if (!driver_answers (missing, size))
    return nullptr;

  Dl_info info;
  if (dladdr (reinterpret_cast<void *> (&open_cuda), &info) == 0)
    return nullptr;
  g_autofree char *folder = g_path_get_dirname (info.dli_fname);
  g_autofree char *path = g_build_filename (folder, "liblikeness-torch-cuda.so", nullptr);
  GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);
  gpointer entry = nullptr;
  if (module == nullptr || !g_module_symbol (module, LIKENESS_TORCH_CUDA_ENTRY, &entry))
    {
      g_snprintf (missing, size,
                  _ ("There is an NVIDIA GPU, but CUDA's libraries are incomplete: run "
                     "build-aux/setup --cuda. Details: %s"),
                  g_module_error ());
      return nullptr;
    }
  g_module_make_resident (module);
  /* A float32 is one: cuDNN would take ten bits of its 23 where it liked. */
  at::globalContext ().setFloat32Precision (at::Float32Backend::CUDA, at::Float32Op::CONV,
                                            at::Float32Precision::IEEE);
  return reinterpret_cast<LikenessTorchCudaEntry> (entry) ();
}

struct Cuda
{
  const LikenessTorchCuda *table;
  char missing[sizeof LikenessTorchProbe::cuda_missing]; /* a sentence, or empty */
};

const Cuda &
open_cuda_once ()
{
  static const Cuda cuda = [] {
    Cuda opened = {};
    opened.table = open_cuda (opened.missing, sizeof opened.missing);
    return opened;
  }();
  return cuda;
}

} // namespace

const LikenessTorchCuda *
get_cuda ()
{
  return open_cuda_once ().table;
}

gboolean
probe (LikenessTorchProbe *probe, GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    *probe = {};
    g_strlcpy (probe->version, TORCH_VERSION, sizeof probe->version);
    find_libtorch (probe);
    describe_processor (&probe->devices[0]);
    probe->processor_bfloat16 = has_bfloat16 ();
    probe->n_devices = 1;

    const Cuda &cuda = open_cuda_once ();
    if (cuda.table != nullptr)
      cuda.table->list (probe);
    else
      g_strlcpy (probe->cuda_missing, cuda.missing, sizeof probe->cuda_missing);
    return TRUE;
  });
}

static double
read_memory (c10::Device device, guint64 LikenessTorchDevice::*which)
{
  LikenessTorchProbe found;
  if (probe (&found, nullptr))
    for (guint i = 0; i < found.n_devices; i++)
      if (device.is_cuda () && found.devices[i].index == device.index ())
        return static_cast<double> (found.devices[i].*which);
  return 0;
}

double
get_free_device_memory (c10::Device device)
{
  return read_memory (device, &LikenessTorchDevice::memory_free);
}

double
get_device_memory (c10::Device device)
{
  return read_memory (device, &LikenessTorchDevice::memory_total);
}

c10::Device
find_device (int cuda_device)
{
  if (cuda_device < 0)
    return c10::Device (c10::kCPU);

  LikenessTorchProbe found;
  g_autoptr (GError) error = nullptr;
  if (!probe (&found, &error))
    throw Failure (LIKENESS_TORCH_ERROR_NO_DEVICE, error->message);
  for (guint i = 0; i < found.n_devices; i++)
    if (found.devices[i].index == cuda_device)
      return c10::Device (c10::kCUDA, static_cast<c10::DeviceIndex> (cuda_device));

  g_autofree char *sentence
      = found.cuda_missing[0] != '\0'
            ? g_strdup_printf (_ ("The device cuda:%d is not there. %s"), cuda_device,
                               found.cuda_missing)
            : g_strdup_printf (
                  _ ("The device cuda:%d is not there: choose another, or the CPU."),
                  cuda_device);
  throw Failure (LIKENESS_TORCH_ERROR_NO_DEVICE, sentence);
}

} // namespace likeness
