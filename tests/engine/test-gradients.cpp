/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include "likeness-edgenext.hpp"
#include "likeness-forward.h"
#include "likeness-tape.h"
#include "likeness-test-net.h"
#include "likeness-torch-head.hpp"
#include "likeness-types.h"

/*
 * A whole step of a tiny network in double precision: what comes back through it against
 * differences of the loss, (loss (p + h) - loss (p - h)) / 2 h, which know nothing of how
 * gradients are computed. The float32 kernels are then held against the same gradients.
 */

namespace
{

constexpr int n_faces = 3;
constexpr int n_classes = 2;
constexpr int per_tensor = 2; /* numbers of a parameter that are moved */
constexpr double step = 1e-4;

/* Every kind of block, and widths that the kernels' groups of channels do not divide. */
const LikenessVariant tiny
    = {"tiny", "tiny", "Tiny", {1, 1, 2, 1}, {8, 12, 24, 32}, 2, 0};
const LikenessVariant tiny_low_rank
    = {"tiny-low-rank", "tiny", "Tiny", {1, 1, 2, 1}, {8, 12, 24, 32}, 2, 0.5};

struct Net
{
  LikenessWeights *weights;
  std::vector<at::Tensor> parameters; /* double */
  std::unique_ptr<likeness::EdgeNext> network;
  at::Tensor faces, head, labels, targets;
  LikenessStageOptions options = {};
};

at::Tensor
make_numbers (at::IntArrayRef shape, guint32 stream, double scale)
{
  int64_t n = 1;
  for (int64_t length : shape)
    n *= length;
  g_autofree float *numbers
      = likeness_test_make_numbers (static_cast<gsize> (n), stream, scale);
  return at::from_blob (numbers, shape, at::kFloat).to (at::kDouble);
}

void
set_up (Net *self, gconstpointer variant)
{
  new (self) Net ();
  self->weights
      = likeness_test_make_weights (static_cast<const LikenessVariant *> (variant));
  std::map<std::string, at::Tensor> by_name;
  for (guint i = 0; i < self->weights->tensors->len; i++)
    {
      auto *tensor = static_cast<LikenessTensor *> (self->weights->tensors->pdata[i]);
      at::Tensor value
          = at::from_blob (tensor->data, at::IntArrayRef (tensor->shape, tensor->n_dims),
                           at::kFloat)
                .to (at::kDouble);
      value.requires_grad_ (true);
      self->parameters.push_back (value);
      by_name[tensor->name] = value;
    }
  self->network = std::make_unique<likeness::EdgeNext> (
      *self->weights->variant,
      [&] (const std::string &name) { return by_name.at (name); }, at::kCPU);
  g_autofree guint8 *bytes = likeness_test_make_faces (n_faces);
  self->faces
      = at::from_blob (bytes, {n_faces, LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE, 3},
                       at::kByte)
            .to (at::kDouble);
  self->head = make_numbers ({n_classes, LIKENESS_EMBEDDING_SIZE}, 2000, 0.1);
  self->head.requires_grad_ (true);
  self->targets = make_numbers ({n_faces, LIKENESS_EMBEDDING_SIZE}, 3000, 1);
  self->labels = at::tensor ({0, 1, 0}, at::kLong);
  self->options.all_layers = TRUE;
  self->options.margin_kind = LIKENESS_MARGIN_ARCFACE;
  self->options.margin = 0.5f;
  self->options.scale = 16;
  self->options.label_smoothing = 0.1f;
  self->options.similarity_weight = 3;
}

void
tear_down (Net *self, gconstpointer)
{
  likeness_weights_unref (self->weights);
  self->~Net ();
}

at::Tensor
measure_loss (const Net *self, const at::Tensor &embeddings)
{
  return likeness::compute_loss (self->options, self->head, embeddings, self->labels,
                                 self->targets)
      .total;
}

double
measure_moved (const Net *self, const at::Tensor &parameter, int64_t at, double by)
{
  at::NoGradGuard no_grad;
  double *number = parameter.mutable_data_ptr<double> () + at;
  double before = *number;
  *number = before + by;
  double loss = measure_loss (self, self->network->forward (self->faces, at::kDouble))
                    .item<double> ();
  *number = before;
  return loss;
}

void
test_differences (Net *self, gconstpointer)
{
  at::AutoGradMode mode (true);
  std::vector<at::Tensor> all = self->parameters;
  all.push_back (self->head);
  std::vector<at::Tensor> gradients = torch::autograd::grad (
      {measure_loss (self, self->network->forward (self->faces, at::kDouble))}, all);
  double worst = 0;
  guint n = 0;
  for (size_t i = 0; i < all.size (); i++)
    {
      at::Tensor gradient = gradients[i].contiguous ();
      int64_t size = gradient.numel ();
      /* A number alone may be next to nothing beside its neighbours. */
      double usual = gradient.norm ().item<double> () / std::sqrt (size);
      for (int64_t k = 0; k < per_tensor && k < size; k++, n++)
        {
          int64_t at = (size - 1) * k / MAX (1, MIN (size, per_tensor) - 1);
          double expected = (measure_moved (self, all[i], at, step)
                             - measure_moved (self, all[i], at, -step))
                            / (2 * step);
          double found = gradient.const_data_ptr<double> ()[at];
          worst = MAX (worst, std::fabs (found - expected)
                                  / (std::fabs (expected) + usual + 1e-6));
        }
    }
  g_test_message ("%u numbers, at worst %.2g apart", n, worst);
  g_assert_cmpfloat (worst, <, 1e-6);
}

/* The processor's own way, in float32. */
void
test_kernels (Net *self, gconstpointer)
{
  at::AutoGradMode mode (true);
  at::Tensor embeddings = self->network->forward (self->faces, at::kDouble);
  std::vector<at::Tensor> ends = self->parameters;
  ends.push_back (embeddings);
  std::vector<at::Tensor> gradients
      = torch::autograd::grad ({measure_loss (self, embeddings)}, ends);
  at::Tensor change = gradients.back ().to (at::kFloat).contiguous ();
  at::Tensor faces = self->faces.to (at::kFloat).contiguous ();
  std::vector<float> out (n_faces * LIKENESS_EMBEDDING_SIZE);

  g_autoptr (LikenessForward) forward = likeness_forward_new (
      self->weights->variant, self->weights->tensors, likeness_kernels_get (), 2, TRUE);
  g_autoptr (LikenessTape) tape = likeness_tape_new ();
  g_assert_true (likeness_tape_forward (tape, forward, faces.const_data_ptr<float> (),
                                        n_faces, 2, out.data ()));
  double apart
      = (at::from_blob (out.data (), embeddings.sizes (), at::kFloat).to (at::kDouble)
         - embeddings.detach ())
            .abs ()
            .max ()
            .item<double> ();
  g_assert_cmpfloat (apart, <, 1e-4);

  std::vector<at::Tensor> found;
  std::vector<float *> places;
  for (const at::Tensor &parameter : self->parameters)
    {
      found.push_back (at::zeros (parameter.sizes (), at::kFloat));
      places.push_back (found.back ().mutable_data_ptr<float> ());
    }
  likeness_tape_backward (tape, change.const_data_ptr<float> (), self->weights->tensors,
                          places.data ());
  double worst = 0;
  for (size_t i = 0; i < found.size (); i++)
    worst = MAX (worst, ((found[i].to (at::kDouble) - gradients[i]).norm ()
                         / (gradients[i].norm () + 1e-6))
                            .item<double> ());
  g_test_message ("embeddings %.2g apart, gradients at worst %.2g", apart, worst);
  g_assert_cmpfloat (worst, <, 1e-4);
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, nullptr);
  /* So small a network is quicker without others to wait for. */
  at::set_num_threads (1);
#define ADD(name, variant, test)                                                         \
  g_test_add ("/gradients/" name, Net, &variant, set_up, test, tear_down)
  ADD ("differences/whole", tiny, test_differences);
  ADD ("differences/low-rank", tiny_low_rank, test_differences);
  ADD ("kernels/whole", tiny, test_kernels);
  ADD ("kernels/low-rank", tiny_low_rank, test_kernels);
#undef ADD
  return g_test_run ();
}
