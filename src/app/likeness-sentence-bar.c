/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sentence-bar.h"

#define SPACING 12
#define LINE_SPACING 6
#define FEWEST_LETTERS 24 /* of a line of the sentence beside the buttons */

struct _LikenessSentenceBar
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (LikenessSentenceBar, likeness_sentence_bar, GTK_TYPE_WIDGET)

/* Of the children from one to before another, side by side. */
typedef struct
{
  int minimum;
  int natural;
  int widest; /* the largest minimum of one alone */
  guint n;
} Widths;

static GtkWidget *
get_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_first (GtkWidget *widget)
{
  return get_shown (gtk_widget_get_first_child (widget));
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return get_shown (gtk_widget_get_next_sibling (child));
}

/* (nullable): where the sentence ends */
static GtkWidget *
get_first_button (GtkWidget *widget)
{
  GtkWidget *first = get_first (widget);

  for (GtkWidget *child = first; child != NULL; child = get_next (child))
    if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
      first = get_next (child);
  return first;
}

static Widths
measure_widths (GtkWidget *child, GtkWidget *end)
{
  Widths widths = {0};

  for (; child != end; child = get_next (child))
    {
      int minimum, natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                          NULL);
      widths.minimum += minimum + (widths.n > 0 ? SPACING : 0);
      widths.natural += natural + (widths.n > 0 ? SPACING : 0);
      widths.widest = MAX (widths.widest, minimum);
      widths.n++;
    }
  return widths;
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* A sentence of one or two words a line is hard to read. */
static int
get_least_width (GtkWidget *widget, const Widths *sentence)
{
  PangoFontMetrics *metrics
      = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int letter = pango_font_metrics_get_approximate_char_width (metrics);

  pango_font_metrics_unref (metrics);
  return MIN (sentence->natural,
              MAX (sentence->minimum, PANGO_PIXELS_CEIL (FEWEST_LETTERS * letter)));
}

static gboolean
is_one_line (GtkWidget *widget, int width, const Widths *sentence, const Widths *buttons)
{
  if (sentence->n == 0 || buttons->n == 0)
    return sentence->n > 0 || buttons->natural <= width;
  return get_least_width (widget, sentence) + SPACING + buttons->natural <= width;
}

static void
place (GtkWidget *child, gboolean wanted, GtkAllocation at, int width)
{
  if (gtk_widget_get_direction (gtk_widget_get_parent (child)) == GTK_TEXT_DIR_RTL)
    at.x = width - at.x - at.width;
  if (wanted)
    gtk_widget_size_allocate (child, &at, -1);
}

/* Lays the sentence, whose last child takes what is left, into @room; returns its height,
 * which is at least @height. */
static int
lay_sentence (
    GtkWidget *widget, GtkWidget *end, int room, int height, int width, gboolean wanted)
{
  int x = 0;

  for (int pass = 0; pass < 2; pass++, x = 0)
    for (GtkWidget *child = get_first (widget); child != end; child = get_next (child))
      {
        int natural = room - x;

        if (get_next (child) != end)
          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL,
                              NULL);
        if (pass == 0)
          height = MAX (height, measure_height (child, natural));
        else
          place (child, wanted, (GtkAllocation){x, 0, natural, height}, width);
        x += natural + SPACING;
      }
  return height;
}

/* Lays a line of buttons from @first on, which ends where @width does; moves @first
 * behind it and returns the line's height. */
static int
lay_line (GtkWidget **first, int y, int height, int width, gboolean wanted)
{
  GtkWidget *end = *first;
  int used = 0, x = 0;

  while (end != NULL)
    {
      int natural;

      gtk_widget_measure (end, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL,
                          NULL);
      if (end != *first && used + SPACING + natural > width)
        break;
      used += natural + (end != *first ? SPACING : 0);
      height = MAX (height, measure_height (end, -1));
      end = get_next (end);
    }
  x = MAX (0, width - used);
  for (GtkWidget *child = *first; child != end; child = get_next (child))
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL,
                          NULL);
      natural = MIN (natural, width);
      place (child, wanted, (GtkAllocation){x, y, natural, height}, width);
      x += natural + SPACING;
    }
  *first = end;
  return height;
}

/* Returns the height that all needs at this width; puts it into @height where @wanted. */
static int
lay_out (GtkWidget *widget, int width, int height, gboolean wanted)
{
  GtkWidget *button = get_first_button (widget);
  Widths sentence = measure_widths (get_first (widget), button);
  Widths buttons = measure_widths (button, NULL);
  int y = 0;

  if (is_one_line (widget, width, &sentence, &buttons))
    {
      int room = width - (buttons.n > 0 ? buttons.natural + SPACING : 0);

      height = lay_sentence (widget, button, room, height, width, wanted);
      return button != NULL ? lay_line (&button, 0, height, width, wanted) : height;
    }
  if (sentence.n > 0)
    y = lay_sentence (widget, button, width, 0, width, wanted) + LINE_SPACING;
  while (button != NULL)
    y += lay_line (&button, y, 0, width, wanted) + LINE_SPACING;
  return y - LINE_SPACING;
}

static GtkSizeRequestMode
likeness_sentence_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
likeness_sentence_bar_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  GtkWidget *button = get_first_button (widget);
  Widths sentence = measure_widths (get_first (widget), button);
  Widths buttons = measure_widths (button, NULL);

  *minimum = MAX (sentence.minimum, buttons.widest);
  *natural = sentence.natural + buttons.natural
             + (sentence.n > 0 && buttons.n > 0 ? SPACING : 0);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural
        = lay_out (widget, for_size >= 0 ? MAX (for_size, *minimum) : *natural, 0, FALSE);
}

static void
likeness_sentence_bar_size_allocate (GtkWidget *widget,
                                     int width,
                                     int height,
                                     int baseline)
{
  lay_out (widget, width, height, TRUE);
}

static void
likeness_sentence_bar_compute_expand (GtkWidget *widget,
                                      gboolean *horizontally,
                                      gboolean *vertically)
{
  *horizontally = *vertically = FALSE;
  for (GtkWidget *child = get_first (widget); child != NULL; child = get_next (child))
    {
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        *horizontally = TRUE;
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_VERTICAL))
        *vertically = TRUE;
    }
}

static void
likeness_sentence_bar_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (likeness_sentence_bar_parent_class)->dispose (object);
}

static void
likeness_sentence_bar_class_init (LikenessSentenceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_sentence_bar_dispose;
  widget_class->get_request_mode = likeness_sentence_bar_get_request_mode;
  widget_class->measure = likeness_sentence_bar_measure;
  widget_class->size_allocate = likeness_sentence_bar_size_allocate;
  widget_class->compute_expand = likeness_sentence_bar_compute_expand;

  gtk_widget_class_set_css_name (widget_class, "sentencebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
likeness_sentence_bar_init (LikenessSentenceBar *self)
{
}
