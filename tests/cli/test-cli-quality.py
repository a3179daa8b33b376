# SPDX-License-Identifier: Apache-2.0
"""Quality of enlarged faces as a program: against scikit-image on real faces, on drawn ones, and
on what is not a data set."""

import csv
import os
import shutil
from pathlib import Path

import tap
from cli import assets, build, done, files, folder, make_script, png, refused, write

# All of the real pairs by scikit-image 0.26.0, as in tests/core/test-image-quality.c, with
# NumPy's mean and standard deviation and the interval of tests/core/test-mean.c over people.
# (split, input): psnr (value, low, high, sd), ssim (the same), faces, people
REAL = {
    ("all", "low"): ((28.174322, 28.043911, 28.304733, 1.934116),
                     (0.839318, 0.836373, 0.842263, 0.038926), 2073, 158),
    ("train", "low"): ((28.207034, 28.065866, 28.348202, 1.952692),
                       (0.839824, 0.836669, 0.842980, 0.038897), 1651, 126),
    ("val", "low"): ((27.840864, 27.394057, 28.287670, 1.877129),
                     (0.836395, 0.825040, 0.847751, 0.040014), 216, 16),
    ("test", "low"): ((28.261789, 27.719098, 28.804481, 1.813977),
                      (0.838326, 0.826002, 0.850649, 0.038029), 206, 16),
    ("all", "16"): ((23.299682, 23.183914, 23.415449, 1.673871),
                    (0.652334, 0.647973, 0.656695, 0.057992), 2073, 158),
    ("train", "16"): ((23.325057, 23.194797, 23.455317, 1.698164),
                      (0.653136, 0.648311, 0.657961, 0.058675), 1651, 126),
    ("val", "16"): ((23.033560, 22.665949, 23.401171, 1.604531),
                    (0.648563, 0.633020, 0.664106, 0.057769), 216, 16),
    ("test", "16"): ((23.375350, 22.970263, 23.780437, 1.524036),
                     (0.649857, 0.633585, 0.666129, 0.052499), 206, 16),
}
WORST = [("0075", 0.7805307591, 14), ("0019", 0.7875781862, 14), ("0044", 0.7938104822, 14),
         ("0011", 0.7990020531, 13)]


# Of the same faces, enlarged by BICUBIC: torch 2.11's F.interpolate (low / 255, size=(112, 112),
# mode="bicubic", align_corners=False), cut to 0..1, times 255, rounded.
REAL_BICUBIC = {"psnr": (29.608269, 29.468266, 29.748272, 2.116580),
                "ssim": (0.870630, 0.868022, 0.873238, 0.035366)}
REAL_DIFFERENCE = {"psnr": (1.433947, 1.414756, 1.453138, 0.319416),
                   "ssim": (0.031312, 0.030861, 0.031762, 0.005767)}
BICUBIC = """
def forward(self, x):
    return torch.upsample_bicubic2d(x, [112, 112], False, None)
"""
BILINEAR = BICUBIC.replace("bicubic", "bilinear")


def near(found, wanted, tolerance):
    assert abs(found - wanted) <= tolerance, (found, wanted)


def assert_mean(found, wanted, n):
    """The interval to a little less: its quantile is good to 1e-4."""
    near(found["value"], wanted[0], 1e-5)
    near(found["low"], wanted[1], 1e-4)
    near(found["high"], wanted[2], 1e-4)
    near(found["sd"], wanted[3], 1e-5)
    assert found["n"] == n, found


def real(name, *options):
    found = done("quality", assets("frontal_only"), "--json", *options).json()
    assert found["layout"] == "paired" and found["input"] == name
    assert list(found["splits"]) == ["train", "val", "test"]
    for split, part in (("all", found), *found["splits"].items()):
        psnr, ssim, n, subjects = REAL[split, name]
        assert (part["n"], part["subjects"]) == (n, subjects), (split, part["n"])
        assert_mean(part["bilinear"]["psnr"], psnr, n)
        assert_mean(part["bilinear"]["ssim"], ssim, n)
        assert part["bilinear"]["identical"] == 0 and "super_resolution" not in part
    assert found["skipped"] == []
    return found


def real_pairs():
    with folder() as root:
        found = real("low", "--csv", f"{root}/faces.csv")
        rows = list(csv.DictReader(open(f"{root}/faces.csv", newline="", encoding="utf-8")))
    worst = found["per_subject"]
    assert len(worst) == 158
    for person, (name, ssim, n) in zip(worst, WORST):
        assert (person["subject"], person["n"]) == (name, n), person
        near(person["bilinear"]["ssim"]["value"], ssim, 1e-8)
    values = [person["bilinear"]["ssim"]["value"] for person in worst]
    assert values == sorted(values)

    assert len(rows) == 2073
    row, = [row for row in rows if row["path"] == "val/hr_images/0067_0003_lfw.png"]
    assert row["subject"] == "0067" and row["split"] == "val"
    near(float(row["bilinear_psnr"]), 27.042107, 1e-6)
    near(float(row["bilinear_ssim"]), 0.806572, 1e-6)


