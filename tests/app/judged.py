# SPDX-License-Identifier: Apache-2.0
"""What the Results page has to show of a results.json, to the printed digit."""

import window
from window import wait_for

DASH = "–"
FEWEST_FOR_PERCENT = 5


def names(role):
    return window.names(window.page("Results"), role)


def table_body():
    table = window.find("Results of each subject")
    return next(window.search(table, lambda n: n.get_role_name() == "list")) if table else None


def read_rows():
    """The texts of each row, without those of the heading and of rows that were never shown."""
    body = table_body()
    rows = [window.names(row, "label") for row in window.search(
        body, lambda n: n.get_role_name() == "table row")] if body else []
    return [row for row in rows if row]


def percent(number):
    return DASH if number is None else f"{number * 100:.1f} %"


def interval(of):
    return f"{of['low'] * 100:.1f}–{of['high'] * 100:.1f} %"


def count(of):
    return f"{of['k']} of {of['n']}"


def rate(of):
    return count(of) if of["n"] < FEWEST_FOR_PERCENT else percent(of["value"])


def expect(name):
    shown = names("panel")
    assert name in shown, (name, [n for n in shown if ": " in n])


def wait_for_cards():
    """The page judges the weights of a run that has no results yet, and writes them there."""
    wait_for("the figures", lambda: any(n.startswith("Rank-1: ") for n in names("panel")), 100)


def cards_are_those_of(results):
    before = results["baseline"]
    wait_for_cards()
    for caption, key in (("Accuracy", "top1"), ("Rank-1", "rank1")):
        now, was = results[key], before[key]
        untouched = rate(was) if was else f"{DASH} ({before[key + '_reason']})"
        expect(f"{caption}: {rate(now)}, {count(now)}, {interval(now)}, "
               f"untouched: {untouched}")
    expect(f"Similarity: {results['sim']:.3f}, impostors {results['impostor_mean']:.3f}, "
           f"{results['sim_n']} faces, untouched: {before['sim']:.3f}, "
           f"impostors {before['impostor_mean']:.3f}")
    if results["strangers"] is None:
        expect(f"Strangers: {DASH}, {results['strangers_reason']}")
        return
    now, was = ({key: of["strangers"][key]["tar_at_far"][0]["tar"]
                 for key in ("low_high", "high_high")} for of in (results, before))
    expect(f"Strangers: {percent(now['low_high'])}, TAR at FAR 1 %, low against high: "
           f"{results['strangers']['subjects']} subjects, {results['strangers']['n']} faces, "
           f"untouched: {percent(was['low_high'])}, "
           f"high against high: {percent(now['high_high'])}, "
           f"untouched: {percent(was['high_high'])}")


def read_further(read, last):
    """Goes one row down; what is there then, where last is not its last any more."""
    window.key("Down")
    shown = read()
    return shown if shown and shown[-1] != last else None


def are_all(what, read, focus, expected):
    """Scrolls through a list, which has nothing to read of what is far from its view.

    focus clicks on its first item.
    """
    shown = wait_for(what, read)
    focus()
    met = 0  # of expected, from its beginning
    while True:
        first = next((i for i in range(met + 1)
                      if expected[i:i + len(shown)] == shown), None)
        assert first is not None, (what, shown, expected)
        met = first + len(shown)
        if met == len(expected):
            return
        shown = wait_for(f"more than {met} of {len(expected)} {what}",
                         lambda last=shown[-1]: read_further(read, last))


def subjects_are_those_of(results):
    worst_first = sorted(results["per_subject"], key=lambda s: (
        s["accuracy"]["high"], s["margin"], s["subject"]))
    expected = []
    for subject in worst_first:
        taken_for = subject["mostly_taken_for"] or "nobody"
        if subject.get("mostly_count", 0) > 1:
            taken_for += f", {subject['mostly_count']} times"
        enough = subject["n"] >= FEWEST_FOR_PERCENT
        expected.append([subject["subject"], count(subject["accuracy"]),
                         percent(subject["accuracy"]["value"]) if enough else DASH,
                         f"{subject['margin']:.3f}", count(subject["baseline"]), taken_for])
    assert len(expected) == results["subjects"], results["subjects"]
    are_all("subjects", read_rows, lambda: window.click(next(window.search(
        table_body(), lambda n: n.get_name() == expected[0][0]))), expected)


def find_mistakes():
    return [node for node in window.search(window.page("Results"), lambda n: (
        n.get_role_name() == "panel" and ", taken for " in n.get_name()))]


def mistakes_are_those_of(results):
    wrong = [face for face in results["faces"] if not face["correct"]]
    window.press(f"{len(wrong)} mistakes")
    wrong.sort(key=lambda face: face["score_true"] - face["score_best_wrong"])
    expected = [f"{face['subject']}, taken for {face['taken_for']}, similarity "
                f"{face['score_best_wrong']:.3f} against {face['score_true']:.3f}"
                for face in wrong]
    are_all("mistakes", lambda: [node.get_name() for node in find_mistakes()],
            lambda: window.click(find_mistakes()[0]), expected)
