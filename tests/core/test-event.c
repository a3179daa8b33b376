/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-event.h"

#include <math.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-json.h"

static LikenessVerification
make_verification (double shift)
{
  return (LikenessVerification){
      .n_genuine = 2682,
      .n_impostor = 39754,
      .genuine_mean = 0.5 + shift,
      .impostor_mean = 0.01 + shift,
      .impostor_p999 = 0.3 + shift,
      .d_prime = 3.1 + shift,
      .eer = 0.05 + shift,
      .eer_threshold = 0.2 + shift,
      .tar_1e2 = {1e-2, 0.871 + shift, 0.25, 0.0099, 395},
      .tar_1e3 = {1e-3, 0.6 + shift, 0.35, 0.00098, 39},
  };
}

static LikenessEvent *
make_epoch (void)
{
  LikenessEvent *event = likeness_event_new (LIKENESS_EVENT_EPOCH);

  event->time = 12.3456789012345;
  event->epoch = 10;
  event->epochs = 25;
  event->stage = 2;
  event->batch = 23;
  event->batches = 23;
  event->loss = 1.25;
  event->lr_head = 1e-3;
  event->lr_backbone = 1e-4;
  event->batch_accuracy = 0.875;
  event->images_per_second = 159.5;
  event->seconds_left = 120;
  event->best_epoch = 9;
  event->metrics.train_top1 = likeness_rate_new (8932, 10000);
  event->metrics.top1 = likeness_rate_new (7234, 10000);
  event->metrics.top5 = likeness_rate_new (9000, 10000);
  event->metrics.macro_top1 = 0.7111;
  event->metrics.rank1 = likeness_rate_new (357, 391);
  event->metrics.sim = 0.8456;
  event->metrics.sim_n = 391;
  event->metrics.val = make_verification (0);
  event->metrics.has_strangers = TRUE;
  event->metrics.strangers_subjects = 16;
  event->metrics.strangers_n = 206;
  event->metrics.strangers_sim = 0.52;
  event->metrics.strangers_low_high = make_verification (0.01);
  event->metrics.strangers_high_high = make_verification (0.02);
  event->verdict = (LikenessVerdict){LIKENESS_VERDICT_PLATEAU, 7};
  event->text = g_strdup ("Nothing moves since epoch 7.");
  return event;
}

static void
assert_verification_equal (const LikenessVerification *a, const LikenessVerification *b)
{
  g_assert_cmpuint (a->n_genuine, ==, b->n_genuine);
  g_assert_cmpuint (a->n_impostor, ==, b->n_impostor);
  g_assert_cmpfloat (a->genuine_mean, ==, b->genuine_mean);
  g_assert_cmpfloat (a->impostor_mean, ==, b->impostor_mean);
  g_assert_cmpfloat (a->impostor_p999, ==, b->impostor_p999);
  g_assert_cmpfloat (a->d_prime, ==, b->d_prime);
  g_assert_cmpfloat (a->eer, ==, b->eer);
  g_assert_cmpfloat (a->eer_threshold, ==, b->eer_threshold);
  g_assert_cmpmem (&a->tar_1e2, sizeof a->tar_1e2, &b->tar_1e2, sizeof b->tar_1e2);
  g_assert_cmpmem (&a->tar_1e3, sizeof a->tar_1e3, &b->tar_1e3, sizeof b->tar_1e3);
}

static void
test_epoch_round_trip (void)
{
  g_autoptr (LikenessEvent) event = make_epoch ();
  g_autoptr (LikenessEvent) copy = likeness_event_copy (event);
  g_autofree char *line = likeness_event_to_json (copy);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessEvent) again = likeness_event_from_json (line, &error);
  g_autofree char *second = NULL;
  const LikenessMetrics *metrics;

  g_assert_no_error (error);
  g_assert_null (strchr (line, '\n'));
  metrics = &again->metrics;
  g_assert_cmpint (again->type, ==, LIKENESS_EVENT_EPOCH);
  g_assert_cmpfloat (again->time, ==, event->time);
  g_assert_cmpuint (again->epoch, ==, 10);
  g_assert_cmpuint (again->epochs, ==, 25);
  g_assert_cmpuint (again->stage, ==, 2);
  g_assert_cmpuint (again->batch, ==, 23);
  g_assert_cmpuint (again->batches, ==, 23);
  g_assert_cmpfloat (again->loss, ==, 1.25);
  g_assert_cmpfloat (again->lr_head, ==, 1e-3);
  g_assert_cmpfloat (again->lr_backbone, ==, 1e-4);
  g_assert_cmpfloat (again->batch_accuracy, ==, 0.875);
  g_assert_cmpfloat (again->images_per_second, ==, 159.5);
  g_assert_cmpfloat (again->seconds_left, ==, 120);
  g_assert_cmpuint (again->best_epoch, ==, 9);
  g_assert_cmpuint (metrics->train_top1.k, ==, 8932);
  g_assert_cmpuint (metrics->top1.n, ==, 10000);
  g_assert_cmpfloat (metrics->top1.low, ==, event->metrics.top1.low);
  g_assert_cmpuint (metrics->top5.k, ==, 9000);
  g_assert_cmpfloat (metrics->macro_top1, ==, 0.7111);
  g_assert_cmpuint (metrics->rank1.k, ==, 357);
  g_assert_cmpfloat (metrics->sim, ==, 0.8456);
  g_assert_cmpuint (metrics->sim_n, ==, 391);
  assert_verification_equal (&metrics->val, &event->metrics.val);
  g_assert_true (metrics->has_strangers);
  g_assert_cmpuint (metrics->strangers_subjects, ==, 16);
  g_assert_cmpuint (metrics->strangers_n, ==, 206);
  g_assert_cmpfloat (metrics->strangers_sim, ==, 0.52);
  assert_verification_equal (&metrics->strangers_low_high,
                             &event->metrics.strangers_low_high);
  assert_verification_equal (&metrics->strangers_high_high,
                             &event->metrics.strangers_high_high);
  g_assert_cmpint (again->verdict.state, ==, LIKENESS_VERDICT_PLATEAU);
  g_assert_cmpuint (again->verdict.epoch, ==, 7);
  g_assert_cmpstr (again->text, ==, event->text);
  second = likeness_event_to_json (again);
  g_assert_cmpstr (second, ==, line);
}

