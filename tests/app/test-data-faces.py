#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the Data page finds out about faces, and what can be decided about them, by the keyboard.

usage: test-data-faces.py PROGRAM LIKENESS-CLI, on a display and a bus of its own (with-display)
"""

import csv
import os
import shutil
from pathlib import Path

import sample
import window
from window import Atspi, wait_for

NEAR = "001_01_01_010_80_crop_128.png"  # a copy of 001's first face
NAMED = "003_01_01_010_81_crop_128.png"  # a copy of 002's first face
MENU_ROLES = ("menu item", "radio menu item", "check menu item")
FIRST = "001_01_01_010_00_crop_128.png"
TWIN = "near-duplicate, same file as another"
MOVED = f"{FIRST}, in val, {TWIN}, in both splits, pinned to train"


def data():
    return window.page("Data")


def rows():
    table = window.find("Subjects", "list")
    return [n.get_name() for n in window.children(table) if n.get_name()] if table else []


def wait_for_people(*people):
    wait_for(f"the rows of {people}", lambda: tuple(r.split(",")[0] for r in rows()) == people)


def cell(words):
    """The face whose words in the grid begin so; there is no grid while a folder is opened."""
    grid = window.find("Faces", "table", data())
    faces = window.children(grid) if grid else []
    return next((n for n in faces if n.get_name().startswith(words)), None)


def says(text):
    """Whether the page says so, in view or to be scrolled to."""
    return text in window.names(data(), "label")


def has_label(text):
    return window.find(text, "label", data()) is not None


def tab_to(what, is_there, most=60):
    """Presses Tab until what has the focus is what is wanted."""
    node = wait_for("a focus", window.focused)
    for _ in range(most):
        if is_there(node):
            return node
        before = node
        window.key("Tab")
        node = wait_for("the next focus", lambda before=before: (
            None if window.has_focus(before) else window.focused()))
    raise AssertionError(f"{what} cannot be reached by Tab")


def act(name):
    """Presses what is called so, the innermost first, in view or to be scrolled to."""
    node = wait_for(name, lambda: list(window.search(None, lambda n: (
        n.get_role_name() in ("push button", *MENU_ROLES) and window.is_called(n, name))))[-1:])[0]
    Atspi.Action.do_action(node, 0)


def kept(name):
    """The lines of a file in the user's data folder of the one data set."""
    found = list(Path(os.environ["XDG_DATA_HOME"], "likeness", "datasets").glob(f"*/{name}"))
    return found[0].read_text().splitlines() if len(found) == 1 else []


