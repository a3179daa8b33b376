/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <math.h>
#include <string.h>

#include "likeness-sample-person.h"
#include "likeness-sample.h"

#define SIDE 112
#define N_BYTES (SIDE * SIDE * 3)

static gboolean
is_equal (guint64 seed, guint subject, guint face, const LikenessImage *image)
{
  g_autoptr (LikenessImage) other = likeness_sample_draw_face (seed, subject, face);

  g_assert_cmpint (other->width, ==, SIDE);
  g_assert_cmpint (other->height, ==, SIDE);
  return memcmp (image->pixels, other->pixels, N_BYTES) == 0;
}

static void
test_same_numbers_same_face (void)
{
  g_autoptr (LikenessImage) image = likeness_sample_draw_face (42, 7, 3);

  g_assert_true (is_equal (42, 7, 3, image));
  g_assert_false (is_equal (43, 7, 3, image));
  g_assert_false (is_equal (42, 8, 3, image));
  g_assert_false (is_equal (42, 7, 4, image));
}

static gpointer
draw_some (gpointer data)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint face = 0; face < 8; face++)
    {
      g_autoptr (LikenessImage) image = likeness_sample_draw_face (42, face % 3, face);

      g_byte_array_append (bytes, image->pixels, N_BYTES);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_any_thread_draws_the_same (void)
{
  g_autoptr (GBytes) expected = draw_some (NULL);
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("draw", draw_some, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GBytes) bytes = g_thread_join (threads[i]);

      g_assert_true (g_bytes_equal (bytes, expected));
    }
}

/* Few people are as mixed as many: whatever the seed, the default two dozen hold every
 * kind that the window and the network are shown. */
static void
test_people_are_mixed (void)
{
  for (guint64 seed = 40; seed < 60; seed++)
    {
      guint glasses = 0, beards = 0, bald = 0, long_haired = 0, curly = 0, dark = 0,
            pale = 0;

      for (guint subject = 1; subject <= 24; subject++)
        {
          LikenessSamplePerson person;

          likeness_sample_person_init (&person, seed, subject);
          glasses += person.glasses != LIKENESS_SAMPLE_GLASSES_NONE;
          beards += person.beard != LIKENESS_SAMPLE_BEARD_NONE;
          bald += person.hair.cover <= 0.0;
          long_haired += person.hair.back > 30.0;
          curly += person.hair.curl > 0.0;
          dark += person.skin.red < 0.6;
          pale += person.skin.red > 0.85;
          /* The mouth is between the nose and the chin, the eyes beside each other. */
          g_assert_cmpfloat (person.mouth_y, >, person.nose_length + 4.0);
          g_assert_cmpfloat (person.mouth_y, <=, person.chin_y - 11.0);
          g_assert_cmpfloat (person.eye_x, >, person.eye_width + 2.0);
          g_assert_cmpfloat (person.eye_x + person.eye_width, <, person.width);
        }
      g_assert_cmpuint (glasses, >=, 2);
      g_assert_cmpuint (glasses, <=, 16);
      g_assert_cmpuint (beards, >=, 2);
      g_assert_cmpuint (beards, <=, 12);
      g_assert_cmpuint (bald, >=, 1);
      g_assert_cmpuint (long_haired, >=, 2);
      g_assert_cmpuint (curly, >=, 2);
      g_assert_cmpuint (dark, >=, 4);
      g_assert_cmpuint (pale, >=, 4);
    }
}

/* Light, surroundings and camera change the colours so much that they tell nobody: by the
 * mean colour, the nearest person is the right one hardly more often than by chance. */
static void
test_colour_does_not_tell (void)
{
  enum
  {
    N_SUBJECTS = 12,
    N_FACES = 12
  };
  double mean[N_SUBJECTS][N_FACES][3] = {0};
  guint right = 0;

  for (guint s = 0; s < N_SUBJECTS; s++)
    for (guint f = 0; f < N_FACES; f++)
      {
        g_autoptr (LikenessImage) image = likeness_sample_draw_face (42, s + 1, f);

        for (guint i = 0; i < N_BYTES; i++)
          mean[s][f][i % 3] += image->pixels[i] / (double)(SIDE * SIDE);
      }

  for (guint s = 0; s < N_SUBJECTS; s++)
    for (guint f = 0; f < N_FACES; f++)
      {
        double best = G_MAXDOUBLE;
        guint nearest = 0;

        for (guint t = 0; t < N_SUBJECTS; t++)
          {
            double distance = 0.0;

            for (guint c = 0; c < 3; c++)
              {
                double sum = 0.0;
                guint n = 0;

                for (guint g = 0; g < N_FACES; g++)
                  if (t != s || g != f)
                    {
                      sum += mean[t][g][c];
                      n++;
                    }
                distance += pow (mean[s][f][c] - sum / n, 2.0);
              }
            if (distance < best)
              {
                best = distance;
                nearest = t;
              }
          }
        right += nearest == s;
      }
  /* Chance is 12 of 144. */
  g_test_message ("right by mean colour: %u of %u", right, N_SUBJECTS * N_FACES);
  g_assert_cmpuint (right, <, N_SUBJECTS * N_FACES / 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/face/same-numbers-same-face", test_same_numbers_same_face);
  g_test_add_func ("/sample/face/any-thread-draws-the-same",
                   test_any_thread_draws_the_same);
  g_test_add_func ("/sample/people/are-mixed", test_people_are_mixed);
  g_test_add_func ("/sample/face/colour-does-not-tell", test_colour_does_not_tell);
  return g_test_run ();
}
