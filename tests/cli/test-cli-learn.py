# SPDX-License-Identifier: Apache-2.0
"""That training learns what it should, and nothing where there is nothing to learn."""

import json
import os
import random
from pathlib import Path

import tap
from cli import assets, done, files, folder

SCRATCH = ["--from-scratch", "xxs", "--device", "cpu", "--set", "epochs_all=8", "--quiet"]


def draw(root):
    done("sample", f"{root}/drawn", "--quiet")
    done("split", f"{root}/drawn", "--output", f"{root}/set", "--quiet")
    return f"{root}/set"


def train(root, data, *more):
    """Trains, and gives the events of the untouched network and of the best epoch."""
    out = done("train", "--data", data, *more, "--output", f"{root}/run", "--json", "--quiet",
               timeout=280).out
    events = [json.loads(line) for line in out.splitlines()]
    epochs = [event for event in events if event["event"] == "epoch"]
    baseline, = (event for event in events if event["event"] == "baseline")
    return baseline, epochs[events[-1]["best_epoch"] - 1], events


def from_scratch():
    """Ten times chance, and twice what an untrained network reaches with a gallery."""
    with folder() as root:
        baseline, best, events = train(root, draw(root), *SCRATCH)
        classes = next(e for e in events if e["event"] == "start")["n_classes"]
        assert classes >= 20
        assert best["top1"]["value"] >= 10 / classes, best["top1"]
        assert best["top1"]["value"] >= 2 * baseline["rank1"]["value"], (best["top1"],
                                                                        baseline["rank1"])
        assert best["top1"]["k"] < best["top1"]["n"], "too easy: there is nothing left to look at"


def permuted_labels():
    """The same faces under other people's names: what is learnt by heart helps nobody."""
    with folder() as root:
        data = draw(root)
        names = files(f"{data}/train/hr_images")
        people = [name.split("_")[0] for name in names]
        random.Random(7).shuffle(people)
        low = [name for name in os.listdir(f"{data}/train") if name.startswith("vlr_images")]
        for kind in ["hr_images", *low]:
            os.mkdir(f"{root}/{kind}")
            for i, (name, person) in enumerate(zip(names, people)):
                os.rename(f"{data}/train/{kind}/{name}",
                          f"{root}/{kind}/{person}_{i:04}_{name.split('_', 1)[1]}")
            os.rmdir(f"{data}/train/{kind}")
            os.rename(f"{root}/{kind}", f"{data}/train/{kind}")
        _, _, events = train(root, data, *SCRATCH)
        last = [event for event in events if event["event"] == "epoch"][-1]
        classes = next(e for e in events if e["event"] == "start")["n_classes"]
        # Chance lies inside the interval, or below it.
        assert last["top1"]["low"] < 1 / classes, (last["top1"], classes)
        assert last["top1"]["value"] < 4 / classes, (last["top1"], classes)


def real_faces():
    """At 12 pixels the published weights know 6 of 10 faces; three epochs make it more than 8."""
    with folder() as root:
        done("split", assets("frontal_only"), "--output", f"{root}/set", "--link", "symbolic",
             "--quiet")
        baseline, best, events = train(
            root, f"{root}/set", "--edgeface", assets("weights", "edgeface_xxs_q.pt"), "--device",
            "cpu", "--set", "input=12", "--set", "epochs_head=1", "--set", "epochs_all=3")
        assert 0.55 < baseline["rank1"]["value"] < 0.70, baseline["rank1"]
        assert best["rank1"]["value"] > 0.85, best["rank1"]
        assert best["impostor_mean"] < 0.06, best["impostor_mean"]
        strangers = [e["strangers"]["low_high"]["tar_at_far"][0]["tar"] for e in (baseline, best)]
        assert strangers[1] > strangers[0] + 0.1, strangers
        judged = done("evaluate", "--run", f"{root}/run", "--json", "--quiet").json()
        for key in ("top1", "rank1", "sim", "impostor_mean", "eer", "strangers"):
            assert judged[key] == best[key], key


def real_faces_as_they_are():
    """frontal_only itself: similarity moves, accuracy is undefined and says why."""
    with folder() as root:
        result = done("train", "--data", assets("frontal_only"), "--edgeface",
                      assets("weights", "edgeface_xxs_q.pt"), "--device", "cpu", "--preset",
                      "quick", "--set", "input=12", "--set", "epochs_head=0", "--set",
                      "epochs_all=1", "--output", f"{root}/run", "--quiet", timeout=280)
        assert "Val Acc: n/a Sim: 0." in result.out, result.out
        assert "16 of 16 validation people are not among the 126" in result.out, result.out
        events = [json.loads(line)
                  for line in Path(root, "run", "events.jsonl").read_text().splitlines()]
        baseline, epoch = (next(e for e in events if e["event"] == kind)
                           for kind in ("baseline", "epoch"))
        assert epoch["sim"] > baseline["sim"] + 0.02, (baseline["sim"], epoch["sim"])
        assert epoch["top1"] is None and epoch["top1_reason"], epoch["top1"]


tap.run([
    ("/cli/learn/from-scratch", from_scratch),
    ("/cli/learn/permuted-labels", permuted_labels),
    ("/cli/learn/real-faces", real_faces),
    ("/cli/learn/real-faces-as-they-are", real_faces_as_they_are),
])
