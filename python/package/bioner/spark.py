"""bioner on Spark: a column of texts to a column of entities, on many machines.

::

    from bioner.spark import annotate

    found = annotate(spark.read.parquet("abstracts"), text="abstract", preset="literature")
    found.write.parquet("entities")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_type
from pyspark.sql.types import StructField, StructType

from .arrow import FIELDS, annotated, asked, checked, recognizer
from .options import Options, Path

__all__ = ["annotate"]


def annotate(
    df: DataFrame,
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
) -> DataFrame:
    """The data frame with the columns `entities` and `error`, lazily.

    Rows keep their partition, their order in it and their other columns. `entities` is an array of
    structs with the fields of `bioner.Entity`; those that were not asked for are null. Where a text
    cannot be worked on, `entities` is null and `error` has `code` and `message`; elsewhere `error`
    is null.

    - `text`: the column of the texts.
    - `types` to `together`: as for `bioner.load`. Files are read where the workers run.
    - `threads`: how many a worker computes with. Spark counts on `spark.task.cpus`, which should
      be the same.

    Each Python worker of Spark loads the model once and keeps it for later tasks.

    Raises `BionerError` for types, a preset or a format that cannot be, and for a column that is
    not there (`input`).
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
    checked(df.columns, text)
    added = [StructField(field.name, from_arrow_type(field.type)) for field in FIELDS]
    schema = StructType([*df.schema.fields, *added])
    return df.mapInArrow(_work(options, text), schema)


def _work(
    options: Options, text: str
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return annotated(batches, recognizer(options), text)

    return work
