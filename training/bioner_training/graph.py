"""A training step as a CUDA graph.

Launched one by one from Python, the kernels of a step take the processor longer than the GPU. A
graph is captured once and then replayed by one call; it reads its batch from tensors that stay where
they are, so batches must have one shape (`rows`).
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from .rows import Rows

#: steps before the capture, in which kernels are chosen and compiled
WARM_UP = 3


class Captured:
    """`step(batch)` -> loss [], captured. `step` may read and write only tensors that stay in place;
    what it did to them before and during the capture is undone by `restore`."""

    def __init__(self, step: Callable[[Rows], torch.Tensor], batch: Rows, restore: Callable[[], None]):
        self.batch = batch
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(WARM_UP):
                step(self.batch)
        torch.cuda.current_stream().wait_stream(aside)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.loss = step(self.batch)
        restore()

    def __call__(self, batch: Rows) -> torch.Tensor:
        self.batch.copy_(batch)
        self.graph.replay()
        return self.loss
