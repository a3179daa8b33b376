/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "likeness-cli-config.h"
#include "likeness-cli-options.h"
#include "likeness-cli-output.h"
#include "likeness-enlarger.h"
#include "likeness-error.h"
#include "likeness-evaluator.h"
#include "likeness-json.h"
#include "likeness-types.h"

/* More rows than this are a mistake, and a file of two gigabytes. */
#define MOST_FILES 1000000
/* NPY 1.0: magic, version, length of the header, and then a multiple of 64 bytes in all
 * (NumPy, "NPY format"). */
#define NPY_START 10
#define NPY_ALIGNMENT 64

typedef struct
{
  LikenessCliConfig options;
  char *output;
  gboolean raw;
  GPtrArray *paths;
  LikenessRunConfig *config;
} Embed;

static void
embed_clear (Embed *self)
{
  likeness_cli_config_clear (&self->options);
  g_free (self->output);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->config, likeness_run_config_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Embed, embed_clear)

/* One path a line; an empty line is none. */
static gboolean
read_names (GPtrArray *paths, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  GError *local = NULL;
  char *line;

  while ((line = g_data_input_stream_read_line (lines, NULL, cancellable, &local))
         != NULL)
    {
      if (*line != '\0' && paths->len < MOST_FILES)
        g_ptr_array_add (paths, line);
      else
        g_free (line);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* (transfer full): the NPY 1.0 header of @n rows, '<f4', C order. */
static GByteArray *
make_npy (gsize n)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *text = g_strdup_printf (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (%" G_GSIZE_FORMAT ", %d), }", n,
      LIKENESS_EMBEDDING_SIZE);
  gsize padding = NPY_ALIGNMENT - (NPY_START + strlen (text) + 1) % NPY_ALIGNMENT;
  guint16 length = GUINT16_TO_LE ((guint16)(strlen (text) + padding + 1));

  g_byte_array_append (bytes, (const guint8 *)"\x93NUMPY\x01\x00", 8);
  g_byte_array_append (bytes, (const guint8 *)&length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *)text, strlen (text));
  for (gsize i = 0; i < padding; i++)
    g_byte_array_append (bytes, (const guint8 *)" ", 1);
  g_byte_array_append (bytes, (const guint8 *)"\n", 1);
  return bytes;
}

static gboolean
write_npy (const char *path, float *rows, gsize n, GError **error)
{
  g_autoptr (GByteArray) bytes = make_npy (n);
  g_autoptr (GError) local = NULL;
  gsize n_numbers = n * LIKENESS_EMBEDDING_SIZE;

#if G_BYTE_ORDER == G_BIG_ENDIAN
  for (gsize i = 0; i < n_numbers; i++)
    {
      guint32 *word = (guint32 *)&rows[i];
      *word = GUINT32_SWAP_LE_BE (*word);
    }
#endif
  g_byte_array_append (bytes, (const guint8 *)rows, n_numbers * sizeof *rows);
  if (g_file_set_contents_full (path, (const char *)bytes->data, bytes->len,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0666, &local))
    return TRUE;
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
               _ ("“%s” cannot be written: %s. Choose another place with --output"), path,
               local->message);
  return FALSE;
}

static gboolean
embed (gpointer data,
       LikenessProgress *progress,
       GCancellable *cancellable,
       GError **error)
{
  Embed *self = data;
  g_autofree float *rows = NULL;

  if (self->paths->len == 1 && strcmp (self->paths->pdata[0], "-") == 0)
    {
      g_ptr_array_set_size (self->paths, 0);
      if (!read_names (self->paths, cancellable, error))
        return FALSE;
    }
  if (self->paths->len == 0)
    {
      g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY,
                           _ ("There is no picture to embed: give names, one a line"));
      return FALSE;
    }
  rows = g_new (float, (gsize)self->paths->len *LIKENESS_EMBEDDING_SIZE);
  return likeness_evaluator_embed (self->config, (const char *const *)self->paths->pdata,
                                   self->paths->len, self->raw, rows, progress,
                                   cancellable, error)
         && write_npy (self->output, rows, self->paths->len, error);
}

static gboolean
understand (Embed *self, char **arguments, GError **error)
{
  const char *sentence = NULL;

  self->config = likeness_cli_config_build (&self->options, error);
  if (self->config == NULL)
    return FALSE;
  self->paths = g_ptr_array_new_with_free_func (g_free);
  for (char **path = arguments; *path != NULL; path++)
    g_ptr_array_add (self->paths, g_strdup (*path));
  if (self->config->edgeface == NULL)
    sentence = _ ("name the weights: --edgeface FILE");
  else if (self->output == NULL)
    sentence = _ ("--output FILE is missing: the .npy file to write");
  else if (self->config->input == LIKENESS_INPUT_LOW)
    sentence = _ ("single pictures have no low-resolution partner: input is high or a "
                  "number of pixels");
  if (sentence != NULL)
    return likeness_cli_refuse (sentence, error);
  return likeness_enlarger_check_input (self->config->super_resolution,
                                        self->config->input == LIKENESS_INPUT_AUTO
                                            ? LIKENESS_INPUT_HIGH
                                            : self->config->input,
                                        error);
}

static gboolean
parse (LikenessCli *cli,
       int argc,
       char **argv,
       Embed *self,
       char ***arguments,
       GError **error)
{
  const GOptionEntry entries[] = {
      {"edgeface", 0, 0, G_OPTION_ARG_FILENAME, &self->options.edgeface,
       N_ ("Weights: .pt or .safetensors"), "FILE"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
       N_ ("The .npy file to write: float32, one row of 512 a picture"), "FILE"},
      {"raw", 0, 0, G_OPTION_ARG_NONE, &self->raw,
       N_ ("As the network gives them, not of length 1"), NULL},
      {"trust-script", 0, 0, G_OPTION_ARG_NONE, &self->options.trust_script,
       N_ ("Run weights that are a TorchScript program: only those that you trust"),
       NULL},
      {"device", 0, 0, G_OPTION_ARG_STRING, &self->options.device,
       N_ ("auto, cpu, cuda or cuda:N"), "DEVICE"},
      {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->options.set,
       N_ ("input=N: reduce each face to N pixels first; super_resolution=FILE: enlarge "
           "it by that TorchScript program"),
       "KEY=VALUE"},
      {NULL},
  };
  const LikenessCliUsage usage = {
      .parameters = N_ ("FILE…"),
      .summary = N_ ("Writes the embeddings of aligned faces, in the order of the "
                     "arguments; - reads names from standard input, one a line."),
      .least = 1,
      .most = MOST_FILES,
      .entries = entries,
  };

  return likeness_cli_parse (cli, &usage, argc, argv, arguments, error);
}

static void
print_json (const Embed *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  likeness_json_add_count (builder, "n", self->paths->len);
  likeness_json_add_count (builder, "size", LIKENESS_EMBEDDING_SIZE);
  likeness_json_add_bytes (builder, "output", self->output);
  json_builder_end_object (builder);
  likeness_cli_print_json (builder);
}

int
likeness_cli_embed (LikenessCli *cli, int argc, char **argv)
{
  g_auto (Embed) self = {{NULL}};
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse (cli, argc, argv, &self, &arguments, &error)
      || !understand (&self, arguments, &error)
      || !likeness_cli_work (cli, embed, &self, &error))
    return likeness_cli_config_fail (error, TRUE);
  if (cli->json)
    print_json (&self);
  else
    g_print (_ ("%u embeddings of %d numbers: %s\n"), self.paths->len,
             LIKENESS_EMBEDDING_SIZE, self.output);
  return LIKENESS_CLI_DONE;
}
