# SPDX-License-Identifier: Apache-2.0
"""The LFW protocol as a program, on pairs of real faces and of drawn ones."""

import csv
import itertools
import os
import signal
import subprocess
import time
from pathlib import Path

import tap
from cli import PROGRAM, assets, done, files, folder, png, refused, write

# Real faces: people that no training sees, three to a fold, so that folds share nobody.
FOLDS, OF_FOLD, OF_A_KIND = 10, 3, 30
# Right of 60 in each fold, and the threshold on all pairs: the network as PyTorch and timm
# run it, pictures reduced and enlarged by Pillow, the protocol by brute force in numpy.
HIGH = [60, 60, 60, 59, 60, 60, 59, 58, 60, 59]
HIGH_MEAN, HIGH_STD, HIGH_ERROR = 0.9916666666666666, 0.011180339887498959, 0.0037267799624996524
HIGH_THRESHOLD, HIGH_SCORES = 0.3041415, [0.65680476, 0.80268643, 0.82277889]
AT_12 = [55, 55, 48, 39, 57, 57, 52, 50, 54, 53]
AT_12_MEAN, AT_12_STD, AT_12_ERROR = 0.8666666666666666, 0.08530989261379816, 0.028436630871266057
AT_12_THRESHOLD, AT_12_SCORES = 0.1201483, [0.27551662, 0.37957923, 0.30277777]


def close(a, b, most=1e-12):
    assert abs(a - b) <= most, (a, b)


