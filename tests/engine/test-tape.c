/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-forward-private.h"
#include "likeness-tape.h"
#include "likeness-test-net.h"
#include "likeness-types.h"

/* The values themselves are held against PyTorch's in test-training.c; here it is what
 * must not matter: the processor, the number of threads, what was on the tape before. */

typedef struct
{
  LikenessWeights *weights;
  LikenessForward *forward;
  float *faces;
  gsize n;
  float *change; /* gradient of the embeddings */
  float *embeddings;
  float **gradients;
} Fixture;

static void
set_up (Fixture *self, gconstpointer variant)
{
  g_autofree guint8 *bytes = NULL;

  self->n = 7; /* a group and a half */
  self->weights = likeness_test_make_weights (likeness_variant_find (variant));
  self->forward = likeness_forward_new (self->weights->variant, self->weights->tensors,
                                        likeness_kernels_get (), 2, TRUE);
  bytes = likeness_test_make_faces (self->n);
  self->faces = g_new (float, self->n *LIKENESS_FACE_BYTES);
  for (gsize i = 0; i < self->n * LIKENESS_FACE_BYTES; i++)
    self->faces[i] = bytes[i];
  self->change = likeness_test_make_numbers (self->n * LIKENESS_EMBEDDING_SIZE, 77, 1);
  self->embeddings = g_new0 (float, self->n *LIKENESS_EMBEDDING_SIZE);
  self->gradients = g_new0 (float *, self->weights->tensors->len);
  for (guint i = 0; i < self->weights->tensors->len; i++)
    {
      const LikenessTensor *tensor = self->weights->tensors->pdata[i];

      self->gradients[i] = g_new0 (float, tensor->n);
    }
}

static void
tear_down (Fixture *self, gconstpointer variant)
{
  for (guint i = 0; i < self->weights->tensors->len; i++)
    g_free (self->gradients[i]);
  g_free (self->gradients);
  g_free (self->embeddings);
  g_free (self->change);
  g_free (self->faces);
  likeness_forward_free (self->forward);
  likeness_weights_unref (self->weights);
}

static void
go (Fixture *self, LikenessTape *tape, guint threads)
{
  g_assert_true (likeness_tape_forward (tape, self->forward, self->faces, self->n,
                                        threads, self->embeddings));
  likeness_tape_backward (tape, self->change, self->weights->tensors, self->gradients);
}

/* All gradients behind each other, and each one's norm. */
static float *
collect (const Fixture *self, gsize *n)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (float));

  for (guint i = 0; i < self->weights->tensors->len; i++)
    {
      const LikenessTensor *tensor = self->weights->tensors->pdata[i];

      g_array_append_vals (all, self->gradients[i], tensor->n);
    }
  *n = all->len;
  return (float *)g_array_free (all, FALSE);
}

/* Parameter by parameter, since they differ in size by orders of magnitude. */
static void
assert_near (const Fixture *self, const float *wanted, double tolerance)
{
  for (guint i = 0; i < self->weights->tensors->len; i++)
    {
      const LikenessTensor *tensor = self->weights->tensors->pdata[i];
      double norm = 0, difference = 0;

      for (gsize j = 0; j < tensor->n; j++)
        {
          norm += (double)wanted[j] * wanted[j];
          difference += pow (self->gradients[i][j] - wanted[j], 2);
        }
      if (!(sqrt (difference) <= tolerance * sqrt (norm)))
        g_error ("%s: %g of %g", tensor->name, sqrt (difference), sqrt (norm));
      wanted += tensor->n;
    }
}

static void
test_kernels (Fixture *self, gconstpointer variant)
{
  g_autoptr (LikenessTape) tape = likeness_tape_new ();
  const LikenessKernels *list[LIKENESS_KERNELS_MAX];
  guint n_kernels = likeness_kernels_list (list);
  g_autofree float *wanted = NULL;
  gsize n;

  go (self, tape, 1);
  wanted = collect (self, &n);
  for (guint i = 1; i < n_kernels; i++)
    {
      self->forward->kernels = list[i];
      go (self, tape, 1);
      assert_near (self, wanted, 1e-4);
    }
}

