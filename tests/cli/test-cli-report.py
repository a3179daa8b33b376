# SPDX-License-Identifier: Apache-2.0
"""The verb report: one HTML file of a run, made by hand here, so that nothing is trained."""

import json
import os
import xml.etree.ElementTree

import tap
from cli import done, folder, png, refused, write

NAME = "2026-10-17-044415-faces"


def make_run(root, epoch=2, results=True):
    """A run of two epochs whose only two people were taken for each other once."""
    run = os.path.join(root, NAME)
    rate = {"k": 3, "n": 4}
    lines = [{"event": "start", "classes": 2, "text": "A processor"},
             {"event": "baseline", "rank1": rate},
             {"event": "epoch", "epoch": 1, "epochs": 2, "best_epoch": 1, "rank1": rate},
             {"event": "epoch", "epoch": 2, "epochs": 2, "best_epoch": 2, "rank1": rate},
             {"event": "done", "epoch": 2, "epochs": 2, "best_epoch": 2}]
    write(os.path.join(run, "events.jsonl"),
          b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    write(os.path.join(run, "config.json"), b'{"data": "/data/faces", "seed": 4711}')
    face = os.path.join(root, "ann.png")
    write(face, png("ann"))
    judged = {
        "epoch": epoch, "input": "high", "rank1": {"k": 73, "n": 97},
        "per_subject": [
            {"subject": "<ann>", "accuracy": {"k": 6, "n": 7}, "example": face},
            {"subject": "bo\\xff", "accuracy": {"k": 5, "n": 7}, "example": "/gone.png"}],
        "faces": [{"path": face, "subject": "<ann>", "taken_for": "bo\\xff", "rank": 2,
                   "score_true": 0.25, "score_best_wrong": 0.375, "correct": False}]}
    if results:
        write(os.path.join(run, "results.json"), json.dumps(judged).encode())
    return run


def read(path):
    """The text of a report, which must be well-formed."""
    page = xml.etree.ElementTree.parse(path).getroot()
    assert page.tag == "html" and page.get("lang") == "en"
    assert not list(page.iter("script")) and not list(page.iter("link"))
    for image in page.iter("img"):
        assert image.get("src").startswith("data:image/") and image.get("alt")
    return " ".join("".join(page.itertext()).split())


def default_place():
    with folder() as root:
        run = make_run(root)
        result = done("report", run)
        path = os.path.join(run, "report.html")
        assert result.lines()[0] == path and len(result.lines()) == 2, result.out
        text = read(path)
        for words in (NAME, "17 Oct 2026", "A processor", "75.3 %", "73 of 97", "<ann>",
                      "bo\ufffd", "6 of 7", "0.375 against 0.250"):
            assert words in text, (words, text)
        assert "evaluate --run" not in text


def other_place():
    with folder() as root:
        run = make_run(root)
        path = os.path.join(root, "the report.html")
        write(path, b"an old one")
        result = done("report", "--quiet", "--json", "--output", path, run)
        assert result.json() == {"output": path, "judged": True}, result.out
        assert result.err == "" and "73 of 97" in read(path)
        assert not os.path.exists(os.path.join(run, "report.html"))


def current_folder():
    with folder() as root:
        run = make_run(root)
        assert done("report", ".", cwd=run).lines()[0] == "./report.html"
        assert NAME in read(os.path.join(run, "report.html"))
        assert done("report", run, "-o", "a.html", cwd=root).lines()[0] == "a.html"
        read(os.path.join(root, "a.html"))


def not_judged():
    """Without weights nothing can be judged: the report says so and is written."""
    with folder() as root:
        run = make_run(root, results=False)
        result = done("report", run, "--json", "--quiet")
        assert result.json()["judged"] is False
        assert "no weights to judge" in result.json()["judged_reason"]
        assert result.err.startswith("likeness-cli: the report has no current results. ")
        text = read(os.path.join(run, "report.html"))
        assert "has not been judged yet" in text and "likeness-cli evaluate --run" in text


def old_results():
    """Results of an epoch that is not the best any more are shown, and named as such."""
    with folder() as root:
        run = make_run(root, epoch=1)
        result = done("report", run)
        assert "no current results" in result.err
        text = read(os.path.join(run, "report.html"))
        assert "results are of epoch 1" in text and "73 of 97" in text


def no_run():
    with folder() as root:
        refused("report", root + "/nowhere", words=["/nowhere", "does not exist", "give"])
        refused("report", root, words=["not the folder of a run", "events.jsonl", "give"])
        run = make_run(root)
        write(os.path.join(run, "events.jsonl"), b"{}\n")
        refused("report", run, words=["Line 1 of"])
        assert not os.path.exists(os.path.join(run, "report.html"))


def bad_output():
    with folder() as root:
        run = make_run(root)
        refused("report", run, "--output", "report.pdf", status=2,
                words=["HTML", "--output report.html"])
        refused("report", run, "--output", root + "/nowhere/a.html",
                words=["could not be written", "Choose another"])
        refused("report", run, "--output", root, words=["it is a folder"])


tap.run([
    ("/cli/report/default-place", default_place),
    ("/cli/report/other-place", other_place),
    ("/cli/report/current-folder", current_folder),
    ("/cli/report/not-judged", not_judged),
    ("/cli/report/old-results", old_results),
    ("/cli/report/no-run", no_run),
    ("/cli/report/bad-output", bad_output),
])
