# SPDX-License-Identifier: Apache-2.0
"""The command line's contract: help, version, and what is wrong use."""

import re
import subprocess

import tap
from cli import PROGRAM, build, done, folder, refused, run

VERBS = ["sample", "scan", "split", "verify", "undo", "train", "evaluate", "embed", "quality",
         "report", "doctor"]


def version():
    assert re.fullmatch(r"likeness-cli \d+\.\d+\.\d+\n", done("--version").out)


def help_lists_verbs():
    listed = re.findall(r"^  ([a-z]+) ", done("--help").out, re.M)
    assert listed == VERBS, listed


def help_of_each_verb():
    for verb in VERBS:
        result = done(verb, "--help")
        assert f"likeness-cli {verb} [OPTION" in result.out, result.out
        assert "--json" in result.out and "--quiet" in result.out
        assert result.err == ""


def no_verb():
    result = run()
    assert result.status == 2 and result.out == "" and "Usage" in result.err


def unknown_verb():
    refused("slpit", status=2, words=["slpit", "--help"])


def unknown_option():
    for verb in VERBS:
        refused(verb, "--nonsense", status=2, words=["--nonsense", f"{verb} --help"])


def wrong_number_of_arguments():
    for arguments in (["scan"], ["scan", "a", "b"], ["split", "--output", "x"], ["verify"],
                      ["undo"], ["sample"], ["report"], ["quality"], ["quality", "a", "b"]):
        refused(*arguments, status=2)


def values_out_of_range():
    with folder() as root:
        build(root, {"a": 6})
        for option, value in (("--ratio", "1"), ("--ratio", "0.01"), ("--ratio", "nan"),
                              ("--ratio", "0,8"), ("--ratio", "x"), ("--min-images", "1"),
                              ("--min-images", "1001"), ("--min-images", "-3"),
                              ("--seed", "-1"), ("--seed", "9223372036854775808"),
                              ("--from", "train,nobody"), ("--from", ""),
                              ("--layout", "flat"), ("--link", "none")):
            refused("split", root, "--dry-run", f"{option}={value}", status=2,
                    words=[option])
        for option, value in (("--subjects", "2"), ("--faces", "1"), ("--faces", "1e3")):
            refused("sample", root + "/new", f"{option}={value}", status=2, words=[option])


def missing_output():
    with folder() as root:
        build(root, {"a": 6})
        refused("split", root, status=2, words=["--output", "--dry-run"])


def full_output():
    with folder() as root:
        build(root, {"a": 6})
        with open("/dev/full", "wb") as full:
            process = subprocess.run([PROGRAM, "scan", root], stdout=full,
                                     stderr=subprocess.PIPE)
        assert process.returncode == 1 and b"could not be written" in process.stderr


tap.run([
    ("/cli/usage/version", version),
    ("/cli/usage/help-lists-verbs", help_lists_verbs),
    ("/cli/usage/help-of-each-verb", help_of_each_verb),
    ("/cli/usage/no-verb", no_verb),
    ("/cli/usage/unknown-verb", unknown_verb),
    ("/cli/usage/unknown-option", unknown_option),
    ("/cli/usage/wrong-number-of-arguments", wrong_number_of_arguments),
    ("/cli/usage/values-out-of-range", values_out_of_range),
    ("/cli/usage/missing-output", missing_output),
    ("/cli/usage/full-output", full_output),
])
