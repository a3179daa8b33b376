/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>

#include "likeness-test-report.h"

static guint
count (const char *html, const char *text)
{
  guint n = 0;

  for (const char *p = html; (p = strstr (p, text)) != NULL; p += strlen (text))
    n++;
  return n;
}

/* The text from @from to @to: asserts that both are there, in this order. */
static char *
cut (const char *html, const char *from, const char *to)
{
  const char *start = strstr (html, from);
  const char *end = start != NULL ? strstr (start, to) : NULL;

  g_assert_nonnull (end);
  return g_strndup (start, end - start);
}

static void
test_head (Fixture *self, gconstpointer data)
{
  g_autofree char *html = report_results (self);

  assert_says (html, "<h1><bdi>" RUN "</bdi>");
  assert_says (html, "<dd>17 Oct 2026, 04:44</dd>");
  assert_says (html, "<bdi>faces of &lt;us&gt;</bdi>");
  assert_says (html, "3 people, 120 train and 40 val faces");
  assert_says (html, "<bdi>edgeface_xxs.pt</bdi>");
  assert_says (html, "Some &amp; any processor");
  assert_says (html, "Complete: 2 of 2 epochs, in 6 min 40 s");
  assert_says (html, "data-state=\"learning\">Learning: ");
}

/* By hand: Wilson of 33/40 is 0.6805 to 0.9125. */
static void
test_figures (Fixture *self, gconstpointer data)
{
  g_autofree char *html = report_results (self);
  g_autofree char *top1 = cut (html, "id=\"figure-top1\"", "id=\"figure-rank1\"");
  g_autofree char *rank1 = cut (html, "id=\"figure-rank1\"", "id=\"figure-sim\"");
  g_autofree char *sim = cut (html, "id=\"figure-sim\"", "id=\"figure-impostors\"");
  g_autofree char *impostors
      = cut (html, "id=\"figure-impostors\"", "id=\"figure-strangers\"");
  g_autofree char *strangers = cut (html, "id=\"figure-strangers\"", "</section>");

  assert_says (top1, ">82.5 %<");
  assert_says (top1, "33 of 40");
  assert_says (top1, "95 % interval 68.0–91.3 %");
  assert_says (top1, "untouched: n/a (the untouched network has no classes)");
  assert_says (rank1, ">80.0 %<");
  assert_says (rank1, "untouched: 50.0 %, 20 of 40");
  assert_says (sim, ">0.533<");
  assert_says (sim, "untouched: 0.521");
  assert_says (impostors, ">−0.012<");
  assert_says (impostors, "99.9 % below 0.345");
  assert_says (strangers, ">n/a<");
  assert_says (strangers, "no people are known who were kept out of training");
  assert_silent (strangers, "0.0 %");
}

static void
test_undefined (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessResults) results = make_results (self);
  g_autofree char *html = NULL;
  g_autofree char *top1 = NULL;
  g_autofree char *sim = NULL;

  results->metrics.top1 = likeness_rate_new (0, 0);
  results->metrics.top1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  results->metrics.sim_undefined = LIKENESS_UNDEFINED_SAME_IMAGE;
  write_run (self);
  write_results (self, results);
  html = report (self);
  top1 = cut (html, "id=\"figure-top1\"", "id=\"figure-rank1\"");
  sim = cut (html, "id=\"figure-sim\"", "id=\"figure-impostors\"");

  assert_says (top1, "<div class=\"value none\">n/a</div>");
  assert_says (top1, "the validation people are not among the classes of training");
  assert_silent (top1, "0.0 %");
  assert_says (sim, "<div class=\"value none\">n/a</div>");
  assert_says (sim, "with the best image as input it would be 1 by construction");
}

static void
test_verification (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessResults) results = make_results (self);
  g_autofree char *html = NULL;
  g_autofree char *section = NULL;

  results->metrics.has_strangers = TRUE;
  results->metrics.strangers_subjects = 16;
  results->metrics.strangers_n = 206;
  results->metrics.strangers_low_high = results->metrics.val;
  results->metrics.strangers_low_high.eer = 0.1875;
  results->metrics.strangers_high_high = results->metrics.val;
  results->metrics.strangers_high_high.d_prime = 3.141;
  write_run (self);
  write_results (self, results);
  html = report (self);
  section = cut (html, "id=\"verification\"", "</section>");

  assert_says (section, "<td class=\"num\">321</td><td class=\"num\">7654</td>"
                        "<td class=\"num\">6.2 %</td><td class=\"num\">77.8 %</td>"
                        "<td class=\"num\">0.432</td><td class=\"num\">76</td>"
                        "<td class=\"num\">55.5 % †</td><td class=\"num\">0.543</td>"
                        "<td class=\"num\">7</td><td class=\"num\">2.718</td>");
  g_assert_cmpuint (count (section, ">untouched<"), ==, 1);
  g_assert_cmpuint (count (section, ">tuned<"), ==, 3);
  assert_says (section, ">18.8 %<");
  assert_says (section, ">3.141<");
  assert_says (section, "There are only 16 strangers");
  assert_says (html, "FAR 1 %, 16 people, 206 faces");
}

