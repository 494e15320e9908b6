"""Examples as token sequences, in batches."""

from __future__ import annotations

from bioner.engine import FORMATS, Sentence, Tokenizer

from ..data.corpora import Document
from ..model.batch import Sequence
from ..model.gguf_file import ModelFile
from .epoch import Example, Recipe, draw_epoch


def encode(examples: list[Example], tokenizer: Tokenizer, end: int) -> list[Sequence]:
    """The token sequences of examples. `end` is the token that ends an answer.

    Prompt and answer are tokenized separately, as they are when the model generates the answer.
    """
    texts = []
    for example in examples:
        form, types = FORMATS[example.format], list(example.types)
        sentence = Sentence(example.text)
        places = ((sentence.to_view(s, e), kind) for s, e, kind in example.entities)
        # a mention that an alteration joined to a word has no span in the view
        entities = [(*place, kind) for place, kind in places if place]
        texts.append(form.prompt(sentence, types))
        texts.append(form.render(sentence, types, entities))
    ids = tokenizer.encode_batch(texts)
    # the instruction ends with the first line
    (line,) = tokenizer.encode("\n")
    return [
        Sequence(asked + answer + [end], asked.index(line) + 1, len(asked))
        for asked, answer in zip(ids[::2], ids[1::2], strict=True)
    ]


def batches(sequences: list[Sequence], size: int) -> list[list[Sequence]]:
    """Consecutive sequences in batches of at most `size` tokens, or of one longer sequence."""
    found: list[list[Sequence]] = []
    total = size + 1
    for sequence in sequences:
        if total + len(sequence.tokens) > size:
            found.append([])
            total = 0
        found[-1].append(sequence)
        total += len(sequence.tokens)
    return found


def sample_batches(
    corpora: list[list[Document]], recipe: Recipe, count: int, file: ModelFile, size: int
) -> list[list[Sequence]]:
    """Batches of at most `size` tokens of the first `count` examples of each corpus.

    Each corpus has an epoch of its own with a fixed seed, so the examples are always the same.
    """
    drawn = [
        example
        for documents in corpora
        for example in draw_epoch([documents], recipe, 1, 0)[:count]
    ]
    return batches(encode(drawn, Tokenizer.open(file.path), file.end), size)