class Faces:
    def __init__(self, folder):
        self.folder = folder
        for source, copy in ((FIRST, NEAR), (FIRST.replace("001", "002", 1), NAMED)):
            for place in folder.glob("train/*"):
                shutil.copy(place / source, place / copy)
        self.before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}

    def near_duplicates_are_found_and_filtered(self):
        window.start(self.folder)
        wait_for("the filter", lambda: window.find_button("Near-Duplicates 1"))
        assert window.find_button(f"All {len(sample.subjects_of(self.folder))}")
        window.press("Near-Duplicates 1")
        wait_for_people("001")
        assert rows()[0].endswith("near-duplicates, the same file twice"), rows()
        wait_for("its face", lambda: cell(f"{NEAR}, in train, near-duplicate"))
        window.press("Two Names 2")
        wait_for_people("002", "003")
        window.press("Same File 3")
        wait_for_people("001", "002", "003")

    def one_picture_under_two_names_is_a_warning(self):
        window.press("All 8")
        wait_for("everybody", lambda: len(rows()) == 8)
        wait_for("the warning", lambda: has_label(
            "1 picture stands under two names: one of the two labels is wrong. "
            "1 is the very same file."))
        window.press("Show Them")
        wait_for_people("002", "003")
        window.press("All 8")

    def choose_order(self, name):
        act("Order")
        act(name)

    def order_puts_flags_first(self):
        counts = sample.subjects_of(self.folder)
        flags = {name: (count < 5) + 2 * (name in ("001", "002", "003"))
                 for name, count in counts.items()}
        self.choose_order("Most Flags First")
        wait_for_people(*sorted(counts, key=lambda name: -flags[name]))
        self.choose_order("Name")
        wait_for_people(*counts)

    def inspector_opens_by_keyboard(self):
        window.key("Control+f")
        tab_to("a face", lambda n: n.get_role_name() == "table cell")
        window.key("Right")
        window.key("Home")
        wait_for("the first face", lambda: window.has_focus(cell(FIRST)))
        window.key("Return")
        wait_for("the inspector", lambda: has_label("PSNR"))
        wait_for("its split", lambda: says("train"))
        wait_for("its near-duplicate", lambda: says("Near-Duplicates (1)"))
        wait_for("what it is", lambda: next(window.search(data(), lambda n: (
            n.get_name() == f"{NEAR}, of 001, in train, the very same file")), None))
        window.key("F9")
        wait_for("its end", lambda: not has_label("PSNR"))
        window.key("F9")
        wait_for("the inspector again", lambda: has_label("PSNR"))

    def tab_leads_around(self):
        for keys in ("Tab", "Shift+Tab"):
            names = [name for role, name in window.tab_around(keys)]
            for name in ("Near-Duplicates 1", FIRST, f"{NEAR}, of 001", "Find a subject"):
                assert any(n.startswith(name) for n in names), (name, names)

    def quality_is_that_of_the_command_line(self):
        place = self.folder.with_name("quality.csv")
        sample.cli("quality", self.folder, "--csv", place)
        with open(place, newline="", encoding="utf-8") as file:
            line = next(r for r in csv.DictReader(file) if r["path"].endswith(FIRST))
        figures = [float(v) for k, v in line.items() if "psnr" in k or "ssim" in k][:2]
        wait_for(f"{figures}", lambda: says(f"{figures[0]:.2f} dB") and says(f"{figures[1]:.3f}"))

    def subjects_are_ordered_by_quality(self):
        measured = sample.cli("quality", self.folder)["per_subject"]
        means = {one["subject"]: [one["bilinear"][figure]["value"] for figure in ("psnr", "ssim")]
                 for one in measured}
        self.choose_order("Lowest SSIM First")
        wait_for_people(*(one["subject"] for one in measured))
        for row in rows():
            psnr, ssim = means[row.split(",")[0]]
            assert row.endswith(f", PSNR {psnr:.2f} dB, SSIM {ssim:.3f}"), row
        self.choose_order("Lowest PSNR First")
        wait_for_people(*sorted(means, key=lambda name: means[name][0]))
        self.choose_order("Name")
        wait_for_people(*sorted(means))

    def keys_pin_and_exclude(self):
        wait_for("the focus", lambda: window.has_focus(cell(FIRST)))
        window.key("v")
        wait_for("the pin", lambda: cell(f"{FIRST}, in train, {TWIN}, pinned to val"))
        wait_for("its line", lambda: kept("pins.tsv") == [f"val\ttrain/hr_images/{FIRST}"])
        window.key("t")
        wait_for("another pin", lambda: kept("pins.tsv") == [f"train\ttrain/hr_images/{FIRST}"])
        window.press("Undo")
        wait_for("the pin again", lambda: cell(f"{FIRST}, in train, {TWIN}, pinned to val"))
        window.key("space")
        wait_for("excluded", lambda: cell(
            f"{FIRST}, in train, {TWIN}, pinned to val, excluded"))
        wait_for("its line", lambda: kept("excluded.tsv") == [f"face\ttrain/hr_images/{FIRST}"])
        window.key("space")
        wait_for("included", lambda: kept("excluded.tsv") == [])

    def buttons_pin_by_keyboard(self):
        tab_to("Out", lambda n: window.is_called(n, "Out"))
        window.key("space")
        wait_for("the pin", lambda: kept("pins.tsv") == [f"out\ttrain/hr_images/{FIRST}"])
        wait_for("its words", lambda: says(f"{TWIN}, pinned to out"))
        tab_to("the same face", lambda n: window.is_called(n, "Out"))
        window.key("space")
        wait_for("no pin", lambda: kept("pins.tsv") == [])
        act("Train")
        wait_for("the pin", lambda: kept("pins.tsv") == [f"train\ttrain/hr_images/{FIRST}"])

    def path_is_copied(self):
        tab_to("Copy Path", lambda n: window.is_called(n, "Copy Path"))
        window.key("Return")
        wait_for("a word about it", lambda: window.find("Path copied", "label"))

    def structures_are_compared(self):
        counts = sample.faces_of(self.folder)
        pool = [len(counts["train"].get(s, ())) + len(counts["val"].get(s, ()))
                for s in sample.subjects_of(self.folder)]
        enough = [n for n in pool if n >= 5]
        window.press("Compare Structures")
        wait_for("the window", lambda: len(window.windows()) == 2)
        dialog = window.windows()[1]
        train = sum(map(len, counts["train"].values()))
        wait_for("these faces", lambda: any(
            text.startswith(f"train: {len(counts['train'])} people, {train} faces")
            for text in window.names(dialog, "label")))
        wait_for("those of a training set", lambda: any(
            text.startswith(f"train: {len(enough)} people, {round(0.8 * sum(enough))} faces")
            for text in window.names(dialog, "label")))
        act("Copy the Table")
        wait_for("a word about it", lambda: "Table copied" in window.names(dialog, "label"))
        window.key("Escape")
        wait_for("its end", lambda: len(window.windows()) == 1)

    def source_was_never_written_to(self):
        assert {path: path.stat().st_mtime_ns for path in self.folder.rglob("*")} == self.before

    def moved_face_is_named_and_keeps_its_pin(self):
        for place in self.folder.glob("train/*"):
            (self.folder / "val" / place.name).mkdir(exist_ok=True)
            (place / FIRST).rename(self.folder / "val" / place.name / FIRST)
        wait_for("a word about it", lambda: has_label("Folder changed."))
        window.press("Rescan")
        # A toast says it too, and is gone in a moment: this stays.
        window.press("1 marked face elsewhere")
        wait_for("the list", lambda: len(window.windows()) == 2)
        wait_for("its name and place", lambda: {
            f"train/hr_images/{FIRST}", f"Moved to val/hr_images/{FIRST}; its mark went along.",
        } <= set(window.names(window.windows()[1], "label")))
        window.key("Escape")
        wait_for("its end", lambda: len(window.windows()) == 1)
        wait_for("the face", lambda: cell(MOVED))
        wait_for("nothing to rescan", lambda: not has_label("Folder changed."))

    def vanished_folder_is_said(self):
        self.folder.rename(self.folder.with_name("elsewhere"))
        wait_for("a sentence", lambda: any(
            text.startswith("The folder is gone") for text in window.texts(data())))
        assert window.find_button("Open Another Folder…")
        window.key("F5")
        wait_for("the failure", lambda: has_label("Folder Not Found"))
        self.folder.with_name("elsewhere").rename(self.folder)
        window.leave()

    def recent_folder_is_offered(self):
        with window.program():
            row = wait_for("the folder", lambda: next(window.search(data(), lambda n: (
                n.get_role_name() == "list item" and self.folder.name in n.get_name()
                and window.is_shown(n))), None))
            tab_to("the folder", lambda n: n == row)
            window.key("Return")
            wait_for("its people", lambda: len(rows()) == 8)
            wait_for("its pin", lambda: cell(MOVED))
            # And in the menu, wherever one is.
            window.press("Too Few 5")
            wait_for("fewer", lambda: len(rows()) == 5)
            act("Main Menu")
            act(self.folder.name)
            wait_for("its people again", lambda: cell(MOVED))


