#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One person's way through the window, from a folder of faces to the mistakes of a run.

Each page is held against the files that it speaks of: the cases follow one another in one window.

usage: test-flow.py PROGRAM LIKENESS-CLI, on a display and a bus of its own (with-display)
"""

import json
import time

import judged
import sample
import trainpage
import window
from window import wait_for

EPOCHS = 2
ANSWER = 2  # seconds until a page is there after its key, while the processor trains


def is_active():
    """Whether the run has begun to learn and has not come to its end, by its log."""
    said = [event["event"] for event in trainpage.events()] if trainpage.run_folder() else []
    return "baseline" in said and "done" not in said


class Way:
    def __init__(self, folder):
        self.folder = folder
        self.target = folder.with_name("edgeface_finetune")
        self.plan = None

    def opens_the_folder_of_the_command_line(self):
        window.start(self.folder)
        title = window.windows()[0]
        wait_for("the title", lambda: title.get_name() == self.folder.name)
        subjects = sample.subjects_of(self.folder)
        total = sum(subjects.values())
        footer = f"{sample.n_subjects(len(subjects))}, {sample.n_faces(total)}"
        wait_for(footer, lambda: footer in window.names(window.page("Data"), "label"))
        for split, found in sample.faces_of(self.folder).items():
            faces = sum(len(names) for names in found.values())
            assert faces > 0, split
            legend = f"{split}: {sample.n_subjects(len(found))}, {sample.n_faces(faces)}"
            wait_for(legend, lambda legend=legend: window.find(legend))

    def preview_is_what_is_written(self):
        window.press("Make a Training Set")
        self.plan = sample.cli("split", self.folder, "--dry-run")
        assert self.plan["train"] > self.plan["val"] > 0, self.plan
        split = window.page("Split")
        figures = {f"Subjects: {self.plan['subjects']}", f"Val faces: {self.plan['val']}"}
        wait_for(f"the figures {figures}", lambda: figures <= set(window.names(split, "panel")))
        sentence = wait_for("what will be written", lambda: next(
            (text for text in window.texts(split) if " files, " in text), None))
        window.press("Commit")
        wait_for("the end of it", lambda: window.find(
            f"{self.plan['train']} + {self.plan['val']} faces written", "label"))
        written = sample.faces_of(self.target)
        for name in ("train", "val"):
            assert sum(map(len, written[name].values())) == self.plan[name], (name, written)
            assert len(written[name]) == self.plan["subjects"], (name, written)
        pictures = list(self.target.rglob("*.png"))
        assert sentence.startswith(f"{len(pictures)} files, "), (sentence, len(pictures))
        verified = sample.cli("verify", self.target)
        assert verified["as_written"] and not verified["differences"], verified

    def training_starts(self):
        window.press("Train", window.page("Split"))
        trainpage.wait_for_label(
            f"{sample.n_subjects(self.plan['subjects'])} to learn: "
            f"{sample.n_faces(self.plan['train'])} in train, "
            f"{sample.n_faces(self.plan['val'])} in val")
        trainpage.wait_for_label("Ready.")
        trainpage.open_settings()
        trainpage.write("Epochs, all layers", str(EPOCHS))
        trainpage.wait_for_label(f"{EPOCHS} epochs of {sample.n_faces(self.plan['train'])}")
        window.press("Start")
        wait_for("the state “Training”", lambda: window.find("Training", "label"),
                 trainpage.PATIENCE)

    def window_answers_while_it_trains(self):
        title = wait_for("the state", lambda: window.find("Training", "label"))
        wait_for("the untouched network's figures", is_active)
        for name, keys in (("Data", "Alt+1"), ("Train", "Alt+3")):
            before = time.monotonic()
            window.key(keys)
            wait_for(name, lambda name=name: window.is_on_show(name))
            # One question may take as long as the window does not answer.
            taken = time.monotonic() - before
            print(f"# {name} after {taken:.2f} s")
            assert taken < ANSWER, (name, taken)
        assert title.get_name() == "Training" and is_active(), trainpage.events()[-1]

    def run_is_told_as_it_was(self):
        trainpage.wait_for_end(EPOCHS)
        last = trainpage.epochs()[-1]
        assert last["epoch"] == EPOCHS, last
        trainpage.figures_are_those_of(last)
        trainpage.charts_tell(last)

    def results_are_those_of_the_file(self):
        window.press("Results", window.page("Train"))
        judged.wait_for_cards()
        results = json.loads((trainpage.run_folder() / "results.json").read_text())
        assert results["n"] == self.plan["val"], results["n"]
        assert results["subjects"] == self.plan["subjects"], results["subjects"]
        judged.cards_are_those_of(results)
        judged.subjects_are_those_of(results)

    def mistakes_are_the_wrong_faces(self):
        results = json.loads((trainpage.run_folder() / "results.json").read_text())
        wrong = results["n"] - results["rank1"]["k"]
        assert wrong > 1, "too well learnt to see a mistake"
        judged.mistakes_are_those_of(results)


def main():
    with sample.folder() as place:
        way = Way(sample.draw(place / "frontal_only", subjects=12, faces=18))
        try:
            window.run([
                ("/flow/opens-the-folder-of-the-command-line",
                 way.opens_the_folder_of_the_command_line),
                ("/flow/preview-is-what-is-written", way.preview_is_what_is_written),
                ("/flow/training-starts", way.training_starts),
                ("/flow/window-answers-while-it-trains", way.window_answers_while_it_trains),
                ("/flow/run-is-told-as-it-was", way.run_is_told_as_it_was),
                ("/flow/results-are-those-of-the-file", way.results_are_those_of_the_file),
                ("/flow/mistakes-are-the-wrong-faces", way.mistakes_are_the_wrong_faces),
                ("/flow/quits", window.leave),
            ])
        finally:
            window.stop()


main()
