/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-verification.h"

#include <math.h>
#include <sys/resource.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-types.h"

#define SIZE LIKENESS_EMBEDDING_SIZE

/* The same numbers as the script that gave the expected values. */
static guint32
next (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state;
}

static void
assert_tar (
    const LikenessTarAtFar *tar, double far, double value, double threshold, guint k)
{
  g_assert_cmpfloat (tar->far, ==, far);
  g_assert_cmpfloat_with_epsilon (tar->tar, value, 1e-12);
  g_assert_cmpfloat_with_epsilon (tar->threshold, threshold, 1e-6);
  g_assert_cmpuint (tar->false_accepts, ==, k);
}

/* Scores of 1/128 steps, full of ties; expected values by brute force in numpy over all
 * thresholds. */
static void
test_compute (void)
{
  LikenessVerification v;
  float genuine[200], impostor[3000];
  guint32 state = 7;

  for (guint i = 0; i < 200; i++)
    genuine[i] = ((next (&state) >> 16) % 64 + 40) / 128.0f;
  for (guint i = 0; i < 3000; i++)
    {
      guint32 a = (next (&state) >> 16) % 64, b = (next (&state) >> 16) % 64;

      impostor[i] = MIN (a, b) / 128.0f;
    }
  g_assert_true (
      likeness_verification_compute (genuine, 200, impostor, 3000, &v, NULL, NULL));
  g_assert_cmpuint (v.n_genuine, ==, 200);
  g_assert_cmpuint (v.n_impostor, ==, 3000);
  g_assert_cmpfloat_with_epsilon (v.genuine_mean, 0.5319140625, 1e-12);
  g_assert_cmpfloat_with_epsilon (v.impostor_mean, 0.16373697916666666, 1e-12);
  g_assert_cmpfloat (v.impostor_p999, ==, 0.484375);
  g_assert_cmpfloat_with_epsilon (v.d_prime, 2.8133283565919998, 1e-12);
  g_assert_cmpfloat_with_epsilon (v.eer, 0.09583333333333333, 1e-12);
  g_assert_cmpfloat (v.eer_threshold, ==, 0.3515625);
  assert_tar (&v.tar_1e2, 1e-2, 0.655, 0.4453125, 27);
  assert_tar (&v.tar_1e3, 1e-3, 0.58, 0.4921875, 1);
  g_assert_cmpfloat_with_epsilon (v.tar_1e2.far_reached, 0.009, 1e-12);
  g_assert_cmpfloat_with_epsilon (v.tar_1e3.far_reached, 1.0 / 3000, 1e-12);
}

/* A hundred impostors at 0.00 to 0.99: by hand, one false accept is a FAR of 0.01. */
static void
test_exact_far (void)
{
  LikenessVerification v;
  float genuine[] = {0.5f, 0.985f, 0.99f, 0.995f};
  float impostor[100];

  for (guint i = 0; i < 100; i++)
    impostor[i] = (99 - i) / 100.0f;
  g_assert_true (
      likeness_verification_compute (genuine, 4, impostor, 100, &v, NULL, NULL));
  assert_tar (&v.tar_1e2, 1e-2, 0.75, 0.985f, 1);
  g_assert_cmpfloat (v.tar_1e2.far_reached, ==, 0.01);
  assert_tar (&v.tar_1e3, 1e-3, 0.25, 0.995f, 0);
  /* ceil (0.999 * 100) = 100: the highest. */
  g_assert_cmpfloat (v.impostor_p999, ==, 0.99f);
}

/* A tie counts on the unsafe side: what is accepted is accepted for all equals. */
static void
test_ties (void)
{
  LikenessVerification v;
  float genuine[] = {0.9f, 0.9f, 0.8f};
  float impostor[200];

  for (guint i = 0; i < 200; i++)
    impostor[i] = i < 3 ? 0.9f : 0.1f;
  /* Accepting 0.9 accepts 3 of 200, more than 1 %; nothing observed lies above. */
  g_assert_true (
      likeness_verification_compute (genuine, 3, impostor, 200, &v, NULL, NULL));
  assert_tar (&v.tar_1e2, 1e-2, 0, 0.9, 0);
  g_assert_cmpfloat (v.tar_1e2.threshold, >, 0.9f);
}

static void
test_separated (void)
{
  LikenessVerification v;
  float genuine[] = {0.8f, 0.7f};
  float impostor[] = {-0.2f, 0.0f, -0.0f, 0.2f};

  g_assert_true (likeness_verification_compute (genuine, 2, impostor, 4, &v, NULL, NULL));
  g_assert_cmpfloat (v.eer, ==, 0);
  g_assert_cmpfloat (v.eer_threshold, ==, 0.7f);
  assert_tar (&v.tar_1e2, 1e-2, 1, 0.7, 0);
  g_assert_cmpfloat_with_epsilon (v.impostor_mean, 0, 1e-9);
  g_assert_cmpfloat (impostor[0], ==, -0.2f);
  g_assert_cmpfloat (impostor[3], ==, 0.2f);
}