static void
test_types_round_trip (void)
{
  for (LikenessEventType type = LIKENESS_EVENT_STAGE; type <= LIKENESS_EVENT_FAILED;
       type++)
    {
      g_autoptr (LikenessEvent) event = likeness_event_new (type);
      g_autoptr (LikenessEvent) again = NULL;
      g_autofree char *line = NULL;
      g_autofree char *second = NULL;

      event->epoch = 3;
      event->n_classes = 142;
      event->n_train = 1476;
      event->n_val = 391;
      event->n_parameters = 1240000;
      event->text = g_strdup ("a \"text\"\nof \xff\\ bytes");
      event->run = g_strdup ("/home/\xe9/run");
      line = likeness_event_to_json (event);
      again = likeness_event_from_json (line, NULL);
      g_assert_nonnull (again);
      g_assert_cmpint (again->type, ==, type);
      g_assert_cmpuint (again->epoch, ==, 3);
      g_assert_cmpuint (again->n_classes, ==, type == LIKENESS_EVENT_START ? 142 : 0);
      g_assert_cmpuint (again->n_parameters, ==,
                        type == LIKENESS_EVENT_START ? 1240000 : 0);
      g_assert_true (isnan (again->loss));
      g_assert_cmpfloat (again->seconds_left, ==, -1);
      g_assert_true (isnan (again->metrics.sim));
      g_assert_cmpstr (again->text, ==, event->text);
      g_assert_cmpstr (again->run, ==, event->run);
      second = likeness_event_to_json (again);
      g_assert_cmpstr (second, ==, line);
    }
}

/* The keys that other programs rely on. */
static void
test_json_members (void)
{
  g_autoptr (LikenessEvent) event = make_epoch ();
  g_autoptr (LikenessEvent) done = likeness_event_new (LIKENESS_EVENT_DONE);
  g_autofree char *line = likeness_event_to_json (event);
  g_autofree char *done_line = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_assert_nonnull (strstr (line, "\"event\": \"epoch\""));
  g_assert_nonnull (strstr (line, "\"top1\": {\"value\": 0.7234, \"k\": 7234, "));
  g_assert_nonnull (strstr (line, "\"sim\": 0.8456"));
  g_assert_nonnull (strstr (line, "\"tar_at_far\": [{\"far\": 0.01, \"tar\": 0.871, "));
  g_assert_nonnull (strstr (line, "\"strangers\": {\"subjects\": 16, \"n\": 206, "));
  done->run = g_strdup ("/run");
  done->best_epoch = 8;
  done->verdict = (LikenessVerdict){LIKENESS_VERDICT_OVER_FITTING, 8};
  done->text = g_strdup ("Because.");
  done_line = likeness_event_to_json (done);
  root = likeness_json_parse (done_line, -1, NULL);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (root), "best_epoch"),
                   ==, 8);
  g_assert_nonnull (strstr (done_line, "\"event\": \"done\""));
  g_assert_nonnull (strstr (done_line,
                            "\"verdict\": {\"state\": \"over-fitting\", \"epoch\": 8, "
                            "\"sentence\": \"Because.\"}"));
}

