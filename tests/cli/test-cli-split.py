# SPDX-License-Identifier: Apache-2.0
"""split, verify and undo as a program."""

import json
import os
import shutil
import tempfile

import tap
from cli import assets, build, done, files, folder, png, refused, run, write


def real_faces():
    with folder() as root:
        result = done("split", assets("frontal_only"), "--no-keep-near-duplicates",
                      "--output", f"{root}/out")
        assert result.out.endswith(
            "Dataset Creation Complete!\n"
            "Subjects:        142\n"
            "Train images:    1,494\n"
            "Val images:      373\n"
            "Split ratio:     80.0% train / 20.0% val\n"
            f"Output directory: {root}/out\n"), result.out
        assert "Warning" not in result.out
        done("verify", f"{root}/out")
        found = done("scan", f"{root}/out", "--json").json()
        assert found["layout"] == "paired" and found["structure"] == "closed-set"
        assert found["splits"] == {"train": {"subjects": 142, "faces": 1494},
                                   "val": {"subjects": 142, "faces": 373}}


def full_size():
    """287 people with 10,668 images and three with too few; the images are links to one."""
    with folder() as root:
        write(f"{root}/one.png", png("one"))
        sizes = [37 + (i < 49) for i in range(287)]
        for i in range(0, 286, 2):
            sizes[i] += i % 31
            sizes[i + 1] -= i % 31
        assert sum(sizes) == 10668 and min(sizes) >= 5
        os.makedirs(f"{root}/in/train")
        for i, size in enumerate([*sizes, 2, 3, 4]):
            for j in range(size):
                os.link(f"{root}/one.png", f"{root}/in/train/{i + 1:03}_{j:03}.png")
        result = done("split", f"{root}/in", "--output", f"{root}/out", "--link=hard",
                      "--no-keep-near-duplicates")
        assert result.out.endswith(
            "Dataset Creation Complete!\n"
            "Subjects:        287\n"
            "Train images:    8,534\n"
            "Val images:      2,134\n"
            "Split ratio:     80.0% train / 20.0% val\n"
            f"Output directory: {root}/out\n"), result.out
        assert "  288: 2 faces, at least 5 are needed\n" in result.out
        assert len(os.listdir(f"{root}/out/train")) == 8534
        assert len(os.listdir(f"{root}/out/val")) == 2134


def as_json():
    with folder() as root:
        build(f"{root}/in", {"a": 10, "b": 5, "few": 3})
        build(f"{root}/in", {"a": 2}, "val")
        write(f"{root}/in/val/a_bad.png", b"x")
        result = done("split", f"{root}/in", "--output", f"{root}/out", "--json").json()
        assert result["subjects"] == 2
        assert (result["train"], result["val"]) == (14, 3)
        assert result["ratio"] == 14 / 17
        assert result["dropped"] == [
            {"subject": "few", "faces": 3, "reason": "3 faces, at least 5 are needed"}]
        # a_0000 and a_0001 stand in train and in val.
        assert result["naive_leak"]["of"] == 3 and result["leak"] == 0
        assert [item["path"] for item in result["skipped"]] == ["val/a_bad.png"]
        assert result["output"] == f"{root}/out" and result["committed"] is True
        assert "a_0000.train.png" in str(files(f"{root}/out"))
        assert "a_0000.val.png" in str(files(f"{root}/out"))


def dry_run():
    with folder() as root:
        build(f"{root}/in", {"a": 10})
        result = done("split", f"{root}/in", "--dry-run", "--json").json()
        assert result["committed"] is False and result["output"] is None
        assert (result["train"], result["val"]) == (8, 2)
        text = done("split", f"{root}/in", "--dry-run", "--output", f"{root}/out").out
        assert "nothing was written" in text and "Complete" not in text
        assert os.listdir(root) == ["in"]


