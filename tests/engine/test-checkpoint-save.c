/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pt-reader.h"
#include "likeness-test-net.h"
#include "likeness-test-tree.h"
#include "likeness-types.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_FACES 8
#define N_CLASSES 3

static const LikenessTorch *torch;
static guint8 *faces; /* N_FACES; networks borrow them */

static const char *const subjects[] = {"007", "008 Ärger", "009"};

static const LikenessStageOptions stage = {
    .all_layers = TRUE,
    .margin = 0.5f,
    .scale = 64.0f,
    .weight_decay = 0.01f,
    .clip_norm = 1.0f,
};

static void
load_data (LikenessNet *net)
{
  guint32 labels[N_FACES];

  for (guint32 i = 0; i < N_FACES; i++)
    labels[i] = i % N_CLASSES;
  g_assert_true (torch->data_load (net, faces, NULL, labels, NULL, N_FACES, NULL));
}

static LikenessNet *
make_learner (void)
{
  g_autofree float *head
      = likeness_test_make_numbers (N_CLASSES * LIKENESS_EMBEDDING_SIZE, 2000, 0.1);
  LikenessNet *net = likeness_test_make_net (torch, "xxs");

  g_assert_true (torch->head_new (net, N_CLASSES, head, 0, NULL));
  g_assert_true (torch->stage_begin (net, &stage, NULL));
  load_data (net);
  return net;
}

static float
step (LikenessNet *net)
{
  static const guint32 indexes[] = {0, 1, 2, 3, 4, 5};
  g_autoptr (GError) error = NULL;
  LikenessStepResult result;

  torch->step (net, indexes, NULL, G_N_ELEMENTS (indexes), 1e-3f, 1e-4f, &result, &error);
  g_assert_no_error (error);
  return result.loss;
}

static LikenessPtValue *
save_and_read (LikenessNet *net, const LikenessCheckpointInfo *info)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "last.pt", NULL);
  LikenessPtValue *value;

  torch->checkpoint_save (net, path, info, &error);
  g_assert_no_error (error);
  value = likeness_pt_reader_read (path, NULL, &error);
  g_assert_no_error (error);
  likeness_test_tree_remove (root);
  return value;
}

static const LikenessPtValue *
member (const LikenessPtValue *dict, const char *key, LikenessPtType type)
{
  const LikenessPtValue *value = likeness_pt_value_lookup (dict, key);

  g_assert_nonnull (value);
  g_assert_cmpint (value->type, ==, type);
  return value;
}

