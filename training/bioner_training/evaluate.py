"""Scores a model on corpora without a grammar: `python -m bioner_training.evaluate --help`.

For development, on a CPU or a GPU. Strict: start, end and type must be the same. The figures that
count, of the quantized model under the grammar, come from `bioner eval`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

import torch
from bioner.engine import (
    DEFAULT_FORMAT,
    FORMATS,
    ParseError,
    Sentence,
    Tokenizer,
    align,
    sentences,
)

from . import data, decode
from .errors import told
from .gguf_io import ModelFile
from .model import Model


@dataclass
class Score:
    """Counts over documents, and how the answers were written."""

    right: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    gold: Counter = field(default_factory=Counter)
    sentences: int = 0
    unparsable: int = 0
    unfinished: int = 0
    mentions: int = 0
    invented: int = 0
    tokens: int = 0
    seconds: float = 0.0

    def add(self, found: set, gold: set) -> None:
        for counter, entities in (
            (self.right, found & gold), (self.found, found), (self.gold, gold),
        ):  # fmt: skip
            counter.update(kind for _, _, kind in entities)

    def report(self) -> dict:
        kinds = sorted({*self.found, *self.gold})
        return {
            "micro": _measures(self.right.total(), self.found.total(), self.gold.total()),
            "by_type": {k: _measures(self.right[k], self.found[k], self.gold[k]) for k in kinds},
            "sentences": self.sentences,
            "unparsable": self.unparsable,
            "unfinished": self.unfinished,
            "mentions": self.mentions,
            "invented": self.invented,
            "tokens_written": self.tokens,
            "seconds": round(self.seconds, 1),
        }


def _measures(right: int, found: int, gold: int) -> dict:
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    f1 = 2 * right / (found + gold) if found + gold else 1.0
    return {
        "precision": round(100 * precision, 2), "recall": round(100 * recall, 2),
        "f1": round(100 * f1, 2), "right": right, "found": found, "gold": gold,
    }  # fmt: skip


class Evaluator:
    """A model with its tokenizer, on a device."""

    def __init__(self, path: str, device: str, dtype: torch.dtype):
        file = ModelFile(path)
        self.end = file.end
        self.tokenizer = Tokenizer.open(path)
        self.model = Model.load(file).to(device)
        self.model.dtype = dtype

    def answers(self, asked: list[tuple[Sentence, list[str]]], form: str, batch: int):
        """What the model writes for (sentence, types): text and `decode.Answer` of each."""
        encode, format = self.tokenizer.encode_batch, FORMATS[form]
        prompts = encode([format.prompt(sentence, types) for sentence, types in asked])
        # an inline answer is the sentence again, for some formats once for each type
        shortest = encode([format.render(sentence, types, []) for sentence, types in asked])
        limits = [64 + len(prompt) + len(answer) for prompt, answer in zip(prompts, shortest)]
        (line,) = self.tokenizer.encode("\n")
        questions = [p.index(line) + 1 for p in prompts]
        written = decode.write(self.model, prompts, self.end, limits, batch, questions)
        return [(self.tokenizer.decode(a.tokens), a) for a in written]

    def score(self, documents: list[data.Document], form: str, batch: int = 64) -> Score:
        """The score on documents, each asked for all of its types, sentence by sentence."""
        return self.scores({"": documents}, form, batch)[""]

    def scores(self, corpora: dict[str, list[data.Document]], form: str, batch: int) -> dict[str, Score]:
        """The scores on corpora, whose sentences are answered together, by their length. The seconds
        are shared out by the tokens written."""
        began = time.monotonic()
        documents = [(name, document) for name, part in corpora.items() for document in part]
        scores = {name: Score() for name in corpora}
        parts = []
        for number, (_, document) in enumerate(documents):
            for start, end in sentences(document.text):
                parts.append((number, start, Sentence(document.text[start:end])))
        asked = [(s, list(documents[number][1].types)) for number, _, s in parts]
        found: list[set] = [set() for _ in documents]
        for (number, start, sentence), (text, answer) in zip(
            parts, self.answers(asked, form, batch)
        ):
            name, document = documents[number]
            score, types = scores[name], list(document.types)
            score.sentences += 1
            score.tokens += len(answer.tokens) + answer.finished
            score.unfinished += not answer.finished
            try:
                mentions = FORMATS[form].parse(sentence, types, text)
            except ParseError:
                score.unparsable += 1
                continue
            score.mentions += len(mentions)
            score.invented += sum(not align(sentence, [mention]) for mention in mentions)
            for s, e, kind in align(sentence, mentions):
                if span := sentence.to_source(s, e):
                    found[number].add((start + span[0], start + span[1], types[kind]))
        for (name, document), entities in zip(documents, found):
            scores[name].add(entities, set(document.entities))
        seconds, tokens = time.monotonic() - began, sum(score.tokens for score in scores.values())
        for score in scores.values():
            score.seconds = seconds * score.tokens / max(1, tokens)
        return scores


def sample(documents: list[data.Document], size: int, seed: int) -> list[data.Document]:
    """A fixed random sample, about `size` sentences; everything if `size` is 0."""
    if not size:
        return documents
    shuffled = random.Random(seed).sample(documents, len(documents))
    chosen, total = [], 0
    for document in shuffled:
        if total >= size:
            break
        chosen.append(document)
        total += len(sentences(document.text))
    return chosen


@told
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--model", required=True, help="GGUF file")
    add("--corpora", required=True, help="folder of the corpora")
    add("--only", default=",".join(data.CORPORA))
    add("--split", default="dev")
    add("--sample", type=int, default=0, help="about this many sentences of each corpus; 0: all")
    add("--seed", type=int, default=1)
    add("--format", default=DEFAULT_FORMAT, choices=FORMATS)
    add("--batch", type=int, default=64)
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--dtype", choices=("bf16", "f32"), default="bf16")
    add("--threads", type=int, default=0)
    options = parser.parse_args(argv)
    if options.threads:
        torch.set_num_threads(options.threads)
    dtype = torch.bfloat16 if options.dtype == "bf16" else torch.float32
    evaluator = Evaluator(options.model, options.device, dtype)
    corpora = {
        name: sample(
            data.read_corpus(options.corpora, name, options.split), options.sample, options.seed
        )
        for name in options.only.split(",")
    }
    means = []
    for name, documents in corpora.items():
        report = evaluator.score(documents, options.format, options.batch).report()
        means.append(report["micro"]["f1"])
        print(json.dumps({"corpus": name, "documents": len(documents), **report}), flush=True)
    print(json.dumps({"mean_f1": round(sum(means) / len(means), 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
