"""The formats that write a list of records, each a mention and its type."""

from __future__ import annotations

import re

from .common import CSV, JSON, PLAIN, XML, Format, Mention, Scanner, backslash
from .common import flat, occurrence, once, to_wire


def quote(text: str) -> str:
    return f'"{JSON.apply(text)}"'


def key(scanner: Scanner, name: str) -> None:
    scanner.expect_token(quote(name))
    scanner.expect_token(":")


class JsonRecords(Format):
    name = "json-records"
    phrase = " as JSON records"

    def entities(self, sentence, types, entities):
        return once(sentence, flat(sentence, types, entities))

    def more(self, sentence, start, end):
        """Further members of a record."""
        return ""

    def parse_more(self, scanner):
        """Reads them: the place of the mention."""
        return None

    def render(self, sentence, types, entities):
        records = (
            f'{{"mention": {quote(sentence.view[start:end])}, "type": {quote(types[kind])}'
            f"{self.more(sentence, start, end)}}}"
            for start, end, kind in self.entities(sentence, types, entities)
        )
        return to_wire(f"[{', '.join(records)}]")

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions = []
        scanner.expect_token("[")
        while not scanner.eat_token("]"):
            if mentions:
                scanner.expect_token(",")
            scanner.expect_token("{")
            key(scanner, "mention")
            scanner.expect_token('"')
            text = scanner.quoted(JSON)
            scanner.expect_token(",")
            key(scanner, "type")
            scanner.expect_token('"')
            kind = scanner.kind(types, '"')
            scanner.expect('"')
            mentions.append(Mention(text, kind, self.parse_more(scanner)))
            scanner.expect_token("}")
        scanner.end()
        return mentions


class JsonOccurrence(JsonRecords):
    name = "json-occurrence"
    phrase = " as JSON records with occurrence"

    def entities(self, sentence, types, entities):
        return flat(sentence, types, entities)

    def more(self, sentence, start, end):
        return f', "occurrence": {occurrence(sentence, start, end)}'

    def parse_more(self, scanner):
        scanner.expect_token(",")
        key(scanner, "occurrence")
        scanner.eat_token("")
        digits = re.compile("[0-9]*").match(scanner.answer, scanner.at)[0]
        if not 0 < len(digits) < 10 or digits[0] == "0":
            raise scanner.fail("not a number from 1")
        scanner.expect(digits)
        return int(digits)


class XmlRecords(Format):
    name = "xml-records"
    phrase = " as XML records"

    def render(self, sentence, types, entities):
        elements = (
            f'<entity type="{types[kind]}">{XML.apply(sentence.view[start:end])}</entity>'
            for start, end, kind in once(sentence, flat(sentence, types, entities))
        )
        return to_wire(f"<entities>{''.join(elements)}</entities>")

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions = []
        scanner.expect_token("<entities>")
        while not scanner.eat_token("</entities>"):
            scanner.expect_token('<entity type="')
            kind = scanner.kind(types, '">')
            scanner.expect('">')
            mentions.append(Mention(scanner.text(XML, "</"), kind, None))
            scanner.expect("</entity>")
        scanner.end()
        return mentions


class CsvRecords(Format):
    name = "csv-records"
    phrase = " as CSV records"
    header = "mention,type"

    def render(self, sentence, types, entities):
        rows = (
            f"\n{self.field(sentence.view[start:end])},{types[kind]}"
            for start, end, kind in once(sentence, flat(sentence, types, entities))
        )
        return to_wire(self.header + "".join(rows))

    @staticmethod
    def field(text: str) -> str:
        return f'"{CSV.apply(text)}"' if re.search('[,"\n\r]', text) else text

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions = []
        scanner.expect(self.header)
        while scanner.next_line():
            quotes = scanner.eat('"')
            text = scanner.quoted(CSV) if quotes else scanner.text(PLAIN, ",", "\n", '"')
            scanner.expect(",")
            mentions.append(Mention(text, scanner.kind(types, ""), None))
        return mentions


class MarkdownTable(Format):
    name = "markdown-table"
    phrase = " as a Markdown table"
    header = ("| mention | type |", "| --- | --- |")
    escape = backslash("|")

    def render(self, sentence, types, entities):
        rows = (
            f"| {self.escape.apply(sentence.view[start:end])} | {types[kind]} |"
            for start, end, kind in once(sentence, flat(sentence, types, entities))
        )
        return to_wire("\n".join((*self.header, *rows)))

    def parse(self, sentence, types, answer):
        scanner = Scanner(answer)
        mentions = []
        scanner.expect(self.header[0])
        if not scanner.next_line():
            raise scanner.fail("the header breaks off")
        scanner.expect(self.header[1])
        while scanner.next_line():
            scanner.expect("| ")
            text = scanner.text(self.escape, " | ", "|", "\n")
            scanner.expect(" | ")
            mentions.append(Mention(text, scanner.kind(types, " |"), None))
            scanner.expect(" |")
        return mentions
