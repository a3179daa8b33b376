#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every page in a window of a phone's size, from right to left, and by its letters.

usage: test-window-shape.py PROGRAM LIKENESS-CLI RIGHT-TO-LEFT-MODULE, on a display and a bus of its
own (with-display)
"""

import contextlib
import os
import re
import sys
from pathlib import Path

import sample
import window
from window import wait_for

PHONE = (360, 640)
USUAL = (1170, 770)  # as the window opens for the first time
FRAME = 10  # of both sides together, without a window manager
PAGES = ("Data", "Split", "Train", "Results")


@contextlib.contextmanager
def surroundings(size, **variables):
    """A window that comes back with this size, with these variables in its environment."""
    settings = Path(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
    settings.parent.mkdir(parents=True, exist_ok=True)
    whole = tuple(length + FRAME for length in size)
    settings.write_text(f"[org/likeness/Likeness]\nwindow-size={whole}\n")
    variables["GSETTINGS_BACKEND"] = "keyfile"
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def size():
    place = window.box(window.windows()[0])
    return place.width, place.height


def show(page):
    window.key(f"Alt+{PAGES.index(page) + 1}")
    wait_for(page, lambda: window.texts(window.page(page)))


def wait_for_data():
    wait_for("the data", lambda: window.find_button("Compare Structures"))


def wait_for_plan():
    show("Split")
    wait_for("the plan", lambda: window.find("What the data can bear", "label"))


def wait_for_setup():
    show("Train")
    wait_for("the set-up", lambda: window.find_button("Start"))


def every_page_has(expected):
    """A page that needs more room makes the window larger."""
    assert size() == expected, ("Data", size())
    wait_for_plan()
    assert size() == expected, ("Split", size())
    wait_for_setup()
    assert size() == expected, ("Train", size())
    show("Results")
    assert size() == expected, ("Results", size())
    show("Data")


def first_subject(folder):
    name = next(iter(sample.subjects_of(folder)))
    return wait_for(name, lambda: next(window.search(window.page("Data"), lambda n: (
        n.get_name().startswith(f"{name}, ") and window.is_shown(n))), None))


def first_face():
    grid = window.find("Faces", "table", window.page("Data"))
    return next((n for n in window.children(grid) if ".png, in " in n.get_name()), None
                ) if grid else None


def fits_a_phone(folder):
    with surroundings(PHONE), window.program(folder):
        wait_for_data()
        every_page_has(PHONE)
        # The faces take the subjects' place, and give it back.
        window.click(first_subject(folder))
        # The cursor is at the first face, which is one of the subject's.
        wait_for("the first face", lambda: (focus := window.focused()) is not None
                 and ".png, in " in focus.get_name())
        assert size() == PHONE, size()
        window.key("F9")
        wait_for("the inspector", lambda: window.find("No Face Chosen", "label")
                 or window.find("PSNR", "label"))
        assert size() == PHONE, size()
        window.key("Escape")
        window.key("Alt+Left")
        wait_for("the subject again", lambda: (focus := window.focused()) is not None
                 and focus.get_name().endswith(" faces"))


def welcomes_on_a_phone():
    with surroundings(PHONE), window.program():
        wait_for("the welcome", lambda: window.find_button("Try with a Sample"))
        for page in PAGES:
            show(page)
            assert size() == PHONE, (page, size())


def middle_of(node):
    place = window.box(node)
    return place.x + place.width / 2


def runs_from_right_to_left(folder):
    with surroundings(USUAL, LD_PRELOAD=os.path.abspath(sys.argv[3])), window.program(folder):
        wait_for_data()
        subjects = middle_of(wait_for("the subjects", lambda: window.find("Subjects")))
        faces = middle_of(wait_for("the faces", lambda: window.find("Faces")))
        assert subjects > faces, (subjects, faces)
        first, second = (middle_of(window.find_button(label)) for label in (
            "Compare Structures", "Make a Training Set"))
        assert first > second, (first, second)
        every_page_has(USUAL)


def mnemonics():
    """{letter: names} of the buttons, in view or not; GTK 4.8 tells both "_Open… Open…"."""
    found = {}
    for node in window.search(None, lambda n: n.get_role_name() in window.BUTTONS):
        letter = re.match(r"[^_]*_(\w)", node.get_name())
        if letter:
            found.setdefault(letter.group(1).lower(), []).append(node.get_name())
    return found


def no_letter_leads_to_two_buttons(folder):
    with surroundings(USUAL), window.program(folder):
        wait_for_data()
        window.click(first_subject(folder))
        window.key("F9")
        wait_for("the inspector", lambda: window.find("No Face Chosen", "label"))
        window.click(wait_for("a face", first_face))
        wait_for("the face", lambda: window.find("PSNR", "label"))
        met = {}
        for page in PAGES:
            show(page)
            if page == "Split":
                wait_for_plan()
            met[page] = mnemonics()
            assert all(len(names) == 1 for names in met[page].values()), (page, met[page])
        assert {"c", "m", "v", "p"} <= met["Data"].keys(), met["Data"]
        assert met["Split"], met


def main():
    with sample.folder() as place:
        folder = sample.draw(place / "faces")
        window.run([
            ("/window-shape/phone/welcome", welcomes_on_a_phone),
            ("/window-shape/phone/data", lambda: fits_a_phone(folder)),
            ("/window-shape/right-to-left", lambda: runs_from_right_to_left(folder)),
            ("/window-shape/mnemonics", lambda: no_letter_leads_to_two_buttons(folder)),
        ])


main()
