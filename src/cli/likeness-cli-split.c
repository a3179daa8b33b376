/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-options.h"
#include "likeness-cli-output.h"
#include "likeness-cli-split-result.h"
#include "likeness-dataset-scanner.h"
#include "likeness-error.h"
#include "likeness-leftover.h"
#include "likeness-near-duplicates.h"

static const char *const layout_choices[] = {"same", "folders", NULL};
static const char *const link_choices[] = {"copy", "hard", "symbolic", NULL};

/** The texts of the options, before they are understood. */
typedef struct
{
  char *output;
  char *from;
  char *ratio;
  char *minimum;
  char *distance;
  char *seed;
  char *layout;
  char *link;
  char *pins;
  gboolean divide; /* --no-keep-near-duplicates */
  gboolean replace;
  gboolean check_content;
  gboolean dry_run;
} Texts;

static void
texts_clear (Texts *self)
{
  g_free (self->output);
  g_free (self->from);
  g_free (self->ratio);
  g_free (self->minimum);
  g_free (self->distance);
  g_free (self->seed);
  g_free (self->layout);
  g_free (self->link);
  g_free (self->pins);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

typedef struct
{
  const char *source;
  const char *pins;
  guint split_mask;
  gboolean folders;
  gboolean dry_run;
  LikenessPlanOptions plan_options;
  LikenessCommitOptions commit_options;
  LikenessCliSplitResult result;
} Split;

static void
split_clear (Split *self)
{
  likeness_cli_split_result_clear (&self->result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Split, split_clear)

/* The faces that stay in test are looked at too: a near-twin there would make a stranger
 * of somebody known. */
static gboolean
look_at_test (Split *split,
              LikenessProgress *progress,
              GCancellable *cancellable,
              GError **error)
{
  LikenessCliSplitResult *result = &split->result;
  g_autoptr (LikenessSplitJob) test = NULL;

  if ((split->split_mask & (1u << LIKENESS_SPLIT_TEST)) == 0
      && likeness_dataset_get_count (result->dataset, LIKENESS_SPLIT_TEST).faces > 0)
    {
      test = likeness_split_job_new (result->dataset, 1u << LIKENESS_SPLIT_TEST);
      if (!likeness_split_job_read (test, progress, cancellable, error))
        return FALSE;
    }
  result->twins = likeness_split_twins_find (result->job, test);
  return TRUE;
}

static gboolean
run (gpointer data, LikenessProgress *progress, GCancellable *cancellable, GError **error)
{
  Split *split = data;
  LikenessCliSplitResult *result = &split->result;

  result->dataset
      = likeness_dataset_scanner_scan (split->source, progress, cancellable, error);
  if (result->dataset == NULL)
    return FALSE;
  result->job = likeness_split_job_new (result->dataset, split->split_mask);
  if ((split->pins != NULL
       && !likeness_split_job_load_pins (result->job, split->pins, error))
      || !likeness_split_job_read (result->job, progress, cancellable, error)
      || !look_at_test (split, progress, cancellable, error))
    return FALSE;
  result->plan = likeness_split_job_plan (result->job, &split->plan_options, error);
  if (result->plan == NULL)
    return FALSE;
  if (split->dry_run)
    return TRUE;
  split->commit_options.layout = split->folders
                                     ? LIKENESS_LAYOUT_FOLDERS
                                     : likeness_dataset_get_layout (result->dataset);
  result->committed = likeness_split_job_commit (result->job, &split->commit_options,
                                                 progress, cancellable, error);
  return result->committed;
}

static gboolean
parse_from (const char *text, guint *mask, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "train,val", ",", -1);
  gboolean is_known = names[0] != NULL;

  *mask = 0;
  for (char **name = names; *name != NULL && is_known; name++)
    {
      LikenessSplit split = LIKENESS_SPLIT_NONE;

      is_known = likeness_split_from_string (*name, &split);
      *mask |= 1u << split;
    }
  if (!is_known)
    g_set_error (
        error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
        _ ("--from takes train, val and test, with commas between them, not “%s”"), text);
  return is_known;
}

static gboolean
understand (const Texts *texts, Split *split, GError **error)
{
  guint layout = 0;
  guint link = LIKENESS_LINK_COPY;
  guint64 minimum = 5;
  guint64 distance = LIKENESS_NEAR_DUPLICATE_DISTANCE;

  likeness_plan_options_init (&split->plan_options);
  if (!parse_from (texts->from, &split->split_mask, error)
      || !likeness_cli_parse_number ("ratio", texts->ratio, &split->plan_options.ratio,
                                     error)
      || !likeness_cli_parse_whole ("min-images", texts->minimum, 2, 1000, &minimum,
                                    error)
      || !likeness_cli_parse_whole ("near-distance", texts->distance, 0,
                                    LIKENESS_NEAR_DUPLICATE_DISTANCE_MAX, &distance,
                                    error)
      || !likeness_cli_parse_whole ("seed", texts->seed, 0, G_MAXINT64,
                                    &split->plan_options.seed, error)
      || !likeness_cli_parse_choice ("layout", texts->layout, layout_choices, &layout,
                                     error)
      || !likeness_cli_parse_choice ("link", texts->link, link_choices, &link, error))
    return FALSE;
  /* The plan asks too, but only when everything has been read. */
  if (!(split->plan_options.ratio >= 0.05 && split->plan_options.ratio <= 0.95))
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("--ratio takes a number from 0.05 to 0.95, not “%s”"),
                   texts->ratio);
      return FALSE;
    }
  if (texts->output == NULL && !texts->dry_run)
    {
      g_set_error (
          error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
          _ ("--output DIR is missing: the folder to make (or --dry-run, to look "
             "at the plan only)"));
      return FALSE;
    }
  split->plan_options.minimum = minimum;
  split->plan_options.near_distance = distance;
  split->plan_options.keep_near_duplicates = !texts->divide;
  split->folders = layout == 1;
  split->pins = texts->pins;
  split->dry_run = texts->dry_run;
  split->commit_options.target = texts->output;
  split->commit_options.link = link;
  split->commit_options.replace = texts->replace;
  split->commit_options.check_content = texts->check_content;
  return TRUE;
}

