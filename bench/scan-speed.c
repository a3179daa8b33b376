/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-candidates.h"
#include "likeness-dataset-scanner.h"
#include "likeness-parallel.h"
#include "likeness-scan-layout.h"

/* How long each part of a scan takes, beside the least that could be done: find(1) over
 * the same folder, and a plain read of the first and the last bytes of each file with as
 * many threads. usage: scan-speed FOLDER ROUNDS */

#define HEADER_BYTES 4096
#define FIRST_LIMIT 0.2 /* s: for the first subjects on screen */

typedef struct
{
  double find;
  double list;
  double stream;
  double first;
  double read;
  double check;
  double shared;
  double whole;
} Round;

static void
fail_on (const GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

static double
since (gint64 begin)
{
  return (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static double
time_find (const char *folder)
{
  g_autofree char *quoted = g_shell_quote (folder);
  g_autofree char *command
      = g_strdup_printf ("find %s -type f | wc -l > /dev/null", quoted);
  gint64 begin = g_get_monotonic_time ();

  if (system (command) != 0)
    exit (1);
  return since (begin);
}

static void
read_ends (gsize begin, gsize end, gpointer data)
{
  GArray *candidates = data;
  char bytes[HEADER_BYTES];

  for (gsize i = begin; i < end; i++)
    {
      LikenessCandidate *candidate = &g_array_index (candidates, LikenessCandidate, i);
      g_autofree char *path
          = g_build_filename (candidate->folder->directory, candidate->name, NULL);
      struct stat status;
      int file = open (path, O_RDONLY | O_CLOEXEC);

      if (file < 0 || fstat (file, &status) != 0
          || pread (file, bytes, sizeof bytes, 0) < 0
          || pread (file, bytes, sizeof bytes,
                    MAX (0, status.st_size - (off_t)sizeof bytes))
                 < 0)
        exit (1);
      close (file);
    }
}

/* When the listing began, and when the first faces came. */
typedef struct
{
  gint64 begin;
  double first;
} Stream;

static void
listed_cb (GPtrArray *runs, gboolean whole, gpointer data)
{
  Stream *stream = data;

  if (stream->first == 0)
    stream->first = since (stream->begin);
  g_ptr_array_unref (runs);
}

/* The listing as a window wants it: handed over on the way. */
static void
measure_stream (const char *folder, Round *round)
{
  Stream stream = {g_get_monotonic_time (), 0};
  g_autoptr (LikenessScan) scan = likeness_scan_new (folder, NULL);
  g_autoptr (LikenessScanStream) handed = likeness_scan_stream_new (listed_cb, &stream);
  g_autoptr (GArray) candidates = NULL;
  g_autoptr (GError) error = NULL;

  scan->stream = handed;
  likeness_scan_read_layout (scan, &error);
  fail_on (error);
  candidates = likeness_candidates_new (scan);
  likeness_candidates_stream (candidates, scan);
  round->stream = since (stream.begin);
  round->first = stream.first;
}

static Round
measure (const char *folder, guint *n)
{
  g_autoptr (LikenessScan) scan = likeness_scan_new (folder, NULL);
  g_autoptr (GArray) candidates = NULL;
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  Round round;
  gint64 begin;

  round.find = time_find (folder);
  begin = g_get_monotonic_time ();
  likeness_scan_read_layout (scan, &error);
  fail_on (error);
  candidates = likeness_candidates_new (scan);
  round.list = since (begin);
  *n = candidates->len;
  measure_stream (folder, &round);

  begin = g_get_monotonic_time ();
  likeness_parallel_for (candidates->len, 64, 0, read_ends, candidates, NULL, &error);
  round.read = since (begin);
  begin = g_get_monotonic_time ();
  likeness_candidates_check (candidates, scan, NULL, &error);
  fail_on (error);
  round.check = since (begin);
  begin = g_get_monotonic_time ();
  likeness_candidates_find_shared (candidates, scan, &error);
  round.shared = since (begin);

  begin = g_get_monotonic_time ();
  dataset = likeness_dataset_scanner_scan (folder, NULL, NULL, &error);
  fail_on (error);
  round.whole = since (begin);
  return round;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
take_median (const Round *rounds, guint n, gsize offset, gsize beside)
{
  g_autofree double *numbers = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      numbers[i] = *(const double *)((const char *)&rounds[i] + offset);
      if (beside != G_MAXSIZE)
        numbers[i] /= *(const double *)((const char *)&rounds[i] + beside);
    }
  qsort (numbers, n, sizeof *numbers, compare);
  return numbers[n / 2];
}

static void
print_rounds (const Round *rounds, guint n)
{
  const struct
  {
    const char *what;
    gsize offset;
    gsize beside;
  } rows[] = {
      {"find -type f | wc -l", G_STRUCT_OFFSET (Round, find), G_MAXSIZE},
      {"listing", G_STRUCT_OFFSET (Round, list), G_STRUCT_OFFSET (Round, find)},
      {"listing, handed over", G_STRUCT_OFFSET (Round, stream),
       G_STRUCT_OFFSET (Round, list)},
      {"time to first subjects", G_STRUCT_OFFSET (Round, first), G_MAXSIZE},
      {"plain read of both ends", G_STRUCT_OFFSET (Round, read), G_MAXSIZE},
      {"checking", G_STRUCT_OFFSET (Round, check), G_STRUCT_OFFSET (Round, read)},
      {"same bytes in both splits", G_STRUCT_OFFSET (Round, shared), G_MAXSIZE},
      {"whole scan", G_STRUCT_OFFSET (Round, whole), G_MAXSIZE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_print ("%-26s %8.3f s", rows[i].what,
               take_median (rounds, n, rows[i].offset, G_MAXSIZE));
      if (rows[i].offset == G_STRUCT_OFFSET (Round, first))
        g_print (", ratio %.3f of %.1f s",
                 take_median (rounds, n, rows[i].offset, G_MAXSIZE) / FIRST_LIMIT,
                 FIRST_LIMIT);
      if (rows[i].beside != G_MAXSIZE)
        g_print (", ratio %.2f", take_median (rounds, n, rows[i].offset, rows[i].beside));
      g_print ("\n");
    }
}

int
main (int argc, char **argv)
{
  guint n = argc == 3 ? CLAMP (atoi (argv[2]), 1, 100) : 0;
  g_autofree Round *rounds = g_new0 (Round, MAX (n, 1));
  struct rusage usage;
  guint n_files = 0;

  if (n == 0)
    {
      g_printerr ("usage: scan-speed FOLDER ROUNDS\n");
      return 2;
    }
  for (guint i = 0; i < n; i++)
    rounds[i] = measure (argv[1], &n_files);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%u pictures, medians of %u rounds, at most %ld MiB\n", n_files, n,
           usage.ru_maxrss / 1024);
  print_rounds (rounds, n);
  return 0;
}
