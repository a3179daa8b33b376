/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-thumbnailer.h"

#include "likeness-image.h"

/* Somebody who waits for a picture. */
typedef struct
{
  guint id;
  LikenessThumbnailFunc func;
  gpointer user_data;
} Waiter;

/* A picture on its way. Belongs to the main thread but for path, size and the results,
 * which the worker uses between taking it from `waiting` and putting it on `finished`. */
typedef struct
{
  char *key;
  char *path;
  int size;
  GArray *waiters;
  GList *waiting_link; /* under the mutex; NULL once a worker has it */
  LikenessImage *image;
  GError *error;
} Request;

typedef struct
{
  char *key;
  GdkTexture *texture;
  gsize bytes;
  GList *link;
} Entry;

struct _LikenessThumbnailer
{
  GObject parent_instance;

  /* Owned */
  GThreadPool *pool;
  GMainContext *context;
  GCancellable *cancellable;
  GHashTable *requests; /* key -> Request: in flight */
  GHashTable *ids;      /* id -> Request */
  GHashTable *cache;    /* key -> Entry */
  GQueue recent;        /* Entry, the newest first */
  gsize max_bytes;
  gsize bytes;
  guint last_id;

  GMutex mutex;
  GQueue waiting;   /* Request, the newest first */
  GPtrArray *ready; /* Request, decoded */
  GSource *source;  /* pending hand-over, at most one */
};

G_DEFINE_FINAL_TYPE (LikenessThumbnailer, likeness_thumbnailer, G_TYPE_OBJECT)

static void
request_free (Request *request)
{
  g_free (request->key);
  g_free (request->path);
  g_array_unref (request->waiters);
  g_clear_pointer (&request->image, likeness_image_free);
  g_clear_error (&request->error);
  g_free (request);
}

static void
entry_free (Entry *entry)
{
  g_free (entry->key);
  g_object_unref (entry->texture);
  g_free (entry);
}

static char *
make_key (const char *path, int size)
{
  return g_strdup_printf ("%d:%s", size, path);
}

/* The longest side becomes @size. What is hardly larger stays: drawing reduces it as well,
 * and faces come in one size mostly. What is smaller stays too, or it would only be
 * blurred. */
static LikenessImage *
reduce (LikenessImage *image, int size)
{
  int longest = MAX (image->width, image->height);
  LikenessImage *reduced = NULL;

  if (longest * 2 <= size * 3)
    return image;
  reduced = likeness_image_resize_bilinear (
      image, MAX (1, (int)((gint64)image->width * size / longest)),
      MAX (1, (int)((gint64)image->height * size / longest)));
  likeness_image_free (image);
  return reduced;
}

static void
keep (LikenessThumbnailer *self, const char *key, GdkTexture *texture, gsize bytes)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = g_strdup (key);
  entry->texture = g_object_ref (texture);
  entry->bytes = bytes;
  g_queue_push_head (&self->recent, entry);
  entry->link = self->recent.head;
  g_hash_table_replace (self->cache, entry->key, entry);
  self->bytes += bytes;

  while (self->bytes > self->max_bytes && self->recent.length > 1)
    {
      Entry *oldest = g_queue_pop_tail (&self->recent);

      self->bytes -= oldest->bytes;
      g_hash_table_remove (self->cache, oldest->key);
    }
}

static void
answer (LikenessThumbnailer *self, Request *request)
{
  g_autoptr (GdkTexture) texture = NULL;

  if (request->image != NULL)
    {
      LikenessImage *image = request->image;
      gsize length = (gsize)image->width * image->height * 3;
      /* A copy in this thread's memory: what lasts, amid what workers use for a moment,
       * would keep theirs from shrinking. */
      g_autoptr (GBytes) bytes = g_bytes_new (image->pixels, length);

      texture = gdk_memory_texture_new (image->width, image->height, GDK_MEMORY_R8G8B8,
                                        bytes, (gsize)image->width * 3);
      keep (self, request->key, texture, length);
    }

  /* One at a time: a function may cancel those after it. */
  g_hash_table_remove (self->requests, request->key);
  while (request->waiters->len > 0)
    {
      Waiter waiter = g_array_index (request->waiters, Waiter, 0);

      g_array_remove_index (request->waiters, 0);
      g_hash_table_remove (self->ids, GUINT_TO_POINTER (waiter.id));
      waiter.func (texture, request->error, waiter.user_data);
    }
}

static gboolean
hand_over_cb (gpointer user_data)
{
  g_autoptr (LikenessThumbnailer) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) ready = NULL;

  g_mutex_lock (&self->mutex);
  ready = g_steal_pointer (&self->ready);
  self->ready = g_ptr_array_new ();
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < ready->len; i++)
    {
      Request *request = g_ptr_array_index (ready, i);

      answer (self, request);
      request_free (request);
    }
  return G_SOURCE_REMOVE;
}

static void
work (gpointer token, gpointer user_data)
{
  LikenessThumbnailer *self = user_data;
  Request *request = NULL;

  g_mutex_lock (&self->mutex);
  request = g_queue_pop_head (&self->waiting);
  if (request != NULL)
    request->waiting_link = NULL;
  g_mutex_unlock (&self->mutex);
  /* Its request was cancelled: nothing is left for this token. */
  if (request == NULL)
    return;

  request->image
      = likeness_image_load (request->path, self->cancellable, &request->error);
  if (request->image != NULL)
    request->image = reduce (request->image, request->size);

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->ready, request);
  if (self->source == NULL)
    {
      self->source = g_idle_source_new ();
      g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (self->source, "thumbnails");
      g_source_set_callback (self->source, hand_over_cb, self, NULL);
      g_source_attach (self->source, self->context);
    }
  g_mutex_unlock (&self->mutex);
}

