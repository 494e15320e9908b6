"""The loss of a model on the first dev sentences of each corpus, without dropout."""

from __future__ import annotations

import torch

from ..data.corpora import read_sentences
from ..examples.encode import sample_batches
from ..examples.epoch import Recipe
from ..model.batch import pack
from ..model.gguf_file import ModelFile
from ..model.layer import LayerFunctions
from ..model.network import Model

#: every sentence as it is, asked for all types of its corpus
RECIPE = Recipe(
    whole=1, synonyms=0, empty=1, joined=0, augmented=0, notes=0, guessed=0, longest=10**6
)


class DevLoss:
    """The dev sentences, in batches on a device."""

    def __init__(
        self,
        corpora: str,
        names: list[str],
        count: int,
        file: ModelFile,
        tokens: int,
        prefix: bool,
        device: torch.device,
    ):
        sentences = read_sentences(corpora, names, "dev")
        first = [documents[:count] for documents in sentences]
        drawn = sample_batches(first, RECIPE, count, file, tokens)
        self.batches = [pack(part, 2, prefix).to(device) for part in drawn]

    @torch.no_grad()
    def measure(self, model: Model) -> float:
        """The mean loss over the answer tokens."""
        functions, model.functions = model.functions, LayerFunctions()
        total, outputs = 0.0, 0
        for batch in self.batches:
            total += float(model(batch)) * len(batch.targets)
            outputs += len(batch.targets)
        model.functions = functions
        return total / outputs
