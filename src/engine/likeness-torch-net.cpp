/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-net.hpp"

#include <cstring>
#include <new>
#include <unordered_map>

#include <glib/gi18n.h>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/flip.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/std.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include "likeness-torch-device-step.hpp"
#include "likeness-torch-devices.hpp"
#include "likeness-forward.h"
#include "likeness-torch-guard.hpp"
#include "likeness-torch-script.hpp"
#include "likeness-types.h"

_LikenessNet::_LikenessNet () = default;
_LikenessNet::~_LikenessNet () = default;

namespace likeness
{

namespace
{

bool
has_suffix (const std::string &name, const char *suffix)
{
  return g_str_has_suffix (name.c_str (), suffix);
}

/*
 * Initialisation from nothing: matrices and kernels from a normal distribution of 0.02,
 * biases 0, all that scales 1. The layer scales (gamma) begin at 1 too, not at the 1e-6
 * of deeper networks: on small data sets they learn faster so, and end higher.
 */
at::Tensor
initialize (const std::string &name, at::IntArrayRef shape, const at::Generator &random)
{
  if (has_suffix (name, ".bias"))
    return at::zeros (shape, at::kFloat);
  if (shape.size () == 1 || has_suffix (name, ".temperature"))
    return at::ones (shape, at::kFloat);
  return at::empty (shape, at::kFloat).normal_ (0, 0.02, random);
}

/* The tensor at @position of @weights, checked against what the variant has there. */
at::Tensor
copy_tensor (const LikenessNetOptions *options,
             guint position,
             const std::string &name,
             at::IntArrayRef shape)
{
  const LikenessWeights *weights = options->weights;
  const auto *tensor
      = position < weights->tensors->len
            ? static_cast<const LikenessTensor *> (weights->tensors->pdata[position])
            : nullptr;
  if (tensor == nullptr || name != tensor->name
      || shape != at::IntArrayRef (tensor->shape, tensor->n_dims))
    {
      g_autofree char *sentence
          = g_strdup_printf (_ ("The weights do not fit %s: %s is missing or has another "
                                "shape. Choose weights "
                                "of this network."),
                             weights->variant->title, name.c_str ());
      throw Failure (LIKENESS_TORCH_ERROR_BAD_WEIGHTS, sentence);
    }
  return at::from_blob (tensor->data, shape, at::kFloat).clone ();
}

/* Faces that go through a GPU at a time, where its memory allows it. */
constexpr gsize largest_chunk = 2048;
constexpr gsize smallest_chunk = 16;
/* And through the processor, before somebody may ask to stop. */
constexpr gsize processor_chunk = 256;

} // namespace

ThreadScope::ThreadScope (int threads) : before_ (at::get_num_threads ())
{
  if (before_ != threads)
    at::set_num_threads (threads);
}

ThreadScope::~ThreadScope ()
{
  if (before_ != at::get_num_threads ())
    at::set_num_threads (before_);
}

void
require (bool condition, const char *sentence)
{
  if (!condition)
    throw Failure (LIKENESS_TORCH_ERROR_FAILED, sentence);
}

void
require_network (const LikenessNet &net)
{
  require (
      net.network != nullptr,
      _ ("A TorchScript file can only be judged: choose EdgeFace weights to train."));
}

void
FreeScript::operator() (LikenessScript *script) const
{
  script_free (script);
}

at::Tensor
view_faces (const guint8 *faces, gsize n)
{
  return at::from_blob (
      const_cast<guint8 *> (faces),
      {static_cast<int64_t> (n), LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE, 3}, at::kByte);
}

GPtrArray *
list_parameters (const LikenessNet &net)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (
      reinterpret_cast<GDestroyNotify> (likeness_tensor_free));
  for (size_t i = 0; i < net.parameters.size (); i++)
    {
      at::Tensor value = net.parameters[i].detach ().cpu ().contiguous ();
      LikenessTensor *copy = likeness_tensor_new (
          net.names[i].c_str (), static_cast<int> (value.dim ()), value.sizes ().data ());
      if (copy == nullptr)
        throw std::bad_alloc ();
      memcpy (copy->data, value.const_data_ptr<float> (), value.nbytes ());
      g_ptr_array_add (list, copy);
    }
  return static_cast<GPtrArray *> (g_steal_pointer (&list));
}

double
count_packing_bytes (const LikenessNet &net)
{
  double bytes = 0;
  for (const at::Tensor &parameter : net.parameters)
    bytes += parameter.nbytes ();
  return 6 * bytes;
}

