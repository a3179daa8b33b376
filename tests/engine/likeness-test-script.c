/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-test-script.h"

#include <gio/gio.h>
#include <string.h>

/* A network's own code is nothing that its weights' reader looks at. */
#define NOTHING "def forward(self, x):\n    return x\n"

static void
make (GPtrArray *arguments)
{
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_insert (arguments, 0, g_strdup (MAKE_SCRIPT));
  g_ptr_array_add (arguments, NULL);
  program = g_subprocess_newv ((const char *const *)arguments->pdata,
                               G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (program, NULL, &error);
  g_assert_no_error (error);
}

void
likeness_test_script_write (const char *path, const char *methods)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (arguments, g_strdup (path));
  g_ptr_array_add (arguments, g_strdup (methods));
  make (arguments);
}

void
likeness_test_script_write_variant (const char *path,
                                    const LikenessVariant *variant,
                                    const char *prefix)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) parameters = likeness_variant_list_parameters (variant);

  g_ptr_array_add (arguments, g_strdup (path));
  g_ptr_array_add (arguments, g_strdup (NOTHING));
  for (guint i = 0; i < parameters->len; i++)
    {
      const LikenessParameter *parameter = g_ptr_array_index (parameters, i);
      GString *text = g_string_new (prefix);

      g_assert_true (g_str_has_prefix (parameter->name, "model."));
      g_string_append (text, parameter->name + strlen ("model."));
      for (int k = 0; k < parameter->n_dims; k++)
        g_string_append_printf (text, "%c%" G_GINT64_FORMAT, k == 0 ? '=' : ',',
                                parameter->shape[k]);
      g_ptr_array_add (arguments, g_string_free (text, FALSE));
    }
  make (arguments);
}

float
likeness_test_script_get_number (guint position, gsize k)
{
  return (float)((int)((31 * position + k) % 101) - 50) / 1000;
}
