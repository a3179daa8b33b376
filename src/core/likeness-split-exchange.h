/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-rounding.h"

G_BEGIN_DECLS

/**
 * likeness_split_exchange_apply:
 * @residual: faces that train lacks (negative: has too many)
 *
 * Brings the total as near to the wanted one as whole groups allow, where moving single
 * groups does not: chooses which groups change sides so that the distance is the least,
 * and of all such choices one that moves the fewest faces. Exact while the table of
 * groups times changes stays within a fixed size; beyond it only changes near zero are
 * looked at. Pure.
 */
void likeness_split_exchange_apply (LikenessPlanShare *shares,
                                    gsize n_shares,
                                    gint64 residual);

G_END_DECLS
