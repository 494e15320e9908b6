"""A transformer layer of the llama architecture, and the functions it consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from .adapter import Adapted, linear
from .attention import attend_group
from .gguf_file import Config


def rope_tables(config: Config, length: int, device) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosines and sines of rotary embedding, float32 [length, head width / 2] each."""
    half = config.head_width // 2
    frequencies = config.rope_base ** (-torch.arange(half, dtype=torch.float64) / half)
    angles = torch.arange(length, dtype=torch.float64)[:, None] * frequencies[None, :]
    return angles.cos().float().to(device), angles.sin().float().to(device)


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Rotary embedding of x [T, heads, head width], halves paired; cos and sin [T, 1, half]."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


def normalize(x: torch.Tensor, weight: torch.Tensor, epsilon: float) -> torch.Tensor:
    """Root-mean-square norm of x [T, width], in the type of x."""
    return F.rms_norm(x, (x.shape[-1],), weight.to(x.dtype), epsilon)


def gate(x: torch.Tensor) -> torch.Tensor:
    """SwiGLU of x [T, 2 * ffn], which holds gate and up: [T, ffn]."""
    gates, up = x.chunk(2, dim=-1)
    return F.silu(gates) * up


class Matrices(NamedTuple):
    """The matrices of a layer as the forward pass uses them, in the compute type."""

    qkv: torch.Tensor | Adapted
    out: torch.Tensor | Adapted
    gate_up: torch.Tensor | Adapted
    down: torch.Tensor | Adapted


def project(c: Config, norm, qkv, x, cos, sin, functions: LayerFunctions):
    """Queries, keys and values of x [T, width]: [T, heads, head width] each."""
    h = functions.normalize(x, norm, c.epsilon)
    parts = linear(h, qkv).view(-1, c.heads + 2 * c.kv_heads, c.head_width)
    qk = functions.rotate(parts[:, : c.heads + c.kv_heads], cos, sin)
    return qk[:, : c.heads], qk[:, c.heads :], parts[:, c.heads + c.kv_heads :]


def feed_forward(c: Config, norm, gate_up, down, x, functions: LayerFunctions) -> torch.Tensor:
    """The feed-forward part for x [T, width]: what is added to x."""
    h = functions.normalize(x, norm, c.epsilon)
    return linear(functions.gate(linear(h, gate_up)), down)


def layer(
    c: Config,
    norms: tuple[torch.Tensor, torch.Tensor],
    m: Matrices,
    x,
    cos,
    sin,
    blocks,
    functions: LayerFunctions,
) -> torch.Tensor:
    """The output of a layer for x [T, width]; cos and sin [T, 1, half]."""
    q, k, v = project(c, norms[0], m.qkv, x, cos, sin, functions)
    a = [attend_group(q, k, v, group, mask) for group, mask in blocks]
    x = x + functions.drop(linear(a[0] if len(a) == 1 else torch.cat(a), m.out))
    return x + functions.drop(feed_forward(c, norms[1], m.gate_up, m.down, x, functions))


@dataclass
class LayerFunctions:
    """The functions between the matrix products, each as it is or compiled.

    `dropout` is applied to what each part of a layer adds.
    """

    rotate: Callable = rotate
    normalize: Callable = normalize
    gate: Callable = gate
    layer: Callable = layer
    dropout: float = 0.0

    def drop(self, x: torch.Tensor) -> torch.Tensor:
        return F.dropout(x, self.dropout) if self.dropout else x

    @staticmethod
    def compiled() -> LayerFunctions:
        """Each function compiled to one loop."""
        fuse = partial(torch.compile, dynamic=True)
        return LayerFunctions(fuse(rotate), fuse(normalize), fuse(gate))

    @staticmethod
    def compiled_layer() -> LayerFunctions:
        """The whole layer compiled, for batches of one shape (see `row_batch`)."""
        return LayerFunctions(layer=torch.compile(layer, dynamic=False, fullgraph=True))


