/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-application.h"

struct _LikenessApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LikenessApplication, likeness_application, ADW_TYPE_APPLICATION)

static void
likeness_application_class_init (LikenessApplicationClass *klass)
{
}

static void
likeness_application_init (LikenessApplication *self)
{
}

LikenessApplication *
likeness_application_new (void)
{
  return g_object_new (LIKENESS_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}
