/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-pt-reader.h"

#include <math.h>
#include <string.h>

#include "likeness-test-tree.h"
#include "likeness-test-zip.h"
#include "likeness-torch.h"

/* Pickles written by hand: each attacks one instruction. */

#define S(text) text, sizeof text - 1

static LikenessPtValue *
read_bytes (LikenessTestFile *self, const void *pickle, gsize length, GError **error)
{
  static const float storage[6] = {1, 2, 3, 4, 5, 6};

  likeness_test_zip_write_pickle (self->path, pickle, length, storage, sizeof storage);
  return likeness_pt_reader_read (self->path, NULL, error);
}

static void
assert_refused (LikenessTestFile *self,
                const void *pickle,
                gsize length,
                const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPtValue) root = read_bytes (self, pickle, length, &error);

  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_null (root);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

static void
test_names (LikenessTestFile *self, gconstpointer data)
{
  assert_refused (self, S ("\200\002cos\nsystem\nX\004\0\0\0true\205R."),
                  "“net.pt” asks for “os.system”, which weights never need; nothing was "
                  "run");
  assert_refused (self, S ("\200\004\214\002os\214\006system\223\214\004true\205R."),
                  "“os.system”");
  assert_refused (self, S ("\200\002cbuiltins\neval\nX\001\0\0\0001\205R."),
                  "“builtins.eval”");
  assert_refused (self, S ("\200\002ctorch\nload\n."), "“torch.load”");
  assert_refused (self, S ("\200\002c\033[31m\n\xff\n."), "“?[31m.\357\277\275”");
  assert_refused (self, S ("\200\002cos\nsystem"), "cut off");
  /* A known name that cannot be made from anything. */
  assert_refused (self, S ("\200\002ctorch\nqint8\n)R."), "“torch.qint8”");
  assert_refused (self, S ("\200\002ccollections\nOrderedDict\nK\001\205R."), "damaged");
  assert_refused (self, S ("\200\002ctorch\nSize\n)R."), "damaged");
}

static void
test_instructions (LikenessTestFile *self, gconstpointer data)
{
  static const char others[] = "02ilodpPIFLSVTUCBg\177\x82\x83\x84\x8b\x8e\x8f\x90\x91"
                               "\x92\x96\x97\x98";

  for (const char *op = others; *op != '\0'; op++)
    {
      char pickle[] = {(char)0x80, 4, '(', ')', *op, '.'};
      g_autofree char *part = g_strdup_printf ("instruction 0x%02x", (guint8)*op);

      assert_refused (self, pickle, sizeof pickle, part);
    }
  assert_refused (self, S ("\200\001N."), "makes no sense");
  assert_refused (self, S ("\200\006N."), "makes no sense");
}