def main():
    with sample.folder() as place:
        faces = Faces(sample.draw(place / "faces of somebody"))
        try:
            window.run([
                ("/faces/near-duplicates-are-found-and-filtered",
                 faces.near_duplicates_are_found_and_filtered),
                ("/faces/one-picture-under-two-names-is-a-warning",
                 faces.one_picture_under_two_names_is_a_warning),
                ("/faces/order-puts-flags-first", faces.order_puts_flags_first),
                ("/faces/subjects-are-ordered-by-quality",
                 faces.subjects_are_ordered_by_quality),
                ("/faces/inspector-opens-by-keyboard", faces.inspector_opens_by_keyboard),
                ("/faces/tab-leads-around", faces.tab_leads_around),
                ("/faces/quality-is-that-of-the-command-line",
                 faces.quality_is_that_of_the_command_line),
                ("/faces/keys-pin-and-exclude", faces.keys_pin_and_exclude),
                ("/faces/buttons-pin-by-keyboard", faces.buttons_pin_by_keyboard),
                ("/faces/path-is-copied", faces.path_is_copied),
                ("/faces/structures-are-compared", faces.structures_are_compared),
                ("/faces/source-was-never-written-to", faces.source_was_never_written_to),
                ("/faces/moved-face-is-named-and-keeps-its-pin",
                 faces.moved_face_is_named_and_keeps_its_pin),
                ("/faces/vanished-folder-is-said", faces.vanished_folder_is_said),
                ("/faces/recent-folder-is-offered", faces.recent_folder_is_offered),
            ])
        finally:
            window.stop()


main()
