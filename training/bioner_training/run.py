"""A training run: its state, one step of it, its checkpoint, what it leaves behind."""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import fields
from pathlib import Path

import torch

from . import gguf_io, instruct, quantize
from .examples import Feed, Source, batches
from .gguf_io import ModelFile
from .model import PREFIX_KEY, Elementwise, Model, Packed, pack

#: the moving average is updated once in so many steps
AVERAGE_EVERY = 8
#: a GPU reads an epoch faster than one process makes it
EPOCHS_AHEAD = 2


class Run:
    """Everything that a checkpoint holds, and how it goes on."""

    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.device = torch.device(options.device)
        self.saved = {kind: quantize.scheme(kind) for kind in options.save.split(";") if kind}
        self.aware = quantize.scheme(options.quantize) if options.quantize else None
        self.folder = Path(options.run)
        self.folder.mkdir(parents=True, exist_ok=True)
        if options.base_sha256:
            gguf_io.check_sha256(options.base, options.base_sha256)
        self.file = ModelFile(options.base)
        names = [field.name for field in fields(instruct.Recipe)]
        recipe = instruct.Recipe(**{name: getattr(options, name) for name in names})
        source = Source(
            options.base, options.corpora, tuple(options.only.split(",")), recipe, options.seed
        )
        ahead = EPOCHS_AHEAD if self.device.type == "cuda" else 0
        self.feed = Feed(source, options.tokens, options.examples, ahead)
        self.model = Model.load(self.file).to(self.device)
        self.model.dtype = torch.bfloat16 if options.dtype == "bf16" else torch.float32
        if options.compile:
            self.model.loops = Elementwise.compiled()
        self.model.loops.dropout = options.dropout
        if options.prefix is None:
            options.prefix = float(self.model.prefix)
        self.model.embedding.requires_grad_(not options.freeze_embedding)
        self.parameters = list(self.model.parameters())
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for p in self.parameters if p.dim() > 1 and p.requires_grad]},
                {"params": [p for p in self.parameters if p.dim() == 1], "weight_decay": 0.0},
            ],
            lr=options.rate, betas=(0.9, 0.98), weight_decay=options.weight_decay, fused=True,
        )  # fmt: skip
        self.average = None
        if options.average:
            self.average = [p.detach().clone() for p in self.parameters]
        self.step, self.epoch, self.position, self.elapsed = 0, 0, 0, 0.0
        self.stream = None
        #: the batches of the next step, where they are drawn ahead
        self.ready = None

    @property
    def progress(self) -> float:
        """How much of the run is done, 0 to 1."""
        minutes = self.elapsed / 60 / self.options.minutes
        return min(1.0, max(self.step / self.options.steps, minutes))

    def rate(self) -> float:
        """The learning rate of the next step."""
        options, done = self.options, self.progress
        if done < options.warmup:
            return options.rate * max(done / options.warmup, 0.01)
        if options.schedule == "constant":
            return options.rate
        left = (1 - done) / (1 - options.warmup)
        if options.schedule == "cosine":
            left = 0.5 * (1 - math.cos(math.pi * left))
        return options.rate * left

    def update(self) -> tuple[float, int]:
        """One optimizer step; the mean loss of its batches and the tokens read."""
        options = self.options
        if self.stream is None:
            self.stream = self.feed.batches(self.epoch, self.position)
        if self.aware and not self.model.fake and self.progress >= options.quantize_from:
            self.model.quantize_as(self.aware)
        (self.epoch, self.position), packed = self.ready or self._draw(self.step)
        learned = sum(len(batch.targets) for batch in packed)
        total, tokens = 0.0, 0
        for batch in packed:
            # the mean over the answer tokens of the whole step, however it was cut
            loss = self.model(batch) * (len(batch.targets) / learned)
            loss.backward()
            total += loss.detach()
            tokens += len(batch.tokens)
        torch.nn.utils.clip_grad_norm_(self.parameters, options.clip)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        if self.average is not None and self.step % AVERAGE_EVERY == 0:
            # at first the average follows faster, so that it forgets where the run began
            decay = min(options.average, self.step / (self.step + 10)) ** AVERAGE_EVERY
            torch._foreach_lerp_(self.average, self.parameters, 1 - decay)
        # a GPU is still at work here
        self.ready = self._draw(self.step) if self.device.type == "cuda" else None
        return float(total), tokens

    def _draw(self, step: int) -> tuple[tuple[int, int], list[Packed]]:
        """The batches of a step, and the place behind them in the feed."""
        share = self.options.prefix
        prefix = int((step + 1) * share) > int(step * share)
        groups = 2 if self.device.type == "cuda" else 4
        parts = []
        for _ in range(self.options.accumulate):
            *place, sequences = next(self.stream)
            parts += batches(sequences, self.options.tokens)
        packed = [pack(part, groups, prefix).to(self.device) for part in parts]
        return tuple(place), packed

    def save(self) -> None:
        """Writes the checkpoint; the old one stays until the new one is whole."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "place": (self.step, self.epoch, self.position, self.elapsed),
            "seed": self.options.seed,
        }
        part = self.folder / "checkpoint.part"
        torch.save(state, part)
        part.replace(self.folder / "checkpoint.pt")

    def resume(self) -> bool:
        """Goes on from the run folder's checkpoint, if there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return False
        try:
            state = torch.load(path, map_location=self.device, mmap=True, weights_only=True)
            if state["seed"] != self.options.seed:
                raise gguf_io.BadModel(f"{path} is of seed {state['seed']}")
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
        except (RuntimeError, KeyError, ValueError) as error:
            raise gguf_io.BadModel(f"{path} is damaged or of another run: {error}") from error
        if self.average is not None and state["average"] is not None:
            torch._foreach_copy_(self.average, state["average"])
        self.step, self.epoch, self.position, self.elapsed = state["place"]
        return True

    @torch.no_grad()
    def export(self) -> None:
        """Writes the tuned weights, and their average, as GGUF in each of the formats asked for."""
        variants = {"last": None, "average": self.average}
        for name, parameters in variants.items():
            if name == "average":
                if parameters is None:
                    continue
                torch._foreach_copy_(self.parameters, parameters)
            for kind, scheme in self.saved.items():
                path = self.folder / f"{name}.{'mixed' if '=' in kind else kind}.gguf"
                changes = {PREFIX_KEY: self.options.prefix > 0}
                gguf_io.write(path, self.file, self.model.export(), scheme, changes)
                print(f"wrote {path}", file=sys.stderr)
