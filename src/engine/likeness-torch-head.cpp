/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-head.hpp"

#include <cmath>
#include <cstring>

#include <glib/gi18n.h>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cosine_similarity.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/where.h>
#include <c10/core/InferenceMode.h>

#include "likeness-torch-device-step.hpp"
#include "likeness-torch-guard.hpp"
#include "likeness-torch-net.hpp"
#include "likeness-types.h"

namespace likeness
{

namespace
{

at::Tensor
compute_cosines (const at::Tensor &embeddings, const at::Tensor &head)
{
  auto unit = [] (const at::Tensor &x) {
    return x / at::linalg_vector_norm (x, 2, {1}, true).clamp_min (1e-12);
  };
  return unit (embeddings).mm (unit (head).t ());
}

/* The own subject's cosine, made harder by the margin. */
at::Tensor
penalize (const LikenessStageOptions &options, const at::Tensor &own)
{
  double margin = options.margin;
  switch (options.margin_kind)
    {
    case LIKENESS_MARGIN_ARCFACE:
      {
        at::Tensor t = own.clamp (-1 + 1e-6, 1 - 1e-6);
        at::Tensor shifted
            = t * std::cos (margin) - (1 - t * t).sqrt () * std::sin (margin);
        return at::where (t > std::cos (M_PI - margin), shifted,
                          t - margin * std::sin (margin));
      }
    case LIKENESS_MARGIN_COSFACE:
      return own - margin;
    case LIKENESS_MARGIN_NONE:
    default:
      return own;
    }
}

} // namespace

Loss
compute_loss (const LikenessStageOptions &options,
              const at::Tensor &head,
              const at::Tensor &embeddings,
              const at::Tensor &labels,
              const at::Tensor &targets)
{
  at::Tensor cosines = compute_cosines (embeddings, head);
  at::Tensor column = labels.unsqueeze (1);
  at::Tensor logits
      = cosines.scatter (1, column, penalize (options, cosines.gather (1, column)))
        * options.scale;
  Loss loss;
  loss.total = at::cross_entropy_loss (logits, labels, {}, at::Reduction::Mean, -100,
                                       options.label_smoothing);
  if (targets.defined ())
    loss.total = loss.total
                 + options.similarity_weight
                       * (1 - at::cosine_similarity (embeddings, targets, 1)).mean ();
  loss.correct = (cosines.detach ().argmax (1) == labels).sum ();
  return loss;
}

gboolean
head_new (LikenessNet *net,
          guint n_classes,
          const float *weights,
          guint64 seed,
          GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require (n_classes > 0, _ ("There are no subjects to learn."));
    ThreadScope threads (net->threads);
    /* The matrix, its gradient and two moments; it is made on the host. */
    double bytes = 1.0 * n_classes * LIKENESS_EMBEDDING_SIZE * sizeof (float);
    require_memory (net->device, 4 * bytes);
    require_memory (at::kCPU, bytes);
    at::Tensor head;
    if (weights != nullptr)
      head = at::from_blob (const_cast<float *> (weights),
                            {n_classes, LIKENESS_EMBEDDING_SIZE}, at::kFloat)
                 .clone ();
    else
      {
        double deviation = std::sqrt (2.0 / (n_classes + LIKENESS_EMBEDDING_SIZE));
        head = at::empty ({n_classes, LIKENESS_EMBEDDING_SIZE}, at::kFloat)
                   .normal_ (0, deviation, at::detail::createCPUGenerator (seed));
      }
    net->head = head.to (net->device);
    net->in_stage = false;
    net->device_step.reset ();
    return TRUE;
  });
}

gboolean
head_scores (LikenessNet *net,
             const float *embeddings,
             gsize n,
             float *cosines,
             GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require (net->head.defined (), _ ("The network has no head yet."));
    ThreadScope threads (net->threads);
    c10::InferenceMode mode;
    at::Tensor e
        = at::from_blob (const_cast<float *> (embeddings),
                         {static_cast<int64_t> (n), LIKENESS_EMBEDDING_SIZE}, at::kFloat);
    at::Tensor scores
        = compute_cosines (e.to (net->device), net->head).cpu ().contiguous ();
    memcpy (cosines, scores.const_data_ptr<float> (), scores.nbytes ());
    return TRUE;
  });
}

} // namespace likeness
