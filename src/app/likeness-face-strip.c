/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-strip.h"

#include <glib/gi18n.h>

#include "likeness-face-image.h"
#include "likeness-format.h"
#include "likeness-list-item.h"

struct _LikenessFaceStrip
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title_label;
  GtkLabel *count_label;
  GtkStack *stack;
  GtkListView *list_view;
  GListStore *faces;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
  char *title;
  LikenessPin pin;
};

enum
{
  PROP_TITLE = 1,
  PROP_PIN,
  N_PROPERTIES
};

enum
{
  PIN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessFaceStrip, likeness_face_strip, ADW_TYPE_BIN)

#define FACE_SIZE 88
#define ITEM_KEY "likeness-strip-item"

/* The list item that has the focus, or NULL. */
static GtkListItem *
get_focused (LikenessFaceStrip *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list_view));
  GtkWidget *cell = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return cell != NULL ? g_object_get_data (G_OBJECT (cell), ITEM_KEY) : NULL;
}

static void
emit_pin (LikenessFaceStrip *self, LikenessStripFace *face, LikenessPin pin)
{
  /* The same key again frees it. */
  if (likeness_strip_face_get_pin (face) == pin)
    pin = LIKENESS_PIN_NONE;
  g_signal_emit (self, signals[PIN], 0, (guint64)likeness_strip_face_get_index (face),
                 (guint)pin);
}

static gboolean
key_cb (LikenessFaceStrip *self, guint keyval, guint keycode, GdkModifierType state)
{
  static const struct
  {
    guint key;
    LikenessPin pin;
  } keys[] = {{GDK_KEY_t, LIKENESS_PIN_TRAIN},
              {GDK_KEY_v, LIKENESS_PIN_VAL},
              {GDK_KEY_x, LIKENESS_PIN_OUT}};
  GtkListItem *item = get_focused (self);

  if (item == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (gdk_keyval_to_lower (keyval) == keys[i].key)
      {
        emit_pin (self, gtk_list_item_get_item (item), keys[i].pin);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkListItem *item)
{
  LikenessStripFace *face = gtk_list_item_get_item (item);

  return face != NULL ? gdk_content_provider_new_typed (LIKENESS_TYPE_STRIP_FACE, face)
                      : NULL;
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, GtkListItem *item)
{
  g_autoptr (GdkPaintable) picture
      = gtk_widget_paintable_new (gtk_list_item_get_child (item));

  gtk_drag_source_set_icon (source, picture, FACE_SIZE / 2, FACE_SIZE / 2);
}

static gboolean
drop_cb (LikenessFaceStrip *self, const GValue *value, double x, double y)
{
  LikenessStripFace *face = g_value_get_object (value);

  if (face == NULL || likeness_strip_face_get_pin (face) == self->pin)
    return FALSE;
  emit_pin (self, face, self->pin);
  return TRUE;
}

static void
setup_cb (LikenessFaceStrip *self, GtkListItem *item)
{
  GtkWidget *cell = gtk_overlay_new ();
  GtkWidget *image = likeness_face_image_new ();
  GtkWidget *pin = gtk_image_new_from_icon_name ("view-pin-symbolic");
  GtkWidget *mark = gtk_label_new (_ ("moved"));
  GtkDragSource *source = gtk_drag_source_new ();

  likeness_face_image_set_thumbnailer (LIKENESS_FACE_IMAGE (image), self->thumbnailer);
  likeness_face_image_set_size (LIKENESS_FACE_IMAGE (image), FACE_SIZE);
  gtk_overlay_set_child (GTK_OVERLAY (cell), image);
  /* Its marks stay on the picture, however high the row. */
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (pin, GTK_ALIGN_END);
  gtk_widget_set_valign (pin, GTK_ALIGN_START);
  gtk_widget_add_css_class (pin, "strip-pin");
  gtk_overlay_add_overlay (GTK_OVERLAY (cell), pin);
  gtk_widget_set_halign (mark, GTK_ALIGN_START);
  gtk_widget_set_valign (mark, GTK_ALIGN_END);
  gtk_widget_add_css_class (mark, "strip-mark");
  gtk_overlay_add_overlay (GTK_OVERLAY (cell), mark);

  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), item);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), item);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (source));
  g_object_set_data (G_OBJECT (cell), ITEM_KEY, item);
  g_object_set_data (G_OBJECT (cell), "pin", pin);
  g_object_set_data (G_OBJECT (cell), "mark", mark);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (LikenessFaceStrip *self, GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  GtkWidget *image = gtk_overlay_get_child (GTK_OVERLAY (cell));
  LikenessStripFace *face = gtk_list_item_get_item (item);
  g_autofree char *words = likeness_strip_face_describe (face);

  likeness_face_image_set_path (LIKENESS_FACE_IMAGE (image),
                                likeness_strip_face_get_path (face));
  likeness_face_image_set_label (LIKENESS_FACE_IMAGE (image),
                                 likeness_strip_face_get_name (face));
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (cell), "pin"),
                          likeness_strip_face_get_pin (face) != LIKENESS_PIN_NONE);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (cell), "mark"),
                          likeness_strip_face_get_moved (face));
  gtk_widget_set_tooltip_text (cell, likeness_strip_face_get_name (face));
  likeness_list_item_label (cell, words);
}

