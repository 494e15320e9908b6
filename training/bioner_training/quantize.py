"""ggml's Q8_0, Q5_0 and Q4_0 blocks in PyTorch, and fake quantization for quantization-aware training.

All cut each row of a matrix into blocks of 32 values that share a half-precision scale d:

- Q8_0, 34 bytes: d = max|x| / 127, then 32 signed bytes q; x is about d*q.
- Q5_0, 22 bytes: d = (the value of largest magnitude, with its sign) / -16, then four bytes with the
  fifth bit of each value (bit i of them for value i), then 16 bytes with the lower four as in Q4_0;
  x is about d*(q - 16).
- Q4_0, 18 bytes: d = (the value of largest magnitude, with its sign) / -8, then 16 bytes, the low
  half of byte i for value i, the high half for value i + 16; x is about d*(q - 8).

Rounding follows `quantize_row_*_ref` of ggml, so blocks are the same byte for byte.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import torch

#: How a model is stored: patterns of tensor names (without `.weight`) -> "Q8_0", "Q5_0", "Q4_0", "F16" or
#: "F32"; the first that fits counts. Norms are always F32.
Scheme = dict[str, str]

BLOCK = 32
BLOCK_BYTES = {"Q8_0": 34, "Q5_0": 22, "Q4_0": 18}
#: what is taken from a code of the narrow formats; their codes are 0 to twice this, less one
OFFSET = {"Q5_0": 16, "Q4_0": 8}


def scheme(text: str) -> Scheme:
    """A scheme from its short form: `Q8_0`, or `blk.0.*=Q8_0,*.ffn_down=Q8_0,*=Q4_0`. `Q5_0` and `Q4_0`
    keep the embedding in Q8_0, because it is the output head too."""
    if "=" not in text:
        text = f"token_embd=Q8_0,*={text}" if text in OFFSET else f"*={text}"
    parts = dict(part.split("=") for part in text.split(","))
    unknown = set(parts.values()) - {*BLOCK_BYTES, "F16", "F32"}
    if unknown or "*" not in parts:
        raise ValueError(f"{text!r}: no such format, or no `*` for the other tensors")
    return parts


def kind_of(parts: Scheme, tensor: str) -> str:
    """How a scheme stores the matrix of that name."""
    name = tensor.removesuffix(".weight")
    return next(kind for pattern, kind in parts.items() if fnmatchcase(name, pattern))


def _q8_0(blocks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Blocks [n, 32] -> scales [n, 1] and integers [n, 32], both float32."""
    scale = blocks.abs().amax(dim=1, keepdim=True) / 127
    inverse = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
    scaled = blocks * inverse
    # C's roundf: halves away from zero
    rounded = torch.trunc(scaled + torch.copysign(torch.full_like(scaled, 0.5), scaled))
    # adding a half can round up on its own just below a half; roundf does not
    exact = torch.where((scaled - torch.trunc(scaled)).abs() < 0.5, torch.trunc(scaled), rounded)
    return scale, exact


def largest(blocks: torch.Tensor) -> torch.Tensor:
    """Of each of the blocks [n, 32] the value of largest magnitude, with its sign: [n, 1]."""
    return blocks.gather(1, blocks.abs().argmax(dim=1, keepdim=True))


def _narrow(blocks: torch.Tensor, kind: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Blocks [n, 32] -> scales [n, 1] and codes [n, 32] of Q5_0 or Q4_0, both float32."""
    offset = OFFSET[kind]
    scale = largest(blocks) / -offset
    inverse = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
    return scale, torch.trunc(blocks * inverse + (offset + 0.5)).clamp(0, 2 * offset - 1)


def to_blocks(weight: torch.Tensor, kind: str) -> torch.Tensor:
    """A float32 matrix [rows, columns] as ggml blocks: uint8 [rows, columns / 32 * block bytes]."""
    rows, columns = weight.shape
    if columns % BLOCK:
        raise ValueError(f"{columns} columns are no whole number of blocks of {BLOCK}")
    blocks = weight.reshape(-1, BLOCK)
    if kind == "Q8_0":
        scale, q = _q8_0(blocks)
        body = q.to(torch.int8).view(torch.uint8)
    elif kind in OFFSET:
        return pack(*_narrow(blocks, kind), kind).reshape(rows, -1)
    else:
        raise ValueError(f"no block format {kind!r}")
    head = scale.to(torch.float16).view(torch.uint8)
    return torch.cat([head, body], dim=1).reshape(rows, columns // BLOCK * BLOCK_BYTES[kind])


def pack(scale: torch.Tensor, q: torch.Tensor, kind: str) -> torch.Tensor:
    """Q5_0 or Q4_0 blocks of scales [n, 1] and codes [n, 32]: uint8 [n, block bytes]."""
    q = q.to(torch.uint8)
    parts = [scale.to(torch.float16).view(torch.uint8)]
    if kind == "Q5_0":
        fifth = (q >> 4).reshape(-1, 4, 8) << torch.arange(8, dtype=torch.uint8)
        parts.append(fifth.sum(dim=2, dtype=torch.uint8))
    low = q & 15
    parts.append(low[:, :16] | (low[:, 16:] << 4))
    return torch.cat(parts, dim=1)


def round_trip(weight: torch.Tensor, kind: str) -> torch.Tensor:
    """What a matrix becomes by being stored in this format; same shape and dtype."""
    if kind in ("F16", "F32"):
        return weight.to(torch.float16).to(weight.dtype) if kind == "F16" else weight
    blocks = weight.float().reshape(-1, BLOCK)
    scale, q = _q8_0(blocks) if kind == "Q8_0" else _narrow(blocks, kind)
    stored = scale.to(torch.float16).float()
    return (stored * (q - OFFSET.get(kind, 0))).reshape(weight.shape).to(weight.dtype)


class _StraightThrough(torch.autograd.Function):
    """Quantizes forward; backward the gradient passes as if nothing had happened."""

    @staticmethod
    def forward(ctx, weight, kind):
        return round_trip(weight, kind)

    @staticmethod
    def backward(ctx, gradient):
        return gradient, None


def fake_quantize(weight: torch.Tensor, kind: str) -> torch.Tensor:
    """`round_trip` that lets gradients through unchanged (the straight-through estimator)."""
    return _StraightThrough.apply(weight, kind)
