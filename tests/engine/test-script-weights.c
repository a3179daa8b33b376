/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-weights.h"

#include <string.h>

#include "likeness-test-script.h"
#include "likeness-test-tree.h"
#include "likeness-test-zip.h"
#include "likeness-torch.h"

#define S(text) text, sizeof text - 1
/* A module of TorchScript that has no attributes yet, and one number as a tensor. */
#define MODULE "c__torch__.timm\nNet\n)\x81"
#define TENSOR                                                                           \
  "ctorch._utils\n_rebuild_tensor_v2\n((X\007\0\0\0storagectorch\nFloatStorage\n"        \
  "X\001\0\0\0000X\003\0\0\0cpuK\001tQK\0K\001\x85K\001\x85\211"                         \
  "ccollections\nOrderedDict\n)RtR"

/* As libtorch itself saves a network: modules in modules, names by what holds them. */
static void
test_names (LikenessTestFile *self, gconstpointer data)
{
  static const struct
  {
    const char *variant;
    const char *prefix;
  } cases[] = {{"xxs", "model."}, {"xxs", ""}, {"xs_gamma_06", "module.model."}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const LikenessVariant *variant = likeness_variant_find (cases[i].variant);
      g_autoptr (LikenessWeights) weights = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      likeness_test_script_write_variant (self->path, variant, cases[i].prefix);
      weights = likeness_weights_load (self->path, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (weights->variant == variant);
      g_assert_cmpint (weights->kind, ==, LIKENESS_WEIGHTS_TORCHSCRIPT);
      for (guint k = 0; k < weights->tensors->len; k++)
        {
          const LikenessTensor *tensor = g_ptr_array_index (weights->tensors, k);

          for (gsize n = 0; n < tensor->n; n++)
            g_assert_cmpfloat (tensor->data[n], ==,
                               likeness_test_script_get_number (k, n));
        }
      text = likeness_weights_describe (weights);
      g_assert_nonnull (strstr (text, ", TorchScript, "));
    }
}

static void
assert_refused (const char *path, LikenessTorchError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessWeights) weights = likeness_weights_load (path, NULL, &error);

  g_assert_error (error, LIKENESS_TORCH_ERROR, (gint)code);
  g_assert_null (weights);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
  g_assert_true (code != LIKENESS_TORCH_ERROR_SCRIPT
                 || strstr (error->message, "TorchScript") != NULL);
}

static void
test_stranger (LikenessTestFile *self, gconstpointer data)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "engine", "data", "script.pt", NULL);

  assert_refused (path, LIKENESS_TORCH_ERROR_SCRIPT,
                  "“script.pt” is no EdgeFace: it holds 2 tensors, the first "
                  "“fc.weight”. Choose EdgeFace weights. It is a TorchScript file");
  likeness_test_script_write (self->path, LIKENESS_TEST_SCRIPT_BILINEAR);
  assert_refused (self->path, LIKENESS_TORCH_ERROR_SCRIPT, "torch.jit.freeze");
}

static void
write_script (LikenessTestFile *self, const char *pickle, gsize length)
{
  static const float number[1] = {1};
  const LikenessTestMember members[] = {
      {"net/data.pkl", pickle, length},
      {"net/data/0", number, sizeof number},
      {"net/code/__torch__.py", "import os", 9},
      {"net/constants.pkl", S ("\200\002).")},
  };

  likeness_test_zip_write (self->path, members, G_N_ELEMENTS (members));
}

static void
test_by_hand (LikenessTestFile *self, gconstpointer data)
{
  static const struct
  {
    const char *part;
    const char *pickle;
    gsize length;
  } cases[] = {
      {"it holds 1 tensor, “a”", S ("\200\002" MODULE "}X\001\0\0\0a" TENSOR "sb.")},
      {"it holds 1 tensor, “b.a”",
       S ("\200\002" MODULE "}(X\001\0\0\0nNX\001\0\0\0lK\001\x85X\001\0\0\0b" MODULE
          "}X\001\0\0\0a" TENSOR "sbub.")},
      {"no weights with a name", S ("\200\002" MODULE "}b.")},
      /* What a class packs up its own way stays packed. */
      {"no weights with a name", S ("\200\002" MODULE TENSOR "\x85"
                                    "b.")},
      {"its tensor “b” stands for another one",
       S ("\200\002" MODULE "}(X\001\0\0\0a" TENSOR "q\0X\001\0\0\0bh\0ub.")},
      {"asks for “os.system”", S ("\200\002cos\nsystem\n)\x81}b.")},
      {"makes something of “collections.OrderedDict”",
       S ("\200\002ccollections\nOrderedDict\n)\x81}b.")},
      {"makes something of “torch.Size”", S ("\200\002ctorch\nSize\n)\x81}b.")},
      {"makes something of “__torch__.timm.Net”",
       S ("\200\002c__torch__.timm\nNet\n)R.")},
      {"makes something of “__torch__.timm.Net”",
       S ("\200\002c__torch__.timm\nNet\nK\001\x85\x81.")},
      {"makes no sense", S ("\200\002NN\x81.")},
      {"makes no sense", S ("\200\002" MODULE "}K\001Nsb.")},
      {"holds itself", S ("\200\002" MODULE "q\0}X\001\0\0\0ah\0sb.")},
      {"holds itself", S ("\200\002" MODULE "q\0\x85h\0}X\001\0\0\0aNsb.")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      write_script (self, cases[i].pickle, cases[i].length);
      assert_refused (self->path, LIKENESS_TORCH_ERROR_SCRIPT, cases[i].part);
    }
}

static void
test_long_names (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GString) pickle = g_string_new (NULL);

  g_string_append_len (pickle, S ("\200\002" MODULE "}X\0\004\0\0"));
  for (int i = 0; i < 1024; i++)
    g_string_append_c (pickle, 'a');
  g_string_append_len (pickle, S (MODULE "}X\001\0\0\0b" TENSOR "sbsb."));
  write_script (self, pickle->str, pickle->len);
  assert_refused (self->path, LIKENESS_TORCH_ERROR_SCRIPT, "names without end");
}

/* Code without a module, and a module without code. */
static void
test_halves (LikenessTestFile *self, gconstpointer data)
{
  write_script (self, S ("\200\002}."));
  assert_refused (self->path, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                  "only half of a TorchScript file");
  likeness_test_zip_write_pickle (self->path, S ("\200\002" MODULE "}b."), NULL, 0);
  assert_refused (self->path, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                  "only half of a TorchScript file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, func)                                                                  \
  g_test_add (path, LikenessTestFile, NULL, likeness_test_file_set_up, func,             \
              likeness_test_file_tear_down)
  add ("/script-weights/names/of-modules-in-modules", test_names);
  add ("/script-weights/refuse/no-edgeface", test_stranger);
  add ("/script-weights/refuse/by-hand", test_by_hand);
  add ("/script-weights/refuse/names-without-end", test_long_names);
  add ("/script-weights/refuse/halves", test_halves);
#undef add
  return g_test_run ();
}
