/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-grid.h"

#include "likeness-face-cell.h"

/* How long cells are filled at a time, in microseconds: a frame has 16,000. */
#define FILLING 3000

struct _LikenessFaceGrid
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkGridView *view;
  GtkSingleSelection *selection;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
  int size;
  guint scroll;    /* a source, until it has run */
  GQueue unfilled; /* of LikenessFaceCell, as they were bound; the newest first */
  guint filling;   /* a source while there are any */
};

enum
{
  PROP_SIZE = 1,
  N_PROPERTIES
};

enum
{
  FACE_CHOSEN,
  FACE_ACTIVATED,
  FACE_PINNED,
  FACE_EXCLUDED,
  LEFT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessFaceGrid, likeness_face_grid, ADW_TYPE_BIN)

static void
setup_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  GtkWidget *cell = likeness_face_cell_new (self->thumbnailer);

  g_object_bind_property (self, "size", cell, "size", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, cell);
}

/* The list binds three screens of cells at once; only as many are filled between two
 * frames as there is time for. */
static gboolean
fill_cb (gpointer user_data)
{
  LikenessFaceGrid *self = user_data;
  gint64 until = g_get_monotonic_time () + FILLING;

  while (!g_queue_is_empty (&self->unfilled) && g_get_monotonic_time () < until)
    {
      g_autoptr (LikenessFaceCell) cell = g_queue_pop_head (&self->unfilled);

      likeness_face_cell_fill (cell);
    }
  if (!g_queue_is_empty (&self->unfilled))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static void
bind_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  likeness_face_cell_set_face (LIKENESS_FACE_CELL (cell), gtk_list_item_get_item (item));
  g_queue_push_head (&self->unfilled, g_object_ref (cell));
  if (self->filling == 0)
    self->filling = g_idle_add (fill_cb, self);
}

static void
unbind_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  if (g_queue_remove (&self->unfilled, cell))
    g_object_unref (cell);
  likeness_face_cell_set_face (LIKENESS_FACE_CELL (cell), NULL);
}

static void
selected_cb (LikenessFaceGrid *self)
{
  g_signal_emit (self, signals[FACE_CHOSEN], 0);
}

static void
activate_cb (LikenessFaceGrid *self, guint position)
{
  g_signal_emit (self, signals[FACE_ACTIVATED], 0);
}

/* The cursor and the selection are one: a key is about the face that both are at. */
static gboolean
pin_cb (GtkWidget *widget, GVariant *pin, gpointer user_data)
{
  LikenessFaceGrid *self = user_data;

  if (likeness_face_grid_get_face (self) == NULL)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[FACE_PINNED], 0, g_variant_get_uint32 (pin));
  return GDK_EVENT_STOP;
}

static gboolean
space_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LikenessFaceGrid *self = user_data;

  if (likeness_face_grid_get_face (self) == NULL)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[FACE_EXCLUDED], 0);
  return GDK_EVENT_STOP;
}

/* GTK 4.8 takes Tab to the next cell: nobody would get out of a million. */
static gboolean
tab_cb (GtkWidget *widget, GVariant *direction, gpointer user_data)
{
  gboolean handled = FALSE;

  g_signal_emit (user_data, signals[LEFT], 0, g_variant_get_uint32 (direction), &handled);
  return handled;
}