/* bfloat16 keeps three digits, whatever multiplies it; and a tape that was used with it
 * gives in float32 what it gave before. */
static void
test_bfloat16 (Fixture *self, gconstpointer variant)
{
  g_autoptr (LikenessTape) tape = likeness_tape_new ();
  LikenessForward *in_float32 = self->forward;
  const LikenessKernels *list[LIKENESS_KERNELS_MAX];
  guint n_kernels = likeness_kernels_list_bfloat16 (list);
  g_autofree float *wanted = NULL, *first = NULL, *again = NULL;
  g_autofree float *embeddings = g_new (float, self->n *LIKENESS_EMBEDDING_SIZE);
  g_autofree guint8 *bytes = likeness_test_make_faces (self->n);
  gsize n;

  if (n_kernels == 0)
    {
      g_test_skip ("This processor has no instructions for bfloat16.");
      return;
    }
  go (self, tape, 2);
  wanted = collect (self, &n);
  for (guint i = 0; i < n_kernels; i++)
    {
      self->forward = likeness_forward_new (self->weights->variant,
                                            self->weights->tensors, list[i], 2, TRUE);
      go (self, tape, 2);
      assert_near (self, wanted, 0.05);
      g_assert_true (
          likeness_forward_embed (self->forward, bytes, self->n, FALSE, 2, embeddings));
      for (gsize j = 0; j < self->n * LIKENESS_EMBEDDING_SIZE; j++)
        g_assert_cmpfloat_with_epsilon (self->embeddings[j], embeddings[j], 1e-5);
      if (first == NULL)
        first = collect (self, &n);
      else
        assert_near (self, first, 0.03);
      likeness_forward_free (self->forward);
    }
  /* Rounded it was. */
  g_assert_cmpint (memcmp (first, wanted, n * sizeof *first), !=, 0);
  self->forward = in_float32;
  go (self, tape, 2);
  again = collect (self, &n);
  g_assert_cmpmem (again, n * sizeof *again, wanted, n * sizeof *wanted);
}

static void
test_threads (Fixture *self, gconstpointer variant)
{
  g_autoptr (LikenessTape) tape = likeness_tape_new ();
  g_autofree float *alone = g_new (float, self->n *LIKENESS_EMBEDDING_SIZE);
  g_autofree float *packed_by_one = NULL;
  g_autofree float *wanted = NULL;
  g_autofree float *two = NULL;
  g_autofree float *again = NULL;
  LikenessForward *by_two = self->forward;
  LikenessForward *by_one = likeness_forward_new (
      self->weights->variant, self->weights->tensors, likeness_kernels_get (), 1, TRUE);
  gsize n;

  self->forward = by_one;
  go (self, tape, 1);
  self->forward = by_two;
  likeness_forward_free (by_one);
  packed_by_one = collect (self, &n);
  go (self, tape, 1);
  memcpy (alone, self->embeddings, self->n * LIKENESS_EMBEDDING_SIZE * sizeof *alone);
  wanted = collect (self, &n);
  g_assert_cmpmem (packed_by_one, n * sizeof *wanted, wanted, n * sizeof *wanted);
  go (self, tape, 2);
  g_assert_cmpmem (alone, self->n * LIKENESS_EMBEDDING_SIZE * sizeof *alone,
                   self->embeddings, self->n * LIKENESS_EMBEDDING_SIZE * sizeof *alone);
  assert_near (self, wanted, 1e-5);
  two = collect (self, &n);
  /* Twice the same is the same to the bit, and more threads than groups are none too
   * many. */
  go (self, tape, 2);
  again = collect (self, &n);
  g_assert_cmpmem (two, n * sizeof *two, again, n * sizeof *again);
  go (self, tape, 5);
  assert_near (self, wanted, 1e-5);
}

