/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_LOSS_ARCFACE,
  LIKENESS_LOSS_COSFACE,
  LIKENESS_LOSS_SOFTMAX,
} LikenessLoss;

typedef enum
{
  LIKENESS_HEAD_IMPRINTED,
  LIKENESS_HEAD_RANDOM,
} LikenessHeadInit;

typedef enum
{
  LIKENESS_SCHEDULE_COSINE,
  LIKENESS_SCHEDULE_CONSTANT,
} LikenessSchedule;

typedef enum
{
  LIKENESS_PRECISION_AUTO,
  LIKENESS_PRECISION_FLOAT32,
  LIKENESS_PRECISION_BFLOAT16,
} LikenessPrecision;

typedef enum
{
  LIKENESS_PRESET_PROPER,
  LIKENESS_PRESET_QUICK,
} LikenessPreset;

/** What the network is shown. */
#define LIKENESS_INPUT_AUTO 0  /* low where the data has pairs, else high */
#define LIKENESS_INPUT_LOW -1  /* the low-resolution partner, enlarged bilinearly */
#define LIKENESS_INPUT_HIGH -2 /* the high-resolution face */
/* 4 to 112: the high-resolution face reduced (box) to that many px and enlarged
 * (bilinear) */

/**
 * LikenessRunConfig:
 *
 * Every knob of a run: what `config.json`, `--set KEY=VALUE` and the rows of the window
 * drive. Plain; strings are owned. Learning rates of 0 mean "the default for these
 * weights" and are resolved by the trainer, which records what it used.
 */
typedef struct
{
  /* What: set by options of the command line and the pages */
  char *train_dir;
  char *val_dir;
  char *data;         /* instead of the two above: a folder with train and val */
  char *strangers;    /* NULL: the test split of the manifest's source, or of the data */
  char *edgeface;     /* weights; NULL: from_scratch */
  char *from_scratch; /* variant: xxs, xs_gamma_06, s_gamma_05, base, xs */

  /* Consent to run programs: of this once, never kept */
  gboolean trust_script;           /* edgeface may be one */
  gboolean trust_super_resolution; /* the user named it, or trusts it */

  /* Which keys were set one by one, not by a preset: a bit for each row of the table */
  guint32 meant;

  /* How: the table */
  int input; /* LIKENESS_INPUT_* or pixels */
  LikenessPreset preset;
  guint epochs_head;
  guint epochs_all;
  double mix_high;
  guint batch;
  double lr_head;
  double lr_backbone;
  double weight_decay;
  LikenessSchedule schedule;
  double clip_norm;
  LikenessLoss loss;
  double scale;
  double margin;
  double label_smoothing;
  double similarity_weight;
  LikenessHeadInit head_init;
  gboolean augment;
  LikenessPrecision precision;
  guint64 seed;
  char *device;     /* auto, cpu, cuda, cuda:N */
  guint threads;    /* 0: physical cores */
  guint early_stop; /* evaluations without a better one; 0: off */
  guint keep_checkpoints;
  char *super_resolution;
} LikenessRunConfig;

typedef enum
{
  LIKENESS_KEY_UINT,   /* guint */
  LIKENESS_KEY_UINT64, /* guint64 */
  LIKENESS_KEY_DOUBLE,
  LIKENESS_KEY_BOOLEAN,
  LIKENESS_KEY_CHOICE, /* an enum; choices holds the names in order */
  LIKENESS_KEY_STRING,
  LIKENESS_KEY_INPUT, /* auto, low, high or a number */
} LikenessKeyType;

/** One row of the table: everything a help text, a check and a row of the window need. */
typedef struct
{
  const char *name;
  LikenessKeyType type;
  gsize offset; /* in LikenessRunConfig */
  double minimum;
  double maximum;
  const char *const *choices; /* %NULL-terminated, for LIKENESS_KEY_CHOICE */
  const char *title;          /* N_(): two or three words for a row */
  const char *sentence;       /* N_(): what it does */
} LikenessKey;

/** The rows of the table in the order to show them; static. */
const LikenessKey *likeness_run_config_get_keys (guint *n_keys);
/** The name of path @index, which are set as keys are and stand in no row; %NULL after
 * the last one. */
const char *likeness_run_config_get_path_name (guint index);
/** Whether @name was set by itself and so is meant as it is, not as a preset's usual
 * number. A #LikenessRunConfig read from a file means all that stands in it. */
gboolean likeness_run_config_is_meant (const LikenessRunConfig *self, const char *name);
/** The row of @name, or %NULL. */
const LikenessKey *likeness_run_config_find_key (const char *name);

LikenessRunConfig *likeness_run_config_new (void) G_GNUC_WARN_UNUSED_RESULT;
LikenessRunConfig *
likeness_run_config_copy (const LikenessRunConfig *self) G_GNUC_WARN_UNUSED_RESULT;
/** What it names, as it is found from any other folder too. */
void likeness_run_config_make_absolute (LikenessRunConfig *self);
void likeness_run_config_free (LikenessRunConfig *self);

/**
 * likeness_run_config_set:
 *
 * Sets one key of the table, or one of the paths above it (`train_dir`, ...), from text
 * in the C locale. Setting `preset` sets all that the preset implies, which differs with
 * whether a run begins with weights or from scratch; so does going from the one to the
 * other, and each of the two clears the other. An empty text clears a path.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_USAGE for an unknown key (the nearest one is
 * named) or a value out of range (the range is named)
 */
gboolean likeness_run_config_set (LikenessRunConfig *self,
                                  const char *key,
                                  const char *value,
                                  GError **error);
/** (transfer full): the value as likeness_run_config_set() reads it. */
char *likeness_run_config_get (const LikenessRunConfig *self,
                               const char *key) G_GNUC_WARN_UNUSED_RESULT;

JsonNode *
likeness_run_config_to_json (const LikenessRunConfig *self) G_GNUC_WARN_UNUSED_RESULT;
/** Reads a stranger's config: unknown keys and ranges are checked as in _set(); what it
 * does not name keeps its default. */
LikenessRunConfig *likeness_run_config_load (const char *path,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean likeness_run_config_save (const LikenessRunConfig *self,
                                   const char *path,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessRunConfig, likeness_run_config_free)

G_END_DECLS
