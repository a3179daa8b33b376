/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-tree.h"
#include "likeness-test-wait.h"
#include "likeness-train-program-row.h"

/* What is a program is taken only after a question, and only where that is answered so.
 */

typedef struct
{
  char *root;
  char *model;
  char *text;
  GtkWindow *window;
  LikenessTrainProgramRow *row;
  LikenessRunConfig *config;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = likeness_test_tree_new ();
  self->model = g_build_filename (self->root, "sr.pt", NULL);
  self->text = g_build_filename (self->root, "text.pt", NULL);
  likeness_test_tree_write (self->root, "sr.pt", "PK\3\4, as an archive begins", 24);
  likeness_test_tree_write (self->root, "text.pt", "no archive at all", 17);
  self->config = likeness_run_config_new ();
  self->window = GTK_WINDOW (gtk_window_new ());
  self->row = LIKENESS_TRAIN_PROGRAM_ROW (likeness_train_program_row_new ());
  gtk_window_set_child (self->window, GTK_WIDGET (self->row));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  likeness_run_config_free (self->config);
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->model);
  g_free (self->text);
}

static void
answer (Fixture *self, const char *path, const char *response)
{
  g_autoptr (GList) windows = NULL;
  guint n = 0;

  likeness_train_program_row_ask (self->row, path);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      {
        const char *body = adw_message_dialog_get_body (l->data);

        g_assert_nonnull (strstr (body, "a program"));
        adw_message_dialog_response (l->data, response);
        gtk_window_destroy (l->data);
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
}

static void
assert_config (Fixture *self, const char *path)
{
  likeness_train_program_row_apply (self->row, self->config);
  g_assert_cmpstr (self->config->super_resolution, ==, path);
  g_assert_cmpint (self->config->trust_super_resolution, ==, path != NULL);
}

static void
test_answers (Fixture *self, gconstpointer data)
{
  assert_config (self, NULL);
  g_assert_true (likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->row)));

  answer (self, self->model, "cancel");
  assert_config (self, NULL);
  answer (self, self->model, "use");
  assert_config (self, self->model);
  likeness_test_wait (
      likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->row)));

  likeness_train_program_row_reset (self->row);
  assert_config (self, NULL);
  g_assert_true (likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->row)));
}

/* What is none is said at the row, and training cannot begin. */
static void
test_no_program (Fixture *self, gconstpointer data)
{
  answer (self, self->text, "use");
  likeness_test_wait (gtk_widget_has_css_class (GTK_WIDGET (self->row), "wrong"));
  g_assert_false (
      likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->row)));
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (self->row)), "text.pt"));
  answer (self, self->model, "use");
  likeness_test_wait (
      likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->row)));
}

/* What is said of a file that was given up for another comes too late to count. */
static void
test_overtaken (Fixture *self, gconstpointer data)
{
  answer (self, self->text, "use");
  answer (self, self->model, "use");
  likeness_test_wait (
      likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->row)));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->row)));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (self->row), "wrong"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/train-program-row/answers", Fixture, NULL, set_up, test_answers,
              tear_down);
  g_test_add ("/train-program-row/no-program", Fixture, NULL, set_up, test_no_program,
              tear_down);
  g_test_add ("/train-program-row/overtaken", Fixture, NULL, set_up, test_overtaken,
              tear_down);
  return g_test_run ();
}
