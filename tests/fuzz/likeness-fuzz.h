/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** One parser of files that may come from anybody. */
typedef struct
{
  const char *name;
  /** What the file is called in its folder; NULL: @run takes the bytes. */
  const char *file_name;
  /** @folder holds the file at @path; none of it may crash, hang or fill the memory. */
  void (*run) (const char *folder, const char *path, const void *data, gsize length);
  /** (transfer full) (element-type GBytes): inputs to begin with, some of them good. */
  GPtrArray *(*make_seeds) (void);
} LikenessFuzzTarget;

extern const LikenessFuzzTarget likeness_fuzz_targets[];
extern const guint likeness_fuzz_n_targets;

/** Runs @target on one input; @folder is for its file. */
void likeness_fuzz_run (const LikenessFuzzTarget *target,
                        const char *folder,
                        const void *data,
                        gsize length);

GPtrArray *likeness_fuzz_seed_archives (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_config (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_decoded (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_events (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_images (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_manifest (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_pairs (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_pickles (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_pins (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_results (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_fuzz_seed_safetensors (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
