"""The extension module. Import from `bioner` and `bioner.engine`; this module is not for users."""

import os
from collections.abc import Sequence
from typing import Final, Literal, final

__all__ = [
    "DEFAULT_FORMAT",
    "INVENTORY_JSON",
    "MARKERS",
    "BionerError",
    "Format",
    "Linker",
    "Mention",
    "Model",
    "ParseError",
    "Piece",
    "Sentence",
    "Stream",
    "Tokenizer",
    "__version__",
    "align",
    "annotate",
    "asserts",
    "check_format",
    "check_types",
    "command",
    "files",
    "formats",
    "preset_types",
    "sentences",
]
__version__: Final[str]

#: The format that is used where none is named.
DEFAULT_FORMAT: Final[str]

#: The markers of types in the format `compact`: first those of the inventory, then those of others.
MARKERS: Final[list[str]]

#: `documents/types.json`.
INVENTORY_JSON: Final[str]

class BionerError(Exception):
    """Something that the engine refuses or cannot do."""

    #: Which it is: `types`, `format`, `model-file`, `model-unsupported`, `input`, `answer`, ...
    #: Codes are never renamed.
    code: str

class ParseError(BionerError):
    """An answer that cannot be read. Its `code` is `answer`."""

    #: The place in the answer.
    at: int

def check_types(types: Sequence[str]) -> list[str]:
    """The names of types as the engine takes them, trimmed.

    Raises `BionerError` (`types`) if there is none, too many, one twice, or one that cannot be
    written.
    """

