"""Packed batches: the tokens of all sequences one after another, [tokens, width].

No work goes into padding. Only attention, which is cheap at the length of a sentence, treats the
sequences separately, as padded blocks [sequences, heads, longest, head width] of sequences of
similar length. Padding is behind the real tokens, so causal attention never reads it.

Attention is causal, or a *prefix* is read in both directions (a prefix language model: Dong et al.,
arXiv 1905.03197). The prefix here is the question: the sentence asked about and the end of the
prompt. The instruction before it is causal, so that its keys and values serve every sentence, and
so is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import torch


class Sequence(NamedTuple):
    """The tokens of a prompt, its answer and the end.

    `question` and `answer` are the positions where these start. The loss is taken on the answer and
    the end.
    """

    tokens: list[int]
    question: int
    answer: int


@dataclass
class Group:
    """Sequences of similar length in a batch: the tokens `start` to `end` of the batch.

    `slots` [end - start] are the positions of these tokens in the padded block of `sequences` x
    `longest`; `None` if they fill it. `questions` [2, sequences] are the start and the end of the
    part of each sequence that is read in both directions; `None` if all is causal.
    """

    start: int
    end: int
    sequences: int
    longest: int
    slots: torch.Tensor | None
    questions: torch.Tensor | None = None

    def to(self, device: torch.device) -> Group:
        def move(tensor: torch.Tensor | None) -> torch.Tensor | None:
            return None if tensor is None else tensor.to(device, non_blocking=True)

        return replace(self, slots=move(self.slots), questions=move(self.questions))

    def mask(self, dtype: torch.dtype) -> torch.Tensor | None:
        """The mask to add to the scores: [sequences, 1, longest, longest]; `None`: causal."""
        if self.questions is None:
            return None
        positions = torch.arange(self.longest, device=self.questions.device)
        visible = visible_keys(positions[:, None], positions, self.questions[:, :, None, None])
        return additive_mask(visible, dtype)


def visible_keys(
    queries: torch.Tensor, keys: torch.Tensor, questions: torch.Tensor
) -> torch.Tensor:
    """Whether the query at a position attends to the key at another.

    A query attends to the keys up to its own position and, from the start of the question on, to
    all keys before the end of the question. `questions` has starts and ends, of shapes that
    broadcast.
    """
    start, end = questions
    return (keys <= queries) | ((queries >= start) & (keys < end))


def additive_mask(visible: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """`visible` [B, L, L] as a mask to add to the scores: 0 or minus infinity, [B, 1, L, L]."""
    mask = torch.zeros(visible.shape, dtype=dtype, device=visible.device)
    return mask.masked_fill_(~visible, float("-inf"))[:, None]


@dataclass
class Packed:
    """Sequences one after another, shortest first.

    tokens [T] int64; positions [T] within each sequence; outputs [N], the indices in T where the
    loss is taken; targets [N], the tokens that follow there.
    """

    tokens: torch.Tensor
    positions: torch.Tensor
    outputs: torch.Tensor
    targets: torch.Tensor
    groups: list[Group]

    def to(self, device: torch.device) -> Packed:
        tensors = (self.tokens, self.positions, self.outputs, self.targets)
        moved = (tensor.to(device, non_blocking=True) for tensor in tensors)
        return Packed(*moved, [group.to(device) for group in self.groups])

    def blocks(self, dtype: torch.dtype) -> list[tuple[Group, torch.Tensor | None]]:
        """The groups for attention, each with its mask."""
        return [(group, group.mask(dtype)) for group in self.groups]


def pack(sequences: list[Sequence], groups: int = 4, prefix: bool = False) -> Packed:
    """Packs sequences in a batch; with `prefix`, their questions are read in both directions.

    Attention is computed in at most `groups` blocks of about the same number of tokens.
    """
    sequences = sorted(sequences, key=lambda s: len(s.tokens))
    share = sum(len(s.tokens) - 1 for s in sequences) / groups
    tokens, positions, outputs, targets = [], [], [], []
    blocks: list[Group] = []
    lengths: list[int] = []
    questions: list[tuple[int, int]] = []
    for number, (sequence, question, answer) in enumerate(sequences, 1):
        inputs = sequence[:-1]  # the last token is only a target
        questions.append((question, answer))
        outputs.extend(range(len(tokens) + answer - 1, len(tokens) + len(inputs)))
        targets.extend(sequence[answer:])
        positions.extend(range(len(inputs)))
        tokens.extend(inputs)
        lengths.append(len(inputs))
        if len(tokens) >= share * (len(blocks) + 1) or number == len(sequences):
            # the kernels read a mask eight values at a time
            longest = lengths[-1] + (-lengths[-1] % 8 if prefix else 0)
            slots = [row * longest + i for row, n in enumerate(lengths) for i in range(n)]
            start = len(tokens) - sum(lengths)
            group = Group(start, len(tokens), len(lengths), longest, torch.tensor(slots))
            if prefix:
                group.questions = torch.tensor(questions).T.contiguous()
            blocks.append(group)
            lengths, questions = [], []
    lists = (tokens, positions, outputs, targets)
    return Packed(*(torch.tensor(values, dtype=torch.long) for values in lists), blocks)
