/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "likeness-fuzz.h"
#include "likeness-pixel-cache.h"
#include "likeness-pt-archive.h"
#include "likeness-types.h"

#define DIGEST "0123456789abcdef0123456789abcdef"

static GPtrArray *
make_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
}

static GPtrArray *
make_texts (const char *const *texts)
{
  GPtrArray *seeds = make_list ();

  for (; *texts != NULL; texts++)
    g_ptr_array_add (seeds, g_bytes_new_static (*texts, strlen (*texts)));
  return seeds;
}

static void
add_fixture (GPtrArray *seeds, const char *name)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "engine", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_ptr_array_add (seeds, g_bytes_new_take (contents, length));
}

GPtrArray *
likeness_fuzz_seed_archives (void)
{
  static const char *const names[]
      = {"values-2.pt", "values-5.pt", "module.pt", "system.pt", "script.pt", "old.pt"};
  GPtrArray *seeds = make_list ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    add_fixture (seeds, names[i]);
  return seeds;
}

/* The zip's checksums would hide the pickle from a fuzzer, so it is taken out. */
GPtrArray *
likeness_fuzz_seed_pickles (void)
{
  static const char *const names[] = {"values-2.pt", "values-4.pt", "values-5.pt",
                                      "module.pt",   "system.pt",   "script.pt"};
  GPtrArray *seeds = make_list ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path
          = g_test_build_filename (G_TEST_DIST, "engine", "data", names[i], NULL);
      g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, NULL);
      g_autoptr (LikenessPtArchive) archive = likeness_pt_archive_read (file, NULL, NULL);

      g_ptr_array_add (seeds, g_bytes_ref (archive->pickle));
    }
  add_fixture (seeds, "checkpoint.pkl");
  return seeds;
}

GPtrArray *
likeness_fuzz_seed_safetensors (void)
{
  static const char header[]
      = "{\"__metadata__\":{\"format\":\"pt\"},"
        "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
        "\"b\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[24,26]},"
        "\"none\":{\"dtype\":\"BF16\",\"shape\":[0,7],\"data_offsets\":[26,26]}}";
  static const guint8 numbers[26] = {0};
  GByteArray *bytes = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE (sizeof header - 1);
  GPtrArray *seeds = make_list ();

  g_byte_array_append (bytes, (const guint8 *)&length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *)header, sizeof header - 1);
  g_byte_array_append (bytes, numbers, sizeof numbers);
  g_ptr_array_add (seeds, g_byte_array_free_to_bytes (bytes));
  return seeds;
}

GPtrArray *
likeness_fuzz_seed_results (void)
{
  static const char *const texts[] = {
      "{\"n\": 1, \"epoch\": 3, \"input\": \"low\", \"top1\": null,\n"
      " \"top1_reason\": \"?\", \"rank1\": {\"value\": 0.5, \"k\": 1, \"n\": 2},\n"
      " \"sim\": 0.8, \"n_genuine\": 4, \"tar_at_far\": [{\"far\": 0.01, \"tar\": 1}],\n"
      " \"strangers\": {\"subjects\": 2, \"low_high\": {\"eer\": 0.1}},\n"
      " \"baseline\": {\"sim\": 0.7},\n"
      " \"per_subject\": [{\"subject\": \"ann\", \"accuracy\": {\"k\": 1, \"n\": 2},\n"
      "  \"mostly_taken_for\": \"bo\", \"margin\": 0.5, \"example\": \"/x\\\\xff\"},\n"
      "  {\"subject\": \"bo\"}],\n"
      " \"faces\": [{\"path\": \"/x/1.png\", \"subject\": \"ann\", \"taken_for\": "
      "\"bo\",\n"
      "  \"rank\": 2, \"score_true\": 0.5, \"correct\": false}]}",
      "{\"per_subject\": [], \"faces\": []}", NULL};

  return make_texts (texts);
}

GPtrArray *
likeness_fuzz_seed_events (void)
{
  static const char *const texts[] = {
      "{\"event\": \"stage\", \"text\": \"Reading\"}\n"
      "{\"event\": \"start\", \"time\": 1.5, \"epochs\": 2, \"n_classes\": 3}\n"
      "{\"event\": \"baseline\", \"sim\": 0.5, \"rank1\": {\"k\": 1, \"n\": 2}}\n"
      "{\"event\": \"batch\", \"epoch\": 1, \"batch\": 1, \"batches\": 9, \"loss\": 7}\n"
      "{\"event\": \"epoch\", \"epoch\": 1, \"best_epoch\": 1, \"loss\": 3.5,"
      " \"top1\": {\"k\": 1, \"n\": 2}, \"sim\": 0.6, \"impostor_mean\": 0.1,"
      " \"verdict\": {\"state\": \"collapse\", \"sentence\": \"Bad\"}}\n"
      "{\"event\": \"done\", \"run\": \"/runs/\\\\xff\"}\n",
      "{\"event\": \"failed\"}\n{\"event\": \"epoch\", \"epoch\": 1}", NULL};

  return make_texts (texts);
}