/* By hand: the upper ends are 0.86 (11/16), 0.95 (3/4), 0.99 (19/20). */
static void
test_subjects (Fixture *self, gconstpointer data)
{
  g_autofree char *html = report_results (self);
  g_autofree char *bo = cut (html, "<th><bdi>bo�</bdi></th>", "</tr>");
  g_autofree char *ann = cut (html, "<th><bdi>ann</bdi></th>", "</tr>");
  g_autofree char *evil
      = cut (html, "<th><bdi>&lt;script&gt;&amp;&quot;</bdi></th>", "</tr>");

  g_assert_true (strstr (html, bo) < strstr (html, ann));
  g_assert_true (strstr (html, ann) < strstr (html, evil));
  assert_says (bo, "11 of 16");
  assert_says (bo, "68.8 %");
  assert_says (bo, "44.4–85.8 %");
  assert_says (bo, "5 of 16");
  assert_says (bo, "−0.500");
  assert_says (bo, "<bdi>&lt;script&gt;&amp;&quot;</bdi>, 5 times");
  assert_says (ann, "3 of 4");
  assert_says (ann, "too few faces for a percentage");
  assert_silent (ann, "75.0 %");
  assert_silent (html, "<script");
}

static void
test_pictures (Fixture *self, gconstpointer data)
{
  g_autofree char *html = report_results (self);
  g_autofree char *subjects = cut (html, "id=\"subjects\"", "</section>");
  g_autofree char *failures = cut (html, "id=\"failures\"", "</section>");

  g_assert_cmpuint (count (subjects, "src=\"data:image/jpeg;base64,"), ==, 2);
  assert_says (subjects, "<span class=\"picture missing\" role=\"img\" "
                         "aria-label=\"Face of bo�\"></span>");
  /* The face of bo is gone, ann's and those of whom they are taken for are there. */
  g_assert_cmpuint (count (failures, "src=\"data:image/jpeg;base64,"), ==, 3);
  g_assert_cmpuint (count (failures, "picture missing"), ==, 1);
  /* Nothing is fetched from anywhere. */
  assert_silent (html, "http");
  assert_silent (html, "url(");
}

static void
test_failures (Fixture *self, gconstpointer data)
{
  g_autofree char *html = report_results (self);
  g_autofree char *section = cut (html, "id=\"failures\"", "</section>");

  assert_says (section, "2 of 2 val faces are nearer to another person");
  assert_says (section, "0.875 against 0.125");
  assert_says (section, "right person in place 3");
  /* The surest first. */
  g_assert_true (strstr (section, "0.875 against") < strstr (section, "0.312 against"));
  assert_says (section, "<bdi>gone�.png</bdi>");
}

static void
test_most_failures (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessResults) results = make_results (self);
  g_autofree char *html = NULL;

  results->faces = g_renew (LikenessJudgedFace, results->faces, 75);
  for (; results->n_faces < 75; results->n_faces++)
    {
      LikenessJudgedFace *face = &results->faces[results->n_faces];

      *face = results->faces[1];
      face->path = g_strdup ("/gone.png");
      /* No score is the least sure of all. */
      face->score_true = results->n_faces % 2 == 0 ? NAN : 0.5;
    }
  write_run (self);
  write_results (self, results);
  html = report (self);

  g_assert_cmpuint (count (html, "<div class=\"failure\">"), ==, 60);
  assert_says (html, "75 of 75 val faces");
  assert_says (html, "15 more are listed in faces.csv");
}

static void
test_curves (Fixture *self, gconstpointer data)
{
  g_autofree char *html = report_results (self);
  g_autofree char *section = cut (html, "id=\"curves\"", "</section>");
  g_autofree char *base64 = NULL;
  g_autofree guchar *svg = NULL;
  gsize length;

  assert_says (section, "alt=\"Accuracy: Train 0.8500; Val 0.8000");
  assert_says (section, "alt=\"Similarity: Sim 0.5320");
  assert_says (section, "alt=\"Loss: Loss 0.7500\"");
  /* Each once for a light and once for a dark screen. */
  g_assert_cmpuint (count (section, "data:image/svg+xml;base64,"), ==, 6);
  base64 = cut (strstr (section, "base64,") + strlen ("base64,"), "", "\"");
  svg = g_base64_decode (base64, &length);
  g_assert_nonnull (g_strstr_len ((const char *)svg, length, "<svg "));
  g_assert_nonnull (g_strstr_len ((const char *)svg, length, "</svg>"));
}

static void
test_settings_and_colophon (Fixture *self, gconstpointer data)
{
  g_autofree char *html = report_results (self);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, BEST, -1);
  guint n_keys;
  const LikenessKey *keys = likeness_run_config_get_keys (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *code = g_strdup_printf ("<code>%s</code>", keys[i].name);

      assert_says (html, code);
    }
  assert_says (html, "<code>batch</code></span><b><bdi>37</bdi></b>");
  assert_says (html, "<bdi>/data/faces of &lt;us&gt;</bdi>");
  assert_says (html, "CC BY-NC-SA 4.0");
  assert_says (html, "<dd>" PACKAGE_VERSION "</dd>");
  assert_says (html, "<dt>Events</dt><dd>5</dd>");
  assert_says (html, "<dt>Seed</dt><dd>4711</dd>");
  assert_says (html, hash);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/report/head", test_head);
  ADD ("/report/figures/to-the-digit", test_figures);
  ADD ("/report/figures/undefined", test_undefined);
  ADD ("/report/verification", test_verification);
  ADD ("/report/subjects", test_subjects);
  ADD ("/report/pictures", test_pictures);
  ADD ("/report/failures/surest-first", test_failures);
  ADD ("/report/failures/most", test_most_failures);
  ADD ("/report/curves", test_curves);
  ADD ("/report/settings-and-colophon", test_settings_and_colophon);
  return g_test_run ();
}