def real_reduced():
    real("16", "--set", "input=16")


def real_for_people():
    text = done("quality", assets("frontal_only")).out
    lines = text.splitlines()
    row, = [line for line in lines if line.startswith("all ")]
    for word in ("bilinear", "28.17 [28.04, 28.30]", "0.8393 [0.8364, 0.8423]", "2,073", "158"):
        assert word in row, (word, row)
    assert [line.split()[0] for line in lines if " bilinear " in line] == [
        "train", "val", "test", "all"]
    worst = lines[next(i for i, line in enumerate(lines) if "Worst people" in line) + 1:]
    assert [line.split()[0] for line in worst[:4]] == [name for name, _, _ in WORST]
    assert len(worst) == 10, worst
    assert "Skipped" not in text


def drawn():
    """What is drawn needs no assets: sizes of both kinds, and the same bytes every time."""
    with folder() as root:
        done("sample", f"{root}/a", "--subjects=8", "--faces=3", "--quiet")
        first = done("quality", f"{root}/a", "--json")
        assert done("quality", f"{root}/a", "--json").out == first.out
        found = first.json()
        assert (found["n"], found["subjects"]) == (24, 8)
        assert sum(part["n"] for part in found["splits"].values()) == 24
        assert 15 < found["bilinear"]["psnr"]["value"] < 40
        assert 0.5 < found["bilinear"]["ssim"]["value"] < 1
        # The fewer pixels, the worse.
        values = [found["bilinear"]] + [
            done("quality", f"{root}/a", "--set", f"input={n}", "--json").json()["bilinear"]
            for n in (16, 8)]
        for near_one, far_one in zip(values, values[1:]):
            assert near_one["psnr"]["value"] > far_one["psnr"]["value"], values
            assert near_one["ssim"]["value"] > far_one["ssim"]["value"], values


def identical():
    """Not reduced at all: every dB is infinite, which is no number, and its mean none."""
    with folder() as root:
        done("sample", f"{root}/a", "--subjects=4", "--faces=3", "--quiet")
        found = done("quality", f"{root}/a", "--set", "input=112", "--json").json()
        score = found["bilinear"]
        assert score["psnr"]["value"] is None and "infinite" in score["psnr"]["value_reason"]
        assert score["psnr"]["low"] is None and score["psnr"]["low_reason"]
        assert score["psnr"]["n"] == 0 and score["identical"] == 12
        near(score["ssim"]["value"], 1, 1e-9)
        text = done("quality", f"{root}/a", "--set", "input=112").out
        assert "n/a" in text and "12 faces" in text and "inf" not in text.replace("infinite", "")

        # One face among others: counted, and the mean is that of the others.
        high = f"{root}/a/train/hr_images"
        name = files(high)[0]
        shutil.copy(f"{high}/{name}", f"{root}/a/train/vlr_images/{name}")
        score = done("quality", f"{root}/a", "--json").json()["bilinear"]
        assert score["identical"] == 1 and score["psnr"]["n"] == 11, score
        assert 15 < score["psnr"]["value"] < 40 and score["ssim"]["n"] == 12


def real_super_resolution():
    with folder() as root:
        make_script(f"{root}/bicubic.pt", BICUBIC)
        found = done("quality", assets("frontal_only"), "--super-resolution", f"{root}/bicubic.pt",
                     "--device", "cpu", "--json").json()
    assert found["model"] == "bicubic.pt" and len(found["model_xxh3"]) == 32, found["model"]
    assert_mean(found["bilinear"]["psnr"], REAL["all", "low"][0], 2073)
    for name, values in REAL_BICUBIC.items():
        # A byte here and there is rounded the other way.
        for key, value in zip(("value", "low", "high", "sd"), values):
            near(found["super_resolution"][name][key], value, 1e-3)
        for key, value in zip(("value", "low", "high", "sd"), REAL_DIFFERENCE[name]):
            near(found["difference"][name][key], value, 1e-3)
    assert set(found["splits"]["val"]) == {"n", "subjects", "bilinear", "super_resolution",
                                           "difference"}
    values = [person["super_resolution"]["ssim"]["value"] for person in found["per_subject"]]
    assert values == sorted(values)