static void
test_undefined (void)
{
  g_autoptr (LikenessEvent) event = make_epoch ();
  g_autoptr (LikenessEvent) again = NULL;
  g_autofree char *line = NULL;

  event->metrics.top1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  event->metrics.rank1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  event->metrics.sim = NAN;
  event->metrics.sim_undefined = LIKENESS_UNDEFINED_SAME_IMAGE;
  event->metrics.has_strangers = FALSE;
  event->loss = INFINITY;
  line = likeness_event_to_json (event);
  g_assert_nonnull (strstr (line,
                            "\"top1\": null, \"top1_reason\": \"the validation people "
                            "are not among the classes of training\""));
  g_assert_nonnull (strstr (line, "\"sim\": null, \"sim_reason\": \"with the best"));
  g_assert_nonnull (strstr (line, "\"strangers\": null, \"strangers_reason\": \"no"));
  g_assert_nonnull (strstr (line, "\"loss\": null, \"loss_reason\": "));
  g_assert_null (strstr (line, "nan"));
  g_assert_null (strstr (line, "inf"));
  again = likeness_event_from_json (line, NULL);
  g_assert_cmpint (again->metrics.top1_undefined, ==, LIKENESS_UNDEFINED_DISJOINT);
  g_assert_cmpint (again->metrics.rank1_undefined, ==, LIKENESS_UNDEFINED_DISJOINT);
  g_assert_cmpint (again->metrics.sim_undefined, ==, LIKENESS_UNDEFINED_SAME_IMAGE);
  g_assert_true (isnan (again->metrics.top1.value));
  g_assert_true (isnan (again->metrics.sim));
  g_assert_true (isnan (again->loss));
  g_assert_false (again->metrics.has_strangers);
}

static void
test_hostile (void)
{
  static const char *const lines[] = {
      "",
      "[]",
      "{}",
      "{\"event\": \"explode\"}",
      "{\"event\": 7}",
      "{\"event\": \"epoch\", \"epoch\": -1}",
      "{\"event\": \"epoch\", \"epoch\": 4294967296}",
      "{\"event\": \"epoch\", \"epoch\": \"ten\"}",
      "{\"event\": \"epoch\", \"time\": \"now\"}",
      "{\"event\": \"epoch\", \"loss\": 1e999}",
      "{\"event\": \"epoch\", \"loss\": [[[]]]}",
      "{\"event\": \"epoch\", \"top1\": 0.5}",
      "{\"event\": \"epoch\", \"top1\": {\"k\": 5, \"n\": 4}}",
      "{\"event\": \"epoch\", \"top1\": {\"k\": 1e3, \"n\": 4000}}",
      "{\"event\": \"epoch\", \"top1\": null, \"top1_reason\": 5}",
      "{\"event\": \"epoch\", \"tar_at_far\": {}}",
      "{\"event\": \"epoch\", \"tar_at_far\": [{\"tar\": \"x\"}]}",
      "{\"event\": \"epoch\", \"strangers\": 5}",
      "{\"event\": \"epoch\", \"strangers\": {\"low_high\": []}}",
      "{\"event\": \"epoch\", \"verdict\": \"good\"}",
      "{\"event\": \"stage\", \"text\": {}}",
      "{\"event\": \"stage\", \"run\": \"\\\\x00\"}",
  };
  g_autoptr (LikenessEvent) sparse = NULL;
  g_autoptr (LikenessEvent) whole = make_epoch ();
  g_autofree char *line = likeness_event_to_json (whole);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (likeness_event_from_json (lines[i], &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
    }
  /* Cut off anywhere it is refused, never half read. */
  for (gsize length = strlen (line) - 1; length > 0; length--)
    {
      line[length] = '\0';
      g_assert_null (likeness_event_from_json (line, NULL));
    }
  sparse = likeness_event_from_json (
      "{\"event\": \"epoch\", \"tar_at_far\": [7, null, {}, []], \"new\": [1]}", NULL);
  g_assert_nonnull (sparse);
  g_assert_true (isnan (sparse->metrics.val.tar_1e3.tar));
}

static void
test_epoch_line (void)
{
  g_autoptr (LikenessEvent) event = make_epoch ();
  g_autofree char *line = likeness_event_to_epoch_line (event);
  g_autofree char *undefined = NULL;

  g_assert_cmpstr (line, ==,
                   "Epoch 10/25 | Train Acc: 0.8932 | Val Acc: 0.7234 Sim: 0.8456");
  event->metrics.top1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  event->metrics.sim = NAN;
  undefined = likeness_event_to_epoch_line (event);
  g_assert_cmpstr (undefined, ==, "Epoch 10/25 | Train Acc: n/a | Val Acc: n/a Sim: n/a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event/json/epoch-round-trip", test_epoch_round_trip);
  g_test_add_func ("/event/json/every-type-round-trips", test_types_round_trip);
  g_test_add_func ("/event/json/members", test_json_members);
  g_test_add_func ("/event/json/undefined-is-null-with-reason", test_undefined);
  g_test_add_func ("/event/json/hostile", test_hostile);
  g_test_add_func ("/event/epoch-line", test_epoch_line);
  return g_test_run ();
}
