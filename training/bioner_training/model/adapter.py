"""Low-rank adapters (LoRA: Hu et al., arXiv 2106.09685) beside the matrices of a frozen model.

Beside a matrix W [out, in] stands B A, with A [rank, in] and B [out, rank]: the product is
W x + B (A x). Only A and B are trained, and the embeddings of the tokens that the base model has no
use for, the markers. The tensors are named as llama.cpp names those of an adapter:
`blk.0.attn_q.weight.lora_a` and `.lora_b`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from ..quantization.ggml_blocks import fake_quantize


class Adapted(NamedTuple):
    """A matrix with its adapter, as the forward pass uses them.

    [out, in], [ranks, in] and [out, ranks].
    """

    weight: torch.Tensor
    down: torch.Tensor
    up: torch.Tensor


def linear(x: torch.Tensor, matrix: torch.Tensor | Adapted) -> torch.Tensor:
    """The product of x [T, in] and a matrix: [T, out]."""
    if isinstance(matrix, Adapted):
        low = F.linear(x, matrix.down)
        return torch.addmm(F.linear(x, matrix.weight), low, matrix.up.t())
    return F.linear(x, matrix)


class Adapter(nn.Module):
    """The adapters of the matrices that are stacked in one parameter, such as query, key and value.

    `parts` are their GGUF names and numbers of rows. B starts at zero, so an adapter starts by
    changing nothing.
    """

    def __init__(self, parts: list[tuple[str, int]], inner: int, rank: int):
        super().__init__()
        self.parts, self.rank = parts, rank
        bound = 1 / math.sqrt(inner)
        self.down = nn.Parameter(torch.empty(rank * len(parts), inner).uniform_(-bound, bound))
        self.ups = nn.ParameterList(torch.zeros(rows, rank) for _, rows in parts)

    def beside(self, weight: torch.Tensor, kind: str | None) -> Adapted:
        """The matrix with its adapter, which is fake-quantized to `kind` if that is a format."""

        def used(parameter: torch.Tensor) -> torch.Tensor:
            return fake_quantize(parameter, kind) if kind else parameter

        up = torch.block_diag(*(used(up) for up in self.ups))
        return Adapted(weight, used(self.down).to(weight.dtype), up.to(weight.dtype))

    @torch.no_grad()
    def load(self, tensors: dict[str, torch.Tensor], prefix: str, rows_of) -> None:
        """Takes the tensors of `export`; raises `KeyError` or `RuntimeError` if they do not fit.

        `rows_of(name, up)` puts the rows of B in this order again.
        """
        names = [f"{prefix}.{name}.weight" for name, _ in self.parts]
        self.down.copy_(torch.cat([tensors[f"{name}.lora_a"] for name in names]))
        for up, (part, _), name in zip(self.ups, self.parts, names, strict=True):
            up.copy_(rows_of(part, tensors[f"{name}.lora_b"]))

    def export(self, prefix: str, rows_of) -> dict[str, torch.Tensor]:
        """The tensors under their GGUF names.

        `rows_of(name, up)` puts the rows of B in GGUF's order.
        """
        tensors = {}
        for (name, _), down, up in zip(
            self.parts, self.down.split(self.rank), self.ups, strict=True
        ):
            tensors[f"{prefix}.{name}.weight.lora_a"] = down.detach()
            tensors[f"{prefix}.{name}.weight.lora_b"] = rows_of(name, up.detach())
        return tensors
