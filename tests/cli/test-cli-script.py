# SPDX-License-Identifier: Apache-2.0
"""TorchScript as a program: read where it is an EdgeFace, run where somebody says so."""

import array
import json
import os
import shutil
import struct
from pathlib import Path

import tap
from cli import done, files, folder, make_script, refused

# Sixteen means of a face each, and nothing else: no EdgeFace, but it tells drawn faces apart.
EMBED = """
def forward(self, x):
    cells = torch.adaptive_avg_pool2d(x, [4, 4]).flatten(1)
    return torch.cat([cells, torch.zeros([x.size(0), 464])], 1)
"""


def make_faces(root):
    done("sample", f"{root}/drawn", "--subjects=6", "--faces=8", "--quiet")
    done("split", f"{root}/drawn", "--output", f"{root}/set", "--quiet")
    pictures = f"{root}/set/train/hr_images"
    return [f"{pictures}/{name}" for name in files(pictures)[:3]]


def read_rows(path):
    data = Path(path).read_bytes()
    length, = struct.unpack("<H", data[8:10])
    numbers = array.array("f", data[10 + length:])
    return [numbers[i:i + 512] for i in range(0, len(numbers), 512)]


def embed():
    with folder() as root:
        pictures = make_faces(root)
        make_script(f"{root}/net.pt", EMBED)
        base = ["embed", *pictures, "--edgeface", f"{root}/net.pt", "-o", f"{root}/x.npy",
                "--device", "cpu"]
        refused(*base, words=["TorchScript", "a program", "nothing of it was run",
                              "--trust-script"])
        assert not os.path.exists(f"{root}/x.npy")
        done(*base, "--trust-script", "--raw")
        rows = read_rows(f"{root}/x.npy")
        assert len(rows) == 3 and all(any(row[:48]) and not any(row[48:]) for row in rows), rows
        assert all(-1 <= value <= 1 for row in rows for value in row)
        make_script(f"{root}/net.pt", "def forward(self, x):\n    return x.flatten(1)\n")
        refused(*base, "--trust-script", words=["[3, 37632]", "[n, 512]"])


def evaluate():
    with folder() as root:
        make_faces(root)
        make_script(f"{root}/net.pt", EMBED)
        base = ["evaluate", "--data", f"{root}/set", "--edgeface", f"{root}/net.pt", "--device",
                "cpu", "--json"]
        refused(*base, words=["TorchScript", "a program", "--trust-script"])
        said = done(*base, "--trust-script").json()
        assert said["n"] > 0 and said["top1"] is None and said["top1_reason"], said
        # Far more than one in six: it was run, and on these faces.
        assert said["rank1"]["value"] > 0.5 and 0 < said["sim"] <= 1, said
        refused("evaluate", "--run", root, "--pairs", "pairs.txt", "--images", root,
                "--trust-script", status=2, words=["--trust-script"])


def train():
    """What runs cannot be learnt from: only the parameters of an EdgeFace can."""
    with folder() as root:
        make_faces(root)
        make_script(f"{root}/net.pt", EMBED)
        before = files(root)
        base = ["train", "--data", f"{root}/set", "--edgeface", f"{root}/net.pt", "--device",
                "cpu", "--output", f"{root}/run"]
        result = refused(*base, words=["TorchScript", "state_dict()"])
        assert "--trust-script" not in result.err
        refused(*base, "--trust-script", status=2, words=["trust-script"])
        assert files(root) == before


BILINEAR = """
def forward(self, x):
    return torch.upsample_bilinear2d(x, [112, 112], False, None)
"""
INVERT = BILINEAR.replace("return ", "return 1 - ")