GPtrArray *
likeness_fuzz_seed_config (void)
{
  static const char *const texts[] = {
      "{\"train_dir\": \"/a\\\\xff\", \"edgeface\": \"/w.pt\", \"preset\": \"quick\",\n"
      " \"input\": 12, \"batch\": 64, \"loss\": \"cosface\", \"margin\": 0.35,\n"
      " \"augment\": false, \"seed\": 42, \"device\": \"cuda:1\"}",
      "{\"from_scratch\": \"xxs\", \"input\": \"auto\", \"bach\": 3}", NULL};

  return make_texts (texts);
}

GPtrArray *
likeness_fuzz_seed_manifest (void)
{
  static const char *const texts[]
      = {"{\"format\": 1, \"source\": \"/s\", \"options\": {\"link\": \"symbolic\"},\n"
         " \"files\": [{\"path\": \"train/a/1.png\", \"subject\": \"a\", \"group\": 0,\n"
         "  \"split\": \"train\", \"source\": \"x\", \"size\": 3, \"xxh3\": \"" DIGEST
         "\"},\n"
         "  {\"path\": \"dataset.json.\", \"subject\": \"\\\\xff\", \"split\": \"val\",\n"
         "  \"source\": \"y\", \"size\": 0, \"xxh3\": \"" DIGEST "\"}]}",
         NULL};

  return make_texts (texts);
}

/* One good file of one face. */
GPtrArray *
likeness_fuzz_seed_decoded (void)
{
  LikenessPixelHeader header
      = {.version = LIKENESS_PIXEL_CACHE_VERSION, .n_planes = 1, .n = 1};
  LikenessPixelRecord record = {.path = 7};
  GPtrArray *seeds = make_list ();
  guint64 offset;
  guint64 size;
  guint8 *bytes;

  g_assert_true (likeness_pixel_cache_lay_out (1, 1, &offset, &size));
  bytes = g_malloc0 (size);
  memcpy (header.magic, LIKENESS_PIXEL_CACHE_MAGIC, sizeof header.magic);
  record.sums[0] = likeness_pixel_record_sum (bytes + offset);
  header.checksum = likeness_pixel_cache_sum (&header, &record);
  memcpy (bytes, &header, sizeof header);
  memcpy (bytes + sizeof header, &record, sizeof record);
  g_ptr_array_add (seeds, g_bytes_new_take (bytes, size));
  return seeds;
}

GPtrArray *
likeness_fuzz_seed_pins (void)
{
  static const char *const texts[] = {
      "train\ttrain/a/1.png\nval\ttrain/b/\\xff.png\n\nout\tlow/a/1.png", "val\tx", NULL};

  return make_texts (texts);
}

GPtrArray *
likeness_fuzz_seed_pairs (void)
{
  static const char *const texts[] = {"2\t2\nA\t1\t2\nB\t1\t3\nA\t1\tB\t2\nB\t1\tC\t1\n"
                                      "D\t1\t2\nE\t1\t3\nD\t1\tE\t2\nE\t1\tF\t1\n",
                                      "\xef\xbb\xbf"
                                      "1\r\nAnn_Lee 1 20\r\n\r\nAnn_Lee 1 Bob 999999\r\n",
                                      "1 1\nA 1 1\n../B 0 C 1", NULL};

  return make_texts (texts);
}

GPtrArray *
likeness_fuzz_seed_images (void)
{
  static const char *const types[] = {"png", "jpeg", "bmp"};
  static const char *const texts[]
      = {"P1 # a\n3 2\n010 101",
         "P2\n2 2 255\n0 1 2 3\n",
         "P3 1 1 9 1 2 3\n",
         "P4 3 1\n\x7f",
         "P5 2 1 255\nab",
         "P6 1 1 255\nabc",
         "RIFF\x16\x10\x10\x10WEBPVP8X\x0a\x10\x10\x10\x10\x10\x10\x10\x02\x10\x10\x01",
         "RIFF\x16\x10\x10\x10WEBPVP8L\x0a\x10\x10\x10\x2f\x03\x04\x05\x06",
         "RIFF\x16\x10\x10\x10WEBPVP8 \x0a\x10\x10\x10\x01\x01\x01\x9d\x01\x2a\x02\x01",
         NULL};
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 6, 5);
  GPtrArray *seeds = make_texts (texts);

  gdk_pixbuf_fill (pixbuf, 0x20406000);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      char *bytes;
      gsize length;

      g_assert_true (
          gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, types[i], NULL, NULL));
      g_ptr_array_add (seeds, g_bytes_new_take (bytes, length));
    }
  return seeds;
}
