# SPDX-License-Identifier: Apache-2.0
"""What the tests of the window do on the Train page, and the run's own files beside it."""

import json
import os
from pathlib import Path

import window
from window import Atspi, wait_for

PATIENCE = 150  # seconds for a training, on machines that are busy


def wait_for_label(start, patience=window.PATIENCE):
    return wait_for(start, lambda: next((
        name for name in window.names(window.page("Train"), "label")
        if name.startswith(start)), None), patience)


def open_settings():
    """Unfolds More settings, as a click on the row does."""
    if window.find("Batch", "text", window.page("Train")) is None:
        window.click(wait_for("More settings", lambda: window.find("More settings", "label")))


def reset():
    """Presses the button of the row of settings, which the point in its middle does not meet."""
    button = wait_for("Back to the Preset", lambda: next(window.search(
        window.page("Train"), lambda n: window.is_called(n, "Back to the Preset")), None))
    Atspi.Action.do_action(button, 0)


def find_entry(name):
    return next(window.search(window.page("Train"), lambda n: (
        n.get_role_name() == "text" and n.get_name().endswith(name))), None)


def write(name, text):
    window.set_text(wait_for(name, lambda: find_entry(name)), text)


def run_folder():
    """The only run there is, or None while it has none."""
    runs = Path(os.environ["XDG_DATA_HOME"], "likeness", "runs")
    found = list(runs.iterdir()) if runs.is_dir() else []
    assert len(found) <= 1, found
    return found[0] if found else None


def events():
    """Those of the run's log so far; a line that is still being written is none."""
    log = run_folder() / "events.jsonl"
    return [json.loads(line) for line in log.read_text().splitlines(keepends=True)
            if line.endswith("\n")]


def epochs():
    return [event for event in events() if event["event"] == "epoch"]


def wait_for_end(n_epochs):
    wait_for_label(f"Finished after {n_epochs} epochs", PATIENCE)
    wait_for_label(f"{n_epochs} of {n_epochs}")


def figures_are_those_of(epoch):
    shown = window.names(window.page("Train"), "panel")
    for caption, text in (
            ("Val accuracy", f"{epoch['top1']['value'] * 100:.1f} %, "
                             f"train {epoch['train_top1']['value'] * 100:.1f} %"),
            ("Val, by centroid", f"{epoch['rank1']['value'] * 100:.1f} %, untouched "),
            ("Similarity", f"{epoch['sim']:.3f}, untouched ")):
        start = f"{caption}: {text}"
        assert any(name.startswith(start) for name in shown), (start, shown)


def curves(title):
    """What the picture of a chart says: the last value of each curve, as text by name."""
    picture = next(window.search(window.page("Train"), lambda n: (
        n.get_role_name() == "image" and n.get_name() == title)), None)
    description = picture.get_description() if picture is not None else ""
    values = description.partition(": ")[2].partition(". ")[0]
    return dict(value.rpartition(" ")[::2] for value in values.split("; "))


def charts_tell(epoch):
    expected = {
        "Accuracy": {"Val": epoch["top1"]["value"], "Train": epoch["train_top1"]["value"],
                     "Val, by centroid": epoch["rank1"]["value"]},
        "Similarity": {"Sim": epoch["sim"], "Impostor mean": epoch["impostor_mean"]},
    }
    for title, values in expected.items():
        digits = {name: f"{value:.4f}" for name, value in values.items()}
        # A chart takes in what is new with the next frame.
        wait_for(f"{title} with {digits}, not {curves(title)}",
                 lambda title=title, digits=digits: digits.items() <= curves(title).items())
