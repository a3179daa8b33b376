/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-run-config.h"

#include <locale.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-test-tree.h"

static void
test_defaults (void)
{
  static const char *const defaults[][2] = {
      {"input", "auto"},
      {"preset", "proper"},
      {"epochs_head", "2"},
      {"epochs_all", "8"},
      {"mix_high", "0.3"},
      {"batch", "64"},
      {"lr_head", "0"},
      {"lr_backbone", "0"},
      {"weight_decay", "0.01"},
      {"schedule", "cosine"},
      {"clip_norm", "1"},
      {"loss", "arcface"},
      {"scale", "64"},
      {"margin", "0.5"},
      {"label_smoothing", "0.1"},
      {"similarity_weight", "100"},
      {"head_init", "imprinted"},
      {"augment", "true"},
      {"precision", "auto"},
      {"seed", "42"},
      {"device", "auto"},
      {"threads", "0"},
      {"early_stop", "5"},
      {"keep_checkpoints", "0"},
      {"super_resolution", ""},
      {"data", ""},
  };
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      g_autofree char *value = likeness_run_config_get (config, defaults[i][0]);

      g_assert_cmpstr (value, ==, defaults[i][1]);
    }
}

/* Every row has what a help text and a row of the window need, and takes its own value.
 */
static void
test_table (void)
{
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();
  g_autoptr (GError) error = NULL;
  guint n;
  const LikenessKey *keys = likeness_run_config_get_keys (&n);

  g_assert_cmpuint (n, ==, 25);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = likeness_run_config_get (config, keys[i].name);

      g_assert_cmpuint (strlen (keys[i].title), >, 3);
      g_assert_cmpuint (strlen (keys[i].sentence), >, 10);
      g_assert_true (keys[i].type != LIKENESS_KEY_CHOICE || keys[i].choices != NULL);
      g_assert_true (likeness_run_config_set (config, keys[i].name, value, &error));
      g_assert_no_error (error);
      g_assert_true (likeness_run_config_find_key (keys[i].name) == &keys[i]);
    }
}

static void
test_set (void)
{
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();
  static const char *const values[][2] = {
      {"epochs_all", "20"},
      {"lr_backbone", "1e-4"},
      {"loss", "softmax"},
      {"input", "12"},
      {"device", "cuda:1"},
      {"augment", "false"},
      {"seed", "9223372036854775807"},
      {"data", "/a b"},
  };

  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_true (likeness_run_config_set (config, values[i][0], values[i][1], NULL));
  g_assert_cmpuint (config->epochs_all, ==, 20);
  g_assert_cmpfloat (config->lr_backbone, ==, 1e-4);
  g_assert_cmpint (config->loss, ==, LIKENESS_LOSS_SOFTMAX);
  g_assert_cmpint (config->input, ==, 12);
  g_assert_cmpstr (config->device, ==, "cuda:1");
  g_assert_false (config->augment);
  g_assert_cmpuint (config->seed, ==, G_MAXINT64);
  g_assert_cmpstr (config->data, ==, "/a b");
  g_assert_true (likeness_run_config_set (config, "data", "", NULL));
  g_assert_null (config->data);
  g_assert_true (likeness_run_config_set (config, "input", "low", NULL));
  g_assert_cmpint (config->input, ==, LIKENESS_INPUT_LOW);
  g_assert_true (likeness_run_config_set (config, "preset", "quick", NULL));
  g_assert_cmpuint (config->epochs_head, ==, 1);
  g_assert_cmpuint (config->epochs_all, ==, 2);
  setlocale (LC_NUMERIC, "C");
}

static void
assert_wrong_use (const char *key, const char *value, const char *says)
{
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();
  g_autoptr (LikenessRunConfig) untouched = likeness_run_config_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) before = likeness_run_config_to_json (untouched);
  g_autoptr (JsonNode) after = NULL;

  g_assert_false (likeness_run_config_set (config, key, value, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, key));
  g_assert_nonnull (strstr (error->message, says));
  after = likeness_run_config_to_json (config);
  g_assert_true (json_node_equal (before, after));
}

static void
test_wrong_use (void)
{
  assert_wrong_use ("epoch_all", "3", "epochs_all");
  assert_wrong_use ("qqqqqqqq", "3", "help");
  assert_wrong_use ("batch", "0", "1 to 8192");
  assert_wrong_use ("batch", "-1", "1 to 8192");
  assert_wrong_use ("batch", "64.5", "whole number");
  assert_wrong_use ("batch", "", "whole number");
  assert_wrong_use ("batch", "99999999999999999999", "1 to 8192");
  assert_wrong_use ("margin", "1,5", "0 to 1.5");
  assert_wrong_use ("margin", "nan", "0 to 1.5");
  assert_wrong_use ("margin", "inf", "0 to 1.5");
  assert_wrong_use ("mix_high", "1.01", "0 to 1");
  assert_wrong_use ("loss", "triplet", "arcface, cosface, softmax");
  assert_wrong_use ("augment", "yes", "true or false");
  assert_wrong_use ("input", "3", "4 to 112");
  assert_wrong_use ("input", "113", "4 to 112");
  assert_wrong_use ("device", "gpu", "cuda:N");
  assert_wrong_use ("device", "cuda:x", "cuda:N");
  assert_wrong_use ("seed", "-1", "9223372036854775807");
}

