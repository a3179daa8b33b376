/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <string.h>

#include "likeness-error.h"
#include "likeness-image.h"
#include "likeness-test-script.h"
#include "likeness-test-tree.h"
#include "likeness-torch.h"
#include "likeness-types.h"
#include "likeness-weights-file.h"

#define SIDE 28
#define N_IMAGES 40 /* more than go through at a time */

static const LikenessTorch *torch;

typedef struct
{
  char *root;
  char *path;
  guint8 *pixels;
  guint8 *faces;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  self->root = likeness_test_tree_new ();
  self->path = g_build_filename (self->root, "net.pt", NULL);
  self->pixels = g_malloc (N_IMAGES * SIDE * SIDE * 3);
  self->faces = g_malloc (N_IMAGES * LIKENESS_FACE_BYTES);
  for (gsize i = 0; i < N_IMAGES * SIDE * SIDE * 3; i++)
    self->pixels[i] = (guint8)g_rand_int_range (random, 0, 256);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->path);
  g_free (self->pixels);
  g_free (self->faces);
}

static LikenessScript *
open_file (const char *path, int cuda_device, GError **error)
{
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, error);
  g_autoptr (GBytes) program
      = file != NULL ? likeness_weights_file_read_program (file, NULL, error) : NULL;

  return program != NULL ? torch->script_open (program, file->name, cuda_device, 1, error)
                         : NULL;
}

static LikenessScript *
open_script (Fixture *self, const char *methods)
{
  g_autoptr (GError) error = NULL;
  LikenessScript *script;

  likeness_test_script_write (self->path, methods);
  script = open_file (self->path, -1, &error);
  g_assert_no_error (error);
  return script;
}

static void
enlarge (Fixture *self, const char *methods, gsize n)
{
  LikenessScript *script = open_script (self, methods);
  g_autoptr (GError) error = NULL;

  torch->script_enlarge (script, self->pixels, n, SIDE, SIDE, self->faces, &error);
  g_assert_no_error (error);
  torch->script_free (script);
}

/* The largest difference to what we enlarge ourselves, as Pillow does. */
static int
compare (Fixture *self, gsize n)
{
  int largest = 0;

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (LikenessImage) small = likeness_image_new (SIDE, SIDE);
      g_autoptr (LikenessImage) large = NULL;

      memcpy (small->pixels, self->pixels + i * SIDE * SIDE * 3, SIDE * SIDE * 3);
      large = likeness_image_resize_bilinear (small, LIKENESS_FACE_SIZE,
                                              LIKENESS_FACE_SIZE);
      for (gsize k = 0; k < LIKENESS_FACE_BYTES; k++)
        largest = MAX (largest, ABS ((int)large->pixels[k]
                                     - self->faces[i * LIKENESS_FACE_BYTES + k]));
    }
  return largest;
}

static void
test_bilinear (Fixture *self, gconstpointer data)
{
  enlarge (self, LIKENESS_TEST_SCRIPT_BILINEAR, N_IMAGES);
  g_assert_cmpint (compare (self, N_IMAGES), <=, 1);
  /* What we resize is what the script leaves. */
  enlarge (self, "def forward(self, x):\n    return x\n", N_IMAGES);
  g_assert_cmpint (compare (self, N_IMAGES), <=, 1);
}

/* Of several answers the first counts. */
static void
test_several (Fixture *self, gconstpointer data)
{
  enlarge (self, "def forward(self, x):\n    return (x, 1 - x)\n", 3);
  g_assert_cmpint (compare (self, 3), <=, 1);
  enlarge (self, "def forward(self, x):\n    return [x, 1 - x]\n", 3);
  g_assert_cmpint (compare (self, 3), <=, 1);
}

/* An image that is wider than high arrives as that, in RGB. */
static void
test_layout (Fixture *self, gconstpointer data)
{
  static const guint8 image[2 * 1 * 3] = {255, 0, 51, 255, 0, 51};
  LikenessScript *script
      = open_script (self, "def forward(self, x):\n"
                           "    assert list(x.shape) == [1, 3, 1, 2]\n"
                           "    y = torch.stack([x[:, 0], x[:, 1] - 7, x[:, 2] * 2], 1)\n"
                           "    return y.repeat([1, 1, 224, 112]) * 1.002\n");
  g_autoptr (GError) error = NULL;

  torch->script_enlarge (script, image, 1, 2, 1, self->faces, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < LIKENESS_FACE_BYTES; i += 3)
    {
      g_assert_cmpint (self->faces[i], ==, 255);
      g_assert_cmpint (self->faces[i + 1], ==, 0);
      g_assert_cmpint (self->faces[i + 2], ==, 102);
    }
  torch->script_free (script);
}

