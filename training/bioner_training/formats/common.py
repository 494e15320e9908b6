"""What the output formats share: mentions, escapes, reading, and which entities are written.

The counterpart of `escape.rs`, `scan.rs`, `select.rs` and `mod.rs` in `src/format/`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ..sentence import SPACE, Sentence

#: start, end (code points of the view, end exclusive), index into the types asked for
Labelled = tuple[int, int, int]


class Mention(NamedTuple):
    """A mention read from an answer. `place` is `None` where the answer does not say it, the number
    of the occurrence, or the span in the view."""

    text: str
    kind: int
    place: None | int | tuple[int, int]


class ParseError(ValueError):
    """An answer that cannot be read, and the code point at which that shows."""

    def __init__(self, at: int, message: str):
        super().__init__(f"{message} at {at} of the answer")


class Format:
    """One output format: its name, how the instruction asks for it, and its two directions."""

    name: str
    phrase: str

    def render(self, sentence: Sentence, types: list[str], entities: Iterable[Labelled]) -> str:
        """The wire answer that says the entities."""
        raise NotImplementedError

    def parse(self, sentence: Sentence, types: list[str], answer: str) -> list[Mention]:
        """The mentions a wire answer says; raises `ParseError`."""
        raise NotImplementedError


def to_wire(text: str) -> str:
    """The wire form of a format's text: a space before each line."""
    return " " + text.replace("\n", "\n ")


# --- which entities are written


def flat(sentence: Sentence, types: list[str], entities: Iterable[Labelled]) -> list[Labelled]:
    """Those of all types: none overlapping, the longer before the shorter, sorted by place."""
    return _apart(sentence, (entity for entity in entities if 0 <= entity[2] < len(types)))


def of_type(sentence: Sentence, kind: int, entities: Iterable[Labelled]) -> list[Labelled]:
    """Those of one type, likewise."""
    return _apart(sentence, (entity for entity in entities if entity[2] == kind))


def once(sentence: Sentence, entities: list[Labelled]) -> list[Labelled]:
    """Without those whose text was written before under the same type."""
    first: dict[tuple[str, int], Labelled] = {}
    for start, end, kind in entities:
        first.setdefault((sentence.view[start:end], kind), (start, end, kind))
    return list(first.values())


def _apart(sentence: Sentence, entities: Iterable[Labelled]) -> list[Labelled]:
    def rank(entity: Labelled) -> tuple[int, int, int]:
        start, end, kind = entity
        # The length in bytes, as the engine counts.
        return -len(sentence.view[start:end].encode("utf-8", "surrogatepass")), kind, start

    kept: list[Labelled] = []
    candidates = [e for e in entities if sentence.starts_at(e[0]) and sentence.ends_at(e[1])]
    for start, end, kind in sorted((e for e in candidates if e[0] < e[1]), key=rank):
        if all(end <= s or e <= start for s, e, _ in kept):
            kept.append((start, end, kind))
    return sorted(kept)


# --- escapes


class Escape:
    """A convention of escaping: `apply` writes a text; `pattern` matches what says one character,
    and `decode` reads that."""

    def __init__(
        self,
        apply: Callable[[str], str] = str,
        pattern: str = r"(?s:.)",
        decode: Callable[[str], str] = str,
    ):
        self.apply = apply
        self.pattern = re.compile(pattern)
        self.decode = decode


def _xml_apply(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub("[\x00-\x1f]", lambda match: f"&#{ord(match[0])};", text)


def _xml_decode(written: str) -> str:
    if written[0] != "&":
        return written
    name = written[1:-1]
    if name[0] != "#":
        return {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}[name]
    return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))


_CONTROLS = {"\n": "n", "\r": "r", "\t": "t"}


def backslash(special: str) -> Escape:
    """A backslash before these characters and before itself; `\\n`, `\\t` and `\\r`."""
    special = re.escape(special + "\\")

    def decode(written: str) -> str:
        named = {name: control for control, name in _CONTROLS.items()}
        return named.get(written[1], written[1]) if len(written) > 1 else written

    return Escape(
        lambda text: re.sub(
            f"[{special}\n\r\t]", lambda match: "\\" + _CONTROLS.get(match[0], match[0]), text
        ),
        rf"\\[nrt{special}]|[^\\]",
        decode,
    )