def super_resolution():
    """Instead of bilinear enlarging, in every verb that shows a network small faces."""
    with folder() as root:
        pictures = make_faces(root)
        make_script(f"{root}/same.pt", BILINEAR)
        make_script(f"{root}/other.pt", INVERT)
        base = ["evaluate", "--data", f"{root}/set", "--from-scratch", "xxs", "--device", "cpu",
                "--set", "threads=1", "--json"]
        plain = done(*base).json()
        same = done(*base, "--set", f"super_resolution={root}/same.pt").json()
        other = done(*base, "--set", f"super_resolution={root}/other.pt").json()
        assert "super_resolution" not in plain and same["super_resolution"] == "same.pt", same
        assert abs(plain["sim"] - same["sim"]) < 1e-3 < abs(plain["sim"] - other["sim"])

        make_script(f"{root}/net.pt", EMBED)
        base = ["embed", *pictures, "--edgeface", f"{root}/net.pt", "--trust-script", "--raw",
                "--device", "cpu", "--set", "input=12", "-o", f"{root}/x.npy"]
        done(*base)
        plain = read_rows(f"{root}/x.npy")
        done(*base, "--set", f"super_resolution={root}/other.pt")
        other = read_rows(f"{root}/x.npy")
        assert all(abs(a + b) < 0.02 for x, y in zip(plain, other) for a, b in zip(x, y))


def super_resolution_run():
    """A run keeps its model, and is judged and reported with it."""
    with folder() as root:
        make_faces(root)
        make_script(f"{root}/sr.pt", INVERT)
        done("train", "--data", "set", "--from-scratch", "xxs", "--device", "cpu", "--set",
             "epochs_all=1", "--set", "threads=1", "--set", "super_resolution=sr.pt",
             "--output", "run", "--quiet", cwd=root)
        config = json.loads(Path(root, "run", "config.json").read_text())
        assert config["super_resolution"] == f"{root}/sr.pt", config
        said = done("evaluate", "--run", f"{root}/run", "--json").json()
        assert said["super_resolution"] == "sr.pt" and len(said["super_resolution_xxh3"]) == 32
        done("report", f"{root}/run", "--output", f"{root}/report.html")
        assert "sr.pt" in Path(root, "report.html").read_text()
        os.unlink(f"{root}/sr.pt")
        refused("evaluate", "--run", f"{root}/run", words=["sr.pt"])


def make_marked(path, mark, *, more=""):
    """A model that leaves a file behind when it runs."""
    make_script(path, f"""
def forward(self, x):
    mark = torch.from_file("{mark}", True, 4, dtype=6)
    return {more}torch.upsample_bilinear2d(x, [112, 112], False, None) + mark.sum()
""")


def forget_faces():
    """What a model has made of a face is kept: without it the model runs again."""
    shutil.rmtree(Path(os.environ["XDG_CACHE_HOME"], "likeness", "faces"), ignore_errors=True)


def train_marked(root):
    make_faces(root)
    make_marked(f"{root}/sr.pt", f"{root}/mark")
    done("train", "--data", "set", "--from-scratch", "xxs", "--device", "cpu", "--set",
         "epochs_all=1", "--set", "threads=1", "--set", "super_resolution=sr.pt",
         "--output", "run", "--quiet", cwd=root)
    os.unlink(f"{root}/mark")


def stranger_run():
    """What only a run folder names is run where this user has agreed to it, and nowhere else."""
    with folder() as root:
        train_marked(root)
        mark, run = f"{root}/mark", f"{root}/run"
        said = done("evaluate", "--run", run, "--json").json()
        assert said["super_resolution"] == "sr.pt" and not os.path.exists(mark)
        forget_faces()
        done("evaluate", "--run", run, "--json")
        assert os.path.exists(mark)
        os.unlink(mark)
        for name in ("results.json", "results.csv", "faces.csv"):
            os.unlink(f"{run}/{name}")

        stranger = {"env": {"XDG_DATA_HOME": f"{root}/stranger"}}
        words = ["a program", "“sr.pt”", "nothing of it was run", "With --trust-script"]
        before = {name: Path(run, name).read_bytes() for name in files(run)}
        verbs = {
            "evaluate": ["evaluate", "--run", run],
            "other data": ["evaluate", "--run", run, "--data", f"{root}/set", "--set", "input=low"],
            "report": ["report", run, "--output", f"{root}/report.html"],
            "resume": ["train", "--resume", run, "--extend", "1", "--quiet"],
        }
        for verb in verbs.values():
            refused(*verb, words=words, **stranger)
        assert not os.path.exists(mark) and not os.path.exists(f"{root}/report.html")
        assert before == {name: Path(run, name).read_bytes() for name in files(run)}
        # Without a place to remember it too.
        Path(root, "file").write_text("no folder")
        done(*verbs["other data"], "--trust-script", env={"XDG_DATA_HOME": f"{root}/file/data"})
        for name, verb in verbs.items():
            Path(mark).unlink(missing_ok=True)
            forget_faces()
            data = {"env": {"XDG_DATA_HOME": f"{root}/{name}"}}
            done(*verb, "--trust-script", **data)
            assert os.path.exists(mark), name
            # Once agreed, the same program needs no option.
            done(*verbs["other data"], **data)
            Path(run, "results.json").unlink(missing_ok=True)

        # Naming the file is to agree as well, and another program is another question.
        done(*verbs["other data"], "--set", f"super_resolution={root}/sr.pt", **stranger)
        done("evaluate", "--run", run, **stranger)
        Path(mark).unlink(missing_ok=True)
        make_marked(f"{root}/sr.pt", mark, more="1 - ")
        refused("evaluate", "--run", run, words=words, **stranger)
        assert not os.path.exists(mark)
        refused("train", "--data", f"{root}/set", "--from-scratch", "xxs", "--trust-script",
                status=2, words=["--resume"])


