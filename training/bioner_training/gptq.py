"""Rounding to Q5_0 or Q4_0 that looks at what the matrices read: GPTQ (Frantar et al., arXiv 2210.17323).

Rounding each weight to the nearest step makes errors that add up in the products. Here the inputs
are rounded one after another, and what an input's rounding gets wrong is made up for by the inputs
that are not rounded yet, as far as they are correlated on real text. The file's format and size
stay the same; nothing is trained.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch.overrides import TorchFunctionMode

from .model import Model, Packed
from .quantize import BLOCK, OFFSET, largest, pack

#: what is added to the correlations' diagonal, as a share of its mean: GPTQ's own
DAMPING = 0.01
#: where in the grid the value of largest magnitude may fall: its magnitude over the scale, as a share
#: of the grid's reach
STEPS = tuple(0.75 + i / 32 for i in range(13))


class _Listener(TorchFunctionMode):
    """Adds up X^T X of what each of the given weights is multiplied with."""

    def __init__(self, names: dict[int, str]):
        super().__init__()
        self.names = names
        self.sums: dict[str, torch.Tensor] = {}

    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function is F.linear and (name := self.names.get(id(args[1]))):
            x = args[0].float().reshape(-1, args[0].shape[-1])
            product = x.T @ x
            self.sums[name] = self.sums[name].add_(product) if name in self.sums else product
        return function(*args, **(kwargs or {}))


@torch.inference_mode()
def correlations(model: Model, batches: list[Packed]) -> dict[str, torch.Tensor]:
    """X^T X of the inputs of every matrix of the layers over some batches: by the GGUF names of the
    matrices, float32 [in features, in features]. The model computes in float32."""
    held = {
        id(parameter): f"{index}/{number}"
        for index, layer in enumerate(model.layers)
        for number, (parameter, _) in enumerate(layer.parts())
    }
    with _Listener(held) as listener:
        for batch in batches:
            model.hidden(batch)
    return {
        f"blk.{index}.{part}.weight": listener.sums[f"{index}/{number}"]
        for index, layer in enumerate(model.layers)
        for number, (_, parts) in enumerate(layer.parts())
        for part, _ in parts
    }


def best_scale(block: torch.Tensor, importance: torch.Tensor, kind: str) -> torch.Tensor:
    """The scales [rows, 1] that round the rows of `block` [rows, 32] with the least error, the
    inputs counting by `importance` [32]. Half-precision values, as float32."""
    extreme = largest(block)
    best, least = torch.zeros_like(extreme), torch.full_like(extreme, torch.inf)
    for step in STEPS:
        step = step * OFFSET[kind]
        # the grid reaches one step less far up than down: either end may hold the largest
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
    """The scales [rows, 1] that ggml's own rounding gives the rows of `block` [rows, 32]. What is rounded with
    them stays as it is when ggml's rounding is done to it again, as a loop with the rounding in it does; but for
    a few rows whose largest value has made up for another's rounding."""
    return (largest(block) / -OFFSET[kind]).to(torch.float16).float()


def round_matrix(
    weight: torch.Tensor, correlation: torch.Tensor, kind: str, plain_scales: bool = False
) -> torch.Tensor:
    """A matrix [rows, columns] as Q5_0 or Q4_0 blocks, uint8 [rows, bytes], rounded so that its
    products with inputs of this correlation [columns, columns] change least; with the scales of
    `best_scale`, or those of `plain_scale`."""
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
