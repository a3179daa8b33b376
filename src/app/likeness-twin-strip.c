/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-twin-strip.h"

#include <glib/gi18n.h>

#include "likeness-display-name.h"
#include "likeness-face-image.h"
#include "likeness-format.h"

#define PICTURE_SIZE 52

struct _LikenessTwinStrip
{
  AdwBin parent_instance;

  /* Children */
  GtkLabel *title_label;
  GtkFlowBox *box;
  GtkLabel *more_label;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
  char *title;
};

enum
{
  PROP_TITLE = 1,
  N_PROPERTIES
};

enum
{
  FACE_CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessTwinStrip, likeness_twin_strip, ADW_TYPE_BIN)

static void
clicked_cb (GtkButton *button, LikenessTwinStrip *self)
{
  g_signal_emit (self, signals[FACE_CHOSEN], 0,
                 g_object_get_data (G_OBJECT (button), "face"));
}

static void
describe (GtkWidget *button, gboolean same_file)
{
  LikenessFace *face = g_object_get_data (G_OBJECT (button), "face");
  g_autofree char *file = likeness_display_name (likeness_face_get_name (face));
  g_autofree char *person = likeness_display_name (likeness_face_get_subject (face));
  g_autofree char *name = likeness_format_name (file);
  g_autofree char *subject = likeness_format_name (person);
  LikenessSplit split = likeness_face_get_split (face);
  g_autoptr (GString) text = g_string_new (name);

  /* Translators: whose face it is: "of 0007" */
  g_string_append_printf (text, _ (", of %s"), subject);
  if (split != LIKENESS_SPLIT_NONE)
    g_string_append_printf (text, _ (", in %s"), likeness_split_to_string (split));
  if (same_file)
    g_string_append (text, _ (", the very same file"));
  gtk_widget_set_tooltip_text (button, text->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text->str, -1);
}

static GtkWidget *
make_button (LikenessTwinStrip *self, LikenessFace *face)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *image = likeness_face_image_new ();
  g_autofree char *path = likeness_face_dup_path (face);

  likeness_face_image_set_size (LIKENESS_FACE_IMAGE (image), PICTURE_SIZE);
  likeness_face_image_set_thumbnailer (LIKENESS_FACE_IMAGE (image), self->thumbnailer);
  likeness_face_image_set_path (LIKENESS_FACE_IMAGE (image), path);
  gtk_button_set_child (GTK_BUTTON (button), image);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "twin");
  g_object_set_data_full (G_OBJECT (button), "face", g_object_ref (face), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  describe (button, FALSE);
  return button;
}

static void
clear (LikenessTwinStrip *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_flow_box_remove (self->box, child);
}

static void
likeness_twin_strip_dispose (GObject *object)
{
  g_clear_object (&LIKENESS_TWIN_STRIP (object)->thumbnailer);

  G_OBJECT_CLASS (likeness_twin_strip_parent_class)->dispose (object);
}

static void
likeness_twin_strip_finalize (GObject *object)
{
  g_free (LIKENESS_TWIN_STRIP (object)->title);

  G_OBJECT_CLASS (likeness_twin_strip_parent_class)->finalize (object);
}

static void
likeness_twin_strip_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  if (property_id == PROP_TITLE)
    g_value_set_string (value, LIKENESS_TWIN_STRIP (object)->title);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_twin_strip_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  LikenessTwinStrip *self = LIKENESS_TWIN_STRIP (object);

  if (property_id == PROP_TITLE)
    {
      g_free (self->title);
      self->title = g_value_dup_string (value);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_twin_strip_class_init (LikenessTwinStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = likeness_twin_strip_dispose;
  object_class->finalize = likeness_twin_strip_finalize;
  object_class->get_property = likeness_twin_strip_get_property;
  object_class->set_property = likeness_twin_strip_set_property;

  properties[PROP_TITLE] = g_param_spec_string (
      "title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[FACE_CHOSEN]
      = g_signal_new ("face-chosen", LIKENESS_TYPE_TWIN_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, LIKENESS_TYPE_FACE);
}

static void
likeness_twin_strip_init (LikenessTwinStrip *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->title_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title_label, 0);
  gtk_label_set_wrap (self->title_label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title_label), "heading");
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->box, LIKENESS_TWIN_STRIP_MOST);
  gtk_flow_box_set_homogeneous (self->box, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->box), GTK_ALIGN_START);
  self->more_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->more_label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->more_label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->more_label), "dim-label");

  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->title_label));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->more_label));
  adw_bin_set_child (ADW_BIN (self), column);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
likeness_twin_strip_set_thumbnailer (LikenessTwinStrip *self,
                                     LikenessThumbnailer *thumbnailer)
{
  g_set_object (&self->thumbnailer, thumbnailer);
}

void
likeness_twin_strip_set_faces (LikenessTwinStrip *self,
                               GPtrArray *faces,
                               LikenessFace *without)
{
  guint n = 0;
  g_autofree char *title = NULL;
  g_autofree char *more = NULL;

  clear (self);
  for (guint i = 0; faces != NULL && i < faces->len; i++)
    if (faces->pdata[i] != without && n++ < LIKENESS_TWIN_STRIP_MOST)
      {
        GtkWidget *button = make_button (self, faces->pdata[i]);

        gtk_flow_box_append (self->box, button);
        /* The button is what gets the focus. */
        gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
      }
  /* Translators: a title and how many there are: "Near-Duplicates (3)" */
  title = g_strdup_printf (_ ("%s (%'u)"), self->title != NULL ? self->title : "", n);
  gtk_label_set_label (self->title_label, title);
  if (n > LIKENESS_TWIN_STRIP_MOST)
    more = g_strdup_printf (_ ("and %'u more"), n - LIKENESS_TWIN_STRIP_MOST);
  gtk_label_set_label (self->more_label, more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), more != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

void
likeness_twin_strip_set_copies (LikenessTwinStrip *self, GPtrArray *copies)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *button = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));
      LikenessFace *face = g_object_get_data (G_OBJECT (button), "face");

      describe (button, copies != NULL && g_ptr_array_find (copies, face, NULL));
    }
}
