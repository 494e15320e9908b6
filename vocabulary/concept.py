"""A concept as all sources give it."""

import bz2
import io
import math
import pickle
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Concept:
    """A concept with its names."""

    id: str
    kind: str
    name: str
    names: list[str] = field(default_factory=list)
    # How often texts mean it, 0 to 255, as far as the source lets it be guessed.
    frequency: int = 0
    # The identifiers that other vocabularies have for it.
    same: list[str] = field(default_factory=list)


def scaled(count: int, step: int) -> int:
    """A count on a logarithmic scale up to 255."""
    return min(255, round(step * math.log2(count + 1)))


class _Plain(pickle.Unpickler):
    """Reads plain values alone: a class in a pickle is code of its author's."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def load(path: Path):
    """The plain values in a compressed pickle."""
    return _Plain(io.BytesIO(bz2.decompress(path.read_bytes()))).load()
