# SPDX-License-Identifier: Apache-2.0
"""Embeddings as a program: against values made by PyTorch, and the file they come in."""

import array
import ast
import json
import math
import os
import struct
from pathlib import Path

import tap
from cli import assets, chunk, done, files, folder, png, refused, run, write

FIXTURES = os.path.join(os.environ["G_TEST_SRCDIR"], "engine", "data")


def read_npy(path):
    """Rows of a NumPy file, after its format's own words: version 1.0, '<f4', C order."""
    data = Path(path).read_bytes()
    assert data[:8] == b"\x93NUMPY\x01\x00", data[:8]
    length, = struct.unpack("<H", data[8:10])
    assert (10 + length) % 64 == 0 and data[9 + length] == 10
    header = ast.literal_eval(data[10:10 + length].decode("latin-1"))
    assert header["descr"] == "<f4" and header["fortran_order"] is False, header
    n, size = header["shape"]
    assert size == 512 and len(data) == 10 + length + 4 * n * size
    numbers = array.array("f", data[10 + length:])
    return [numbers[i * size:(i + 1) * size] for i in range(n)]


def cosine(a, b):
    dot = math.fsum(x * y for x, y in zip(a, b))
    return dot / math.sqrt(math.fsum(x * x for x in a) * math.fsum(y * y for y in b))


def golden(weights, name):
    values = json.loads(Path(assets("golden", f"edgeface_{name}_golden.json")).read_text())
    pictures = [assets("golden", f"{image}.png") for image in values["images"]]
    with folder() as root:
        done("embed", *pictures, "--edgeface", assets("weights", weights), "--output",
             f"{root}/x.npy", "--device", "cpu", "--quiet")
        rows = read_npy(f"{root}/x.npy")
    assert len(rows) == len(values["embeddings"]) == 8
    for row, wanted in zip(rows, values["embeddings"]):
        assert abs(math.fsum(x * x for x in row) - 1) < 1e-5
        assert cosine(row, wanted) >= 0.9999, (weights, cosine(row, wanted))
    for i, row in enumerate(rows):
        for j, other in enumerate(rows):
            assert abs(cosine(row, other) - values["cosine"][i][j]) < 1e-4


def golden_int8():
    golden("edgeface_xxs_q.pt", "xxs_q")
    golden("edgeface_xs_q.pt", "xs_q")


def golden_float():
    golden("edgeface_xxs_q_dequant_f32.pt", "xxs_q")


def golden_safetensors():
    golden("edgeface_xxs_q_dequant_f32.safetensors", "xxs_q")


def make_weights(root):
    """Weights without any of a published network: a run that has hardly begun."""
    done("sample", f"{root}/drawn", "--subjects=6", "--faces=8", "--quiet")
    done("split", f"{root}/drawn", "--output", f"{root}/set", "--quiet")
    done("train", "--data", f"{root}/set", "--from-scratch", "xxs", "--device", "cpu", "--set",
         "epochs_all=1", "--set", "threads=1", "--output", f"{root}/run", "--quiet")
    pictures = f"{root}/set/train/hr_images"
    return f"{root}/run/best.pt", [f"{pictures}/{name}" for name in files(pictures)[:3]]


def order_and_names():
    with folder() as root:
        weights, pictures = make_weights(root)
        base = ["embed", "--edgeface", weights, "--device", "cpu"]
        said = done(*base, *pictures, "-o", f"{root}/a.npy", "--json").json()
        assert said == {"n": 3, "size": 512, "output": f"{root}/a.npy"}, said
        names = "\n".join(reversed(pictures)).encode() + b"\n\n"
        done(*base, "-", "-o", f"{root}/b.npy", stdin=names)
        a, b = read_npy(f"{root}/a.npy"), read_npy(f"{root}/b.npy")
        for row, other in zip(a, reversed(b)):
            assert cosine(row, other) > 0.999999
        assert cosine(a[0], a[2]) < 0.9999999

        done(*base, *pictures, "--raw", "-o", f"{root}/raw.npy")
        raw = read_npy(f"{root}/raw.npy")
        lengths = [math.sqrt(math.fsum(x * x for x in row)) for row in raw]
        assert all(abs(length - 1) > 1e-3 for length in lengths), lengths
        assert all(cosine(x, y) > 0.999999 for x, y in zip(raw, a))

        done(*base, *pictures, "--set", "input=8", "-o", f"{root}/small.npy")
        assert cosine(read_npy(f"{root}/small.npy")[0], a[0]) < 0.99999


def wrong_use():
    with folder() as root:
        write(f"{root}/a.png", png("a"))
        refused("embed", f"{root}/a.png", "-o", f"{root}/x.npy", status=2, words=["--edgeface"])
        refused("embed", f"{root}/a.png", "--edgeface", "x.pt", status=2, words=["--output"])
        refused("embed", f"{root}/a.png", "--edgeface", "x.pt", "-o", f"{root}/x.npy", "--set",
                "input=low", status=2, words=["input"])
        assert files(root) == ["a.png"]


