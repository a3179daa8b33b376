/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-image.h"

#include "likeness-late-tooltip.h"

struct _LikenessFaceImage
{
  GtkWidget parent_instance;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
  char *path;
  char *label;
  GdkTexture *texture;
  int size;
  guint request;
  gboolean failed;
};

enum
{
  PROP_THUMBNAILER = 1,
  PROP_PATH,
  PROP_SIZE,
  PROP_LABEL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessFaceImage, likeness_face_image, GTK_TYPE_WIDGET)

static void
thumbnail_cb (GdkTexture *texture, const GError *error, gpointer user_data)
{
  LikenessFaceImage *self = user_data;

  self->request = 0;
  self->failed = texture == NULL;
  /* Why: what is drawn in its place says only that. */
  likeness_late_tooltip_set (GTK_WIDGET (self), error != NULL ? error->message : NULL);
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
let_go (LikenessFaceImage *self)
{
  if (self->request != 0)
    likeness_thumbnailer_cancel (self->thumbnailer, self->request);
  self->request = 0;
  if (self->failed)
    likeness_late_tooltip_set (GTK_WIDGET (self), NULL);
  self->failed = FALSE;
  g_clear_object (&self->texture);
}

static void
load (LikenessFaceImage *self)
{
  int size = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  let_go (self);
  if (self->path != NULL && self->thumbnailer != NULL)
    {
      GdkTexture *texture
          = likeness_thumbnailer_look_up (self->thumbnailer, self->path, size);

      if (texture != NULL)
        self->texture = g_object_ref (texture);
      else
        self->request = likeness_thumbnailer_request (self->thumbnailer, self->path, size,
                                                      thumbnail_cb, self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
likeness_face_image_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = *natural = LIKENESS_FACE_IMAGE (widget)->size;
}

static void
snapshot_placeholder (LikenessFaceImage *self, GtkSnapshot *snapshot, float side)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.08;
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, 0, side, side));
  if (self->failed)
    {
      g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
          gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))),
          "likeness-unreadable-symbolic", NULL, 16,
          gtk_widget_get_scale_factor (GTK_WIDGET (self)), GTK_TEXT_DIR_NONE, 0);

      color.alpha = 0.5;
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (side / 2 - 8, side / 2 - 8));
      gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot,
                                                16, 16, &color, 1);
    }
}

static void
likeness_face_image_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LikenessFaceImage *self = LIKENESS_FACE_IMAGE (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float side = MIN (width, height);
  GskRoundedRect clip;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floorf ((width - side) / 2),
                                                          floorf ((height - side) / 2)));
  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (0, 0, side, side),
                                   side / 12);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  if (self->texture != NULL)
    {
      float w = gdk_texture_get_width (self->texture);
      float h = gdk_texture_get_height (self->texture);
      float scale = side / MAX (w, h);

      gtk_snapshot_append_texture (snapshot, self->texture,
                                   &GRAPHENE_RECT_INIT ((side - w * scale) / 2,
                                                        (side - h * scale) / 2, w * scale,
                                                        h * scale));
    }
  else
    snapshot_placeholder (self, snapshot, side);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
likeness_face_image_dispose (GObject *object)
{
  LikenessFaceImage *self = LIKENESS_FACE_IMAGE (object);

  let_go (self);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (likeness_face_image_parent_class)->dispose (object);
}

static void
likeness_face_image_finalize (GObject *object)
{
  LikenessFaceImage *self = LIKENESS_FACE_IMAGE (object);

  g_free (self->path);
  g_free (self->label);

  G_OBJECT_CLASS (likeness_face_image_parent_class)->finalize (object);
}

static void
likeness_face_image_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  LikenessFaceImage *self = LIKENESS_FACE_IMAGE (object);

  switch (property_id)
    {
    case PROP_THUMBNAILER:
      g_value_set_object (value, self->thumbnailer);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_SIZE:
      g_value_set_int (value, likeness_face_image_get_size (self));
      break;
    case PROP_LABEL:
      g_value_set_string (value, likeness_face_image_get_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_face_image_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  LikenessFaceImage *self = LIKENESS_FACE_IMAGE (object);

  switch (property_id)
    {
    case PROP_THUMBNAILER:
      likeness_face_image_set_thumbnailer (self, g_value_get_object (value));
      break;
    case PROP_PATH:
      likeness_face_image_set_path (self, g_value_get_string (value));
      break;
    case PROP_SIZE:
      likeness_face_image_set_size (self, g_value_get_int (value));
      break;
    case PROP_LABEL:
      likeness_face_image_set_label (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_face_image_class_init (LikenessFaceImageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = likeness_face_image_dispose;
  object_class->finalize = likeness_face_image_finalize;
  object_class->get_property = likeness_face_image_get_property;
  object_class->set_property = likeness_face_image_set_property;
  widget_class->measure = likeness_face_image_measure;
  widget_class->snapshot = likeness_face_image_snapshot;

  properties[PROP_THUMBNAILER]
      = g_param_spec_object ("thumbnailer", NULL, NULL, LIKENESS_TYPE_THUMBNAILER, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 1024, 40, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "face");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
likeness_face_image_init (LikenessFaceImage *self)
{
  self->size = 40;
  /* A picture for a screen of another density. */
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (load), NULL);
}

GtkWidget *
likeness_face_image_new (void)
{
  return g_object_new (LIKENESS_TYPE_FACE_IMAGE, NULL);
}

void
likeness_face_image_set_thumbnailer (LikenessFaceImage *self,
                                     LikenessThumbnailer *thumbnailer)
{
  if (self->thumbnailer == thumbnailer)
    return;
  let_go (self);
  g_set_object (&self->thumbnailer, thumbnailer);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THUMBNAILER]);
}

void
likeness_face_image_set_path (LikenessFaceImage *self, const char *path)
{
  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

int
likeness_face_image_get_size (LikenessFaceImage *self)
{
  return self->size;
}

void
likeness_face_image_set_size (LikenessFaceImage *self, int size)
{
  if (self->size == size)
    return;
  self->size = size;
  load (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

const char *
likeness_face_image_get_label (LikenessFaceImage *self)
{
  return self->label;
}

void
likeness_face_image_set_label (LikenessFaceImage *self, const char *label)
{
  if (g_strcmp0 (self->label, label) == 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

gboolean
likeness_face_image_get_loaded (LikenessFaceImage *self)
{
  return self->texture != NULL;
}
