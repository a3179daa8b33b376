/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-checkpoint.hpp"

#include <cmath>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <ATen/core/Dict.h>
#include <ATen/core/ivalue.h>
#include <c10/core/GradMode.h>
#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/serialization/pickler.h>

#include "likeness-torch-guard.hpp"
#include "likeness-torch-net.hpp"
#include "likeness-torch-optimizer.hpp"

namespace likeness
{

namespace
{

using Dict = c10::impl::GenericDict;

Dict
make_dict ()
{
  return Dict (c10::StringType::get (), c10::AnyType::get ());
}

c10::IValue
number_or_none (double value)
{
  return std::isnan (value) ? c10::IValue () : c10::IValue (value);
}

/* A copy of its own, so that exactly its storage is written. */
at::Tensor
detach (const at::Tensor &tensor)
{
  return tensor.detach ().cpu ().clone (at::MemoryFormat::Contiguous);
}

Dict
collect (const LikenessNet &net, const LikenessCheckpointInfo &info)
{
  Dict backbone = make_dict (), head = make_dict (), averages = make_dict (),
       squares = make_dict (), optimizer = make_dict (), subjects = make_dict ();
  for (size_t i = 0; i < net.parameters.size (); i++)
    backbone.insert (net.names[i], detach (net.parameters[i]));
  if (net.head.defined ())
    head.insert ("weight", detach (net.head));
  for (size_t i = 0; i < net.averages.size (); i++)
    {
      std::string name = i + 1 < net.averages.size () ? net.names[i] : LIKENESS_HEAD_NAME;
      averages.insert (name, detach (net.averages[i]));
      squares.insert (name, detach (net.squares[i]));
    }
  optimizer.insert (
      "step", net.steps.defined () ? static_cast<int64_t> (net.steps.item<float> ()) : 0);
  optimizer.insert ("exp_avg", averages);
  optimizer.insert ("exp_avg_sq", squares);
  for (guint i = 0; i < info.n_classes; i++)
    subjects.insert (std::string (info.subjects[i]), static_cast<int64_t> (i));

  Dict all = make_dict ();
  all.insert ("stage", static_cast<int64_t> (info.stage));
  all.insert ("epoch", static_cast<int64_t> (info.epoch));
  all.insert ("backbone_state_dict", backbone);
  all.insert ("arcface_state_dict", head);
  all.insert ("optimizer_state_dict", optimizer);
  all.insert ("val_similarity", number_or_none (info.val_similarity));
  all.insert ("val_accuracy", number_or_none (info.val_accuracy));
  all.insert ("config",
              std::string (info.config_json != nullptr ? info.config_json : ""));
  all.insert ("subject_to_id", subjects);
  all.insert ("num_classes", static_cast<int64_t> (info.n_classes));
  return all;
}

/* A file that is closed whatever happens. A failed write is remembered and told by
 * close(), as the archive cannot be left half-way: its destructor would end the process.
 * It is always a new one: the folder of a resumed run may be a stranger's, where a link
 * would lead the writing to another file and a pipe would wait for its reader. */
class File
{
public:
  explicit File (const char *path) : path_ (path), stream_ (nullptr)
  {
    int file = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0)
      fail (errno);
    stream_ = fdopen (file, "wb");
    if (stream_ == nullptr)
      {
        int code = errno;
        ::close (file);
        fail (code);
      }
  }
  ~File ()
  {
    if (stream_ != nullptr)
      fclose (stream_);
  }
  File (const File &) = delete;
  File &operator= (const File &) = delete;

  size_t write (const void *data, size_t size)
  {
    if (error_ == 0 && fwrite (data, 1, size, stream_) != size)
      error_ = errno;
    return size;
  }

  void close ()
  {
    if (fclose (std::exchange (stream_, nullptr)) != 0 && error_ == 0)
      error_ = errno;
    if (error_ != 0)
      fail (error_);
  }

private:
  const char *path_;
  std::FILE *stream_;
  int error_ = 0;

  [[noreturn]] void fail (int code) const
  {
    g_autofree char *name = g_filename_display_name (path_);
    g_autofree char *sentence = g_strdup_printf (
        _ ("The checkpoint “%s” could not be written: %s. Make room, or "
           "choose another folder for the run."),
        name, g_strerror (code));
    throw Failure (LIKENESS_TORCH_ERROR_FAILED, sentence);
  }
};

/*
 * What torch.save() writes: the pickle, and each storage beside it. Aggregates go without
 * TorchScript's type tags, which torch.load(weights_only=True) refuses.
 */
void
write (File &file, const Dict &dict)
{
  caffe2::serialize::PyTorchStreamWriter archive (
      [&] (const void *data, size_t size) { return file.write (data, size); });
  std::string pickle;
  size_t n_storages = 0;
  torch::jit::Pickler pickler (
      [&] (const char *data, size_t size) { pickle.append (data, size); }, nullptr,
      nullptr, nullptr,
      [&] (const at::Tensor &) { return std::to_string (n_storages++); }, false);
  pickler.protocol ();
  pickler.pushIValue (dict);
  pickler.stop ();
  archive.writeRecord ("data.pkl", pickle.data (), pickle.size ());
  size_t i = 0;
  for (const at::Tensor &tensor : pickler.tensorData ())
    archive.writeRecord ("data/" + std::to_string (i++), tensor.const_data_ptr (),
                         tensor.nbytes ());
  archive.writeEndOfFile ();
}

} // namespace

gboolean
checkpoint_save (LikenessNet *net,
                 const char *path,
                 const LikenessCheckpointInfo *info,
                 GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require_network (*net);
    ThreadScope threads (net->threads);
    c10::NoGradGuard no_grad;
    File file (path);
    write (file, collect (*net, *info));
    file.close ();
    return TRUE;
  });
}

} // namespace likeness