LikenessNet *
net_new (const LikenessNetOptions *options, GError **error) noexcept
{
  return guard (error, static_cast<LikenessNet *> (nullptr), [&] {
    auto net = std::make_unique<LikenessNet> ();
    net->variant = options->variant;
    net->device = find_device (options->cuda_device);
    net->threads = MAX (1, options->threads);
    ThreadScope threads (net->threads);

    at::Generator random = at::detail::createCPUGenerator (options->seed);
    g_autoptr (GPtrArray) list = likeness_variant_list_parameters (options->variant);
    std::unordered_map<std::string, at::Tensor> by_name;
    for (guint i = 0; i < list->len; i++)
      {
        const auto *parameter = static_cast<const LikenessParameter *> (list->pdata[i]);
        at::IntArrayRef shape (parameter->shape, parameter->n_dims);
        at::Tensor value = options->weights != nullptr
                               ? copy_tensor (options, i, parameter->name, shape)
                               : initialize (parameter->name, shape, random);
        value = value.to (net->device);
        net->names.emplace_back (parameter->name);
        net->parameters.push_back (value);
        by_name.emplace (parameter->name, value);
      }
    net->network = std::make_unique<EdgeNext> (
        *options->variant, [&] (const std::string &name) { return by_name.at (name); },
        net->device);
    return net.release ();
  });
}

void
net_free (LikenessNet *net) noexcept
{
  bool on_gpu = net != nullptr && net->device.is_cuda ();
  delete net;
  /* Another program may want it, and the next net asks how much is free. */
  if (on_gpu)
    guard (nullptr, FALSE, [] {
      get_cuda ()->give_memory_back ();
      return TRUE;
    });
}

gboolean
embed (LikenessNet *net,
       const guint8 *faces,
       gsize n,
       gboolean flip,
       float *embeddings,
       GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    if (net->script != nullptr)
      {
        embed_by_script (*net->script, faces, n, flip, embeddings);
        return TRUE;
      }
    if (net->device.is_cpu ())
      {
        require_memory (net->device, count_packing_bytes (*net));
        g_autoptr (GPtrArray) tensors = list_parameters (*net);
        g_autoptr (LikenessForward) forward
            = likeness_forward_new (net->variant, tensors, likeness_kernels_get (),
                                    static_cast<guint> (net->threads), FALSE);
        if (!likeness_forward_embed (forward, faces, n, flip,
                                     static_cast<guint> (net->threads), embeddings))
          throw std::bad_alloc ();
        return TRUE;
      }
    ThreadScope threads (net->threads);
    c10::InferenceMode mode;
    gsize chunk = largest_chunk, start = 0;
    while (start < n)
      {
        gsize size = MIN (chunk, n - start);
        try
          {
            at::Tensor x
                = view_faces (faces + start * LIKENESS_FACE_BYTES, size).to (net->device);
            at::Tensor e = net->network->forward (flip ? x.flip (2) : x, at::kFloat);
            e = e.cpu ().contiguous ();
            memcpy (embeddings + start * LIKENESS_EMBEDDING_SIZE,
                    e.const_data_ptr<float> (), e.nbytes ());
            start += size;
          }
        catch (const c10::OutOfMemoryError &)
          {
            if (chunk <= smallest_chunk)
              throw;
            chunk /= 2;
          }
      }
    return TRUE;
  });
}

gsize
get_embed_chunk (const LikenessNet *net) noexcept
{
  return net->device.is_cpu () ? processor_chunk : largest_chunk;
}

gboolean
inspect (LikenessNet *net,
         const guint8 *faces,
         gsize n,
         float *mean_std,
         float *first,
         GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require_network (*net);
    ThreadScope threads (net->threads);
    c10::InferenceMode mode;
    net->network->forward (
        view_faces (faces, n).to (net->device), at::kFloat,
        [&] (int stage, const at::Tensor &activation) {
          at::Tensor x = activation.permute ({0, 3, 1, 2}).cpu ().contiguous ();
          mean_std[2 * stage] = x.mean ().item<float> ();
          mean_std[2 * stage + 1] = x.std ().item<float> ();
          memcpy (first + 8 * stage, x.const_data_ptr<float> (), 8 * sizeof (float));
        });
    return TRUE;
  });
}

GPtrArray *
parameters (LikenessNet *net, GError **error) noexcept
{
  return guard (error, static_cast<GPtrArray *> (nullptr), [&] {
    require_network (*net);
    return list_parameters (*net);
  });
}

} // namespace likeness
