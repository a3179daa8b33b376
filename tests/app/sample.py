# SPDX-License-Identifier: Apache-2.0
"""Small data sets for the tests of the window, and what lies in them according to the disk alone.

argv[2] is likeness-cli.
"""

import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

SPLITS = ("train", "val", "test")


def cli(*arguments):
    """Runs likeness-cli, which must succeed, and returns the JSON object it prints."""
    done = subprocess.run([sys.argv[2], *map(os.fspath, arguments), "--quiet", "--json"],
                          check=True, stdout=subprocess.PIPE, timeout=100)
    return json.loads(done.stdout)


@contextmanager
def folder():
    path = tempfile.mkdtemp(prefix="likeness-window-")
    try:
        yield Path(path)
    finally:
        shutil.rmtree(path)


def draw(path, subjects=8, faces=6):
    """Draws a sample in which every subject has another number of faces, down to two."""
    cli("sample", "--subjects", str(subjects), "--faces", str(faces), path)
    for number, name in enumerate(sorted(subjects_of(path))):
        for picture in sorted(path.glob(f"*/*/{name}_*")):
            if int(picture.name.split("_")[4]) >= max(2, faces - number):
                picture.unlink()
    return path


def faces_of(path):
    """What os.listdir says: {split: {subject: [names of high-resolution files]}}."""
    found = {}
    for split in SPLITS:
        place = path / split / "hr_images"
        found[split] = collections.defaultdict(list)
        for name in sorted(os.listdir(place)) if place.is_dir() else []:
            found[split][name.split("_")[0]].append(name)
    return found


def subjects_of(path):
    """{subject: how many faces}, over all splits, in the order of the names."""
    counts = collections.Counter()
    for subjects in faces_of(path).values():
        counts.update({subject: len(names) for subject, names in subjects.items()})
    return dict(sorted(counts.items()))


def count(number, one, many):
    return f"{number} {one if number == 1 else many}"


def n_faces(number):
    return count(number, "face", "faces")


def n_subjects(number):
    return count(number, "subject", "subjects")
