/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <cmath>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/layer_norm.h>
#include <torch/csrc/autograd/autograd.h>

#include "likeness-torch-normalize.hpp"

/* The kernels of a GPU, carried out on the processor, against libtorch's normalisation.
 */

#define KERNELS(name, channels, input, output) extern const LikenessRowNorm name;
EMULATED_LIST
#undef KERNELS

namespace
{

struct Kind
{
  const LikenessRowNorm *kernels;
  const char *name;
  int64_t channels;
  at::ScalarType input, output;
};

#define KERNELS(name, channels, input, output)                                           \
  {&name, #name, channels, input ? at::kBFloat16 : at::kFloat,                           \
   output ? at::kBFloat16 : at::kFloat},
const Kind kinds[] = {EMULATED_LIST};
#undef KERNELS

/* Between -3 and 3, not about zero. */
at::Tensor
make_numbers (int64_t n_rows, int64_t channels, double step)
{
  return (at::arange (n_rows * channels, at::kFloat) * step)
      .sin ()
      .mul (3)
      .add (0.5)
      .view ({n_rows, channels});
}

double
measure_difference (const at::Tensor &a, const at::Tensor &b)
{
  return (a.to (at::kFloat) - b.to (at::kFloat)).abs ().max ().item<double> ();
}

/* A unit in the last place of numbers below four, where bfloat16 is among them. */
double
get_tolerance (bool rounded)
{
  return rounded ? 0.016 : 1e-5;
}

void
test_values (gconstpointer data)
{
  auto *kind = static_cast<const Kind *> (data);
  bool rounded = kind->input == at::kBFloat16 || kind->output == at::kBFloat16;
  /* One row, an odd number, and more than a block of threads holds. */
  for (int64_t n_rows : {1, 7, 77})
    {
      at::Tensor x = make_numbers (n_rows, kind->channels, 12.9898).to (kind->input);
      at::Tensor dy = make_numbers (n_rows, kind->channels, 78.233).to (kind->output);
      at::Tensor ours = x.clone ().requires_grad_ (true);
      at::Tensor theirs = x.to (at::kFloat).requires_grad_ (true);

      at::Tensor y = likeness::normalize_by (*kind->kernels, ours, kind->output);
      at::Tensor expected = at::layer_norm (theirs, {kind->channels}, {}, {}, 1e-6);
      g_assert_true (y.scalar_type () == kind->output);
      g_assert_cmpfloat (measure_difference (y, expected), <=,
                         get_tolerance (kind->output == at::kBFloat16));

      at::Tensor dx = torch::autograd::grad ({y}, {ours}, {dy})[0];
      at::Tensor back
          = torch::autograd::grad ({expected}, {theirs}, {dy.to (at::kFloat)})[0];
      g_assert_true (dx.scalar_type () == kind->input);
      g_assert_cmpfloat (measure_difference (dx, back), <=, get_tolerance (rounded));
    }
}

/* Dense rows that end where a page begins that nobody may touch. */
class FencedRows
{
public:
  FencedRows (int64_t n_rows, int64_t channels, at::ScalarType type)
  {
    auto page = static_cast<size_t> (sysconf (_SC_PAGESIZE));
    size_t bytes = static_cast<size_t> (n_rows * channels) * c10::elementSize (type);
    size_t inside = (bytes + page - 1) / page * page;
    size_ = inside + page;
    place_ = mmap (nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                   -1, 0);
    g_assert_true (place_ != MAP_FAILED);
    g_assert_cmpint (mprotect (static_cast<char *> (place_) + inside, page, PROT_NONE),
                     ==, 0);
    tensor = at::from_blob (static_cast<char *> (place_) + inside - bytes,
                            {n_rows, channels}, type);
  }
  ~FencedRows () { munmap (place_, size_); }

  at::Tensor tensor;

private:
  void *place_;
  size_t size_;
};

/* Where the last block has threads to spare, none of them looks behind the last row. */
void
test_end (gconstpointer data)
{
  auto *kind = static_cast<const Kind *> (data);
  constexpr int64_t n_rows = 5;
  FencedRows x (n_rows, kind->channels, kind->input),
      dx (n_rows, kind->channels, kind->input);
  FencedRows y (n_rows, kind->channels, kind->output),
      dy (n_rows, kind->channels, kind->output);
  FencedRows scales (n_rows, 1, at::kFloat);
  x.tensor.copy_ (make_numbers (n_rows, kind->channels, 12.9898));
  dy.tensor.copy_ (make_numbers (n_rows, kind->channels, 78.233));
  kind->kernels->forward (kind->kernels, x.tensor.const_data_ptr (),
                          y.tensor.mutable_data_ptr (),
                          scales.tensor.mutable_data_ptr<float> (), n_rows);
  kind->kernels->backward (
      kind->kernels, dy.tensor.const_data_ptr (), y.tensor.const_data_ptr (),
      scales.tensor.const_data_ptr<float> (), dx.tensor.mutable_data_ptr (), n_rows);
  g_assert_true ((scales.tensor > 0).all ().item<bool> ());
  g_assert_true ((dx.tensor != 0).all ().item<bool> ());
}

/* Rows of one number give zeros, and what is not a number stays in its row. */
void
test_odd_rows (gconstpointer data)
{
  auto *kind = static_cast<const Kind *> (data);
  at::Tensor x = make_numbers (4, kind->channels, 12.9898);
  x[0].fill_ (2);
  x[2][1] = NAN;
  at::Tensor y
      = likeness::normalize_by (*kind->kernels, x.to (kind->input), kind->output);
  g_assert_true ((y[0] == 0).all ().item<bool> ());
  g_assert_true (y[1].isfinite ().all ().item<bool> ());
  g_assert_true (y[2].isnan ().all ().item<bool> ());
  g_assert_true (y[3].isfinite ().all ().item<bool> ());
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, nullptr);
  for (const Kind &kind : kinds)
    {
      std::string path = std::string ("/engine/row-norm/") + kind.name;
      g_test_add_data_func ((path + "/values").c_str (), &kind, test_values);
      g_test_add_data_func ((path + "/end").c_str (), &kind, test_end);
      g_test_add_data_func ((path + "/odd-rows").c_str (), &kind, test_odd_rows);
    }
  return g_test_run ();
}
