"""What a recognizer is asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from . import _engine

__all__ = ["Options", "Path", "checked_threads"]

Path = str | os.PathLike[str]

#: What is asked for where neither types nor a preset is named, as on the command line.
DEFAULT_TYPES = ("Chemical", "Disease")
#: The most threads that can be asked for.
MAX_THREADS = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `bioner.load` was given; documented there."""

    types: Sequence[str] | None = None
    preset: str | None = None
    model: Path | None = None
    format: str | None = None
    assertion: bool | None = None
    sections: bool = False
    link: bool = False
    vocabulary: Path | Sequence[Path] = ()
    raw: bool = False
    together: bool = False
    threads: int | None = None

    def checked_types(self) -> list[str]:
        """The types that are asked for, as the engine takes them."""
        if self.types is not None and self.preset is not None:
            raise ValueError("name types or a preset, not both")
        if isinstance(self.types, str):
            raise TypeError("types is a list of names, not one string")
        if self.preset is not None:
            return _engine.preset_types(self.preset)
        return _engine.check_types(list(DEFAULT_TYPES if self.types is None else self.types))

    def asserts(self) -> bool:
        """Whether entities say if they are absent, historical or a relative's."""
        return _engine.asserts(self.preset) if self.assertion is None else self.assertion

    def vocabularies(self) -> list[str]:
        """The files of vocabularies."""
        if isinstance(self.vocabulary, str | os.PathLike):
            return [os.fspath(self.vocabulary)]
        return [os.fspath(file) for file in self.vocabulary]


def checked_threads(threads: int | None) -> int:
    """The number of threads for the engine, in which 0 is as many as there are cores."""
    if threads is None:
        return 0
    if not isinstance(threads, int) or not 1 <= threads <= MAX_THREADS:
        raise ValueError(f"threads is 1 to {MAX_THREADS}, or None for as many as there are cores")
    return threads
