/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-variant.h"
#include "likeness-weights.h"

G_BEGIN_DECLS

/**
 * The narrow waist over libtorch.
 *
 * liblikeness-torch.so is a module, opened on first use by likeness_torch_load(); its
 * verbs stand in one table. There is no tensor, dtype or C++ type in sight, every verb
 * does about one batch, and C++ never calls back into C.
 *
 * Thread rule: a net belongs to one thread at a time. Random seed, grad mode and thread
 * count are set inside each verb and never left switched.
 */

#define LIKENESS_TORCH_ERROR (likeness_torch_error_quark ())

typedef enum
{
  LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, /* offer a smaller batch */
  LIKENESS_TORCH_ERROR_NO_DEVICE,     /* offer the CPU */
  LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
  LIKENESS_TORCH_ERROR_SCRIPT,     /* no EdgeFace, but a program that could be run */
  LIKENESS_TORCH_ERROR_UNTRUSTED,  /* a program that nobody has agreed to run */
  LIKENESS_TORCH_ERROR_NOT_FINITE, /* loss or gradient; the step was not applied */
  LIKENESS_TORCH_ERROR_MISSING,    /* libtorch or its module is not installed */
  LIKENESS_TORCH_ERROR_FAILED,
} LikenessTorchError;

GQuark likeness_torch_error_quark (void);

typedef struct _LikenessNet LikenessNet;
/** A TorchScript file that may run. */
typedef struct _LikenessScript LikenessScript;

typedef struct
{
  char name[128];
  char kind[8]; /* cpu, cuda */
  int index;    /* -1 for the CPU */
  guint64 memory_free;
  guint64 memory_total;
} LikenessTorchDevice;

#define LIKENESS_TORCH_MAX_DEVICES 16

typedef struct
{
  char version[32];
  char path[1024]; /* of libtorch's main library */
  guint n_devices; /* the CPU is the first */
  LikenessTorchDevice devices[LIKENESS_TORCH_MAX_DEVICES];
  gboolean processor_bfloat16; /* whether the CPU may have instructions for it */
  char cuda_missing[256]; /* why there is no CUDA device, a sentence; empty where there is
                             one */
} LikenessTorchProbe;

typedef struct
{
  const LikenessVariant *variant;
  const LikenessWeights *weights; /* NULL: initialised from nothing with seed */
  guint64 seed;
  int cuda_device; /* -1: CPU */
  int threads;     /* 1 or more */
} LikenessNetOptions;

/** What is done to one train face before it is shown: drawn in C, so that it is
 * reproducible. */
typedef struct
{
  gboolean use_best; /* the best image instead of the probe (mix_high) */
  gboolean flip;     /* left-right */
  float brightness;  /* factor, 1: unchanged */
  float contrast;    /* factor around the mean luma */
  float saturation;  /* factor */
  float hue;         /* turns, -0.5 to 0.5; 0: unchanged */
  float angle;       /* radians */
} LikenessAugmentation;

typedef enum
{
  LIKENESS_MARGIN_ARCFACE, /* added to the angle; straight line beyond pi - m */
  LIKENESS_MARGIN_COSFACE, /* taken from the cosine */
  LIKENESS_MARGIN_NONE,    /* normalised softmax */
} LikenessMargin;

/** What stays the same for every step of a stage. */
typedef struct
{
  gboolean all_layers; /* FALSE: only the head learns */
  LikenessMargin margin_kind;
  float margin;
  float scale;
  float label_smoothing;
  float similarity_weight; /* times mean(1 - cos(e, target)); needs targets */
  float weight_decay;
  float clip_norm; /* 0: none */
  gboolean bfloat16;
  gboolean by_libtorch; /* even where own kernels could: the way that a GPU goes */
} LikenessStageOptions;

/** Which way the steps of all layers go. */
typedef enum
{
  LIKENESS_PATH_KERNELS,  /* own kernels on the CPU */
  LIKENESS_PATH_LAUNCHES, /* libtorch, operation by operation */
  LIKENESS_PATH_GRAPH,    /* CUDA graph: one launch a step */
} LikenessPath;