/* What lies on the tape from a larger batch is not seen. */
static void
test_used_tape (Fixture *self, gconstpointer variant)
{
  g_autoptr (LikenessTape) fresh = likeness_tape_new ();
  g_autoptr (LikenessTape) used = likeness_tape_new ();
  g_autofree float *wanted = NULL;
  g_autofree float *found = NULL;
  gsize n;

  go (self, used, 2);
  self->n = 2;
  go (self, fresh, 2);
  wanted = collect (self, &n);
  go (self, used, 2);
  found = collect (self, &n);
  g_assert_cmpmem (wanted, n * sizeof *wanted, found, n * sizeof *found);
}

/* The embeddings are those of the forward pass that keeps nothing. */
static void
test_embeddings (Fixture *self, gconstpointer variant)
{
  g_autoptr (LikenessTape) tape = likeness_tape_new ();
  g_autofree guint8 *bytes = likeness_test_make_faces (self->n);
  g_autofree float *wanted = g_new (float, self->n *LIKENESS_EMBEDDING_SIZE);

  go (self, tape, 2);
  g_assert_true (
      likeness_forward_embed (self->forward, bytes, self->n, FALSE, 2, wanted));
  for (gsize i = 0; i < self->n * LIKENESS_EMBEDDING_SIZE; i++)
    g_assert_cmpfloat_with_epsilon (self->embeddings[i], wanted[i], 1e-5);
}

/* The gradient says what a small step along it does to the embeddings: the sum of
 * embeddings times change grows by step times the gradient's square. */
static void
test_difference (Fixture *self, gconstpointer variant)
{
  g_autoptr (LikenessTape) tape = likeness_tape_new ();
  const GPtrArray *tensors = self->weights->tensors;
  const gsize n = self->n * LIKENESS_EMBEDDING_SIZE;
  double values[2], square = 0, step;

  go (self, tape, 1);
  for (guint i = 0; i < tensors->len; i++)
    {
      const LikenessTensor *tensor = tensors->pdata[i];

      for (gsize j = 0; j < tensor->n; j++)
        square += (double)self->gradients[i][j] * self->gradients[i][j];
    }
  step = 2e-2 / square;
  for (int side = 0; side < 2; side++)
    {
      g_autoptr (LikenessForward) moved = NULL;

      for (guint i = 0; i < tensors->len; i++)
        {
          LikenessTensor *tensor = tensors->pdata[i];

          for (gsize j = 0; j < tensor->n; j++)
            tensor->data[j]
                += (float)((side == 0 ? -step : 2 * step) * self->gradients[i][j]);
        }
      moved = likeness_forward_new (self->weights->variant, tensors,
                                    likeness_kernels_get (), 2, TRUE);
      g_assert_true (
          likeness_tape_forward (tape, moved, self->faces, self->n, 1, self->embeddings));
      values[side] = 0;
      for (gsize j = 0; j < n; j++)
        values[side] += (double)self->embeddings[j] * self->change[j];
    }
  g_test_message ("%s: %g, wanted %g", self->weights->variant->name,
                  values[1] - values[0], 2 * step * square);
  g_assert_cmpfloat_with_epsilon (values[1] - values[0], 2 * step * square,
                                  0.01 * 2 * step * square);
}

int
main (int argc, char **argv)
{
  static const char *const variants[] = {"xxs", "xs_gamma_06"};

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      struct
      {
        const char *name;
        void (*func) (Fixture *self, gconstpointer variant);
      } cases[] = {
          {"kernels", test_kernels},       {"bfloat16", test_bfloat16},
          {"threads", test_threads},       {"used-tape", test_used_tape},
          {"embeddings", test_embeddings}, {"difference", test_difference},
      };

      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        {
          g_autofree char *path
              = g_strdup_printf ("/tape/%s/%s", variants[i], cases[j].name);

          g_test_add (path, Fixture, variants[i], set_up, cases[j].func, tear_down);
        }
    }
  /* The widest, and the one whose low-rank pairs are widest, for the memory of products.
   */
  g_test_add ("/tape/base/bfloat16", Fixture, "base", set_up, test_bfloat16, tear_down);
  g_test_add ("/tape/s_gamma_05/bfloat16", Fixture, "s_gamma_05", set_up, test_bfloat16,
              tear_down);
  return g_test_run ();
}
