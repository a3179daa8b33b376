#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Split page as a person with a screen reader meets it, against likeness-cli and the disk.

usage: test-split-page.py PROGRAM LIKENESS-CLI, on a display and a bus of its own (with-display)
"""

import sample
import window
from window import Atspi, wait_for


def figures(plan):
    return {f"Subjects: {plan['subjects']}", f"Val faces: {plan['val']}",
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


def files_below(folder):
    return sorted(path.relative_to(folder).as_posix()
                  for path in folder.rglob("*") if path.is_file())


class Page:
    """The cases follow one another in one window, as a person's steps do."""

    def __init__(self, folder):
        self.folder = folder
        self.target = folder.with_name("edgeface_finetune")
        self.plan = None

    def dry_run(self, *options):
        return sample.cli("split", self.folder, "--dry-run", *options)

    def wait_for_plan(self, plan):
        split = window.page("Split")

        def same():
            shown = window.names(split, "panel")
            train = f"Train faces: {plan['train']}"
            return (figures(plan) <= set(shown)
                    and any(name == train or name.startswith(f"{train}, ") for name in shown))
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
        window.press("Undo")
        wait_for("a word about it",
                 lambda: window.find("What was written is removed again", "label"))
        assert not self.target.exists(), files_below(self.target)
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