def pair_halves(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """The rows of a GGUF query or key matrix, which pairs neighbours, reordered to pair halves."""
    rows, columns = weight.shape
    return weight.view(heads, rows // heads // 2, 2, columns).transpose(1, 2).reshape(rows, columns)


def pair_neighbours(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """The reverse of `pair_halves`."""
    rows, columns = weight.shape
    return weight.view(heads, 2, rows // heads // 2, columns).transpose(1, 2).reshape(rows, columns)


class Layer(nn.Module):
    """One transformer layer.

    Query, key and value are one matrix, and so are gate and up, for larger products.
    """

    def __init__(self, config: Config, tensors: dict[str, torch.Tensor], index: int):
        super().__init__()
        self.config = config

        def get(name: str) -> torch.Tensor:
            return tensors[f"blk.{index}.{name}.weight"]

        q = pair_halves(get("attn_q"), config.heads)
        k = pair_halves(get("attn_k"), config.kv_heads)
        self.attn_norm = nn.Parameter(get("attn_norm").clone())
        self.qkv = nn.Parameter(torch.cat([q, k, get("attn_v")]))
        self.out = nn.Parameter(get("attn_output").clone())
        self.ffn_norm = nn.Parameter(get("ffn_norm").clone())
        self.gate_up = nn.Parameter(torch.cat([get("ffn_gate"), get("ffn_up")]))
        self.down = nn.Parameter(get("ffn_down").clone())

    def export(self, index: int) -> dict[str, torch.Tensor]:
        """The layer's tensors under their GGUF names."""
        c = self.config
        q, k, v = self.qkv.detach().split([c.width, *[c.kv_heads * c.head_width] * 2])
        gate, up = self.gate_up.detach().chunk(2)
        tensors = {
            "attn_norm": self.attn_norm.detach(),
            "ffn_down": self.down.detach(),
            "ffn_gate": gate,
            "ffn_up": up,
            "ffn_norm": self.ffn_norm.detach(),
            "attn_k": self.rows_in_file("attn_k", k),
            "attn_output": self.out.detach(),
            "attn_q": self.rows_in_file("attn_q", q),
            "attn_v": v,
        }
        return {f"blk.{index}.{name}.weight": tensor for name, tensor in tensors.items()}

    def heads(self, name: str) -> int:
        """How many heads' rows a matrix has that rotary embedding is applied to; 0: it is not."""
        return {"attn_q": self.config.heads, "attn_k": self.config.kv_heads}.get(name, 0)

    def rows_in_file(self, name: str, matrix: torch.Tensor) -> torch.Tensor:
        """The rows of a matrix, given by its GGUF name, in the order of the file."""
        heads = self.heads(name)
        return pair_neighbours(matrix, heads) if heads else matrix

    def rows_of_file(self, name: str, matrix: torch.Tensor) -> torch.Tensor:
        """The reverse of `rows_in_file`."""
        heads = self.heads(name)
        return pair_halves(matrix, heads) if heads else matrix

    def parts(self) -> list[tuple[nn.Parameter, list[tuple[str, int]]]]:
        """Each matrix with the names and numbers of rows of the GGUF tensors it holds."""
        c = self.config
        narrow = c.kv_heads * c.head_width
        return [
            (self.qkv, [("attn_q", c.width), ("attn_k", narrow), ("attn_v", narrow)]),
            (self.out, [("attn_output", c.width)]),
            (self.gate_up, [("ffn_gate", c.ffn), ("ffn_up", c.ffn)]),
            (self.down, [("ffn_down", c.width)]),
        ]

    def project(self, x: torch.Tensor, weights, cos, sin, functions: LayerFunctions):
        """Queries, keys and values of x [T, width]: [T, heads, head width] each."""
        return project(self.config, self.attn_norm, weights(self.qkv), x, cos, sin, functions)

    def feed_forward(self, x: torch.Tensor, weights, functions: LayerFunctions) -> torch.Tensor:
        gate_up, down = weights(self.gate_up), weights(self.down)
        return feed_forward(self.config, self.ffn_norm, gate_up, down, x, functions)

    def forward(self, x, weights, cos, sin, blocks, functions: LayerFunctions) -> torch.Tensor:
        matrices = Matrices(*(weights(parameter) for parameter, _ in self.parts()))
        norms = self.attn_norm, self.ffn_norm
        return functions.layer(self.config, norms, matrices, x, cos, sin, blocks, functions)
