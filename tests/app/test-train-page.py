#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Train page as a person with a screen reader meets it, against the run's own files.

usage: test-train-page.py PROGRAM LIKENESS-CLI, on a display and a bus of its own (with-display)
"""

import sample
import trainpage
import window
from trainpage import wait_for_label
from window import Atspi, wait_for

EPOCHS = 2


def opens(folder):
    window.start(folder)
    window.press("Train", window.page("Data"))


def folder_is_described():
    wait_for_label("7 subjects to learn: 56 faces in train, 14 faces in val")


def wrong_value_is_said_at_its_row():
    wait_for_label("Ready.")
    trainpage.open_settings()
    trainpage.write("Batch", "zero")
    wait_for_label("“batch” cannot be “zero”: give a whole number from 1 to 8192")
    wait_for_label("One of the settings cannot be used")
    trainpage.reset()
    wait_for_label("Ready.")
    # GTK 4.8 gives nothing where the end is -1.
    wait_for("the usual batch",
             lambda: Atspi.Text.get_text(trainpage.find_entry("Batch"), 0, 9) == "32")


def run_is_told_as_it_was():
    trainpage.write("Epochs, all layers", str(EPOCHS))
    wait_for_label(f"{EPOCHS} epochs of 56 faces, 32 at a time")
    window.press("Start")
    trainpage.wait_for_end(EPOCHS)
    epoch = trainpage.epochs()[-1]
    assert epoch["epoch"] == EPOCHS, epoch
    trainpage.figures_are_those_of(epoch)


def charts_tell_their_last_values():
    trainpage.charts_tell(trainpage.epochs()[-1])


def tab_leads_around():
    for keys in ("Tab", "Shift+Tab"):
        met = window.tab_around(keys)
        assert ("page tab", "Train") in met and ("image", "Similarity") in met, met


def another_run_can_be_set_up():
    window.press("New Run")
    wait_for_label("Ready.")
    wait_for_label(f"{EPOCHS} epochs of 56 faces, 32 at a time")


def main():
    with sample.folder() as place:
        sample.cli("sample", place / "frontal_only", "--subjects", "8", "--faces", "10")
        sample.cli("split", place / "frontal_only", "--output", place / "faces")
        try:
            window.run([
                ("/train/opens", lambda: opens(place / "faces")),
                ("/train/folder-is-described", folder_is_described),
                ("/train/wrong-value-is-said-at-its-row", wrong_value_is_said_at_its_row),
                ("/train/run-is-told-as-it-was", run_is_told_as_it_was),
                ("/train/charts-tell-their-last-values", charts_tell_their_last_values),
                ("/train/tab-leads-around", tab_leads_around),
                ("/train/another-run-can-be-set-up", another_run_can_be_set_up),
                ("/train/quits", window.leave),
            ])
        finally:
            window.stop()


main()
