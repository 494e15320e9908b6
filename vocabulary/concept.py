"""A concept as all sources give it."""

import math
from dataclasses import dataclass, field


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
