"""Measures which tensors suffer from Q4_0: `python -m bioner_training.sensitivity --help`.

Each group of tensors in turn is stored in Q4_0, with all others in Q8_0. What it costs is measured
on the right answers of dev sentences: the mean Kullback-Leibler divergence from the probabilities
of the unquantized model, in nats, and the loss. Then a scheme is proposed that stores those groups
in Q4_0 that cost least for each byte saved, as long as their divergences add up to no more than
`--allowed`.
"""

from __future__ import annotations

import argparse
import json
import sys

import torch
import torch.nn.functional as F

from .command_line import add_corpora, new_parser, report_errors
from .data.corpora import read_sentences
from .examples.encode import sample_batches
from .examples.epoch import Recipe
from .model.batch import Packed, pack
from .model.device import DTYPES, add_device
from .model.gguf_file import ModelFile
from .model.network import Model
from .quantization.ggml_blocks import BLOCK
from .quantization.scheme import Scheme, format_of, parse_scheme

PARTS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")


class Probe:
    """Dev sentences with their right answers, and the probabilities of the unquantized model."""

    def __init__(self, options: argparse.Namespace):
        file = ModelFile(options.model)
        self.model = Model.load(file).to(options.device)
        self.model.dtype = DTYPES[options.dtype]
        names = options.only.split(",")
        corpora = read_sentences(options.corpora, names, "dev")
        recipe = Recipe(whole=1, synonyms=0, joined=0, augmented=0, notes=0, guessed=0)
        drawn = sample_batches(corpora, recipe, options.sample, file, options.tokens)
        packed = [pack(part, prefix=self.model.prefix) for part in drawn]
        self.batches = [batch.to(torch.device(options.device)) for batch in packed]
        self.shapes = {name: tensor.shape for name, tensor in self.model.export().items()}
        self.reference = [self.log_probabilities(batch) for batch in self.batches]

    @torch.inference_mode()
    def log_probabilities(self, batch: Packed) -> torch.Tensor:
        """Of every token at the outputs of a batch: bfloat16 [N, vocabulary], on the CPU."""
        logits = F.linear(self.model.hidden(batch), self.model.weights(self.model.embedding))
        return logits.float().log_softmax(-1).to(torch.bfloat16).cpu()

    @torch.inference_mode()
    def measure(self, scheme: Scheme) -> tuple[float, float]:
        """The mean divergence and the mean loss of the model stored by this scheme."""
        self.model.quantize_as(scheme)
        divergence = loss = count = 0.0
        for batch, reference in zip(self.batches, self.reference, strict=True):
            found, reference = self.log_probabilities(batch).float(), reference.float()
            divergence += float((reference.exp() * (reference - found)).sum())
            loss -= float(found.gather(1, batch.targets.cpu()[:, None]).sum())
            count += len(found)
        return divergence / count, loss / count

    def bytes_saved(self, pattern: str) -> int:
        """The bytes that Q4_0 saves against Q8_0 on the matrices that match a pattern."""
        probe = {pattern: "Q4_0", "*": "Q8_0"}
        return sum(
            shape.numel() // BLOCK * 16
            for name, shape in self.shapes.items()
            if len(shape) > 1 and format_of(probe, name) == "Q4_0"
        )


def groups(by: str, layers: int) -> list[str]:
    """Patterns of tensor names, one for each group."""
    if by == "part":
        return ["token_embd", *(f"blk.*.{part}" for part in PARTS)]
    if by == "layer":
        return ["token_embd", *(f"blk.{layer}.*" for layer in range(layers))]
    return ["token_embd", *(f"blk.{layer}.{part}" for layer in range(layers) for part in PARTS)]


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add("--model", required=True, help="GGUF file, F16 or F32")
    add_corpora(parser)
    add("--sample", type=int, default=40, help="sentences of each corpus")
    add("--tokens", type=int, default=4000, help="tokens of a batch")
    add("--by", choices=("part", "layer", "tensor"), default="part")
    add(
        "--allowed",
        type=float,
        default=0.01,
        help="divergence that the scheme may add to that of Q8_0",
    )
    add_device(parser, dtype="f32")
    options = parser.parse_args(argv)
    probe = Probe(options)

    def show(name: str, scheme: Scheme) -> float:
        divergence, loss = probe.measure(scheme)
        line = {"stored": name, "divergence": round(divergence, 6), "loss": round(loss, 5)}
        print(json.dumps(line), flush=True)
        return divergence

    show("unquantized", {"*": "F32"})
    floor = show("Q8_0", {"*": "Q8_0"})
    show("Q4_0, embedding Q8_0", parse_scheme("Q4_0"))
    costs = []
    for pattern in groups(options.by, probe.model.config.layers):
        added = show(f"{pattern}=Q4_0", {pattern: "Q4_0", "*": "Q8_0"}) - floor
        costs.append((added, probe.bytes_saved(pattern), pattern))
    # the groups that cost least for a byte go to Q4_0 first
    small, total = [], 0.0
    for added, saved, pattern in sorted(costs, key=lambda c: c[0] / c[1]):
        if total + max(added, 0.0) <= options.allowed:
            small.append((pattern, saved))
            total += max(added, 0.0)
    mixed = {**{pattern: "Q4_0" for pattern, _ in small}, "*": "Q8_0"}
    short = ",".join(f"{pattern}={kind}" for pattern, kind in mixed.items())
    show(short, mixed)
    print(json.dumps({"scheme": short, "bytes_saved": sum(saved for _, saved in small)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