static void
test_order (LikenessTestFile *self, gconstpointer data)
{
  static const struct
  {
    const char *pickle;
    gsize length;
  } cases[] = {
      {S ("\200\002.")},       /* nothing there */
      {S ("\200\002(.")},      /* only a mark */
      {S ("\200\002N(.")},     /* below a mark */
      {S ("\200\002t.")},      /* no mark */
      {S ("\200\002\205.")},   /* too few for a tuple */
      {S ("\200\002N(\205.")}, /* the same behind a mark */
      {S ("\200\002a.")},      /* no list */
      {S ("\200\002]a.")},     /* nothing to append */
      {S ("\200\002NNa.")},    /* no list to append to */
      {S ("\200\002)Na.")},    /* a tuple never changes */
      {S ("\200\002}NNe.")},   /* no mark */
      {S ("\200\002}(Nu.")},   /* a key without a value */
      {S ("\200\002}]Ns.")},   /* a key that is a list */
      {S ("\200\002(NNu.")},   /* no dict below the mark */
      {S ("\200\002}(N(s.")},  /* across a mark */
      {S ("\200\002h\0.")},    /* nothing kept there */
      {S ("\200\002q\0.")},    /* nothing to keep */
      {S ("\200\002j\377\377\377\377.")},
      {S ("\200\002Nr\0\0\010\0.")},     /* no pickler counts so far */
      {S ("\200\002NR.")},               /* nothing to make it from */
      {S ("\200\002N)R.")},              /* no name */
      {S ("\200\002ctorch\nSize\nNR.")}, /* no tuple */
      {S ("\200\002]Nb.")},              /* attributes of a list */
      {S ("\200\002Nb.")},
      {S ("\200\004\223.")},
      {S ("\200\004NN\223.")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (self, cases[i].pickle, cases[i].length, "damaged");
}

static void
test_cut_off (LikenessTestFile *self, gconstpointer data)
{
  assert_refused (self, S (""), "cut off");
  assert_refused (self, S ("\200"), "cut off");
  assert_refused (self, S ("\200\002N"), "cut off");
  assert_refused (self, S ("\200\002J\001\002."), "cut off");
  assert_refused (self, S ("\200\002G\001\002."), "cut off");
  assert_refused (self, S ("\200\002X\377\377\377\377abc."), "cut off");
  assert_refused (self, S ("\200\004\215\377\377\377\377\377\377\377\377abc."),
                  "cut off");
  assert_refused (self, S ("\200\002\212\010\001."), "cut off");
  assert_refused (self, S ("\200\002\212\011123456789."), "integer that is too large");
}

/* What would never end, or fill the memory from a few bytes. */
static void
test_growth (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GString) deep = g_string_new ("\200\002)");
  g_autoptr (GString) laughs = g_string_new ("\200\002");
  g_autoptr (GString) many = g_string_new ("\200\002");
  g_autoptr (GString) echo = g_string_new ("\200\002");
  g_autoptr (GString) marks = g_string_new ("\200\002");
  g_autoptr (GString) again = g_string_new ("\200\002Nq");

  assert_refused (self, S ("\200\002]q\0h\0a."), "holds itself");
  assert_refused (self, S ("\200\002}q\0X\001\0\0\0ah\0s."), "holds itself");
  assert_refused (self, S ("\200\002]q\0h\0\205h\0\205a."), "damaged");
  assert_refused (self, S ("\200\002]q\0]q\001h\0ah\0h\001a."), "damaged");

  for (int i = 0; i < 100000; i++)
    g_string_append_c (deep, '\205');
  g_string_append_c (deep, '.');
  assert_refused (self, deep->str, deep->len, "nested too deeply");

  /* Each tuple holds the one before it twice: 2^40 values. */
  g_string_append_len (laughs, S (")q\0"));
  for (int i = 0; i < 40; i++)
    g_string_append_len (laughs, S ("h\0h\0\206q\0"));
  g_string_append_c (laughs, '.');
  assert_refused (self, laughs->str, laughs->len, "grows without end");

  for (int i = 0; i < 1 << 20; i++)
    g_string_append_c (many, ')');
  g_string_append_c (many, '.');
  assert_refused (self, many->str, many->len, "too many values");

  /* A byte makes a mark of eight. */
  for (int i = 0; i < 1 << 20; i++)
    g_string_append_c (marks, '(');
  assert_refused (self, marks->str, marks->len, "too many values");

  /* Two bytes name a value again. */
  g_string_append_c (again, '\0');
  for (int i = 0; i < 1 << 20; i++)
    g_string_append_len (again, S ("h\0"));
  assert_refused (self, again->str, again->len, "too many values");

  /* A long text in many places. */
  g_string_append_len (echo, S ("X\0\0\020\0"));
  for (int i = 0; i < 1 << 20; i++)
    g_string_append_c (echo, 'x');
  g_string_append_len (echo, S ("q\0]("));
  for (int i = 0; i < 1000; i++)
    g_string_append_len (echo, S ("h\0"));
  g_string_append_len (echo, S ("e."));
  assert_refused (self, echo->str, echo->len, "grows without end");
}

/* A list that stands in two places is one list, not an endless one. */
static void
test_sharing (LikenessTestFile *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPtValue) root
      = read_bytes (self, S ("\200\002](](K\001K\002eq\005h\005e."), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (root->items->len, ==, 2);
  g_assert_true (g_ptr_array_index (root->items, 0)
                 == g_ptr_array_index (root->items, 1));
}

static void
append_integer (GString *pickle, gint64 value)
{
  guint64 bits = GUINT64_TO_LE ((guint64)value);

  g_string_append_len (pickle, S ("\212\010"));
  g_string_append_len (pickle, (const char *)&bits, 8);
}

static void
append_integers (GString *pickle, const gint64 *values, gsize n)
{
  g_string_append_c (pickle, '(');
  for (gsize i = 0; i < n; i++)
    append_integer (pickle, values[i]);
  g_string_append_c (pickle, 't');
}

typedef struct
{
  const char *class;
  const char *key;
  gint64 n;
  gint64 offset;
  gsize n_size;
  gint64 size[10];
  gsize n_stride;
  gint64 stride[10];
} Tensor;

/* What torch.save writes for a tensor, with these numbers; the storage holds 6 floats. */
static GString *
make_tensor (const Tensor *tensor)
{
  GString *pickle = g_string_new (NULL);

  g_string_append_len (pickle, S ("\200\002ctorch._utils\n_rebuild_tensor_v2\n(("));
  g_string_append_len (pickle, S ("X\007\0\0\0storage"));
  g_string_append_printf (pickle, "ctorch\n%s\n", tensor->class);
  g_string_append_len (pickle, S ("X\001\0\0\0"));
  g_string_append (pickle, tensor->key);
  g_string_append_len (pickle, S ("X\003\0\0\0cpu"));
  append_integer (pickle, tensor->n);
  g_string_append_len (pickle, S ("tQ"));
  append_integer (pickle, tensor->offset);
  append_integers (pickle, tensor->size, tensor->n_size);
  append_integers (pickle, tensor->stride, tensor->n_stride);
  g_string_append_len (pickle, S ("\211ccollections\nOrderedDict\n)RtR."));
  return pickle;
}

static void
test_tensor_by_hand (LikenessTestFile *self, gconstpointer data)
{
  const Tensor tensor = {"FloatStorage", "0", 6, 1, 2, {2, 2}, 2, {1, 3}};
  g_autoptr (GString) pickle = make_tensor (&tensor);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessPtValue) root = read_bytes (self, pickle->str, pickle->len, &error);
  const float expected[] = {2, 5, 3, 6};

  g_assert_no_error (error);
  g_assert_cmpmem (root->tensor->data, sizeof expected, expected, sizeof expected);
}

