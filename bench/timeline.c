/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* What a GPU did while a program ran: how long it was busy, how long it stood still
 * between two pieces of work, and which kernels took the time. Needs no change to the
 * program:
 *
 *   cc -O2 -shared -fPIC bench/timeline.c -o timeline.so -I$CUDA/include -lcupti
 *
 *   CUDA_INJECTION64_PATH=$PWD/timeline.so likeness-cli train ...
 *
 * What is counted are the TIMELINE_SECONDS (0.2) before the end of the last kernel that
 * has TIMELINE_KERNEL in its name (FusedAdam: of the last training step). */

#include <cupti.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUFFER_BYTES (8 << 20)
#define N_NAMES 25

typedef struct
{
  uint64_t start;
  uint64_t end;
  const char *name;
} Piece;

typedef struct
{
  const char *name;
  uint64_t time;
  unsigned count;
} Total;

static Piece *pieces;
static size_t n_pieces;
static size_t n_allocated;

static void
add (uint64_t start, uint64_t end, const char *name)
{
  if (n_pieces == n_allocated)
    {
      n_allocated = n_allocated == 0 ? 1 << 16 : 2 * n_allocated;
      pieces = realloc (pieces, n_allocated * sizeof *pieces);
      if (pieces == NULL)
        abort ();
    }
  pieces[n_pieces++] = (Piece){start, end, name};
}

static void CUPTIAPI
give_buffer (uint8_t **buffer, size_t *size, size_t *n_records)
{
  *buffer = aligned_alloc (8, BUFFER_BYTES);
  *size = BUFFER_BYTES;
  *n_records = 0;
}

/* The names stay where CUPTI keeps them as long as the program runs. */
static void CUPTIAPI
take_buffer (
    CUcontext context, uint32_t stream, uint8_t *buffer, size_t size, size_t valid)
{
  CUpti_Activity *record = NULL;

  while (cuptiActivityGetNextRecord (buffer, valid, &record) == CUPTI_SUCCESS)
    switch (record->kind)
      {
      case CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL:
        {
          const CUpti_ActivityKernel10 *kernel = (void *)record;
          add (kernel->start, kernel->end, kernel->name);
          break;
        }
      case CUPTI_ACTIVITY_KIND_MEMCPY:
        {
          const CUpti_ActivityMemcpy6 *copy = (void *)record;
          add (copy->start, copy->end, "copy of memory");
          break;
        }
      case CUPTI_ACTIVITY_KIND_MEMSET:
        {
          const CUpti_ActivityMemset4 *set = (void *)record;
          add (set->start, set->end, "filling of memory");
          break;
        }
      default:
        break;
      }
  free (buffer);
}

static int
compare_starts (const void *a, const void *b)
{
  const Piece *one = a, *two = b;
  return one->start < two->start ? -1 : one->start > two->start;
}

static int
compare_times (const void *a, const void *b)
{
  const Total *one = a, *two = b;
  return one->time > two->time ? -1 : one->time < two->time;
}

static void
print_kernels (const Piece *from, size_t n, double span)
{
  Total *totals = calloc (n, sizeof *totals);
  size_t n_totals = 0;

  for (size_t i = 0; i < n; i++)
    {
      size_t j = 0;
      while (j < n_totals && strcmp (totals[j].name, from[i].name) != 0)
        j++;
      if (j == n_totals)
        totals[n_totals++].name = from[i].name;
      totals[j].time += from[i].end - from[i].start;
      totals[j].count++;
    }
  qsort (totals, n_totals, sizeof *totals, compare_times);
  for (size_t i = 0; i < n_totals && i < N_NAMES; i++)
    fprintf (stderr, "timeline: %5.1f %% %7u x %8.1f us  %.150s\n",
             100 * totals[i].time / span, totals[i].count,
             totals[i].time / 1e3 / totals[i].count, totals[i].name);
  free (totals);
}

static void
print_timeline (void)
{
  const char *wanted = getenv ("TIMELINE_SECONDS");
  const char *last = getenv ("TIMELINE_KERNEL");
  double seconds = wanted != NULL ? atof (wanted) : 0.2;
  uint64_t busy = 0, until = 0, longest = 0, idle[3] = {0};
  size_t first = 0;

  cuptiActivityFlushAll (1);
  qsort (pieces, n_pieces, sizeof *pieces, compare_starts);
  while (n_pieces > 0
         && strstr (pieces[n_pieces - 1].name, last ? last : "FusedAdam") == NULL)
    n_pieces--;
  if (n_pieces == 0)
    {
      fprintf (stderr, "timeline: nothing ran\n");
      return;
    }
  while (pieces[first].start + seconds * 1e9 < pieces[n_pieces - 1].end)
    first++;
  until = pieces[first].start;
  for (size_t i = first; i < n_pieces; i++)
    {
      if (pieces[i].start > until)
        {
          uint64_t gap = pieces[i].start - until;
          longest = gap > longest ? gap : longest;
          idle[gap < 5000 ? 0 : gap < 100000 ? 1 : 2] += gap;
          until = pieces[i].start;
        }
      if (pieces[i].end > until)
        {
          busy += pieces[i].end - until;
          until = pieces[i].end;
        }
    }
  double span = until - pieces[first].start;
  fprintf (stderr,
           "timeline: %.3f s, %zu pieces of work, busy %.1f %%; idle in gaps under 5 us "
           "%.1f %%, under 100 us %.1f %%, longer %.1f %% (longest %.0f us)\n",
           span / 1e9, n_pieces - first, 100 * busy / span, 100 * idle[0] / span,
           100 * idle[1] / span, 100 * idle[2] / span, longest / 1e3);
  print_kernels (pieces + first, n_pieces - first, span);
}

int
InitializeInjection (void)
{
  cuptiActivityRegisterCallbacks (give_buffer, take_buffer);
  cuptiActivityEnable (CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL);
  cuptiActivityEnable (CUPTI_ACTIVITY_KIND_MEMCPY);
  cuptiActivityEnable (CUPTI_ACTIVITY_KIND_MEMSET);
  atexit (print_timeline);
  return 1;
}
