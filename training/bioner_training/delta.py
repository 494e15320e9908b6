"""A tuned model as what tuning changed: `python -m bioner_training.delta make BASE TUNED FILE`, then
`... apply BASE FILE TUNED`.

For machines that give back little: tuning moves most weights by a step of their grid or by none, so
what changed takes less than half of the file. BASE is what was tuned from, stored by the same scheme.
The file is numpy's `.npz`: for each tensor its scales, and its codes less those of the base; where the
tensors stand in the tuned file and the bytes before them; and the SHA-256 of both files, which `apply`
checks.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import torch

from .errors import told
from .gguf_io import BadModel, ModelFile, check_sha256, sha256
from .quantize import BLOCK_BYTES, OFFSET, pack

#: bytes of a block's scale, which its codes follow
SCALE = 2


class _File:
    """A GGUF file as the bytes before its tensors and the blocks of each."""

    def __init__(self, path: Path):
        self.reader = ModelFile(path).reader
        self.data = np.fromfile(path, np.uint8)
        self.tensors = {t.name: t for t in self.reader.tensors}
        self.start = self.reader.data_offset

    def layout(self) -> list[tuple]:
        """Each tensor's name, format, size and place after the first."""
        return [
            (t.name, t.tensor_type.name, t.n_bytes, t.data_offset - self.start)
            for t in self.reader.tensors
        ]

    def bytes_of(self, name: str) -> np.ndarray:
        tensor = self.tensors[name]
        return self.data[tensor.data_offset : tensor.data_offset + tensor.n_bytes]


def _apart(stored: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Blocks as their scales and their codes, a byte a code; what has no blocks is all scales."""
    if kind not in BLOCK_BYTES:
        return stored, stored[:0]
    blocks = stored.reshape(-1, BLOCK_BYTES[kind])
    codes = blocks[:, SCALE:]
    if kind in OFFSET:
        low = codes[:, -16:]
        fifth = np.unpackbits(codes[:, :-16], axis=1, bitorder="little") << 4
        codes = np.concatenate([low & 15, low >> 4], axis=1)
        codes = codes | fifth if fifth.size else codes
    return blocks[:, :SCALE], codes


def _together(scales: np.ndarray, codes: np.ndarray, kind: str) -> np.ndarray:
    """The reverse of `_apart`."""
    if kind not in BLOCK_BYTES:
        return scales
    if kind not in OFFSET:
        return np.concatenate([scales, codes], axis=1)
    values = scales.view(np.float16).astype(np.float32)
    return pack(torch.from_numpy(values), torch.from_numpy(codes), kind).numpy()


def make(base: Path, tuned: Path, path: Path) -> None:
    """Writes what makes `tuned` of `base`; `BadModel` if their tensors differ in more than values."""
    old, new = _File(base), _File(tuned)
    layout = new.layout()
    shared = [sorted(tensor[:3] for tensor in file.layout()) for file in (old, new)]
    if shared[0] != shared[1]:
        raise BadModel(f"{tuned} does not have the tensors of {base}, or stores them otherwise")
    arrays = {
        "head": new.data[: new.start],
        "sha256": np.array([sha256(base), sha256(tuned)]),
        "layout": np.array(json.dumps([layout, len(new.data) - new.start])),
    }
    for name, kind, *_ in layout:
        _, before = _apart(old.bytes_of(name), kind)
        arrays[f"{name}/scales"], after = _apart(new.bytes_of(name), kind)
        arrays[f"{name}/codes"] = after - before
    with open(path, "wb") as file:
        np.savez_compressed(file, **arrays)


def apply(base: Path, path: Path, tuned: Path) -> None:
    """Writes the tuned model; `BadModel` unless the base is the right one and the result is the file
    that `make` read."""
    old = _File(base)
    try:
        changed = np.load(path)
        expected_base, expected = (str(value) for value in changed["sha256"])
        check_sha256(base, expected_base)
        head = changed["head"]
        layout, length = json.loads(str(changed["layout"]))
        data = np.zeros(len(head) + length, np.uint8)
        data[: len(head)] = head
        for name, kind, size, at in layout:
            _, before = _apart(old.bytes_of(name), kind)
            blocks = _together(changed[f"{name}/scales"], before + changed[f"{name}/codes"], kind)
            data[len(head) + at : len(head) + at + size] = blocks.ravel()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, BadModel):
            raise
        raise BadModel(f"{path} is no difference to {base}: {error}") from error
    part = Path(f"{tuned}.part")
    data.tofile(part)
    check_sha256(part, expected)
    part.replace(tuned)


@told
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=("make", "apply"))
    for name in ("base", "second", "third"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(argv)
    action = make if options.action == "make" else apply
    action(options.base, options.second, options.third)
    return 0


if __name__ == "__main__":
    sys.exit(main())
