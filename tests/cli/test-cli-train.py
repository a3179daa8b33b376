# SPDX-License-Identifier: Apache-2.0
"""Training as a program: what it prints, what it leaves behind, and how it ends."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import tap
from cli import PROGRAM, done, files, folder, refused, run

# The smallest things that are still a training; one thread gives the same digits anywhere.
FEW = ["--from-scratch", "xxs", "--device", "cpu", "--set", "threads=1",
       "--set", "precision=float32", "--set", "batch=16"]
EPOCH = re.compile(r"Epoch (\d+)/(\d+) \| Train Acc: (\d\.\d{4}|n/a) \| "
                   r"Val Acc: (\d\.\d{4}|n/a) Sim: (-?\d\.\d{4}|n/a)")


def faces(root, subjects=6, each=8):
    """A drawn data set and a split of it; returns both folders."""
    done("sample", f"{root}/drawn", f"--subjects={subjects}", f"--faces={each}", "--quiet")
    done("split", f"{root}/drawn", "--output", f"{root}/set", "--quiet")
    return f"{root}/drawn", f"{root}/set"


def epochs(n):
    return ["--set", f"epochs_all={n}"]


def events(path):
    return [json.loads(line) for line in Path(path, "events.jsonl").read_text().splitlines()]


def of_kind(found, kind):
    return [event for event in found if event["event"] == kind]


def prints_epoch_lines():
    with folder() as root:
        _, data = faces(root)
        result = done("train", "--data", data, *FEW, *epochs(2), "--output", f"{root}/run")
        told = [EPOCH.fullmatch(line) for line in result.lines() if line.startswith("Epoch")]
        assert len(told) == 2 and all(told), result.out
        written = of_kind(events(f"{root}/run"), "epoch")
        for i, (line, event) in enumerate(zip(told, written), 1):
            assert line.group(1, 2) == (str(i), "2"), line
            assert line.group(3) == f"{event['train_top1']['value']:.4f}"
            assert line.group(4) == f"{event['top1']['value']:.4f}"
            assert line.group(5) == f"{event['sim']:.4f}"
        assert f"evaluate --run {root}/run" in result.out
        assert {"config.json", "events.jsonl", "last.pt", "best.pt"} <= set(files(f"{root}/run"))
        config = json.loads(Path(root, "run", "config.json").read_text())
        assert config["threads"] == 1 and config["device"] == "cpu", config
        assert config["lr_backbone"] > 0 and config["precision"] == "float32", config


def json_is_the_log():
    with folder() as root:
        _, data = faces(root)
        result = done("train", "--data", data, *FEW, *epochs(1), "--output", f"{root}/run",
                      "--json", "--quiet")
        assert result.err == ""
        assert result.out == Path(root, "run", "events.jsonl").read_text()
        last = json.loads(result.lines()[-1])
        assert last["event"] == "done" and last["run"] == f"{root}/run", last
        assert last["best_epoch"] == last["epochs"] == 1
        assert set(last["verdict"]) == {"state", "epoch", "sentence"}, last
        start = of_kind(events(f"{root}/run"), "start")[0]
        assert start["n_parameters"] == 1244744 and start["n_classes"] == 5, start


def evaluate_gives_the_same_digits():
    """best.pt, read back, is the point that the chart shows for it."""
    with folder() as root:
        _, data = faces(root)
        done("train", "--data", data, *FEW, *epochs(3), "--output", f"{root}/run")
        written = events(f"{root}/run")
        best = of_kind(written, "done")[0]["best_epoch"]
        point = of_kind(written, "epoch")[best - 1]
        judged = done("evaluate", "--run", f"{root}/run", "--json").json()
        assert judged["epoch"] == best == point["epoch"]
        shared = set(judged) & set(point) - {"epoch"}
        assert {"top1", "top5", "rank1", "macro_top1", "sim", "impostor_mean", "impostor_p999",
                "d_prime", "eer", "tar_at_far", "strangers", "train_top1"} <= shared, shared
        for key in shared:
            assert judged[key] == point[key], (key, judged[key], point[key])
        baseline = of_kind(written, "baseline")[0]
        for key in set(judged["baseline"]) & set(baseline):
            assert judged["baseline"][key] == baseline[key], key
        kept = json.loads(Path(root, "run", "results.json").read_text())
        assert kept == judged
        assert sum(row["n"] for row in judged["per_subject"]) == judged["n"] == judged["rank1"]["n"]
        assert sum(row["correct"] for row in judged["per_subject"]) == judged["rank1"]["k"]
        rows = Path(root, "run", "results.csv").read_text().splitlines()
        assert len(rows) == judged["subjects"] + 1
        assert len(Path(root, "run", "faces.csv").read_text().splitlines()) == judged["n"] + 1

        text = done("evaluate", "--run", f"{root}/run").out
        assert f"{judged['rank1']['value']:.4f}" in text and "after epoch" in text, text


def evaluate_elsewhere():
    """A run judged on other people: head accuracy means nothing there, rank-1 does."""
    with folder() as root:
        _, data = faces(root)
        done("sample", f"{root}/others", "--subjects=10", "--faces=8", "--seed=7", "--quiet")
        done("train", "--data", data, *FEW, *epochs(1), "--output", f"{root}/run")
        before = files(f"{root}/run")
        judged = done("evaluate", "--run", f"{root}/run", "--data", f"{root}/others",
                      "--csv", f"{root}/tables", "--json").json()
        assert judged["top1"] is None and judged["top1_reason"], judged["top1"]
        assert judged["sim"] is not None and judged["sim_n"] > 0
        assert files(f"{root}/run") == before
        assert files(f"{root}/tables") == ["faces.csv", "results.csv"]
        best = done("evaluate", "--edgeface", f"{root}/run/best.pt", "--data", data, "--set",
                    "input=high", "--json").json()
        assert best["top1"]["n"] > 0 and best["sim"] is None and "construction" in best["sim_reason"]
        refused("evaluate", "--data", data, status=2, words=["--edgeface"])
        refused("evaluate", "--edgeface", f"{root}/run/best.pt", status=2, words=["--data"])
        refused("evaluate", "--run", f"{root}/nowhere", words=["nowhere"])


def disjoint_people():
    with folder() as root:
        drawn, _ = faces(root, subjects=10)
        result = done("train", "--data", drawn, *FEW, "--preset", "quick", *epochs(2),
                      "--output", f"{root}/run")
        told = [EPOCH.fullmatch(line) for line in result.lines() if line.startswith("Epoch")]
        assert [line.group(3, 4) for line in told] == [("n/a", "n/a")] * 2, result.out
        sims = [float(line.group(5)) for line in told]
        assert sims[0] != sims[1], sims
        assert result.out.count("are not among the") == 1, result.out
        point = of_kind(events(f"{root}/run"), "epoch")[0]
        assert point["top1"] is None and "not among the classes" in point["top1_reason"]


def frontal_only_here():
    """Without folders, the one that the original scripts took; their words work as well."""
    with folder() as root:
        drawn, data = faces(root, subjects=10)
        os.rename(drawn, f"{root}/frontal_only")
        done("train", *FEW, *epochs(1), "--output", "usual", cwd=root)
        config = json.loads(Path(root, "usual", "config.json").read_text())
        assert config["data"] == f"{root}/frontal_only", config
        done("train", "--train-dir", f"{data}/train", "--val-dir", f"{data}/val", *FEW,
             *epochs(1), "--output", f"{root}/named")
        assert of_kind(events(f"{root}/named"), "epoch")[0]["top1"]["n"] > 0


def same_seed_same_digits():
    with folder() as root:
        _, data = faces(root)
        for name in ("one", "other"):
            done("train", "--data", data, *FEW, *epochs(2), "--output", f"{root}/{name}")
        one, other = (of_kind(events(f"{root}/{name}"), "epoch") for name in ("one", "other"))
        for a, b in zip(one, other):
            for key in ("loss", "top1", "rank1", "sim", "impostor_mean"):
                assert a[key] == b[key], (key, a[key], b[key])


def interrupt(arguments, line):
    """Sends SIGINT once a line begins like that; returns status, errors, seconds."""
    process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    for told in process.stdout:
        if told.startswith(line):
            break
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors, time.monotonic() - start


def stop_and_resume():
    with folder() as root:
        _, data = faces(root)
        arguments = ["train", "--data", data, *FEW, *epochs(3)]
        status, errors, seconds = interrupt([*arguments, "--output", f"{root}/run"], "Epoch 1/")
        assert status == 130 and seconds < 2, (status, seconds, errors)
        assert f"--resume {root}/run" in errors, errors
        assert not [name for name in files(f"{root}/run") if "partial" in name]
        done("train", "--resume", f"{root}/run")
        done(*arguments, "--output", f"{root}/whole")
        resumed = of_kind(events(f"{root}/run"), "epoch")
        whole = of_kind(events(f"{root}/whole"), "epoch")
        assert [e["epoch"] for e in resumed] == [1, 2, 3]
        for a, b in zip(resumed, whole):
            assert a["top1"] == b["top1"] and a["sim"] == b["sim"], (a["epoch"], a["sim"], b["sim"])
        done("train", "--resume", f"{root}/run", "--extend", "1")
        assert [e["epoch"] for e in of_kind(events(f"{root}/run"), "epoch")] == [1, 2, 3, 4]
        refused("train", "--resume", f"{root}/run", "--data", data, status=2, words=["--resume"])
        refused("train", "--resume", f"{root}/nowhere", words=["nowhere"])


def stopped_before_it_began():
    with folder() as root:
        _, data = faces(root)
        status, errors, seconds = interrupt(
            ["train", "--data", data, *FEW, "--output", f"{root}/run"], "5 people")
        assert status == 130 and seconds < 2, (status, seconds, errors)
        assert "nothing" in errors and not os.path.exists(f"{root}/run"), errors


def wrong_use():
    with folder() as root:
        _, data = faces(root)
        base = ["train", "--data", data, "--output", f"{root}/run"]
        for more, words in (
                (["--from-scratch", "xxs", "--set", "epoch_all=3"], ["epochs_all"]),
                (["--from-scratch", "xxs", "--set", "batch=0"], ["batch", "1", "8192"]),
                (["--from-scratch", "xxs", "--set", "batch"], ["KEY=VALUE"]),
                (["--from-scratch", "xxs", "--set", "loss=triplet"], ["arcface"]),
                (["--from-scratch", "xxl"], ["xxl", "xxs"]),
                (["--from-scratch", "xxs", "--device", "tpu"], ["tpu", "cuda"]),
                (["--from-scratch", "xxs", "--edgeface", "x.pt"], ["--edgeface"]),
                (["--from-scratch", "xxs", "--train-dir", data], ["--data"]),
                (["--from-scratch", "xxs", "--extend", "2"], ["--resume"]),
                ([], ["--edgeface", "--from-scratch"])):
            refused(*base, *more, status=2, words=words)
        refused("train", "--from-scratch", "xxs", status=2, words=["--data"], cwd=root)
        refused("train", "--from-scratch", "xxs", "--train-dir", data, status=2,
                words=["--val-dir"], cwd=root)
        assert not os.path.exists(f"{root}/run")


def bad_data():
    with folder() as root:
        _, data = faces(root)
        os.makedirs(f"{root}/empty/train")
        Path(root, "file").write_text("x")
        one = f"{root}/one"
        done("sample", f"{root}/drawn2", "--subjects=3", "--faces=8", "--quiet")
        os.makedirs(f"{one}/train")
        os.makedirs(f"{one}/val")
        for i, name in enumerate(files(f"{root}/drawn2/train/hr_images")[:8]):
            os.link(f"{root}/drawn2/train/hr_images/{name}",
                    f"{one}/{'val' if i > 5 else 'train'}/same_{i}.png")
        for name, word in (("nowhere", "nowhere"), ("empty", "empty"), ("file", "file"),
                           ("one", "fewer than two")):
            refused("train", "--data", f"{root}/{name}", *FEW, "--output", f"{root}/run",
                    words=[word])
            assert not os.path.exists(f"{root}/run")
        os.makedirs(f"{root}/there")
        refused("train", "--data", data, *FEW, "--output", f"{root}/there", words=["exists"])
        assert os.listdir(f"{root}/there") == []


def no_gpu():
    devices = done("doctor", "--json").json()["devices"]
    if any(device["kind"] == "cuda" for device in devices):
        raise tap.Skip("there is a GPU")
    with folder() as root:
        _, data = faces(root)
        refused("train", "--data", data, "--from-scratch", "xxs", "--device", "cuda", "--output",
                f"{root}/run", words=["cuda", "--device cpu"])
        assert not os.path.exists(f"{root}/run")


def other_device():
    """A run that another computer's GPU has begun goes on, and is judged, on a device named here."""
    with folder() as root:
        _, data = faces(root)
        run_folder = f"{root}/run"
        done("train", "--data", data, *FEW, *epochs(1), "--output", run_folder)
        path = Path(run_folder, "config.json")

        def move():
            config = json.loads(path.read_text())
            path.write_text(json.dumps({**config, "device": "cuda:900"}))
        move()
        extend = ["train", "--resume", run_folder, "--extend", "1"]
        refused(*extend, words=["cuda:900", "--device cpu"])
        refused(*extend, "--device", "tpu", status=2, words=["tpu", "cuda"])
        done(*extend, "--device", "cpu")
        assert json.loads(path.read_text())["device"] == "cpu"
        assert [e["epoch"] for e in of_kind(events(run_folder), "epoch")] == [1, 2]
        move()
        said = done("report", run_folder, "--json")
        assert said.json()["judged"] is False and "--device cpu" in said.json()["judged_reason"]
        refused("report", run_folder, "--device", "tpu", status=2, words=["tpu", "cuda"])
        assert done("report", run_folder, "--device", "cpu", "--json").json()["judged"] is True
        os.unlink(f"{run_folder}/results.json")
        refused("evaluate", "--run", run_folder, words=["cuda:900", "--device cpu"])
        judged = done("evaluate", "--run", run_folder, "--device", "cpu", "--json").json()
        best = of_kind(events(run_folder), "epoch")[judged["epoch"] - 1]
        assert judged["top1"] == best["top1"] and judged["sim"] == best["sim"]
        assert json.loads(path.read_text())["device"] == "cuda:900"


tap.run([
    ("/cli/train/prints-epoch-lines", prints_epoch_lines),
    ("/cli/train/json-is-the-log", json_is_the_log),
    ("/cli/train/disjoint-people", disjoint_people),
    ("/cli/train/frontal-only-here", frontal_only_here),
    ("/cli/train/same-seed-same-digits", same_seed_same_digits),
    ("/cli/train/stop-and-resume", stop_and_resume),
    ("/cli/train/other-device", other_device),
    ("/cli/train/stopped-before-it-began", stopped_before_it_began),
    ("/cli/train/wrong-use", wrong_use),
    ("/cli/train/bad-data", bad_data),
    ("/cli/train/no-gpu", no_gpu),
    ("/cli/evaluate/the-same-digits", evaluate_gives_the_same_digits),
    ("/cli/evaluate/elsewhere", evaluate_elsewhere),
])
