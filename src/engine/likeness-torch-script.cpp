/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-script.hpp"

#include <cstring>
#include <memory>
#include <string>

#include <ATen/ops/_upsample_bilinear2d_aa.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/isfinite.h>
#include <c10/core/InferenceMode.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

/* Its N_() would be a name of libtorch's. */
#include <glib/gi18n.h>

#include "likeness-tensor.h"
#include "likeness-torch-devices.hpp"
#include "likeness-torch-guard.hpp"
#include "likeness-torch-net.hpp"
#include "likeness-types.h"
#include "likeness-weights-file.h"

struct _LikenessScript
{
  std::string name; /* of the file, for messages */
  at::Device device{at::kCPU};
  int threads = 1;
  torch::jit::Module module;
};

namespace likeness
{

namespace
{

/* Images that go through a script at a time: nothing is known of what it needs for one.
 */
constexpr gsize chunk_size = 32;
/* Side of an image to enlarge; what is larger than a face needs no enlarging. */
constexpr int max_side = 1024;

/* What libtorch reads from: bytes in memory, that nobody can change any more. */
class Program final : public caffe2::serialize::ReadAdapterInterface
{
public:
  explicit Program (GBytes *bytes) : bytes_ (g_bytes_ref (bytes)) {}
  ~Program () override { g_bytes_unref (bytes_); }
  Program (const Program &) = delete;
  Program &operator= (const Program &) = delete;

  size_t size () const override { return g_bytes_get_size (bytes_); }