_SURROGATES = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
JSON = Escape(
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    rf'[^\\\x00-\x1f]|\\["\\/bfnrt]|{_SURROGATES}|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{{4}}',
    lambda written: json.loads(f'"{written}"') if written[0] == "\\" else written,
)
_REFERENCE = "&(?:amp|lt|gt|quot|apos|#[0-9]{1,9}|#x[0-9a-fA-F]{1,8});"
XML = Escape(_xml_apply, rf"[^&<]|{_REFERENCE}", _xml_decode)
#: the inside of a quoted field; the wire form has put a space after a new line
CSV = Escape(lambda text: text.replace('"', '""'), r'[^"\n]|""|\n ?', lambda written: written[0])
PLAIN = Escape()


# --- reading


class Scanner:
    """A place in a wire answer, at first the start of its first line. White space after the answer
    does not count as part of it."""

    def __init__(self, answer: str):
        self.answer = answer.rstrip(" \t\r\n")
        self.at = 1 if self.answer.startswith(" ") else 0

    def is_done(self) -> bool:
        return self.at == len(self.answer)

    def at_line_end(self) -> bool:
        return self.is_done() or self.sees("\n")

    def fail(self, message: str) -> ParseError:
        return ParseError(self.at, message)

    def sees(self, *literals: str) -> bool:
        """Whether one of these comes next."""
        return self.answer.startswith(literals, self.at)

    def eat(self, literal: str) -> bool:
        """Reads the literal if it comes next."""
        found = self.sees(literal)
        self.at += len(literal) if found else 0
        return found

    def expect(self, literal: str) -> None:
        if not self.eat(literal):
            raise self.fail(f"no {literal!r}")

    def eat_token(self, literal: str) -> bool:
        """Reads white space and then the literal, if it comes after that."""
        at = self.at
        while self.sees(" ", "\t", "\r", "\n"):
            self.at += 1
        found = self.eat(literal)
        if not found:
            self.at = at
        return found

    def expect_token(self, literal: str) -> None:
        if not self.eat_token(literal):
            raise self.fail(f"no {literal!r}")

    def eat_line(self, literal: str) -> bool:
        """Reads the literal if it is all that the line still holds."""
        found = self.sees(literal + "\n") or self.answer[self.at :] == literal
        return found and self.eat(literal)

    def next_line(self) -> bool:
        """Goes to the next line, if there is one."""
        if self.is_done():
            return False
        self.expect("\n")
        self.eat(" ")
        return True

    def end(self) -> None:
        if not self.is_done():
            raise self.fail("more than there should be")

    def kind(self, types: list[str], after: str) -> int:
        """Reads the name of a type that `after` follows, or, if that is empty, the line's end."""
        for kind, name in enumerate(types):
            end = self.at + len(name)
            ends = self.answer[end : end + 1] in ("", "\n")
            if self.sees(name + after) and (after or ends):
                self.at = end
                return kind
        raise self.fail("not a type that was asked for")

    def character(self, escape: Escape) -> str:
        match = escape.pattern.match(self.answer, self.at)
        try:
            character = escape.decode(match[0]) if match else ""
            character.encode()  # no surrogates
        except (ValueError, OverflowError):
            character = ""
        if not match or not character:
            raise self.fail("a character that should not stand there as it is")
        self.at = match.end()
        return character

    def text(self, escape: Escape, *stops: str) -> str:
        """Reads a mention, up to one of `stops` or the end of the answer."""
        characters = []
        while not self.is_done() and not self.sees(*stops):
            characters.append(self.character(escape))
        if not characters:
            raise self.fail("an empty mention")
        return "".join(characters)

    def quoted(self, escape: Escape) -> str:
        """Reads a mention and the quote after it."""
        characters = []
        doubled = escape is CSV
        while not self.is_done() and (not self.sees('"') or doubled and self.sees('""')):
            characters.append(self.character(escape))
        self.expect('"')
        if not characters:
            raise self.fail("an empty mention")
        return "".join(characters)


def occurrence(sentence: Sentence, start: int, end: int) -> int:
    """Which occurrence of its own text a span of whole pieces is, from 1."""
    return 1 + sum(s < start for s, _ in sentence.occurrences(sentence.view[start:end]))


def tokens(sentence: Sentence) -> list[tuple[int, int]]:
    """The places of the pieces that are no space."""
    return [(piece.start, piece.end) for piece in sentence.pieces if piece.kind != SPACE]
