"""Edits of a document's text that keep the offsets of its entities right."""

from __future__ import annotations

import re
from collections.abc import Callable

from .corpora import Document, Entity

#: Replace text[start:end] by the string; start == end inserts.
Edit = tuple[int, int, str]


def edit(document: Document, edits: list[Edit]) -> Document:
    """The document with the edits made, from left to right.

    An edit that overlaps the one before it, or crosses a boundary of an entity, is skipped. Text
    inserted at the edge of an entity is not part of the entity, nor is white space that ends up
    there.
    """
    text = document.text
    bounds = sorted({at for start, end, _ in document.entities for at in (start, end)})
    pieces: list[str] = []
    length = position = 0
    # for each old offset: where its character begins in the new text, and where the one before ends
    begins, ends = [0] * (len(text) + 1), [0] * (len(text) + 1)

    def copy(until: int) -> None:
        nonlocal length, position
        pieces.append(text[position:until])
        for at in range(position, until):
            begins[at] = length
            length += 1
            ends[at + 1] = length
        position = until

    for start, end, replacement in sorted(edits):
        if start < position or any(start < bound < end for bound in bounds):
            continue
        copy(start)
        begins[start] = length
        pieces.append(replacement)
        length += len(replacement)
        if end > start:
            ends[end] = length
            position = end
    copy(len(text))
    changed = "".join(pieces)
    entities = [
        trimmed
        for start, end, kind in document.entities
        if (trimmed := _trim(changed, begins[start], ends[end], kind))
    ]
    return document.changed(changed, entities)


def _trim(text: str, start: int, end: int, kind: str) -> Entity | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end, kind) if start < end else None


def substitute(document: Document, pattern: str, replacement: str | Callable) -> Document:
    """`re.sub` on the document's text.

    The unchanged ends of a match are not part of the edit, so a pattern may match context without
    look-around.
    """
    edits = []
    for match in re.finditer(pattern, document.text):
        new = replacement(match) if callable(replacement) else match.expand(replacement)
        old = match.group()
        left = 0
        while left < min(len(old), len(new)) and old[left] == new[left]:
            left += 1
        right = 0
        while right < min(len(old), len(new)) - left and old[-1 - right] == new[-1 - right]:
            right += 1
        if old != new:
            middle = new[left : len(new) - right]
            edits.append((match.start() + left, match.end() - right, middle))
    return edit(document, edits)


def recase(document: Document, change: Callable[[str], str]) -> Document:
    """Changes the text character by character; one that would become several stays as it is."""
    text = "".join(new if len(new := change(c)) == 1 else c for c in document.text)
    return document.changed(text, document.entities)
