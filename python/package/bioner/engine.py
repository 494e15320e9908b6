"""The engine by its parts, as training and evaluation need them.

The way of a text::

    for start, end in sentences(text):
        sentence = Sentence(text[start:end])
        prompt = FORMATS["lines-grouped"].prompt(sentence, ["Chemical", "Disease"])
        ...  # a model writes `answer`
        mentions = FORMATS["lines-grouped"].parse(sentence, ["Chemical", "Disease"], answer)
        for begin, stop, kind in align(sentence, mentions):
            begin, stop = sentence.to_source(begin, stop)  # in text[start:end]

All offsets are code points, ends exclusive. A *view* is what the model reads of a sentence: white
space is single spaces, and typographic quotes and dashes are ASCII. A type (`kind`) is an index
into the types asked for.

Each function is the one that the `bioner` program and the web page run. A string with lone
surrogates is refused with `UnicodeEncodeError`.
"""

import json
from typing import Any, Final

from ._engine import (
    DEFAULT_FORMAT,
    INVENTORY_JSON,
    MARKERS,
    BionerError,
    Format,
    Mention,
    ParseError,
    Piece,
    Sentence,
    Tokenizer,
    align,
    check_types,
    formats,
    sentences,
)

#: The output formats by name, in the order in which they are listed everywhere.
FORMATS: Final[dict[str, Format]] = {format.name: format for format in formats()}

#: The entity types that models are tuned for, and the presets: `documents/types.json`.
INVENTORY: Final[dict[str, Any]] = json.loads(INVENTORY_JSON)

__all__ = [
    "DEFAULT_FORMAT",
    "FORMATS",
    "INVENTORY",
    "MARKERS",
    "BionerError",
    "Format",
    "Mention",
    "ParseError",
    "Piece",
    "Sentence",
    "Tokenizer",
    "align",
    "check_types",
    "sentences",
]
