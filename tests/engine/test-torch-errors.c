/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-net.h"
#include "likeness-types.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const LikenessTorch *torch;

static void
assert_sentence (GError **error, LikenessTorchError code, const char *word)
{
  g_test_message ("%s", (*error)->message);
  g_assert_error (*error, LIKENESS_TORCH_ERROR, (gint)code);
  g_assert_nonnull (strstr ((*error)->message, word));
  g_assert_null (strchr ((*error)->message, '\n'));
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_clear_error (error);
}

/* Whatever went wrong before, the net still works. */
static void
assert_usable (LikenessNet *net)
{
  g_autofree guint8 *face = likeness_test_make_faces (1);
  float e[LIKENESS_EMBEDDING_SIZE];
  g_autoptr (GError) error = NULL;

  torch->embed (net, face, 1, FALSE, e, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (e[0], -0.557785, 1e-4);
}

static void
test_probe (void)
{
  g_autoptr (GError) error = NULL;
  LikenessTorchProbe probe;

  for (int round = 0; round < 2; round++)
    {
      memset (&probe, 0xff, sizeof probe);
      g_assert_true (torch->probe (&probe, &error));
      g_assert_no_error (error);
      g_assert_true (g_ascii_isdigit (probe.version[0]));
      g_assert_cmpuint (probe.n_devices, >=, 1);
      g_assert_cmpuint (probe.n_devices, <=, LIKENESS_TORCH_MAX_DEVICES);
      g_assert_cmpstr (probe.devices[0].kind, ==, "cpu");
      g_assert_cmpint (probe.devices[0].index, ==, -1);
      g_assert_cmpstr (probe.devices[0].name, !=, "");
      g_assert_cmpuint (probe.devices[0].memory_free, >, 0);
      g_assert_cmpuint (probe.devices[0].memory_total, >=, probe.devices[0].memory_free);
      /* Either a GPU or the reason why there is none. */
      g_assert_cmpint (probe.n_devices > 1, ==, probe.cuda_missing[0] == '\0');
    }
  g_test_message ("%s, %s, %s", probe.version, probe.devices[0].name, probe.cuda_missing);
}

static void
test_no_device (void)
{
  g_autoptr (GError) error = NULL;
  LikenessNetOptions options
      = {.variant = likeness_variant_find ("xxs"), .cuda_device = 99, .threads = 1};
  LikenessNet *net = likeness_test_make_net (torch, "xxs");
  LikenessTorchProbe probe;

  g_assert_null (torch->net_new (&options, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_NO_DEVICE, "cuda:99");
  assert_usable (net);

  g_assert_true (torch->probe (&probe, NULL));
  if (probe.n_devices == 1)
    {
      options.cuda_device = 0;
      g_assert_null (torch->net_new (&options, &error));
      g_assert_nonnull (strstr (error->message, probe.cuda_missing));
      assert_sentence (&error, LIKENESS_TORCH_ERROR_NO_DEVICE, "cuda:0");
      assert_usable (net);
    }
  torch->net_free (net);
}

static void
test_wrong_weights (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessWeights) weights
      = likeness_test_make_weights (likeness_variant_find ("xxs"));
  LikenessNetOptions options = {.variant = likeness_variant_find ("xs"),
                                .weights = weights,
                                .cuda_device = -1,
                                .threads = 1};

  g_assert_null (torch->net_new (&options, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "model.stem.0.weight");

  options.variant = weights->variant;
  g_ptr_array_set_size (weights->tensors, 159);
  g_assert_null (torch->net_new (&options, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_BAD_WEIGHTS, "model.head.fc.bias");
}

static void
test_out_of_memory (void)
{
  g_autoptr (GError) error = NULL;
  LikenessNet *net = likeness_test_make_net (torch, "xxs");
  guint8 face = 0;
  guint32 label = 0;

  /* 35 TB: more than any machine has, whatever the kernel promises. */
  g_assert_false (torch->head_new (net, G_MAXUINT, NULL, 1, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "TB");
  assert_usable (net);

  g_assert_false (
      torch->data_load (net, &face, NULL, &label, NULL, G_MAXSIZE / 4096, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "memory");
  assert_usable (net);
  torch->net_free (net);
}

/* Skips a test where a limit of the address space stops nothing, or everything. */
static gboolean
is_limit_felt (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("The sanitizer needs the whole address space.");
  return FALSE;
#else
  if (likeness_test_get_device () < 0)
    return TRUE;
  g_test_skip ("A GPU's memory is not limited so.");
  return FALSE;
#endif
}

/* Where the kernel itself says no, libtorch throws, and that is a sentence as well. */
static void
test_allocation_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LikenessNet *net;
  struct rlimit before;
  struct rlimit limit;
  gboolean done;

  if (!is_limit_felt ())
    return;
  net = likeness_test_make_net (torch, "xxs");
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_AS, &before), ==, 0);
  limit = before;
  limit.rlim_cur
      = g_ascii_strtoull (text, NULL, 10) * (rlim_t)sysconf (_SC_PAGESIZE) + (64 << 20);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
  done = torch->head_new (net, 100000, NULL, 1, &error);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &before), ==, 0);

  g_assert_false (done);
  assert_sentence (&error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "smaller batch");
  assert_usable (net);
  torch->net_free (net);
}

