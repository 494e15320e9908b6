"""Teacher-completed labels: `python -m bioner_training.pseudo --help`.

No corpus annotates all types, so a model tuned on them has never seen genes and diseases asked for
together. A first model is asked, sentence by sentence and a type at a time, for the types a corpus
lacks. Where it is sure of all it wrote (also of having written nothing), the type becomes a
*guessed* type of the sentence; where it is not, the type stays unknown there. The result is a
folder of corpora in the same shape with `guessed` beside `types`, to be given to `train --corpora`.
A run that was interrupted goes on where it stopped.

On a CPU the `bioner` program is much faster (`--bioner`): it answers under its grammar, is asked for
all the types of `--ask` at once, and where it names nothing it counts as sure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from bioner.engine import DEFAULT_FORMAT, FORMATS, ParseError, Sentence, align

from . import data
from .decode import Answer
from .errors import told
from .evaluate import Evaluator
from .program import extract

#: The types that every sentence is asked for. Those of cancer-genetics alone are too narrow.
TYPES = ("Chemical", "Disease", "Gene", "Anatomy", "Species")
#: What a corpus's own types say about a type it does not name.
IMPLIED = {"cancer-genetics": TYPES}


def certainty(answer: Answer) -> float:
    """The probability of the least sure choice of an answer; 0 if it does not end."""
    return min(answer.probabilities) if answer.finished else 0.0


def complete(evaluator: Evaluator, documents: list[data.Document], threshold: float, batch: int):
    """The documents with what the model is sure of."""
    asked = [
        (index, kind)
        for index, document in enumerate(documents)
        for kind in TYPES
        if kind not in {*document.types, *IMPLIED.get(document.corpus, ())}
    ]
    sentences = [Sentence(document.text) for document in documents]
    written = evaluator.answers([(sentences[i], [k]) for i, k in asked], DEFAULT_FORMAT, batch)
    entities = [list(document.entities) for document in documents]
    guessed: list[list[str]] = [[] for _ in documents]
    for (index, kind), (text, answer) in zip(asked, written):
        sentence = sentences[index]
        try:
            mentions = FORMATS[DEFAULT_FORMAT].parse(sentence, [kind], text)
        except ParseError:
            continue
        if certainty(answer) >= threshold and all(align(sentence, [m]) for m in mentions):
            guessed[index].append(kind)
            spans = [sentence.to_source(s, e) for s, e, _ in align(sentence, mentions)]
            entities[index] += [(*span, kind) for span in spans if span]
    for document, found, kinds in zip(documents, entities, guessed):
        yield _line(document, kinds, found)


def wanted(text: str) -> dict[str, tuple[str, ...]]:
    """`bc5cdr=Gene;bc2gm=Chemical,Disease` as types by corpus."""
    parts = (part.partition("=") for part in text.split(";") if part)
    return {name.strip(): tuple(t.strip() for t in types.split(",")) for name, _, types in parts}


def complete_by_program(
    program: str, model: str, documents: list[data.Document], types: tuple[str, ...], threshold: float
) -> Iterator[dict]:
    """The documents with what the `bioner` program is sure of: every entity of a sentence must have a
    score of the threshold or more."""
    answers = extract(program, model, [document.text for document in documents], types)
    for document, found in zip(documents, answers):
        sure = all(entity["score"] >= threshold for entity in found)
        places = [(entity["start"], entity["end"], entity["type"]) for entity in found if sure]
        yield _line(document, list(types) if sure else [], [*document.entities, *places])


def _line(document: data.Document, guessed: list[str], entities: list[data.Entity]) -> dict:
    return {
        "text": document.text,
        "types": list(document.types),
        "guessed": guessed,
        "entities": [{"start": s, "end": e, "type": k} for s, e, k in sorted(entities)],
    }


def _write(options: argparse.Namespace, evaluator: Evaluator | None, name: str, documents) -> None:
    """Completes one corpus, from where an earlier run stopped."""
    folder = Path(options.out) / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "train.jsonl"
    # whole lines alone count as done
    done = path.read_bytes().count(b"\n") if path.exists() else 0
    lines = path.read_bytes().splitlines(keepends=True)[:done] if done else []
    path.write_bytes(b"".join(lines))
    with open(path, "a", encoding="utf-8") as file:
        for at in range(done, len(documents), 8 * options.batch):
            part = documents[at : at + 8 * options.batch]
            if evaluator:
                values = complete(evaluator, part, options.threshold, options.batch)
            elif name in options.ask:
                values = complete_by_program(
                    options.bioner, options.model, part, options.ask[name], options.threshold
                )
            else:
                values = (_line(document, [], list(document.entities)) for document in part)
            for value in values:
                print(json.dumps(value, ensure_ascii=False), file=file)
            file.flush()
            print(f"{name}: {at + len(part)} of {len(documents)}", file=sys.stderr)


@told
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--model", required=True, help="the teacher, a GGUF file")
    add("--corpora", required=True)
    add("--out", required=True, help="folder of the completed corpora")
    add("--only", default=",".join(data.CORPORA))
    add("--threshold", type=float, default=0.8, help="how sure the teacher must be")
    add("--limit", type=int, default=0, help="sentences of a corpus; 0: all")
    add("--batch", type=int, default=256)
    add("--bioner", help="the bioner program, to ask with")
    add("--ask", type=wanted, default=wanted("bc5cdr=Gene;bc2gm=Chemical,Disease"),
        help="what --bioner is asked for: types by corpus; the other corpora stay as they are")  # fmt: skip
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--dtype", choices=("bf16", "f32"), default="bf16")
    options = parser.parse_args(argv)
    dtype = torch.bfloat16 if options.dtype == "bf16" else torch.float32
    names = options.only.split(",")
    corpora = data.read_sentences(options.corpora, names)
    evaluator = None if options.bioner else Evaluator(options.model, options.device, dtype)
    for name, documents in zip(names, corpora):
        _write(options, evaluator, name, documents[: options.limit or None])
    return 0


if __name__ == "__main__":
    sys.exit(main())
