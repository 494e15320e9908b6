"""Batches of one shape: sequences in rows of a fixed length.

A CUDA graph replays a step without Python launching each kernel, but only for tensors of the shapes
it was captured with. So a batch here is always [rows, length] tokens, with several sequences in
each row, and has always the same number of outputs where the loss is taken. The rest is padding,
which no sequence attends to and which has no weight in the loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields

import torch

from .batch import Group, Sequence, additive_mask, visible_keys

#: outputs of a batch as a share of its tokens: answers are 0.31 of the tokens, and less than 0.38
#: in every batch
OUTPUT_SHARE = 0.4
#: a batch is closed when this many sequences have found no room in it
MAX_REFUSED = 40


@dataclass(frozen=True)
class Shape:
    """rows x length tokens, of which at most `outputs` have a loss."""

    rows: int
    length: int

    @property
    def outputs(self) -> int:
        return int(self.rows * self.length * OUTPUT_SHARE)


@dataclass
class RowBatch:
    """Sequences in rows.

    tokens [rows, length] int64; for each token, as positions in its row: `first` [rows, length],
    where its sequence starts, and `questions` [2, rows, length], the start and the end of the part
    of the sequence that is read in both directions; outputs [shape.outputs], the indices in the
    flat batch where the loss is taken; targets [shape.outputs], the tokens that follow there;
    weights [shape.outputs] float32, one over the number of outputs, and 0 for padding.
    """

    tokens: torch.Tensor
    first: torch.Tensor
    questions: torch.Tensor
    outputs: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor

    def map(self, change: Callable[[torch.Tensor], torch.Tensor]) -> RowBatch:
        return RowBatch(*(change(part) for part in self.parts()))

    def parts(self) -> list[torch.Tensor]:
        return [getattr(self, field.name) for field in fields(self)]

    def causal(self) -> RowBatch:
        """The same sequences, read causally."""
        nowhere = torch.zeros_like(self.questions)
        nowhere[0] = self.tokens.shape[1]
        return RowBatch(self.tokens, self.first, nowhere, self.outputs, self.targets, self.weights)

    def copy_(self, other: RowBatch) -> None:
        for mine, its in zip(self.parts(), other.parts(), strict=True):
            mine.copy_(its, non_blocking=True)

    def repeated(self) -> RowBatch:
        """The batch followed by all its rows a second time."""
        again = self.outputs + self.tokens.numel()
        return RowBatch(
            tokens=torch.cat([self.tokens] * 2),
            first=torch.cat([self.first] * 2),
            questions=torch.cat([self.questions] * 2, dim=1),
            outputs=torch.cat([self.outputs, again]),
            targets=torch.cat([self.targets] * 2),
            weights=torch.cat([self.weights] * 2),
        )

    @property
    def positions(self) -> torch.Tensor:
        """The position of each token in its sequence: [rows * length]."""
        in_row = torch.arange(self.tokens.shape[1], device=self.tokens.device)
        return (in_row - self.first).flatten()

    def blocks(self, dtype: torch.dtype) -> list[tuple[Group, torch.Tensor]]:
        """The groups for attention, each with its mask: here one of all rows."""
        rows, length = self.tokens.shape
        at = torch.arange(length, device=self.tokens.device)
        visible = visible_keys(at[:, None], at, self.questions[..., None])
        same_sequence = at >= self.first[..., None]
        return [
            (
                Group(0, rows * length, rows, length, None),
                additive_mask(visible & same_sequence, dtype),
            )
        ]


def fill(sequences: Iterable[Sequence], shape: Shape) -> Iterator[list[list[Sequence]]]:
    """Distributes sequences over the rows of batches.

    A sequence that finds no room waits for the next batch. No sequence may be longer than a row.
    """
    waiting: list[Sequence] = []
    coming = iter(sequences)
    while True:
        rows: list[list[Sequence]] = [[] for _ in range(shape.rows)]
        room = [shape.length] * shape.rows
        outputs, refused = shape.outputs, []
        from_before = iter(waiting)
        while len(refused) < MAX_REFUSED:
            sequence = next(from_before, None) or next(coming, None)
            if sequence is None:
                break
            size = len(sequence.tokens) - 1
            answer = len(sequence.tokens) - sequence.answer
            # the fullest row that has room
            row = min(
                (r for r in range(shape.rows) if room[r] >= size),
                key=room.__getitem__,
                default=None,
            )
            if row is None or answer > outputs:
                refused.append(sequence)
                continue
            rows[row].append(sequence)
            room[row] -= size
            outputs -= answer
        waiting = [*refused, *from_before]
        if not any(rows):
            return
        yield rows


def lay_out(rows: list[list[Sequence]], shape: Shape) -> RowBatch:
    """The tensors of one batch, with small integers, to be sent between processes."""
    tokens = torch.zeros(shape.rows, shape.length, dtype=torch.int32)
    first = torch.arange(shape.length, dtype=torch.int16).repeat(shape.rows, 1)
    questions = torch.zeros(2, shape.rows, shape.length, dtype=torch.int16)
    questions[0] = shape.length
    outputs, targets = [], []
    for r, row in enumerate(rows):
        at = 0
        for sequence, question, answer in row:
            end = at + len(sequence) - 1  # the last token is only a target
            tokens[r, at:end] = torch.tensor(sequence[:-1])
            first[r, at:end] = at
            questions[0, r, at:end] = at + question
            questions[1, r, at:end] = at + answer
            base = r * shape.length
            outputs.extend(range(base + at + answer - 1, base + end))
            targets.extend(sequence[answer:])
            at = end
    spare = shape.outputs - len(outputs)
    weights = torch.zeros(shape.outputs)
    weights[: len(outputs)] = 1 / max(len(outputs), 1)
    padded = [
        torch.tensor([*values, *[0] * spare], dtype=torch.int32) for values in (outputs, targets)
    ]
    return RowBatch(tokens, first, questions, *padded, weights)


def stack(batches: list[RowBatch]) -> RowBatch:
    """Batches as one, each tensor with one more dimension in front."""
    return RowBatch(
        *(torch.stack(parts) for parts in zip(*(batch.parts() for batch in batches), strict=True))
    )


def with_int64(batch: RowBatch) -> RowBatch:
    """The batch with its integers as int64, as the model takes them."""
    return batch.map(lambda t: t if t.is_floating_point() else t.long())
