"""The formats that write the mentions of each type together, in the order asked."""

from __future__ import annotations

import re

from ..sentence import SPACE
from .common import JSON, PLAIN, Format, Mention, Scanner, backslash, of_type, once, to_wire
from .records import key, quote


def _by_type(sentence, types, entities):
    """For each type its name and the places of the mentions to be written."""
    entities = list(entities)
    for kind, name in enumerate(types):
        yield name, [(s, e) for s, e, _ in once(sentence, of_type(sentence, kind, entities))]


class JsonGrouped(Format):
    name = "json-grouped"
    phrase = " as JSON by type"

    def render(self, sentence, types, entities):
        members = (
            f"{quote(name)}: [{', '.join(quote(sentence.view[s:e]) for s, e in places)}]"
            for name, places in _by_type(sentence, types, entities)
        )
        return to_wire(f"{{{', '.join(members)}}}")

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions = []
        scanner.expect_token("{")
        for kind, name in enumerate(types):
            if kind > 0:
                scanner.expect_token(",")
            key(scanner, name)
            scanner.expect_token("[")
            first = True
            while not scanner.eat_token("]"):
                if not first:
                    scanner.expect_token(",")
                first = False
                scanner.expect_token('"')
                mentions.append(Mention(scanner.quoted(JSON), kind, None))
        scanner.expect_token("}")
        scanner.end()
        return mentions


class YamlGrouped(Format):
    name = "yaml-grouped"
    phrase = " as YAML by type"

    #: what a plain scalar may not begin with
    indicators = tuple("-?:,[]{}#&*!|>'\"%@`")
    #: what it does not hold as it is written here
    never_plain = re.compile("[:#\x00-\x1f\x7f-\x9f]")
    #: what YAML 1.2's core schema reads as a null, a boolean or a number
    other = re.compile(
        r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE"
        r"|\+?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
        r"|0o[0-7]+|0x[0-9a-fA-F]+|\+?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    )

    def scalar(self, text: str) -> str:
        plain = not (
            text.startswith(self.indicators)
            or self.never_plain.search(text)
            or self.other.fullmatch(text)
        )
        return text if plain else quote(text)

    def render(self, sentence, types, entities):
        groups = []
        for name, places in _by_type(sentence, types, entities):
            items = "".join(f"\n- {self.scalar(sentence.view[s:e])}" for s, e in places)
            groups.append(f"{self.scalar(name)}:{items or ' []'}")
        return to_wire("\n".join(groups))

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions: list[Mention] = []
        begun = True
        for kind, name in enumerate(types):
            if not begun:
                raise scanner.fail("a type is missing")
            scanner.expect(self.scalar(name) + ":")
            none = scanner.eat(" []")
            begun = scanner.next_line()
            before = len(mentions)
            while begun and not none and scanner.eat("- "):
                mentions.append(Mention(self.parse_scalar(scanner), kind, None))
                begun = scanner.next_line()
            if not none and len(mentions) == before:
                raise scanner.fail("neither mentions nor []")
        scanner.end()
        return mentions

    def parse_scalar(self, scanner: Scanner) -> str:
        if scanner.eat('"'):
            return scanner.quoted(JSON)
        line = scanner.answer[scanner.at :].split("\n", 1)[0]
        if line.startswith(self.indicators) or ": " in line or " #" in line or line.endswith(":"):
            raise scanner.fail("not a plain scalar of YAML")
        return scanner.text(PLAIN, "\n")


class LinesGrouped(Format):
    name = "lines-grouped"
    phrase = ""
    none = "-"
    escape = backslash(";-")
    _own = backslash("")

    def spell(self, sentence, start: int, end: int) -> str:
        """A mention as it is written: a backslash before a `;` that the sentence goes on after with
        a space, and before a `-` that is the whole mention."""
        if sentence.view[start:end] == self.none:
            return "\\-"
        out = []
        for piece, after in zip(sentence.pieces, (*sentence.pieces[1:], None)):
            if start <= piece.start < end:
                text = sentence.view[piece.start : piece.end]
                before_space = after is not None and after.kind == SPACE
                out.append("\\;" if text == ";" and before_space else self._own.apply(text))
        return "".join(out)

    def render(self, sentence, types, entities):
        lines = []
        for name, places in _by_type(sentence, types, entities):
            mentions = "; ".join(self.spell(sentence, s, e) for s, e in places)
            lines.append(f"{name}: {mentions or self.none}")
        return to_wire("\n".join(lines))

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions = []
        for kind, name in enumerate(types):
            if kind > 0 and not scanner.next_line():
                raise scanner.fail("a type is missing")
            scanner.expect(name + ": ")
            if scanner.eat_line(self.none):
                continue
            while True:
                mentions.append(Mention(scanner.text(self.escape, "; ", "\n"), kind, None))
                if not scanner.eat("; "):
                    break
        scanner.end()
        return mentions
