"""Which tensors suffer from Q4_0: `python -m bioner_training.mix --help`.

Stores one group of tensors after the other in Q4_0, everything else in Q8_0, and measures how far
the probabilities of the right answers' tokens move (mean Kullback-Leibler divergence from the
unquantized model's, in nats) and what it does to the loss. Then proposes a mix: Q8_0 for the groups
that suffer most for each byte saved, until what is left adds up to the damage allowed.
"""

from __future__ import annotations

import argparse
import json
import sys

import torch
import torch.nn.functional as F

from . import data, examples, instruct, quantize
from .errors import told
from .gguf_io import ModelFile
from .model import Model, pack

PARTS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")


class Probe:
    """A sample of dev sentences with their right answers, and the unquantized model's opinion."""

    def __init__(self, options: argparse.Namespace):
        file = ModelFile(options.model)
        self.model = Model.load(file).to(options.device)
        self.model.dtype = torch.bfloat16 if options.dtype == "bf16" else torch.float32
        names = options.only.split(",")
        corpora = data.read_sentences(options.corpora, names, "dev")
        recipe = instruct.Recipe(whole=1, synonyms=0, joined=0, augmented=0, notes=0, guessed=0)
        drawn = examples.sample_batches(corpora, recipe, options.sample, file, options.tokens)
        packed = [pack(part, prefix=self.model.prefix) for part in drawn]
        self.batches = [batch.to(torch.device(options.device)) for batch in packed]
        self.shapes = {name: tensor.shape for name, tensor in self.model.export().items()}
        self.reference = [self.opinion(batch) for batch in self.batches]

    @torch.inference_mode()
    def opinion(self, batch) -> torch.Tensor:
        logits = F.linear(self.model.hidden(batch), self.model.weights(self.model.embedding))
        return logits.float().log_softmax(-1).to(torch.bfloat16).cpu()

    @torch.inference_mode()
    def damage(self, scheme: quantize.Scheme) -> tuple[float, float]:
        """Mean divergence and mean loss of the model stored by this scheme."""
        self.model.quantize_as(scheme)
        divergence = loss = count = 0.0
        for batch, reference in zip(self.batches, self.reference):
            found, reference = self.opinion(batch).float(), reference.float()
            divergence += float((reference.exp() * (reference - found)).sum())
            loss -= float(found.gather(1, batch.targets.cpu()[:, None]).sum())
            count += len(found)
        return divergence / count, loss / count

    def saved(self, pattern: str) -> int:
        """The bytes that Q4_0 saves on the matrices of a pattern, against Q8_0."""
        probe = {pattern: "Q4_0", "*": "Q8_0"}
        return sum(
            shape.numel() // quantize.BLOCK * 16
            for name, shape in self.shapes.items()
            if len(shape) > 1 and quantize.kind_of(probe, name) == "Q4_0"
        )


def groups(by: str, layers: int) -> list[str]:
    """Patterns of tensor names: a group each."""
    if by == "part":
        return ["token_embd", *(f"blk.*.{part}" for part in PARTS)]
    if by == "layer":
        return ["token_embd", *(f"blk.{layer}.*" for layer in range(layers))]
    return ["token_embd", *(f"blk.{layer}.{part}" for layer in range(layers) for part in PARTS)]


@told
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--model", required=True, help="GGUF file, F16 or F32")
    add("--corpora", required=True)
    add("--only", default=",".join(data.CORPORA))
    add("--sample", type=int, default=40, help="sentences of each corpus")
    add("--tokens", type=int, default=4000, help="tokens of a batch")
    add("--by", choices=("part", "layer", "tensor"), default="part")
    add("--allowed", type=float, default=0.01, help="divergence that the mix may add to Q8_0's")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--dtype", choices=("bf16", "f32"), default="f32")
    options = parser.parse_args(argv)
    probe = Probe(options)

    def show(name: str, scheme: quantize.Scheme) -> float:
        divergence, loss = probe.damage(scheme)
        line = {"stored": name, "divergence": round(divergence, 6), "loss": round(loss, 5)}
        print(json.dumps(line), flush=True)
        return divergence

    show("unquantized", {"*": "F32"})
    floor = show("Q8_0", {"*": "Q8_0"})
    show("Q4_0, embedding Q8_0", quantize.scheme("Q4_0"))
    costs = []
    for pattern in groups(options.by, probe.model.config.layers):
        added = show(f"{pattern}=Q4_0", {pattern: "Q4_0", "*": "Q8_0"}) - floor
        costs.append((added, probe.saved(pattern), pattern))
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