static void
unbind_cb (LikenessFaceStrip *self, GtkListItem *item)
{
  GtkWidget *image = gtk_overlay_get_child (GTK_OVERLAY (gtk_list_item_get_child (item)));

  likeness_face_image_set_path (LIKENESS_FACE_IMAGE (image), NULL);
}

static void
likeness_face_strip_dispose (GObject *object)
{
  LikenessFaceStrip *self = LIKENESS_FACE_STRIP (object);

  g_clear_object (&self->thumbnailer);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (likeness_face_strip_parent_class)->dispose (object);
}

static void
set_title (LikenessFaceStrip *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_label_set_label (self->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
likeness_face_strip_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  LikenessFaceStrip *self = LIKENESS_FACE_STRIP (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_PIN:
      g_value_set_uint (value, self->pin);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_face_strip_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  LikenessFaceStrip *self = LIKENESS_FACE_STRIP (object);

  switch (property_id)
    {
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    case PROP_PIN:
      self->pin = (LikenessPin)g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_face_strip_class_init (LikenessFaceStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = likeness_face_strip_dispose;
  object_class->get_property = likeness_face_strip_get_property;
  object_class->set_property = likeness_face_strip_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_PIN] = g_param_spec_uint ("pin", NULL, NULL, 0, LIKENESS_PIN_OUT,
                                            LIKENESS_PIN_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[PIN]
      = g_signal_new ("pin", LIKENESS_TYPE_FACE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT);

  g_type_ensure (LIKENESS_TYPE_STRIP_FACE);
  gtk_widget_class_set_css_name (widget_class, "facestrip");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-face-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceStrip, title_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceStrip, count_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceStrip, stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceStrip, list_view);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceStrip, faces);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
likeness_face_strip_init (LikenessFaceStrip *self)
{
  GtkDropTarget *target
      = gtk_drop_target_new (LIKENESS_TYPE_STRIP_FACE, GDK_ACTION_COPY | GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
likeness_face_strip_set_thumbnailer (LikenessFaceStrip *self,
                                     LikenessThumbnailer *thumbnailer)
{
  g_set_object (&self->thumbnailer, thumbnailer);
}

void
likeness_face_strip_set_faces (LikenessFaceStrip *self, GPtrArray *faces)
{
  g_autofree char *count = likeness_format_count (faces->len);

  g_list_store_splice (self->faces, 0, likeness_face_strip_get_n_faces (self),
                       faces->pdata, faces->len);
  gtk_label_set_label (self->count_label, count);
  gtk_stack_set_visible_child_name (self->stack, faces->len > 0 ? "faces" : "none");
}

guint
likeness_face_strip_get_n_faces (LikenessFaceStrip *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->faces));
}

int
likeness_face_strip_get_focus (LikenessFaceStrip *self)
{
  GtkListItem *item = get_focused (self);

  return item != NULL ? (int)gtk_list_item_get_position (item) : -1;
}

gboolean
likeness_face_strip_set_focus (LikenessFaceStrip *self, int position)
{
  int n = likeness_face_strip_get_n_faces (self);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));

  if (n == 0)
    return FALSE;
  position = CLAMP (position, 0, n - 1);
  gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u",
                              (guint)position);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *cell = gtk_widget_get_first_child (child);
      GtkListItem *item
          = cell != NULL ? g_object_get_data (G_OBJECT (cell), ITEM_KEY) : NULL;

      if (item != NULL && (int)gtk_list_item_get_position (item) == position)
        return gtk_widget_grab_focus (child);
    }
  return gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}
