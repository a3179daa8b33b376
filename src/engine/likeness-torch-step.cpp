/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-step.hpp"

#include <algorithm>
#include <cstring>

#include <glib/gi18n.h>

#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/stack.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include "likeness-torch-device-step.hpp"
#include "likeness-torch-devices.hpp"
#include "likeness-torch-guard.hpp"
#include "likeness-torch-head.hpp"
#include "likeness-torch-net.hpp"
#include "likeness-torch-optimizer.hpp"
#include "likeness-types.h"

namespace likeness
{

namespace
{

/* Whether @bytes of faces may stay on a GPU: the steps need memory there as well. */
bool
is_resident (at::Device device, double bytes)
{
  return device.is_cuda () && bytes <= get_free_device_memory (device) / 2;
}

const LikenessKernels *
find_kernels (const LikenessNet &net)
{
  return net.stage.bfloat16 ? likeness_kernels_get_bfloat16 () : likeness_kernels_get ();
}

/* On the processor the network goes there and back by kernels of our own; only what lies
 * behind the embeddings is left to autograd. */
Learnt
learn_on_processor (LikenessNet &net, const Batch &batch)
{
  int64_t n = batch.faces.size (0);
  at::Tensor faces = batch.faces.to (at::kFloat).contiguous ();
  at::Tensor embeddings = at::empty ({n, LIKENESS_EMBEDDING_SIZE}, at::kFloat);
  /* What one step had room for, the next one has: asking takes a millisecond. */
  if (!net.tape)
    require_memory (net.device, count_packing_bytes (net));
  g_autoptr (GPtrArray) tensors = list_parameters (net);
  g_autoptr (LikenessForward) forward = likeness_forward_new (
      net.variant, tensors, find_kernels (net), static_cast<guint> (net.threads), TRUE);
  if (!net.tape)
    net.tape.reset (likeness_tape_new ());
  require_memory (
      net.device,
      static_cast<double> (likeness_tape_count_bytes (forward, n, net.threads))
          - static_cast<double> (likeness_tape_get_bytes (net.tape.get ())));
  if (!likeness_tape_forward (net.tape.get (), forward, faces.const_data_ptr<float> (), n,
                              static_cast<guint> (net.threads),
                              embeddings.mutable_data_ptr<float> ()))
    throw Failure (LIKENESS_TORCH_ERROR_OUT_OF_MEMORY,
                   _ ("There is not enough memory for a batch of this size: choose a "
                      "smaller one."));

  embeddings.requires_grad_ (true);
  Learnt learnt;
  learnt.loss
      = compute_loss (net.stage, net.head, embeddings, batch.labels, batch.targets);
  std::vector<at::Tensor> ends
      = torch::autograd::grad ({learnt.loss.total}, {embeddings, net.head});
  at::Tensor gradient = ends[0].contiguous ();
  std::vector<float *> places;
  for (const at::Tensor &parameter : net.parameters)
    {
      learnt.gradients.push_back (at::empty (parameter.sizes (), at::kFloat));
      places.push_back (learnt.gradients.back ().mutable_data_ptr<float> ());
    }
  likeness_tape_backward (net.tape.get (), gradient.const_data_ptr<float> (), tensors,
                          places.data ());
  learnt.gradients.push_back (ends[1].contiguous ());
  return learnt;
}

bool
is_on_processor (const LikenessNet &net)
{
  return net.device.is_cpu () && net.stage.all_layers && !net.stage.by_libtorch
         && find_kernels (net) != nullptr;
}

} // namespace

Learnt
learn (LikenessNet &net, const Batch &batch)
{
  if (is_on_processor (net))
    return learn_on_processor (net, batch);

  at::Tensor embeddings;
  {
    at::AutoGradMode mode (net.stage.all_layers);
    embeddings = net.network->forward (batch.faces,
                                       net.stage.bfloat16 ? at::kBFloat16 : at::kFloat);
  }
  Learnt learnt;
  learnt.loss
      = compute_loss (net.stage, net.head, embeddings, batch.labels, batch.targets);
  learnt.gradients = torch::autograd::grad ({learnt.loss.total}, list_learning (net));
  /* The optimizer's kernel walks through memory, not through strides. */
  for (at::Tensor &gradient : learnt.gradients)
    gradient = gradient.contiguous ();
  return learnt;
}

gboolean
data_load (LikenessNet *net,
           const guint8 *probe,
           const guint8 *best,
           const guint32 *labels,
           const float *targets,
           gsize n,
           GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require (n > 0, _ ("No faces have been loaded to train on."));
    ThreadScope threads (net->threads);
    at::NoGradGuard no_grad;
    net->device_step.reset ();
    net->probe = net->best = net->labels = net->targets = at::Tensor ();
    net->n_faces = 0;
    bool has_best = best != nullptr && best != probe;
    require_memory (
        net->device,
        n
            * (sizeof (int64_t)
               + (targets != nullptr ? 2.0 * LIKENESS_EMBEDDING_SIZE * sizeof (float)
                                     : 0)));

    int64_t size = static_cast<int64_t> (n);
    at::Device home
        = is_resident (net->device, n * (has_best ? 2.0 : 1.0) * LIKENESS_FACE_BYTES)
              ? net->device
              : at::Device (at::kCPU);
    at::Tensor faces = view_faces (probe, n).to (home);
    if (has_best)
      net->best = view_faces (best, n).to (home);
    if (targets != nullptr)
      net->targets = at::from_blob (const_cast<float *> (targets),
                                    {2 * size, LIKENESS_EMBEDDING_SIZE}, at::kFloat)
                         .to (net->device, at::kFloat, false, true);
    net->labels = copy_numbers (labels, n, net->device);
    net->largest_label = *std::max_element (labels, labels + n);
    net->n_faces = n;
    net->probe = faces;
    return TRUE;
  });
}

