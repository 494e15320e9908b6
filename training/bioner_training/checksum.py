"""SHA-256 of files."""

from __future__ import annotations

import hashlib
from pathlib import Path


class BadFile(ValueError):
    """A file that is missing, damaged, of another kind, or not the one expected."""


def sha256(path: str | Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def check_sha256(path: str | Path, expected: str) -> None:
    """Raises `BadFile` unless the file has this SHA-256."""
    found = sha256(path)
    if found != expected:
        raise BadFile(f"{path} is not the expected file: sha256 {found}, expected {expected}")