/* A network that gives one embedding for every face. */
static void
test_collapsed (void)
{
  LikenessVerification v;
  float genuine[] = {1, 1};
  float impostor[] = {1, 1, 1};

  g_assert_true (likeness_verification_compute (genuine, 2, impostor, 3, &v, NULL, NULL));
  g_assert_cmpfloat (v.eer, ==, 0.5);
  g_assert_true (isnan (v.d_prime));
  g_assert_cmpfloat (v.tar_1e2.tar, ==, 0);
}

static void
test_none (void)
{
  LikenessVerification v;
  float scores[] = {0.5f, NAN, 0.25f};

  g_assert_true (likeness_verification_compute (NULL, 0, NULL, 0, &v, NULL, NULL));
  g_assert_true (isnan (v.genuine_mean) && isnan (v.impostor_mean) && isnan (v.eer));
  g_assert_true (likeness_verification_compute (scores, 1, NULL, 0, &v, NULL, NULL));
  g_assert_cmpfloat (v.genuine_mean, ==, 0.5);
  g_assert_true (isnan (v.eer) && isnan (v.tar_1e2.tar) && isnan (v.d_prime));
  g_assert_true (likeness_verification_compute (NULL, 0, scores, 1, &v, NULL, NULL));
  g_assert_cmpfloat (v.impostor_p999, ==, 0.5);
  g_assert_true (isnan (v.eer));
  g_assert_true (
      likeness_verification_compute (scores, 3, scores + 2, 1, &v, NULL, NULL));
  g_assert_cmpuint (v.n_genuine, ==, 3);
  g_assert_true (isnan (v.genuine_mean) && isnan (v.eer));
}

static void
draw (float *values, gsize n, guint32 *state)
{
  for (gsize i = 0; i < n; i++)
    values[i] = (next (state) >> 8) / 16777216.0 - 0.5;
}

static void
mix (float *rows, gsize n, float weight, const float *centres, const guint32 *label)
{
  for (gsize i = 0; i < n; i++)
    {
      double sum = 0;

      for (guint k = 0; k < SIZE; k++)
        {
          rows[i * SIZE + k] = weight * rows[i * SIZE + k] + centres[label[i] * SIZE + k];
          sum += (double)rows[i * SIZE + k] * rows[i * SIZE + k];
        }
      for (guint k = 0; k < SIZE; k++)
        rows[i * SIZE + k] /= sqrt (sum);
    }
}

/* 23 faces of 5 people, no multiple of any block; expected values from numpy, float64. */
static void
test_pairs (void)
{
  LikenessVerification v;
  g_autofree float *centres = g_new (float, 5 * SIZE);
  g_autofree float *probe = g_new (float, 23 * SIZE);
  g_autofree float *reference = g_new (float, 23 * SIZE);
  guint32 label[23], state = 11;

  for (guint i = 0; i < 23; i++)
    label[i] = i * 5 / 23;
  draw (centres, 5 * SIZE, &state);
  draw (probe, 23 * SIZE, &state);
  draw (reference, 23 * SIZE, &state);
  mix (probe, 23, 2.0f, centres, label);
  mix (reference, 23, 1.5f, centres, label);
  g_assert_true (
      likeness_verification_pairs (probe, reference, label, 23, &v, NULL, NULL));
  g_assert_cmpuint (v.n_genuine, ==, 84);
  g_assert_cmpuint (v.n_impostor, ==, 422);
  g_assert_cmpfloat_with_epsilon (v.genuine_mean, 0.23728801926988735, 1e-7);
  g_assert_cmpfloat_with_epsilon (v.impostor_mean, -0.008946121304908778, 1e-7);
  g_assert_cmpfloat_with_epsilon (v.impostor_p999, 0.15417217071072328, 1e-6);
  g_assert_cmpfloat_with_epsilon (v.d_prime, 5.835326732516394, 1e-4);
  g_assert_cmpfloat_with_epsilon (v.eer, 0.001184834123222749, 1e-12);
  assert_tar (&v.tar_1e2, 1e-2, 1.0, 0.0877540109937884, 4);
  assert_tar (&v.tar_1e3, 1e-3, 0.9642857142857143, 0.15546170818251975, 0);
}

