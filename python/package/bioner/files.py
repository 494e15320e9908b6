"""Documents in the formats of files: PubTator, BioC, brat, and the others that bioner writes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ._engine import files
from .doc import Doc
from .error import failed

__all__ = ["to_format", "write"]


def to_format(docs: Doc | Iterable[Doc], format: str) -> str:
    """Documents as the content of one file in a format.

    `format` is `json`, `json-lines`, `csv`, `pubtator`, `bioc-xml`, `bioc-json`, `conll`,
    `web-annotation`, `doccano` or `label-studio`. A document without an id is called by its number,
    from 1.

    Raises `BionerError` (`format`) if there is no such format, or if it has a file for each
    document: for those there is `write`. Raises the error of a document that has one.
    """
    written = files(_lines(docs), format)
    if format in ("brat", "xmi"):
        raise failed("format", f"{format} has files for each document; use bioner.write")
    ((_, content),) = written
    return content


def write(docs: Doc | Iterable[Doc], path: str | os.PathLike[str], format: str) -> list[Path]:
    """Writes documents into a file; in the formats `brat` and `xmi`, into a folder.

    Returns the files that were written. Raises what `to_format` raises, and `OSError`.
    """
    place = Path(path)
    if format not in ("brat", "xmi"):
        place.write_text(to_format(docs, format), encoding="utf-8", newline="")
        return [place]
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files(_lines(docs), format):
        (place / name).write_text(content, encoding="utf-8", newline="")
        written.append(place / name)
    return written


def _lines(docs: Doc | Iterable[Doc]) -> list[str]:
    return [json.dumps(_fields(doc)) for doc in ([docs] if isinstance(docs, Doc) else docs)]


def _fields(doc: Doc) -> dict[str, Any]:
    """A document as formats hold it: a section by its name, or by its heading without one."""
    if doc.error is not None:
        raise doc.error
    fields = doc.to_dict()
    for entity in fields["entities"]:
        section = entity.get("section")
        if section is not None:
            entity["section"] = section.get("name", section["heading"])
        entity.pop("candidates", None)
    return fields
