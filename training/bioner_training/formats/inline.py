"""The formats that write the sentence again: marked, or a line a token."""

from __future__ import annotations

from collections.abc import Callable

from .common import XML, Escape, Format, Labelled, Mention, ParseError, Scanner, backslash
from .common import flat, of_type, to_wire, tokens


def _render(
    view: str,
    entities: list[Labelled],
    escape: Escape,
    opening: Callable[[int], str],
    closing: Callable[[int], str],
) -> str:
    out, at = [], 0
    for start, end, kind in entities:
        out += escape.apply(view[at:start]), opening(kind)
        out += escape.apply(view[start:end]), closing(kind)
        at = end
    return "".join(out) + escape.apply(view[at:])


class _Retelling:
    """How far an answer has told the sentence again."""

    def __init__(self, sentence, scanner: Scanner, escape: Escape):
        self.sentence, self.scanner, self.escape = sentence, scanner, escape
        self.at = 0
        self.opened: int | None = None

    def copy(self) -> None:
        at = self.scanner.at
        character = self.scanner.character(self.escape)
        if not self.sentence.view.startswith(character, self.at):
            raise ParseError(at, "not the text of the sentence")
        self.at += 1

    def open(self) -> None:
        if not self.sentence.starts_at(self.at):
            raise self.scanner.fail("a mark within a word or before a space")
        self.opened = self.at

    def close(self, kind: int) -> Mention:
        start, self.opened = self.opened, None
        if start is None or start == self.at or not self.sentence.ends_at(self.at):
            raise self.scanner.fail("a mark around nothing, within a word or after a space")
        return Mention(self.sentence.view[start : self.at], kind, (start, self.at))

    def finish(self) -> None:
        if self.opened is not None or self.at < len(self.sentence.view):
            raise self.scanner.fail("a mark that is not closed, or text that is missing")


class InlineXml(Format):
    name = "inline-xml"
    phrase = " as XML tags in the text"

    def render(self, sentence, types, entities):
        entities = flat(sentence, types, entities)
        tags = (lambda kind: f"<{types[kind]}>", lambda kind: f"</{types[kind]}>")
        return to_wire(_render(sentence.view, entities, XML, *tags))

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        retelling = _Retelling(sentence, scanner, XML)
        mentions, kind = [], None
        while not scanner.is_done():
            if kind is None and scanner.eat("<"):
                kind = scanner.kind(types, ">")
                scanner.expect(">")
                retelling.open()
            elif kind is not None and scanner.eat("</"):
                scanner.expect(types[kind] + ">")
                mentions.append(retelling.close(kind))
                kind = None
            else:
                retelling.copy()
        retelling.finish()
        return mentions


class InlineBracket(Format):
    name = "inline-bracket"
    phrase = " as brackets in the text"
    escape = backslash("[|")

    def render(self, sentence, types, entities):
        entities = flat(sentence, types, entities)
        marks = (lambda kind: "[", lambda kind: f" | {types[kind]}]")
        return to_wire(_render(sentence.view, entities, self.escape, *marks))

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        retelling = _Retelling(sentence, scanner, self.escape)
        mentions = []
        while not scanner.is_done():
            if retelling.opened is None and scanner.eat("["):
                retelling.open()
            elif retelling.opened is not None and scanner.sees("["):
                raise scanner.fail("a bracket within a bracket")
            elif retelling.opened is not None and scanner.eat(" | "):
                kind = scanner.kind(types, "]")
                mentions.append(retelling.close(kind))
                scanner.expect("]")
            else:
                retelling.copy()
        retelling.finish()
        return mentions


class InlineMarker(Format):
    name = "inline-marker"
    phrase = " as marks in the text"
    escape = backslash("@#")

    def render(self, sentence, types, entities):
        entities = list(entities)
        lines = []
        for kind, name in enumerate(types):
            marked = of_type(sentence, kind, entities)
            marks = (lambda kind: "@@", lambda kind: "##")
            lines.append(f"{name}: " + _render(sentence.view, marked, self.escape, *marks))
        return to_wire("\n".join(lines))

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions = []
        for kind, name in enumerate(types):
            if kind > 0 and not scanner.next_line():
                raise scanner.fail("a type is missing")
            scanner.expect(name + ":")
            # Of a sentence without text nothing stands here, and white space at the end is cut.
            if not scanner.eat(" ") and sentence.view:
                raise scanner.fail("no space after the colon")
            retelling = _Retelling(sentence, scanner, self.escape)
            while not scanner.at_line_end():
                if retelling.opened is None and scanner.eat("@@"):
                    retelling.open()
                elif retelling.opened is not None and scanner.eat("##"):
                    mentions.append(retelling.close(kind))
                else:
                    retelling.copy()
            retelling.finish()
        scanner.end()
        return mentions


class Iob2(Format):
    name = "iob2"
    phrase = " as IOB2 tags"
    escape = backslash("")

    def render(self, sentence, types, entities):
        tags = {}
        for start, end, kind in flat(sentence, types, entities):
            for token in tokens(sentence):
                if start <= token[0] < end:
                    tags[token] = f"{'B' if token[0] == start else 'I'}-{types[kind]}"
        lines = (
            f"{self.escape.apply(sentence.view[start:end])}\t{tags.get((start, end), 'O')}"
            for start, end in tokens(sentence)
        )
        return to_wire("\n".join(lines))

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions: list[Mention] = []
        inside = None
        for index, (start, end) in enumerate(tokens(sentence)):
            if index > 0 and not scanner.next_line():
                raise scanner.fail("the tokens break off before the sentence does")
            if scanner.text(self.escape, "\t", "\n") != sentence.view[start:end]:
                raise scanner.fail("not the token whose turn it is")
            scanner.expect("\t")
            if scanner.eat("B-"):
                inside = scanner.kind(types, "")
                mentions.append(Mention(sentence.view[start:end], inside, (start, end)))
            elif scanner.eat("I-"):
                if scanner.kind(types, "") != inside:
                    raise scanner.fail("I- where no entity of its type has begun")
                first = mentions[-1].place[0]
                mentions[-1] = Mention(sentence.view[first:end], inside, (first, end))
            else:
                scanner.expect("O")
                inside = None
        scanner.end()
        return mentions
