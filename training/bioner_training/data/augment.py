"""Alters sentences the way pasted text differs from benchmark text.

The texts of corpora are clean, or printed from tokens with the spacing guessed. People paste notes
in lower case, headings in capitals, list items, Greek letters and text copied from a PDF. An
alteration changes the case of letters or edits parts of the text; the offsets of the entities
follow.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from .corpora import Document
from .edits import edit, recase, substitute

# --- letter case


def lower(document: Document, _: random.Random) -> Document:
    return recase(document, str.lower)


def upper(document: Document, _: random.Random) -> Document:
    return recase(document, str.upper)


def title(document: Document, _: random.Random) -> Document:
    """Capitalizes words of four letters or more."""
    return substitute(document, r"\b[a-z](?=[a-z]{3})", lambda match: match.group().upper())


def lower_first(document: Document, _: random.Random) -> Document:
    """Begins with a lower-case letter, as part of a sentence does."""
    return substitute(document, r"^[A-Z](?=[a-z])", lambda match: match.group().lower())


# --- spacing


def tight(document: Document, generator: random.Random) -> Document:
    """Removes spaces around hyphens and slashes, inside brackets, or before punctuation."""
    mark = generator.choice((r" ?([-/]) ?(?=\w)", r"([(\[]) | (?=[)\]])", r" (?=[%:;,])"))
    return substitute(document, mark, lambda match: match.group().strip())


def loose(document: Document, generator: random.Random) -> Document:
    """Adds spaces around hyphens, slashes or brackets, as tokenized text has them."""
    mark = generator.choice((r"(?<=\w)-(?=\w)", r"(?<=\w)/(?=\w)", r"[()\[\]]", r"[-/(),;:%]"))
    spaced = substitute(document, mark, lambda match: f" {match.group()} ")
    return substitute(spaced, r" {2,}", " ")


def unspaced(document: Document, generator: random.Random) -> Document:
    """Removes the space before a bracket or after a comma."""
    return substitute(document, generator.choice((r" (?=\()", r"(?<=[,;]) ")), "")


# --- what stands before and after a sentence

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
    """Adds a reference before the full stop, as articles have it."""
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
    """Writes Greek letters and signs as publishers print them."""
    names = "|".join(GREEK)
    document = substitute(document, rf"\b({names})\b", lambda match: GREEK[match.group()])
    signs = "|".join(map(re.escape, SIGNS))
    return substitute(document, signs, lambda match: SIGNS[match.group()])


def typeset(document: Document, generator: random.Random) -> Document:
    """Writes curly quotes, long dashes, no-break or double spaces.

    The view of a sentence maps these to the plain characters, so the model never reads them.
    """
    quotes = {"'": "\u2019", '"': generator.choice(("\u201c", "\u201d"))}
    dash = generator.choice(("\u2010", "\u2011", "\u2013", "\u2014", "\u2212"))
    space = generator.choice(("\u00a0", "\u2009", "  ", " \n", "\t"))
    kinds = {**quotes, "-": dash, " ": space}
    chosen = generator.choice(("['\"]", "-", " "))
    return substitute(document, chosen, lambda match: kinds[match.group()])


#: Alterations and their weights in a draw.
ALTERATIONS: dict[Callable[[Document, random.Random], Document], int] = {
    lower: 4, upper: 4, title: 2, lower_first: 2, tight: 3, loose: 4, unspaced: 2, heading: 4,
    bullet: 3, no_stop: 3, citation: 2, greek: 4, typeset: 1,
}  # fmt: skip


def alter(document: Document, generator: random.Random) -> Document:
    """The document altered in one way or two."""
    times = 2 if generator.random() < 0.3 else 1
    chosen = generator.choices(list(ALTERATIONS), list(ALTERATIONS.values()), k=times)
    for alteration in chosen:
        document = alteration(document, generator)
    return document
