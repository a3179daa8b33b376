/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-net.h"
#include "likeness-test-tree.h"
#include "likeness-types.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static const LikenessTorch *torch;

/* The length of the embeddings of two faces by formula, their cosine and the first
 * numbers of each: from timm's EdgeNeXt (its linear layers split for the low-rank sizes).
 */
static const struct
{
  const char *variant;
  float first[2][4];
  float length[2];
  float cosine;
} expected[] = {
    {"edgeface_xxs",
     {{-0.557785f, -0.459368f, 0.023743f, 0.843550f},
      {-0.083378f, -0.620088f, 0.936719f, 1.256837f}},
     {22.332661f, 22.975708f},
     0.663893f},
    {"edgeface_xs",
     {{1.018845f, -0.328613f, -0.475030f, -0.897374f},
      {0.398618f, 0.341584f, 0.551790f, -0.965622f}},
     {22.773085f, 22.934343f},
     0.667792f},
    {"edgeface_xs_gamma_06",
     {{0.557132f, -0.481675f, 1.931564f, 0.124675f},
      {0.681183f, -1.793738f, 0.897695f, 0.294470f}},
     {22.213449f, 24.076872f},
     0.779016f},
    {"edgeface_s_gamma_05",
     {{0.829251f, 1.517823f, 0.581973f, 0.231183f},
      {1.800694f, 1.223586f, -0.092976f, -0.248738f}},
     {22.287119f, 21.947645f},
     0.756430f},
    {"edgeface_base",
     {{1.271355f, -0.826107f, 0.985923f, 1.484324f},
      {1.785174f, -0.122506f, -1.072894f, 0.255374f}},
     {22.994816f, 24.000093f},
     0.645516f},
};

static double
dot (const float *a, const float *b)
{
  double sum = 0.0;

  for (int i = 0; i < LIKENESS_EMBEDDING_SIZE; i++)
    sum += (double)a[i] * b[i];
  return sum;
}

static void
test_every_variant (void)
{
  g_autofree guint8 *faces = likeness_test_make_faces (2);
  float e[2][LIKENESS_EMBEDDING_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GError) error = NULL;
      LikenessNet *net = likeness_test_make_net (torch, expected[i].variant);

      g_test_message ("%s", expected[i].variant);
      g_assert_true (torch->embed (net, faces, 2, FALSE, e[0], &error));
      g_assert_no_error (error);
      for (int face = 0; face < 2; face++)
        {
          for (int k = 0; k < 4; k++)
            g_assert_cmpfloat_with_epsilon (e[face][k], expected[i].first[face][k], 1e-4);
          g_assert_cmpfloat_with_epsilon (sqrt (dot (e[face], e[face])),
                                          expected[i].length[face], 1e-4);
        }
      g_assert_cmpfloat_with_epsilon (dot (e[0], e[1])
                                          / sqrt (dot (e[0], e[0]) * dot (e[1], e[1])),
                                      expected[i].cosine, 1e-5);
      torch->net_free (net);
    }
}

