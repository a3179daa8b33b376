/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-checkpoint.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-test-net.h"
#include "likeness-test-tree.h"
#include "likeness-test-weights.h"
#include "likeness-test-zip.h"
#include "likeness-types.h"

#define N_CLASSES 3

/* Number @i of storage @key: any rule that tells them apart. */
static float
get_number (guint key, gsize i)
{
  return (float)key + (float)(i % 97) / 128.0f;
}

static void
assert_numbers (const LikenessTensor *tensor, guint key)
{
  for (gsize i = 0; i < tensor->n; i++)
    g_assert_cmpfloat (tensor->data[i], ==, get_number (key, i));
}

/* data.pkl as Python's torch.save() wrote it for a checkpoint of edgeface_xxs, and
 * storages with numbers of the test's own in the order in which it names them. */
static void
write_python_checkpoint (LikenessTestFile *self, const char *pickle, gsize length)
{
  g_autoptr (GPtrArray) parameters
      = likeness_variant_list_parameters (likeness_variant_find ("xxs"));
  g_autoptr (GArray) members = g_array_new (FALSE, TRUE, sizeof (LikenessTestMember));
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  const gsize others[] = {
      N_CLASSES * 512, 1, 512, N_CLASSES * 512, 512, N_CLASSES * 512,
  };
  LikenessTestMember first = {"best/data.pkl", pickle, length};

  g_array_append_val (members, first);
  for (guint key = 0; key < parameters->len + G_N_ELEMENTS (others); key++)
    {
      gsize n = 1;
      float *numbers;
      LikenessTestMember member = {NULL};

      if (key < parameters->len)
        {
          const LikenessParameter *parameter = g_ptr_array_index (parameters, key);

          for (int i = 0; i < parameter->n_dims; i++)
            n *= parameter->shape[i];
        }
      else
        n = others[key - parameters->len];
      numbers = g_new (float, n);
      for (gsize i = 0; i < n; i++)
        numbers[i] = get_number (key, i);
      member.name = g_strdup_printf ("best/data/%u", key);
      member.data = numbers;
      member.length = n * sizeof *numbers;
      g_ptr_array_add (owned, (gpointer)member.name);
      g_ptr_array_add (owned, numbers);
      g_array_append_val (members, member);
    }
  likeness_test_zip_write (self->path, (LikenessTestMember *)members->data, members->len);
}

static char *
load_pickle (gsize *length)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "engine", "data", "checkpoint.pkl", NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static const LikenessTensor *
find (GPtrArray *tensors, const char *name)
{
  for (guint i = 0; i < tensors->len; i++)
    {
      const LikenessTensor *tensor = g_ptr_array_index (tensors, i);

      if (strcmp (tensor->name, name) == 0)
        return tensor;
    }
  g_error ("no tensor “%s”", name);
}

static void
test_python (LikenessTestFile *self, gconstpointer data)
{
  gsize length;
  g_autofree char *pickle = load_pickle (&length);
  g_autoptr (LikenessCheckpoint) checkpoint = NULL;
  g_autoptr (JsonNode) config = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  write_python_checkpoint (self, pickle, length);
  checkpoint = likeness_checkpoint_load (self->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (checkpoint->stage, ==, 2);
  g_assert_cmpint (checkpoint->epoch, ==, 7);
  g_assert_cmpfloat (checkpoint->val_similarity, ==, 0.5);
  g_assert_true (isnan (checkpoint->val_accuracy));
  g_assert_cmpuint (checkpoint->n_classes, ==, N_CLASSES);
  g_assert_cmpstr (checkpoint->subjects[0], ==, "alice");
  g_assert_cmpstr (checkpoint->subjects[1], ==, "bob");
  g_assert_cmpstr (checkpoint->subjects[2], ==, "carol");
  g_assert_null (checkpoint->subjects[3]);

  g_assert_cmpint (checkpoint->weights->kind, ==, LIKENESS_WEIGHTS_CHECKPOINT);
  g_assert_cmpstr (checkpoint->weights->variant->name, ==, "edgeface_xxs");
  for (guint i = 0; i < 160; i++)
    assert_numbers (g_ptr_array_index (checkpoint->weights->tensors, i), i);
  assert_numbers (checkpoint->head, 160);
  g_assert_cmpuint (checkpoint->optimizer->len, ==, 5);
  assert_numbers (find (checkpoint->optimizer, "step"), 161);
  assert_numbers (find (checkpoint->optimizer, "exp_avg.model.head.fc.bias"), 162);
  assert_numbers (find (checkpoint->optimizer, "exp_avg.arcface.weight"), 163);
  assert_numbers (find (checkpoint->optimizer, "exp_avg_sq.model.head.fc.bias"), 164);
  assert_numbers (find (checkpoint->optimizer, "exp_avg_sq.arcface.weight"), 165);

  config = json_from_string (checkpoint->config_json, &error);
  g_assert_no_error (error);
  object = json_node_get_object (config);
  g_assert_cmpint (json_object_get_int_member (object, "epochs_all"), ==, 8);
  g_assert_cmpfloat (json_object_get_double_member (object, "margin"), ==, 0.25);
  g_assert_cmpstr (json_object_get_string_member (object, "input"), ==, "low");
  g_assert_true (json_object_get_null_member (object, "early_stop"));
  g_assert_true (json_object_get_boolean_member (object, "augment"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "list")),
                    ==, 2);
}

