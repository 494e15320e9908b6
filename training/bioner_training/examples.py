"""Examples -> token sequences -> batches, epoch after epoch."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from bioner.engine import FORMATS, Sentence, Tokenizer

from . import data, instruct
from .gguf_io import ModelFile
from .model import Sequence
from .rows import Rows, Shape, fill, lay, stack


def encode(examples: list[instruct.Example], tokenizer: Tokenizer, end: int) -> list[Sequence]:
    """The sequences of examples. Prompt and answer are tokenized apart, as they are when the model
    writes."""
    texts = []
    for example in examples:
        form, types = FORMATS[example.format], list(example.types)
        sentence = Sentence(example.text)
        places = ((sentence.to_view(s, e), kind) for s, e, kind in example.entities)
        # an alteration can glue a mention to a word; then it is no mention any more
        entities = [(*place, kind) for place, kind in places if place]
        texts.append(form.prompt(sentence, types))
        texts.append(form.render(sentence, types, entities))
    ids = tokenizer.encode_batch(texts)
    # the instruction is the first line
    (line,) = tokenizer.encode("\n")
    return [
        Sequence(asked + answer + [end], asked.index(line) + 1, len(asked))
        for asked, answer in zip(ids[::2], ids[1::2])
    ]


def batches(sequences: list[Sequence], size: int) -> list[list[Sequence]]:
    """Consecutive sequences in batches of at most `size` tokens (one sequence at least)."""
    found: list[list[Sequence]] = []
    total = size + 1
    for sequence in sequences:
        if total + len(sequence.tokens) > size:
            found.append([])
            total = 0
        found[-1].append(sequence)
        total += len(sequence.tokens)
    return found


def sample_batches(
    corpora: list[list[data.Document]], recipe: instruct.Recipe, count: int, file: ModelFile, size: int
) -> list[list[Sequence]]:
    """The first `count` examples of an epoch of each corpus by itself, in batches of `size` tokens:
    always the same ones."""
    drawn = [
        example
        for documents in corpora
        for example in instruct.epoch([documents], recipe, 1, 0)[:count]
    ]
    return batches(encode(drawn, Tokenizer.open(file.path), file.end), size)


@dataclass(frozen=True)
class Source:
    """Where examples come from: everything that decides an epoch."""

    model: str
    corpora: str
    names: tuple[str, ...]
    recipe: instruct.Recipe
    seed: int
    #: sequences of more tokens are left out
    longest: int = 2000


class Maker:
    """Makes epochs of a source."""

    def __init__(self, source: Source):
        file = ModelFile(source.model)
        self.source, self.end = source, file.end
        self.tokenizer = Tokenizer.open(file.path)
        self.corpora = data.read_sentences(source.corpora, source.names)

    def epoch(self, number: int) -> list[Sequence]:
        source = self.source
        examples = instruct.epoch(self.corpora, source.recipe, source.seed, number)
        sequences = encode(examples, self.tokenizer, self.end)
        return [sequence for sequence in sequences if len(sequence.tokens) <= source.longest]

    def rows(self, number: int, shape: Shape) -> list[Rows]:
        """An epoch in batches of one shape; what is longer than a row is left out, and a last batch that
        is mostly padding."""
        sequences = [s for s in self.epoch(number) if len(s.tokens) <= shape.length]
        found = [lay(rows, shape) for rows in fill(sequences, shape)]
        if len(found) > 1 and (found[-1].weights > 0).sum() * 2 < (found[0].weights > 0).sum():
            found.pop()
        return found


class Feed:
    """The batches of a run from a place in it on: at most `tokens` tokens each, or `examples`
    examples if that is given, or rows of a `shape`. The `ahead` next epochs are made by as many other
    processes while one is used."""

    def __init__(
        self, source: Source, tokens: int, examples: int = 0, ahead: int = 0, shape: Shape | None = None
    ):
        self.tokens, self.examples, self.ahead, self.shape = tokens, examples, ahead, shape
        self.pool = None
        if ahead:
            self.pool = ProcessPoolExecutor(
                ahead, multiprocessing.get_context("spawn"), initializer=_start, initargs=(source,)
            )
        else:
            self.maker = Maker(source)

    def batches(self, epoch: int, position: int) -> Iterator[tuple[int, int, list[Sequence] | Rows]]:
        """(epoch, place of the next batch in it, batch), for ever. The first epochs are begun at once."""
        coming: deque[Future] = deque()
        self._order(coming, epoch)
        return self._batches(coming, epoch, position)

    def _order(self, coming: deque[Future], epoch: int) -> None:
        while self.pool and len(coming) <= self.ahead:
            coming.append(self.pool.submit(_make, epoch + len(coming), self.shape))

    def _batches(self, coming: deque[Future], epoch: int, position: int):
        while True:
            self._order(coming, epoch)
            made = coming.popleft().result() if coming else make(self.maker, epoch, self.shape)
            found = unpacked(made) if self.shape else self._cut(made)
            if not found:
                raise data.BadCorpus("no examples: no corpus, or a recipe that keeps nothing")
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


_maker: Maker | None = None


def _start(source: Source) -> None:
    global _maker
    _maker = Maker(source)


def _make(epoch: int, shape: Shape | None):
    assert _maker is not None
    return make(_maker, epoch, shape)


def make(maker: Maker, epoch: int, shape: Shape | None) -> list[Sequence] | list[np.ndarray]:
    """An epoch as it travels between processes: rows as few arrays, for PyTorch would hand over each
    tensor as an open file."""
    if shape is None:
        return maker.epoch(epoch)
    rows = maker.rows(epoch, shape)
    return [part.numpy() for part in stack(rows).parts()] if rows else []


def unpacked(arrays: list[np.ndarray]) -> list[Rows]:
    """The batches of rows that were made."""
    whole = [torch.from_numpy(array) for array in arrays]
    return [Rows(*parts) for parts in zip(*whole)]
