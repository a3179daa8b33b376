/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-config.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const preset_choices[] = {"proper", "quick", NULL};
static const char *const schedule_choices[] = {"cosine", "constant", NULL};
static const char *const loss_choices[] = {"arcface", "cosface", "softmax", NULL};
static const char *const head_choices[] = {"imprinted", "random", NULL};
static const char *const precision_choices[] = {"auto", "float32", "bfloat16", NULL};

#define KEY(name, type)                                                                  \
  #name, LIKENESS_KEY_##type, G_STRUCT_OFFSET (LikenessRunConfig, name)

static const LikenessKey keys[] = {
    {KEY (input, INPUT), 4, 112, NULL, N_ ("Input"),
     N_ ("What the network is shown: low (the low-resolution partner), high, auto (low "
         "where there are pairs) or a number of pixels to which the face is reduced")},
    {KEY (preset, CHOICE), 0, 0, preset_choices, N_ ("Preset"),
     N_ ("proper trains to the end; quick only looks whether training moves anything")},
    {KEY (epochs_head, UINT), 0, 1000, NULL, N_ ("Epochs, head only"),
     N_ ("First the network stays as it is and only the classes are learnt")},
    {KEY (epochs_all, UINT), 0, 1000, NULL, N_ ("Epochs, all layers"),
     N_ ("Then everything learns; unless a number is given, 5 in batches of 32 do where "
         "there are 1,280 faces or more")},
    {KEY (mix_high, DOUBLE), 0, 1, NULL, N_ ("Best images mixed in"),
     N_ ("Share of faces shown at their best resolution, so that the network does not "
         "forget it")},
    {KEY (batch, UINT), 1, 8192, NULL, N_ ("Batch"),
     N_ ("Faces a step; unless a number is given, 64 is halved on small data until an "
         "epoch has ten steps; halve it where memory runs out")},
    {KEY (lr_head, DOUBLE), 0, 10, NULL, N_ ("Learning rate, head"),
     N_ ("Step size of the classes; 0 picks one for these weights")},
    {KEY (lr_backbone, DOUBLE), 0, 10, NULL, N_ ("Learning rate, network"),
     N_ ("Step size of the network; 0 picks one for these weights, 0.001 ruins a trained "
         "network within an epoch")},
    {KEY (weight_decay, DOUBLE), 0, 1, NULL, N_ ("Weight decay"),
     N_ ("How strongly the weights are drawn towards 0")},
    {KEY (schedule, CHOICE), 0, 0, schedule_choices, N_ ("Schedule"),
     N_ ("How the learning rates go on: down along a cosine, or constant")},
    {KEY (clip_norm, DOUBLE), 0, 1000, NULL, N_ ("Gradient limit"),
     N_ ("A longer gradient is shortened to this length; 0 leaves it")},
    {KEY (loss, CHOICE), 0, 0, loss_choices, N_ ("Loss"),
     N_ ("arcface or cosface ask for a margin between people, softmax does not")},
    {KEY (scale, DOUBLE), 1, 1000, NULL, N_ ("Scale"),
     N_ ("Multiplies the cosines before the softmax")},
    {KEY (margin, DOUBLE), 0, 1.5, NULL, N_ ("Margin"),
     N_ ("How much nearer than its class a face must come: radians for arcface, a cosine "
         "for cosface (0.35 is usual there)")},
    {KEY (label_smoothing, DOUBLE), 0, 0.9, NULL, N_ ("Label smoothing"),
     N_ ("Share of the certainty that is spread over the other people")},
    {KEY (similarity_weight, DOUBLE), 0, 1000, NULL, N_ ("Similarity weight"),
     N_ ("Weight of the pull of each face towards its own best image")},
    {KEY (head_init, CHOICE), 0, 0, head_choices, N_ ("Head"),
     N_ ("Classes begin at the mean of each person's faces (imprinted), or at random")},
    {KEY (augment, BOOLEAN), 0, 1, NULL, N_ ("Augmentation"),
     N_ ("Mirrors, turns and recolours train faces a little, each time anew")},
    {KEY (precision, CHOICE), 0, 0, precision_choices, N_ ("Precision"),
     N_ ("Numbers of the training steps; measuring is always done in float32")},
    {KEY (seed, UINT64), 0, (double)G_MAXINT64, NULL, N_ ("Seed"),
     N_ ("The same seed, data and threads give the same run")},
    {KEY (device, STRING), 0, 0, NULL, N_ ("Device"), N_ ("auto, cpu, cuda or cuda:N")},
    {KEY (threads, UINT), 0, 1024, NULL, N_ ("Threads"),
     N_ ("Threads of the processor; 0 takes one for each core")},
    {KEY (early_stop, UINT), 0, 1000, NULL, N_ ("Early stop"),
     N_ ("Ends after so many epochs without a better one; 0 never does")},
    {KEY (keep_checkpoints, UINT), 0, 1000, NULL, N_ ("Checkpoints kept"),
     N_ ("Checkpoints of the latest epochs kept beside the best and the last one")},
    {KEY (super_resolution, STRING), 0, 0, NULL, N_ ("Super-resolution"),
     N_ ("A TorchScript file that enlarges the low-resolution faces. It is a program, "
         "and naming it here runs it: use only one that you trust")},
};

const LikenessKey *
likeness_run_config_get_keys (guint *n_keys)
{
  *n_keys = G_N_ELEMENTS (keys);
  return keys;
}

const LikenessKey *
likeness_run_config_find_key (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].name, name))
      return &keys[i];
  return NULL;
}