def options():
    with folder() as root:
        build(f"{root}/in", {"a": 10, "b": 4})
        build(f"{root}/in", {"c": 10}, "val")
        build(f"{root}/in", {"d": 10}, "test")

        def counts(*arguments):
            result = done("split", f"{root}/in", "--dry-run", "--json", *arguments).json()
            return result["subjects"], result["train"], result["val"]
        assert counts() == (2, 16, 4)
        assert counts("--from=train") == (1, 8, 2)
        assert counts("--from=train,val,test") == (3, 24, 6)
        assert counts("--ratio=0.5") == (2, 10, 10)
        assert counts("--min-images=4") == (3, 19, 5)
        # Pictures of noise: their hashes differ in about half of 64 bits.
        assert counts("--near-distance=12") == counts("--near-distance=0") == counts()
        refused("split", f"{root}/in", "--dry-run", "--near-distance=13", status=2,
                words=["near-distance", "12"])
        assert "test is pooled" in done("split", f"{root}/in", "--dry-run",
                                        "--from=train,test").out

        def sides(*arguments):
            done("split", f"{root}/in", "--output", f"{root}/out", "--replace", *arguments)
            return files(f"{root}/out")
        assert sides() == sides("--seed=42") != sides("--seed=43")


def layouts_and_links():
    with folder() as root:
        done("sample", f"{root}/in", "--subjects=3", "--faces=6")
        before = files(f"{root}/in")
        for link in ("copy", "hard", "symbolic"):
            done("split", f"{root}/in", "--output", f"{root}/{link}", "--layout=folders",
                 f"--link={link}", "--from=train,val")
            found = done("scan", f"{root}/{link}", "--json").json()
            assert found["layout"] == "folders" and found["structure"] == "closed-set"
            assert found["skipped"] == [], found
            done("verify", f"{root}/{link}")
        names = files(f"{root}/copy")
        assert names == files(f"{root}/hard") == files(f"{root}/symbolic")
        assert any(name.startswith("train_low/") for name in names)
        assert not any(os.path.islink(f"{root}/copy/{name}") for name in names)
        assert os.path.islink(f"{root}/symbolic/{names[1]}")
        # A split of links is split again, elsewhere.
        done("split", f"{root}/symbolic", "--output", f"{root}/again")
        for link in ("copy", "hard", "symbolic", "again"):
            done("undo", f"{root}/{link}")
        assert os.listdir(root) == ["in"] and files(f"{root}/in") == before


def pins():
    with folder() as root:
        build(f"{root}/in", {"a": 10})
        write(f"{root}/pins", b"val\ttrain/a_0000.png\nout\ttrain/a_0001.png\n")
        done("split", f"{root}/in", "--output", f"{root}/out", "--pins", f"{root}/pins")
        names = files(f"{root}/out")
        assert "val/a_0000.png" in names and not any("a_0001" in name for name in names)
        write(f"{root}/pins", b"val\ttrain/nobody.png\n")
        refused("split", f"{root}/in", "--output", f"{root}/new", "--pins", f"{root}/pins",
                words=["nobody.png", "line 1"])
        refused("split", f"{root}/in", "--output", f"{root}/new", "--pins", f"{root}/none",
                words=["none"])
        assert sorted(os.listdir(root)) == ["in", "out", "pins"]


def bad_places():
    with folder() as root:
        build(f"{root}/in", {"a": 10})
        write(f"{root}/there/mine.txt", b"mine")
        write(f"{root}/file", b"mine")
        before = files(root)
        for target in ("in", "in/new", ".", "there", "file", "no/where"):
            refused("split", f"{root}/in", "--output", f"{root}/{target}")
        for target in ("in", "in/train", ".", "file"):
            refused("split", f"{root}/in", "--output", f"{root}/{target}", "--replace")
        assert files(root) == before
        done("split", f"{root}/in", "--output", f"{root}/there", "--replace")
        assert not os.path.exists(f"{root}/there/mine.txt")


def too_few():
    with folder() as root:
        build(f"{root}/in", {"a": 4})
        refused("split", f"{root}/in", "--output", f"{root}/out", words=["minimum"])
        refused("split", f"{root}/nowhere", "--output", f"{root}/out", words=["nowhere"])
        assert os.listdir(root) == ["in"]


