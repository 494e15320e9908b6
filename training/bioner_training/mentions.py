"""Sentences with other mentions in their places (Dai and Adel, arXiv 2010.11683).

A small corpus says few things about few names, and a model soon knows its sentences by heart. With the
names exchanged for others of the same type and corpus, what stands around them has to be read.
"""

from __future__ import annotations

import random

from .augment import edit
from .data import Document

#: of the mentions of a sentence that is chosen, the share that is exchanged
SHARE = 0.5

#: type -> the different mentions of a corpus, sorted
Mentions = dict[str, tuple[str, ...]]


def mentions_of(documents: list[Document]) -> Mentions:
    """What a corpus marks. A type that a teacher guessed is not drawn from."""
    found: dict[str, set[str]] = {}
    for document in documents:
        for start, end, kind in document.entities:
            if kind in document.types:
                found.setdefault(kind, set()).add(document.text[start:end])
    return {kind: tuple(sorted(texts)) for kind, texts in found.items()}


def exchange(document: Document, mentions: Mentions, generator: random.Random) -> Document:
    """The document with some of its mentions exchanged; one that is said twice, both times. Those
    that overlap others stay."""
    instead: dict[tuple[str, str], str] = {}
    edits = []
    for entity in document.entities:
        start, end, kind = entity
        said = (document.text[start:end], kind)
        if said not in instead:
            drawn = kind in mentions and generator.random() < SHARE
            instead[said] = generator.choice(mentions[kind]) if drawn else said[0]
        overlaps = any(
            start < its_end and its_start < end and (its_start, its_end, its) != entity
            for its_start, its_end, its in document.entities
        )
        if instead[said] != said[0] and not overlaps:
            edits.append((start, end, instead[said]))
    return edit(document, edits)