/* As weights alone it does for everything that takes weights. */
static void
test_as_weights (LikenessTestFile *self, gconstpointer data)
{
  gsize length;
  g_autofree char *pickle = load_pickle (&length);
  g_autoptr (LikenessWeights) weights = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  write_python_checkpoint (self, pickle, length);
  weights = likeness_weights_load (self->path, NULL, &error);
  g_assert_no_error (error);
  text = likeness_weights_describe (weights);
  g_assert_cmpstr (text, ==, "EdgeFace-XXS, fine-tuned, 1.24 M parameters");
}

static void
replace (char *pickle, gsize length, const char *from, const char *to)
{
  gsize n = strlen (from);
  gsize at = 0;

  g_assert_cmpuint (n, ==, strlen (to));
  while (at + n <= length && memcmp (pickle + at, from, n) != 0)
    at++;
  g_assert_cmpuint (at + n, <=, length);
  memcpy (pickle + at, to, n);
}

/* One word of the pickle is another: what it stood for is then missing or wrong. */
static void
test_what_does_not_fit (LikenessTestFile *self, gconstpointer data)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *part;
  } cases[] = {
      {"backbone_state_dict", "backbone_state_pict", "“backbone_state_dict” is missing"},
      {"stage", "stags", "“stage”"},
      {"epoch", "apoch", "“epoch”"},
      {"arcface_state_dict", "arcface_state_pict", "“arcface_state_dict”"},
      {"num_classes", "num_glasses", "“num_classes”"},
      {"subject_to_id", "subject_to_ib", "“subject_to_id”"},
      {"config", "gonfig", "“config”"},
      {"weight", "height",
       "lacks “model.stem.0.weight”, and holds “model.stem.0.height”"},
      {"arcface.weight", "arcface.height", "“optimizer_state_dict”"},
      {"arcface.weight", "model.head.fc.", "“optimizer_state_dict”"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length;
      g_autofree char *pickle = load_pickle (&length);
      g_autoptr (LikenessCheckpoint) checkpoint = NULL;
      g_autoptr (GError) error = NULL;

      replace (pickle, length, cases[i].from, cases[i].to);
      write_python_checkpoint (self, pickle, length);
      checkpoint = likeness_checkpoint_load (self->path, NULL, &error);
      g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
      g_assert_null (checkpoint);
      if (strstr (error->message, cases[i].part) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].part);
    }
}