def verify_differences():
    with folder() as root:
        build(f"{root}/in", {"a": 10})
        done("split", f"{root}/in", "--output", f"{root}/out")
        assert done("verify", f"{root}/out", "--json").json() == {
            "as_written": True, "differences": []}
        first, second = [name for name in files(f"{root}/out") if "train/" in name][:2]
        os.unlink(f"{root}/out/{first}")
        write(f"{root}/out/{second}", b"changed")
        write(f"{root}/out/new", b"new")
        result = run("verify", f"{root}/out")
        assert result.status == 1
        assert result.lines() == ["foreign new", f"missing {first}", f"changed {second}"]
        assert "3 differences" in result.err
        listed = json.loads(run("verify", f"{root}/out", "--json").out)
        assert listed["as_written"] is False and len(listed["differences"]) == 3

        undone = done("undo", f"{root}/out", "--json").json()
        assert undone == {"removed": 8, "kept": 2}
        assert files(f"{root}/out") == sorted(["new", second])


def no_manifest():
    with folder() as root:
        build(root, {"a": 6})
        before = files(root)
        refused("verify", root, words=["dataset.json"])
        refused("undo", root, words=["dataset.json"])
        refused("verify", f"{root}/nowhere")
        write(f"{root}/dataset.json", b"[" * 100000)
        refused("verify", root, words=["dataset.json"])
        refused("undo", root, words=["dataset.json"])
        assert files(root) == sorted(["dataset.json", *before])


def another_file_system():
    """The same plan, byte for byte, of files that were made in another order elsewhere."""
    records = []
    names = [f"{subject}_{i:02}.png" for subject in ("a", "b", "c", "d") for i in range(11)]
    place = tempfile.mkdtemp(prefix="likeness-test-")  # on a disk, as folder() is in memory
    try:
        with folder() as root:
            for path, order in ((root, names), (place, reversed(names))):
                for name in order:
                    split = "train" if int(name[2:4]) < 7 else "val"
                    write(f"{path}/in/{split}/{name}", png(name))
                done("split", f"{path}/in", "--output", f"{path}/out")
                with open(f"{path}/out/dataset.json", encoding="utf-8") as file:
                    text = file.read()
                assert text.count(path) == 1, text[:200]
                records.append(text.replace(path, ""))
    finally:
        shutil.rmtree(place)
    assert records[0] == records[1]


def bearing():
    """What the val faces can bear: in JSON and as text, before anything is written."""
    with folder() as root:
        build(f"{root}/in", {"a": 10, "b": 30})
        found = done("split", f"{root}/in", "--dry-run", "--json").json()
        assert "seconds" not in found
        bears = found["bearing"]
        assert bears["val_per_subject"] == {"fewest": 2, "median": 2, "most": 6}, bears
        assert bears["without_percentage"] == 1, bears
        # 1.96 / (2 sqrt (n + 1.96 ** 2)), of 8 and of 2
        assert abs(bears["half_width"] - 0.284787) < 1e-6, bears
        assert abs(bears["subject_half_width"] - 0.405471) < 1e-6, bears
        out = done("split", f"{root}/in", "--dry-run").out
        assert "  val images a subject: 2 (2 to 6)\n" in out, out
        assert "  accuracy of all: ±28.5 points" in out, out
        assert "  subjects with too few for a percentage: 1 of 2\n" in out, out


def check_content():
    """The commit says how long it took; with --check-content everything is hashed again."""
    with folder() as root:
        build(f"{root}/in", {"a": 10, "b": 30})
        plain = done("split", f"{root}/in", "-o", f"{root}/out", "--json").json()["seconds"]
        again = done("split", f"{root}/in", "-o", f"{root}/again", "--json",
                     "--check-content").json()["seconds"]
        assert plain["hashing"] == 0 and again["hashing"] > 0, (plain, again)
        assert plain["reading"] > 0 and plain["writing"] > 0 and plain["syncing"] >= 0, plain


tap.run([
    ("/cli/split/another-file-system", another_file_system),
    ("/cli/split/bearing", bearing),
    ("/cli/split/check-content", check_content),
    ("/cli/split/real-faces", real_faces),
    ("/cli/split/full-size", full_size),
    ("/cli/split/json", as_json),
    ("/cli/split/dry-run", dry_run),
    ("/cli/split/options", options),
    ("/cli/split/layouts-and-links", layouts_and_links),
    ("/cli/split/pins", pins),
    ("/cli/split/bad-places", bad_places),
    ("/cli/split/too-few", too_few),
    ("/cli/verify/differences-and-undo", verify_differences),
    ("/cli/verify/no-manifest", no_manifest),
])