static gboolean
parse (LikenessCli *cli,
       int argc,
       char **argv,
       Texts *texts,
       char ***arguments,
       GError **error)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &texts->output, N_ ("The folder to make"),
       "DIR"},
      {"from", 0, 0, G_OPTION_ARG_STRING, &texts->from,
       N_ ("The splits to pool (train,val)"), "SPLITS"},
      {"ratio", 0, 0, G_OPTION_ARG_STRING, &texts->ratio,
       N_ ("Train's share of each person's images (0.8)"), "R"},
      {"min-images", 0, 0, G_OPTION_ARG_STRING, &texts->minimum,
       N_ ("People with fewer are dropped (5)"), "N"},
      {"seed", 0, 0, G_OPTION_ARG_STRING, &texts->seed,
       N_ ("The same seed gives the same split (42)"), "N"},
      {"keep-near-duplicates", 0, G_OPTION_FLAG_REVERSE, G_OPTION_ARG_NONE,
       &texts->divide, N_ ("Keep near-duplicates on one side (the default)"), NULL},
      {"no-keep-near-duplicates", 0, 0, G_OPTION_ARG_NONE, &texts->divide,
       N_ ("Divide them like all others"), NULL},
      {"near-distance", 0, 0, G_OPTION_ARG_STRING, &texts->distance,
       N_ ("Near: this many of 64 bits of their hashes differ, at most (4)"), "N"},
      {"layout", 0, 0, G_OPTION_ARG_STRING, &texts->layout,
       N_ ("same (as the source) or folders (one for each person)"), "LAYOUT"},
      {"link", 0, 0, G_OPTION_ARG_STRING, &texts->link, N_ ("copy, hard or symbolic"),
       "KIND"},
      {"replace", 0, 0, G_OPTION_ARG_NONE, &texts->replace,
       N_ ("Replace an existing folder once the new one is complete"), NULL},
      {"check-content", 0, 0, G_OPTION_ARG_NONE, &texts->check_content,
       N_ ("Hash every image again while it is written"), NULL},
      {"pins", 0, 0, G_OPTION_ARG_FILENAME, &texts->pins,
       N_ ("Lines of train, val or out, a tab, and a path"), "FILE"},
      {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &texts->dry_run,
       N_ ("Make the plan, write nothing"), NULL},
      {NULL},
  };
  const LikenessCliUsage usage = {
      .parameters = N_ ("SOURCE"),
      .summary = N_ ("Pools a data set's people and gives each one's images to train and "
                     "val, into a new folder."),
      .least = 1,
      .most = 1,
      .entries = entries,
  };

  return likeness_cli_parse (cli, &usage, argc, argv, arguments, error);
}

/* What a killed split of this target left is cleared away by the next; not in silence. */
static void
tell_leftovers (const Split *split)
{
  g_autofree char *parent = NULL;
  g_autofree char *name = NULL;
  g_autofree char *target = NULL;
  g_autoptr (GPtrArray) leftovers = NULL;

  if (split->commit_options.target == NULL)
    return;
  target = g_canonicalize_filename (split->commit_options.target, NULL);
  parent = g_path_get_dirname (target);
  name = g_path_get_basename (target);
  leftovers = likeness_leftover_find (parent, name);
  for (guint i = 0; i < leftovers->len; i++)
    {
      const LikenessLeftover *leftover = leftovers->pdata[i];
      g_autofree char *what = likeness_leftover_describe (leftover);

      g_printerr (split->dry_run      ? _ ("%s. The next split into it clears this "
                                                "away.\n")
                  : leftover->is_last ? _ ("%s. It is moved back.\n")
                                      : _ ("%s. They are removed.\n"),
                  what);
    }
}

int
likeness_cli_split (LikenessCli *cli, int argc, char **argv)
{
  g_auto (Split) split = {NULL};
  g_auto (Texts) texts = {NULL};
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse (cli, argc, argv, &texts, &arguments, &error)
      || !understand (&texts, &split, &error))
    return likeness_cli_fail (error);
  split.source = arguments[0];
  tell_leftovers (&split);
  if (!likeness_cli_work (cli, run, &split, &error))
    return likeness_cli_fail (error);
  if (cli->json)
    likeness_cli_split_result_print_json (&split.result, &split.plan_options,
                                          texts.output);
  else
    likeness_cli_split_result_print (&split.result, &split.plan_options, texts.output);
  return LIKENESS_CLI_DONE;
}
