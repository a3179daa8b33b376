/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-weights.h"

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_PT_NONE,
  LIKENESS_PT_BOOLEAN,
  LIKENESS_PT_INT,
  LIKENESS_PT_DOUBLE,
  LIKENESS_PT_STRING,
  LIKENESS_PT_LIST,   /* list or tuple */
  LIKENESS_PT_DICT,   /* dict or OrderedDict; keys of any simple type */
  LIKENESS_PT_OBJECT, /* of a TorchScript class: its attributes, by text */
  LIKENESS_PT_TENSOR,
  LIKENESS_PT_GLOBAL,  /* a known name as a value, such as torch.qint8: string */
  LIKENESS_PT_STORAGE, /* numbers without a shape: nothing of it can be used */
} LikenessPtType;

typedef struct _LikenessPtValue LikenessPtValue;

/** What a pickle held, as a tree of plain values. A value that the file names in several
 * places is there once, so the tree is read-only; counted references, not atomic. */
struct _LikenessPtValue
{
  LikenessPtType type;
  gboolean boolean;
  gint64 integer;
  double number;
  char *string;           /* UTF-8, owned */
  GPtrArray *items;       /* LIST: values; DICT, OBJECT: values, in order */
  GPtrArray *keys;        /* DICT, OBJECT: LikenessPtValue, beside items */
  LikenessTensor *tensor; /* float32 whatever the file stored; name is NULL */
  gboolean quantized;     /* the tensor was int8 and has been dequantised */

  /*< private >*/
  guint refs;
  gboolean frozen;      /* another value holds it: it may not change any more */
  guint depth;          /* levels below, itself included */
  guint64 weight;       /* values and texts in the tree below, itself included */
  gconstpointer global; /* GLOBAL, STORAGE: what the name stands for */
};

/**
 * likeness_pt_reader_read:
 *
 * Reads a zip written by torch.save or torch.jit.save with an opcode allow-list and a
 * table of known globals: nothing is imported, nothing is called. Of a TorchScript file
 * only the attributes are read, as an object (torch/csrc/jit/serialization/pickler.cpp);
 * its code is not looked at. Storages
 * float32, float64, float16, bfloat16, int64, int32, uint8, bool, qint8; size and stride
 * honoured and checked against the storage before anything is allocated.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_TORCH_ERROR_BAD_WEIGHTS (also for an
 *   old non-zip file, a global that is not allowed: named in the message), or
 *   %LIKENESS_TORCH_ERROR_SCRIPT for a TorchScript file that holds what weights never
 * need
 */
LikenessPtValue *likeness_pt_reader_read (const char *path,
                                          GCancellable *cancellable,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Turns what was wrong with the weights of TorchScript into
 * %LIKENESS_TORCH_ERROR_SCRIPT, which adds what it is. Any other error is left. */
void likeness_pt_reader_name_script (GError **error);
void likeness_pt_value_free (LikenessPtValue *self);
/** (transfer none) (nullable): member @key of a dict. */
const LikenessPtValue *likeness_pt_value_lookup (const LikenessPtValue *self,
                                                 const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPtValue, likeness_pt_value_free)

G_END_DECLS
