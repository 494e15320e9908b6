"""Batches of one shape: sequences laid into rows of a fixed length.

A CUDA graph replays a step without Python launching each of its kernels, but only for tensors of
the shapes it was captured with. So here a batch is always [rows, length] tokens, several sequences
in each row, and always the same number of places whose next token is learned; what is left over is
padding that nothing sees and nothing learns from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields

import torch

from .model import Group, Sequence, hide, seen_places

#: of a batch's places, the share that can be learned: answers take 0.31 of the tokens, in no batch 0.38
LEARNED = 0.4
#: a batch is closed when so many sequences in a row found no room in it
REFUSED = 40


@dataclass(frozen=True)
class Shape:
    """rows x length tokens, of which at most `learned` are answers."""

    rows: int
    length: int

    @property
    def learned(self) -> int:
        return int(self.rows * self.length * LEARNED)


@dataclass
class Rows:
    """Sequences in rows.

    tokens [rows, length] int64; for each place, in its row: `first` [rows, length], where its
    sequence begins, and `questions` [2, rows, length], from and before where that is read in both
    directions; outputs [learned], the places in the flat batch whose next token is learned; targets
    [learned], those next tokens; weights [learned] float32, one over how many are learned, and 0 for
    padding.
    """

    tokens: torch.Tensor
    first: torch.Tensor
    questions: torch.Tensor
    outputs: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor

    def map(self, change: Callable[[torch.Tensor], torch.Tensor]) -> "Rows":
        return Rows(*(change(part) for part in self.parts()))

    def parts(self) -> list[torch.Tensor]:
        return [getattr(self, field.name) for field in fields(self)]

    def causal(self) -> "Rows":
        """The same sequences, with no question read in both directions."""
        nowhere = torch.zeros_like(self.questions)
        nowhere[0] = self.tokens.shape[1]
        return Rows(self.tokens, self.first, nowhere, self.outputs, self.targets, self.weights)

    def copy_(self, other: "Rows") -> None:
        for mine, its in zip(self.parts(), other.parts()):
            mine.copy_(its, non_blocking=True)

    def twice(self) -> "Rows":
        """Every sequence a second time, behind all of them."""
        again = self.outputs + self.tokens.numel()
        two = lambda t: torch.cat([t, t])  # noqa: E731
        return Rows(
            two(self.tokens), two(self.first), torch.cat([self.questions] * 2, dim=1),
            torch.cat([self.outputs, again]), two(self.targets), two(self.weights),
        )  # fmt: skip

    @property
    def positions(self) -> torch.Tensor:
        """[rows * length], within each sequence."""
        places = torch.arange(self.tokens.shape[1], device=self.tokens.device)
        return (places - self.first).flatten()

    def blocks(self, dtype: torch.dtype) -> list[tuple[Group, torch.Tensor]]:
        rows, length = self.tokens.shape
        at = torch.arange(length, device=self.tokens.device)
        seen = seen_places(at[:, None], at, self.questions[..., None])
        own = at >= self.first[..., None]
        return [(Group(0, rows * length, rows, length, None), hide(seen & own, dtype))]


def fill(sequences: Iterable[Sequence], shape: Shape) -> Iterator[list[list[Sequence]]]:
    """Batches of rows of sequences; a sequence that finds no room waits for the next batch. Those
    longer than a row must not be given."""
    waiting: list[Sequence] = []
    coming = iter(sequences)
    while True:
        rows: list[list[Sequence]] = [[] for _ in range(shape.rows)]
        room = [shape.length] * shape.rows
        learned, refused = shape.learned, []
        late = iter(waiting)
        while len(refused) < REFUSED:
            sequence = next(late, None) or next(coming, None)
            if sequence is None:
                break
            size = len(sequence.tokens) - 1
            answer = len(sequence.tokens) - sequence.answer
            # the fullest row that has room
            row = min((r for r in range(shape.rows) if room[r] >= size), key=room.__getitem__, default=None)
            if row is None or answer > learned:
                refused.append(sequence)
                continue
            rows[row].append(sequence)
            room[row] -= size
            learned -= answer
        waiting = [*refused, *late]
        if not any(rows):
            return
        yield rows


def lay(rows: list[list[Sequence]], shape: Shape) -> Rows:
    """One batch, in the smallest integers, to travel between processes."""
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
    spare = shape.learned - len(outputs)
    weights = torch.zeros(shape.learned)
    weights[: len(outputs)] = 1 / max(len(outputs), 1)
    as_tensor = lambda values: torch.tensor(values + [0] * spare, dtype=torch.int32)  # noqa: E731
    return Rows(tokens, first, questions, as_tensor(outputs), as_tensor(targets), weights)


def stack(batches: list[Rows]) -> Rows:
    """Batches as one, each part with one dimension more, in front."""
    return Rows(*(torch.stack(parts) for parts in zip(*(batch.parts() for batch in batches))))


def widened(batch: Rows) -> Rows:
    """As the model takes it: integers int64."""
    return batch.map(lambda t: t if t.is_floating_point() else t.long())
