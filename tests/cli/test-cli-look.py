# SPDX-License-Identifier: Apache-2.0
"""sample and scan as a program, also on what is not a data set."""

import os
import struct
import subprocess
import tempfile

import tap
from cli import (PROGRAM, assets, build, chunk, done, files, folder, png, refused, run, write)


def sample_same_bytes():
    with folder() as root:
        for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
            done("sample", f"{root}/{name}", "--subjects=4", "--faces=3", "--seed", seed)
        names = files(f"{root}/a")
        assert len(names) == 2 * 4 * 3 and names == files(f"{root}/b")

        def contents(name):
            return [open(f"{root}/{name}/{file}", "rb").read() for file in files(f"{root}/{name}")]
        assert contents("a") == contents("b") != contents("c")


def sample_is_scanned():
    with folder() as root:
        result = done("sample", f"{root}/a", "--subjects=8", "--faces=2", "--json").json()
        assert (result["subjects"], result["faces"]) == (8, 16)
        found = done("scan", f"{root}/a", "--json").json()
        assert found["layout"] == "paired" and found["structure"] == "disjoint"
        assert (found["subjects"], found["faces"]) == (8, 16)
        assert sum(count["subjects"] for count in found["splits"].values()) == 8
        assert found["skipped"] == []


def sample_existing_folder():
    with folder() as root:
        write(f"{root}/a/mine.txt", b"mine")
        refused("sample", f"{root}/a", words=[f"{root}/a"])
        assert files(root) == ["a/mine.txt"]


def scan_real_faces():
    found = done("scan", assets("frontal_only"), "--json").json()
    assert found["layout"] == "paired" and found["structure"] == "disjoint"
    assert (found["subjects"], found["faces"]) == (158, 2073)
    assert found["splits"] == {"train": {"subjects": 126, "faces": 1651},
                               "val": {"subjects": 16, "faces": 216},
                               "test": {"subjects": 16, "faces": 206}}
    assert found["near_duplicates"] is None and found["near_duplicates_reason"]
    assert found["exact_duplicates"] is None and found["exact_duplicates_reason"]
    text = done("scan", assets("frontal_only")).out
    assert "disjoint" in text and "1,651" in text and "2,073" in text


def scan_near_duplicates():
    with folder() as root:
        build(root, {"a": 4, "b": 4})
        write(f"{root}/train/a_copy.png", png("a_0001.png"))
        write(f"{root}/train/b_copy.png", png("a_0001.png"))
        found = done("scan", root, "--near-duplicates", "--json").json()
        groups = found["near_duplicates"]
        assert groups == [["train/a_0001.png", "train/a_copy.png"]], groups
        exact = found["exact_duplicates"]
        assert exact == [["train/a_0001.png", "train/a_copy.png", "train/b_copy.png"]], exact
        text = done("scan", root, "--near-duplicates").out
        assert "  train/a_0001.png = train/a_copy.png\n" in text
        assert "  train/a_0001.png = train/a_copy.png = train/b_copy.png\n" in text


def scan_lists_what_does_not_count():
    with folder() as root:
        build(root, {"a": 5})
        whole = png("a", 64, 64)
        write(f"{root}/train/a_cut.png", whole[:len(whole) - 20])
        write(f"{root}/train/a_empty.png", b"")
        write(f"{root}/train/a_huge.png", b"\x89PNG\r\n\x1a\n"
              + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
              + chunk(b"IDAT", b"x") + chunk(b"IEND", b""))
        write(f"{root}/train/a_text.png", b"not a picture")
        os.mkfifo(f"{root}/train/a_fifo.png")
        os.symlink("a_loop.png", f"{root}/train/a_loop.png")
        found = done("scan", root, "--json").json()
        assert found["faces"] == 5
        skipped = {item["path"]: item["reason"] for item in found["skipped"]}
        assert sorted(skipped) == [f"train/a_{name}.png" for name in
                                   ("cut", "empty", "fifo", "huge", "loop", "text")], skipped
        assert all(skipped.values())


def scan_odd_names():
    with folder() as root:
        for name in (b"-rf_1.png", b"a\nb_1.png", b"\xff\xfe_1.png", b"s" * 250 + b"_.png"):
            with open(os.path.join(os.fsencode(root), name), "wb") as file:
                file.write(png(name))
        assert done("scan", root, "--json").json()["subjects"] == 4
        done("scan", root)


def scan_bad_places():
    with folder() as root:
        write(f"{root}/file.txt", b"text")
        os.mkdir(f"{root}/empty")
        write(f"{root}/texts/readme.txt", b"text")
        refused("scan", f"{root}/nowhere", words=["nowhere"])
        refused("scan", f"{root}/file.txt", words=["file.txt"])
        refused("scan", f"{root}/empty", words=["empty"])
        refused("scan", f"{root}/texts", words=["texts"])
        refused("scan", "")


def scan_not_readable():
    if os.geteuid() == 0:
        # As somebody else: the superuser may read everything.
        user = {"user": 65534, "group": 65534, "extra_groups": []}
    else:
        user = {}
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o755)
        os.mkdir(f"{root}/closed", 0o000)
        try:
            process = subprocess.run([PROGRAM, "scan", f"{root}/closed"], cwd=root, **user,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except PermissionError as error:
            raise tap.Skip("nobody else may run the program from its build folder") from error
        os.chmod(f"{root}/closed", 0o755)
        assert process.returncode == 1 and process.stdout == b"", process
        assert b"closed" in process.stderr, process.stderr


def quiet():
    with folder() as root:
        build(root, {"a": 3})
        assert done("scan", root, "--quiet").err == ""


tap.run([
    ("/cli/sample/same-seed-same-bytes", sample_same_bytes),
    ("/cli/sample/is-scanned", sample_is_scanned),
    ("/cli/sample/existing-folder", sample_existing_folder),
    ("/cli/scan/real-faces", scan_real_faces),
    ("/cli/scan/near-duplicates", scan_near_duplicates),
    ("/cli/scan/lists-what-does-not-count", scan_lists_what_does_not_count),
    ("/cli/scan/odd-names", scan_odd_names),
    ("/cli/scan/bad-places", scan_bad_places),
    ("/cli/scan/not-readable", scan_not_readable),
    ("/cli/scan/quiet", quiet),
])