static void
likeness_thumbnailer_dispose (GObject *object)
{
  LikenessThumbnailer *self = LIKENESS_THUMBNAILER (object);

  /* The workers use self, so they end before anything is taken down. */
  g_cancellable_cancel (self->cancellable);
  if (self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), TRUE, TRUE);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);

  G_OBJECT_CLASS (likeness_thumbnailer_parent_class)->dispose (object);
}

static void
likeness_thumbnailer_finalize (GObject *object)
{
  LikenessThumbnailer *self = LIKENESS_THUMBNAILER (object);

  for (guint i = 0; i < self->ready->len; i++)
    request_free (g_ptr_array_index (self->ready, i));
  g_ptr_array_unref (self->ready);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)request_free);
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->ids);
  g_queue_clear (&self->recent);
  g_hash_table_unref (self->cache);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (likeness_thumbnailer_parent_class)->finalize (object);
}

static void
likeness_thumbnailer_class_init (LikenessThumbnailerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = likeness_thumbnailer_dispose;
  object_class->finalize = likeness_thumbnailer_finalize;
}

static void
likeness_thumbnailer_init (LikenessThumbnailer *self)
{
  g_mutex_init (&self->mutex);
  g_queue_init (&self->waiting);
  g_queue_init (&self->recent);
  self->ready = g_ptr_array_new ();
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  self->requests = g_hash_table_new (g_str_hash, g_str_equal);
  self->ids = g_hash_table_new (NULL, NULL);
  self->cache
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)entry_free);
}

LikenessThumbnailer *
likeness_thumbnailer_new (gsize max_bytes, guint threads)
{
  LikenessThumbnailer *self = g_object_new (LIKENESS_TYPE_THUMBNAILER, NULL);

  self->max_bytes = max_bytes;
  self->pool = g_thread_pool_new (work, self, MAX (threads, 1), FALSE, NULL);
  return self;
}

GdkTexture *
likeness_thumbnailer_look_up (LikenessThumbnailer *self, const char *path, int size)
{
  g_autofree char *key = make_key (path, size);
  Entry *entry = g_hash_table_lookup (self->cache, key);

  if (entry == NULL)
    return NULL;
  g_queue_unlink (&self->recent, entry->link);
  g_queue_push_head_link (&self->recent, entry->link);
  return entry->texture;
}

guint
likeness_thumbnailer_request (LikenessThumbnailer *self,
                              const char *path,
                              int size,
                              LikenessThumbnailFunc func,
                              gpointer user_data)
{
  g_autofree char *key = make_key (path, size);
  Request *request = g_hash_table_lookup (self->requests, key);
  Waiter waiter = {.func = func, .user_data = user_data};
  gboolean fresh = request == NULL;

  if (fresh)
    {
      request = g_new0 (Request, 1);
      request->key = g_steal_pointer (&key);
      request->path = g_strdup (path);
      request->size = size;
      request->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
      g_hash_table_insert (self->requests, request->key, request);
    }
  if (++self->last_id == 0)
    self->last_id = 1;
  waiter.id = self->last_id;
  g_array_append_val (request->waiters, waiter);
  g_hash_table_insert (self->ids, GUINT_TO_POINTER (waiter.id), request);

  g_mutex_lock (&self->mutex);
  if (fresh)
    {
      g_queue_push_head (&self->waiting, request);
      request->waiting_link = self->waiting.head;
    }
  else if (request->waiting_link != NULL)
    {
      g_queue_unlink (&self->waiting, request->waiting_link);
      g_queue_push_head_link (&self->waiting, request->waiting_link);
    }
  g_mutex_unlock (&self->mutex);
  if (fresh)
    g_thread_pool_push (self->pool, GINT_TO_POINTER (1), NULL);
  return waiter.id;
}

void
likeness_thumbnailer_cancel (LikenessThumbnailer *self, guint id)
{
  Request *request = g_hash_table_lookup (self->ids, GUINT_TO_POINTER (id));
  gboolean drop = FALSE;

  if (request == NULL)
    return;
  g_hash_table_remove (self->ids, GUINT_TO_POINTER (id));
  for (guint i = 0; i < request->waiters->len; i++)
    if (g_array_index (request->waiters, Waiter, i).id == id)
      {
        g_array_remove_index (request->waiters, i);
        break;
      }
  if (request->waiters->len > 0)
    return;

  /* One that a worker already has runs to its end and goes into the cache. */
  g_mutex_lock (&self->mutex);
  if (request->waiting_link != NULL)
    {
      g_queue_delete_link (&self->waiting, request->waiting_link);
      drop = TRUE;
    }
  g_mutex_unlock (&self->mutex);
  if (drop)
    {
      g_hash_table_remove (self->requests, request->key);
      request_free (request);
    }
}

gsize
likeness_thumbnailer_get_bytes (LikenessThumbnailer *self)
{
  return self->bytes;
}

guint
likeness_thumbnailer_get_n_waiting (LikenessThumbnailer *self)
{
  return g_hash_table_size (self->requests);
}
