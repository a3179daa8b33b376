#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Train page as a person with a screen reader meets it, against the run's own files.

usage: test-train-page.py PROGRAM CLI, on a display and a session bus of its own (with-display)
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import tap

try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi
except (ImportError, ValueError):
    print("1..0 # SKIP the accessibility library for Python is not installed")
    sys.exit(0)

PATIENCE = 60
EPOCHS = 2


def walk(node):
    """Every accessible below node; one that vanishes meanwhile is left out."""
    if node is None:
        return
    yield node
    try:
        count = node.get_child_count()
    except gi.repository.GLib.Error:
        return
    for i in range(count):
        try:
            child = node.get_child_at_index(i)
        except gi.repository.GLib.Error:
            continue
        yield from walk(child)


def wait_for(what, find):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = find()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


def application():
    desktop = Atspi.get_desktop(0)
    nodes = (desktop.get_child_at_index(i) for i in range(desktop.get_child_count()))
    return next((n for n in nodes if n is not None and n.get_name() == "likeness"), None)


def names(role):
    return [n.get_name() for n in walk(application()) if n.get_role_name() == role]


def wait_for_label(start):
    return wait_for(start, lambda: next((n for n in names("label") if n.startswith(start)), None))


def find(name, role):
    """GTK 4.8 says the text of a button twice, so only the end of its name is looked at."""
    return next((n for n in walk(application())
                 if n.get_role_name() == role and n.get_name().endswith(name)), None)


def press(name, role="push button"):
    button = wait_for(name, lambda: next(
        (n for n in walk(application()) if n.get_name().endswith(name)
         and n.get_role_name() == role
         and n.get_state_set().contains(Atspi.StateType.SENSITIVE)), None))
    Atspi.Action.do_action(button, 0)


def write(name, text):
    wait_for(name, lambda: find(name, "text")).set_text_contents(text)


def curves(title):
    """What the picture of a chart says: the last value of each curve, as text by name."""
    picture = find(title, "image")
    description = picture.get_description() if picture is not None else ""
    values = description.partition(": ")[2].partition(". ")[0]
    return dict(value.rpartition(" ")[::2] for value in values.split(", "))


def last_epoch():
    run, = Path(os.environ["XDG_DATA_HOME"], "likeness", "runs").iterdir()
    events = [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]
    return [event for event in events if event["event"] == "epoch"][-1]


def folder_is_described():
    wait_for_label("7 subjects to learn: 56 faces in train, 14 faces in val")


def wrong_value_is_said_at_its_row():
    wait_for_label("Ready.")
    write("Batch", "zero")
    wait_for_label("“batch” cannot be “zero”: give a whole number from 1 to 8192")
    wait_for_label("One of the settings cannot be used")
    press("Back to the Preset")
    wait_for_label("Ready.")
    # GTK 4.8 gives nothing where the end is -1.
    wait_for("the usual batch",
             lambda: Atspi.Text.get_text(find("Batch", "text"), 0, 9) == "32")


def run_is_told_as_it_was():
    write("Epochs, all layers", str(EPOCHS))
    wait_for_label(f"{EPOCHS} epochs of 56 faces, 32 at a time")
    press("Start")
    wait_for_label(f"Finished after {EPOCHS} epochs")
    wait_for_label(f"{EPOCHS} of {EPOCHS}")
    epoch = last_epoch()
    assert epoch["epoch"] == EPOCHS, epoch
    figures = names("panel")
    for caption, text in (
            ("Val accuracy", f"{epoch['top1']['value'] * 100:.1f} %"),
            ("Val, by centroid", f"{epoch['rank1']['value'] * 100:.1f} %"),
            ("Similarity", f"{epoch['sim']:.3f}")):
        start = f"{caption}: {text}, "
        assert any(name.startswith(start) for name in figures), (start, figures)


def charts_tell_their_last_values():
    epoch = last_epoch()
    wait_for("the curve", lambda: "Val" in curves("Accuracy"))
    assert curves("Accuracy")["Val"] == f"{epoch['top1']['value']:.4f}", curves("Accuracy")
    assert curves("Accuracy")["Train"] == f"{epoch['train_top1']['value']:.4f}"
    assert curves("Similarity")["Sim"] == f"{epoch['sim']:.4f}", curves("Similarity")


def another_run_can_be_set_up():
    press("New Run")
    wait_for_label("Ready.")
    wait_for_label(f"{EPOCHS} epochs of 56 faces, 32 at a time")


def main():
    program, cli = sys.argv[1:]
    home = Path(os.environ["XDG_DATA_HOME"]).parent
    source, folder = home / "frontal_only", home / "faces"
    subprocess.run([cli, "sample", source, "--subjects", "8", "--faces", "10", "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    subprocess.run([cli, "split", source, "--output", folder, "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    Atspi.init()
    window = subprocess.Popen([program, folder])
    try:
        wait_for("the faces", lambda: find("Everyone", "label"))
        press("Train")
        tap.run([
            ("/train/folder-is-described", folder_is_described),
            ("/train/wrong-value-is-said-at-its-row", wrong_value_is_said_at_its_row),
            ("/train/run-is-told-as-it-was", run_is_told_as_it_was),
            ("/train/charts-tell-their-last-values", charts_tell_their_last_values),
            ("/train/another-run-can-be-set-up", another_run_can_be_set_up),
        ])
    finally:
        window.terminate()
        window.wait()


main()