def super_resolution():
    """The model's column stands beside the bilinear one, which stays what it was."""
    with folder() as root:
        done("sample", f"{root}/a", "--subjects=24", "--faces=6", "--quiet")
        make_script(f"{root}/bilinear.pt", BILINEAR)
        make_script(f"{root}/bicubic.pt", BICUBIC)
        make_script(f"{root}/black.pt", BILINEAR.replace("return ", "return 0 * "))
        # One face fails before its portion is enlarged: the others keep their own scores.
        spoil(f"{root}/a/train/vlr_images/" + files(f"{root}/a/train/vlr_images")[3])
        for options in ([], ["--set", "input=12"]):
            plain = done("quality", f"{root}/a", "--json", *options).json()
            assert "model" not in plain and "difference" not in plain
            found = {}
            for name in ("bilinear", "bicubic", "black"):
                said = done("quality", f"{root}/a", "--json", "--super-resolution",
                            f"{root}/{name}.pt", "--device", "cpu", "--csv", f"{root}/{name}.csv",
                            *options).json()
                assert said["bilinear"] == plain["bilinear"], name
                assert said["n"] == plain["n"] and said["skipped"] == plain["skipped"]
                found[name] = said
            # It is the same enlarging, but for what two programs round.
            same = found["bilinear"]["difference"]
            assert abs(same["psnr"]["value"]) < 0.02 and abs(same["ssim"]["value"]) < 1e-3, same
            assert found["bicubic"]["difference"]["psnr"]["low"] > 0.1, found["bicubic"]
            black = found["black"]
            assert black["super_resolution"]["psnr"]["value"] < 12
            near(black["difference"]["psnr"]["value"], black["super_resolution"]["psnr"]["value"]
                 - black["bilinear"]["psnr"]["value"], 1e-9)
            # Each face beside its own score, whatever order they went through the model in.
            rows = list(csv.DictReader(open(f"{root}/bilinear.csv", encoding="utf-8")))
            assert len(rows) == plain["n"]
            for row in rows:
                near(float(row["super_resolution_psnr"]), float(row["bilinear_psnr"]), 0.1)
        text = done("quality", f"{root}/a", "--super-resolution", f"{root}/bicubic.pt").out
        row, = [line for line in text.splitlines()
                if line.startswith("all ") and " difference " in line]
        assert "+" in row and "Super-resolution by bicubic.pt" in text, text
        assert len([line for line in text.splitlines() if " super-resolution " in line]) == 4


def super_resolution_refused():
    with folder() as root:
        done("sample", f"{root}/a", "--subjects=4", "--faces=3", "--quiet")
        make_script(f"{root}/flat.pt", "def forward(self, x):\n    return x.flatten(1)\n")
        write(f"{root}/text.pt", b"no program")
        before = files(root)
        base = ["quality", f"{root}/a", "--device", "cpu", "--csv", f"{root}/x.csv"]
        refused(*base, "--super-resolution", f"{root}/nowhere.pt", words=["nowhere.pt"])
        refused(*base, "--super-resolution", f"{root}/text.pt", words=["text.pt"])
        refused(*base, "--super-resolution", f"{root}/flat.pt", words=["flat.pt"])
        refused(*base, "--super-resolution", "", status=2, words=["--super-resolution"])
        refused(*base, "--super-resolution", f"{root}/flat.pt", "--set", "input=high", status=2,
                words=["input"])
        assert files(root) == before


def layouts():
    """One folder a person, with pairs beside it, and no splits."""
    with folder() as root:
        done("sample", f"{root}/a", "--subjects=4", "--faces=10", "--quiet")
        done("split", f"{root}/a", "--output", f"{root}/b", "--layout=folders", "--quiet")
        found = done("quality", f"{root}/b", "--json").json()
        assert found["layout"] == "folders" and found["input"] == "low"
        assert set(found["splits"]) == {"train", "val"}, found["splits"]
        assert found["n"] == sum(part["n"] for part in found["splits"].values())
        for part in found["splits"].values():
            assert part["subjects"] == found["subjects"]

        for i in range(3):
            write(f"{root}/c/one_{i}.png", png(i, 130, 120))
        found = done("quality", f"{root}/c", "--set", "input=20", "--json").json()
        assert list(found["splits"]) == ["none"] and found["n"] == 3
        # One person: no interval over people, but one over faces.
        psnr = found["bilinear"]["psnr"]
        assert psnr["value"] > 0 and psnr["low"] is None and "people" in psnr["low_reason"], psnr
        person, = found["per_subject"]
        assert person["bilinear"]["psnr"]["low"] < psnr["value"] < person["bilinear"]["psnr"]["high"]


def no_pairs():
    with folder() as root:
        build(root, {"a": 3, "b": 3})
        refused("quality", root, status=2, words=["--set input=N", "partners"])
        refused("quality", root, "--set", "input=low", status=2, words=["--set input=N"])
        found = done("quality", root, "--set", "input=8", "--json").json()
        assert found["n"] == 6 and found["subjects"] == 2


