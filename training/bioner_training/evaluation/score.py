"""Strict scores: precision, recall and F1 of entities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Score:
    """Counts of entities by type, and of answers, over documents.

    An entity is right if its start, end and type are. `unparsable` answers do not parse,
    `unfinished` ones have no end, `invented` mentions are not in their sentence.
    """

    right: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    gold: Counter = field(default_factory=Counter)
    sentences: int = 0
    unparsable: int = 0
    unfinished: int = 0
    mentions: int = 0
    invented: int = 0
    tokens: int = 0
    seconds: float = 0.0

    def add(self, found: set, gold: set) -> None:
        """Counts the (start, end, type) of one document."""
        sets = ((self.right, found & gold), (self.found, found), (self.gold, gold))
        for counter, entities in sets:
            counter.update(kind for _, _, kind in entities)

    def report(self) -> dict:
        """The measures, in per cent, and the counts."""
        kinds = sorted({*self.found, *self.gold})
        return {
            "micro": _measures(self.right.total(), self.found.total(), self.gold.total()),
            "by_type": {k: _measures(self.right[k], self.found[k], self.gold[k]) for k in kinds},
            "sentences": self.sentences,
            "unparsable": self.unparsable,
            "unfinished": self.unfinished,
            "mentions": self.mentions,
            "invented": self.invented,
            "tokens_written": self.tokens,
            "seconds": round(self.seconds, 1),
        }


def _measures(right: int, found: int, gold: int) -> dict:
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    f1 = 2 * right / (found + gold) if found + gold else 1.0
    return {
        "precision": round(100 * precision, 2),
        "recall": round(100 * recall, 2),
        "f1": round(100 * f1, 2),
        "right": right,
        "found": found,
        "gold": gold,
    }