gboolean
step_head (LikenessNet *net,
           const float *embeddings,
           const guint32 *labels,
           gsize n,
           float lr_head,
           LikenessStepResult *result,
           GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require (net->in_stage && !net->stage.all_layers,
             _ ("No stage of the training that teaches the head alone has begun."));
    require (n > 0 && *std::max_element (labels, labels + n) < net->head.size (0),
             _ ("The faces have more subjects than the head."));
    ThreadScope threads (net->threads);
    at::AutoGradMode mode (true);
    at::Tensor e
        = at::from_blob (const_cast<float *> (embeddings),
                         {static_cast<int64_t> (n), LIKENESS_EMBEDDING_SIZE}, at::kFloat)
              .to (net->device);
    Loss loss = compute_loss (net->stage, net->head, e,
                              copy_numbers (labels, n, net->device), {});
    std::vector<at::Tensor> gradients = torch::autograd::grad ({loss.total}, {net->head});
    *result = apply_gradients (*net, {gradients[0].contiguous ()}, loss.total,
                               loss.correct, lr_head, 0);
    result->faces = static_cast<guint> (n);
    return TRUE;
  });
}

namespace
{

/* Somebody looks for an error: each launch is to be seen by itself. */
bool
is_launch_blocking ()
{
  return g_strcmp0 (g_getenv ("CUDA_LAUNCH_BLOCKING"), "1") == 0;
}

/* A recorded step costs more to make than it saves where it is replayed seldom, so the
 * last batch of an epoch, which is smaller, does not take the place of the others. */
void
step_on_device (LikenessNet &net,
                const guint32 *indexes,
                const LikenessAugmentation *augmentations,
                gsize n,
                float lr_head,
                float lr_backbone)
{
  require_batch (net, indexes, n);
  try
    {
      if (net.device_step == nullptr || net.device_step->size () < n)
        net.device_step = std::make_unique<DeviceStep> (net, n, !is_launch_blocking ());
      if (net.device_step->size () == n)
        net.device_step->run (indexes, augmentations, lr_head, lr_backbone);
      else
        DeviceStep (net, n, false).run (indexes, augmentations, lr_head, lr_backbone);
    }
  catch (...)
    {
      /* A size that failed would be the largest from here on, and no other recorded. */
      net.device_step.reset ();
      throw;
    }
}

LikenessPath
get_path (const LikenessNet &net)
{
  if (is_on_processor (net))
    return LIKENESS_PATH_KERNELS;
  return net.device_step != nullptr && net.device_step->is_replayed ()
             ? LIKENESS_PATH_GRAPH
             : LIKENESS_PATH_LAUNCHES;
}

} // namespace

gboolean
step (LikenessNet *net,
      const guint32 *indexes,
      const LikenessAugmentation *augmentations,
      gsize n,
      float lr_head,
      float lr_backbone,
      LikenessStepResult *result,
      GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    ThreadScope threads (net->threads);
    at::AutoGradMode mode (true);
    if (is_on_processor (*net))
      {
        Learnt learnt = learn (*net, gather (*net, indexes, augmentations, n));
        add_result (*net,
                    apply_gradients (*net, std::move (learnt.gradients),
                                     learnt.loss.total, learnt.loss.correct, lr_head,
                                     lr_backbone),
                    static_cast<int64_t> (n));
      }
    else
      step_on_device (*net, indexes, augmentations, n, lr_head, lr_backbone);
    if (result != nullptr)
      {
        *result = read_sums (*net);
        result->path = get_path (*net);
      }
    return TRUE;
  });
}

gboolean
gradient_norms (LikenessNet *net,
                const guint32 *indexes,
                gsize n,
                float *loss,
                float *norms,
                GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require (net->in_stage && net->stage.all_layers,
             _ ("No stage of the training that teaches all layers has begun."));
    ThreadScope threads (net->threads);
    at::AutoGradMode mode (true);
    require_batch (*net, indexes, n);
    Learnt learnt
        = learn (*net, is_on_processor (*net)
                           ? gather (*net, indexes, nullptr, n)
                           : DeviceStep (*net, n, false).make_batch (indexes, nullptr));
    at::NoGradGuard no_grad;
    at::Tensor each
        = at::stack (at::_foreach_norm (learnt.gradients)).cpu ().contiguous ();
    *loss = learnt.loss.total.item<float> ();
    memcpy (norms, each.const_data_ptr<float> (), each.nbytes ());
    return TRUE;
  });
}

} // namespace likeness