def missing_partner():
    with folder() as root:
        done("sample", f"{root}/a", "--subjects=4", "--faces=3", "--quiet")
        name = files(f"{root}/a/train/hr_images")[1]
        os.remove(f"{root}/a/train/vlr_images/{name}")
        found = done("quality", f"{root}/a", "--json").json()
        assert found["n"] == 11, found["n"]
        skip, = found["skipped"]
        assert skip["path"] == f"train/hr_images/{name}" and skip["reason"], skip


def bad_places():
    with folder() as root:
        write(f"{root}/file.txt", b"text")
        os.mkdir(f"{root}/empty")
        refused("quality", f"{root}/nowhere", words=["nowhere"])
        refused("quality", f"{root}/file.txt", words=["file.txt"])
        refused("quality", f"{root}/empty", words=["empty"])


def wrong_use():
    with folder() as root:
        build(root, {"a": 3})
        for value in ("high", "3", "113", "x", ""):
            refused("quality", root, "--set", f"input={value}", status=2, words=["input"])
        refused("quality", root, "--set", "inptu=16", status=2, words=["input"])
        refused("quality", root, "--set", "input=16", "--csv", f"{root}/no/x.csv",
                words=["x.csv"])


def spoil(path):
    """A picture whose frame is whole and whose pixels are not: the scanner cannot see it."""
    data = bytearray(Path(path).read_bytes())
    begin = data.index(b"IDAT") + 4
    data[begin + 2:begin + 60] = bytes(58)
    write(path, bytes(data))


def broken_pictures():
    """What the scanner sees and what only the decoder does: both are listed, nothing else is."""
    with folder() as root:
        done("sample", f"{root}/a", "--subjects=4", "--faces=3", "--quiet")
        place = f"{root}/a/train"
        first, second, third = files(f"{place}/hr_images")[:3]
        spoil(f"{place}/hr_images/{first}")
        spoil(f"{place}/vlr_images/{second}")
        write(f"{place}/hr_images/{third}", b"no picture")
        assert done("scan", f"{root}/a", "--json").json()["faces"] == 11
        found = done("quality", f"{root}/a", "--json").json()
        assert found["n"] == 9, found["n"]
        reasons = {skip["path"]: skip["reason"] for skip in found["skipped"]}
        assert set(reasons) == {f"train/hr_images/{name}" for name in (first, second, third)}
        assert "hr_images" in reasons[f"train/hr_images/{first}"], reasons
        assert "vlr_images" in reasons[f"train/hr_images/{second}"], reasons
        text = done("quality", f"{root}/a").out
        assert "Skipped (3):" in text and f"train/hr_images/{second}: " in text, text


def nothing_readable():
    with folder() as root:
        for i in range(3):
            write(f"{root}/one_{i}.png", png(i))
            spoil(f"{root}/one_{i}.png")
        refused("quality", root, "--set", "input=8", words=["3 faces", "one_0.png"])


def odd_names():
    """Names are bytes: the JSON and the table of every face stay whole."""
    with folder() as root:
        for name in (b"a\nb_1.png", b"\xff\xfe_1.png", b'a",b_1.png'):
            with open(os.path.join(os.fsencode(root), name), "wb") as file:
                file.write(png(name))
        with folder() as other:
            found = done("quality", root, "--set", "input=8", "--csv", f"{other}/x.csv",
                         "--json").json()
            rows = list(csv.reader(open(f"{other}/x.csv", newline="", encoding="utf-8")))
        assert len(found["per_subject"]) == 3 and len(rows) == 4
        assert all(len(row) == 5 for row in rows), rows
        assert {person["subject"] for person in found["per_subject"]} == {
            row[1] for row in rows[1:]}
        done("quality", root, "--set", "input=8")


tap.run([
    ("/cli/quality/real/pairs", real_pairs),
    ("/cli/quality/real/reduced", real_reduced),
    ("/cli/quality/real/for-people", real_for_people),
    ("/cli/quality/drawn", drawn),
    ("/cli/quality/identical", identical),
    ("/cli/quality/super-resolution/real", real_super_resolution),
    ("/cli/quality/super-resolution/drawn", super_resolution),
    ("/cli/quality/super-resolution/refused", super_resolution_refused),
    ("/cli/quality/layouts", layouts),
    ("/cli/quality/no-pairs", no_pairs),
    ("/cli/quality/missing-partner", missing_partner),
    ("/cli/quality/bad-places", bad_places),
    ("/cli/quality/wrong-use", wrong_use),
    ("/cli/quality/broken-pictures", broken_pictures),
    ("/cli/quality/nothing-readable", nothing_readable),
    ("/cli/quality/odd-names", odd_names),
])
