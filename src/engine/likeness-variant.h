/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LikenessVariant:
 *
 * One size of EdgeFace: static data, no libtorch.
 */
typedef struct
{
  const char *name;       /* edgeface_xxs, edgeface_xs, edgeface_xs_gamma_06,
                             edgeface_s_gamma_05, edgeface_base */
  const char *short_name; /* xxs, xs, ...: what --from-scratch takes */
  const char *title;      /* EdgeFace-XXS */
  int depths[4];
  int dims[4];
  int heads;
  double low_rank; /* ratio of the low-rank linears; 0: none */
} LikenessVariant;

/** One parameter that a variant has. */
typedef struct
{
  char *name; /* with the leading "model." */
  int n_dims;
  gint64 shape[4];
} LikenessParameter;

void likeness_parameter_free (LikenessParameter *self);

const LikenessVariant *likeness_variant_get_all (guint *n);
/** @name: any of name, short_name; %NULL where unknown. */
const LikenessVariant *likeness_variant_find (const char *name);
/** As likeness_variant_find(); an unknown name is %LIKENESS_ERROR_USAGE that lists the
 * sizes. */
const LikenessVariant *likeness_variant_get (const char *name, GError **error);
/** (transfer full) (element-type LikenessParameter): in the order of the published files.
 */
GPtrArray *
likeness_variant_list_parameters (const LikenessVariant *self) G_GNUC_WARN_UNUSED_RESULT;
guint64 likeness_variant_count_parameters (const LikenessVariant *self);
/** Rank of a low-rank linear: max(2, floor(min(in, out) * ratio)). */
gint64 likeness_variant_rank (const LikenessVariant *self, gint64 in, gint64 out);

G_END_DECLS
