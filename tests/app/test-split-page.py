#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Split page as a person with a screen reader meets it, against likeness-cli and the disk.

usage: test-split-page.py PROGRAM LIKENESS-CLI, on a display and a bus of its own (with-display)
"""

import os
import signal
import subprocess
import sys

import sample
import window
from window import Atspi, wait_for


def figures(plan):
    return {f"Subjects: {plan['subjects']}", f"Train faces: {plan['train']}",
            f"Val faces: {plan['val']}",
            f"Share of train: {plan['ratio'] * 100:.1f} %"}


def find_spin(name):
    return next(window.search(window.page("Split"), lambda n: n.get_role_name() == "spin button"
                              and n.get_name().startswith(name)))


def find_list(name):
    return wait_for(name, lambda: window.find(name, "list"))


def list_rows(name):
    """The labels of each row of a list."""
    return [window.names(row, "label") for row in window.children(find_list(name))
            if row.get_role_name() == "list item"]


def strip(name):
    """The names of the faces of a strip, as a screen reader says them."""
    return [node.get_name() for node in window.children(find_list(name))
            if node.get_role_name() == "list item"]


def bare(names):
    """File names without what is said of them."""
    return sorted(name.split(",")[0] for name in names)


def press_until(key, matches):
    """Presses a key, as a person without a mouse does, until what has the focus matches."""
    for _ in range(60):
        node = window.focused()
        if node is not None and matches(node):
            return node
        window.key(key)
        wait_for("another focus", lambda: window.focused() != node)
    raise AssertionError(f"{key} never leads there")


def is_face(name):
    return lambda node: node.get_name().split(",")[0] == name


def files_below(folder):
    return sorted(path.relative_to(folder).as_posix()
                  for path in folder.rglob("*") if path.is_file())


class Page:
    """The cases follow one another in one window, as a person's steps do."""

    def __init__(self, folder):
        self.folder = folder
        self.target = folder.with_name("edgeface_finetune")
        self.plan = None
        self.subject = "001"
        self.pinned = None
        self.pins = {}

    def dry_run(self, *options):
        return sample.cli("split", self.folder, "--dry-run", *options)

    def wait_for_plan(self, plan):
        split = window.page("Split")

        def same():
            shown = window.names(split, "panel")
            return all(any(name == figure or name.startswith(f"{figure}, ") for name in shown)
                       for figure in figures(plan))
        wait_for(f"the figures of {plan}", same)

    def opens(self):
        window.start(self.folder)
        wait_for("the data", lambda: window.find_button("Make a Training Set"))
        window.press("Make a Training Set")
        wait_for("the page", lambda: window.find_button("Commit"))

    def preview_is_that_of_the_command_line(self):
        self.plan = self.dry_run()
        assert self.plan["train"] > 0 and self.plan["val"] > 0 and self.plan["dropped"]
        self.wait_for_plan(self.plan)
        assert window.find_button(f"{self.plan['subjects']} kept")

    def kept_are_those_with_enough_faces(self):
        pooled = sample.faces_of(self.folder)
        counts = {}
        for split in ("train", "val"):
            for name, faces in pooled[split].items():
                counts[name] = counts.get(name, 0) + len(faces)
        kept = {name: n for name, n in sorted(counts.items()) if n >= 5}
        assert len(kept) == self.plan["subjects"] and len(kept) < len(counts)
        rows = list_rows("Subjects that are kept")
        assert [row[0] for row in rows] == list(kept), (rows, kept)
        sums = [sum(int(word) for word in row[1].split() if word.isdigit()) for row in rows]
        assert sums == list(kept.values()), (rows, kept)
        total = [sum(int(row[1].split()[i]) for row in rows) for i in (0, 2)]
        assert total == [self.plan["train"], self.plan["val"]], (rows, self.plan)

    def dropped_have_reasons(self):
        window.press(f"{len(self.plan['dropped'])} dropped")
        expected = sorted([drop["subject"], drop["reason"]] for drop in self.plan["dropped"])
        shown = sorted(list_rows("Subjects that are dropped"))
        assert shown == expected, (shown, expected)
        window.press(f"{self.plan['subjects']} kept")

    def ratio_changes_the_preview(self):
        other = self.dry_run("--ratio", "0.6")
        assert other["train"] != self.plan["train"], other
        spin = find_spin("Share of train")
        Atspi.Value.set_current_value(spin, 60)
        self.wait_for_plan(other)
        Atspi.Value.set_current_value(spin, 80)
        self.wait_for_plan(self.plan)

    def fewest_faces_change_the_preview(self):
        other = self.dry_run("--min-images", "3")
        assert other["subjects"] > self.plan["subjects"], other
        spin = find_spin("Fewest faces")
        Atspi.Value.set_current_value(spin, 3)
        self.wait_for_plan(other)
        Atspi.Value.set_current_value(spin, 5)
        self.wait_for_plan(self.plan)

    def test_is_pooled_only_when_asked(self):
        other = self.dry_run("--from", "train,val,test")
        assert len(other["dropped"]) + other["subjects"] > (
            len(self.plan["dropped"]) + self.plan["subjects"])
        test = wait_for("the check of test", lambda: window.find_button("test"))
        window.click(test)
        window.press(f"{len(other['dropped'])} dropped")
        window.click(test)
        window.press(f"{len(self.plan['dropped'])} dropped")
        window.press(f"{self.plan['subjects']} kept")

    def bearing_is_that_of_the_command_line(self):
        bears = self.plan["bearing"]
        counts = bears["val_per_subject"]
        texts = window.texts(window.page("Split"))
        assert (f"{counts['median']} ({counts['fewest']} to {counts['most']})" in texts
                or str(counts["median"]) in texts), texts
        assert f"±{100 * bears['half_width']:.1f} points" in texts, texts
        assert f"{bears['without_percentage']} of {self.plan['subjects']}" in texts, texts

    def test_people_stay_out(self):
        said = next(text for text in window.texts(window.page("Split")) if "in test" in text)
        strangers = len(sample.faces_of(self.folder)["test"])
        assert said.startswith(f"{strangers} "), (said, strangers)

    def changes_are_marked(self):
        other = self.dry_run("--ratio", "0.6")
        spin = find_spin("Share of train")
        Atspi.Value.set_current_value(spin, 60)
        self.wait_for_plan(other)
        fewer = other["train"] - self.plan["train"]

        def marked():
            words = [row[2].split() for row in list_rows("Subjects that are kept") if row[2]]
            return sum(int(word[0]) for word in words if word[1] == "train") == fewer
        wait_for("the marks of what changed", marked)
        wait_for("what it was", lambda: window.find(f"was {self.plan['train']}", "label"))
        Atspi.Value.set_current_value(spin, 80)
        self.wait_for_plan(self.plan)

    def subject_opens_by_keyboard(self):
        """Enter opens the row with the focus: its faces, train and val."""
        press_until("Shift+Tab", lambda node: node.get_role_name() == "list item")
        press_until("Down", lambda node: self.subject in window.names(node, "label"))
        window.key("Return")
        wait_for("the strips", lambda: window.find("Train", "list"))
        plan = self.sides()[self.subject]
        wait_for("the faces of train", lambda: bare(strip("Train")) == plan["train"])
        assert bare(strip("Val")) == plan["val"], (strip("Val"), plan)
        wait_for("the focus on a face", lambda: (node := window.focused()) and
                 bare([node.get_name()])[0] in plan["train"])

    def sides(self, *options):
        """What a commit writes: {subject: {"train": [names], "val": [names]}}."""
        place = self.folder.with_name("elsewhere")
        sample.cli("split", self.folder, "--output", place, "--replace", *options)
        faces = sample.faces_of(place)
        sample.cli("undo", place)
        return {subject: {split: faces[split][subject] for split in ("train", "val")}
                for subject in faces["train"]}

    def v_pins_to_val(self):
        face = bare([window.focused().get_name()])[0]
        before = bare(strip("Val"))
        window.key("v")
        wait_for("the face in val", lambda: face in bare(strip("Val")))
        assert any(name.startswith(face) and "pinned" in name and "changed sides" in name
                   for name in strip("Val")), strip("Val")
        # The number stays, as another face takes the place.
        assert len(strip("Val")) == len(before), strip("Val")
        wait_for("a word about it", lambda: window.find("1 face is pinned by hand.", "label"))
        # The focus has stayed in train, on the next face.
        wait_for("the next face", lambda: (node := window.focused()) and
                 node.get_name() in strip("Train"))
        self.pinned = face

    def x_pins_out_and_frees(self):
        face = bare([window.focused().get_name()])[0]
        window.key("x")
        wait_for("the face left out", lambda: window.find("Left Out", "list")
                 and face in bare(strip("Left Out")))
        press_until("Tab", is_face(face))
        window.key("x")
        wait_for("nobody left out", lambda: not window.find("Left Out", "list"))

    def t_pins_to_train(self):
        name = next(face for face in bare(strip("Val")) if face != self.pinned)
        press_until("Tab", lambda node: node.get_name() in strip("Val"))
        press_until("Right" if name > self.pinned else "Left", is_face(name))
        window.key("t")
        wait_for("the face in train", lambda: name in bare(strip("Train")))
        self.pins = {self.pinned: "val", name: "train"}

    def pins_are_those_of_the_command_line(self):
        file = self.folder.with_name("pins.txt")
        paths = {path.name: path.relative_to(self.folder).as_posix()
                 for path in self.folder.glob("*/hr_images/*")}
        file.write_text("".join(f"{side}\t{paths[name]}\n" for name, side in self.pins.items()))
        plan = self.sides("--pins", file)[self.subject]
        file.unlink()
        assert bare(strip("Train")) == plan["train"], (strip("Train"), plan)
        assert bare(strip("Val")) == plan["val"], (strip("Val"), plan)

    def pins_are_removed(self):
        window.press("Remove All Pins")
        wait_for("none", lambda: not window.find("2 faces are pinned by hand.", "label"))
        before = self.sides()[self.subject]["train"]
        wait_for("the faces as before", lambda: bare(strip("Train")) == before)
        press_until("Shift+Tab", lambda node: window.is_called(node, "All Subjects"))
        window.key("Escape")
        wait_for("the list", lambda: window.find("Subjects that are kept", "list"))

    def leftovers_are_offered_for_removal(self):
        """A split of the command line is killed in the middle; the page says what it left."""
        process = subprocess.Popen([sys.argv[2], "split", self.folder, "--output", self.target,
                                    "--quiet"], stdout=subprocess.DEVNULL)

        def left():
            return [path for path in self.folder.parent.iterdir()
                    if path.name.startswith(f".{self.target.name}.likeness-")]
        while not left():
            assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert left() and not self.target.exists()
        spin = find_spin("Seed")
        Atspi.Value.set_current_value(spin, 43)  # the page looks again
        said = f"A split into “{self.target.name}” was killed and left "
        wait_for("a word about it", lambda: any(
            text.startswith(said) for text in window.texts(window.page("Split"))))
        window.press("Remove")
        wait_for("its end", lambda: not left())
        Atspi.Value.set_current_value(spin, 42)
        wait_for("silence", lambda: not any(
            text.startswith(said) for text in window.texts(window.page("Split"))))
        self.wait_for_plan(self.plan)

    def commit_writes_what_the_preview_said(self):
        sentence = wait_for("what will be written", lambda: next(
            (text for text in window.texts(window.page("Split")) if " files, " in text), None))
        window.press("Commit")
        done = f"{self.plan['train']} + {self.plan['val']} faces written"
        wait_for("the end of it", lambda: window.find(done, "label"))
        wait_for("the banner", lambda: window.find(f"{done} to {self.target.name}.", "label"))
        assert window.find_button("Train")
        faces = sample.faces_of(self.target)
        for split in ("train", "val"):
            written = sum(len(names) for names in faces[split].values())
            assert written == self.plan[split], (split, written, self.plan)
            assert len(faces[split]) == self.plan["subjects"], (split, faces[split])
        assert not faces["test"]
        pictures = [name for name in files_below(self.target) if name.endswith(".png")]
        assert sentence.startswith(f"{len(pictures)} files, "), (sentence, len(pictures))
        verified = sample.cli("verify", self.target)
        assert verified["as_written"] and not verified["differences"], verified

    def next_target_is_another(self):
        wait_for("another place", lambda: any(
            text.startswith(f"into {self.target.name}-2,") for text in window.texts()))

    def undo_removes_exactly_it(self):
        beside = self.folder.with_name("beside")
        beside.mkdir()
        before = files_below(self.folder)
        # The one in the bar: a toast's goes by itself.
        window.press("Undo")
        wait_for("the target's end", lambda: not self.target.exists())
        assert beside.is_dir() and files_below(self.folder) == before
        left = sorted(path.name for path in self.folder.parent.iterdir())
        assert left == sorted([beside.name, self.folder.name]), left
        wait_for("the first place again", lambda: any(
            text.startswith(f"into {self.target.name},") for text in window.texts()))

    def existing_target_is_said(self):
        self.target.mkdir()
        (self.target / "mine").write_text("Somebody else's.\n")
        spin = find_spin("Share of train")
        Atspi.Value.set_current_value(spin, 70)  # the page looks again
        said = f"{self.target.name} is already there: choose another place"
        wait_for("a word about it", lambda: window.find(said, "label"))
        commit = next(window.search(window.page("Split"), lambda n: (
            n.get_role_name() == "push button" and window.is_called(n, "Commit"))))
        assert not window.is_sensitive(commit)
        assert files_below(self.target) == ["mine"]


