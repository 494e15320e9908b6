"""Greedy decoding in batches, with cached keys and values.

There is no grammar here: this is what the model writes by itself. `bioner eval` measures it under
the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from .adapter import linear
from .batch import visible_keys
from .network import Model


@dataclass
class Answer:
    """The tokens that were generated, without the end token.

    `probabilities` are those of the tokens, and of the end token if there is one. `finished` is
    false if the limit was reached before the end token.
    """

    tokens: list[int]
    probabilities: list[float]
    finished: bool


class _Cache:
    """Keys and values of a batch: per layer [2, rows, kv heads, capacity, head width]."""

    def __init__(self, model: Model, rows: int, capacity: int):
        c = model.config
        shape = (c.layers, 2, rows, c.kv_heads, capacity, c.head_width)
        self.data = torch.zeros(shape, dtype=model.dtype, device=model.norm.device)

    def keep(self, rows: torch.Tensor) -> None:
        self.data = self.data.index_select(2, rows)


def _step(model: Model, weights, cache: _Cache, tokens, positions, questions) -> torch.Tensor:
    """One forward pass; the hidden states after the final norm, [rows, n, width].

    tokens [rows, n] at positions [rows, n], consecutive in a row; `questions` [2, rows] are the
    start and the end of the part of each row that is read in both directions. Cache entries behind
    the last position of a row are not read.
    """
    c = model.config
    rows, count = tokens.shape
    x = F.embedding(tokens, weights[model.embedding])
    cos = model.cos[positions].view(-1, 1, c.head_width // 2).to(model.dtype)
    sin = model.sin[positions].view(-1, 1, c.head_width // 2).to(model.dtype)
    length = int(positions.max()) + 1
    # [rows, 1, n, length]
    visible = visible_keys(
        positions[:, None, :, None],
        torch.arange(length, device=x.device),
        questions[:, :, None, None, None],
    )
    row = torch.arange(rows, device=x.device)[:, None]
    group = c.heads // c.kv_heads
    for index, layer in enumerate(model.layers):
        flat = x.view(-1, c.width)
        q, k, v = layer.project(flat, weights.__getitem__, cos, sin, model.functions)
        keys, values = cache.data[index]
        keys[row, :, positions] = k.view(rows, count, c.kv_heads, -1)
        values[row, :, positions] = v.view(rows, count, c.kv_heads, -1)
        q = q.view(rows, count, c.kv_heads, group, -1).permute(0, 2, 3, 1, 4)
        q = q.reshape(rows, c.kv_heads, group * count, -1) * c.head_width**-0.5
        scores = (q @ keys[:, :, :length].transpose(-1, -2)).view(rows, -1, count, length)
        scores = scores.masked_fill(~visible, float("-inf")).softmax(-1)
        mixed = scores.view(rows, c.kv_heads, group * count, length) @ values[:, :, :length]
        mixed = mixed.view(rows, c.heads, count, -1).transpose(1, 2).reshape(rows, count, c.width)
        x = x + linear(mixed.flatten(0, 1), weights[layer.out]).view(x.shape)
        x = x + layer.feed_forward(x, weights.__getitem__, model.functions)
    return F.rms_norm(x, (c.width,), model.norm.to(x.dtype), c.epsilon)


@torch.inference_mode()
def generate(
    model: Model,
    prompts: list[list[int]],
    end: int,
    limits: list[int],
    batch: int = 64,
    questions: list[int] | None = None,
) -> list[Answer]:
    """Decodes the answers to prompts (tokens), each of at most as many tokens as its limit.

    `questions` are the positions in the prompts from which a prefix model reads in both directions.
    """
    starts = [len(p) for p in prompts] if questions is None or not model.prefix else questions
    weights = _Weights(model)
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]) + limits[i])
    answers: list[Answer | None] = [None] * len(prompts)
    for at in range(0, len(order), batch):
        chosen = order[at : at + batch]
        generated = _generate_batch(
            model,
            weights,
            [prompts[i] for i in chosen],
            end,
            [limits[i] for i in chosen],
            [starts[i] for i in chosen],
        )
        for index, answer in zip(chosen, generated, strict=True):
            answers[index] = answer
    return answers


class _Weights(dict):
    """The matrices of the model in its compute type, each converted once."""

    def __init__(self, model: Model):
        super().__init__()
        self.model = model

    def __missing__(self, parameter):
        self[parameter] = self.model.weights(parameter)
        return self[parameter]


def _generate_batch(model, weights, prompts, end, limits, starts) -> list[Answer]:
    device = model.norm.device
    lengths = torch.tensor([len(p) for p in prompts], device=device)
    longest = max(len(p) for p in prompts)
    capacity = max(len(p) + limit for p, limit in zip(prompts, limits, strict=True)) + 1
    cache = _Cache(model, len(prompts), capacity)
    padded = torch.tensor([p + [end] * (longest - len(p)) for p in prompts], device=device)
    positions = torch.arange(longest, device=device).expand(len(prompts), -1)
    questions = torch.stack([torch.tensor(starts, device=device), lengths])
    hidden = _step(model, weights, cache, padded, positions, questions)
    hidden = hidden[torch.arange(len(prompts), device=device), lengths - 1]
    answers = [Answer([], [], False) for _ in prompts]
    active = list(range(len(prompts)))
    while active:
        logits = F.linear(hidden, weights[model.embedding]).float()
        best, token = logits.max(-1)
        probability = (best - logits.logsumexp(-1)).exp()
        remaining = []
        for row, (index, t, p) in enumerate(
            zip(active, token.tolist(), probability.tolist(), strict=True)
        ):
            answer = answers[index]
            answer.probabilities.append(p)
            if t == end:
                answer.finished = True
                continue
            answer.tokens.append(t)
            if len(answer.tokens) < limits[index]:
                remaining.append(row)
        if not remaining:
            break
        if len(remaining) < len(active):
            rows = torch.tensor(remaining, device=device)
            active = [active[row] for row in remaining]
            lengths, token, questions = lengths[rows], token[rows], questions[:, rows]
            cache.keep(rows)
        hidden = _step(model, weights, cache, token[:, None], lengths[:, None], questions)[:, 0]
        lengths = lengths + 1
    return answers