/** What the steps have brought since the last one that was asked for a result. */
typedef struct
{
  float loss;          /* mean over their faces */
  float gradient_norm; /* of the last one, before clipping */
  guint correct;       /* without margin */
  guint faces;
  LikenessPath path; /* of the last one */
} LikenessStepResult;

/** Scalars that a checkpoint carries beside the tensors; strings are borrowed. */
typedef struct
{
  int stage;
  int epoch;
  double val_similarity; /* NaN: not known, written as None */
  double val_accuracy;
  const char *config_json;     /* the run's config as JSON text */
  const char *const *subjects; /* n_classes names; written as subject_to_id */
  guint n_classes;
} LikenessCheckpointInfo;

/**
 * LikenessTorch:
 *
 * The table of verbs. Faces are 112x112x3 uint8 RGB (LIKENESS_FACE_BYTES each),
 * embeddings 512 float32. Every verb that fails sets @error (domain LIKENESS_TORCH_ERROR)
 * and leaves the net and the process usable.
 */
typedef struct
{
  /* Fills @probe; the only verb allowed before a net exists. */
  gboolean (*probe) (LikenessTorchProbe *probe, GError **error);

  /* (transfer full) */
  LikenessNet *(*net_new) (const LikenessNetOptions *options, GError **error);
  void (*net_free) (LikenessNet *net);

  /* Embeddings of @n faces, evaluation mode, float32, not normalised; @flip: mirrored.
   * Any @n: done in chunks inside. */
  gboolean (*embed) (LikenessNet *net,
                     const guint8 *faces,
                     gsize n,
                     gboolean flip,
                     float *embeddings,
                     GError **error);

  /* How many faces embed() likes to have at a time: few enough to be asked between two
   * calls whether to go on, enough to keep the device busy. On one device always the
   * same: another number may round otherwise. */
  gsize (*get_embed_chunk) (const LikenessNet *net);

  /* Mean and standard deviation after stem, stages 0 to 3 (5 pairs) for @n faces, and the
   * first 8 numbers of each (NCHW order) in @first (5 x 8): for tests against golden
   * values. */
  gboolean (*inspect) (LikenessNet *net,
                       const guint8 *faces,
                       gsize n,
                       float *mean_std,
                       float *first,
                       GError **error);

  /* A head of @n_classes; @weights: n_classes x 512, or NULL: random (Xavier normal, the
   * seed). */
  gboolean (*head_new) (LikenessNet *net,
                        guint n_classes,
                        const float *weights,
                        guint64 seed,
                        GError **error);
  /* cos(e_i, w_j) without margin: @n x n_classes. */
  gboolean (*head_scores) (
      LikenessNet *net, const float *embeddings, gsize n, float *cosines, GError **error);

  /* The train set: @probe and @best (NULL: the same as probe) faces, labels, and @targets
   * (nullable): n x 2 x 512 normalised embeddings of the best image, plain and mirrored,
   * by the untouched network. Faces are copied to a GPU where they leave room there for
   * as much again; otherwise, and on the CPU, they are borrowed: @probe and @best must
   * stay, unchanged, until the next data_load or net_free. All else is copied. */
  gboolean (*data_load) (LikenessNet *net,
                         const guint8 *probe,
                         const guint8 *best,
                         const guint32 *labels,
                         const float *targets,
                         gsize n,
                         GError **error);

  /* Begins a stage: a fresh AdamW (betas 0.9, 0.999, eps 1e-8) over the head, or head and
   * net. */
  gboolean (*stage_begin) (LikenessNet *net,
                           const LikenessStageOptions *options,
                           GError **error);

  /* One step of the head on embeddings that were computed before: @n x 512 (as embed
   * gives). */
  gboolean (*step_head) (LikenessNet *net,
                         const float *embeddings,
                         const guint32 *labels,
                         gsize n,
                         float lr_head,
                         LikenessStepResult *result,
                         GError **error);

  /* One step on faces @indexes of the loaded train set, augmented as told. @result:
   * (nullable): where NULL a GPU is not waited for, and whether the numbers were finite
   * is told by the next step that asks; one that was not leaves the weights alone. */
  gboolean (*step) (LikenessNet *net,
                    const guint32 *indexes,
                    const LikenessAugmentation *augmentations,
                    gsize n,
                    float lr_head,
                    float lr_backbone,
                    LikenessStepResult *result,
                    GError **error);

  /* The faces as a step would see them, uint8 after augmentation: for tests. @out: n
   * faces. */
  gboolean (*augment) (LikenessNet *net,
                       const guint8 *faces,
                       const LikenessAugmentation *augmentations,
                       gsize n,
                       guint8 *out,
                       GError **error);

  /* Global L2 norm of every gradient of one step that is not applied, by parameter order
   * of the variant, then the head: for tests. @norms: n_parameters tensors + 1. */
  gboolean (*gradient_norms) (LikenessNet *net,
                              const guint32 *indexes,
                              gsize n,
                              float *loss,
                              float *norms,
                              GError **error);

  /* Writes net, head and optimizer to @path, which must be free (not atomic: the caller
   * renames), readable by torch.load(weights_only=True). */
  gboolean (*checkpoint_save) (LikenessNet *net,
                               const char *path,
                               const LikenessCheckpointInfo *info,
                               GError **error);

  /* Puts back the optimizer's state: tensors named "step", "exp_avg.NAME",
   * "exp_avg_sq.NAME" as likeness_checkpoint_load() gives them. After stage_begin. */
  gboolean (*optimizer_restore) (LikenessNet *net, GPtrArray *tensors, GError **error);

  /* Copies the current backbone parameters out: LikenessTensor in the variant's order. */
  GPtrArray *(*parameters) (LikenessNet *net, GError **error);

  /* Opens the bytes of a TorchScript file (likeness_weights_file_read_program()) and runs
   * what it does on opening: only after somebody who knows that it is a program agreed.
   * Nothing can end it early, and what it does is not limited. It belongs to one thread
   * at a time, as a net does. @name: of the file, for messages. (transfer full) */
  LikenessScript *(*script_open) (
      GBytes *program, const char *name, int cuda_device, int threads, GError **error);
  void (*script_free) (LikenessScript *script);

  /* Super-resolution of @n images, @width x @height x 3 uint8 RGB each: forward() gets
   * float32 [n, 3, height, width] in 0..1 and gives [n, 3, H, W], or several things of
   * which that is the first. Cut to 0..1, where H or W is not 112 resized to that
   * (bilinear, antialiased), rounded. @faces: n faces. */
  gboolean (*script_enlarge) (LikenessScript *script,
                              const guint8 *images,
                              gsize n,
                              int width,
                              int height,
                              guint8 *faces,
                              GError **error);

  /* A net that can do nothing but embed, by a TorchScript file of any network: forward()
   * gets float32 [n, 3, 112, 112], pixel/127.5 - 1, and gives [n, 512]. Otherwise as
   * script_open; also LIKENESS_ERROR_NOT_FOUND and _NOT_READABLE. (transfer full) */
  LikenessNet *(*net_open_script) (const char *path,
                                   int cuda_device,
                                   int threads,
                                   GError **error);
} LikenessTorch;

/** The one symbol of the module. */
#define LIKENESS_TORCH_ENTRY "likeness_torch_entry"
typedef const LikenessTorch *(*LikenessTorchEntry) (void);

/**
 * likeness_torch_prepare:
 *
 * Call it first in main(), before there is another thread: it sets in the environment,
 * where the user has not, what libtorch's own libraries read from there when they are
 * opened. Their waiting threads then sleep instead of spinning, which on a machine that
 * does something else as well is the difference between 100 images a second and 7.
 */
void likeness_torch_prepare (void);

/**
 * likeness_torch_load:
 *
 * Opens the module on first use (0.2 s warm; call it on a worker thread, never on the
 * main one); later calls are free. Safe from any thread.
 *
 * Returns: (transfer none): the table, or %NULL with %LIKENESS_TORCH_ERROR_MISSING: a
 * sentence that says what to install
 */
const LikenessTorch *likeness_torch_load (GError **error);

G_END_DECLS