def nothing_to_split():
    with window.program():
        window.key("Alt+2")
        wait_for("a word about it", lambda: "Nothing to Split Yet" in window.texts())
        assert window.find_button("Open Folder…")


def main():
    with sample.folder() as place:
        page = Page(sample.draw(place / "faces", subjects=10, faces=9))
        try:
            window.run([
                ("/split/opens-from-the-data", page.opens),
                ("/split/preview-is-that-of-the-command-line",
                 page.preview_is_that_of_the_command_line),
                ("/split/kept-are-those-with-enough-faces",
                 page.kept_are_those_with_enough_faces),
                ("/split/dropped-have-reasons", page.dropped_have_reasons),
                ("/split/ratio-changes-the-preview", page.ratio_changes_the_preview),
                ("/split/fewest-faces-change-the-preview",
                 page.fewest_faces_change_the_preview),
                ("/split/test-is-pooled-only-when-asked", page.test_is_pooled_only_when_asked),
                ("/split/bearing-is-that-of-the-command-line",
                 page.bearing_is_that_of_the_command_line),
                ("/split/test-people-stay-out", page.test_people_stay_out),
                ("/split/changes-are-marked", page.changes_are_marked),
                ("/split/subject-opens-by-keyboard", page.subject_opens_by_keyboard),
                ("/split/v-pins-to-val", page.v_pins_to_val),
                ("/split/x-pins-out-and-frees", page.x_pins_out_and_frees),
                ("/split/t-pins-to-train", page.t_pins_to_train),
                ("/split/pins-are-those-of-the-command-line",
                 page.pins_are_those_of_the_command_line),
                ("/split/pins-are-removed", page.pins_are_removed),
                ("/split/leftovers-are-offered-for-removal",
                 page.leftovers_are_offered_for_removal),
                ("/split/commit-writes-what-the-preview-said",
                 page.commit_writes_what_the_preview_said),
                ("/split/next-target-is-another", page.next_target_is_another),
                ("/split/undo-removes-exactly-it", page.undo_removes_exactly_it),
                ("/split/existing-target-is-said", page.existing_target_is_said),
                ("/split/quits", window.leave),
                ("/split/nothing-to-split", nothing_to_split),
            ])
        finally:
            window.stop()


main()
