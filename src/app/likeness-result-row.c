/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-result-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-display-name.h"
#include "likeness-format.h"
#include "likeness-headline.h"

struct _LikenessResultRow
{
  GObject parent_instance;

  /* Owned */
  char *name;
  char *example;
  char *taken_for;
  guint taken_for_count;
  LikenessRate accuracy;
  LikenessRate baseline;
  gboolean has_baseline;
  double margin;
  guint position;
};

enum
{
  PROP_NAME = 1,
  PROP_CORRECT,
  PROP_ACCURACY,
  PROP_INTERVAL,
  PROP_MARGIN,
  PROP_BEFORE,
  PROP_TAKEN_FOR,
  PROP_VALUE,
  PROP_LOW,
  PROP_HIGH,
  PROP_WAS,
  PROP_MARGIN_VALUE,
  PROP_N,
  PROP_POSITION,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessResultRow, likeness_result_row, G_TYPE_OBJECT)

static char *
describe_correct (const LikenessRate *rate)
{
  g_autofree char *k = likeness_format_count (rate->k);
  g_autofree char *n = likeness_format_count (rate->n);

  return g_strdup_printf (_ ("%s of %s"), k, n);
}

static char *
describe_accuracy (LikenessResultRow *self)
{
  if (self->accuracy.n < LIKENESS_FEWEST_FOR_PERCENT)
    return g_strdup ("–");
  return likeness_format_percent (self->accuracy.value);
}

/* The tooltip of the bar, and the reason of a dash. */
static char *
describe_interval (LikenessResultRow *self)
{
  g_autofree char *interval = likeness_headline_format_interval (&self->accuracy);

  if (self->accuracy.n < LIKENESS_FEWEST_FOR_PERCENT)
    return g_strdup_printf (_ ("Too few faces for a percentage; 95 %% interval %s"),
                            interval);
  return g_strdup_printf (_ ("95 %% interval %s"), interval);
}

static char *
describe_taken_for (LikenessResultRow *self)
{
  g_autofree char *name = NULL;

  if (self->taken_for == NULL)
    /* Translators: in the column "Mostly taken for" */
    return g_strdup (_ ("nobody"));
  if (self->taken_for_count == 1)
    return g_strdup (self->taken_for);
  name = likeness_format_name (self->taken_for);
  /* Translators: a person's name and how often: "Anna, 3 times" */
  return g_strdup_printf (
      ngettext ("%s, %'u time", "%s, %'u times", self->taken_for_count), name,
      self->taken_for_count);
}

static void
likeness_result_row_finalize (GObject *object)
{
  LikenessResultRow *self = LIKENESS_RESULT_ROW (object);

  g_free (self->name);
  g_free (self->example);
  g_free (self->taken_for);

  G_OBJECT_CLASS (likeness_result_row_parent_class)->finalize (object);
}

static void
likeness_result_row_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  LikenessResultRow *self = LIKENESS_RESULT_ROW (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, likeness_result_row_get_name (self));
      break;
    case PROP_CORRECT:
      g_value_take_string (value, describe_correct (&self->accuracy));
      break;
    case PROP_ACCURACY:
      g_value_take_string (value, describe_accuracy (self));
      break;
    case PROP_INTERVAL:
      g_value_take_string (value, describe_interval (self));
      break;
    case PROP_MARGIN:
      g_value_take_string (value, likeness_format_score (self->margin));
      break;
    case PROP_BEFORE:
      g_value_take_string (value, self->has_baseline ? describe_correct (&self->baseline)
                                                     : g_strdup ("–"));
      break;
    case PROP_TAKEN_FOR:
      g_value_take_string (value, describe_taken_for (self));
      break;
    case PROP_VALUE:
      g_value_set_double (value, self->accuracy.value);
      break;
    case PROP_LOW:
      g_value_set_double (value, self->accuracy.low);
      break;
    case PROP_HIGH:
      g_value_set_double (value, self->accuracy.high);
      break;
    case PROP_WAS:
      g_value_set_double (value, self->has_baseline ? self->baseline.value : NAN);
      break;
    case PROP_MARGIN_VALUE:
      g_value_set_double (value, self->margin);
      break;
    case PROP_N:
      g_value_set_uint64 (value, self->accuracy.n);
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_result_row_class_init (LikenessResultRowClass *klass)
{
  static const char *const texts[] = {NULL,       "name",   "correct", "accuracy",
                                      "interval", "margin", "before",  "taken-for"};
  static const char *const numbers[] = {"value", "low", "high", "was", "margin-value"};
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = likeness_result_row_finalize;
  object_class->get_property = likeness_result_row_get_property;

  for (guint i = PROP_NAME; i <= PROP_TAKEN_FOR; i++)
    properties[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    properties[PROP_VALUE + i] = g_param_spec_double (
        numbers[i], NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_N] = g_param_spec_uint64 ("n", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_POSITION]
      = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
likeness_result_row_init (LikenessResultRow *self)
{
}

static LikenessResultRow *
new_row (const LikenessResults *results, guint subject, guint position)
{
  const LikenessSubjectResult *result = &results->subjects[subject];
  LikenessResultRow *self = g_object_new (LIKENESS_TYPE_RESULT_ROW, NULL);

  self->name = likeness_display_name (result->name);
  self->example = g_strdup (result->example);
  if (result->mostly_taken_for >= 0)
    self->taken_for
        = likeness_display_name (results->subjects[result->mostly_taken_for].name);
  self->taken_for_count = result->mostly_count;
  self->accuracy = result->accuracy;
  self->baseline = result->baseline;
  self->has_baseline = results->has_baseline;
  self->margin = result->margin;
  self->position = position;
  return self;
}

GPtrArray *
likeness_result_row_new_all (const LikenessResults *results)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree guint *order = g_new (guint, results->n_subjects + 1);

  likeness_results_sort_worst_first (results, order);
  for (guint i = 0; i < results->n_subjects; i++)
    if (results->subjects[order[i]].accuracy.n > 0)
      g_ptr_array_add (rows, new_row (results, order[i], rows->len));
  return rows;
}

const char *
likeness_result_row_get_name (LikenessResultRow *self)
{
  return self->name;
}

const char *
likeness_result_row_get_example (LikenessResultRow *self)
{
  return self->example;
}

static void
append_number (GString *text, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (text, '\t');
  if (!isnan (number))
    g_string_append (text, g_ascii_dtostr (digits, sizeof digits, number));
}

static void
append_count (GString *text, guint64 count)
{
  g_string_append_printf (text, "\t%" G_GUINT64_FORMAT, count);
}

void
likeness_result_row_append_tsv (LikenessResultRow *self, GString *text)
{
  g_string_append (text, self->name);
  append_count (text, self->accuracy.k);
  append_count (text, self->accuracy.n);
  append_number (text, self->accuracy.value);
  append_number (text, self->accuracy.low);
  append_number (text, self->accuracy.high);
  append_number (text, self->margin);
  if (self->has_baseline)
    append_count (text, self->baseline.k);
  else
    g_string_append_c (text, '\t');
  g_string_append_printf (text, "\t%s", self->taken_for != NULL ? self->taken_for : "");
  append_count (text, self->taken_for_count);
  g_string_append_c (text, '\n');
}