static void
test_round_trip (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "config.json", NULL);
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();
  g_autoptr (LikenessRunConfig) copy = NULL;
  g_autoptr (LikenessRunConfig) loaded = NULL;
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (likeness_run_config_set (config, "preset", "quick", NULL));
  g_assert_true (likeness_run_config_set (config, "epochs_all", "7", NULL));
  g_assert_true (likeness_run_config_set (config, "input", "12", NULL));
  g_assert_true (likeness_run_config_set (config, "edgeface", "/w\xe9ights\\x.pt", NULL));
  g_assert_true (likeness_run_config_set (config, "lr_head", "0.001", NULL));
  copy = likeness_run_config_copy (config);
  g_assert_true (likeness_run_config_save (copy, path, &error));
  g_assert_no_error (error);
  loaded = likeness_run_config_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->edgeface, ==, "/w\xe9ights\\x.pt");
  g_assert_cmpuint (loaded->epochs_all, ==, 7);
  before = likeness_run_config_to_json (config);
  after = likeness_run_config_to_json (loaded);
  g_assert_true (json_node_equal (before, after));
  likeness_test_tree_remove (root);
}

static void
assert_load_fails (const char *text, int code, const char *says)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "config.json", NULL);
  g_autoptr (GError) error = NULL;

  likeness_test_tree_write (root, "config.json", text, -1);
  g_assert_null (likeness_run_config_load (path, &error));
  g_assert_error (error, LIKENESS_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, says));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  likeness_test_tree_remove (root);
}

/* What is best without weights is a preset of its own; what is set after it stands. */
static void
test_scratch (void)
{
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();

  g_assert_true (likeness_run_config_set (config, "from_scratch", "xxs", NULL));
  g_assert_cmpuint (config->epochs_head, ==, 0);
  g_assert_cmpuint (config->epochs_all, ==, 20);
  g_assert_cmpint (config->loss, ==, LIKENESS_LOSS_SOFTMAX);
  g_assert_true (likeness_run_config_set (config, "batch", "64", NULL));
  g_assert_true (likeness_run_config_set (config, "from_scratch", "base", NULL));
  g_assert_cmpuint (config->batch, ==, 64);
  g_assert_true (likeness_run_config_set (config, "preset", "quick", NULL));
  g_assert_cmpuint (config->epochs_all, ==, 8);
  g_assert_cmpuint (config->batch, ==, 32);

  g_assert_true (likeness_run_config_set (config, "edgeface", "x.pt", NULL));
  g_assert_null (config->from_scratch);
  g_assert_cmpuint (config->epochs_head, ==, 1);
  g_assert_cmpuint (config->epochs_all, ==, 2);
  g_assert_cmpint (config->loss, ==, LIKENESS_LOSS_ARCFACE);
  g_assert_true (likeness_run_config_set (config, "from_scratch", "xxs", NULL));
  g_assert_null (config->edgeface);
}

static void
test_hostile (void)
{
  g_autofree char *long_key = g_strnfill (63, 'x');
  /* Cut after so many bytes, the name would end within a letter. */
  g_autofree char *text = g_strdup_printf ("{\"%s\xc3\xa9tendue\": 1}", long_key);

  assert_load_fails ("", LIKENESS_ERROR_BAD_FORMAT, "JSON");
  assert_load_fails ("{\"batch\": 64", LIKENESS_ERROR_BAD_FORMAT, "middle");
  assert_load_fails ("{\"batch\": 0}", LIKENESS_ERROR_USAGE, "1 to 8192");
  assert_load_fails ("{\"batch\": [64]}", LIKENESS_ERROR_USAGE, "batch");
  assert_load_fails ("{\"batch\": {}}", LIKENESS_ERROR_USAGE, "batch");
  assert_load_fails ("{\"batch\": true}", LIKENESS_ERROR_USAGE, "batch");
  assert_load_fails ("{\"batch\": null}", LIKENESS_ERROR_USAGE, "batch");
  assert_load_fails ("{\"margin\": 1e999}", LIKENESS_ERROR_USAGE, "margin");
  assert_load_fails ("{\"preset\": 7}", LIKENESS_ERROR_USAGE, "preset");
  assert_load_fails ("{\"device\": null}", LIKENESS_ERROR_USAGE, "device");
  assert_load_fails ("{\"sead\": 7}", LIKENESS_ERROR_USAGE, "seed");
  assert_load_fails (text, LIKENESS_ERROR_USAGE, "\xc3\xa9tendue");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-config/defaults", test_defaults);
  g_test_add_func ("/run-config/table/complete", test_table);
  g_test_add_func ("/run-config/set/values", test_set);
  g_test_add_func ("/run-config/set/wrong-use", test_wrong_use);
  g_test_add_func ("/run-config/set/scratch", test_scratch);
  g_test_add_func ("/run-config/file/round-trip", test_round_trip);
  g_test_add_func ("/run-config/file/hostile", test_hostile);
  return g_test_run ();
}