def stranger_config():
    """A config.json that somebody sent names a program: that is no consent either."""
    with folder() as root:
        train_marked(root)
        mark = f"{root}/mark"
        base = ["train", "--config", f"{root}/run/config.json", "--quiet"]
        stranger = {"env": {"XDG_DATA_HOME": f"{root}/stranger"}}
        before = files(root)
        forget_faces()
        refused(*base, "--output", f"{root}/second", **stranger,
                words=["a program", "“sr.pt”", "nothing of it was run", "With --trust-script"])
        assert files(root) == before
        done(*base, "--output", f"{root}/trusted", "--trust-script", **stranger)
        assert os.path.exists(mark)
        # From now on it is agreed to, as is what --set names.
        done(*base, "--output", f"{root}/third", **stranger)
        done(*base, "--output", f"{root}/named", "--set", f"super_resolution={root}/sr.pt",
             env={"XDG_DATA_HOME": f"{root}/other"})


def stranger_weights():
    """--trust-script with --run is no consent to weights that are a program."""
    with folder() as root:
        train_marked(root)
        make_script(f"{root}/net.pt", EMBED)
        path = Path(root, "run", "config.json")
        config = json.loads(path.read_text())
        del config["from_scratch"]
        path.write_text(json.dumps({**config, "edgeface": f"{root}/net.pt"}))
        for more in [], ["--set", "input=low"], ["--trust-script", "--data", f"{root}/set"]:
            said = refused("evaluate", "--run", f"{root}/run", *more, words=["net.pt"])
            assert "With --trust-script" not in said.err, said.err


def super_resolution_refused():
    with folder() as root:
        pictures = make_faces(root)
        make_script(f"{root}/sr.pt", BILINEAR)
        before = files(root)
        model = ["--set", f"super_resolution={root}/sr.pt"]
        evaluate_it = ["evaluate", "--data", f"{root}/set", "--from-scratch", "xxs", "--device", "cpu"]
        train_it = ["train", *evaluate_it[1:], "--output", f"{root}/run"]
        embed_it = ["embed", *pictures, "--edgeface", f"{root}/net.pt", "-o", f"{root}/x.npy"]
        for verb in (evaluate_it, train_it, embed_it):
            refused(*verb, *model, "--set", "input=high", status=2, words=["super_resolution"])
        refused(*embed_it, *model, status=2, words=["super_resolution", "input"])
        for verb in (evaluate_it, train_it):
            refused(*verb, "--set", f"super_resolution={root}/none.pt", words=["none.pt"])
            refused(*verb, "--set", f"super_resolution={pictures[0]}", words=["holds no weights"])
        assert files(root) == before


tap.run([
    ("/cli/script/embed/only-where-trusted", embed),
    ("/cli/script/evaluate/only-where-trusted", evaluate),
    ("/cli/script/train/never", train),
    ("/cli/script/super-resolution/same-and-other-faces", super_resolution),
    ("/cli/script/super-resolution/run", super_resolution_run),
    ("/cli/script/super-resolution/stranger/run", stranger_run),
    ("/cli/script/super-resolution/stranger/config", stranger_config),
    ("/cli/script/super-resolution/stranger/weights", stranger_weights),
    ("/cli/script/super-resolution/refused", super_resolution_refused),
])