def spread(items, n):
    return [items[len(items) * k // n] for k in range(n)]


def real_pairs(root):
    """Lays real faces out as LFW does, by links, and writes a pairs.txt of 600 pairs."""
    people = {}
    for split in ("test", "val"):
        source = assets("frontal_only", split, "hr_images")
        for name in sorted(os.listdir(source)):
            people.setdefault("P_" + name.split("_")[0], []).append(os.path.join(source, name))
    names = sorted(people)[:FOLDS * OF_FOLD]
    for name in names:
        os.makedirs(f"{root}/faces/{name}")
        for i, path in enumerate(people[name], 1):
            os.symlink(path, f"{root}/faces/{name}/{name}_{i:04}.png")
    lines = [f"{FOLDS}\t{OF_A_KIND}"]
    for fold in range(FOLDS):
        own = names[fold * OF_FOLD:(fold + 1) * OF_FOLD]
        photos = [(name, i) for name in own for i in range(1, len(people[name]) + 1)]
        both = list(itertools.combinations(photos, 2))
        genuine = [pair for pair in both if pair[0][0] == pair[1][0]]
        impostor = [pair for pair in both if pair[0][0] != pair[1][0]]
        lines += [f"{a[0]}\t{a[1]}\t{b[1]}" for a, b in spread(genuine, OF_A_KIND)]
        lines += [f"{a[0]}\t{a[1]}\t{b[0]}\t{b[1]}" for a, b in spread(impostor, OF_A_KIND)]
    write(f"{root}/pairs.txt", ("\n".join(lines) + "\n").encode())
    return ["evaluate", "--pairs", f"{root}/pairs.txt", "--images", f"{root}/faces",
            "--edgeface", assets("weights", "edgeface_xxs_q.pt"), "--device", "cpu", "--quiet"]


def check(said, right, mean, std, error, threshold):
    lfw = said["lfw"]
    assert [fold["k"] for fold in lfw["folds"]] == right, lfw["folds"]
    assert all(fold["n"] == 60 and fold["accuracy"] == fold["k"] / 60 for fold in lfw["folds"])
    close(lfw["accuracy"], mean)
    close(lfw["std"], std)
    close(lfw["standard_error"], error)
    close(lfw["threshold"], threshold, 1e-5)
    assert lfw["pooled"]["k"] == sum(right) and lfw["pooled"]["n"] == 600
    assert lfw["pooled"]["low"] < mean < lfw["pooled"]["high"]


def real_faces():
    with folder() as root:
        command = real_pairs(root)
        said = done(*command, "--json", "--csv", f"{root}/tables/here").json()
        assert said["n"] == 600 and said["subjects"] == 30 and said["input"] == "high", said
        check(said, HIGH, HIGH_MEAN, HIGH_STD, HIGH_ERROR, HIGH_THRESHOLD)
        assert said["n_genuine"] == said["n_impostor"] == 300
        assert said["impostor_mean"] < 0.1 and said["eer"] < 0.02, said
        assert [tar["far"] for tar in said["tar_at_far"]] == [0.01, 0.001]
        assert said["tar_at_far"][0]["tar"] > 0.98 and said["tar_at_far"][0]["false_accepts"] <= 3

        assert files(f"{root}/tables") == ["here/pairs.csv"]
        with open(f"{root}/tables/here/pairs.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 600 and rows[0]["first"] == "P_0001/P_0001_0001", rows[0]
        for row, score in zip(rows, HIGH_SCORES):
            close(float(row["score"]), score, 1e-5)
        for row in rows:
            accepted = float(row["score"]) >= float(row["threshold"])
            assert (accepted == (row["genuine"] == "1")) == (row["correct"] == "1"), row
        for fold, k in enumerate(HIGH, 1):
            assert sum(row["correct"] == "1" for row in rows if row["fold"] == str(fold)) == k

        text = done(*command).out
        for word in ("600 pairs", "0.9917 ± 0.0112", "595/600", "59/60", "genuine"):
            assert word in text, (word, text)


def second_from_far_away():
    """input=12 reduces the second image alone; the first stays as it is."""
    with folder() as root:
        command = real_pairs(root)
        said = done(*command, "--set", "input=12", "--json", "--csv", root).json()
        assert said["input"] == "12", said
        check(said, AT_12, AT_12_MEAN, AT_12_STD, AT_12_ERROR, AT_12_THRESHOLD)
        rows = list(csv.DictReader(Path(root, "pairs.csv").read_text().splitlines()))
        for row, score in zip(rows, AT_12_SCORES):
            close(float(row["score"]), score, 1e-5)


def drawn_pairs(root):
    """Noise for faces: what is judged does not matter, that it is does."""
    for name in ("Ann", "Bob", "Cem", "Dag"):
        for i in (1, 2, 3):
            write(f"{root}/faces/{name}/{name}_{i:04}.png", png((name, i), 112, 112))
    write(f"{root}/pairs.txt", b"2 1\nAnn 1 2\nAnn 1 Bob 1\nCem 1 3\nDag 1 Cem 2\n")
    return ["evaluate", "--pairs", f"{root}/pairs.txt", "--images", f"{root}/faces",
            "--device", "cpu", "--quiet", "--from-scratch", "xxs"]


def one_fold():
    """Nothing to choose a threshold on: null with the reason, and the rest is there."""
    with folder() as root:
        command = drawn_pairs(root)
        write(f"{root}/pairs.txt", b"2\nAnn 1 2\nAnn 1 3\nAnn 1 Bob 1\nDag 1 Cem 2\n")
        said = done(*command, "--json", "--csv", root).json()
        lfw = said["lfw"]
        assert lfw["accuracy"] is None and "one fold" in lfw["accuracy_reason"], lfw
        assert lfw["std"] is None and lfw["std_reason"] and lfw["pooled"] is None, lfw
        assert -1 <= lfw["threshold"] <= 1 and said["eer"] is not None, said
        assert len(lfw["folds"]) == 1 and lfw["folds"][0]["accuracy"] is None, lfw
        rows = list(csv.DictReader(Path(root, "pairs.csv").read_text().splitlines()))
        assert [row["threshold"] for row in rows] == [""] * 4 and rows[0]["correct"] == ""
        assert "Accuracy is n/a: there is one fold" in done(*command).out


def a_run():
    """--run judges its best.pt, and leaves the run as it was."""
    with folder() as root:
        command = drawn_pairs(root)[:-2]
        done("sample", f"{root}/drawn", "--subjects=6", "--faces=8", "--quiet")
        done("split", f"{root}/drawn", "--output", f"{root}/set", "--quiet")
        done("train", "--data", f"{root}/set", "--from-scratch", "xxs", "--device", "cpu",
             "--set", "epochs_all=1", "--set", "threads=1", "--output", f"{root}/run", "--quiet")
        before = files(f"{root}/run")
        said = done(*command, "--run", f"{root}/run", "--json").out
        weights = f"{root}/run/best.pt"
        assert said == done(*command, "--edgeface", weights, "--json").out
        assert files(f"{root}/run") == before
        refused(*command, "--run", f"{root}/run", "--edgeface", weights, status=2, words=["--run"])
        refused(*command, "--run", f"{root}/nowhere", words=["nowhere"])


def wrong_use():
    with folder() as root:
        command = drawn_pairs(root)
        pairs, images = command[1:3], command[3:5]
        refused(*command, "--data", root, status=2, words=["--pairs", "--data"])
        refused(*command, "--strangers", root, status=2, words=["--pairs", "--strangers"])
        refused(*command, "--set", "input=low", status=2, words=["input"])
        refused(*command, "--set", "input=3", status=2, words=["input"])
        for arguments in (pairs, images, [*pairs, "--data", root]):
            refused("evaluate", "--from-scratch", "xxs", *arguments, status=2, words=["--images"])
        refused("evaluate", *pairs, *images, status=2, words=["--edgeface"])
        refused(*command[:-1], "huge", status=2, words=["huge", "xxs"])
        assert "--pairs" in done("evaluate", "--help").out


def bad_lists_and_folders():
    with folder() as root:
        command = drawn_pairs(root)
        write(f"{root}/bad.txt", b"2 1\nAnn 1 2\nAnn 1 Bob\n")
        write(f"{root}/out.txt", b"1\n../faces/Ann 1 2\nAnn 1 Bob 2\n")
        for name, words in (("nowhere.txt", ["nowhere.txt"]), ("bad.txt", ["bad.txt", "line 3"]),
                            ("out.txt", ["line 2", "../faces/Ann"]), ("faces", ["faces"])):
            refused(*command, "--pairs", f"{root}/{name}", words=words)
        refused(*command, "--images", f"{root}/nowhere", words=["nowhere"])
        refused(*command, "--csv", f"{root}/pairs.txt", words=["pairs.txt"])


def bad_images():
    """What is missing or cannot be read: the first by name, and how many."""
    with folder() as root:
        command = drawn_pairs(root)
        done(*command)
        whole = Path(root, "faces/Bob/Bob_0001.png").read_bytes()
        write(f"{root}/faces/Bob/Bob_0001.png", whole[:len(whole) // 2])
        write(f"{root}/faces/Dag/Dag_0001.png", b"no picture at all\n")
        refused(*command, words=["7 images", "pairs 2 cannot", "Bob_0001.png"])
        os.remove(f"{root}/faces/Cem/Cem_0003.png")
        os.remove(f"{root}/faces/Dag/Dag_0001.png")
        refused(*command, words=["7 images", "pairs 2 are missing", "Cem/Cem_0003"])
        # What no pair names need not be there.
        os.remove(f"{root}/faces/Bob/Bob_0003.png")


def interrupted():
    with folder() as root:
        command = drawn_pairs(root)
        n = 20000
        os.makedirs(f"{root}/faces/Eve")
        for i in range(n):
            os.symlink("../Ann/Ann_0001.png", f"{root}/faces/Eve/Eve_{i:04}.png")
        lines = [f"1 {n // 2}"]
        lines += [f"Eve {i} {i + 1}" for i in range(0, n, 2)]
        lines += [f"Eve {i} Ann 1" for i in range(0, n, 2)]
        write(f"{root}/pairs.txt", ("\n".join(lines) + "\n").encode())
        command.remove("--quiet")
        process = subprocess.Popen([PROGRAM, *command, "--csv", f"{root}/tables"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        said = process.stderr.readline()
        while said and b"Embedding" not in said:
            said = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        start = time.monotonic()
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130, (process.returncode, err)
        assert out == b"" and b"cancelled" in err.lower(), err
        assert time.monotonic() - start < 5
        assert not os.path.exists(f"{root}/tables")


tap.run([
    ("/cli/pairs/real-faces", real_faces),
    ("/cli/pairs/second-from-far-away", second_from_far_away),
    ("/cli/pairs/one-fold", one_fold),
    ("/cli/pairs/a-run", a_run),
    ("/cli/pairs/wrong-use", wrong_use),
    ("/cli/pairs/bad-lists-and-folders", bad_lists_and_folders),
    ("/cli/pairs/bad-images", bad_images),
    ("/cli/pairs/interrupted", interrupted),
])