def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text, in order: disjoint, without white space at their ends, and together
    covering everything that is not white space."""

@final
class Piece:
    """A word, a symbol (any other single character) or a space of a sentence.

    Mentions begin and end at pieces.
    """

    kind: Final[Literal["word", "symbol", "space"]]
    #: where it stands in the view
    start: Final[int]
    end: Final[int]
    #: where it stands in the text
    source_start: Final[int]
    source_end: Final[int]

@final
class Sentence:
    """The view of a text that is one sentence, its pieces, and their places in the text."""

    def __new__(cls, text: str) -> Sentence: ...
    @property
    def view(self) -> str:
        """What the model reads."""

    @property
    def pieces(self) -> list[Piece]:
        """The pieces, in order; they cover the view without gaps. A new list each time."""

    def starts_at(self, at: int) -> bool:
        """Whether a mention may start there in the view: a piece that is no space does."""

    def ends_at(self, at: int) -> bool:
        """Whether a mention may end there in the view: a piece that is no space does."""

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in the text of a span of the view whose ends are ends of pieces; else `None`."""

    def to_view(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in the view of a span of the text whose ends are ends of pieces; else `None`."""

    def occurrences(self, mention: str) -> list[tuple[int, int]]:
        """Every span of the view where the mention stands as whole pieces, from left to right.

        Spans may overlap.
        """

@final
class Mention:
    """A mention read from an answer."""

    def __new__(
        cls, text: str, kind: int, place: int | tuple[int, int] | None = None
    ) -> Mention: ...

    #: its words, as the view has them
    text: Final[str]
    #: its type
    kind: Final[int]
    #: `None` where the answer does not say it, the number of the occurrence from 1, or the span in
    #: the view
    place: Final[int | tuple[int, int] | None]

def align(sentence: Sentence, mentions: Sequence[Mention]) -> list[tuple[int, int, int]]:
    """The places of mentions in the view, as (start, end, type), by start, the longer first.

    A mention without a place may stand for several places where the sentence has its words as whole
    pieces. One whose words the sentence does not have has no place, not even by itself.
    """

@final
class Format:
    """An output format: how it is asked for, and its two directions.

    Answers are in wire form, as the model writes them: a space before each line.
    """

    @property
    def name(self) -> str: ...
    @property
    def phrase(self) -> str:
        """How the instruction asks for it: what stands between the types and the colon."""

    def instruction(self, types: Sequence[str]) -> str:
        """The part of the prompt that all sentences share: its first line."""

    def prompt(self, sentence: Sentence, types: Sequence[str]) -> str:
        """What the model is given: the instruction, and the sentence's view."""

    def render(
        self, sentence: Sentence, types: Sequence[str], entities: Sequence[tuple[int, int, int]]
    ) -> str:
        """The answer that says the entities, which are (start, end, type) in the view.

        Left out are entities that are no whole pieces or of no type in `types`. Where two overlap
        that may not (in grouped formats of one type, else of any) the longer stays, then the one
        whose type is named earlier. Formats that do not say places write a text once for each type.
        """

    def parse(self, sentence: Sentence, types: Sequence[str], answer: str) -> list[Mention]:
        """The mentions that an answer says, in its order. Raises `ParseError`."""

def formats() -> list[Format]:
    """The output formats, in the order in which they are listed everywhere."""

@final
class Tokenizer:
    """The tokenizer that a GGUF file carries. Text is never read as control tokens."""

    @staticmethod
    def open(path: str | os.PathLike[str]) -> Tokenizer:
        """The tokenizer of a file, of which no more than the header is read.

        Raises `OSError` if it cannot be read, `BionerError` (`model-file`, `model-unsupported`) if
        it is no model file or has another kind of tokenizer.
        """

    @staticmethod
    def from_bytes(data: bytes) -> Tokenizer:
        """The tokenizer of a file's bytes, or of its first ones, up to the end of the header."""

    @property
    def end(self) -> int | None:
        """The token that ends an answer."""

    def __len__(self) -> int:
        """The number of tokens; ids are below it."""

    def encode(self, text: str) -> list[int]:
        """The tokens of a text."""

    def encode_batch(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text; on all cores."""

    def decode(self, tokens: Sequence[int]) -> str:
        """The text that tokens write. Bytes that are no UTF-8 become U+FFFD, and control tokens are
        written by their names. Raises `BionerError` (`input`) if there is no such token."""

def preset_types(name: str) -> list[str]:
    """The types of a preset, in its order. Raises `BionerError` (`preset`) if there is none."""

def check_format(name: str) -> None:
    """Raises `BionerError` (`format`) if there is no output format of that name."""

def asserts(preset: str | None = None) -> bool:
    """Whether a preset asserts by itself."""

@final
class Model:
    """A model ready to recognize entities."""

    @staticmethod
    def open(
        path: str | os.PathLike[str] | None, shipped: str | os.PathLike[str] | None = None
    ) -> Model:
        """Loads a GGUF file, a manifest.json, or a folder with one.

        Without a path it is what `BIONER_MODEL` names, `shipped`, or `models/default` here.
        """

    @property
    def format(self) -> str:
        """The output format that is asked for where none is named."""

    @property
    def name(self) -> str | None:
        """What its file calls it."""

@final
class Linker:
    """Vocabularies: those of files, and after them the one that comes with the package."""

    def __new__(cls, files: Sequence[str | os.PathLike[str]]) -> Linker: ...

    #: what is wrong with lines of the files
    problems: Final[list[str]]

    @property
    def sources(self) -> list[tuple[str, str, str, str]]:
        """Name, version, licence and credit of what the vocabularies are made of."""

@final
class Stream:
    """Many documents through one model, step by step."""

    def __new__(
        cls,
        model: Model,
        types: Sequence[str],
        *,
        format: str | None = None,
        together: bool = False,
        raw: bool = False,
        assertion: bool = False,
        sections: bool = False,
        linker: Linker | None = None,
        threads: int = 0,
    ) -> Stream: ...
    def add(self, text: str) -> None:
        """Adds a document behind the others."""

    @property
    def is_full(self) -> bool:
        """Whether the next document should wait until a step has made room."""

    def __len__(self) -> int:
        """How many documents were added and not given out."""

    def step(self) -> list[str]:
        """One pass of the model. Returns the documents that are finished, in the order in which
        they were added, as lines of the command line's JSON."""

def annotate(
    text: str,
    mentions: Sequence[tuple[int, int, str]],
    *,
    assertion: bool = False,
    sections: bool = False,
    linker: Linker | None = None,
) -> str:
    """What a text says of its mentions (start, end, type), and what they are.

    It is a list in JSON with an object for each mention, in their order. Raises `BionerError`
    (`input`) if the offsets do not fit the text.
    """

def files(documents: Sequence[str], format: str) -> list[tuple[str, str]]:
    """The names and contents of the files that hold documents, given as JSON, in a format.

    Raises `BionerError` (`format`) if there is none of that name.
    """

def command(arguments: Sequence[str], model: str | os.PathLike[str] | None = None) -> int:
    """Runs the program `bioner` with these arguments, of which the first is its name.

    Returns the exit status. `model` is what comes with the program.
    """
