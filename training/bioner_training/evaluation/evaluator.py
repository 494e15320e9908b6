"""Scores a model on documents, without a grammar."""

from __future__ import annotations

import random
import time

import torch
from bioner.engine import FORMATS, ParseError, Sentence, Tokenizer, align, sentences

from ..data.corpora import Document
from ..model.decode import generate
from ..model.gguf_file import ModelFile
from ..model.network import Model
from .score import Score


class Evaluator:
    """A model and its tokenizer, on a device."""

    def __init__(self, path: str, device: str, dtype: torch.dtype):
        file = ModelFile(path)
        self.end = file.end
        self.tokenizer = Tokenizer.open(path)
        self.model = Model.load(file).to(device)
        self.model.dtype = dtype

    def answers(self, asked: list[tuple[Sentence, list[str]]], form: str, batch: int):
        """What the model answers for each (sentence, types): the text and the `decode.Answer`."""
        encode, format = self.tokenizer.encode_batch, FORMATS[form]
        prompts = encode([format.prompt(sentence, types) for sentence, types in asked])
        # an inline answer repeats the sentence, in some formats once for each type
        shortest = encode([format.render(sentence, types, []) for sentence, types in asked])
        limits = [
            64 + len(prompt) + len(answer) for prompt, answer in zip(prompts, shortest, strict=True)
        ]
        (line,) = self.tokenizer.encode("\n")
        questions = [p.index(line) + 1 for p in prompts]
        generated = generate(self.model, prompts, self.end, limits, batch, questions)
        return [(self.tokenizer.decode(a.tokens), a) for a in generated]

    def score(self, documents: list[Document], form: str, batch: int = 64) -> Score:
        """The score on documents. Each sentence is asked for all types of its document."""
        return self.scores({"": documents}, form, batch)[""]

    def scores(self, corpora: dict[str, list[Document]], form: str, batch: int) -> dict[str, Score]:
        """The scores on corpora.

        All sentences are answered together, in the order of their length. The time is divided among
        the corpora by the tokens written.
        """
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
            parts, self.answers(asked, form, batch), strict=True
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
        for (name, document), entities in zip(documents, found, strict=True):
            scores[name].add(entities, set(document.entities))
        seconds, tokens = time.monotonic() - began, sum(score.tokens for score in scores.values())
        for score in scores.values():
            score.seconds = seconds * score.tokens / max(1, tokens)
        return scores


def sample(documents: list[Document], size: int, seed: int) -> list[Document]:
    """A random sample of about `size` sentences, the same for the same seed; all if `size` is 0."""
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
