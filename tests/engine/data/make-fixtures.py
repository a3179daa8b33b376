#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the small PyTorch files that the reader's tests read (made with PyTorch 2.11).

usage: make-fixtures.py FOLDER
Nothing of any published network is in them. The tests need the files, not this script.
"""

import os
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

import torch

FOLDER = Path(sys.argv[1])


def ramp(n, dtype):
    return torch.arange(n, dtype=torch.float32).sub(2).to(dtype)


def values():
    base = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    tensors = OrderedDict(
        float64=torch.tensor([1 / 3, -1e300, 2.0 ** -149], dtype=torch.float64),
        float32=torch.tensor([1 / 3, -0.0, 3.4e38]),
        float16=torch.tensor([1 / 3, 65504.0, 2.0 ** -24, -float("inf")], dtype=torch.float16),
        bfloat16=torch.tensor([1 / 3, -3e38, 0.0], dtype=torch.bfloat16),
        int64=torch.tensor([-5, 2 ** 24 + 1, 2 ** 40]),
        int32=torch.tensor([-5, 7], dtype=torch.int32),
        int16=torch.tensor([-300, 300], dtype=torch.int16),
        int8=torch.tensor([-128, 127], dtype=torch.int8),
        uint8=torch.tensor([0, 255], dtype=torch.uint8),
        bool=torch.tensor([True, False, True]),
        scalar=torch.tensor(2.5),
        empty=torch.zeros(0, 3),
        transposed=base.t(),
        window=base[1:, 1:3],
        every_other=base.flatten()[1::3],
        parameter=torch.nn.Parameter(torch.tensor([4.0, 5.0])),
        quantized=torch.quantize_per_tensor(torch.tensor([[-0.5, 0.25], [1.0, 0.0]]), 0.25, 3, torch.qint8),
    )
    tensors._metadata = OrderedDict([("", {"version": 1})])
    plain = {
        "none": None, "true": True, "false": False, "small": 7, "word": 40000, "negative": -3,
        "long": 2 ** 40, "negative_long": -(2 ** 40), "double": 0.1, "text": "Grüße", "list": [1, [2, "x"]],
        "tuple": (1, 2), "pair": ("a", None), "one": (5,), "four": (1, 2, 3, 4), "none_in": (), "dict": {1: "one", 2.5: "f"},
        "size": torch.Size([2, 3]), "device": torch.device("cpu"), "dtype": torch.float32,
    }
    return {"tensors": tensors, "plain": plain, "shared": [tensors["float32"]] * 3}


class System:
    def __reduce__(self):
        return os.system, ("touch likeness-was-here",)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(2, 2)

    def forward(self, x):
        return self.fc(x)


def checkpoint(shapes):
    """A checkpoint's dict whose numbers the test makes itself: only its pickle is kept."""
    names = OrderedDict((name, torch.zeros(shape)) for name, shape in shapes)
    moments = {"model.head.fc.bias": torch.zeros(512), "arcface.weight": torch.zeros(3, 512)}
    return {
        "stage": 2, "epoch": 7, "backbone_state_dict": names,
        "arcface_state_dict": {"weight": torch.zeros(3, 512)},
        "optimizer_state_dict": {"step": torch.tensor(41.0), "exp_avg": dict(moments),
                                 "exp_avg_sq": {k: torch.zeros_like(v) for k, v in moments.items()}},
        "val_similarity": 0.5, "val_accuracy": None,
        "config": {"epochs_all": 8, "margin": 0.25, "input": "low", "early_stop": None, "augment": True, "list": [1, 2]},
        "subject_to_id": {"carol": 2, "alice": 0, "bob": 1}, "num_classes": 3,
    }


def main():
    torch.manual_seed(42)
    for protocol in (2, 4, 5):
        torch.save(values(), FOLDER / f"values-{protocol}.pt", pickle_protocol=protocol)
    torch.save({"weight": ramp(3, torch.float32)}, FOLDER / "old.pt", _use_new_zipfile_serialization=False)
    torch.save({"weight": ramp(3, torch.float32), "hook": System()}, FOLDER / "system.pt")
    torch.save(torch.nn.Linear(2, 2), FOLDER / "module.pt")
    torch.jit.script(Net()).save(FOLDER / "script.pt")
    if len(sys.argv) > 2:
        # The published list of names and shapes of edgeface_xxs, "name<TAB>[shape]<TAB>type" a line.
        lines = [line.split("\t") for line in Path(sys.argv[2]).read_text().splitlines()]
        path = FOLDER / "whole.pt"
        torch.save(checkpoint([(f[0], eval(f[1])) for f in lines]), path)
        with zipfile.ZipFile(path) as archive:
            (FOLDER / "checkpoint.pkl").write_bytes(archive.read("whole/data.pkl"))
        path.unlink()


if __name__ == "__main__":
    main()
