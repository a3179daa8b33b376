#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Results page as a person with a screen reader meets it, against the run's own files.

usage: test-results-page.py PROGRAM, on a display and a session bus of its own (with-display)
"""

import json
import math
import os
from pathlib import Path

import window
from window import wait_for

DASH = "–"
SUBJECTS = ["Anna", "Bert", "Carl with a very long name that no column is wide enough for"]
# True person, taken for, score of the true one, best wrong score, right before training.
FACES = (
    [(0, 0, 0.8, 0.1, i < 4) for i in range(7)] + [(0, 2, 0.3, 0.4, True)]
    + [(1, 2, 0.2, 0.7, False), (1, 1, 0.6, 0.3, False)]
    + [(2, 2, 0.9, 0.2, True) for i in range(5)])


def rate(k, n):
    """Wilson, 95 %."""
    if n == 0:
        return {"value": None, "k": 0, "n": 0, "low": None, "high": None}
    p, z2 = k / n, 1.96 * 1.96
    centre = (p + z2 / 2 / n) / (1 + z2 / n)
    half = 1.96 * math.sqrt(p * (1 - p) / n + z2 / 4 / n / n) / (1 + z2 / n)
    return {"value": p, "k": k, "n": n, "low": centre - half, "high": centre + half}


def verification(tar):
    return {
        "n_genuine": 60, "n_impostor": 400, "genuine_mean": 0.7, "impostor_mean": tar / 10,
        "impostor_p999": 0.3, "d_prime": 2.5, "eer": 0.1, "eer_threshold": 0.2,
        "tar_at_far": [
            {"far": far, "tar": tar, "threshold": 0.25, "far_reached": far, "false_accepts": 4}
            for far in (0.01, 0.001)]}


def metrics(right, tar, sim):
    return {
        "train_top1": rate(30, 30), "top1": rate(right, len(FACES)),
        "top5": rate(len(FACES), len(FACES)), "macro_top1": 0.8, "rank1": rate(right, len(FACES)),
        "sim": sim, "sim_n": len(FACES), **verification(tar),
        "strangers": {"subjects": 16, "n": 206, "sim": 0.4, "low_high": verification(tar + 0.1),
                      "high_high": verification(tar + 0.2)}}


def make_results():
    subjects = []
    for i, name in enumerate(SUBJECTS):
        faces = [face for face in FACES if face[0] == i]
        wrong = [face[1] for face in faces if face[1] != i]
        subjects.append({
            "subject": name, "n": len(faces), "correct": len(faces) - len(wrong),
            "accuracy": rate(len(faces) - len(wrong), len(faces)),
            "baseline": rate(sum(face[4] for face in faces), len(faces)),
            "margin": sum(face[2] - face[3] for face in faces) / len(faces),
            "mostly_taken_for": SUBJECTS[wrong[0]] if wrong else None,
            "mostly_count": len(wrong), "example": f"/nowhere/{i}.png"})
    faces = [{
        "path": f"/nowhere/face-{i}.png", "subject": SUBJECTS[face[0]],
        "taken_for": SUBJECTS[face[1]], "rank": 1 if face[0] == face[1] else 2,
        "score_true": face[2], "score_best_wrong": face[3], "correct": face[0] == face[1],
        "baseline_correct": face[4]} for i, face in enumerate(FACES)]
    right = sum(face["correct"] for face in faces)
    return {"n": len(FACES), "subjects": len(SUBJECTS), "input": "12", "epoch": 2,
            **metrics(right, 0.6, 0.8456), "baseline": metrics(right - 4, 0.3, 0.302),
            "per_subject": subjects, "faces": faces}


RESULTS = make_results()


def write_run():
    run = Path(os.environ["XDG_DATA_HOME"], "likeness", "runs", "2026-10-17-044415-faces")
    run.mkdir(parents=True)
    (run / "results.json").write_text(json.dumps(RESULTS))
    events = [{"event": "baseline", "time": 1.0, "epoch": 0, "epochs": 2, "stage": 0,
               **RESULTS["baseline"]}]
    events += [{"event": "epoch", "time": 1.0 + epoch, "epoch": epoch, "epochs": 2, "stage": 2,
                "best_epoch": epoch, **metrics(9 + epoch, 0.5, 0.8)} for epoch in (1, 2)]
    (run / "events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events))


def names(role):
    return window.names(window.page("Results"), role)


def table_rows():
    """The texts of each row, without those of the heading."""
    table = window.find("Results of each subject")
    body = next(window.search(table, lambda n: n.get_role_name() == "list")) if table else None
    return [window.names(row, "label") for row in window.search(
        body, lambda n: n.get_role_name() == "table row")] if body else []


def percent(number):
    return f"{number * 100:.1f} %"


def interval(of):
    return f"{of['low'] * 100:.1f}–{of['high'] * 100:.1f} %"


def count(of):
    return f"{of['k']} of {of['n']}"


def expect(name):
    shown = names("panel")
    assert name in shown, (name, [n for n in shown if ": " in n])


def figures_are_those_of_the_file():
    before = RESULTS["baseline"]
    wait_for("the figures", lambda: any(n.startswith("Rank-1: ") for n in names("panel")))
    for caption, key in (("Accuracy", "top1"), ("Rank-1", "rank1")):
        now = RESULTS[key]
        expect(f"{caption}: {percent(now['value'])}, {count(now)}, {interval(now)}, "
               f"untouched: {percent(before[key]['value'])}")
    expect(f"Similarity: {RESULTS['sim']:.3f}, impostors {RESULTS['impostor_mean']:.3f}, "
           f"{RESULTS['sim_n']} faces, untouched: {before['sim']:.3f}, "
           f"impostors {before['impostor_mean']:.3f}")
    now, was = ({key: of["strangers"][key]["tar_at_far"][0]["tar"]
                 for key in ("low_high", "high_high")} for of in (RESULTS, before))
    expect(f"Strangers: {percent(now['low_high'])}, TAR at FAR 1 %, low against high: "
           f"16 subjects, 206 faces, untouched: {percent(was['low_high'])}, "
           f"high against high: {percent(now['high_high'])}, "
           f"untouched: {percent(was['high_high'])}")


def subjects_are_those_of_the_file():
    rows = wait_for("the table", table_rows)
    worst_first = sorted(RESULTS["per_subject"], key=lambda s: s["accuracy"]["high"])
    assert len(rows) == len(worst_first), rows
    for row, subject in zip(rows, worst_first):
        taken_for = subject["mostly_taken_for"] or "nobody"
        enough = subject["n"] >= 5
        expected = [subject["subject"], count(subject["accuracy"]),
                    percent(subject["accuracy"]["value"]) if enough else DASH,
                    f"{subject['margin']:.3f}", count(subject["baseline"]), taken_for]
        assert row == expected, (row, expected)


def mistakes_are_those_of_the_file():
    wrong = [face for face in RESULTS["faces"] if not face["correct"]]
    window.press(f"{len(wrong)} mistakes")
    wrong.sort(key=lambda face: face["score_true"] - face["score_best_wrong"])
    expected = [f"{face['subject']}, taken for {face['taken_for']}, similarity "
                f"{face['score_best_wrong']:.3f} against {face['score_true']:.3f}"
                for face in wrong]
    wait_for(f"the mistakes {expected}", lambda: expected == [
        n for n in names("panel") if ", taken for " in n])


def opens():
    window.start()
    window.press("Results")


def main():
    write_run()
    try:
        window.run([
            ("/results/opens", opens),
            ("/results/figures-are-those-of-the-file", figures_are_those_of_the_file),
            ("/results/subjects-are-those-of-the-file", subjects_are_those_of_the_file),
            ("/results/mistakes-are-those-of-the-file", mistakes_are_those_of_the_file),
            ("/results/quits", window.leave),
        ])
    finally:
        window.stop()


main()