static void
test_contents (void)
{
  const LikenessCheckpointInfo info = {
      .stage = 2,
      .epoch = 7,
      .val_similarity = 0.625,
      .val_accuracy = NAN,
      .config_json = "{\"seed\": 42}",
      .subjects = subjects,
      .n_classes = N_CLASSES,
  };
  LikenessNet *net = make_learner ();

  step (net);
  step (net);
  g_autoptr (GPtrArray) parameters = torch->parameters (net, NULL);
  g_autoptr (LikenessPtValue) all = save_and_read (net, &info);
  g_assert_cmpint (all->type, ==, LIKENESS_PT_DICT);
  g_assert_cmpuint (all->items->len, ==, 10);
  g_assert_cmpint (member (all, "stage", LIKENESS_PT_INT)->integer, ==, 2);
  g_assert_cmpint (member (all, "epoch", LIKENESS_PT_INT)->integer, ==, 7);
  g_assert_cmpint (member (all, "num_classes", LIKENESS_PT_INT)->integer, ==, 3);
  g_assert_cmpfloat (member (all, "val_similarity", LIKENESS_PT_DOUBLE)->number, ==,
                     0.625);
  member (all, "val_accuracy", LIKENESS_PT_NONE);
  g_assert_cmpstr (member (all, "config", LIKENESS_PT_STRING)->string, ==,
                   "{\"seed\": 42}");

  const LikenessPtValue *ids = member (all, "subject_to_id", LIKENESS_PT_DICT);
  g_assert_cmpuint (ids->items->len, ==, N_CLASSES);
  for (int i = 0; i < N_CLASSES; i++)
    g_assert_cmpint (member (ids, subjects[i], LIKENESS_PT_INT)->integer, ==, i);

  const LikenessPtValue *head = member (all, "arcface_state_dict", LIKENESS_PT_DICT);
  const LikenessTensor *weight = member (head, "weight", LIKENESS_PT_TENSOR)->tensor;
  g_assert_cmpint (weight->shape[0], ==, N_CLASSES);
  g_assert_cmpint (weight->shape[1], ==, LIKENESS_EMBEDDING_SIZE);

  const LikenessPtValue *backbone = member (all, "backbone_state_dict", LIKENESS_PT_DICT);
  const LikenessPtValue *optimizer
      = member (all, "optimizer_state_dict", LIKENESS_PT_DICT);
  const LikenessPtValue *average = member (optimizer, "exp_avg", LIKENESS_PT_DICT);
  const LikenessPtValue *square = member (optimizer, "exp_avg_sq", LIKENESS_PT_DICT);
  g_assert_cmpint (member (optimizer, "step", LIKENESS_PT_INT)->integer, ==, 2);
  g_assert_cmpuint (backbone->items->len, ==, 160);
  g_assert_cmpuint (average->items->len, ==, 161);
  g_assert_cmpuint (square->items->len, ==, 161);
  member (average, "arcface.weight", LIKENESS_PT_TENSOR);
  for (guint i = 0; i < parameters->len; i++)
    {
      const LikenessTensor *expected = parameters->pdata[i];
      const LikenessPtValue *key = backbone->keys->pdata[i];
      const LikenessTensor *tensor
          = member (backbone, expected->name, LIKENESS_PT_TENSOR)->tensor;

      g_assert_cmpstr (key->string, ==, expected->name);
      g_assert_cmpint (tensor->n_dims, ==, expected->n_dims);
      g_assert_cmpmem (tensor->data, tensor->n * sizeof (float), expected->data,
                       expected->n * sizeof (float));
    }
  torch->net_free (net);
}

/* Before any stage there is neither head nor optimizer. */
static void
test_bare (void)
{
  const LikenessCheckpointInfo info = {.val_similarity = NAN, .val_accuracy = 0.5};
  LikenessNet *net = likeness_test_make_net (torch, "xxs");
  g_autoptr (LikenessPtValue) all = save_and_read (net, &info);
  const LikenessPtValue *optimizer
      = member (all, "optimizer_state_dict", LIKENESS_PT_DICT);

  g_assert_null (likeness_pt_value_lookup (
      member (all, "arcface_state_dict", LIKENESS_PT_DICT), "weight"));
  g_assert_cmpint (member (optimizer, "step", LIKENESS_PT_INT)->integer, ==, 0);
  g_assert_null (likeness_pt_value_lookup (
      member (optimizer, "exp_avg", LIKENESS_PT_DICT), "arcface.weight"));
  member (all, "val_similarity", LIKENESS_PT_NONE);
  g_assert_cmpfloat (member (all, "val_accuracy", LIKENESS_PT_DOUBLE)->number, ==, 0.5);
  torch->net_free (net);
}

static void
take (GPtrArray *into, const LikenessPtValue *dict, const char *prefix)
{
  for (guint i = 0; i < dict->items->len; i++)
    {
      const LikenessPtValue *key = dict->keys->pdata[i];
      const LikenessTensor *from = ((LikenessPtValue *)dict->items->pdata[i])->tensor;
      g_autofree char *name = g_strconcat (prefix, key->string, NULL);
      LikenessTensor *copy = likeness_tensor_new (name, from->n_dims, from->shape);

      memcpy (copy->data, from->data, from->n * sizeof (float));
      g_ptr_array_add (into, copy);
    }
}

