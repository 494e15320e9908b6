"""The learning rate over a run: a warm-up and a decay, then optionally shorter cycles of both."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: share of a cycle in which the rate rises
CYCLE_WARMUP = 0.1


@dataclass(frozen=True)
class Schedule:
    """A decay from `peak`, then `cycles` shorter decays in the last `cycle_share` of the run.

    `warmup` is the share of the first decay in which the rate rises. The cycles start at
    `cycle_rate` times `peak`. The methods take the share of the run that is done, 0 to 1.
    """

    peak: float
    warmup: float
    shape: str = "linear"
    cycles: int = 0
    cycle_share: float = 0.3
    cycle_rate: float = 0.4

    def phase(self, done: float) -> tuple[int, float]:
        """The index of the current decay, from 0, and the share of it that is done."""
        if not self.cycles:
            return 0, done
        first = 1 - self.cycle_share
        if done < first:
            return 0, done / first
        number, within = divmod((done - first) / self.cycle_share * self.cycles, 1)
        return (1 + int(number), within) if number < self.cycles else (self.cycles, 1.0)

    def rate(self, done: float) -> float:
        """The learning rate."""
        number, within = self.phase(done)
        peak = self.peak * (self.cycle_rate if number else 1)
        warmup = CYCLE_WARMUP if number else self.warmup
        if within < warmup:
            return peak * max(within / warmup, 0.01)
        if self.shape == "constant":
            return peak
        left = (1 - within) / (1 - warmup)
        return peak * (0.5 * (1 - math.cos(math.pi * left)) if self.shape == "cosine" else left)