static void
test_chunks (void)
{
  const gsize n = 70;
  g_autofree guint8 *faces = likeness_test_make_faces (n);
  g_autofree float *together = g_new (float, n *LIKENESS_EMBEDDING_SIZE);
  float alone[LIKENESS_EMBEDDING_SIZE];
  LikenessNet *net = likeness_test_make_net (torch, "xxs");

  g_assert_true (torch->embed (net, faces, n, FALSE, together, NULL));
  for (gsize i = 0; i < n; i += 23)
    {
      g_assert_true (
          torch->embed (net, faces + i * LIKENESS_FACE_BYTES, 1, FALSE, alone, NULL));
      for (int k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        g_assert_cmpfloat_with_epsilon (alone[k],
                                        together[i * LIKENESS_EMBEDDING_SIZE + k], 1e-4);
    }
  torch->net_free (net);
}

static void
test_flip (void)
{
  g_autofree guint8 *face = likeness_test_make_faces (1);
  g_autofree guint8 *mirrored = g_malloc (LIKENESS_FACE_BYTES);
  float a[LIKENESS_EMBEDDING_SIZE];
  float b[LIKENESS_EMBEDDING_SIZE];
  float plain[LIKENESS_EMBEDDING_SIZE];
  LikenessNet *net = likeness_test_make_net (torch, "xxs");

  for (int y = 0; y < LIKENESS_FACE_SIZE; y++)
    for (int x = 0; x < LIKENESS_FACE_SIZE; x++)
      memcpy (mirrored + (y * LIKENESS_FACE_SIZE + x) * 3,
              face + (y * LIKENESS_FACE_SIZE + LIKENESS_FACE_SIZE - 1 - x) * 3, 3);
  g_assert_true (torch->embed (net, face, 1, TRUE, a, NULL));
  g_assert_true (torch->embed (net, mirrored, 1, FALSE, b, NULL));
  g_assert_true (torch->embed (net, face, 1, FALSE, plain, NULL));
  for (int k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
    g_assert_cmpfloat_with_epsilon (a[k], b[k], 1e-5);
  g_assert_cmpfloat (dot (a, plain), <, 0.99 * dot (a, a));
  torch->net_free (net);
}

static void
test_from_scratch (void)
{
  g_autofree guint8 *face = likeness_test_make_faces (1);
  const LikenessVariant *variant = likeness_variant_find ("xxs");
  float e[3][LIKENESS_EMBEDDING_SIZE];

  for (int i = 0; i < 3; i++)
    {
      LikenessNetOptions options
          = {.variant = variant, .seed = i < 2 ? 7 : 8, .cuda_device = -1, .threads = 1};
      LikenessNet *net = torch->net_new (&options, NULL);
      g_autoptr (GPtrArray) tensors = torch->parameters (net, NULL);

      g_assert_cmpuint (tensors->len, ==, 160);
      for (guint k = 0; k < tensors->len; k++)
        {
          const LikenessTensor *tensor = tensors->pdata[k];
          double sum = 0.0;
          double squares = 0.0;

          for (gsize j = 0; j < tensor->n; j++)
            {
              sum += tensor->data[j];
              squares += (double)tensor->data[j] * tensor->data[j];
            }
          if (g_str_has_suffix (tensor->name, ".mlp.fc1.weight"))
            {
              g_assert_cmpfloat_with_epsilon (sum / tensor->n, 0.0, 0.002);
              g_assert_cmpfloat_with_epsilon (sqrt (squares / tensor->n), 0.02, 0.002);
            }
          else if (g_str_has_suffix (tensor->name, "norm.weight")
                   || g_str_has_suffix (tensor->name, ".gamma")
                   || g_str_has_suffix (tensor->name, ".temperature"))
            g_assert_cmpfloat (sum, ==, tensor->n);
          else if (g_str_has_suffix (tensor->name, ".bias"))
            g_assert_cmpfloat (squares, ==, 0.0);
        }
      g_assert_true (torch->embed (net, face, 1, FALSE, e[i], NULL));
      torch->net_free (net);
    }
  g_assert_cmpmem (e[0], sizeof e[0], e[1], sizeof e[1]);
  g_assert_cmpfloat (fabs (e[0][0] - e[2][0]), >, 1e-4);
}

/* The parameters come back as they went in. */
static void
test_parameters (void)
{
  g_autoptr (LikenessWeights) weights
      = likeness_test_make_weights (likeness_variant_find ("xs_gamma_06"));
  LikenessNet *net = likeness_test_make_net (torch, "xs_gamma_06");
  g_autoptr (GPtrArray) tensors = torch->parameters (net, NULL);

  g_assert_cmpuint (tensors->len, ==, weights->tensors->len);
  for (guint i = 0; i < tensors->len; i++)
    {
      const LikenessTensor *in = weights->tensors->pdata[i];
      const LikenessTensor *out = tensors->pdata[i];

      g_assert_cmpstr (in->name, ==, out->name);
      g_assert_cmpint (in->n_dims, ==, out->n_dims);
      g_assert_cmpmem (in->data, in->n * sizeof (float), out->data,
                       out->n * sizeof (float));
    }
  torch->net_free (net);
}

static void
read_numbers (JsonArray *array, float *numbers)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    numbers[i] = (float)json_array_get_double_element (array, i);
}

static void
read_face (const char *folder, const char *name, guint8 *face)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  g_assert_false (gdk_pixbuf_get_has_alpha (pixbuf));
  for (int y = 0; y < LIKENESS_FACE_SIZE; y++)
    memcpy (face + y * LIKENESS_FACE_SIZE * 3,
            gdk_pixbuf_read_pixels (pixbuf)
                + (gsize)y * (gsize)gdk_pixbuf_get_rowstride (pixbuf),
            LIKENESS_FACE_SIZE * 3);
}

