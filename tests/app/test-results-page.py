#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Results page as a person with a screen reader meets it, against the run's own files.

usage: test-results-page.py PROGRAM, on a display and a session bus of its own (with-display)
"""

import json
import math
import os
from pathlib import Path

import judged
import window

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


def opens():
    window.start()
    window.press("Results")


def tab_leads_around():
    for keys in ("Tab", "Shift+Tab"):
        met = window.tab_around(keys)
        assert ("page tab", "Results") in met and ("page tab", "2 mistakes") in met, met


def main():
    write_run()
    try:
        window.run([
            ("/results/opens", opens),
            ("/results/figures-are-those-of-the-file",
             lambda: judged.cards_are_those_of(RESULTS)),
            ("/results/subjects-are-those-of-the-file",
             lambda: judged.subjects_are_those_of(RESULTS)),
            ("/results/mistakes-are-those-of-the-file",
             lambda: judged.mistakes_are_those_of(RESULTS)),
            ("/results/tab-leads-around", tab_leads_around),
            ("/results/quits", window.leave),
        ])
    finally:
        window.stop()


main()
