# SPDX-License-Identifier: Apache-2.0
"""The Split page: look-alikes across people and test, how near is near, and faces dragged by hand."""

import shutil

import sample
import window
from window import Atspi, wait_for


def page():
    return window.page("Split")


def listed(name):
    """The rows of a list, as a screen reader says them."""
    node = wait_for(name, lambda: window.find(name, "list"))
    return [row.get_name() for row in window.children(node) if row.get_role_name() == "list item"]


def face(name):
    """The face of that file, in whatever strip."""
    strips = [strip for title in ("Train", "Val") if (strip := window.find(title, "list"))]
    return next((node for strip in strips for node in window.children(strip)
                 if node.get_name().split(",")[0] == name), None)


def bare(strip):
    return sorted(name.split(",")[0] for name in listed(strip))


def copy_face(folder, source, target):
    """One picture and its partner under another name: ("train", "001_....png"), likewise."""
    for kind in ("hr_images", "vlr_images"):
        shutil.copy(folder / source[0] / kind / source[1], folder / target[0] / kind / target[1])


class Hand:
    def __init__(self, folder):
        self.folder = folder
        faces = sample.faces_of(folder)
        first, second = sorted(faces["train"])[:2]
        self.stranger = sorted(faces["test"])[0]
        self.first, self.second = first, second
        self.pairs = []
        name = faces["train"][first][0]
        for other, split in ((second, "train"), (self.stranger, "test")):
            twin = name.replace(first, other, 1).replace(".png", "_twin.png")
            copy_face(folder, ("train", name), (split, twin))
            self.pairs.append(twin)
            name = faces["train"][first][1]

    def opens(self):
        window.start(self.folder)
        wait_for("the data", lambda: any("subjects" in text for text in window.texts()))
        window.key("Alt+2")
        wait_for("the page", lambda: window.find_button("Commit"))

    def dry_run(self, *options):
        return sample.cli("split", self.folder, "--dry-run", *options)

    def wait_for_plan(self, plan):
        wait_for(f"the figures of {plan}", lambda: any(
            name.startswith(f"Train faces: {plan['train']}") for name in window.names(page(), "panel"))
            and any(name.startswith(f"Val faces: {plan['val']}")
                    for name in window.names(page(), "panel")))

    def rows_have_names(self):
        self.wait_for_plan(self.dry_run())
        rows = listed("Subjects that are kept")
        assert rows and rows[0].startswith(f"{self.first}, "), rows
        assert all(" train, " in row and " val" in row for row in rows), rows

    def look_alikes_are_shown(self):
        wait_for("a word about them", lambda: window.find(
            "2 pairs look nearly the same, of two people or with one in test.", "label"))
        window.press("Look at Them")
        said = wait_for("the pairs", lambda: [text for text in window.texts() if "nearly the same" in
                                              text and ".png" in text])
        assert len(said) == 2, said
        assert any(self.pairs[0] in text and text.endswith("of two people") for text in said), said
        assert any(self.pairs[1] in text and ", in test, " in text for text in said), said
        window.key("Escape")
        wait_for("its end", lambda: not window.find("Pairs that look nearly the same", "list"))

    def how_near_is_that_of_the_command_line(self):
        def leak(plan):
            return f"with a near-twin in train; this plan leaves {plan['leak']}."

        usual, other = self.dry_run(), self.dry_run("--near-distance", "12")
        assert usual["naive_leak"]["faces"] == 0 < other["naive_leak"]["faces"], (usual, other)
        spin = next(window.search(page(), lambda n: n.get_role_name() == "spin button"
                                  and n.get_name().startswith("How near")))
        Atspi.Value.set_current_value(spin, 12)
        said = f"A naive split would leave {other['naive_leak']['faces']} val face"
        wait_for("the leak", lambda: any(
            text.startswith(said) and text.endswith(leak(other)) for text in window.texts(page())))
        Atspi.Value.set_current_value(spin, 4)
        wait_for("no leak", lambda: window.find(
            "No val face has a near-twin in train, however it is split.", "label"))

    def face_is_dragged_to_val(self):
        row = next(window.search(page(), lambda n: n.get_role_name() == "list item"
                                 and n.get_name().startswith(f"{self.second}, ")))
        window.click(row)
        wait_for("the strips", lambda: window.find("Train", "list") and window.find("Val", "list"))
        name = wait_for("faces", lambda: bare("Train"))[0]
        assert name not in bare("Val")

        self.drag(name, "Val")
        assert any(said.startswith(name) and "pinned" in said for said in listed("Val"))
        wait_for("a word about it", lambda: window.find("1 face is pinned by hand.", "label"))
        self.drag(name, "Train")

    def drag(self, name, strip):
        """Until it is there: the list makes its rows anew meanwhile."""
        def is_there():
            node, target = face(name), window.find(strip, "list")
            if node is not None and target is not None and name not in bare(strip):
                window.drag(node, target)
            return name in bare(strip)
        wait_for(f"{name} in {strip}", is_there)


def main():
    with sample.folder() as place:
        hand = Hand(sample.draw(place / "faces", subjects=10, faces=9))
        try:
            window.run([
                ("/split-hand/opens", hand.opens),
                ("/split-hand/rows-have-names", hand.rows_have_names),
                ("/split-hand/look-alikes-are-shown", hand.look_alikes_are_shown),
                ("/split-hand/how-near-is-that-of-the-command-line",
                 hand.how_near_is_that_of_the_command_line),
                ("/split-hand/face-is-dragged", hand.face_is_dragged_to_val),
                ("/split-hand/quits", window.leave),
            ])
        finally:
            window.stop()


main()
