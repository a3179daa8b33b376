/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <exception>
#include <string>

#include <c10/core/Device.h>

#include "likeness-torch.h"

namespace likeness
{

/** A failure that the shim found itself: a code and a whole sentence, translated. */
class Failure : public std::exception
{
public:
  Failure (LikenessTorchError code, std::string sentence);
  const char *what () const noexcept override;
  LikenessTorchError code () const noexcept;

private:
  LikenessTorchError code_;
  std::string sentence_;
};

/**
 * Throws a Failure with LIKENESS_TORCH_ERROR_OUT_OF_MEMORY where @bytes are more than
 * the host has free or the GPU @device has in all: asked before a large allocation, as
 * the kernel promises more than it can keep. Below that a GPU's own allocator says no.
 */
void require_memory (c10::Device device, double bytes);

/** The code of a failure of which libtorch says @text. */
LikenessTorchError classify (const char *text);

/** Turns the exception that is being handled into @error; to be called in a catch block.
 */
void set_error_from_exception (GError **error) noexcept;

/** Runs @body; what it throws becomes @error and the result is @failure. */
template <typename Result, typename Body>
Result
guard (GError **error, Result failure, Body &&body) noexcept
{
  try
    {
      return body ();
    }
  catch (...)
    {
      set_error_from_exception (error);
      return failure;
    }
}

} // namespace likeness
