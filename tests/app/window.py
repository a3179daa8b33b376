# SPDX-License-Identifier: Apache-2.0
"""Drives the program's window through the accessibility tree, as a screen reader does.

Needs a display and a session bus of its own (with-display). Nothing here waits for a time to pass:
everything waits for something to be so, with bounded patience. argv[1] is the program.
"""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import tap

try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError):
    print("1..0 # SKIP the accessibility library for Python is not installed")
    sys.exit(0)

PATIENCE = 30  # seconds, for machines that are busy
INTERVAL = 0.05
DRAG_STEPS = 12
MODIFIERS = {"Shift": 50, "Control": 37, "Alt": 64}  # key codes of a standard keyboard
KEYS = {"Escape": 0xff1b, "Return": 0xff0d, "Tab": 0xff09, "Down": 0xff54, "Left": 0xff51,
        "Right": 0xff53, "Home": 0xff50, "F5": 0xffc2, "F9": 0xffc6, "space": 0x20}
BUTTONS = ("push button", "toggle button", "page tab", "check box", "radio button")

LEAVES = ("label", "icon", "image", "separator")
_roles = {}  # a role is for ever, and each question goes to the program and back
_ask_role = Atspi.Accessible.get_role_name


def get_role_name(node):
    if node not in _roles:
        _roles[node] = _ask_role(node)
    return _roles[node]


Atspi.Accessible.get_role_name = get_role_name
run = tap.run
_process = None
_searched = None  # the window that is searched
_focused = None  # what had the focus when somebody asked last
_pages = {}  # of the running program: {"Data": (its tab, the page)}


def wait_for(what, find, patience=PATIENCE):
    """Calls find until what it returns is true, and returns that."""
    until = time.monotonic() + patience
    while True:
        ended = _process.poll() is not None
        with contextlib.suppress(GLib.Error):  # a node that vanished meanwhile
            if found := find():
                return found
        if ended:
            raise AssertionError(f"the program ended with {_process.returncode} before {what}")
        if time.monotonic() > until:
            raise AssertionError(f"waited in vain for {what}; on show are {texts()}{picture()}")
        time.sleep(INTERVAL)


def start(*arguments):
    """Starts the program under test and waits for its window."""
    global _process, _focused
    _focused = None
    Atspi.init()
    # Standard output is for TAP alone.
    _process = subprocess.Popen([sys.argv[1], *map(os.fspath, arguments)], stdout=sys.stderr)
    wait_for("the window", windows)
    _pages.clear()
    _roles.clear()
    tabs = {n.get_name(): n for n in search(None, lambda n: n.get_role_name() == "page tab")}
    for node in search(None, lambda n: n.get_role_name() == "filler"):
        name = node.get_name().removeprefix("Likeness").removesuffix("Page")
        if node.get_name() == f"Likeness{name}Page" and name in tabs:
            _pages[name] = (tabs[name], node)


def leave():
    """Quits as a person does, by Ctrl+Q, and waits for the end."""
    key("Control+q")
    wait_for("the end of the program", lambda: _process.poll() is not None)
    assert _process.returncode == 0, _process.returncode


def stop():
    """Ends the program if it still runs."""
    if _process is not None:
        _process.terminate()
        _process.wait()


@contextlib.contextmanager
def program(*arguments):
    """Runs the program under test while the block lasts."""
    try:
        start(*arguments)
        yield
        leave()
    finally:
        stop()


def picture():
    """Writes what the display shows to a file, where LIKENESS_PICTURES names a folder for it."""
    folder = os.environ.get("LIKENESS_PICTURES")
    if not folder:
        return ""
    path = os.path.join(folder, f"{Path(sys.argv[0]).stem}-{time.time_ns() // 10 ** 6}.png")
    subprocess.run(["import", "-window", "root", path], check=True, stdout=sys.stderr)
    return f"; the display is in {path}"


def children(node):
    with contextlib.suppress(GLib.Error):
        return [child for i in range(node.get_child_count())
                if (child := node.get_child_at_index(i)) is not None]
    return []


def windows():
    """The top-level windows, in the order in which they were made."""
    # Without a main loop nobody would hear that something cached has changed.
    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.NONE)
    for node in children(desktop):
        with contextlib.suppress(GLib.Error):
            if node.get_process_id() == _process.pid:
                node.set_cache_mask(Atspi.Cache.NONE)
                return children(node)
    return []


def box(node):
    """Where node lies in its window; None for one that has no place, as a page of a stack."""
    with contextlib.suppress(GLib.Error):
        return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return None


def walk(node, without=()):
    """Every accessible at and below node, but not inside what has no size: it was never shown."""
    with contextlib.suppress(GLib.Error):
        yield node
        if node in without or node.get_role_name() in LEAVES or node.get_child_count() == 0:
            return
        place = box(node)
        if place is None or (place.width > 0 and place.height > 0):
            for child in children(node):
                yield from walk(child, without)


def page(name):
    """The page of the main window that is called so: "Data", "Split", "Results"."""
    return _pages[name][1]


def window_of(node):
    while (parent := node.get_parent()) is not None and parent.get_role_name() != "application":
        node = parent
    return node