static void
add_tab (LikenessFaceGrid *self,
         GtkShortcutController *shortcuts,
         GtkShortcutTrigger *trigger,
         GtkDirectionType direction)
{
  GtkShortcut *shortcut
      = gtk_shortcut_new (trigger, gtk_callback_action_new (tab_cb, self, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_uint32 (direction));
  gtk_shortcut_controller_add_shortcut (shortcuts, shortcut);
}

static void
add_keys (LikenessFaceGrid *self)
{
  static const struct
  {
    guint keyval;
    LikenessPin pin;
  } keys[] = {
      {GDK_KEY_t, LIKENESS_PIN_TRAIN},
      {GDK_KEY_v, LIKENESS_PIN_VAL},
      {GDK_KEY_x, LIKENESS_PIN_OUT},
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *shortcuts = GTK_SHORTCUT_CONTROLLER (controller);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut
          = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, 0),
                              gtk_callback_action_new (pin_cb, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_uint32 (keys[i].pin));
      gtk_shortcut_controller_add_shortcut (shortcuts, shortcut);
    }
  gtk_shortcut_controller_add_shortcut (
      shortcuts, gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                   gtk_callback_action_new (space_cb, self, NULL)));
  add_tab (self, shortcuts, gtk_keyval_trigger_new (GDK_KEY_Tab, 0), GTK_DIR_TAB_FORWARD);
  add_tab (self, shortcuts, gtk_keyval_trigger_new (GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK),
           GTK_DIR_TAB_BACKWARD);
  /* Before the list sees it, which would toggle the selection. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

static void
likeness_face_grid_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  if (property_id == PROP_SIZE)
    g_value_set_int (value, LIKENESS_FACE_GRID (object)->size);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_face_grid_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  if (property_id == PROP_SIZE)
    likeness_face_grid_set_size (LIKENESS_FACE_GRID (object), g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_face_grid_dispose (GObject *object)
{
  LikenessFaceGrid *self = LIKENESS_FACE_GRID (object);

  g_clear_handle_id (&self->scroll, g_source_remove);
  g_clear_handle_id (&self->filling, g_source_remove);
  g_queue_clear_full (&self->unfilled, g_object_unref);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (likeness_face_grid_parent_class)->dispose (object);
}

static void
likeness_face_grid_class_init (LikenessFaceGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = likeness_face_grid_dispose;
  object_class->get_property = likeness_face_grid_get_property;
  object_class->set_property = likeness_face_grid_set_property;

  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 1024, 96,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[FACE_CHOSEN]
      = g_signal_new ("face-chosen", LIKENESS_TYPE_FACE_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
  signals[FACE_ACTIVATED]
      = g_signal_new ("face-activated", LIKENESS_TYPE_FACE_GRID, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FACE_PINNED]
      = g_signal_new ("face-pinned", LIKENESS_TYPE_FACE_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FACE_EXCLUDED]
      = g_signal_new ("face-excluded", LIKENESS_TYPE_FACE_GRID, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[LEFT] = g_signal_new ("left", LIKENESS_TYPE_FACE_GRID, G_SIGNAL_RUN_LAST, 0,
                                g_signal_accumulator_true_handled, NULL, NULL,
                                G_TYPE_BOOLEAN, 1, GTK_TYPE_DIRECTION_TYPE);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-face-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceGrid, view);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceGrid, selection);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
likeness_face_grid_init (LikenessFaceGrid *self)
{
  self->size = 96;
  g_queue_init (&self->unfilled);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
}

static gboolean
scroll_cb (gpointer user_data)
{
  LikenessFaceGrid *self = user_data;

  self->scroll = 0;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
  return G_SOURCE_REMOVE;
}

void
likeness_face_grid_scroll_to_start (LikenessFaceGrid *self)
{
  /* Not while somebody is told of other faces: the view may not know of them yet. */
  if (self->scroll == 0)
    self->scroll = g_idle_add_full (G_PRIORITY_DEFAULT, scroll_cb, self, NULL);
}

LikenessFace *
likeness_face_grid_get_face (LikenessFaceGrid *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

void
likeness_face_grid_set_size (LikenessFaceGrid *self, int size)
{
  if (self->size == size)
    return;
  self->size = size;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

void
likeness_face_grid_set_faces (LikenessFaceGrid *self,
                              LikenessThumbnailer *thumbnailer,
                              GListModel *faces)
{
  g_set_object (&self->thumbnailer, thumbnailer);
  gtk_single_selection_set_model (self->selection, faces);
}