def bad_pictures():
    with folder() as root:
        weights, pictures = make_weights(root)
        whole = Path(pictures[0]).read_bytes()
        write(f"{root}/cut.png", whole[:len(whole) // 2])
        write(f"{root}/text.png", b"no picture at all\n")
        write(f"{root}/empty.png", b"")
        write(f"{root}/huge.png", b"\x89PNG\r\n\x1a\n"
              + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
              + chunk(b"IDAT", b"\0" * 64) + chunk(b"IEND", b""))
        for name in ("cut.png", "text.png", "empty.png", "huge.png", "nowhere.png", "drawn"):
            refused("embed", pictures[0], f"{root}/{name}", "--edgeface", weights, "-o",
                    f"{root}/x.npy", words=[name])
            assert not os.path.exists(f"{root}/x.npy")
        refused("embed", pictures[0], "--edgeface", weights, "-o", f"{root}/no/x.npy",
                words=["--output"])
        refused("embed", "-", "--edgeface", weights, "-o", f"{root}/x.npy", words=["no picture"])


def bad_weights():
    """Whatever claims to be weights: one sentence, nothing run, no folder left."""
    with folder() as root:
        done("sample", f"{root}/drawn", "--subjects=6", "--faces=8", "--quiet")
        done("split", f"{root}/drawn", "--output", f"{root}/set", "--quiet")
        write(f"{root}/w/text.pt", b"not weights\n")
        write(f"{root}/w/empty.pt", b"")
        picture = f"{root}/set/train/hr_images/" + files(f"{root}/set/train/hr_images")[0]
        write(f"{root}/w/cut.pt", Path(FIXTURES, "module.pt").read_bytes()[:300])
        before = files(root)
        for path, words in ((f"{root}/w/text.pt", ["text"]), (f"{root}/w/empty.pt", ["empty"]),
                            (f"{root}/w/cut.pt", ["cut.pt"]), (f"{root}/w/nowhere.pt", ["nowhere"]),
                            (f"{root}/w", ["w"]), (f"{FIXTURES}/script.pt", ["TorchScript"]),
                            (f"{FIXTURES}/old.pt", ["old.pt"]), (f"{FIXTURES}/system.pt", ["system"])):
            result = refused("embed", picture, "--edgeface", path, "-o", f"{root}/x.npy",
                             words=words, cwd=root)
            assert "Traceback" not in result.err
            refused("train", "--data", f"{root}/set", "--edgeface", path, "--device", "cpu",
                    "--output", f"{root}/run", words=words, cwd=root)
            refused("evaluate", "--data", f"{root}/set", "--edgeface", path, words=words, cwd=root)
        # system.pt asks for "touch likeness-was-here" in the current folder.
        assert files(root) == before


def doctor():
    said = done("doctor", "--json").json()
    assert set(said) >= {"version", "libtorch", "devices", "missing"}, said
    assert said["libtorch"]["version"].startswith("2."), said
    assert os.path.isfile(said["libtorch"]["path"]), said
    cpu = said["devices"][0]
    assert cpu["kind"] == "cpu" and 0 < cpu["memory_free"] <= cpu["memory_total"], cpu
    assert all(set(lack) == {"name", "reason", "command"} for lack in said["missing"]), said
    text = done("doctor").out
    assert said["libtorch"]["path"] in text and cpu["name"] in text, text


def doctor_without_libtorch():
    """A module that cannot be opened is a finding with its command, not a failure."""
    with folder() as root:
        write(f"{root}/liblikeness-torch.so", b"no library")
        said = done("doctor", "--json", env={"LIKENESS_MODULE_PATH": root}).json()
        assert said["libtorch"] is None and said["libtorch_reason"], said
        lack = [lack for lack in said["missing"] if lack["name"] == "libtorch"]
        assert lack and lack[0]["command"] == "build-aux/setup", said
        result = run("train", "--data", root, "--from-scratch", "xxs",
                     env={"LIKENESS_MODULE_PATH": root})
        assert result.status == 1, result.err


tap.run([
    ("/cli/embed/golden/int8", golden_int8),
    ("/cli/embed/golden/float", golden_float),
    ("/cli/embed/golden/safetensors", golden_safetensors),
    ("/cli/embed/order-and-names", order_and_names),
    ("/cli/embed/wrong-use", wrong_use),
    ("/cli/embed/bad-pictures", bad_pictures),
    ("/cli/embed/bad-weights", bad_weights),
    ("/cli/doctor/says-what-is-there", doctor),
    ("/cli/doctor/without-libtorch", doctor_without_libtorch),
])
