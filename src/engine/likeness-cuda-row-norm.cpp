/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-cuda-row-norm.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <tuple>

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/native_layer_norm.h>
#include <ATen/ops/native_layer_norm_backward.h>
#include <c10/core/InferenceMode.h>
#include <c10/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGraphsC10Utils.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <gio/gio.h>

#include "likeness-cuda-compiler.hpp"

namespace likeness
{

namespace
{

constexpr const char *source_path = "/org/likeness/Likeness/engine/likeness-row-norm.cu";
constexpr int max_channels = 1024;
constexpr int threads_per_block = 256;
constexpr int warp = 32;
/* Of a row a thread keeps in registers. */
constexpr int max_pairs_per_lane = 6;

struct Kernels : LikenessRowNorm
{
  cudaKernel_t forward_kernel, backward_kernel;
  int lanes;
};

/* As few threads to a row as its registers allow: the fewer, the fewer stand idle. */
int
choose_lanes (int channels)
{
  int lanes = 1;
  while (lanes < warp && lanes * max_pairs_per_lane < channels / 2)
    lanes *= 2;
  return lanes;
}

void
launch (cudaKernel_t kernel, int lanes, guint64 n_rows, void **arguments)
{
  guint64 rows_per_block = threads_per_block / lanes;
  guint64 n_blocks = (n_rows + rows_per_block - 1) / rows_per_block;
  C10_CUDA_CHECK (cudaLaunchKernel (
      reinterpret_cast<const void *> (kernel), dim3 (static_cast<unsigned> (n_blocks)),
      dim3 (threads_per_block), arguments, 0, c10::cuda::getCurrentCUDAStream ()));
}

void
run_forward (
    const LikenessRowNorm *self, const void *x, void *y, float *scales, guint64 n_rows)
{
  auto *kernels = static_cast<const Kernels *> (self);
  void *arguments[] = {&x, &y, &scales, &n_rows};
  launch (kernels->forward_kernel, kernels->lanes, n_rows, arguments);
}

void
run_backward (const LikenessRowNorm *self,
              const void *dy,
              const void *y,
              const float *scales,
              void *dx,
              guint64 n_rows)
{
  auto *kernels = static_cast<const Kernels *> (self);
  void *arguments[] = {&dy, &y, &scales, &dx, &n_rows};
  launch (kernels->backward_kernel, kernels->lanes, n_rows, arguments);
}

std::unique_ptr<Kernels>
compile (int index, int channels, bool input_bfloat16, bool output_bfloat16)
{
  g_autoptr (GBytes) source
      = g_resources_lookup_data (source_path, G_RESOURCE_LOOKUP_FLAGS_NONE, nullptr);
  auto kernels = std::make_unique<Kernels> ();
  kernels->forward = run_forward;
  kernels->backward = run_backward;
  kernels->lanes = choose_lanes (channels);
  /* A resource ends with a zero that is not counted. */
  cudaLibrary_t library = compile_for_device (
      static_cast<const char *> (g_bytes_get_data (source, nullptr)),
      {"CHANNELS=" + std::to_string (channels),
       "LANES=" + std::to_string (kernels->lanes),
       "INPUT_BFLOAT16=" + std::to_string (input_bfloat16),
       "OUTPUT_BFLOAT16=" + std::to_string (output_bfloat16)},
      index);
  C10_CUDA_CHECK (
      cudaLibraryGetKernel (&kernels->forward_kernel, library, "row_norm_forward"));
  C10_CUDA_CHECK (
      cudaLibraryGetKernel (&kernels->backward_kernel, library, "row_norm_backward"));
  return kernels;
}

/* Between -3 and 3, without touching the device's random numbers. */
at::Tensor
make_numbers (int64_t n_rows, int64_t channels, double step, at::Device device)
{
  return at::arange (n_rows * channels,
                     at::TensorOptions ().device (device).dtype (at::kFloat))
      .mul_ (step)
      .sin_ ()
      .mul_ (3)
      .view ({n_rows, channels});
}

/* The same rows by both: what comes out, and how long it takes. */
struct Trial
{
  at::Tensor x, dy, y, dx, scales;

  Trial (int channels,
         int64_t n_rows,
         at::Device device,
         at::ScalarType input,
         at::ScalarType output)
      : x (make_numbers (n_rows, channels, 12.9898, device).add_ (0.5).to (input)),
        dy (make_numbers (n_rows, channels, 78.233, device).to (output)),
        y (at::empty_like (dy)), dx (at::empty_like (x)),
        scales (at::empty ({n_rows}, x.options ().dtype (at::kFloat)))
  {
  }

