"""The correlations of the inputs of a model's matrices, which GPTQ rounds by."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch.overrides import TorchFunctionMode

from .batch import Packed
from .network import Model


class _InputRecorder(TorchFunctionMode):
    """Adds up X^T X of the inputs X that each of the given weights is multiplied with."""

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
    """X^T X of the inputs of every matrix of the layers over some batches.

    GGUF name of the matrix -> float32 [in features, in features]. The model must compute in
    float32.
    """
    names = {
        id(parameter): f"{index}/{number}"
        for index, layer in enumerate(model.layers)
        for number, (parameter, _) in enumerate(layer.parts())
    }
    with _InputRecorder(names) as recorder:
        for batch in batches:
            model.hidden(batch)
    return {
        f"blk.{index}.{part}.weight": recorder.sums[f"{index}/{number}"]
        for index, layer in enumerate(model.layers)
        for number, (_, parts) in enumerate(layer.parts())
        for part, _ in parts
    }