/* The published weights give the published network's numbers at every stage. */
static void
test_golden (gconstpointer data)
{
  static const char *const stages[] = {"stem", "stage0", "stage1", "stage2", "stage3"};
  const char *size = data;
  const char *assets = likeness_test_get_assets ();
  g_autoptr (GError) error = NULL;

  if (assets == NULL)
    {
      g_test_skip ("LIKENESS_ASSETS is not set: the published weights are needed.");
      return;
    }
  g_autofree char *weights_name = g_strdup_printf ("edgeface_%s_q.pt", size);
  g_autofree char *weights_path
      = g_build_filename (assets, "weights", weights_name, NULL);
  g_autofree char *folder = g_build_filename (assets, "golden", NULL);
  g_autofree char *golden_name = g_strdup_printf ("edgeface_%s_q_golden.json", size);
  g_autofree char *golden_path = g_build_filename (folder, golden_name, NULL);
  g_autoptr (LikenessWeights) weights
      = likeness_weights_load (weights_path, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  json_parser_load_from_file (parser, golden_path, &error);
  g_assert_no_error (error);

  JsonObject *golden = json_node_get_object (json_parser_get_root (parser));
  JsonArray *images = json_object_get_array_member (golden, "images");
  JsonArray *embeddings = json_object_get_array_member (golden, "embeddings");
  JsonObject *intermediate = json_object_get_object_member (golden, "intermediate");
  guint n = json_array_get_length (images);
  g_autofree guint8 *faces = g_malloc (n * LIKENESS_FACE_BYTES);
  g_autofree float *e = g_new (float, n *LIKENESS_EMBEDDING_SIZE);
  float mean_std[10];
  float first[40];

  for (guint i = 0; i < n; i++)
    read_face (folder, json_array_get_string_element (images, i),
               faces + i * LIKENESS_FACE_BYTES);
  LikenessNetOptions options = {.variant = weights->variant,
                                .weights = weights,
                                .cuda_device = likeness_test_get_device (),
                                .threads = 2};
  LikenessNet *net = torch->net_new (&options, &error);
  g_assert_no_error (error);

  g_assert_true (torch->inspect (net, faces, n, mean_std, first, &error));
  for (int i = 0; i < 5; i++)
    {
      JsonObject *stage = json_object_get_object_member (intermediate, stages[i]);
      float numbers[8];

      read_numbers (json_object_get_array_member (stage, "first8_of_image0"), numbers);
      g_assert_cmpfloat_with_epsilon (
          mean_std[2 * i], json_object_get_double_member (stage, "mean"), 1e-4);
      g_assert_cmpfloat_with_epsilon (mean_std[2 * i + 1],
                                      json_object_get_double_member (stage, "std"), 1e-4);
      for (int k = 0; k < 8; k++)
        g_assert_cmpfloat_with_epsilon (first[8 * i + k], numbers[k], 1e-4);
    }

  g_assert_true (torch->embed (net, faces, n, FALSE, e, &error));
  for (guint i = 0; i < n; i++)
    {
      float numbers[LIKENESS_EMBEDDING_SIZE];

      read_numbers (json_array_get_array_element (embeddings, i), numbers);
      for (int k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        g_assert_cmpfloat_with_epsilon (e[i * LIKENESS_EMBEDDING_SIZE + k], numbers[k],
                                        1e-4);
    }
  torch->net_free (net);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  torch = likeness_test_open_torch ();
  g_test_add_func ("/network/every-variant", test_every_variant);
  g_test_add_func ("/network/chunks", test_chunks);
  g_test_add_func ("/network/flip", test_flip);
  g_test_add_func ("/network/from-scratch", test_from_scratch);
  g_test_add_func ("/network/parameters", test_parameters);
  g_test_add_data_func ("/network/golden/xxs", "xxs", test_golden);
  g_test_add_data_func ("/network/golden/xs", "xs", test_golden);
  return g_test_run ();
}
