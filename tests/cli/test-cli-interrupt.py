# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C: within two seconds, exit status 130, everything whole."""

import os
import pty
import signal
import subprocess
import time

import tap
from cli import PROGRAM, build, files, folder, png, write


def interrupt(arguments, when, env=None, stderr=subprocess.PIPE):
    """Starts the program, sends SIGINT as soon as when() holds, and waits."""
    process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE,
                               stderr=stderr, env={**os.environ, **(env or {})})
    limit = time.monotonic() + 60
    while not when() and process.poll() is None:
        assert time.monotonic() < limit
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    out, err = process.communicate(timeout=60)
    return process.returncode, out.decode(), (err or b"").decode(), time.monotonic() - start


def link_faces(root):
    """in/train: 200 people of 100 faces, all of them one file."""
    write(f"{root}/one.png", png("one"))
    os.makedirs(f"{root}/in/train")
    for i in range(200):
        for j in range(100):
            os.link(f"{root}/one.png", f"{root}/in/train/{i:03}_{j:03}.png")


def split():
    with folder() as root:
        link_faces(root)

        def has_begun():
            return any(name.startswith(".out.likeness-") for name in os.listdir(root))
        status, out, err, seconds = interrupt(
            ["split", f"{root}/in", "--output", f"{root}/out", "--no-keep-near-duplicates"],
            has_begun)
        assert status == 130, (status, err)
        assert out == "" and "cancelled" in err.lower(), err
        assert seconds < 2, seconds
        assert sorted(os.listdir(root)) == ["in", "one.png"]


def sample():
    with folder() as root:
        def has_begun():
            return any(name.startswith(".out.likeness-") for name in os.listdir(root))
        status, _, err, seconds = interrupt(["sample", f"{root}/out", "--subjects=2000"],
                                            has_begun)
        assert status == 130 and seconds < 2, (status, err, seconds)
        assert os.listdir(root) == []


def quality():
    """While faces are measured: as the bar on a terminal says."""
    with folder() as root:
        link_faces(root)
        ours, theirs = pty.openpty()
        shown = b""

        def has_begun():
            nonlocal shown
            shown += os.read(ours, 4096)
            return b"Measuring" in shown
        status, out, _, seconds = interrupt(
            ["quality", f"{root}/in", "--set", "input=16", "--csv", f"{root}/x.csv"], has_begun,
            stderr=theirs)
        os.close(theirs)
        while b"ancelled" not in shown:
            shown += os.read(ours, 4096)
        os.close(ours)
        assert status == 130 and out == "", (status, out, shown)
        assert seconds < 2, seconds
        assert sorted(os.listdir(root)) == ["in", "one.png"]


def killed():
    """A kill leaves a partial folder; the next split of that target clears it away."""
    with folder() as root:
        write(f"{root}/one.png", png("one"))
        os.makedirs(f"{root}/in/train")
        for i in range(100):
            for j in range(100):
                os.link(f"{root}/one.png", f"{root}/in/train/{i:03}_{j:03}.png")
        arguments = [PROGRAM, "split", f"{root}/in", "--output", f"{root}/out", "--quiet",
                     "--no-keep-near-duplicates", "--link=hard"]
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
        while not any(name.startswith(".out.likeness-") for name in os.listdir(root)):
            assert process.poll() is None
        process.kill()
        process.wait()
        assert not os.path.exists(f"{root}/out")
        subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True)
        assert sorted(os.listdir(root)) == ["in", "one.png", "out"]
        assert len(files(f"{root}/out")) == 10001


def bar_on_a_terminal():
    with folder() as root:
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PROGRAM, "sample", f"{root}/out", "--subjects=6",
                                    "--faces=20"],
                                   stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        assert process.wait() == 0
        assert b"\r\x1b[K" in shown and b"[" in shown and b"%" in shown, shown
        assert shown.endswith(b"\x1b[K"), shown[-80:]


tap.run([
    ("/cli/interrupt/split", split),
    ("/cli/interrupt/sample", sample),
    ("/cli/interrupt/quality", quality),
    ("/cli/interrupt/killed", killed),
    ("/cli/interrupt/bar-on-a-terminal", bar_on_a_terminal),
])