static void
test_strangers (LikenessTestFile *self, gconstpointer data)
{
  g_autofree char *values
      = g_test_build_filename (G_TEST_DIST, "engine", "data", "values-2.pt", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;

  g_assert_null (likeness_checkpoint_load (values, NULL, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_nonnull (strstr (error->message, "“values-2.pt” is no checkpoint of a run"));
  g_assert_null (likeness_checkpoint_load (self->path, NULL, &missing));
  g_assert_error (missing, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
}

/* What the module over libtorch writes after a step is read back, and put into another
 * net goes on as if nothing had happened. */
static void
test_module (LikenessTestFile *self, gconstpointer data)
{
  static const char *const subjects[] = {"anna", "Ζωή", "b c", NULL};
  const LikenessTorch *torch = likeness_test_open_torch ();
  LikenessNet *net = likeness_test_make_net (torch, "xxs");
  LikenessNet *other = NULL;
  g_autofree float *embeddings = likeness_test_make_numbers (6 * 512, 5, 2.0);
  g_autofree float *head = likeness_test_make_numbers (N_CLASSES * 512, 6, 1.0);
  const guint32 labels[] = {0, 1, 2, 0, 1, 2};
  const LikenessStageOptions stage
      = {.margin_kind = LIKENESS_MARGIN_ARCFACE, .margin = 0.3f, .scale = 16.0f};
  const LikenessCheckpointInfo info = {1, 3, NAN, 0.25, "{\"seed\":42}", subjects, 3};
  LikenessStepResult first;
  LikenessStepResult second;
  g_autoptr (LikenessCheckpoint) checkpoint = NULL;
  g_autoptr (GPtrArray) parameters = NULL;
  g_autoptr (GError) error = NULL;
  LikenessNetOptions options = {.cuda_device = -1, .threads = 2};

  g_assert_true (torch->head_new (net, N_CLASSES, head, 0, &error));
  g_assert_true (torch->stage_begin (net, &stage, &error));
  for (int i = 0; i < 3; i++)
    g_assert_true (torch->step_head (net, embeddings, labels, 6, 0.01f, &first, &error));
  g_assert_true (torch->checkpoint_save (net, self->path, &info, &error));
  checkpoint = likeness_checkpoint_load (self->path, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpint (checkpoint->stage, ==, 1);
  g_assert_cmpint (checkpoint->epoch, ==, 3);
  g_assert_true (isnan (checkpoint->val_similarity));
  g_assert_cmpfloat (checkpoint->val_accuracy, ==, 0.25);
  g_assert_cmpstr (checkpoint->config_json, ==, "{\"seed\":42}");
  for (int i = 0; i < N_CLASSES; i++)
    g_assert_cmpstr (checkpoint->subjects[i], ==, subjects[i]);
  parameters = torch->parameters (net, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (parameters->len, ==, checkpoint->weights->tensors->len);
  for (guint i = 0; i < parameters->len; i++)
    {
      const LikenessTensor *a = g_ptr_array_index (parameters, i);
      const LikenessTensor *b = g_ptr_array_index (checkpoint->weights->tensors, i);

      g_assert_cmpmem (a->data, a->n * sizeof (float), b->data, b->n * sizeof (float));
    }

  options.variant = checkpoint->weights->variant;
  options.weights = checkpoint->weights;
  other = torch->net_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (torch->head_new (other, N_CLASSES, checkpoint->head->data, 0, &error));
  g_assert_true (torch->stage_begin (other, &stage, &error));
  g_assert_true (torch->optimizer_restore (other, checkpoint->optimizer, &error));
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (
          torch->step_head (net, embeddings, labels, 6, 0.01f, &first, &error));
      g_assert_true (
          torch->step_head (other, embeddings, labels, 6, 0.01f, &second, &error));
      g_assert_cmpfloat (first.loss, ==, second.loss);
      g_assert_cmpfloat (first.gradient_norm, ==, second.gradient_norm);
    }
  torch->net_free (net);
  torch->net_free (other);
}

/* What is said to fit does; more is a sentence that says how many would. */
static void
test_most (LikenessTestFile *self, gconstpointer data)
{
  const LikenessVariant *small = likeness_variant_find ("xxs");
  const LikenessVariant *large = likeness_variant_find ("base");
  g_autoptr (GError) error = NULL;

  g_assert_true (likeness_checkpoint_check_classes (small, 150000, &error));
  g_assert_true (likeness_checkpoint_check_classes (large, 130000, &error));
  g_assert_no_error (error);
  g_assert_false (likeness_checkpoint_check_classes (small, 150001, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "at most 150000"));
  g_clear_error (&error);
  g_assert_false (likeness_checkpoint_check_classes (large, 150000, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE);
}

/* A gigabyte on the disk and several in memory. */
static void
test_most_written (LikenessTestFile *self, gconstpointer data)
{
  const guint n = 150000;
  const LikenessTorch *torch = likeness_test_open_torch ();
  LikenessNet *net = likeness_test_make_net (torch, "xxs");
  const LikenessStageOptions stage = {.all_layers = TRUE, .scale = 16.0f};
  g_auto (GStrv) subjects = g_new0 (char *, n + 1);
  LikenessCheckpointInfo info = {2, 3, NAN, 0.25, "{}", NULL, n};
  g_autoptr (LikenessCheckpoint) checkpoint = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    subjects[i] = g_strdup_printf ("%0255u", i);
  info.subjects = (const char *const *)subjects;
  g_assert_true (torch->head_new (net, n, NULL, 0, &error));
  g_assert_true (torch->stage_begin (net, &stage, &error));
  g_assert_true (torch->checkpoint_save (net, self->path, &info, &error));
  torch->net_free (net);
  checkpoint = likeness_checkpoint_load (self->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (checkpoint->n_classes, ==, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, func)                                                                  \
  g_test_add (path, LikenessTestFile, NULL, likeness_test_file_set_up, func,             \
              likeness_test_file_tear_down)
  add ("/checkpoint/read/written-by-python", test_python);
  add ("/checkpoint/read/as-weights", test_as_weights);
  add ("/checkpoint/read/written-by-the-module", test_module);
  add ("/checkpoint/refuse/what-does-not-fit", test_what_does_not_fit);
  add ("/checkpoint/refuse/strangers", test_strangers);
  add ("/checkpoint/most/refused", test_most);
  if (g_test_slow ())
    add ("/checkpoint/most/written", test_most_written);
#undef add
  return g_test_run ();
}
