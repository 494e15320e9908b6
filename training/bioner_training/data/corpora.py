"""Reads corpora and cuts their documents into sentences."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from bioner.engine import sentences

CORPORA = ("anatem", "bc2gm", "bc5cdr", "cancer-genetics", "linnaeus", "ncbi-disease")

#: start and end (offsets in code points, end exclusive), type
Entity = tuple[int, int, str]


class BadCorpus(ValueError):
    """A corpus file that is missing or malformed."""


@dataclass(frozen=True)
class Document:
    """A text, the types annotated in it, and its entities, sorted by position.

    `guessed` are types that the corpus does not annotate but a teacher model did (see `pseudo`).
    The entities include those of guessed types.
    """

    text: str
    types: tuple[str, ...]
    entities: tuple[Entity, ...]
    corpus: str = ""
    guessed: tuple[str, ...] = ()

    def changed(self, text: str, entities: list[Entity] | tuple[Entity, ...]) -> Document:
        """The same document with another text and its entities."""
        return replace(self, text=text, entities=tuple(entities))


def read_file(path: str | Path, corpus: str = "") -> list[Document]:
    """Reads a JSON-lines file of `{"text", "types", "entities"}`, optionally with `"guessed"`.

    Raises `BadCorpus`, with the number of the line, if the file is missing or malformed.
    """
    path = Path(path)
    if not path.is_file():
        raise BadCorpus(f"no corpus file {path}")
    documents = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                value = json.loads(line)
                text, types = value["text"], tuple(value["types"])
                guessed = tuple(value.get("guessed", ()))
                entities = sorted((e["start"], e["end"], e["type"]) for e in value["entities"])
                known = {*types, *guessed}
                valid = all(0 <= s < e <= len(text) and t in known for s, e, t in entities)
            except (ValueError, KeyError, TypeError) as error:
                raise BadCorpus(f"{path}, line {number}: {error!r}") from error
            if not valid:
                raise BadCorpus(f"{path}, line {number}: an entity outside the text or the types")
            documents.append(Document(text, types, tuple(entities), corpus, guessed))
    return documents


def read_corpus(folder: str | Path, name: str, split: str) -> list[Document]:
    """The documents of `<folder>/<name>/<split>.jsonl`."""
    return read_file(Path(folder) / name / f"{split}.jsonl", name)


def read_lines(folder: str | Path, name: str, split: str) -> list[str]:
    """The lines of `<folder>/<name>/<split>.jsonl`, as `bioner eval` reads them."""
    return (Path(folder) / name / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()


def calibration_count(lines: int, sample: int) -> int:
    """How many lines of a dev split the calibration uses: at most `sample`, and at most half."""
    return min(sample, lines // 2)


def read_sentences(folder: str | Path, names, split: str = "train") -> list[list[Document]]:
    """The sentences of each corpus, in the order of its file."""
    return [
        [
            sentence
            for document in read_corpus(folder, name, split)
            for sentence in split_sentences(document)
        ]
        for name in names
    ]


def split_sentences(document: Document) -> list[Document]:
    """The sentences of a document. A boundary inside an entity is ignored."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(document.text):
        inside = spans and any(s < spans[-1][1] and e > start for s, e, _ in document.entities)
        if inside:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [
        document.changed(
            document.text[start:end],
            [(s - start, e - start, t) for s, e, t in document.entities if start <= s and e <= end],
        )
        for start, end in spans
    ]


def join(parts: list[Document]) -> Document:
    """Consecutive sentences as one text, with a space between them.

    A guessed type of the whole is one that is guessed in every part.
    """
    text, entities = "", []
    guessed = tuple(t for t in parts[0].guessed if all(t in part.guessed for part in parts))
    for part in parts:
        text += " " if text else ""
        entities += [(s + len(text), e + len(text), t) for s, e, t in part.entities]
        text += part.text
    known = {*parts[0].types, *guessed}
    entities = [entity for entity in entities if entity[2] in known]
    return replace(parts[0].changed(text, entities), guessed=guessed)