/* A batch whose activations do not fit is a sentence, and a smaller one still works. */
static void
test_batch_too_large (void)
{
  const guint n = 4096;
  const LikenessStageOptions stage = {.all_layers = TRUE, .scale = 16};
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree guint8 *face = likeness_test_make_faces (1);
  g_autofree guint32 *indexes = g_new0 (guint32, n);
  const guint32 label = 0;
  LikenessNet *net;
  LikenessStepResult result;
  struct rlimit before;
  struct rlimit limit;
  gboolean done;

  if (!is_limit_felt ())
    return;
  net = likeness_test_make_net (torch, "base");
  g_assert_true (torch->head_new (net, 2, NULL, 1, &error));
  g_assert_true (torch->data_load (net, face, NULL, &label, NULL, 1, &error));
  g_assert_true (torch->stage_begin (net, &stage, &error));
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_AS, &before), ==, 0);
  limit = before;
  limit.rlim_cur
      = g_ascii_strtoull (text, NULL, 10) * (rlim_t)sysconf (_SC_PAGESIZE) + (2LL << 30);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
  done = torch->step (net, indexes, NULL, n, 0, 0, &result, &error);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &before), ==, 0);
  g_assert_false (done);
  assert_sentence (&error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "smaller");
  g_assert_true (torch->step (net, indexes, NULL, 2, 0, 0, &result, &error));
  g_assert_no_error (error);
  torch->net_free (net);
}

/* On a GPU the batches after one that was too large are recorded as they would have been
 * before it. */
