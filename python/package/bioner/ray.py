"""bioner on Ray Data: a column of texts to a column of entities, on many machines.

::

    import ray
    from bioner.ray import annotate

    found = annotate(ray.data.read_parquet("abstracts"), text="abstract", preset="literature")
    found.write_parquet("entities")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa
from ray.data import ActorPoolStrategy, Dataset

from .arrow import annotated, asked, checked, recognizer
from .options import Options, Path

__all__ = ["annotate"]

#: Rows that an actor is given at a time: a minute's work if they are abstracts. Rows that fit into
#: one batch are not divided among actors.
BATCH_SIZE = 64


def annotate(
    ds: Dataset,
    text: str = "text",
    types: Sequence[str] | None = None,
    *,
    preset: str | None = None,
    model: Path | None = None,
    format: str | None = None,
    assertion: bool | None = None,
    sections: bool = False,
    link: bool = False,
    vocabulary: Path | Sequence[Path] = (),
    together: bool = False,
    threads: int = 1,
    actors: int | tuple[int, int] | None = None,
    batch_size: int = BATCH_SIZE,
) -> Dataset:
    """The dataset with the columns `entities` and `error`, lazily.

    Rows keep their order and their other columns. `entities` is a list of structs with the fields
    of `bioner.Entity`; those that were not asked for are null. Where a text cannot be worked on,
    `entities` is null and `error` has `code` and `message`; elsewhere `error` is null.

    - `text`: the column of the texts.
    - `types` to `together`: as for `bioner.load`. Files are read where the actors run.
    - `threads`: how many an actor computes with. It reserves as many CPUs.
    - `actors`: how many there are, or the least and the most. Each loads the model once. Without
      it, as many as there is work and room for.
    - `batch_size`: how many rows an actor is given at a time.

    Raises `BionerError` for types, a preset or a format that cannot be, and, if the columns are
    known before anything is read, for one that is not there (`input`).
    """
    options = asked(
        Options(
            types=types,
            preset=preset,
            model=model,
            format=format,
            assertion=assertion,
            sections=sections,
            link=link,
            vocabulary=vocabulary,
            together=together,
            threads=threads,
        )
    )
    known = ds.schema(fetch_if_missing=False)
    if known is not None:
        checked(known.names, text)
    result = ds.map_batches(
        _Actor,
        fn_constructor_kwargs={"options": options, "text": text},
        compute=_pool(actors),
        batch_size=batch_size,
        batch_format="pyarrow",
        num_cpus=threads,
        udf_modifying_row_count=False,
    )
    # Without it rows come in the order in which actors finish.
    result.context.execution_options.preserve_order = True
    return result


def _pool(actors: int | tuple[int, int] | None) -> ActorPoolStrategy:
    if actors is None:
        return ActorPoolStrategy(min_size=1)
    if isinstance(actors, int):
        return ActorPoolStrategy(size=actors)
    least, most = actors
    return ActorPoolStrategy(min_size=least, max_size=most)


class _Actor:
    """A process with a model."""

    def __init__(self, options: Options, text: str) -> None:
        self._nlp = recognizer(options)
        self._text = text

    def __call__(self, table: pa.Table) -> pa.Table:
        batches: Iterable[pa.RecordBatch] = table.to_batches() or [_empty(table.schema)]
        return pa.Table.from_batches(annotated(batches, self._nlp, self._text))


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([], schema=schema)
