/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-caption.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "likeness-display-name.h"

#define DOT 9
#define ICON 14
#define GAP 6
/* As the style class dim-label. */
#define DIM 0.55f
#define DIM_HIGH_CONTRAST 0.9f

typedef enum
{
  MARK_PIN,
  MARK_NEAR,
  MARK_NAMED,
  MARK_EXCLUDED,
  N_MARKS
} Mark;

struct _LikenessFaceCaption
{
  GtkWidget parent_instance;

  /* Owned */
  PangoLayout *layout;
  char *name; /* NULL: nothing is shown */
  LikenessSplit split;
  guint marks; /* bits (1 << Mark) */
  int height;  /* of a line; 0 until it was asked for */
};

static const char *const icon_names[N_MARKS] = {
    "view-pin-symbolic",
    "edit-copy-symbolic",
    "dialog-warning-symbolic",
    "action-unavailable-symbolic",
};

/* The names that style.css gives the splits' colours. */
static const char *const color_names[LIKENESS_N_SPLITS]
    = {"split_none_color", "split_train_color", "split_val_color", "split_test_color"};

G_DEFINE_FINAL_TYPE (LikenessFaceCaption, likeness_face_caption, GTK_TYPE_WIDGET)

static PangoLayout *
get_layout (LikenessFaceCaption *self)
{
  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->name);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_MIDDLE);
      pango_layout_set_single_paragraph_mode (self->layout, TRUE);
    }
  return self->layout;
}

static void
likeness_face_caption_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  LikenessFaceCaption *self = LIKENESS_FACE_CAPTION (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  if (self->height == 0)
    {
      PangoFontMetrics *metrics
          = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);

      self->height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
      pango_font_metrics_unref (metrics);
    }
  *minimum = *natural = MAX (self->height, ICON);
}

static void
snapshot_icon (GtkWidget *widget,
               GtkSnapshot *snapshot,
               const char *name,
               const GdkRGBA *color,
               float x,
               float y)
{
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), name, NULL, ICON,
      gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget), 0);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON,
                                            ICON, color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_dot (LikenessFaceCaption *self, GtkSnapshot *snapshot, float x, float y)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GskRoundedRect clip;
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (context, color_names[self->split], &color))
    gtk_style_context_get_color (context, &color);
  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (x, y, DOT, DOT),
                                   DOT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &color, &clip.bounds);
  gtk_snapshot_pop (snapshot);
}

/* What stands before the name, with the gaps after each. */
static float
measure_marks (LikenessFaceCaption *self)
{
  float width = self->split != LIKENESS_SPLIT_NONE ? DOT + GAP : 0;

  for (int mark = 0; mark < N_MARKS; mark++)
    if (self->marks & 1u << mark)
      width += ICON + GAP;
  return width;
}

static void
likeness_face_caption_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LikenessFaceCaption *self = LIKENESS_FACE_CAPTION (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float marks, room, x;
  PangoRectangle text;
  GdkRGBA color;

  if (self->name == NULL)
    return;
  marks = measure_marks (self);
  room = MAX (0, width - marks);
  pango_layout_set_width (get_layout (self), (int)room * PANGO_SCALE);
  pango_layout_get_pixel_extents (self->layout, NULL, &text);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= adw_style_manager_get_high_contrast (adw_style_manager_get_default ())
                     ? DIM_HIGH_CONTRAST
                     : DIM;

  x = floorf ((room - text.width) / 2);
  if (mirrored)
    x = width - x;
#define PLACE(side) (mirrored ? x - (side) : x)
  if (self->split != LIKENESS_SPLIT_NONE)
    {
      snapshot_dot (self, snapshot, PLACE (DOT), floorf ((height - DOT) / 2));
      x += mirrored ? -(DOT + GAP) : DOT + GAP;
    }
  for (int mark = 0; mark < N_MARKS; mark++)
    if (self->marks & 1u << mark)
      {
        snapshot_icon (widget, snapshot, icon_names[mark], &color, PLACE (ICON),
                       floorf ((height - ICON) / 2));
        x += mirrored ? -(ICON + GAP) : ICON + GAP;
      }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (PLACE (text.width) - text.x,
                                                floorf ((height - text.height) / 2)));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
#undef PLACE
}

/* Another font, size or direction. */
static void
forget_layout (LikenessFaceCaption *self)
{
  g_clear_object (&self->layout);
  self->height = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
likeness_face_caption_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (likeness_face_caption_parent_class)->css_changed (widget, change);
  forget_layout (LIKENESS_FACE_CAPTION (widget));
}

static void
likeness_face_caption_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (likeness_face_caption_parent_class)
      ->direction_changed (widget, previous);
  forget_layout (LIKENESS_FACE_CAPTION (widget));
}

static void
likeness_face_caption_dispose (GObject *object)
{
  g_clear_object (&LIKENESS_FACE_CAPTION (object)->layout);

  G_OBJECT_CLASS (likeness_face_caption_parent_class)->dispose (object);
}

static void
likeness_face_caption_finalize (GObject *object)
{
  g_free (LIKENESS_FACE_CAPTION (object)->name);

  G_OBJECT_CLASS (likeness_face_caption_parent_class)->finalize (object);
}

static void
likeness_face_caption_class_init (LikenessFaceCaptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_face_caption_dispose;
  object_class->finalize = likeness_face_caption_finalize;
  widget_class->measure = likeness_face_caption_measure;
  widget_class->snapshot = likeness_face_caption_snapshot;
  widget_class->css_changed = likeness_face_caption_css_changed;
  widget_class->direction_changed = likeness_face_caption_direction_changed;

  gtk_widget_class_set_css_name (widget_class, "facecaption");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
likeness_face_caption_init (LikenessFaceCaption *self)
{
}

GtkWidget *
likeness_face_caption_new (void)
{
  return g_object_new (LIKENESS_TYPE_FACE_CAPTION, NULL);
}

void
likeness_face_caption_show (LikenessFaceCaption *self, LikenessFace *face)
{
  LikenessFlags flags = face != NULL ? likeness_face_get_flags (face) : 0;
  char *end = NULL;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_clear_pointer (&self->name, g_free);
  if (face == NULL)
    return;
  /* Without its ending: that tells no two faces apart. */
  self->name = likeness_display_name (likeness_face_get_name (face));
  end = strrchr (self->name, '.');
  if (end != NULL)
    *end = '\0';
  self->split = likeness_face_get_split (face);
  self->marks = (likeness_face_get_pin (face) != LIKENESS_PIN_NONE) << MARK_PIN
                | !!(flags & LIKENESS_FLAG_NEAR_DUPLICATE) << MARK_NEAR
                | !!(flags & LIKENESS_FLAG_TWO_NAMES) << MARK_NAMED
                | likeness_face_get_excluded (face) << MARK_EXCLUDED;
  pango_layout_set_text (get_layout (self), self->name, -1);
}
