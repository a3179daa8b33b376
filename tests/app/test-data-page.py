#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Data page as a person with a screen reader meets it, against what lies on the disk.

usage: test-data-page.py PROGRAM LIKENESS-CLI, on a display and a bus of its own (with-display)
"""

from pathlib import Path

import sample
import window
from window import Atspi, wait_for

DISJOINT = ("Every split holds different people: right for super-resolution, "
            "cannot validate a recogniser.")
FEWEST = 5  # faces that a split takes from a person by default
BROKEN = {"001_01_01_010_90_crop_128.png": lambda whole: whole[:len(whole) // 2],
          "001_01_01_010_91_crop_128.png": lambda whole: b"Not a picture at all.\n",
          "999_01_01_010_00_crop_128.png": lambda whole: b""}
UNUSABLE = "999"  # who has nothing else


def rows():
    """What a screen reader says of each subject, in the order of the list."""
    table = window.find("Subjects", "list")
    return [n.get_name() for n in window.children(table) if n.get_name()] if table else []


def row_names(subjects, excluded=(), unreadable=()):
    names = []
    for name, count in subjects.items():
        words = [name, sample.n_faces(count)]
        words += ["too few faces"] if count < FEWEST else []
        words += ["unreadable files"] if name in unreadable else []
        words += ["excluded"] if name in excluded else []
        names.append(", ".join(words))
    return names


def wait_for_rows(expected):
    shown = []

    def same():
        shown[:] = rows()
        return shown == expected
    try:
        wait_for(f"the subjects {expected}", same)
    except AssertionError:
        raise AssertionError(f"shown {shown}, expected {expected}") from None


class Page:
    """The cases that look at one data set; its window stays open between them."""

    def __init__(self, folder):
        self.folder = folder
        self.subjects = sample.subjects_of(folder)
        self.everyone = {**self.subjects, UNUSABLE: 0}
        self.faces = sample.faces_of(folder)
        whole = (folder / "train/hr_images/001_01_01_010_00_crop_128.png").read_bytes()
        for name, damage in BROKEN.items():
            (folder / "train/hr_images" / name).write_bytes(damage(whole))

    def row_names(self, subjects, excluded=()):
        return row_names(subjects, excluded, {name.split("_")[0] for name in BROKEN})

    def opens(self):
        window.start(self.folder)
        wait_for("the faces", lambda: "Everyone" in window.texts(window.page("Data")))

    def title_is_the_folder(self):
        wait_for("the title", lambda: window.windows()[0].get_name() == self.folder.name)

    def verdict_is_what_the_folder_is(self):
        splits = [set(subjects) for subjects in self.faces.values() if subjects]
        assert len(splits) == 3 and not set.intersection(*splits), splits
        wait_for("the verdict", lambda: window.find(DISJOINT, "label"))
        wait_for("the next step", lambda: window.find_button("Make a Training Set"))

    def counts_are_those_of_the_files(self):
        total = sum(self.subjects.values())
        footer = (f"{sample.n_subjects(len(self.subjects))}, {sample.n_faces(total)}, "
                  f"{len(BROKEN)} skipped")
        wait_for(footer, lambda: window.find_button(footer))
        for split, subjects in self.faces.items():
            faces = sum(len(names) for names in subjects.values())
            legend = f"{split}: {sample.n_subjects(len(subjects))}, {sample.n_faces(faces)}"
            wait_for(legend, lambda legend=legend: window.find(legend))
        assert sample.n_faces(total) in window.texts(window.page("Data"))

    def subjects_are_those_of_the_files(self):
        assert len(set(self.subjects.values())) > 4, self.subjects
        wait_for_rows(self.row_names(self.everyone))

    def search_filters(self):
        data = window.page("Data")
        window.key("Control+f")
        entry = wait_for("the search entry with the focus", lambda: next(window.search(
            data, lambda n: n.get_name() == "Find a subject" and window.has_focus(n)), None))
        window.key("3")
        found = {name: n for name, n in self.subjects.items() if "3" in name}
        assert 0 < len(found) < len(self.subjects)
        wait_for_rows(self.row_names(found))
        window.set_text(entry, "nobody is called so")
        wait_for("a word about it", lambda: "Nobody Found" in window.texts(data))
        window.key("Escape")
        wait_for_rows(self.row_names(self.everyone))

    def choose(self, position):
        table = wait_for("the list", lambda: window.find("Subjects", "list"))
        Atspi.Selection.clear_selection(table)
        assert Atspi.Selection.select_child(table, position)
        name = list(self.subjects)[position]
        wait_for("the faces of the chosen", lambda: {name, sample.n_faces(self.subjects[name])}
                 <= set(window.texts(window.page("Data"))))
        return name

    def excluding_can_be_undone(self):
        name = self.choose(1)
        window.press("Exclude")
        wait_for_rows(self.row_names(self.everyone, [name]))
        wait_for("a word about it", lambda: window.find(f"{name} is excluded", "label"))
        window.press("Undo")
        wait_for_rows(self.row_names(self.everyone))

    def space_excludes(self):
        name = list(self.subjects)[2]
        row = wait_for("the row", lambda: window.find(self.row_names(self.everyone)[2], "list item"))
        window.click(row)
        wait_for("the focus", lambda: window.has_focus(row))
        window.key("space")
        wait_for_rows(self.row_names(self.everyone, [name]))
        window.key("space")
        wait_for_rows(self.row_names(self.everyone))
        window.press("Show Everyone")
        wait_for("everyone", lambda: "Everyone" in window.texts(window.page("Data")))

    def unusable_subject_is_told(self):
        table = wait_for("the list", lambda: window.find("Subjects", "list"))
        Atspi.Selection.clear_selection(table)
        assert Atspi.Selection.select_child(table, list(self.everyone).index(UNUSABLE))
        wait_for("a word about it", lambda: {UNUSABLE, sample.n_faces(0), "No Usable Faces"}
                 <= set(window.texts(window.page("Data"))))
        window.press("Show Everyone")
        wait_for("everyone", lambda: {"Everyone"} == {"Everyone", "No Usable Faces"}
                 & set(window.texts(window.page("Data"))))

    def skipped_are_listed_with_reasons(self):
        expected = {Path(skip["path"]).name: skip["reason"]
                    for skip in sample.cli("scan", self.folder)["skipped"]}
        assert set(expected) == set(BROKEN) and all(expected.values()), expected
        footer = next(window.search(window.page("Data"), lambda n: (
            n.get_role_name() == "push button" and n.get_name().endswith("skipped"))))
        Atspi.Action.do_action(footer, 0)
        wait_for("the window of reasons", lambda: len(window.windows()) == 2)
        reasons = window.windows()[1]
        assert reasons.get_name() == "Skipped Files", reasons.get_name()

        def listed():
            labels = window.names(reasons, "label")
            return all(
                any(label.endswith(name) and after == reason
                    for label, after in zip(labels, labels[1:]))
                for name, reason in expected.items())
        wait_for(f"{expected}", listed)
        window.key("Escape")
        wait_for("its end", lambda: len(window.windows()) == 1)

    def pages_have_keys(self):
        window.key("Alt+2")
        wait_for("Split", lambda: window.find_button("Commit"))
        wait_for("no Data", lambda: window.find_button("Make a Training Set") is None)
        window.key("Alt+1")
        wait_for("Data", lambda: window.find_button("Make a Training Set"))


def says(title, words):
    """The sentence of a folder that cannot be opened, with words in it, and the ways on."""
    def sentence():
        labels = window.texts(window.page("Data"))
        return title in labels and any(all(word in label for word in words) for label in labels)
    wait_for(f"“{title}” with {words}", sentence)
    assert window.find_button("Open Another Folder…")
    assert window.find_button("Try Again")


def empty_folder_is_said_and_mended(faces, expected):
    with sample.folder() as place:
        (place / "nothing").mkdir()
        with window.program(place / "nothing"):
            says("No Faces Found", ["nothing”"])
            (place / "nothing").rmdir()
            faces.rename(place / "nothing")
            window.press("Try Again")
            wait_for_rows(expected)
            (place / "nothing").rename(faces)


def missing_folder_is_said():
    with sample.folder() as place, window.program(place / "gone"):
        says("Folder Not Found", ["gone"])


def file_is_said():
    with sample.folder() as place:
        (place / "face.png").write_bytes(b"not a folder")
        with window.program(place / "face.png"):
            says("Not a Folder", ["face.png"])


def training_set_is_ready(folder):
    made = folder.with_name("made")
    plan = sample.cli("split", folder, "--output", made)
    assert [drop["reason"] for drop in plan["dropped"] if drop["subject"] == UNUSABLE] == [
        "none of its files can be used"], plan["dropped"]
    people = {split: set(subjects) for split, subjects in sample.faces_of(made).items()}
    assert people["train"] == people["val"] and len(people["val"]) == plan["subjects"], people
    with window.program(made):
        verdict = f"The same {plan['subjects']} people in train and val, no face in both: ready."
        wait_for("the verdict", lambda: window.find(verdict, "label"))
        wait_for("the next step", lambda: window.find_button("Train"))


def welcome_shows_the_way():
    with window.program():
        wait_for("the welcome", lambda: "Open a Folder of Faces" in window.texts())
        assert window.find_button("Open Folder…")
        assert window.find_button("Try with a Sample")


def main():
    with sample.folder() as place:
        folder = place / "faces of somebody"
        page = Page(sample.draw(folder))
        try:
            window.run([
                ("/data/opens-the-folder-of-the-command-line", page.opens),
                ("/data/title-is-the-folder", page.title_is_the_folder),
                ("/data/verdict-is-what-the-folder-is", page.verdict_is_what_the_folder_is),
                ("/data/counts-are-those-of-the-files", page.counts_are_those_of_the_files),
                ("/data/subjects-are-those-of-the-files", page.subjects_are_those_of_the_files),
                ("/data/search-filters", page.search_filters),
                ("/data/excluding-can-be-undone", page.excluding_can_be_undone),
                ("/data/space-excludes", page.space_excludes),
                ("/data/unusable-subject-is-told", page.unusable_subject_is_told),
                ("/data/skipped-are-listed-with-reasons", page.skipped_are_listed_with_reasons),
                ("/data/pages-have-keys", page.pages_have_keys),
                ("/data/quits", window.leave),
                ("/data/training-set-is-ready", lambda: training_set_is_ready(folder)),
                ("/data/empty-folder-is-said-and-mended",
                 lambda: empty_folder_is_said_and_mended(
                     folder, page.row_names(page.everyone))),
                ("/data/missing-folder-is-said", missing_folder_is_said),
                ("/data/file-is-said", file_is_said),
                ("/data/welcome-shows-the-way", welcome_shows_the_way),
            ])
        finally:
            window.stop()


main()
