"""Writes what tuning changed in a model, and applies it.

    python -m bioner_training.weight_changes check BASE SCHEME
    python -m bioner_training.weight_changes make BASE TUNED FILE
    python -m bioner_training.weight_changes apply BASE FILE TUNED

For machines that limit what they return: tuning moves most quantized weights by at most one step,
so the changes compress to less than half of the model. BASE is the model that was tuned, stored by
the same scheme; `check` says before the tuning whether it is. FILE is an `.npz` of NumPy. It has,
for each tensor, its scales and the differences of its codes from those of the base; the layout of
the tuned file and the bytes before its tensors; and the SHA-256 of both models, which `apply`
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

from .checksum import BadFile, check_sha256, sha256
from .command_line import report_errors
from .model.gguf_file import ModelFile
from .quantization.ggml_blocks import BLOCK_BYTES, OFFSET, pack
from .quantization.scheme import format_of, parse_scheme

#: bytes of the scale of a block, before its codes
SCALE_BYTES = 2


class _File:
    """The bytes of a GGUF file: those before its tensors, and those of each tensor."""

    def __init__(self, path: Path):
        self.reader = ModelFile(path).reader
        self.data = np.fromfile(path, np.uint8)
        self.tensors = {t.name: t for t in self.reader.tensors}
        self.start = self.reader.data_offset

    def layout(self) -> list[tuple]:
        """The name, format, size and offset from the first of each tensor."""
        return [
            (t.name, t.tensor_type.name, t.n_bytes, t.data_offset - self.start)
            for t in self.reader.tensors
        ]

    def bytes_of(self, name: str) -> np.ndarray:
        tensor = self.tensors[name]
        return self.data[tensor.data_offset : tensor.data_offset + tensor.n_bytes]


def _split_blocks(stored: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """The scales and the codes of blocks, one byte a code; other formats are returned as scales."""
    if kind not in BLOCK_BYTES:
        return stored, stored[:0]
    blocks = stored.reshape(-1, BLOCK_BYTES[kind])
    codes = blocks[:, SCALE_BYTES:]
    if kind in OFFSET:
        low = codes[:, -16:]
        fifth = np.unpackbits(codes[:, :-16], axis=1, bitorder="little") << 4
        codes = np.concatenate([low & 15, low >> 4], axis=1)
        codes = codes | fifth if fifth.size else codes
    return blocks[:, :SCALE_BYTES], codes


def _join_blocks(scales: np.ndarray, codes: np.ndarray, kind: str) -> np.ndarray:
    """The reverse of `_split_blocks`."""
    if kind not in BLOCK_BYTES:
        return scales
    if kind not in OFFSET:
        return np.concatenate([scales, codes], axis=1)
    values = scales.view(np.float16).astype(np.float32)
    return pack(torch.from_numpy(values), torch.from_numpy(codes), kind).numpy()


def check(base: Path, scheme: str) -> None:
    """Raises `BadFile` unless `base` is stored by this scheme, as a model tuned from it will be."""
    formats = parse_scheme(scheme)
    for tensor in ModelFile(base).reader.tensors:
        found = tensor.tensor_type.name
        expected = format_of(formats, tensor.name) if len(tensor.shape) > 1 else "F32"
        if found != expected:
            raise BadFile(
                f"{base} is not stored by the scheme {scheme}: {tensor.name} is in {found}, not in "
                f"{expected}; `bioner_training.store --scheme '{scheme}'` stores it so"
            )


def make(base: Path, tuned: Path, path: Path) -> None:
    """Writes the changes from `base` to `tuned`; raises `BadFile` if their layouts differ."""
    old, new = _File(base), _File(tuned)
    layout = new.layout()
    shared = [sorted(tensor[:3] for tensor in file.layout()) for file in (old, new)]
    if shared[0] != shared[1]:
        raise BadFile(f"{tuned} does not have the tensors of {base}, or stores them otherwise")
    arrays = {
        "head": new.data[: new.start],
        "sha256": np.array([sha256(base), sha256(tuned)]),
        "layout": np.array(json.dumps([layout, len(new.data) - new.start])),
    }
    for name, kind, *_ in layout:
        _, before = _split_blocks(old.bytes_of(name), kind)
        arrays[f"{name}/scales"], after = _split_blocks(new.bytes_of(name), kind)
        arrays[f"{name}/codes"] = after - before
    with open(path, "wb") as file:
        np.savez_compressed(file, **arrays)


def apply(base: Path, path: Path, tuned: Path) -> None:
    """Writes the tuned model; raises `BadFile` unless both models are those that `make` read."""
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
            _, before = _split_blocks(old.bytes_of(name), kind)
            blocks = _join_blocks(
                changed[f"{name}/scales"], before + changed[f"{name}/codes"], kind
            )
            data[len(head) + at : len(head) + at + size] = blocks.ravel()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(f"{path} has no changes of {base}: {error}") from error
    part = Path(f"{tuned}.part")
    data.tofile(part)
    check_sha256(part, expected)
    part.replace(tuned)


@report_errors
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    for action, names in (
        (check, ("base", "scheme")),
        (make, ("base", "tuned", "path")),
        (apply, ("base", "path", "tuned")),
    ):
        command = commands.add_parser(action.__name__, description=action.__doc__)
        command.set_defaults(action=action)
        for name in names:
            command.add_argument(name, type=str if name == "scheme" else Path)
    options = vars(parser.parse_args(argv))
    action = options.pop("action")
    action(**options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
