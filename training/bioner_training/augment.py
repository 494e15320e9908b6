"""Alters sentences the way pasted text differs from benchmark text, carrying entities along.

Corpora are clean, or printed from tokens with the spacing guessed. People paste lower-case notes,
headings in capitals, list items, Greek letters, text copied from a PDF. An alteration is either a
change of case, letter by letter, or a list of edits of places in the text; offsets move with them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from .data import Document, Entity

#: Replace text[start:end] by the string; start == end inserts.
Edit = tuple[int, int, str]


def edit(document: Document, edits: list[Edit]) -> Document:
    """The document with the edits made, from left to right.

    An edit that overlaps the one before it or reaches over the boundary of an entity is left out.
    What is inserted at the edge of an entity stays outside of it; white space that comes to stand
    at an entity's edge does not belong to it.
    """
    text = document.text
    bounds = sorted({at for start, end, _ in document.entities for at in (start, end)})
    pieces: list[str] = []
    length = position = 0
    # where the character at an offset begins, and where the one before it ends, in the new text
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
    """`re.sub` on the document's text; what a match leaves unchanged at its ends is no part of the
    edit, so that context needs no look-around."""
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
    """Changes the text letter by letter; letters whose change takes several letters stay."""
    text = "".join(new if len(new := change(c)) == 1 else c for c in document.text)
    return document.changed(text, document.entities)


# --- letter case


def lower(document: Document, _: random.Random) -> Document:
    return recase(document, str.lower)


def upper(document: Document, _: random.Random) -> Document:
    return recase(document, str.upper)


def title(document: Document, _: random.Random) -> Document:
    """First letters of words longer than three in capitals; other letters stay."""
    return substitute(document, r"\b[a-z](?=[a-z]{3})", lambda match: match.group().upper())


def lower_first(document: Document, _: random.Random) -> Document:
    """A sentence torn from its place begins with a small letter."""
    return substitute(document, r"^[A-Z](?=[a-z])", lambda match: match.group().lower())


# --- spacing


def tight(document: Document, generator: random.Random) -> Document:
    """No space round hyphens, slashes or inside brackets, as printed text has it."""
    mark = generator.choice((r" ?([-/]) ?(?=\w)", r"([(\[]) | (?=[)\]])", r" (?=[%:;,])"))
    return substitute(document, mark, lambda match: match.group().strip())


def loose(document: Document, generator: random.Random) -> Document:
    """Spaces round hyphens, slashes or brackets, as tokenized text has it."""
    mark = generator.choice((r"(?<=\w)-(?=\w)", r"(?<=\w)/(?=\w)", r"[()\[\]]", r"[-/(),;:%]"))
    spaced = substitute(document, mark, lambda match: f" {match.group()} ")
    return substitute(spaced, r" {2,}", " ")


def unspaced(document: Document, generator: random.Random) -> Document:
    """A space lost before a bracket or after a comma."""
    return substitute(document, generator.choice((r" (?=\()", r"(?<=[,;]) ")), "")


# --- what surrounds a sentence

HEADINGS = (
    "Results", "Background", "Methods", "Conclusion", "Conclusions", "Objective", "Aim", "Purpose",
    "Introduction", "Discussion", "Case report", "Findings", "Abstract", "Title", "Assessment",
    "Plan", "Impression", "History", "HPI", "Hospital course", "Summary", "Comment", "Note",
)  # fmt: skip
BULLETS = ("- ", "* ", "\u2022 ", "1. ", "2) ", "3. ", "a) ", "(i) ", "> ", "# ")


def heading(document: Document, generator: random.Random) -> Document:
    word = generator.choice(HEADINGS)
    word = word.upper() if generator.random() < 0.5 else word
    return edit(document, [(0, 0, word + generator.choice((": ", " - ", ". ", ":")))])


def bullet(document: Document, generator: random.Random) -> Document:
    return edit(document, [(0, 0, generator.choice(BULLETS))])


def no_stop(document: Document, _: random.Random) -> Document:
    return substitute(document, r"\s*[.;:]\s*$", "")


def citation(document: Document, generator: random.Random) -> Document:
    """A reference before the full stop, as in the text of an article."""
    if any(end == len(document.text) for _, end, _ in document.entities):
        return document
    numbers = sorted(generator.sample(range(1, 60), generator.randint(1, 3)))
    form = generator.choice((" [{}]", " ({})", "[{}]"))
    inserted = form.format(generator.choice((", ", ",")).join(map(str, numbers)))
    return substitute(document, r"(?=\.$)", inserted)


# --- typography

GREEK = {
    "alpha": "\u03b1", "beta": "\u03b2", "gamma": "\u03b3", "delta": "\u03b4", "kappa": "\u03ba",
    "lambda": "\u03bb", "sigma": "\u03c3", "epsilon": "\u03b5", "omega": "\u03c9", "mu": "\u03bc",
}  # fmt: skip
SIGNS = {"+/-": "\u00b1", ">=": "\u2265", "<=": "\u2264", " x ": " \u00d7 ", "->": "\u2192"}


def greek(document: Document, _: random.Random) -> Document:
    """Greek letters and signs as publishers print them, not as corpora spell them."""
    names = "|".join(GREEK)
    document = substitute(document, rf"\b({names})\b", lambda match: GREEK[match.group()])
    signs = "|".join(map(re.escape, SIGNS))
    return substitute(document, signs, lambda match: SIGNS[match.group()])


def typeset(document: Document, generator: random.Random) -> Document:
    """Curly quotes, long dashes, no-break and double spaces: what the view of a sentence maps back
    to the plain characters, so the model never sees them."""
    quotes = {"'": "\u2019", '"': generator.choice(("\u201c", "\u201d"))}
    dash = generator.choice(("\u2010", "\u2011", "\u2013", "\u2014", "\u2212"))
    space = generator.choice(("\u00a0", "\u2009", "  ", " \n", "\t"))
    kinds = {**quotes, "-": dash, " ": space}
    chosen = generator.choice(("['\"]", "-", " "))
    return substitute(document, chosen, lambda match: kinds[match.group()])


#: Alterations by how often they are drawn.
ALTERATIONS: dict[Callable[[Document, random.Random], Document], int] = {
    lower: 4, upper: 4, title: 2, lower_first: 2, tight: 3, loose: 4, unspaced: 2, heading: 4,
    bullet: 3, no_stop: 3, citation: 2, greek: 4, typeset: 1,
}  # fmt: skip


def alter(document: Document, generator: random.Random) -> Document:
    """The document altered in one way, or in two."""
    times = 2 if generator.random() < 0.3 else 1
    chosen = generator.choices(list(ALTERATIONS), list(ALTERATIONS.values()), k=times)
    for alteration in chosen:
        document = alteration(document, generator)
    return document