def is_shown(node):
    """Whether a click in the middle of node would meet it: it has a size and is not covered."""
    place = box(node)
    if place is None or place.width <= 0 or place.height <= 0:
        return False
    top = _searched or window_of(node)
    hit = Atspi.Component.get_accessible_at_point(
        top, place.x + place.width // 2, place.y + place.height // 2, Atspi.CoordType.WINDOW)
    while hit is not None and hit != node:
        hit = hit.get_parent() if hit != top else None
    return hit is not None


def is_on_show(name):
    """Whether that page is the one on show: two questions, however much the page holds."""
    tab, node = _pages[name]
    return tab.get_state_set().contains(Atspi.StateType.SELECTED) and is_shown(node)


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def has_focus(node):
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


def hidden_pages():
    return [node for tab, node in _pages.values()
            if not tab.get_state_set().contains(Atspi.StateType.SELECTED)]


def search(within, matches):
    """All nodes within that, or on show in any window, that match; one that vanishes does not."""
    hidden = [] if within else hidden_pages()
    for top in [within] if within else windows():
        window = window_of(top)
        for node in walk(top, hidden):
            with contextlib.suppress(GLib.Error):
                if is_met(node, matches, window):
                    yield node


def is_met(node, matches, window):
    """Whether node matches, which need not climb up to its window to know whether it is shown."""
    global _searched
    _searched = window
    try:
        return matches(node)
    finally:
        _searched = None


def names(within, role):
    """The names of all that have this role, shown or not, in the order of the tree."""
    return [node.get_name() for node in search(within, lambda n: n.get_role_name() == role)]


def texts(within=None):
    """The labels that can be seen now."""
    return [node.get_name() for node in search(
        within, lambda n: n.get_role_name() == "label" and is_shown(n))]


def find(name, role=None, within=None):
    """The first shown node of that name, or None."""
    return next(search(within, lambda n: n.get_name() == name and role in (None, n.get_role_name())
                       and is_shown(n)), None)


def is_called(node, label):
    """Whether a screen reader says label; GTK 4.8 says "_Open… Open…" of one button."""
    return node.get_name() == label or node.get_name().endswith(f" {label}")


def find_button(label, within=None):
    """The shown button with that label, or None. One that cannot be pressed is not met either."""
    return next(search(within, lambda n: n.get_role_name() in BUTTONS and is_called(n, label)
                       and is_shown(n)), None)


def press(label, within=None):
    """Waits for a button that can be pressed, and presses it."""
    button = wait_for(f"the button “{label}”", lambda: find_button(label, within))
    Atspi.Action.do_action(button, 0)


def key(keys):
    """Presses a key as a person would: key("Control+f"), key("space")."""
    *held, last = keys.split("+")
    for name in held:
        Atspi.generate_keyboard_event(MODIFIERS[name], None, Atspi.KeySynthType.PRESS)
    Atspi.generate_keyboard_event(KEYS.get(last) or ord(last), None, Atspi.KeySynthType.SYM)
    for name in held:
        Atspi.generate_keyboard_event(MODIFIERS[name], None, Atspi.KeySynthType.RELEASE)


def middle(node):
    place = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
    return place.x + place.width // 2, place.y + place.height // 2


def click(node):
    """Clicks into the middle of node, where a press is no action of its own."""
    Atspi.generate_mouse_event(*middle(node), "b1c")


def drag(node, target):
    """Drags node onto target; to be tried again where it was let go before anybody saw it come."""
    (x, y), (to_x, to_y) = middle(node), middle(target)
    Atspi.generate_mouse_event(x, y, "abs")
    Atspi.generate_mouse_event(x, y, "b1p")
    for i in range(1, DRAG_STEPS + 1):
        Atspi.generate_mouse_event(x + (to_x - x) * i // DRAG_STEPS,
                                   y + (to_y - y) * i // DRAG_STEPS, "abs")
        windows()  # an answer of the program's: it has seen the pointer come this far
    Atspi.generate_mouse_event(to_x, to_y, "b1r")


def focused():
    """What has the focus, or None. It is looked for from where it was last, as it goes to what is
    near."""
    global _focused
    node, seen = _focused, None
    hidden = hidden_pages()
    with contextlib.suppress(GLib.Error):
        while node is not None and node.get_role_name() != "application":
            for near in walk(node, [*hidden, seen]):
                if near != seen and has_focus(near):
                    _focused = near
                    return near
            node, seen = node.get_parent(), node
    _focused = next(search(None, has_focus), None)
    return _focused


def tab_around(keys="Tab", most=80):
    """Presses Tab until the focus comes around; all that had it, as (role, name)."""
    node = wait_for("a focus", focused)
    met = []
    while node not in met:
        assert len(met) < most, f"{keys} never comes around"
        met.append(node)
        key(keys)
        node = wait_for(f"the focus after “{node.get_name()}”", lambda before=node: (
            None if has_focus(before) else focused()))
    return [(n.get_role_name(), n.get_name()) for n in met[met.index(node):]]


def set_text(node, text):
    assert Atspi.EditableText.set_text_contents(node, text), node.get_name()


def dump(node, depth=0):
    """Prints the tree to standard error, for whoever writes a test."""
    print("  " * depth + node.get_role_name(), repr(node.get_name()), node.get_interfaces(),
          "shown" if is_shown(node) else "", file=sys.stderr)
    for child in children(node):
        dump(child, depth + 1)
