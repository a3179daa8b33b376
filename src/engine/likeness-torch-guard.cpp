/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-guard.hpp"

#include <new>
#include <stdexcept>

#include <glib/gi18n.h>

#include <c10/util/Exception.h>

#include "likeness-memory.h"
#include "likeness-torch-devices.hpp"

namespace likeness
{

Failure::Failure (LikenessTorchError code, std::string sentence)
    : code_ (code), sentence_ (std::move (sentence))
{
}

const char *
Failure::what () const noexcept
{
  return sentence_.c_str ();
}

LikenessTorchError
Failure::code () const noexcept
{
  return code_;
}

namespace
{

const char *
describe (LikenessTorchError code)
{
  switch (code)
    {
    case LIKENESS_TORCH_ERROR_OUT_OF_MEMORY:
      return _ (
          "There is not enough memory for this: choose a smaller batch or a smaller "
          "network.");
    case LIKENESS_TORCH_ERROR_NO_DEVICE:
      return _ ("The GPU does not answer: train on the CPU, or check its driver.");
    case LIKENESS_TORCH_ERROR_BAD_WEIGHTS:
    case LIKENESS_TORCH_ERROR_SCRIPT:
    case LIKENESS_TORCH_ERROR_UNTRUSTED:
    case LIKENESS_TORCH_ERROR_NOT_FINITE:
    case LIKENESS_TORCH_ERROR_MISSING:
    case LIKENESS_TORCH_ERROR_FAILED:
    default:
      return _ ("libtorch could not carry this out.");
    }
}

void
set (GError **error, LikenessTorchError code, const char *text)
{
  /* The first line says it; what follows is a stack of C++ frames. */
  g_auto (GStrv) lines = g_strsplit (text != nullptr ? text : "", "\n", 2);
  g_autofree char *line
      = g_utf8_make_valid (lines[0] != nullptr ? g_strstrip (lines[0]) : "", -1);
  if (line[0] != '\0')
    /* Translators: a sentence, then libtorch's own words. */
    g_set_error (error, LIKENESS_TORCH_ERROR, code, _ ("%s Details: %s"), describe (code),
                 line);
  else
    g_set_error_literal (error, LIKENESS_TORCH_ERROR, code, describe (code));
}

} // namespace

/* CUDA's failures and a full main memory arrive as plain c10 errors: their text tells. */
LikenessTorchError
classify (const char *text)
{
  if (strstr (text, "DefaultCPUAllocator") != nullptr
      || strstr (text, "out of memory") != nullptr
      || strstr (text, "Storage size calculation overflowed") != nullptr)
    return LIKENESS_TORCH_ERROR_OUT_OF_MEMORY;
  if (strstr (text, "CUDA") != nullptr || strstr (text, "NVIDIA") != nullptr)
    return LIKENESS_TORCH_ERROR_NO_DEVICE;
  return LIKENESS_TORCH_ERROR_FAILED;
}

void
require_memory (c10::Device device, double bytes)
{
  /* What a GPU has free says little: libtorch keeps what it once had for the next one who
   * asks. Its allocator says no by itself, but only after the host has been filled. */
  double free
      = device.is_cpu () ? likeness_memory_get_free ("/") : get_device_memory (device);
  if (free <= 0 || bytes <= free)
    return;

  g_autofree char *needed = g_format_size (static_cast<guint64> (MIN (bytes, 1e18)));
  g_autofree char *available = g_format_size (static_cast<guint64> (free));
  g_autofree char *sentence = g_strdup_printf (
      _ ("This needs %s of memory and %s are free: choose a smaller batch, "
         "fewer subjects or a smaller network."),
      needed, available);
  throw Failure (LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, sentence);
}

void
set_error_from_exception (GError **error) noexcept
{
  try
    {
      throw;
    }
  catch (const Failure &failure)
    {
      g_set_error_literal (error, LIKENESS_TORCH_ERROR, failure.code (), failure.what ());
    }
  catch (const c10::OutOfMemoryError &failure)
    {
      set (error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, failure.what_without_backtrace ());
    }
  catch (const c10::Error &failure)
    {
      const char *text = failure.what_without_backtrace ();
      set (error, classify (text), text);
    }
  catch (const std::bad_alloc &)
    {
      set (error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, nullptr);
    }
  catch (const std::exception &failure)
    {
      set (error, LIKENESS_TORCH_ERROR_FAILED, failure.what ());
    }
  catch (...)
    {
      set (error, LIKENESS_TORCH_ERROR_FAILED, nullptr);
    }
}

} // namespace likeness
