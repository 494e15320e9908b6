"""Mentions -> spans, as `src/align.rs` does it: a mention without a place stands for every place
where the sentence has its words as whole pieces, except inside a longer mention; inside a longer
mention of another type only if it stands nowhere else."""

from __future__ import annotations

from .formats import Mention
from .sentence import Sentence


def places_of(sentence: Sentence, mention: Mention) -> list[tuple[int, int]]:
    """Every place in the view that a mention may mean."""
    if isinstance(mention.place, tuple):
        return [mention.place]
    found = list(sentence.occurrences(mention.text))
    return found if mention.place is None else found[mention.place - 1 : mention.place]


def align(places: list[tuple[str, int, list[tuple[int, int]]]]) -> list[tuple[int, int, int]]:
    """(text, type, places it may mean) of each mention -> (start, end, type), sorted."""
    placed: list[tuple[int, int, int]] = []
    for _, kind, spans in sorted(places, key=lambda m: -len(m[0].encode())):
        for same_type_only in (False, True):
            kept: list[tuple[int, int]] = []
            for start, end in spans:
                free = all(
                    e <= start or end <= s
                    or ((s, e) == (start, end) and other != kind)
                    or (same_type_only and other != kind)
                    for s, e, other in placed
                )  # fmt: skip
                if free and all(e <= start or end <= s for s, e in kept):
                    kept.append((start, end))
            if kept:
                break
        placed += [(start, end, kind) for start, end in kept]
    return sorted(set(placed))