static void
test_tensors_that_cannot_be (LikenessTestFile *self, gconstpointer data)
{
  const gint64 huge = G_GINT64_CONSTANT (1) << 40;
  const Tensor cases[] = {
      {"FloatStorage", "0", 6, 0, 1, {huge}, 1, {1}},
      {"FloatStorage", "0", 6, 0, 2, {huge, huge}, 2, {1, 1}},
      {"FloatStorage", "0", 6, 0, 2, {0, huge}, 2, {1, 1}},
      {"FloatStorage", "0", 6, 0, 1, {7}, 1, {1}},
      {"FloatStorage", "0", 6, 1, 1, {6}, 1, {1}},
      {"FloatStorage", "0", 6, 6, 1, {1}, 1, {1}},
      {"FloatStorage", "0", 6, 0, 1, {-1}, 1, {1}},
      {"FloatStorage", "0", 6, 0, 1, {3}, 1, {-1}},
      {"FloatStorage", "0", 6, -1, 1, {3}, 1, {1}},
      {"FloatStorage", "0", 6, G_MAXINT64, 1, {1}, 1, {1}},
      {"FloatStorage", "0", 6, 0, 1, {3}, 1, {3}},
      {"FloatStorage", "0", 6, 0, 1, {2}, 1, {G_MAXINT64}},
      {"FloatStorage", "0", 6, 0, 2, {2, 2}, 2, {G_MAXINT64, 1}},
      {"FloatStorage", "0", 6, 0, 2, {2, 3}, 1, {1}},
      {"FloatStorage", "0", 6, 0, 1, {100}, 1, {0}}, /* more than the storage has */
      {"FloatStorage", "0", 6, 0, 9, {1, 1, 1, 1, 1, 1, 1, 1, 1}, 9, {1}},
      {"FloatStorage", "0", 7, 0, 1, {3}, 1, {1}},
      {"FloatStorage", "0", -1, 0, 1, {3}, 1, {1}},
      {"FloatStorage", "0", G_MAXINT64, 0, 1, {3}, 1, {1}},
      {"DoubleStorage", "0", 6, 0, 1, {6}, 1, {1}},
      {"FloatStorage", "1", 6, 0, 1, {6}, 1, {1}},
      {"qint8", "0", 6, 0, 1, {6}, 1, {1}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) pickle = make_tensor (&cases[i]);

      assert_refused (self, pickle->str, pickle->len, "“net.pt” is damaged");
    }
  assert_refused (self, S ("\200\002K\001Q."), "damaged");
  assert_refused (self, S ("\200\002)Q."), "damaged");
  assert_refused (self, S ("\200\002ctorch._utils\n_rebuild_tensor_v2\n)R."), "damaged");
  assert_refused (self, S ("\200\002ctorch._utils\n_rebuild_qtensor\n)R."), "damaged");
}

/* Many tensors that are each allowed, cut from one storage. */
static void
test_tensors_without_end (LikenessTestFile *self, gconstpointer data)
{
  const gsize n = 1 << 20;
  g_autofree float *storage = g_new0 (float, n);
  const Tensor tensor = {"FloatStorage", "0", n, 0, 1, {n}, 1, {1}};
  g_autoptr (GString) one = make_tensor (&tensor);
  g_autoptr (GString) pickle = g_string_new ("\200\002(");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append_len (pickle, one->str + 2, one->len - 3);
  g_string_append_len (pickle, S ("t."));
  likeness_test_zip_write_pickle (self->path, pickle->str, pickle->len, storage,
                                  n * sizeof *storage);
  g_assert_null (likeness_pt_reader_read (self->path, NULL, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS);
  g_assert_nonnull (strstr (error->message, "far more numbers than it holds"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, func)                                                                  \
  g_test_add (path, LikenessTestFile, NULL, likeness_test_file_set_up, func,             \
              likeness_test_file_tear_down)
  add ("/pickle/refuse/unknown-names", test_names);
  add ("/pickle/refuse/unknown-instructions", test_instructions);
  add ("/pickle/refuse/wrong-order", test_order);
  add ("/pickle/refuse/cut-off", test_cut_off);
  add ("/pickle/refuse/growth", test_growth);
  add ("/pickle/values/shared", test_sharing);
  add ("/pickle/tensors/by-hand", test_tensor_by_hand);
  add ("/pickle/tensors/that-cannot-be", test_tensors_that_cannot_be);
  add ("/pickle/tensors/without-end", test_tensors_without_end);
#undef add
  return g_test_run ();
}