static void
test_few_faces (void)
{
  LikenessVerification v;
  float faces[2 * SIZE] = {0};
  guint32 label[] = {0, 1};

  faces[0] = faces[SIZE + 1] = 1;
  g_assert_true (likeness_verification_pairs (faces, faces, label, 0, &v, NULL, NULL));
  g_assert_cmpuint (v.n_genuine + v.n_impostor, ==, 0);
  g_assert_true (likeness_verification_pairs (faces, faces, label, 1, &v, NULL, NULL));
  g_assert_cmpuint (v.n_genuine + v.n_impostor, ==, 0);
  /* A face is never paired with itself. */
  g_assert_true (likeness_verification_pairs (faces, faces, label, 2, &v, NULL, NULL));
  g_assert_cmpuint (v.n_genuine, ==, 0);
  g_assert_cmpuint (v.n_impostor, ==, 2);
  g_assert_cmpfloat (v.impostor_mean, ==, 0);
}

/* 7,000 faces would be 49 million pairs: every second probe is taken. */
static void
test_many_faces (void)
{
  LikenessVerification v;
  gsize n = 7000;
  g_autofree float *faces = g_new0 (float, n *SIZE);
  g_autofree guint32 *label = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    {
      label[i] = i / 10;
      faces[i * SIZE + label[i] % SIZE] = 1;
    }
  g_assert_true (likeness_verification_pairs (faces, faces, label, n, &v, NULL, NULL));
  g_assert_cmpuint (v.n_genuine, ==, 3500 * 9);
  g_assert_cmpuint (v.n_impostor, ==, 3500 * 6990);
  g_assert_cmpfloat (v.genuine_mean, ==, 1);
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* As many pairs as there may be: they are counted for seconds, and let go of at once. */
static void
test_cancel (void)
{
  LikenessVerification v;
  const gsize n = 5700;
  g_autofree float *faces = g_new (float, n *SIZE);
  g_autofree guint32 *label = g_new (guint32, n);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;
  guint32 state = 3;

  draw (faces, n * SIZE, &state);
  for (gsize i = 0; i < n; i++)
    label[i] = i / 10;
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_test_timer_start ();
  g_assert_false (
      likeness_verification_pairs (faces, faces, label, n, &v, cancellable, &error));
  g_test_message ("%.3f seconds", g_test_timer_elapsed ());
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_clear_error (&error);
  /* And where all scores are there already. */
  g_assert_false (
      likeness_verification_compute (faces, n, faces + n, n, &v, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* No room for the scores: in a child, as libraries may keep what a limit hides. */
static void
test_no_memory (void)
{
  const gsize n = 5700;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("The sanitizer needs the whole address space.");
  return;
#endif
  if (g_test_subprocess ())
    {
      LikenessVerification v;
      g_autofree float *faces = g_new0 (float, n *SIZE);
      g_autofree guint32 *label = g_new0 (guint32, n);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      struct rlimit limit;

      g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
      limit.rlim_cur = limit.rlim_max
          = g_ascii_strtoull (text, NULL, 10) * (rlim_t)sysconf (_SC_PAGESIZE)
            + (16 << 20);
      g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
      g_assert_false (
          likeness_verification_pairs (faces, faces, label, n, &v, NULL, &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_quick (void)
{
  LikenessVerification v;
  gsize n = 2000;
  g_autofree float *faces = g_new (float, n *SIZE);
  g_autofree guint32 *label = g_new (guint32, n);
  guint32 state = 3;
  double seconds;

  draw (faces, n * SIZE, &state);
  for (gsize i = 0; i < n; i++)
    label[i] = i / 10;
  g_test_timer_start ();
  g_assert_true (likeness_verification_pairs (faces, faces, label, n, &v, NULL, NULL));
  seconds = g_test_timer_elapsed ();
  g_test_minimized_result (seconds, "%.3f seconds for 2,000 faces", seconds);
  g_assert_cmpfloat (seconds, <, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verification/compute/against-brute-force", test_compute);
  g_test_add_func ("/verification/compute/exact-far", test_exact_far);
  g_test_add_func ("/verification/compute/ties", test_ties);
  g_test_add_func ("/verification/compute/separated", test_separated);
  g_test_add_func ("/verification/compute/collapsed", test_collapsed);
  g_test_add_func ("/verification/compute/nothing-is-nan", test_none);
  g_test_add_func ("/verification/pairs/against-numpy", test_pairs);
  g_test_add_func ("/verification/pairs/few-faces", test_few_faces);
  g_test_add_func ("/verification/pairs/cancel", test_cancel);
  g_test_add_func ("/verification/pairs/no-memory", test_no_memory);
  if (g_test_slow ())
    g_test_add_func ("/verification/pairs/many-faces", test_many_faces);
  if (g_test_perf ())
    g_test_add_func ("/verification/pairs/quick", test_quick);
  return g_test_run ();
}
