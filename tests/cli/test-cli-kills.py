#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills splits at random times, and starts several of one target at the same time.

usage: test-cli-kills.py LIKENESS-CLI [--kills 200] [--seed 42]

After each kill the target is complete (verify passes) or what it was before, the sources are
unchanged to the byte and the nanosecond, and the next split of that target says what it found,
finishes, and leaves nothing beside it. The test suite kills 25 times.
"""

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import time

import tap
from cli import PROGRAM, folder, png, run, write

LINKS = ("copy", "hard", "symbolic")
PEOPLE = 30
FACES = 20
TOGETHER = 4


def build(root):
    """in/train: people of many faces, each unlike every other."""
    for i in range(PEOPLE):
        for j in range(FACES):
            write(f"{root}/in/train/{i:03}_{j:03}.png", png(f"{i} {j}"))


def digest(root):
    """Of every name, time and byte below a folder."""
    sum = hashlib.sha256()
    for place, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                content = file.read()
            sum.update(f"{path} {os.lstat(path).st_mtime_ns} {len(content)} ".encode())
            sum.update(content)
    return sum.hexdigest()


def arguments(root, link, replace):
    return (["split", f"{root}/in", "--output", f"{root}/out", "--quiet", "--link", link,
             "--no-keep-near-duplicates"] + (["--replace"] if replace else []))


def is_hidden(name):
    return name.startswith(".out.likeness-")


def hidden(root):
    return [name for name in os.listdir(root) if is_hidden(name)]


class Kills:
    def __init__(self, number, seed):
        self.number = number
        self.random = random.Random(seed)
        self.counts = {"complete": 0, "untouched": 0, "leftovers": 0}

    def time_of_a_commit(self, root):
        """Seconds from the appearance of the hidden folder to the end."""
        process = subprocess.Popen([PROGRAM, *arguments(root, "copy", False)],
                                   stdout=subprocess.DEVNULL)
        while not hidden(root):
            assert process.poll() is None
            time.sleep(0.0005)
        start = time.monotonic()
        assert process.wait() == 0
        shutil.rmtree(f"{root}/out")
        return time.monotonic() - start

    def kill_one(self, root, link, replace, delay):
        process = subprocess.Popen([PROGRAM, *arguments(root, link, replace)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not hidden(root) and process.poll() is None:
            time.sleep(0.0005)
        time.sleep(delay)  # the kill's own time: there is nothing to wait for
        process.kill()
        process.wait()

    def check(self, root, was_there):
        if os.path.exists(f"{root}/out/old.txt"):
            assert was_there and os.listdir(f"{root}/out") == ["old.txt"]
            self.counts["untouched"] += 1
        elif os.path.exists(f"{root}/out"):
            verified = run("verify", f"{root}/out")
            assert verified.status == 0, verified.err
            assert len(os.listdir(f"{root}/out/train")) > 0
            self.counts["complete"] += 1
        else:
            assert not was_there, "what was there is gone"
            self.counts["untouched"] += 1

    def start_again(self, root, link):
        found = hidden(root)
        self.counts["leftovers"] += bool(found)
        again = run(*arguments(root, link, os.path.exists(f"{root}/out")))
        assert again.status == 0, again.err
        assert again.err.count(" was killed") == len(found), (found, again.err)
        assert sorted(os.listdir(root)) == ["in", "out"], os.listdir(root)
        assert run("verify", f"{root}/out").status == 0

    def __call__(self):
        with folder() as root:
            build(root)
            before = digest(f"{root}/in")
            longest = self.time_of_a_commit(root)
            for i in range(self.number):
                link = LINKS[i % 3]
                replace = i % 2 == 1
                if replace:
                    write(f"{root}/out/old.txt", b"old")
                self.kill_one(root, link, replace, self.random.uniform(0, longest))
                self.check(root, replace)
                self.start_again(root, link)
                assert digest(f"{root}/in") == before, "a source was changed"
                shutil.rmtree(f"{root}/out")
        print(f"# {self.number} kills: target complete {self.counts['complete']}, untouched "
              f"{self.counts['untouched']}; something left for the next start "
              f"{self.counts['leftovers']}")
        # Worth something only where many met the commit itself.
        assert self.counts["leftovers"] > self.number / 4, self.counts


class Together:
    """One of several commits into one target wins, and the others are told."""

    def __init__(self, rounds):
        self.rounds = rounds

    def __call__(self):
        with folder() as root:
            build(root)
            before = digest(f"{root}/in")
            for i in range(self.rounds):
                link = LINKS[i % 3]
                processes = [
                    subprocess.Popen([PROGRAM, *arguments(root, link, False)],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                    for _ in range(TOGETHER)]
                errors = [process.communicate(timeout=100)[1].decode() for process in processes]
                statuses = sorted(process.returncode for process in processes)
                assert statuses == [0] + [1] * (TOGETHER - 1), (statuses, errors)
                for process, error in zip(processes, errors):
                    assert process.returncode == 0 or "is already there" in error, error
                assert sorted(os.listdir(root)) == ["in", "out"], os.listdir(root)
                assert run("verify", f"{root}/out").status == 0
                shutil.rmtree(f"{root}/out")
            assert digest(f"{root}/in") == before


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()
    tap.run([
        ("/cli/kills/target-whole-sources-unchanged", Kills(options.kills, options.seed)),
        ("/cli/kills/together", Together(max(4, options.kills // 10))),
    ])


main()
