"""What is found, as columns of Arrow: the part that `bioner.ray` and `bioner.spark` share."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyarrow as pa

from . import _engine
from .doc import Doc
from .error import failed
from .options import Options, checked_threads
from .recognizer import Recognizer

__all__ = ["ENTITIES", "ERROR", "annotated", "asked", "checked", "recognizer"]

#: The columns that are added.
ENTITIES, ERROR = "entities", "error"

_SECTION = pa.struct([("heading", pa.string()), ("name", pa.string()), ("loinc", pa.string())])
_CANDIDATE = pa.struct(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("score", pa.float64()),
        ("same", pa.list_(pa.string())),
    ]
)
_ENTITY = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("type", pa.string()),
        ("text", pa.string()),
        ("score", pa.float64()),
        ("assertion", pa.string()),
        ("temporality", pa.string()),
        ("experiencer", pa.string()),
        ("section", _SECTION),
        ("id", pa.string()),
        ("candidates", pa.list_(_CANDIDATE)),
    ]
)

#: The columns that are added, with their types. They are the same whatever is asked for, so that
#: the tables of several runs fit together; fields that were not asked for are null.
FIELDS = (
    pa.field(ENTITIES, pa.list_(_ENTITY)),
    pa.field(ERROR, pa.struct([("code", pa.string()), ("message", pa.string())])),
)


def asked(options: Options) -> Options:
    """The options, checked, as a worker can be given them: they can be hashed and pickled.

    Raises what `bioner.load` raises about types, presets and formats. Files are looked for where
    the workers are.
    """
    types = options.checked_types()
    if options.format is not None:
        _engine.check_format(options.format)
    checked_threads(options.threads)
    return replace(
        options,
        types=None if options.preset is not None else tuple(types),
        model=None if options.model is None else os.fspath(options.model),
        vocabulary=tuple(options.vocabularies()),
    )


def checked(columns: Sequence[str], text: str) -> None:
    """Whether a table with these columns can be annotated. Raises `BionerError` (`input`)."""
    if text not in columns:
        names = ", ".join(columns)
        raise failed("input", f"there is no column {text!r}; there are {names}")
    for name in (ENTITIES, ERROR):
        if name in columns:
            raise failed("input", f"there is a column {name!r} already; rename or drop it")


@lru_cache(maxsize=2)
def recognizer(options: Options) -> Recognizer:
    """The recognizer of this process. Its model is loaded once, not for each batch or task."""
    return Recognizer(options)


def annotated(
    batches: Iterable[pa.RecordBatch], nlp: Recognizer, text: str
) -> Iterator[pa.RecordBatch]:
    """The batches, each with the columns that are added, in order.

    Texts of the next batches are read while the last of a batch are computed, so that the model is
    never without work before the end.
    """
    waiting: deque[pa.RecordBatch] = deque()

    def texts() -> Iterator[Any]:
        for batch in batches:
            checked(batch.schema.names, text)
            waiting.append(batch)
            yield from _values(batch.column(text))

    found: list[Doc] = []
    for doc in nlp.pipe(texts()):
        found.append(doc)
        # Batches without rows have nothing to wait for.
        while waiting and len(found) >= waiting[0].num_rows:
            batch = waiting.popleft()
            yield _with(batch, found[: batch.num_rows])
            del found[: batch.num_rows]
    yield from (_with(batch, []) for batch in waiting)


def _values(column: pa.Array) -> list[Any]:
    """The values of a column; a string that is no UTF-8 is given as its bytes."""
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = [_value(scalar) for scalar in column]
    return values


def _value(scalar: pa.Scalar) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return scalar.as_buffer().to_pybytes()


def _with(batch: pa.RecordBatch, docs: list[Doc]) -> pa.RecordBatch:
    entities = [
        None if doc.error else [entity.to_dict() for entity in doc.entities] for doc in docs
    ]
    errors = [doc.error and {"code": doc.error.code, "message": str(doc.error)} for doc in docs]
    added = [
        pa.array(values, field.type)
        for values, field in zip((entities, errors), FIELDS, strict=True)
    ]
    schema = batch.schema
    for field in FIELDS:
        schema = schema.append(field)
    return pa.RecordBatch.from_arrays([*batch.columns, *added], schema=schema)