  size_t read (uint64_t position, void *buffer, size_t n, const char *) const override
  {
    gsize size;
    auto *data = static_cast<const guint8 *> (g_bytes_get_data (bytes_, &size));
    if (position >= size)
      return 0;
    n = MIN (n, size - position);
    memcpy (buffer, data + position, n);
    return n;
  }

private:
  GBytes *bytes_;
};

/* A script answers with its own lines of source; what went wrong is said in one line. */
std::string
find_reason (const std::string &text)
{
  size_t at = text.rfind ("Error: ");
  size_t begin = 0;
  if (at != std::string::npos)
    {
      begin = text.rfind ('\n', at);
      begin = begin == std::string::npos ? 0 : begin + 1;
    }
  std::string line = text.substr (begin, text.find ('\n', begin) - begin);
  g_autofree char *valid = g_utf8_make_valid (line.c_str (), -1);
  return g_strstrip (valid);
}

/* Runs what somebody else wrote: its failure is told as that, with @sentence, which has
 * a place for the file's name. */
template <typename Body>
auto
run (const LikenessScript &script, const char *sentence, Body &&body)
{
  std::string text;
  try
    {
      return body ();
    }
  catch (const c10::Error &failure)
    {
      text = failure.what_without_backtrace ();
    }
  catch (const std::bad_alloc &)
    {
      throw;
    }
  catch (const std::exception &failure)
    {
      text = failure.what ();
    }
  if (classify (text.c_str ()) == LIKENESS_TORCH_ERROR_OUT_OF_MEMORY)
    throw Failure (LIKENESS_TORCH_ERROR_OUT_OF_MEMORY,
                   _ ("There is not enough memory to run this TorchScript file: close "
                      "something, or choose a smaller network."));
  g_autofree char *said = g_strdup_printf (sentence, script.name.c_str ());
  g_autofree char *whole
      /* Translators: a sentence, then libtorch's own words. */
      = g_strdup_printf (_ ("%s Details: %s"), said, find_reason (text).c_str ());
  throw Failure (LIKENESS_TORCH_ERROR_BAD_WEIGHTS, whole);
}

/* What forward() makes of @x: a tensor, or the first of several. */
at::Tensor
call (LikenessScript &script, const at::Tensor &x)
{
  return run (script, _ ("“%s” cannot work on faces: choose another TorchScript file."),
              [&] {
                /* As it was written: what the executor learns from one call would change
                 * the next one's last digits. */
                torch::jit::GraphOptimizerEnabledGuard plain (false);
                c10::IValue result = script.module.forward ({x.to (script.device)});
                if (result.isTuple () && !result.toTupleRef ().elements ().empty ())
                  result = result.toTupleRef ().elements ()[0];
                else if (result.isTensorList () && !result.toTensorVector ().empty ())
                  result = result.toTensorVector ()[0];
                return result.isTensor () ? result.toTensor () : at::Tensor ();
              });
}

std::string
describe (const at::Tensor &tensor)
{
  if (!tensor.defined ())
    return _ ("no tensor");
  g_autofree char *shape
      = tensor.dim () <= LIKENESS_TENSOR_MAX_DIMS
            ? likeness_tensor_format_shape (static_cast<int> (tensor.dim ()),
                                            tensor.sizes ().data ())
            : g_strdup_printf ("%" G_GINT64_FORMAT "-D",
                               static_cast<gint64> (tensor.dim ()));
  return std::string (shape) + " " + c10::toString (tensor.scalar_type ());
}

/* The numbers of @result as float32 in main memory. @wanted says what would have been
 * right. */
at::Tensor
check (const LikenessScript &script,
       const at::Tensor &x,
       const at::Tensor &result,
       bool fits,
       const char *wanted)
{
  if (!fits)
    {
      g_autofree char *sentence = g_strdup_printf (
          _ ("“%s” makes %s of %s, where %s is wanted: choose another TorchScript file."),
          script.name.c_str (), describe (result).c_str (), describe (x).c_str (),
          wanted);
      throw Failure (LIKENESS_TORCH_ERROR_BAD_WEIGHTS, sentence);
    }
  at::Tensor numbers = result.to (at::kFloat);
  if (!at::isfinite (numbers).all ().item<bool> ())
    {
      g_autofree char *sentence = g_strdup_printf (
          _ ("“%s” answers with numbers that are not finite: choose another TorchScript "
             "file."),
          script.name.c_str ());
      throw Failure (LIKENESS_TORCH_ERROR_NOT_FINITE, sentence);
    }
  return numbers;
}

bool
is_real (const at::Tensor &tensor)
{
  return tensor.defined () && at::isFloatingType (tensor.scalar_type ());
}

void
enlarge_chunk (LikenessScript &script,
               const guint8 *images,
               int64_t n,
               int width,
               int height,
               guint8 *faces)
{
  constexpr int64_t size = LIKENESS_FACE_SIZE;
  at::Tensor x
      = at::from_blob (const_cast<guint8 *> (images), {n, height, width, 3}, at::kByte)
            .permute ({0, 3, 1, 2})
            .to (at::kFloat)
            .contiguous ()
            .div_ (255);
  at::Tensor y = call (script, x);
  bool fits = is_real (y) && y.dim () == 4 && y.size (0) == n && y.size (1) == 3
              && y.size (2) > 0 && y.size (3) > 0;
  y = check (script, x, y, fits, "[n, 3, height, width] Float").clamp (0, 1);
  if (y.size (2) != size || y.size (3) != size)
    y = at::_upsample_bilinear2d_aa (y, {size, size}, false);
  y = y.mul (255).round ().clamp (0, 255).to (at::kByte);
  y = y.permute ({0, 2, 3, 1}).cpu ().contiguous ();
  memcpy (faces, y.const_data_ptr<uint8_t> (), y.nbytes ());
}

void
embed_chunk (
    LikenessScript &script, const guint8 *faces, int64_t n, bool flip, float *embeddings)
{
  at::Tensor x = view_faces (faces, n).permute ({0, 3, 1, 2}).to (at::kFloat);
  x = x.contiguous ().div_ (127.5).sub_ (1);
  if (flip)
    x = x.flip (3);
  at::Tensor e = call (script, x);
  bool fits = is_real (e) && e.dim () == 2 && e.size (0) == n
              && e.size (1) == LIKENESS_EMBEDDING_SIZE;
  e = check (script, x, e, fits, "[n, 512] Float").cpu ().contiguous ();
  memcpy (embeddings, e.const_data_ptr<float> (), e.nbytes ());
}

} // namespace

LikenessScript *
script_open (GBytes *program,
             const char *name,
             int cuda_device,
             int threads,
             GError **error) noexcept
{
  return guard (error, static_cast<LikenessScript *> (nullptr), [&] {
    auto script = std::make_unique<LikenessScript> ();
    script->name = name;
    script->device = find_device (cuda_device);
    script->threads = MAX (1, threads);
    ThreadScope scope (script->threads);
    run (*script,
         _ ("“%s” cannot be opened as TorchScript: in Python, save the network with "
            "torch.jit.save()."),
         [&] {
           script->module
               = torch::jit::load (std::make_shared<Program> (program), script->device);
           script->module.eval ();
         });
    return script.release ();
  });
}

void
script_free (LikenessScript *script) noexcept
{
  delete script;
}

gboolean
script_enlarge (LikenessScript *script,
                const guint8 *images,
                gsize n,
                int width,
                int height,
                guint8 *faces,
                GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    if (width < 1 || height < 1 || width > max_side || height > max_side)
      throw Failure (
          LIKENESS_TORCH_ERROR_FAILED,
          _ ("An image of this size cannot be enlarged: choose a smaller one."));
    ThreadScope scope (script->threads);
    c10::InferenceMode mode;
    gsize bytes = static_cast<gsize> (width) * height * 3;
    for (gsize start = 0; start < n; start += chunk_size)
      enlarge_chunk (*script, images + start * bytes,
                     static_cast<int64_t> (MIN (chunk_size, n - start)), width, height,
                     faces + start * LIKENESS_FACE_BYTES);
    return TRUE;
  });
}

LikenessNet *
net_open_script (const char *path, int cuda_device, int threads, GError **error) noexcept
{
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, error);
  g_autoptr (GBytes) program
      = file != nullptr ? likeness_weights_file_read_program (file, nullptr, error)
                        : nullptr;
  LikenessScript *script = nullptr;
  if (program != nullptr)
    script = script_open (program, file->name, cuda_device, threads, error);
  if (script == nullptr)
    return nullptr;
  return guard (error, static_cast<LikenessNet *> (nullptr), [&] {
    decltype (LikenessNet::script) owned (script);
    auto net = std::make_unique<LikenessNet> ();
    net->device = script->device;
    net->threads = script->threads;
    net->script = std::move (owned);
    return net.release ();
  });
}

void
embed_by_script (
    LikenessScript &script, const guint8 *faces, gsize n, bool flip, float *embeddings)
{
  ThreadScope scope (script.threads);
  c10::InferenceMode mode;
  for (gsize start = 0; start < n; start += chunk_size)
    embed_chunk (script, faces + start * LIKENESS_FACE_BYTES,
                 static_cast<int64_t> (MIN (chunk_size, n - start)), flip,
                 embeddings + start * LIKENESS_EMBEDDING_SIZE);
}

} // namespace likeness
