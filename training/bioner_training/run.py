"""A training run: its state, one step of it, its checkpoint, what it leaves behind."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from functools import cached_property
from pathlib import Path

import torch

from . import data, gguf_io, instruct, quantize
from .examples import Feed, Source, batches, sample_batches
from .gguf_io import ModelFile
from .graph import Captured
from .loss import agreeing, weighted
from .model import PREFIX_KEY, Elementwise, Model, Packed, pack
from .rows import Rows, Shape, lay, widened
from .schedule import Schedule

#: the moving average is updated once in so many steps
AVERAGE_EVERY = 8
#: a GPU reads an epoch faster than one process makes it
EPOCHS_AHEAD = 2
ROWS_AHEAD = 5
#: how dev sentences are asked about, to see the loss on them
CHECKED = instruct.Recipe(
    whole=1, synonyms=0, empty=1, joined=0, augmented=0, notes=0, guessed=0, longest=10**6
)


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
        cuda = self.device.type == "cuda"
        #: the shape of every batch, if they are laid in rows
        self.shape = None
        if options.row:
            halves = 2 if options.agreement else 1
            self.shape = Shape(options.tokens // options.row // halves, options.row)
        ahead = 0 if not cuda else ROWS_AHEAD if self.shape else EPOCHS_AHEAD
        self.feed = Feed(source, options.tokens, options.examples, ahead, self.shape)
        self.model = Model.load(self.file).to(self.device)
        self.model.dtype = torch.bfloat16 if options.dtype == "bf16" else torch.float32
        if options.compile:
            self.model.loops = (
                Elementwise.compiled_layer() if self.shape else Elementwise.compiled()
            )
        self.model.loops.dropout = options.dropout
        if options.prefix is None:
            options.prefix = float(self.model.prefix)
        self.model.embedding.requires_grad_(not options.freeze_embedding)
        for layer in self.model.layers[: options.freeze_layers]:
            layer.requires_grad_(False)
        self.parameters = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for p in self.parameters if p.dim() > 1]},
                {"params": [p for p in self.parameters if p.dim() == 1], "weight_decay": 0.0},
            ],
            lr=torch.tensor(0.0, device=self.device) if self.captures else options.rate,
            betas=(0.9, 0.98), weight_decay=options.weight_decay, fused=True, capturable=self.captures,
        )  # fmt: skip
        self.schedule = Schedule(
            options.rate, options.warmup, options.schedule, options.cycles, options.cycle_share,
            options.cycle_rate,
        )  # fmt: skip
        self.average = None
        if options.average:
            self.average = [p.detach().clone() for p in self.parameters]
        self.step, self.epoch, self.position, self.elapsed = 0, 0, 0, 0.0
        #: how many of the rate's decays are over
        self.ends = 0
        self.stream = None
        self.captured: Captured | None = None
        #: the batches of the next step, where they are drawn ahead
        self.ready = None

    @property
    def captures(self) -> bool:
        """Whether a step is a CUDA graph."""
        return self.shape is not None and self.device.type == "cuda"

    @property
    def progress(self) -> float:
        """How much of the run is done, 0 to 1."""
        minutes = self.elapsed / 60 / self.options.minutes
        return min(1.0, max(self.step / self.options.steps, minutes))

    @property
    def rate(self) -> float:
        """The learning rate of the next step."""
        return self.schedule.rate(self.progress)

    def update(self) -> tuple[float, int]:
        """One optimizer step; the mean loss of its batches and the tokens read."""
        options = self.options
        if self.stream is None:
            self.stream = self.feed.batches(self.epoch, self.position)
        if self.aware and not self.model.fake and self.progress >= options.quantize_from:
            self.model.quantize_as(self.aware)
            self.captured = None
        if self.captures and self.captured is None:
            self._capture()  # while the first epoch is being made
        while self.ends < self.schedule.phase(self.progress)[0]:
            self._end()
        place, drawn = self.ready or self._draw(self.step)
        if self.shape:
            total, tokens = self._update_rows(drawn), self.shape.rows * self.shape.length
        else:
            total, tokens = self._update_packed(drawn)
        # a step that fails is not done: a run goes on with it
        self.epoch, self.position = place
        self.step += 1
        if self.average is not None and not options.cycles and self.step % AVERAGE_EVERY == 0:
            # at first the average follows faster, so that it forgets where the run began
            decay = min(options.average, self.step / (self.step + 10)) ** AVERAGE_EVERY
            torch._foreach_lerp_(self.average, self.parameters, 1 - decay)
        # a GPU is still at work here
        self.ready = self._draw(self.step) if self.device.type == "cuda" else None
        return float(total), tokens

    def _update_packed(self, packed: list[Packed]) -> tuple[torch.Tensor, int]:
        learned = sum(len(batch.targets) for batch in packed)
        total, tokens = torch.zeros((), device=self.device), 0
        for batch in packed:
            # the mean over the answer tokens of the whole step, however it was cut
            loss = self.model(batch) * (len(batch.targets) / learned)
            loss.backward()
            total += loss.detach()
            tokens += len(batch.tokens)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate
        self._apply()
        return total, tokens

    def _update_rows(self, batch: Rows) -> torch.Tensor:
        for group in self.optimizer.param_groups:
            if self.captured:
                group["lr"].fill_(self.rate)
            else:
                group["lr"] = self.rate
        return (self.captured or self._step_rows)(batch)

    def _step_rows(self, batch: Rows) -> torch.Tensor:
        """A whole step, as it is captured; the cross-entropy."""
        self.optimizer.zero_grad(set_to_none=True)
        head = self.model.weights(self.model.embedding)
        if self.options.agreement:
            hidden = self.model.hidden(batch.twice())
            loss, entropy = agreeing(
                hidden, head, batch.targets, batch.weights, self.options.agreement
            )
        else:
            loss = weighted(self.model.hidden(batch), head, batch.targets, batch.weights)
            entropy = loss.detach()
        loss.backward()
        self._apply()
        return entropy

    def _apply(self) -> None:
        torch.nn.utils.clip_grad_norm_(self.parameters, self.options.clip)
        self.optimizer.step()
        if not self.captures:
            self.optimizer.zero_grad(set_to_none=True)

    def _capture(self) -> None:
        before = {p: {k: v.clone() for k, v in s.items()} for p, s in self.optimizer.state.items()}

        def restore() -> None:
            for parameter, state in self.optimizer.state.items():
                for name, value in state.items():
                    value.copy_(before[parameter][name]) if before else value.zero_()

        for group in self.optimizer.param_groups:  # so the steps of warming up change no weight
            group["lr"].zero_()
        empty = lay([[] for _ in range(self.shape.rows)], self.shape)
        batch = widened(empty.map(lambda t: t.to(self.device)))
        self.captured = Captured(self._step_rows, batch, restore)

    def _end(self) -> None:
        """Takes the weights at the end of a decay into the mean of them."""
        self.ends += 1
        if self.average is not None:
            torch._foreach_lerp_(self.average, self.parameters, 1 / self.ends)

    def _draw(self, step: int) -> tuple[tuple[int, int], list[Packed] | Rows]:
        """The batches of a step, and the place behind them in the feed."""
        share = self.options.prefix
        prefix = int((step + 1) * share) > int(step * share)
        if self.shape:
            *place, batch = next(self.stream)
            batch = batch if prefix else batch.causal()
            return tuple(place), widened(batch.map(lambda t: t.to(self.device, non_blocking=True)))
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
            "ends": self.ends,
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
        self.ends = state.get("ends", 0)  # older checkpoints have none
        return True

    @torch.no_grad()
    def export(self) -> None:
        """Writes the tuned weights, and their average, as GGUF in each of the formats asked for."""
        if self.options.cycles:
            self._end()
        variants = {"last": None, "average": self.average}
        for name, parameters in variants.items():
            if name == "average":
                if parameters is None:
                    continue
                torch._foreach_copy_(self.parameters, parameters)
            if self.options.check:
                print(f"{name}: loss {self.check():.4f} on dev sentences", file=sys.stderr)
            for kind, scheme in self.saved.items():
                path = self.folder / f"{name}.{'mixed' if '=' in kind else kind}.gguf"
                changes = {PREFIX_KEY: self.options.prefix > 0}
                gguf_io.write(path, self.file, self.model.export(), scheme, changes)
                print(f"wrote {path}", file=sys.stderr)

    @cached_property
    def checked(self) -> list[Packed]:
        """The first sentences of each corpus' dev split, in batches."""
        options = self.options
        corpora = data.read_sentences(options.corpora, options.only.split(","), "dev")
        asked = [documents[: options.check] for documents in corpora]
        drawn = sample_batches(asked, CHECKED, options.check, self.file, options.tokens)
        return [pack(part, 2, options.prefix > 0).to(self.device) for part in drawn]

    @torch.no_grad()
    def check(self) -> float:
        """The mean loss of the answers about them, nothing dropped."""
        loops, self.model.loops = self.model.loops, Elementwise()
        total, learned = 0.0, 0
        for batch in self.checked:
            total += float(self.model(batch)) * len(batch.targets)
            learned += len(batch.targets)
        self.model.loops = loops
        return total / learned
