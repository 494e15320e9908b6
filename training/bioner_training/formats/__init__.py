"""The twelve output formats, as `src/format/` writes and reads them, without the grammars.

`tests/golden/formats.jsonl` holds what both sides write to the letter, `refused.jsonl` what neither
reads. What each format looks like, and which entities it writes, is told in `src/format/`.
"""

from .common import Format, Labelled, Mention, ParseError, to_wire
from .grouped import JsonGrouped, LinesGrouped, YamlGrouped
from .inline import InlineBracket, InlineMarker, InlineXml, Iob2
from .records import CsvRecords, JsonOccurrence, JsonRecords, MarkdownTable, XmlRecords

#: The formats by name, in the order in which they are listed everywhere.
FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        InlineXml(),
        InlineBracket(),
        InlineMarker(),
        Iob2(),
        JsonRecords(),
        JsonOccurrence(),
        XmlRecords(),
        CsvRecords(),
        MarkdownTable(),
        JsonGrouped(),
        YamlGrouped(),
        LinesGrouped(),
    )
}

__all__ = ["FORMATS", "Format", "Labelled", "Mention", "ParseError", "to_wire"]