static void
assert_sentence (GError **error, LikenessTorchError code, const char *part)
{
  g_test_message ("%s", (*error)->message);
  g_assert_error (*error, LIKENESS_TORCH_ERROR, (gint)code);
  if (strstr ((*error)->message, part) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, part);
  g_assert_null (strchr ((*error)->message, '\n'));
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_clear_error (error);
}

static void
test_wrong_answers (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *body;
    LikenessTorchError code;
    const char *part;
  } cases[] = {
      {"return x[:, :1]", LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
       "“net.pt” makes [2, 1, 28, 28] Float of [2, 3, 28, 28] Float, where [n, 3, "
       "height, width] Float is wanted"},
      {"return x[0]", LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "makes [3, 28, 28] Float"},
      {"return x[:1]", LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "makes [1, 3, 28, 28] Float"},
      {"return x[:, :, :0]", LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "makes [2, 3, 0, 28]"},
      {"return (255 * x).long()", LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "Long of"},
      {"return 'a picture'", LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "makes no tensor of"},
      {"y: List[Tensor] = []\n    return y", LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
       "makes no tensor of"},
      {"return x / (x - x)", LIKENESS_TORCH_ERROR_NOT_FINITE, "not finite"},
      {"return x + torch.zeros([5])", LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
       "“net.pt” cannot work on faces: choose another TorchScript file. Details: "
       "RuntimeError: The size of tensor a (28) must match"},
      {"assert x.size(0) == 0, 'not\\ntoday'\n    return x",
       LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "Details: "},
      {"return torch.zeros([1 << 42])", LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "memory"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *methods
          = g_strdup_printf ("def forward(self, x):\n    %s\n", cases[i].body);
      LikenessScript *script = open_script (self, methods);
      g_autoptr (GError) error = NULL;

      for (int round = 0; round < 2; round++)
        {
          g_assert_false (torch->script_enlarge (script, self->pixels, 2, SIDE, SIDE,
                                                 self->faces, &error));
          assert_sentence (&error, cases[i].code, cases[i].part);
        }
      torch->script_free (script);
    }
  /* Whatever went wrong before, the process still works. */
  test_bilinear (self, NULL);
}

