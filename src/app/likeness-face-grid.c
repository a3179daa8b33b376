/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-grid.h"

#include "likeness-face-cell.h"

/* How long cells are filled in a frame, in microseconds: it has 16,000. */
#define FILLING 3000
#define MOST_COLUMNS 24

struct _LikenessFaceGrid
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkGridView *view;
  GtkSingleSelection *selection;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
  int size;
  guint scroll;     /* a source, until it has run */
  gboolean unnamed; /* whether there may be cells to name */
  guint tick;       /* until the next frame, where there was too much for one */
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

/* The cell that one of the view's children holds, if it is one with a face. */
static LikenessFaceCell *
get_cell (GtkWidget *child)
{
  GtkWidget *cell = gtk_widget_get_first_child (child);

  return LIKENESS_IS_FACE_CELL (cell) ? LIKENESS_FACE_CELL (cell) : NULL;
}

/* To one out of view GTK gives no room, wherever it would be. */
static gboolean
is_in_view (GtkWidget *child)
{
  return gtk_widget_get_width (child) > 0 && gtk_widget_get_height (child) > 0;
}

/* What is in view, the last first, so that its picture is the last that was asked for and
 * the first that comes. Returns: whether there was time for all of it. */
static gboolean
fill_view (LikenessFaceGrid *self, gint64 until)
{
  for (GtkWidget *child = gtk_widget_get_last_child (GTK_WIDGET (self->view));
       child != NULL; child = gtk_widget_get_prev_sibling (child))
    {
      LikenessFaceCell *cell = get_cell (child);

      if (cell != NULL && is_in_view (child) && likeness_face_cell_fill (cell)
          && g_get_monotonic_time () > until)
        return FALSE;
    }
  return TRUE;
}

/* What the list holds beyond the view is not seen, but a screen reader gets there. */
static gboolean
name_all (LikenessFaceGrid *self, gint64 until)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      LikenessFaceCell *cell = get_cell (child);

      if (cell != NULL && likeness_face_cell_name (cell)
          && g_get_monotonic_time () > until)
        return FALSE;
    }
  return TRUE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LIKENESS_FACE_GRID (widget)->tick = 0;
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
  return G_SOURCE_REMOVE;
}

/* Once the cells have their places, and before they are painted. */
static void
layout_cb (GdkFrameClock *clock, LikenessFaceGrid *self)
{
  gint64 until = g_get_monotonic_time () + FILLING;

  if (self->tick != 0)
    return;
  if (fill_view (self, until) && (!self->unnamed || name_all (self, until)))
    self->unnamed = FALSE;
  else
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
likeness_face_grid_map (GtkWidget *widget)
{
  LikenessFaceGrid *self = LIKENESS_FACE_GRID (widget);

  GTK_WIDGET_CLASS (likeness_face_grid_parent_class)->map (widget);
  /* After the window's own handler, which is what lays out. */
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "layout",
                           G_CALLBACK (layout_cb), self, G_CONNECT_AFTER);
}

static void
likeness_face_grid_unmap (GtkWidget *widget)
{
  LikenessFaceGrid *self = LIKENESS_FACE_GRID (widget);

  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (widget), layout_cb,
                                        widget);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (widget, self->tick);
  self->tick = 0;
  GTK_WIDGET_CLASS (likeness_face_grid_parent_class)->unmap (widget);
}

static void
setup_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  GtkWidget *cell = likeness_face_cell_new (self->thumbnailer);

  likeness_face_cell_set_size (LIKENESS_FACE_CELL (cell), self->size);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  likeness_face_cell_set_face (LIKENESS_FACE_CELL (gtk_list_item_get_child (item)),
                               gtk_list_item_get_item (item));
  self->unnamed = TRUE;
}

static void
unbind_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  likeness_face_cell_set_face (LIKENESS_FACE_CELL (gtk_list_item_get_child (item)), NULL);
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
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (likeness_face_grid_parent_class)->dispose (object);
}

static void
likeness_face_grid_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
}

/* The list holds some thirty rows of as many cells as there may be in one: no more than
 * there is room for. */
static void
likeness_face_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LikenessFaceGrid *self = LIKENESS_FACE_GRID (widget);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  int cell = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &cell, NULL, NULL, NULL);
  if (cell > 0)
    gtk_grid_view_set_max_columns (self->view, CLAMP (width / cell, 1, MOST_COLUMNS));
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline,
                       NULL);
}

static void
likeness_face_grid_class_init (LikenessFaceGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_face_grid_dispose;
  object_class->get_property = likeness_face_grid_get_property;
  object_class->set_property = likeness_face_grid_set_property;
  widget_class->map = likeness_face_grid_map;
  widget_class->unmap = likeness_face_grid_unmap;
  widget_class->measure = likeness_face_grid_measure;
  widget_class->size_allocate = likeness_face_grid_size_allocate;

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
  gtk_widget_init_template (GTK_WIDGET (self));
  /* That of a bin would do without the widget's own allocation. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
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
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (get_cell (child) != NULL)
      likeness_face_cell_set_size (get_cell (child), size);
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

void
likeness_face_grid_update (LikenessFaceGrid *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (get_cell (child) != NULL)
      likeness_face_cell_update (get_cell (child));
}
