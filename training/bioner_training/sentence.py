"""A sentence as the model is shown it: the view of `src/sentence.rs`, offsets in code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

WORD, SYMBOL, SPACE = "word", "symbol", "space"

_SHOWN = {
    **dict.fromkeys("\u2018\u2019\u201a\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}

#: Marks, joiners, variation selectors and modifiers, which belong to the character before them.
_COMBINING = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2),
    (0x05C4, 0x05C5), (0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x093A, 0x094F), (0x0E31, 0x0E31), (0x0E34, 0x0E3A), (0x0E47, 0x0E4E), (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF), (0x200C, 0x200D), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
    (0x1F3FB, 0x1F3FF), (0xE0100, 0xE01EF),
)  # fmt: skip


class Piece(NamedTuple):
    """A word, a symbol or a space: where it stands in the view and in the source."""

    kind: str
    start: int
    end: int
    source_start: int
    source_end: int


class Sentence:
    """The view of a text that is one sentence, its pieces, and their places in the text."""

    def __init__(self, text: str):
        shown: list[str] = []
        pieces: list[list] = []
        for at, character in enumerate(text):
            character = _shown_as(character)
            kind = SPACE if character == " " else WORD if _is_alphanumeric(character) else SYMBOL
            last = pieces[-1][0] if pieces else None
            if last is None and kind == SPACE:
                continue
            if (
                (last == WORD and kind == WORD)
                or (last in (WORD, SYMBOL) and _is_combining(character))
                or (last == SPACE and kind == SPACE)
            ):
                pieces[-1][4] = at + 1
                if last != SPACE:
                    shown.append(character)
                    pieces[-1][2] = len(shown)
                continue
            shown.append(character)
            pieces.append([kind, len(shown) - 1, len(shown), at, at + 1])
        if pieces and pieces[-1][0] == SPACE:
            pieces.pop()
            shown.pop()
        self.view = "".join(shown)
        self.pieces = [Piece(*piece) for piece in pieces]
        self._starting = {piece.start: piece for piece in self.pieces}
        self._ending = {piece.end: piece for piece in self.pieces}

    def starts_at(self, at: int) -> bool:
        """Whether a piece that is no space starts there in the view."""
        piece = self._starting.get(at)
        return piece is not None and piece.kind != SPACE

    def ends_at(self, at: int) -> bool:
        """Whether a piece that is no space ends there in the view."""
        piece = self._ending.get(at)
        return piece is not None and piece.kind != SPACE

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in the text of a span of the view whose ends are ends of pieces; else `None`."""
        first, last = self._starting.get(start), self._ending.get(end)
        if first is None or last is None or first.source_start >= last.source_end:
            return None
        return first.source_start, last.source_end

    def to_view(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in the view of a span of the text whose ends are ends of pieces; else `None`."""
        first = bisect_left(self.pieces, start, key=lambda piece: piece.source_start)
        last = bisect_left(self.pieces, end, key=lambda piece: piece.source_end)
        if first > last or last == len(self.pieces):
            return None
        if self.pieces[first].source_start != start or self.pieces[last].source_end != end:
            return None
        return self.pieces[first].start, self.pieces[last].end

    def occurrences(self, mention: str) -> Iterator[tuple[int, int]]:
        """Every place in the view where the mention stands as whole pieces, from left to right."""
        for piece in self.pieces if mention else ():
            start, end = piece.start, piece.start + len(mention)
            if piece.kind != SPACE and self.view.startswith(mention, start) and self.ends_at(end):
                yield start, end


def _shown_as(character: str) -> str:
    if character in _SHOWN:
        return _SHOWN[character]
    # The control characters are those of the category Cc, which no version of Unicode adds to.
    if character.isspace() or character < " " or "\x7f" <= character <= "\x9f":
        return " "
    # Planes where nothing is assigned: a vocabulary may have no token for their bytes.
    if "\U00040000" <= character <= "\U000dffff":
        return "\ufffd"
    return character


@lru_cache(maxsize=4096)
def _is_combining(character: str) -> bool:
    return _within(_COMBINING, ord(character))


@lru_cache(maxsize=4096)
def _is_alphanumeric(character: str) -> bool:
    """As Rust has it (Alphabetic or Numeric): wider than `str.isalnum`, and the same whatever the
    Python at hand."""
    return _within(_alphanumeric(), ord(character))


@lru_cache(maxsize=1)
def _alphanumeric() -> tuple[tuple[int, int], ...]:
    lines = Path(__file__).with_name("alphanumeric.txt").read_text("ascii").splitlines()
    return tuple((int(a, 16), int(b, 16)) for a, b in (line.split("-") for line in lines))


def _within(ranges: tuple[tuple[int, int], ...], value: int) -> bool:
    index = bisect_right(ranges, (value, 0x110000)) - 1
    return index >= 0 and ranges[index][0] <= value <= ranges[index][1]
