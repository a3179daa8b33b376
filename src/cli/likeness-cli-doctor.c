/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "likeness-cli-options.h"
#include "likeness-cli-output.h"
#include "likeness-json.h"
#include "likeness-torch.h"

/* Only with a driver is a missing CUDA something to mend. */
#define DRIVER "/dev/nvidiactl"

typedef struct
{
  const char *name;
  char *reason;
  const char *command; /* that brings it */
} Missing;

typedef struct
{
  LikenessTorchProbe probe;
  gboolean has_torch;
  GArray *missing; /* Missing */
} Doctor;

static void
missing_clear (gpointer missing)
{
  g_free (((Missing *)missing)->reason);
}

static void
doctor_clear (Doctor *self)
{
  g_clear_pointer (&self->missing, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Doctor, doctor_clear)

static void
add_missing (Doctor *self, const char *name, const char *reason, const char *command)
{
  Missing missing = {name, g_strdup (reason), command};

  g_array_append_val (self->missing, missing);
}

static gboolean
reads_webp (void)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();
  gboolean found = FALSE;

  for (GSList *l = formats; l != NULL && !found; l = l->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

      found = g_str_equal (name, "webp");
    }
  return found;
}

/* Never fails: what cannot be found is the finding. */
static gboolean
examine (gpointer data,
         LikenessProgress *progress,
         GCancellable *cancellable,
         GError **error)
{
  Doctor *self = data;
  g_autoptr (GError) local = NULL;
  const LikenessTorch *torch = likeness_torch_load (&local);

  self->has_torch = torch != NULL && torch->probe (&self->probe, &local);
  if (!self->has_torch)
    add_missing (self, "libtorch", local->message, "build-aux/setup");
  else if (*self->probe.cuda_missing != '\0' && g_file_test (DRIVER, G_FILE_TEST_EXISTS))
    add_missing (self, "cuda", self->probe.cuda_missing, "build-aux/setup --cuda");
  if (!reads_webp ())
    add_missing (self, "webp", _ ("WebP pictures cannot be read without their loader"),
                 "apt-get install webp-pixbuf-loader");
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
add_devices (const LikenessTorchProbe *probe, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < probe->n_devices; i++)
    {
      const LikenessTorchDevice *device = &probe->devices[i];

      json_builder_begin_object (builder);
      likeness_json_add_string (builder, "name", device->name);
      likeness_json_add_string (builder, "kind", device->kind);
      likeness_json_add_count (builder, "memory_free", device->memory_free);
      likeness_json_add_count (builder, "memory_total", device->memory_total);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const Doctor *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  likeness_json_add_string (builder, "version", PACKAGE_VERSION);
  if (self->has_torch)
    {
      json_builder_set_member_name (builder, "libtorch");
      json_builder_begin_object (builder);
      likeness_json_add_string (builder, "version", self->probe.version);
      likeness_json_add_bytes (builder, "path", self->probe.path);
      json_builder_end_object (builder);
    }
  else
    {
      json_builder_set_member_name (builder, "libtorch");
      json_builder_add_null_value (builder);
      likeness_json_add_string (builder, "libtorch_reason",
                                g_array_index (self->missing, Missing, 0).reason);
    }
  add_devices (&self->probe, builder);
  if (*self->probe.cuda_missing != '\0')
    likeness_json_add_string (builder, "cuda_reason", self->probe.cuda_missing);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->missing->len; i++)
    {
      const Missing *missing = &g_array_index (self->missing, Missing, i);

      json_builder_begin_object (builder);
      likeness_json_add_string (builder, "name", missing->name);
      likeness_json_add_string (builder, "reason", missing->reason);
      likeness_json_add_string (builder, "command", missing->command);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  likeness_cli_print_json (builder);
}

static void
print_text (const Doctor *self)
{
  g_print ("Likeness %s\n", PACKAGE_VERSION);
  if (self->has_torch)
    g_print ("libtorch %s: %s\n", self->probe.version, self->probe.path);
  for (guint i = 0; i < self->probe.n_devices; i++)
    {
      const LikenessTorchDevice *device = &self->probe.devices[i];
      g_autofree char *free_size = g_format_size (device->memory_free);
      g_autofree char *total = g_format_size (device->memory_total);

      if (device->index >= 0)
        g_print (_ ("Device %s:%d: %s, %s of %s free\n"), device->kind, device->index,
                 device->name, free_size, total);
      else
        g_print (_ ("Device %s: %s, %s of %s free\n"), device->kind, device->name,
                 free_size, total);
    }
  if (*self->probe.cuda_missing != '\0')
    g_print ("CUDA: %s\n", self->probe.cuda_missing);
  for (guint i = 0; i < self->missing->len; i++)
    {
      const Missing *missing = &g_array_index (self->missing, Missing, i);

      g_print (_ ("Missing %s: %s\n  %s\n"), missing->name, missing->reason,
               missing->command);
    }
  if (self->missing->len == 0)
    g_print (_ ("Nothing is missing.\n"));
}

int
likeness_cli_doctor (LikenessCli *cli, int argc, char **argv)
{
  g_auto (Doctor) doctor = {{{0}}};
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {{NULL}};
  const LikenessCliUsage usage = {
      .parameters = "",
      .summary
      = N_ ("Says which versions and devices are there, and what is missing with "
            "the command that brings it."),
      .entries = entries,
  };

  doctor.missing = g_array_new (FALSE, TRUE, sizeof (Missing));
  g_array_set_clear_func (doctor.missing, missing_clear);
  if (!likeness_cli_parse (cli, &usage, argc, argv, &arguments, &error)
      || !likeness_cli_work (cli, examine, &doctor, &error))
    return likeness_cli_fail (error);
  if (cli->json)
    print_json (&doctor);
  else
    print_text (&doctor);
  return LIKENESS_CLI_DONE;
}
