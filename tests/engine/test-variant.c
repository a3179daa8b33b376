/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-variant.h"

#include <string.h>

#include "likeness-tensor.h"
#include "likeness-test-tree.h"

/* Counts as published in EdgeFace's README (in millions there, exact as its code gives
 * them); numbers of tensors as in its files. */
static void
test_parameter_counts (void)
{
  static const struct
  {
    const char *name;
    guint64 parameters;
    guint tensors;
  } published[] = {
      {"edgeface_xxs", 1244744, 160},         {"edgeface_xs", 2242620, 214},
      {"edgeface_xs_gamma_06", 1770492, 257}, {"edgeface_s_gamma_05", 3652520, 257},
      {"edgeface_base", 18225812, 214},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    {
      const LikenessVariant *variant = likeness_variant_find (published[i].name);
      g_autoptr (GPtrArray) list = NULL;

      g_assert_nonnull (variant);
      list = likeness_variant_list_parameters (variant);
      g_assert_cmpuint (list->len, ==, published[i].tensors);
      g_assert_cmpuint (likeness_variant_count_parameters (variant), ==,
                        published[i].parameters);
    }
}

static void
test_find (void)
{
  guint n;
  const LikenessVariant *all = likeness_variant_get_all (&n);

  g_assert_cmpuint (n, ==, 5);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (likeness_variant_find (all[i].name) == &all[i]);
      g_assert_true (likeness_variant_find (all[i].short_name) == &all[i]);
    }
  g_assert_null (likeness_variant_find ("edgeface_xl"));
  g_assert_null (likeness_variant_find (""));
}

/* floor (min (in, out) * ratio), by hand. */
static void
test_ranks (void)
{
  const LikenessVariant *xs = likeness_variant_find ("xs_gamma_06");
  const LikenessVariant *s = likeness_variant_find ("s_gamma_05");

  g_assert_cmpint (likeness_variant_rank (xs, 32, 128), ==, 19);
  g_assert_cmpint (likeness_variant_rank (xs, 256, 64), ==, 38);
  g_assert_cmpint (likeness_variant_rank (xs, 100, 300), ==, 60);
  g_assert_cmpint (likeness_variant_rank (xs, 192, 512), ==, 115);
  g_assert_cmpint (likeness_variant_rank (s, 304, 512), ==, 152);
  g_assert_cmpint (likeness_variant_rank (s, 3, 9), ==, 2);
}

static const LikenessParameter *
find (GPtrArray *list, const char *name)
{
  for (guint i = 0; i < list->len; i++)
    {
      const LikenessParameter *parameter = g_ptr_array_index (list, i);

      if (strcmp (parameter->name, name) == 0)
        return parameter;
    }
  return NULL;
}

static void
assert_shape (GPtrArray *list, const char *name, const char *shape)
{
  const LikenessParameter *parameter = find (list, name);
  g_autofree char *text = NULL;

  g_assert_nonnull (parameter);
  text = likeness_tensor_format_shape (parameter->n_dims, parameter->shape);
  g_assert_cmpstr (text, ==, shape);
}

static void
test_low_rank_names (void)
{
  g_autoptr (GPtrArray) list
      = likeness_variant_list_parameters (likeness_variant_find ("xs_gamma_06"));

  assert_shape (list, "model.stages.0.blocks.0.mlp.fc1.linear1.weight", "[19, 32]");
  assert_shape (list, "model.stages.0.blocks.0.mlp.fc1.linear2.weight", "[128, 19]");
  assert_shape (list, "model.stages.0.blocks.0.mlp.fc1.linear2.bias", "[128]");
  assert_shape (list, "model.head.fc.linear1.weight", "[115, 192]");
  assert_shape (list, "model.head.fc.linear2.weight", "[512, 115]");
  assert_shape (list, "model.stages.3.blocks.2.convs.2.weight", "[48, 1, 3, 3]");
  g_assert_null (find (list, "model.head.fc.weight"));
  g_assert_null (find (list, "model.head.fc.linear1.bias"));
}

static void
test_names_as_published (void)
{
  const char *assets = likeness_test_get_assets ();
  g_autoptr (GPtrArray) list
      = likeness_variant_list_parameters (likeness_variant_find ("xxs"));
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  if (assets == NULL)
    {
      g_test_skip ("LIKENESS_ASSETS is not set: no published list of tensors");
      return;
    }
  path = g_build_filename (assets, "weights", "edgeface_xxs_q_tensors.txt", NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, list->len);
  for (guint i = 0; i < list->len; i++)
    {
      const LikenessParameter *parameter = g_ptr_array_index (list, i);
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);
      g_autofree char *shape
          = likeness_tensor_format_shape (parameter->n_dims, parameter->shape);

      g_assert_cmpstr (parameter->name, ==, fields[0]);
      g_assert_cmpstr (shape, ==, fields[1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variant/parameters/as-many-as-published", test_parameter_counts);
  g_test_add_func ("/variant/find/by-either-name", test_find);
  g_test_add_func ("/variant/rank/floor-at-least-two", test_ranks);
  g_test_add_func ("/variant/parameters/low-rank-names", test_low_rank_names);
  g_test_add_func ("/variant/parameters/names-as-published", test_names_as_published);
  return g_test_run ();
}
