/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* Writes a TorchScript file, for tests: likeness-make-script FILE METHODS [NAME=SHAPE...]
 *
 * METHODS is TorchScript's own language, the methods of the module. Each NAME=SHAPE, as
 * "model.stem.0.weight=24,3,4,4", becomes a parameter of the module that its name leads
 * to. Its numbers are those of likeness_test_script_get_number(). */

#include <cstdlib>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <ATen/ops/empty.h>
#include <torch/csrc/jit/api/module.h>

namespace
{

using torch::jit::Module;

std::vector<std::string>
split (const std::string &text, char separator)
{
  std::vector<std::string> parts;
  std::istringstream stream (text);
  std::string part;

  while (std::getline (stream, part, separator))
    parts.push_back (part);
  return parts;
}

class Maker
{
public:
  Module make ()
  {
    Module module (name_, unit_, true);
    module.register_attribute ("training", c10::BoolType::get (), true);
    return module;
  }

  /* "a.b.weight=2,3", the parameter number @position. */
  void add (const Module &root, const std::string &text, int64_t position)
  {
    std::vector<std::string> sides = split (text, '=');
    std::vector<std::string> names = split (sides.at (0), '.');
    std::vector<int64_t> shape;
    Module module = root;

    for (const std::string &size : split (sides.size () > 1 ? sides[1] : "", ','))
      shape.push_back (std::stoll (size));
    for (size_t i = 0; i + 1 < names.size (); i++)
      {
        if (!module.hasattr (names[i]))
          module.register_module (names[i], make ());
        module = module.attr (names[i]).toModule ();
      }
    at::Tensor tensor = at::empty (shape);
    float *numbers = tensor.data_ptr<float> ();
    for (int64_t k = 0; k < tensor.numel (); k++)
      numbers[k] = static_cast<float> ((31 * position + k) % 101 - 50) / 1000;
    module.register_parameter (names.back (), tensor, false);
  }

private:
  c10::QualifiedName name_{"__torch__.Network"};
  std::shared_ptr<torch::jit::CompilationUnit> unit_
      = std::make_shared<torch::jit::CompilationUnit> ();
};

} // namespace

int
main (int argc, char **argv)
{
  try
    {
      if (argc < 3)
        throw std::runtime_error ("likeness-make-script FILE METHODS [NAME=SHAPE...]");
      Maker maker;
      Module root = maker.make ();
      for (int i = 3; i < argc; i++)
        maker.add (root, argv[i], i - 3);
      root.define (argv[2]);
      root.save (argv[1]);
      return EXIT_SUCCESS;
    }
  catch (const std::exception &failure)
    {
      std::cerr << failure.what () << std::endl;
      return EXIT_FAILURE;
    }
}