static void
test_no_forward (Fixture *self, gconstpointer data)
{
  LikenessScript *script = open_script (self, "def backward(self, x):\n    return x\n");
  g_autoptr (GError) error = NULL;

  g_assert_false (
      torch->script_enlarge (script, self->pixels, 1, SIDE, SIDE, self->faces, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "forward");
  torch->script_free (script);
  script = open_script (self, "def forward(self, x, scale: int):\n    return x\n");
  g_assert_false (
      torch->script_enlarge (script, self->pixels, 1, SIDE, SIDE, self->faces, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "scale");
  g_assert_false (
      torch->script_enlarge (script, self->pixels, 1, 0, SIDE, self->faces, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "size");
  torch->script_free (script);
}

static void
assert_unopened (const char *path, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_file (path, -1, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_BAD_WEIGHTS, part);
}

static void
test_files (Fixture *self, gconstpointer data)
{
  g_autofree char *old
      = g_test_build_filename (G_TEST_DIST, "engine", "data", "old.pt", NULL);
  g_autofree char *values
      = g_test_build_filename (G_TEST_DIST, "engine", "data", "values-2.pt", NULL);
  g_autofree char *contents = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_assert_null (open_file ("/nowhere/net.pt", -1, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_unopened (old, "“old.pt” was written by an old PyTorch");
  assert_unopened (values, "“values-2.pt” cannot be opened as TorchScript: in Python, "
                           "save the network with torch.jit.save(). Details: ");
  assert_unopened (self->root, "is a folder");

  likeness_test_script_write (self->path, LIKENESS_TEST_SCRIPT_BILINEAR);
  g_assert_null (open_file (self->path, 99, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NO_DEVICE);
  g_clear_error (&error);
  g_file_get_contents (self->path, &contents, &length, &error);
  g_assert_no_error (error);
  for (gsize i = 1; i < 8; i++)
    {
      g_file_set_contents (self->path, contents, (gssize)(length * i / 8), &error);
      g_assert_no_error (error);
      assert_unopened (self->path, "“net.pt”");
    }
}

/* Columns of the left half, the right half, and the third channel, and a mark that the
 * network is not training. */
#define EMBED                                                                            \
  "def forward(self, x):\n"                                                              \
  "    left = x[:, 0, :, :56].mean([1, 2])\n"                                            \
  "    right = x[:, 0, :, 56:].mean([1, 2])\n"                                           \
  "    blue = x[:, 2].mean([1, 2])\n"                                                    \
  "    mark = torch.full_like(left, 1.0 if self.training else 2.0)\n"                    \
  "    rows = torch.stack([left, right, blue, mark], 1)\n"                               \
  "    return torch.cat([rows, torch.zeros([x.size(0), 508])], 1)\n"

static LikenessNet *
open_net (Fixture *self, const char *methods)
{
  g_autoptr (GError) error = NULL;
  LikenessNet *net;

  likeness_test_script_write (self->path, methods);
  net = torch->net_open_script (self->path, -1, 1, &error);
  g_assert_no_error (error);
  return net;
}

static void
test_embed (Fixture *self, gconstpointer data)
{
  LikenessNet *net = open_net (self, EMBED);
  g_autofree float *rows = g_new (float, N_IMAGES *LIKENESS_EMBEDDING_SIZE);
  g_autofree float *mirrored = g_new (float, N_IMAGES *LIKENESS_EMBEDDING_SIZE);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < N_IMAGES * LIKENESS_FACE_BYTES; i++)
    self->faces[i] = (guint8)(i % 3 == 2                        ? i / LIKENESS_FACE_BYTES
                              : i / 3 % LIKENESS_FACE_SIZE < 56 ? 255
                                                                : 0);
  torch->embed (net, self->faces, N_IMAGES, FALSE, rows, &error);
  g_assert_no_error (error);
  torch->embed (net, self->faces, N_IMAGES, TRUE, mirrored, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < N_IMAGES; i++)
    {
      const float *row = rows + i * LIKENESS_EMBEDDING_SIZE;
      const float *other = mirrored + i * LIKENESS_EMBEDDING_SIZE;

      g_assert_cmpfloat_with_epsilon (row[0], 1, 1e-5);
      g_assert_cmpfloat_with_epsilon (row[1], -1, 1e-5);
      g_assert_cmpfloat_with_epsilon (row[2], (double)i / 127.5 - 1, 1e-5);
      g_assert_cmpfloat (row[3], ==, 2);
      g_assert_cmpfloat_with_epsilon (other[0], -1, 1e-5);
      g_assert_cmpfloat_with_epsilon (other[1], 1, 1e-5);
    }
  torch->net_free (net);

  net = open_net (self, "def forward(self, x):\n    return x.flatten(1)\n");
  g_assert_false (torch->embed (net, self->faces, 1, FALSE, rows, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                   "“net.pt” makes [1, 37632] Float of [1, 3, 112, 112] Float, where "
                   "[n, 512] Float is wanted");
  torch->net_free (net);
}

/* Whatever else a net does is refused, not tried. */
static void
test_only_embeds (Fixture *self, gconstpointer data)
{
  LikenessNet *net = open_net (self, EMBED);
  const LikenessStageOptions stage = {.scale = 64};
  const LikenessCheckpointInfo info = {.config_json = "{}"};
  guint32 label = 0;
  float numbers[5 * 8];
  LikenessStepResult result;
  g_autoptr (GError) error = NULL;

  g_assert_false (torch->inspect (net, self->faces, 1, numbers, numbers, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "can only be judged");
  g_assert_null (torch->parameters (net, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "can only be judged");
  g_assert_false (torch->checkpoint_save (net, self->path, &info, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "can only be judged");
  g_assert_true (torch->head_new (net, 2, NULL, 1, &error));
  g_assert_true (torch->data_load (net, self->faces, NULL, &label, NULL, 1, &error));
  g_assert_no_error (error);
  g_assert_false (torch->stage_begin (net, &stage, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "can only be judged");
  g_assert_false (torch->step (net, &label, NULL, 1, 0.1f, 0.1f, &result, &error));
  g_assert_nonnull (error);
  torch->net_free (net);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  likeness_torch_prepare ();
  g_test_init (&argc, &argv, NULL);
  torch = likeness_torch_load (&error);
  g_assert_no_error (error);
#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  add ("/torch-script/enlarge/bilinear-is-ours", test_bilinear);
  add ("/torch-script/enlarge/first-of-several", test_several);
  add ("/torch-script/enlarge/layout-and-range", test_layout);
  add ("/torch-script/enlarge/wrong-answers", test_wrong_answers);
  add ("/torch-script/enlarge/no-forward", test_no_forward);
  add ("/torch-script/open/files", test_files);
  add ("/torch-script/embed/in-evaluation-mode", test_embed);
  add ("/torch-script/embed/and-nothing-else", test_only_embeds);
#undef add
  return g_test_run ();
}
