"""Rounds to Q5_0 or Q4_0 by GPTQ (Frantar et al., arXiv 2210.17323).

Rounding each weight to the nearest step makes errors that add up in the matrix products. Here the
columns are rounded one after another, and the error of a column is compensated by the columns that
are not rounded yet, as far as their inputs are correlated on real text. The format and size of the
file stay the same, and nothing is trained.
"""

from __future__ import annotations

import torch

from .ggml_blocks import BLOCK, OFFSET, largest, pack

#: what is added to the diagonal of the correlations, as a share of its mean: as in GPTQ
DAMPING = 0.01
#: scales to try: the magnitude of the largest value, divided by the scale, as a share of the grid's
#: largest step
STEPS = tuple(0.75 + i / 32 for i in range(13))


def best_scale(block: torch.Tensor, importance: torch.Tensor, kind: str) -> torch.Tensor:
    """The scales [rows, 1] that round the rows of `block` [rows, 32] with the least error.

    The squared error of each input is weighted by `importance` [32]. The scales are half-precision
    values, as float32.
    """
    extreme = largest(block)
    best, least = torch.zeros_like(extreme), torch.full_like(extreme, torch.inf)
    for step in STEPS:
        step = step * OFFSET[kind]
        # the grid has one step less on the positive side, so either end may hold the largest value
        for scale in (extreme / -step, extreme / step):
            scale = scale.to(torch.float16).float()
            error = (block - scale * _codes(block, scale, kind)).pow(2) @ importance[:, None]
            better = error < least
            best, least = torch.where(better, scale, best), torch.where(better, error, least)
    return best


def _codes(values: torch.Tensor, scale: torch.Tensor, kind: str) -> torch.Tensor:
    """The nearest steps of the format's grid, -8 to 7 for Q4_0."""
    inverse = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
    return (values * inverse).round().clamp(-OFFSET[kind], OFFSET[kind] - 1)


def plain_scale(block: torch.Tensor, kind: str) -> torch.Tensor:
    """The scales [rows, 1] that ggml's own rounding gives the rows of `block` [rows, 32].

    Values rounded with these scales do not change when ggml rounds them again, as
    quantization-aware training does. The exception is a few rows whose largest value has
    compensated the error of another.
    """
    return (largest(block) / -OFFSET[kind]).to(torch.float16).float()


def round_matrix(
    weight: torch.Tensor, correlation: torch.Tensor, kind: str, plain_scales: bool = False
) -> torch.Tensor:
    """A matrix [rows, columns] as Q5_0 or Q4_0 blocks, uint8 [rows, bytes].

    Rounds so that the products with inputs of this correlation [columns, columns] change least,
    with the scales of `best_scale` or those of `plain_scale`.
    """
    rows, columns = weight.shape
    left = weight.float().clone()
    damped = correlation.double()
    damped = damped + DAMPING * damped.diagonal().mean() * torch.eye(columns)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(damped))
    upper = torch.linalg.cholesky(inverse, upper=True).float()
    importance = damped.diagonal().float()
    blocks = []
    for start in range(0, columns, BLOCK):
        end = start + BLOCK
        block, within = left[:, start:end].clone(), upper[start:end, start:end]
        if plain_scales:
            scale = plain_scale(block, kind)
        else:
            scale = best_scale(block, importance[start:end], kind)
        codes, errors = torch.empty_like(block), torch.empty_like(block)
        for i in range(BLOCK):
            codes[:, i : i + 1] = _codes(block[:, i : i + 1], scale, kind)
            errors[:, i] = (block[:, i] - scale[:, 0] * codes[:, i]) / within[i, i]
            block[:, i + 1 :] -= errors[:, i : i + 1] * within[i, i + 1 :]
        left[:, end:] -= errors @ upper[start:end, end:]
        blocks.append(pack(scale, codes + OFFSET[kind], kind))
    return torch.stack(blocks, dim=1).reshape(rows, -1)
