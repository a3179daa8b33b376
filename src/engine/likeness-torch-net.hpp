/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <memory>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "likeness-edgenext.hpp"
#include "likeness-tape.h"
#include "likeness-torch.h"

namespace likeness
{

class DeviceStep;

struct FreeScript
{
  void operator() (LikenessScript *script) const;
};

} // namespace likeness

/** What stands behind the opaque handle. */
struct _LikenessNet
{
  _LikenessNet ();
  ~_LikenessNet ();

  const LikenessVariant *variant;
  at::Device device{at::kCPU};
  int threads = 1;

  /* The backbone, in the variant's order; leaves of autograd, changed in place. */
  std::vector<std::string> names;
  std::vector<at::Tensor> parameters;
  std::unique_ptr<likeness::EdgeNext> network;

  /* Instead of all that: somebody else's network. */
  std::unique_ptr<LikenessScript, likeness::FreeScript> script;

  /* [n_classes, 512]; undefined before head_new. */
  at::Tensor head;

  /* The train set. Faces as training sees them and, where they differ, the best ones: on
   * the device, or over the caller's memory. */
  at::Tensor probe, best;
  at::Tensor labels, targets;
  gsize n_faces = 0;
  guint32 largest_label = 0;

  /* AdamW: moments of the head or, where all layers learn, of the parameters and then the
   * head. */
  LikenessStageOptions stage;
  bool in_stage = false;
  std::vector<at::Tensor> averages, squares;
  at::Tensor steps;
  /* What the steps have brought since somebody asked. */
  at::Tensor sums;
  /* For steps by libtorch, of the size of the last batch; NULL: none yet. */
  std::unique_ptr<likeness::DeviceStep> device_step;

  /* For steps on the processor; kept from one to the next. */
  struct FreeTape
  {
    void operator() (LikenessTape *tape) const { likeness_tape_free (tape); }
  };
  std::unique_ptr<LikenessTape, FreeTape> tape;
};

namespace likeness
{

/** Sets libtorch's thread count for a scope and puts the caller's back. */
class ThreadScope
{
public:
  explicit ThreadScope (int threads);
  ~ThreadScope ();
  ThreadScope (const ThreadScope &) = delete;
  ThreadScope &operator= (const ThreadScope &) = delete;

private:
  int before_;
};

/** The caller's mistake or an order of calls that makes no sense: throws a Failure. */
void require (bool condition, const char *sentence);

/** Throws a Failure where @net is somebody else's, which can only embed. */
void require_network (const LikenessNet &net);

/** Uint8 faces [n, 112, 112, 3] at @faces, as a tensor over the caller's memory. */
at::Tensor view_faces (const guint8 *faces, gsize n);

/** (transfer full): copies of the backbone's parameters, LikenessTensor in the variant's
 * order. */
GPtrArray *list_parameters (const LikenessNet &net);

/** Bytes that list_parameters() and likeness_forward_new() take at most: the copies, and
 * the matrices, larger than low-rank pairs, there and back with their padding, in float32
 * and in bfloat16. */
double count_packing_bytes (const LikenessNet &net);

LikenessNet *net_new (const LikenessNetOptions *options, GError **error) noexcept;
void net_free (LikenessNet *net) noexcept;
gboolean embed (LikenessNet *net,
                const guint8 *faces,
                gsize n,
                gboolean flip,
                float *embeddings,
                GError **error) noexcept;
gsize get_embed_chunk (const LikenessNet *net) noexcept;
gboolean inspect (LikenessNet *net,
                  const guint8 *faces,
                  gsize n,
                  float *mean_std,
                  float *first,
                  GError **error) noexcept;
GPtrArray *parameters (LikenessNet *net, GError **error) noexcept;

} // namespace likeness
