"""A training step as a CUDA graph.

Launching the kernels of a step one by one from Python takes the processor longer than the GPU takes
to run them. A graph is captured once and then replayed by one call. It reads its batch from tensors
that stay in place, so all batches must have one shape (see `model.row_batch`).
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from ..model.row_batch import RowBatch

#: steps before the capture, in which kernels are chosen and compiled
WARM_UP_STEPS = 3


class CapturedStep:
    """`step(batch)` -> loss [], as a CUDA graph.

    `step` may read and write only tensors that stay in place. `restore` must undo what the steps
    before and during the capture did to them.
    """

    def __init__(
        self, step: Callable[[RowBatch], torch.Tensor], batch: RowBatch, restore: Callable[[], None]
    ):
        self.batch = batch
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(WARM_UP_STEPS):
                step(self.batch)
        torch.cuda.current_stream().wait_stream(stream)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.loss = step(self.batch)
        restore()

    def __call__(self, batch: RowBatch) -> torch.Tensor:
        self.batch.copy_(batch)
        self.graph.replay()
        return self.loss
