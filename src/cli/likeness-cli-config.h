/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-run-config.h"

G_BEGIN_DECLS

/**
 * LikenessCliConfig:
 *
 * The texts of the options that make up a run's config, before they are understood. A
 * verb points the options that it takes at the members; %NULL is an option not given.
 */
typedef struct
{
  char *config; /* a config.json to begin with */
  char *preset;
  char **set; /* KEY=VALUE */
  char *train_dir;
  char *val_dir;
  char *data;
  char *strangers;
  char *edgeface;
  char *from_scratch;
  char *device;
  gboolean trust_script;
} LikenessCliConfig;

void likeness_cli_config_clear (LikenessCliConfig *self);

/**
 * likeness_cli_config_build:
 *
 * A config of the file, then weights or scratch and the preset, which set others, then
 * each --set in order, then the options that have a name of their own: the later one
 * counts. A super-resolution program is trusted where --set names it, not where only the
 * file does, which may be a stranger's.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_USAGE, or what loading the file
 * gives
 */
LikenessRunConfig *likeness_cli_config_build (const LikenessCliConfig *self,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Puts what the options say over @config. */
gboolean likeness_cli_config_apply (const LikenessCliConfig *self,
                                    LikenessRunConfig *config,
                                    GError **error);

/** likeness_cli_fail(), for a verb that takes --trust-script: says what it would do.
 * @weights: whether it is for weights too, and not only for a run's super-resolution. */
int likeness_cli_config_fail (const GError *error, gboolean weights);

/** (transfer full): every key with its range and its sentence, for a help text. */
char *likeness_cli_config_describe_keys (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LikenessCliConfig, likeness_cli_config_clear)

G_END_DECLS
