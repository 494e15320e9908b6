"""ggml's Q8_0, Q5_0 and Q4_0 blocks in PyTorch, and fake quantization.

Each row of a matrix is cut into blocks of 32 values that share a half-precision scale d:

- Q8_0, 34 bytes: d = max|x| / 127, then 32 signed bytes q; x is about d*q.
- Q5_0, 22 bytes: d = (the value of largest magnitude, with its sign) / -16, then four bytes with
  the fifth bit of each value (bit i for value i), then 16 bytes with the lower four bits as in
  Q4_0; x is about d*(q - 16).
- Q4_0, 18 bytes: d = (the value of largest magnitude, with its sign) / -8, then 16 bytes, the low
  half of byte i for value i, the high half for value i + 16; x is about d*(q - 8).

Rounding follows `quantize_row_*_ref` of ggml, so the blocks are equal byte for byte.
"""

from __future__ import annotations

import torch

BLOCK = 32
BLOCK_BYTES = {"Q8_0": 34, "Q5_0": 22, "Q4_0": 18}
#: what is subtracted from a code of Q5_0 or Q4_0; their codes are 0 to 2 * offset - 1
OFFSET = {"Q5_0": 16, "Q4_0": 8}


def _q8_0(blocks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Blocks [n, 32] -> scales [n, 1] and integers [n, 32], both float32."""
    scale = blocks.abs().amax(dim=1, keepdim=True) / 127
    inverse = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
    scaled = blocks * inverse
    # C's roundf: halves away from zero
    rounded = torch.trunc(scaled + torch.copysign(torch.full_like(scaled, 0.5), scaled))
    # the float sum with 0.5 can round up for a value just below a half; roundf does not
    exact = torch.where((scaled - torch.trunc(scaled)).abs() < 0.5, torch.trunc(scaled), rounded)
    return scale, exact


def largest(blocks: torch.Tensor) -> torch.Tensor:
    """The value of largest magnitude in each of the blocks [n, 32], with its sign: [n, 1]."""
    return blocks.gather(1, blocks.abs().argmax(dim=1, keepdim=True))


def _narrow(blocks: torch.Tensor, kind: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Blocks [n, 32] -> scales [n, 1] and codes [n, 32] of Q5_0 or Q4_0, both float32."""
    offset = OFFSET[kind]
    scale = largest(blocks) / -offset
    inverse = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
    return scale, torch.trunc(blocks * inverse + (offset + 0.5)).clamp(0, 2 * offset - 1)


def to_blocks(weight: torch.Tensor, kind: str) -> torch.Tensor:
    """A float32 matrix [rows, columns] as ggml blocks: uint8 [rows, columns / 32 * block bytes].

    Raises `ValueError` if the columns are not a multiple of 32.
    """
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


def closest_blocks(weight: torch.Tensor, kind: str, candidates: int = 24) -> torch.Tensor:
    """As `to_blocks` for Q5_0 and Q4_0, but with the scales of least squared error.

    Tried are scales of 0.8 to 1.1 times the one that `to_blocks` takes.
    """
    offset = OFFSET[kind]
    blocks = weight.float().reshape(-1, BLOCK)
    least, best = None, None
    for factor in torch.linspace(0.8, 1.1, candidates).tolist():
        scale = (largest(blocks) / -offset * factor).to(torch.float16).float()
        inverse = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
        q = torch.round(blocks * inverse + offset).clamp(0, 2 * offset - 1)
        error = (scale * (q - offset) - blocks).square().sum(1, keepdim=True)
        if best is None:
            least, best = error, (scale, q)
        else:
            better = error < least
            least = torch.where(better, error, least)
            best = tuple(
                torch.where(better, new, old) for new, old in zip((scale, q), best, strict=True)
            )
    return pack(*best, kind).reshape(len(weight), -1)


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
    """A matrix after quantization to this format and back; same shape and dtype."""
    if kind in ("F16", "F32"):
        return weight.to(torch.float16).to(weight.dtype) if kind == "F16" else weight
    blocks = weight.float().reshape(-1, BLOCK)
    scale, q = _q8_0(blocks) if kind == "Q8_0" else _narrow(blocks, kind)
    stored = scale.to(torch.float16).float()
    return (stored * (q - OFFSET.get(kind, 0))).reshape(weight.shape).to(weight.dtype)


class _StraightThrough(torch.autograd.Function):
    """Quantizes in the forward pass; passes the gradient unchanged in the backward pass."""

    @staticmethod
    def forward(ctx, weight, kind):
        return round_trip(weight, kind)

    @staticmethod
    def backward(ctx, gradient):
        return gradient, None


def fake_quantize(weight: torch.Tensor, kind: str) -> torch.Tensor:
    """`round_trip` with a gradient of one (the straight-through estimator)."""
    return _StraightThrough.apply(weight, kind)
