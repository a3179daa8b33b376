# SPDX-License-Identifier: Apache-2.0
"""Runs likeness-cli as a program and builds folders of faces for it. argv[1] is the program."""

import atexit
import contextlib
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

from tap import Skip

PROGRAM = os.path.abspath(sys.argv[1])
SHARED_MEMORY = "/dev/shm"
MAKE_SCRIPT = os.path.join(os.environ["G_TEST_BUILDDIR"], "engine", "likeness-make-script")

# Decoded faces and trusted programs are kept; not in the user's own folders, and not beyond this
# program.
for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
    os.environ[name] = tempfile.mkdtemp(prefix="likeness-test-home-")
    atexit.register(shutil.rmtree, os.environ[name], True)


class Result:
    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout.decode("utf-8", "surrogateescape")
        self.err = process.stderr.decode("utf-8", "surrogateescape")

    def json(self):
        """The one object on standard output."""
        return json.loads(self.out)

    def lines(self):
        return self.out.splitlines()


def run(*arguments, cwd=None, stdin=b"", timeout=110, env=None):
    return Result(subprocess.run(
        [PROGRAM, *map(os.fspath, arguments)], cwd=cwd, input=stdin, timeout=timeout,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **(env or {})}))


def done(*arguments, **options):
    """Runs what must succeed."""
    result = run(*arguments, **options)
    assert result.status == 0, (arguments, result.status, result.err)
    return result


def refused(*arguments, status=1, words=(), **options):
    """Runs what must fail with one sentence on standard error and nothing on standard output."""
    result = run(*arguments, **options)
    assert result.status == status, (arguments, result.status, result.err)
    assert result.out == "", (arguments, result.out)
    said = [line for line in result.err.splitlines() if line.startswith("likeness-cli: ")]
    assert len(said) == 1 and said[0][-1] in ".!?)", (arguments, result.err)
    for word in words:
        assert word in said[0], (word, said[0])
    return result


@contextlib.contextmanager
def folder():
    """A new folder, in memory where there is some: tens of thousands of files are quick there."""
    place = None
    if os.access(SHARED_MEMORY, os.W_OK) and shutil.disk_usage(SHARED_MEMORY).free > 2 ** 30:
        place = SHARED_MEMORY
    path = tempfile.mkdtemp(prefix="likeness-test-", dir=place)
    try:
        yield path
    finally:
        shutil.rmtree(path)


def assets(*parts):
    root = os.environ.get("LIKENESS_ASSETS")
    if not root:
        raise Skip("LIKENESS_ASSETS is not set: there are no real faces")
    return os.path.join(root, *parts)


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data)))


def png(seed, width=24, height=24):
    """The bytes of a picture that is unlike that of every other seed."""
    noise = random.Random(str(seed))
    cells = [[noise.randrange(256) for _ in range(9)] for _ in range(8)]
    rows = b"".join(
        b"\0" + bytes(value for x in range(width)
                      for value in [cells[y * 8 // height][x * 9 // width]] * 3)
        for y in range(height))
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def build(root, counts, split="train"):
    """Flat layout: counts is {subject: number of faces}."""
    for subject, n in counts.items():
        for i in range(n):
            name = f"{subject}_{i:04}.png"
            write(os.path.join(root, split, name), png(name))


def make_script(path, methods):
    """A TorchScript file whose module has these methods, in TorchScript's own language."""
    subprocess.run([MAKE_SCRIPT, path, methods], check=True)


def files(root):
    """Every file below a folder, relative, sorted."""
    return sorted(os.path.relpath(os.path.join(place, name), root)
                  for place, _, names in os.walk(root) for name in names)
