/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-cuda-compiler.hpp"

#include <memory>
#include <stdexcept>

#include <dlfcn.h>

#include <c10/cuda/CUDAException.h>
#include <gmodule.h>

namespace likeness
{

namespace
{

/* NVRTC's functions, as CUDA 13's nvrtc.h declares them: its header comes only with the
 * compiler itself, which is fetched only where there is a GPU. */
using Program = struct _nvrtcProgram *;
struct Nvrtc
{
  int (*create) (Program *program,
                 const char *source,
                 const char *name,
                 int n_headers,
                 const char *const *headers,
                 const char *const *include_names);
  int (*compile) (Program program, int n_options, const char *const *options);
  int (*get_log_size) (Program program, size_t *size);
  int (*get_log) (Program program, char *log);
  int (*get_cubin_size) (Program program, size_t *size);
  int (*get_cubin) (Program program, char *cubin);
  int (*destroy) (Program *program);
  const char *(*get_error_string) (int result);
};

/* The one that lies beside CUDA's runtime, else the system's. */
GModule *
open_library ()
{
  g_autofree char *name = g_strdup_printf ("libnvrtc.so.%d", CUDART_VERSION / 1000);
  Dl_info info;
  GModule *library = nullptr;
  if (dladdr (reinterpret_cast<void *> (&cudaGetDevice), &info) != 0)
    {
      g_autofree char *folder = g_path_get_dirname (info.dli_fname);
      g_autofree char *path = g_build_filename (folder, name, nullptr);
      library = g_module_open (path, G_MODULE_BIND_LOCAL);
    }
  if (library == nullptr)
    library = g_module_open (name, G_MODULE_BIND_LOCAL);
  if (library == nullptr)
    throw std::runtime_error (g_module_error ());
  g_module_make_resident (library);
  return library;
}

Nvrtc
open_nvrtc ()
{
  GModule *library = open_library ();
  Nvrtc nvrtc = {};
  const struct
  {
    const char *name;
    void *place;
  } functions[] = {
      {"nvrtcCreateProgram", &nvrtc.create},
      {"nvrtcCompileProgram", &nvrtc.compile},
      {"nvrtcGetProgramLogSize", &nvrtc.get_log_size},
      {"nvrtcGetProgramLog", &nvrtc.get_log},
      {"nvrtcGetCUBINSize", &nvrtc.get_cubin_size},
      {"nvrtcGetCUBIN", &nvrtc.get_cubin},
      {"nvrtcDestroyProgram", &nvrtc.destroy},
      {"nvrtcGetErrorString", &nvrtc.get_error_string},
  };
  for (const auto &function : functions)
    if (!g_module_symbol (library, function.name,
                          static_cast<gpointer *> (function.place)))
      throw std::runtime_error (g_module_error ());
  return nvrtc;
}

const Nvrtc &
get_nvrtc ()
{
  static const Nvrtc nvrtc = open_nvrtc ();
  return nvrtc;
}

void
check (int result)
{
  if (result != 0)
    throw std::runtime_error (get_nvrtc ().get_error_string (result));
}

struct Destroy
{
  void operator() (Program program) const { get_nvrtc ().destroy (&program); }
};

std::string
get_log (Program program)
{
  size_t size = 0;
  check (get_nvrtc ().get_log_size (program, &size));
  std::string log (size, '\0');
  check (get_nvrtc ().get_log (program, log.data ()));
  return log;
}

std::vector<std::string>
list_options (const std::vector<std::string> &definitions, int device)
{
  int major = 0, minor = 0;
  C10_CUDA_CHECK (
      cudaDeviceGetAttribute (&major, cudaDevAttrComputeCapabilityMajor, device));
  C10_CUDA_CHECK (
      cudaDeviceGetAttribute (&minor, cudaDevAttrComputeCapabilityMinor, device));
  std::vector<std::string> options
      = {"--gpu-architecture=sm_" + std::to_string (major) + std::to_string (minor)};
  for (const std::string &definition : definitions)
    options.push_back ("-D" + definition);
  return options;
}

} // namespace

cudaLibrary_t
compile_for_device (const char *source,
                    const std::vector<std::string> &definitions,
                    int device)
{
  const Nvrtc &nvrtc = get_nvrtc ();
  Program created = nullptr;
  check (nvrtc.create (&created, source, "likeness.cu", 0, nullptr, nullptr));
  std::unique_ptr<_nvrtcProgram, Destroy> program (created);

  std::vector<std::string> options = list_options (definitions, device);
  std::vector<const char *> pointers;
  for (const std::string &option : options)
    pointers.push_back (option.c_str ());
  if (nvrtc.compile (created, static_cast<int> (pointers.size ()), pointers.data ()) != 0)
    throw std::runtime_error (get_log (created));

  size_t size = 0;
  check (nvrtc.get_cubin_size (created, &size));
  std::string cubin (size, '\0');
  check (nvrtc.get_cubin (created, cubin.data ()));
  cudaLibrary_t library = nullptr;
  C10_CUDA_CHECK (cudaLibraryLoadData (&library, cubin.data (), nullptr, nullptr, 0,
                                       nullptr, nullptr, 0));
  return library;
}

} // namespace likeness