/* A run that was interrupted goes on to the bit where it was. */
static void
test_resume (void)
{
  const LikenessCheckpointInfo info = {
      .val_similarity = NAN, .val_accuracy = NAN, .subjects = subjects, .n_classes = 3};
  LikenessNet *net = make_learner ();
  float expected[2];

  for (int i = 0; i < 3; i++)
    step (net);
  g_autoptr (LikenessPtValue) all = save_and_read (net, &info);
  for (int i = 0; i < 2; i++)
    expected[i] = step (net);
  torch->net_free (net);

  const LikenessPtValue *optimizer
      = member (all, "optimizer_state_dict", LIKENESS_PT_DICT);
  g_autoptr (GPtrArray) tensors
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_tensor_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessWeights) weights
      = likeness_test_make_weights (likeness_variant_find ("xxs"));
  g_ptr_array_set_size (weights->tensors, 0);
  take (weights->tensors, member (all, "backbone_state_dict", LIKENESS_PT_DICT), "");
  take (tensors, member (optimizer, "exp_avg", LIKENESS_PT_DICT), "exp_avg.");
  take (tensors, member (optimizer, "exp_avg_sq", LIKENESS_PT_DICT), "exp_avg_sq.");

  LikenessNetOptions options = {
      .variant = weights->variant, .weights = weights, .cuda_device = -1, .threads = 2};
  net = torch->net_new (&options, &error);
  g_assert_no_error (error);
  const LikenessPtValue *head = member (all, "arcface_state_dict", LIKENESS_PT_DICT);
  g_assert_true (torch->head_new (
      net, N_CLASSES, member (head, "weight", LIKENESS_PT_TENSOR)->tensor->data, 0,
      NULL));
  load_data (net);

  /* Not before a stage, and not in part. */
  g_assert_false (torch->optimizer_restore (net, tensors, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (torch->stage_begin (net, &stage, NULL));
  g_assert_false (torch->optimizer_restore (net, tensors, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_nonnull (strstr (error->message, "step"));
  g_clear_error (&error);

  LikenessTensor *count = likeness_tensor_new ("step", 0, NULL);
  count->data[0] = (float)member (optimizer, "step", LIKENESS_PT_INT)->integer;
  g_ptr_array_add (tensors, count);
  torch->optimizer_restore (net, tensors, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 2; i++)
    g_assert_cmpfloat (step (net), ==, expected[i]);
  torch->net_free (net);
}

static void
refuse_to_save (LikenessNet *net, const char *path)
{
  const LikenessCheckpointInfo info = {.val_similarity = NAN, .val_accuracy = NAN};
  g_autoptr (GError) error = NULL;

  g_assert_false (torch->checkpoint_save (net, path, &info, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, path));
}

/* A limit on the file's size plays the full disk, in a child, as a limit cannot be taken
 * back. */
static void
test_no_room (void)
{
  g_autofree char *root = NULL;
  g_autofree char *path = NULL;
  LikenessNet *net;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  root = likeness_test_tree_new ();
  path = g_build_filename (root, "last.pt", NULL);
  net = likeness_test_make_net (torch, "xxs");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &(struct rlimit){1024 * 1024, 1024 * 1024}),
                   ==, 0);
  refuse_to_save (net, path);
  refuse_to_save (net, "/nonexistent/folder/last.pt");
  torch->net_free (net);
  likeness_test_tree_remove (root);
}

/* What lies there already may lead to another file, or wait for a reader. */
static void
test_not_free (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "last.pt", NULL);
  g_autofree char *other = g_build_filename (root, "other", NULL);
  g_autofree char *contents = NULL;
  LikenessNet *net = likeness_test_make_net (torch, "xxs");

  likeness_test_tree_write (root, "other", "precious", -1);
  g_assert_cmpint (symlink (other, path), ==, 0);
  refuse_to_save (net, path);
  refuse_to_save (net, other);
  g_assert_true (g_file_get_contents (other, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "precious");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  refuse_to_save (net, path);
  torch->net_free (net);
  likeness_test_tree_remove (root);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  torch = likeness_test_open_torch ();
  faces = likeness_test_make_faces (N_FACES);
  g_test_add_func ("/checkpoint-save/contents", test_contents);
  g_test_add_func ("/checkpoint-save/bare", test_bare);
  g_test_add_func ("/checkpoint-save/resume", test_resume);
  g_test_add_func ("/checkpoint-save/no-room", test_no_room);
  g_test_add_func ("/checkpoint-save/not-free", test_not_free);
  result = g_test_run ();
  g_free (faces);
  return result;
}
