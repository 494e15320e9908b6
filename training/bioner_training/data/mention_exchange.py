"""Replaces mentions by others of the same type and corpus (Dai and Adel, arXiv 2010.11683).

A small corpus has few names, and a model soon memorizes its sentences. With other names in them,
the model has to read the context.
"""

from __future__ import annotations

import random

from .corpora import Document
from .edits import edit

#: probability that a mention of a chosen sentence is replaced
SHARE = 0.5

#: type -> the distinct mentions of a corpus, sorted
Mentions = dict[str, tuple[str, ...]]


def mentions_of(documents: list[Document]) -> Mentions:
    """The mentions that a corpus annotates; guessed types are left out."""
    found: dict[str, set[str]] = {}
    for document in documents:
        for start, end, kind in document.entities:
            if kind in document.types:
                found.setdefault(kind, set()).add(document.text[start:end])
    return {kind: tuple(sorted(texts)) for kind, texts in found.items()}


def exchange(document: Document, mentions: Mentions, generator: random.Random) -> Document:
    """The document with some of its mentions replaced.

    Every occurrence of a mention is replaced by the same one. Mentions that overlap others stay.
    """
    replacements: dict[tuple[str, str], str] = {}
    edits = []
    for entity in document.entities:
        start, end, kind = entity
        mention = (document.text[start:end], kind)
        if mention not in replacements:
            drawn = kind in mentions and generator.random() < SHARE
            replacements[mention] = generator.choice(mentions[kind]) if drawn else mention[0]
        overlaps = any(
            start < other[1] and other[0] < end and other != entity for other in document.entities
        )
        if replacements[mention] != mention[0] and not overlaps:
            edits.append((start, end, replacements[mention]))
    return edit(document, edits)