  void run (const LikenessRowNorm &kernels)
  {
    auto n_rows = static_cast<guint64> (x.size (0));
    kernels.forward (&kernels, x.const_data_ptr (), y.mutable_data_ptr (),
                     scales.mutable_data_ptr<float> (), n_rows);
    kernels.backward (&kernels, dy.const_data_ptr (), y.const_data_ptr (),
                      scales.const_data_ptr<float> (), dx.mutable_data_ptr (), n_rows);
  }

  /* As the network would without the kernels, whose rows are normalised in their own
   * type. */
  std::tuple<at::Tensor, at::Tensor> run_libtorch (at::ScalarType type) const
  {
    at::Tensor in = x.to (type);
    auto [result, mean, scale] = at::native_layer_norm (in, {x.size (1)}, {}, {}, 1e-6);
    at::Tensor back = std::get<0> (at::native_layer_norm_backward (
        dy.to (type), in, {x.size (1)}, mean, scale, {}, {}, {true, false, false}));
    return {result.to (y.scalar_type ()), back.to (dx.scalar_type ())};
  }
};

float
measure_difference (const at::Tensor &a, const at::Tensor &b)
{
  return (a.to (at::kFloat) - b.to (at::kFloat)).abs ().max ().item<float> ();
}

/* Numbers of about 1 to 4; a last block that is not full. */
bool
is_right (const Kernels &kernels,
          int channels,
          at::Device device,
          at::ScalarType input,
          at::ScalarType output)
{
  Trial trial (channels, 1031, device, input, output);
  trial.run (kernels);
  auto [y, dx] = trial.run_libtorch (at::kFloat);
  float precise = 1e-4f, rounded = 0.05f;
  float y_off = measure_difference (trial.y, y),
        dx_off = measure_difference (trial.dx, dx);
  bool right
      = y_off <= (output == at::kFloat ? precise : rounded)
        && dx_off <= (input == at::kFloat && output == at::kFloat ? precise : rounded);
  if (!right)
    g_debug ("Rows of %d are normalised wrongly, by %g and %g", channels, y_off, dx_off);
  return right;
}

float
measure_milliseconds (const std::function<void ()> &work)
{
  c10::cuda::CUDAEvent begin (cudaEventDefault), end (cudaEventDefault);
  float shortest = G_MAXFLOAT;
  work ();
  for (int i = 0; i < 3; i++)
    {
      begin.record ();
      work ();
      end.record ();
      end.synchronize ();
      shortest = std::min (shortest, begin.elapsed_time (end));
    }
  return shortest;
}

bool
is_faster (const Kernels &kernels,
           int channels,
           at::Device device,
           at::ScalarType input,
           at::ScalarType output)
{
  constexpr int64_t n_numbers = 4 << 20;
  Trial trial (channels, n_numbers / channels, device, input, output);
  float ours = measure_milliseconds ([&] { trial.run (kernels); });
  float libtorch = measure_milliseconds ([&] { trial.run_libtorch (input); });
  g_debug ("Rows of %d, there and back: %.3f ms, libtorch %.3f ms", channels, ours,
           libtorch);
  return ours <= libtorch;
}

std::unique_ptr<Kernels>
try_compile (int index, int channels, bool input_bfloat16, bool output_bfloat16)
{
  if (channels % 2 != 0 || channels > max_channels)
    return nullptr;
  try
    {
      c10::InferenceMode mode;
      at::Device device (at::kCUDA, static_cast<c10::DeviceIndex> (index));
      c10::cuda::CUDAGuard guard (device);
      at::ScalarType input = input_bfloat16 ? at::kBFloat16 : at::kFloat;
      at::ScalarType output = output_bfloat16 ? at::kBFloat16 : at::kFloat;
      std::unique_ptr<Kernels> kernels
          = compile (index, channels, input_bfloat16, output_bfloat16);
      if (is_right (*kernels, channels, device, input, output)
          && is_faster (*kernels, channels, device, input, output))
        return kernels;
    }
  catch (const std::exception &failure)
    {
      g_debug ("No kernels for rows of %d: %s", channels, failure.what ());
    }
  return nullptr;
}

} // namespace

const LikenessRowNorm *
find_row_norm (int index, int channels, gboolean input_bfloat16, gboolean output_bfloat16)
{
  static std::mutex mutex;
  static std::map<std::tuple<int, int, bool, bool>, std::unique_ptr<Kernels> > known;
  std::lock_guard<std::mutex> lock (mutex);
  std::tuple<int, int, bool, bool> key (index, channels, input_bfloat16 != FALSE,
                                        output_bfloat16 != FALSE);
  auto found = known.find (key);
  if (found != known.end ())
    return found->second.get ();
  /* What is tried out may not become part of a recording. */
  if (c10::cuda::currentStreamCaptureStatusMayInitCtx ()
      != c10::cuda::CaptureStatus::None)
    return nullptr;
  auto made = try_compile (index, channels, std::get<2> (key), std::get<3> (key));
  return known.emplace (key, std::move (made)).first->second.get ();
}

} // namespace likeness
