/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-cli.h"
#include "likeness-run-config.h"

G_BEGIN_DECLS

/**
 * likeness_cli_pairs:
 * @config: what likeness_evaluator_score_pairs() takes
 * @pairs: a pairs.txt
 * @images: the folder with its images
 * @csv: (nullable): a folder for pairs.csv
 *
 * `evaluate --pairs`: scores the pairs, judges the scores by the protocol of LFW and
 * prints that; returns the exit status.
 */
int likeness_cli_pairs (LikenessCli *cli,
                        const LikenessRunConfig *config,
                        const char *pairs,
                        const char *images,
                        const char *csv);

G_END_DECLS
