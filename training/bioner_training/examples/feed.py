"""The batches of a run, epoch after epoch, made by other processes while a GPU is at work."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from bioner.engine import Tokenizer

from ..data.corpora import BadCorpus, read_sentences
from ..model.batch import Sequence
from ..model.gguf_file import ModelFile
from ..model.row_batch import RowBatch, Shape, fill, lay_out, stack
from .encode import batches, encode
from .epoch import Recipe, draw_epoch


@dataclass(frozen=True)
class Source:
    """Everything that determines the examples of an epoch.

    `model` is the path of the GGUF file whose tokenizer is used.
    """

    model: str
    corpora: str
    names: tuple[str, ...]
    recipe: Recipe
    seed: int
    #: sequences of more tokens are left out
    longest: int = 2000


class EpochMaker:
    """Makes the epochs of a source."""

    def __init__(self, source: Source):
        file = ModelFile(source.model)
        self.source, self.end = source, file.end
        self.tokenizer = Tokenizer.open(file.path)
        self.corpora = read_sentences(source.corpora, source.names)

    def epoch(self, number: int) -> list[Sequence]:
        source = self.source
        examples = draw_epoch(self.corpora, source.recipe, source.seed, number)
        sequences = encode(examples, self.tokenizer, self.end)
        return [sequence for sequence in sequences if len(sequence.tokens) <= source.longest]

    def rows(self, number: int, shape: Shape) -> list[RowBatch]:
        """An epoch in batches of one shape.

        Sequences longer than a row are left out, and so is a last batch that is mostly padding.
        """
        sequences = [s for s in self.epoch(number) if len(s.tokens) <= shape.length]
        found = [lay_out(rows, shape) for rows in fill(sequences, shape)]
        if len(found) > 1 and (found[-1].weights > 0).sum() * 2 < (found[0].weights > 0).sum():
            found.pop()
        return found


class Feed:
    """The batches of a run, from any position in it.

    A batch has at most `tokens` tokens, or `examples` examples if that is given, or rows of a
    `shape`. The next `ahead` epochs are made by as many other processes.
    """

    def __init__(
        self,
        source: Source,
        tokens: int,
        examples: int = 0,
        ahead: int = 0,
        shape: Shape | None = None,
    ):
        self.tokens, self.examples, self.ahead, self.shape = tokens, examples, ahead, shape
        self.pool = None
        if ahead:
            self.pool = ProcessPoolExecutor(
                ahead, multiprocessing.get_context("spawn"), initializer=_start, initargs=(source,)
            )
        else:
            self.maker = EpochMaker(source)

    def batches(
        self, epoch: int, position: int
    ) -> Iterator[tuple[int, int, list[Sequence] | RowBatch]]:
        """Endless (epoch, position of the next batch in it, batch).

        The other processes start on the first epochs at once.
        """
        coming: deque[Future] = deque()
        self._submit(coming, epoch)
        return self._batches(coming, epoch, position)

    def _submit(self, coming: deque[Future], epoch: int) -> None:
        while self.pool and len(coming) <= self.ahead:
            coming.append(self.pool.submit(_make, epoch + len(coming), self.shape))

    def _batches(self, coming: deque[Future], epoch: int, position: int):
        while True:
            self._submit(coming, epoch)
            made = coming.popleft().result() if coming else make(self.maker, epoch, self.shape)
            found = unstack(made) if self.shape else self._cut(made)
            if not found:
                raise BadCorpus("no examples: no corpus, or a recipe that keeps nothing")
            for index in range(position, len(found)):
                yield epoch, index + 1, found[index]
            epoch, position = epoch + 1, 0

    def _cut(self, sequences: list[Sequence]) -> list[list[Sequence]]:
        if not self.examples:
            return batches(sequences, self.tokens)
        starts = range(0, len(sequences), self.examples)
        return [sequences[at : at + self.examples] for at in starts]

    def close(self) -> None:
        if self.pool:
            self.pool.shutdown(wait=False, cancel_futures=True)


_maker: EpochMaker | None = None


def _start(source: Source) -> None:
    global _maker
    _maker = EpochMaker(source)


def _make(epoch: int, shape: Shape | None):
    assert _maker is not None
    return make(_maker, epoch, shape)


def make(maker: EpochMaker, epoch: int, shape: Shape | None) -> list[Sequence] | list[np.ndarray]:
    """An epoch in the form that is sent between processes.

    Rows are sent as a few NumPy arrays: PyTorch would send each tensor as an open file.
    """
    if shape is None:
        return maker.epoch(epoch)
    rows = maker.rows(epoch, shape)
    return [part.numpy() for part in stack(rows).parts()] if rows else []


def unstack(arrays: list[np.ndarray]) -> list[RowBatch]:
    """The batches of the arrays that `make` returns."""
    whole = [torch.from_numpy(array) for array in arrays]
    return [RowBatch(*parts) for parts in zip(*whole, strict=True)]
