# SPDX-License-Identifier: Apache-2.0
"""What the Results page has to show of a results.json, to the printed digit."""

import window
from window import wait_for

DASH = "–"
FEWEST_FOR_PERCENT = 5


def names(role):
    return window.names(window.page("Results"), role)


def table_rows():
    """The texts of each row, without those of the heading."""
    table = window.find("Results of each subject")
    body = next(window.search(table, lambda n: n.get_role_name() == "list")) if table else None
    return [window.names(row, "label") for row in window.search(
        body, lambda n: n.get_role_name() == "table row")] if body else []


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
        untouched = rate(was) if was["n"] > 0 else f"{DASH} ({before[key + '_reason']})"
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


def subjects_are_those_of(results):
    rows = wait_for("the table", table_rows)
    worst_first = sorted(results["per_subject"], key=lambda s: s["accuracy"]["high"])
    assert len(rows) == len(worst_first), rows
    for row, subject in zip(rows, worst_first):
        taken_for = subject["mostly_taken_for"] or "nobody"
        if subject["mostly_count"] > 1:
            taken_for += f", {subject['mostly_count']} times"
        enough = subject["n"] >= FEWEST_FOR_PERCENT
        expected = [subject["subject"], count(subject["accuracy"]),
                    percent(subject["accuracy"]["value"]) if enough else DASH,
                    f"{subject['margin']:.3f}", count(subject["baseline"]), taken_for]
        assert row == expected, (row, expected)


def mistakes_are_those_of(results):
    wrong = [face for face in results["faces"] if not face["correct"]]
    window.press(f"{len(wrong)} mistakes")
    wrong.sort(key=lambda face: face["score_true"] - face["score_best_wrong"])
    expected = [f"{face['subject']}, taken for {face['taken_for']}, similarity "
                f"{face['score_best_wrong']:.3f} against {face['score_true']:.3f}"
                for face in wrong]
    wait_for(f"the mistakes {expected}", lambda: expected == [
        n for n in names("panel") if ", taken for " in n])
