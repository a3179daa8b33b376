/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-cli.h"
#include "likeness-error.h"
#include "likeness-torch.h"

void
likeness_cli_config_clear (LikenessCliConfig *self)
{
  g_free (self->config);
  g_free (self->preset);
  g_strfreev (self->set);
  g_free (self->train_dir);
  g_free (self->val_dir);
  g_free (self->data);
  g_free (self->strangers);
  g_free (self->edgeface);
  g_free (self->from_scratch);
  g_free (self->device);
}

static gboolean
apply_text (LikenessRunConfig *config, const char *key, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (*text == '\0')
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("the value of “%s” is empty"), key);
      return FALSE;
    }
  return likeness_run_config_set (config, key, text, error);
}

/* Of --set only knobs: what is trained on what has options of its own. */
static gboolean
apply_pair (LikenessRunConfig *config, const char *pair, GError **error)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *key = NULL;

  if (equals == NULL)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("--set takes KEY=VALUE, not “%s”"), pair);
      return FALSE;
    }
  key = g_strndup (pair, (gsize)(equals - pair));
  /* Who names the program here has agreed that it runs. */
  if (g_str_equal (key, "super_resolution"))
    config->trust_super_resolution = TRUE;
  return likeness_run_config_set (config, key, equals + 1, error);
}

gboolean
likeness_cli_config_apply (const LikenessCliConfig *self,
                           LikenessRunConfig *config,
                           GError **error)
{
  /* First, as they set others. */
  if (!apply_text (config, "edgeface", self->edgeface, error)
      || !apply_text (config, "from_scratch", self->from_scratch, error)
      || !apply_text (config, "preset", self->preset, error))
    return FALSE;
  for (char **pair = self->set; pair != NULL && *pair != NULL; pair++)
    if (!apply_pair (config, *pair, error))
      return FALSE;
  /* The one way in takes the place of the other, whatever a file says. */
  if (self->data != NULL)
    {
      g_clear_pointer (&config->train_dir, g_free);
      g_clear_pointer (&config->val_dir, g_free);
    }
  else if (self->train_dir != NULL || self->val_dir != NULL)
    g_clear_pointer (&config->data, g_free);
  config->trust_script |= self->trust_script;
  return apply_text (config, "train_dir", self->train_dir, error)
         && apply_text (config, "val_dir", self->val_dir, error)
         && apply_text (config, "data", self->data, error)
         && apply_text (config, "strangers", self->strangers, error)
         && apply_text (config, "device", self->device, error);
}

static gboolean
refuse_both (const char *one, const char *other, GError **error)
{
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
               _ ("--%s and --%s exclude each other: give one of them"), one, other);
  return FALSE;
}

static gboolean
check (const LikenessCliConfig *self, GError **error)
{
  if (self->data != NULL && (self->train_dir != NULL || self->val_dir != NULL))
    return refuse_both ("data", self->train_dir != NULL ? "train-dir" : "val-dir", error);
  if (self->edgeface != NULL && self->from_scratch != NULL)
    return refuse_both ("edgeface", "from-scratch", error);
  return TRUE;
}

LikenessRunConfig *
likeness_cli_config_build (const LikenessCliConfig *self, GError **error)
{
  g_autoptr (LikenessRunConfig) config = NULL;

  if (!check (self, error))
    return NULL;
  config = self->config != NULL ? likeness_run_config_load (self->config, error)
                                : likeness_run_config_new ();
  if (config == NULL)
    return NULL;
  if (!likeness_cli_config_apply (self, config, error))
    return NULL;
  return g_steal_pointer (&config);
}

int
likeness_cli_config_fail (const GError *error, gboolean weights)
{
  g_autoptr (GError) longer = NULL;

  if (!g_error_matches (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED)
      && !(weights
           && g_error_matches (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_SCRIPT)))
    return likeness_cli_fail (error);
  longer = g_error_new (error->domain, error->code,
                        /* Translators: a whole sentence comes first */
                        _ ("%s With --trust-script it is run: give that only for a file "
                           "that you trust"),
                        error->message);
  return likeness_cli_fail (longer);
}

static char *
describe_range (const LikenessKey *key)
{
  switch (key->type)
    {
    case LIKENESS_KEY_CHOICE:
      return g_strjoinv ("|", (char **)key->choices);
    case LIKENESS_KEY_BOOLEAN:
      return g_strdup ("true|false");
    case LIKENESS_KEY_INPUT:
      return g_strdup_printf ("auto|low|high|%g-%g", key->minimum, key->maximum);
    case LIKENESS_KEY_UINT:
    case LIKENESS_KEY_DOUBLE:
      return g_strdup_printf ("%g-%g", key->minimum, key->maximum);
    case LIKENESS_KEY_UINT64:
    case LIKENESS_KEY_STRING:
    default:
      return NULL;
    }
}

char *
likeness_cli_config_describe_keys (void)
{
  g_autoptr (LikenessRunConfig) usual = likeness_run_config_new ();
  GString *text = g_string_new (_ ("Keys of --set and of a config file:\n"));
  guint n_keys;
  const LikenessKey *keys = likeness_run_config_get_keys (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *value = likeness_run_config_get (usual, keys[i].name);
      g_autofree char *range = describe_range (&keys[i]);

      g_string_append_printf (text, "  %s=%s", keys[i].name, value);
      if (range != NULL)
        g_string_append_printf (text, "  (%s)", range);
      g_string_append_printf (text, "\n      %s\n", _ (keys[i].sentence));
    }
  return g_string_free (text, FALSE);
}
