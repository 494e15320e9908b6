"""Cuts a document into sentences, as `src/segment.rs` does (an approximation of it in Python)."""

from __future__ import annotations

import re

ABBREVIATIONS = frozenset(
    "al approx ca cf cv dept dr e.g eg eq et etc exp fig figs i.e ie inc jr mr mrs ms no nos prof "
    "ref refs resp sp spp st subsp suppl tab var viz vol vs".split()
)
_END = re.compile(r"""[.?!]+['")\]\u2019\u201d]*(?=\s+(?:["'(\[\u2018\u201c]?[A-Z0-9]|[(\[]))""")


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text, in order: (start, end) without surrounding white space."""
    spans = []
    for block in re.finditer(r"[^\n]+", text):
        start = block.start()
        for end in _END.finditer(text, block.start(), block.end()):
            if not _abbreviation(text, start, end):
                spans.append((start, end.end()))
                start = end.end()
        spans.append((start, block.end()))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def _abbreviation(text: str, start: int, end: re.Match) -> bool:
    if end.group() != ".":
        return False
    words = text[start : end.start()].rsplit(None, 1)
    word = words[-1].lstrip("([\"'") if words else ""
    initial = len(word) == 1 and word.isupper()
    return initial or word.lower() in ABBREVIATIONS


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if left < right else None
