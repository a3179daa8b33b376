#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rules of the house, held against the tree and the built programs.

usage: test-house.py SOURCE_ROOT BUILD_ROOT
"""

import json
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import tap

SOURCE = Path(sys.argv[1])
BUILD = Path(sys.argv[2])

TOP_LEVEL = {
    "meson.build", "meson_options.txt", "src", "ui", "data", "po", "tests", "bench", "flatpak",
    "build-aux", "README.md", "LICENSE",
}
# What an #include line of a room may never name.
FORBIDDEN = {
    "src/core": r"gtk/|adwaita|torch/|ATen/|c10/|cuda|likeness-torch\.h",
    "src/engine": r"gtk/|adwaita",
    "src/app": r"torch/|ATen/|c10/|cuda",
    "src/cli": r"gtk/|adwaita|torch/|ATen/|c10/|cuda",
}
# Longest file of the code that is written by hand.
MOST_LINES = 500


def tracked():
    """All files of the tree that are not ignored; every file where this is no checkout."""
    try:
        out = subprocess.run(
            ["git", "-c", f"safe.directory={SOURCE}", "-C", SOURCE, "ls-files", "-z"],
            check=True, capture_output=True).stdout
        return [SOURCE / name for name in out.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        return [p for p in SOURCE.rglob("*") if p.is_file() and "build" not in p.parts]


def code(*suffixes):
    return [p for p in tracked() if p.suffix in suffixes and p.is_file()]


def needed(library):
    out = subprocess.run(["readelf", "-d", library], check=True, capture_output=True, text=True)
    return re.findall(r"\(NEEDED\).*\[(.*)\]", out.stdout)


def top_level_is_exact():
    names = {p.relative_to(SOURCE).parts[0] for p in tracked()}
    names = {n for n in names if not n.startswith(".")}
    assert names == TOP_LEVEL, names ^ TOP_LEVEL


def rooms_see_only_what_they_may():
    bad = []
    for room, forbidden in FORBIDDEN.items():
        for path in code(".c", ".h", ".cpp", ".hpp"):
            if not str(path.relative_to(SOURCE)).startswith(room + "/"):
                continue
            for line in path.read_text().splitlines():
                if re.match(r'\s*#\s*include\s*[<"](' + forbidden + ")", line):
                    bad.append(f"{path.relative_to(SOURCE)}: {line}")
    assert not bad, bad


def command_line_links_no_gtk():
    bad = [n for n in needed(BUILD / "src/cli/likeness-cli") if re.search("gtk|adwaita", n)]
    assert not bad, bad


def programs_do_not_link_libtorch():
    for program in ("src/cli/likeness-cli", "src/app/likeness"):
        bad = [n for n in needed(BUILD / program) if re.search("torch|c10|cuda", n)]
        assert not bad, (program, bad)


def torch_module_needs_no_cuda():
    libraries = needed(BUILD / "src/engine/liblikeness-torch.so")
    assert "libtorch_cpu.so" in libraries, libraries
    bad = [n for n in libraries if re.search(r"cuda|^libtorch\.so", n)]
    assert not bad, bad


def cuda_module_is_built():
    libraries = needed(BUILD / "src/engine/liblikeness-torch-cuda.so")
    assert any(n.startswith("libcudart.so") for n in libraries), libraries


def every_file_has_a_licence():
    bad = [str(p.relative_to(SOURCE)) for p in code(".c", ".h", ".cpp", ".hpp", ".py")
           if "SPDX-License-Identifier: Apache-2.0" not in p.read_text()[:300]]
    assert not bad, bad


def no_file_is_too_long():
    bad = {str(p.relative_to(SOURCE)): n for p in code(".c", ".h", ".cpp", ".hpp", ".py")
           if (n := len(p.read_text().splitlines())) > MOST_LINES}
    assert not bad, bad


def translations_know_every_file():
    listed = {line.strip() for line in (SOURCE / "po/POTFILES.in").read_text().splitlines()
              if line.strip() and not line.startswith("#")}
    marked = set()
    for path in code(".c", ".cpp", ".ui", ".xml", ".in"):
        name = str(path.relative_to(SOURCE))
        text = path.read_text()
        if name.startswith("src/") and re.search(r'\b(_|N_|C_|ngettext|g_dngettext|NC_) \("', text):
            marked.add(name)
        elif name.startswith("ui/") and 'translatable="yes"' in text:
            marked.add(name)
    assert marked <= listed, f"not in po/POTFILES.in: {sorted(marked - listed)}"
    missing = [name for name in listed if not (SOURCE / name).is_file()]
    assert not missing, missing


def flatpak_has_the_pinned_packages():
    pinned = set(re.findall(r"--hash=sha256:(\w{64})",
                            (SOURCE / "build-aux/libtorch-cpu.txt").read_text()))
    manifest = json.loads((SOURCE / "flatpak/org.likeness.Likeness.json").read_text())
    assert manifest["id"] == "org.likeness.Likeness"
    assert int(manifest["runtime-version"]) >= 47
    found = set()
    for module in manifest["modules"]:
        assert module["buildsystem"] in ("simple", "meson"), module
        for source in module["sources"]:
            assert "url" not in source and "path" in source, source
            if source["type"] == "archive":
                found.add(source["sha256"])
    assert found == pinned, found ^ pinned


tap.run([
    ("/house/top-level-is-exact", top_level_is_exact),
    ("/house/rooms-see-only-what-they-may", rooms_see_only_what_they_may),
    ("/house/command-line-links-no-gtk", command_line_links_no_gtk),
    ("/house/programs-do-not-link-libtorch", programs_do_not_link_libtorch),
    ("/house/torch-module-needs-no-cuda", torch_module_needs_no_cuda),
    ("/house/cuda-module-is-built", cuda_module_is_built),
    ("/house/every-file-has-a-licence", every_file_has_a_licence),
    ("/house/no-file-is-too-long", no_file_is_too_long),
    ("/house/translations-know-every-file", translations_know_every_file),
    ("/house/flatpak-has-the-pinned-packages", flatpak_has_the_pinned_packages),
])
