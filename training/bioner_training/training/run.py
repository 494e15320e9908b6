"""A training run: its state, its steps, its checkpoint and its results."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from functools import cached_property
from pathlib import Path

import torch

from ..checksum import BadFile, check_sha256
from ..examples.encode import batches
from ..examples.epoch import Recipe
from ..examples.feed import Feed, Source
from ..markers import as_stored, first_marker
from ..model import adapter_file, gguf_file
from ..model.batch import Packed, pack
from ..model.device import DTYPES
from ..model.gguf_file import ModelFile
from ..model.layer import LayerFunctions
from ..model.loss import agreement_loss, weighted_cross_entropy
from ..model.network import PREFIX_KEY, Model
from ..model.row_batch import RowBatch, Shape, lay_out, with_int64
from ..quantization.scheme import Scheme, parse_scheme
from .cuda_graph import CapturedStep
from .dev_loss import DevLoss
from .schedule import Schedule

#: steps between updates of the moving average
AVERAGE_EVERY = 8
#: epochs made ahead on a GPU, which reads an epoch faster than one process makes it
EPOCHS_AHEAD = 2
ROWS_AHEAD = 5


class Run:
    """The state of a run, and one step of it.

    Raises `BadFile` or `BadCorpus` if a file it needs is missing or malformed.
    """

    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.device = torch.device(options.device)
        #: the schemes to store the results by, and the one to fake-quantize by
        self.saved = {text: parse_scheme(text) for text in options.save.split(";") if text}
        self.quantized = parse_scheme(options.quantize) if options.quantize else None
        self.folder = Path(options.run)
        self.folder.mkdir(parents=True, exist_ok=True)
        if options.base_sha256:
            check_sha256(options.base, options.base_sha256)
        self.file = ModelFile(options.base)
        names = [field.name for field in fields(Recipe)]
        recipe = Recipe(**{name: getattr(options, name) for name in names})
        source = Source(
            options.base, options.corpora, tuple(options.only.split(",")), recipe, options.seed
        )
        cuda = self.device.type == "cuda"
        #: the shape of every batch, if its sequences are in rows
        self.shape = None
        if options.row:
            readings = 2 if options.agreement else 1
            self.shape = Shape(options.tokens // options.row // readings, options.row)
        ahead = 0 if not cuda else ROWS_AHEAD if self.shape else EPOCHS_AHEAD
        self.feed = Feed(source, options.tokens, options.examples, ahead, self.shape)
        self.model = Model.load(self.file).to(self.device)
        self.model.dtype = DTYPES[options.dtype]
        if options.compile:
            self.model.functions = (
                LayerFunctions.compiled_layer() if self.shape else LayerFunctions.compiled()
            )
        self.model.functions.dropout = options.dropout
        if options.prefix is None:
            options.prefix = float(self.model.prefix)
        self.model.embedding.requires_grad_(not options.freeze_embedding)
        if options.adapter:
            torch.manual_seed(options.seed)
            self.model.adapt(options.adapter, first_marker(self.file))
            if options.from_adapters:
                self._load_adapters(options.from_adapters)
        for layer in self.model.layers[: options.freeze_layers]:
            layer.requires_grad_(False)
        self.parameters = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for p in self.parameters if p.dim() > 1]},
                {"params": [p for p in self.parameters if p.dim() == 1], "weight_decay": 0.0},
            ],
            lr=torch.tensor(0.0, device=self.device) if self.captures else options.rate,
            betas=(0.9, 0.98),
            weight_decay=options.weight_decay,
            fused=True,
            capturable=self.captures,
        )
        self.schedule = Schedule(
            options.rate,
            options.warmup,
            options.schedule,
            options.cycles,
            options.cycle_share,
            options.cycle_rate,
        )
        self.average = None
        if options.average:
            self.average = [p.detach().clone() for p in self.parameters]
        self.step, self.epoch, self.position, self.elapsed = 0, 0, 0, 0.0
        #: number of decays of the rate that are over
        self.ends = 0
        self.stream = None
        self.captured: CapturedStep | None = None
        #: the batches of the next step, if they were drawn ahead
        self.ready = None

    def _load_adapters(self, path: str) -> None:
        try:
            self.model.load_adapter(adapter_file.read(path))
        except (KeyError, RuntimeError) as error:
            rank = self.options.adapter
            raise BadFile(f"{path} does not fit {self.file.path}, rank {rank}: {error}") from error

    @property
    def captures(self) -> bool:
        """Whether a step is a CUDA graph."""
        return self.shape is not None and self.device.type == "cuda"

    @property
    def progress(self) -> float:
        """The share of the run that is done, 0 to 1."""
        minutes = self.elapsed / 60 / self.options.minutes
        return min(1.0, max(self.step / self.options.steps, minutes))

    @property
    def rate(self) -> float:
        """The learning rate of the next step."""
        return self.schedule.rate(self.progress)

    def update(self) -> tuple[float, int]:
        """Makes one optimizer step; returns its mean loss and the number of tokens read."""
        options = self.options
        if self.stream is None:
            self.stream = self.feed.batches(self.epoch, self.position)
        if self.quantized and not self.model.fake and self.progress >= options.quantize_from:
            self.model.quantize_as(self.quantized)
            self.captured = None
        if self.captures and self.captured is None:
            self._capture()  # while other processes make the first epoch
        while self.ends < self.schedule.phase(self.progress)[0]:
            self._average_end()
        place, drawn = self.ready or self._draw(self.step)
        if self.shape:
            total, tokens = self._update_rows(drawn), self.shape.rows * self.shape.length
        else:
            total, tokens = self._update_packed(drawn)
        # only now: a run that resumes after a failure repeats the step
        self.epoch, self.position = place
        self.step += 1
        if self.average is not None and not options.cycles and self.step % AVERAGE_EVERY == 0:
            # the decay is lower at first, so that the average forgets the initial weights
            decay = min(options.average, self.step / (self.step + 10)) ** AVERAGE_EVERY
            torch._foreach_lerp_(self.average, self.parameters, 1 - decay)
        # the GPU is still busy with the step
        self.ready = self._draw(self.step) if self.device.type == "cuda" else None
        return float(total), tokens

    def _update_packed(self, packed: list[Packed]) -> tuple[torch.Tensor, int]:
        outputs = sum(len(batch.targets) for batch in packed)
        total, tokens = torch.zeros((), device=self.device), 0
        for batch in packed:
            # the mean over the answer tokens of the whole step
            loss = self.model(batch) * (len(batch.targets) / outputs)
            loss.backward()
            total += loss.detach()
            tokens += len(batch.tokens)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate
        self._apply()
        return total, tokens

    def _update_rows(self, batch: RowBatch) -> torch.Tensor:
        for group in self.optimizer.param_groups:
            if self.captured:
                group["lr"].fill_(self.rate)
            else:
                group["lr"] = self.rate
        return (self.captured or self._step_rows)(batch)

    def _step_rows(self, batch: RowBatch) -> torch.Tensor:
        """A whole step, which can be captured; returns the cross-entropy."""
        self.optimizer.zero_grad(set_to_none=True)
        head = self.model.weights(self.model.embedding)
        if self.options.agreement:
            hidden = self.model.hidden(batch.repeated())
            loss, entropy = agreement_loss(
                hidden, head, batch.targets, batch.weights, self.options.agreement
            )
        else:
            loss = weighted_cross_entropy(
                self.model.hidden(batch), head, batch.targets, batch.weights
            )
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

        for group in self.optimizer.param_groups:  # so that the warm-up steps change no weight
            group["lr"].zero_()
        empty = lay_out([[] for _ in range(self.shape.rows)], self.shape)
        batch = with_int64(empty.map(lambda t: t.to(self.device)))
        self.captured = CapturedStep(self._step_rows, batch, restore)

    def _average_end(self) -> None:
        """Adds the weights at the end of a decay to the mean of those at all ends."""
        self.ends += 1
        if self.average is not None:
            torch._foreach_lerp_(self.average, self.parameters, 1 / self.ends)

    def _draw(self, step: int) -> tuple[tuple[int, int], list[Packed] | RowBatch]:
        """The batches of a step, and the position behind them in the feed."""
        share = self.options.prefix
        prefix = int((step + 1) * share) > int(step * share)
        if self.shape:
            *place, batch = next(self.stream)
            batch = batch if prefix else batch.causal()
            return tuple(place), with_int64(
                batch.map(lambda t: t.to(self.device, non_blocking=True))
            )
        groups = 2 if self.device.type == "cuda" else 4
        parts = []
        for _ in range(self.options.accumulate):
            *place, sequences = next(self.stream)
            parts += batches(sequences, self.options.tokens)
        packed = [pack(part, groups, prefix).to(self.device) for part in parts]
        return tuple(place), packed

    def save(self) -> None:
        """Writes the checkpoint; the old one stays until the new one is complete."""
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
        """Resumes from the checkpoint in the folder of the run; false if there is none."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return False
        try:
            state = torch.load(path, map_location=self.device, mmap=True, weights_only=True)
            if state["seed"] != self.options.seed:
                raise BadFile(f"{path} is of seed {state['seed']}")
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
        except (RuntimeError, KeyError, ValueError) as error:
            raise BadFile(f"{path} is damaged or of another run: {error}") from error
        if self.average is not None and state["average"] is not None:
            torch._foreach_copy_(self.average, state["average"])
        self.step, self.epoch, self.position, self.elapsed = state["place"]
        self.ends = state.get("ends", 0)  # older checkpoints have none
        return True

    @torch.no_grad()
    def export(self) -> None:
        """Writes the tuned weights, and their average, as GGUF in each of the formats asked for."""
        if self.options.cycles:
            self._average_end()
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
                if self.options.adapter:
                    self._export_adapters(name, kind, scheme)
                    continue
                changes = {PREFIX_KEY: self.options.prefix > 0}
                gguf_file.write(path, self.file, self.model.export(), scheme, changes)
                print(f"wrote {path}", file=sys.stderr)

    def _export_adapters(self, name: str, kind: str, scheme: Scheme) -> None:
        """Writes the adapters, and the base with the rows of the embedding that go with them."""
        model = self.model
        base = self.folder / f"{name}.base.gguf"
        stored = as_stored(self.file, model.frozen_rows, model.learned_rows.detach())
        gguf_file.write(base, self.file, *stored)
        path = self.folder / f"{name}.adapters.{kind}.gguf"
        adapter_file.write(path, model.export_adapter(), scheme, self.options.adapter)
        print(f"wrote {base} and {path}", file=sys.stderr)

    @cached_property
    def _dev_loss(self) -> DevLoss:
        options = self.options
        names, prefix = options.only.split(","), options.prefix > 0
        return DevLoss(
            options.corpora, names, options.check, self.file, options.tokens, prefix, self.device
        )

    def check(self) -> float:
        """The mean loss on the first dev sentences of each corpus."""
        return self._dev_loss.measure(self.model)