static void
test_graph_after_too_large (void)
{
  const guint n = 1 << 20, usual = 16;
  const LikenessStageOptions stage = {.all_layers = TRUE, .scale = 16};
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *face = likeness_test_make_faces (1);
  g_autofree guint32 *indexes = g_new0 (guint32, n);
  const guint32 label = 0;
  LikenessStepResult result = {0};
  LikenessNet *net;

  net = likeness_test_make_net (torch, "xxs");
  g_assert_true (torch->head_new (net, 2, NULL, 1, &error));
  g_assert_true (torch->data_load (net, face, NULL, &label, NULL, 1, &error));
  g_assert_true (torch->stage_begin (net, &stage, &error));
  g_assert_false (torch->step (net, indexes, NULL, n, 0, 0, &result, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "smaller");
  for (guint i = 0; i < 20 && result.path != LIKENESS_PATH_GRAPH; i++)
    {
      g_assert_true (torch->step (net, indexes, NULL, usual, 0, 0, &result, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (result.path, ==, LIKENESS_PATH_GRAPH);
  torch->net_free (net);
}

/* Nor room for what the kernels make of the weights, or for a copy of them. */
static void
test_little_memory (void)
{
  g_autofree guint8 *face = likeness_test_make_faces (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy_error = NULL;
  g_autoptr (GPtrArray) copies
      = g_ptr_array_new_full (8, (GDestroyNotify)g_ptr_array_unref);
  gboolean full;
  LikenessNet *net;
  g_autofree char *text = NULL;
  struct rlimit before;
  struct rlimit limit;
  float e[LIKENESS_EMBEDDING_SIZE];
  gboolean done;

  if (!is_limit_felt ())
    return;
  net = likeness_test_make_net (torch, "base");
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_AS, &before), ==, 0);
  limit = before;
  limit.rlim_cur
      = g_ascii_strtoull (text, NULL, 10) * (rlim_t)sysconf (_SC_PAGESIZE) + (16 << 20);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
  done = torch->embed (net, face, 1, FALSE, e, &error);
  /* The first may find room that was given back before. */
  do
    {
      GPtrArray *parameters = torch->parameters (net, &copy_error);

      full = parameters == NULL;
      if (!full)
        g_ptr_array_add (copies, parameters);
    }
  while (!full && copies->len < 8);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &before), ==, 0);
  g_assert_false (done);
  assert_sentence (&error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "smaller network");
  g_assert_true (full);
  assert_sentence (&copy_error, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "smaller network");
  g_assert_true (torch->embed (net, face, 1, FALSE, e, &error));
  g_assert_no_error (error);
  torch->net_free (net);
}

static void
test_wrong_order (void)
{
  static const LikenessStageOptions stage = {.all_layers = TRUE, .scale = 64.0f};
  g_autofree guint8 *faces = likeness_test_make_faces (2);
  g_autofree float *numbers
      = likeness_test_make_numbers (2 * LIKENESS_EMBEDDING_SIZE, 2000, 0.1);
  g_autoptr (GError) error = NULL;
  LikenessNet *net = likeness_test_make_net (torch, "xxs");
  LikenessStepResult result;
  guint32 labels[] = {0, 2};
  guint32 indexes[] = {0, 2};
  float cosines[4];

  g_assert_false (torch->head_scores (net, numbers, 1, cosines, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "head");
  g_assert_false (torch->stage_begin (net, &stage, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "head");
  g_assert_false (torch->head_new (net, 0, NULL, 1, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "subjects");
  g_assert_true (torch->head_new (net, 2, NULL, 1, NULL));
  g_assert_false (torch->step (net, indexes, NULL, 1, 0, 0, &result, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "stage");
  g_assert_true (torch->stage_begin (net, &stage, NULL));
  g_assert_false (torch->step (net, indexes, NULL, 1, 0, 0, &result, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "faces");
  g_assert_false (torch->step_head (net, numbers, labels, 1, 0, &result, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "head alone");

  /* A label beyond the head, then an index beyond the faces. */
  g_assert_true (torch->data_load (net, faces, NULL, labels, NULL, 2, NULL));
  g_assert_false (torch->step (net, indexes, NULL, 1, 0, 0, &result, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "subjects");
  labels[1] = 1;
  g_assert_true (torch->data_load (net, faces, NULL, labels, NULL, 2, NULL));
  g_assert_false (torch->step (net, indexes, NULL, 2, 0, 0, &result, &error));
  assert_sentence (&error, LIKENESS_TORCH_ERROR_FAILED, "not loaded");
  g_assert_false (torch->step (net, indexes, NULL, 0, 0, 0, &result, &error));
  g_clear_error (&error);

  g_assert_true (torch->step (net, indexes, NULL, 1, 0, 0, &result, &error));
  g_assert_no_error (error);
  assert_usable (net);
  torch->net_free (net);
}

/* An error may be of no interest to the caller. */
static void
test_no_error_wanted (void)
{
  LikenessNetOptions options
      = {.variant = likeness_variant_find ("xxs"), .cuda_device = 99, .threads = 1};

  g_assert_null (torch->net_new (&options, NULL));
  torch->net_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  torch = likeness_test_open_torch ();
  g_test_add_func ("/torch/probe", test_probe);
  g_test_add_func ("/torch/no-device", test_no_device);
  g_test_add_func ("/torch/wrong-weights", test_wrong_weights);
  g_test_add_func ("/torch/out-of-memory", test_out_of_memory);
  g_test_add_func ("/torch/allocation-refused", test_allocation_refused);
  g_test_add_func ("/torch/batch-too-large", test_batch_too_large);
  if (likeness_test_get_device () >= 0)
    g_test_add_func ("/torch/graph-after-too-large", test_graph_after_too_large);
  g_test_add_func ("/torch/little-memory", test_little_memory);
  g_test_add_func ("/torch/wrong-order", test_wrong_order);
  g_test_add_func ("/torch/no-error-wanted", test_no_error_wanted);
  return g_test_run ();
}
