"""Completes the labels of corpora by a teacher model: `python -m bioner_training.pseudo --help`.

No corpus annotates all types, so a model tuned on them has never been asked for genes and diseases
together. A teacher model is asked, sentence by sentence and one type at a time, for the types that
a corpus lacks. Where the teacher is sure of its whole answer, an empty one included, the type
becomes a *guessed* type of the sentence. Elsewhere the type stays unknown. The result is a folder
of corpora of the same form, with `guessed` beside `types`, for `train --corpora`. An interrupted
run resumes.

On a CPU the `bioner` program is much faster (`--bioner`). It answers under its grammar, is asked
for all types of `--ask` at once, and an answer without entities of a type counts as sure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bioner.engine import DEFAULT_FORMAT, FORMATS, ParseError, Sentence, align

from .command_line import add_corpora, new_parser, report_errors
from .data.corpora import Document, Entity, read_sentences
from .evaluation.bioner_program import extract
from .evaluation.evaluator import Evaluator
from .model.decode import Answer
from .model.device import DTYPES, add_device

#: The types that every sentence is asked for. The types that only cancer-genetics has are too
#: narrow.
TYPES = ("Chemical", "Disease", "Gene", "Anatomy", "Species")
#: Types that a corpus does not annotate under this name, but whose entities it has under others.
IMPLIED = {"cancer-genetics": TYPES}


def certainty(answer: Answer) -> float:
    """The lowest probability of a token of an answer; 0 if the answer has no end."""
    return min(answer.probabilities) if answer.finished else 0.0


def complete(evaluator: Evaluator, documents: list[Document], threshold: float, batch: int):
    """The lines of the documents with the answers that the model is sure of."""
    asked = [
        (index, kind)
        for index, document in enumerate(documents)
        for kind in TYPES
        if kind not in {*document.types, *IMPLIED.get(document.corpus, ())}
    ]
    sentences = [Sentence(document.text) for document in documents]
    answers = evaluator.answers([(sentences[i], [k]) for i, k in asked], DEFAULT_FORMAT, batch)
    entities = [list(document.entities) for document in documents]
    guessed: list[list[str]] = [[] for _ in documents]
    for (index, kind), (text, answer) in zip(asked, answers, strict=True):
        sentence = sentences[index]
        try:
            mentions = FORMATS[DEFAULT_FORMAT].parse(sentence, [kind], text)
        except ParseError:
            continue
        if certainty(answer) >= threshold and all(align(sentence, [m]) for m in mentions):
            guessed[index].append(kind)
            spans = [sentence.to_source(s, e) for s, e, _ in align(sentence, mentions)]
            entities[index] += [(*span, kind) for span in spans if span]
    for document, found, kinds in zip(documents, entities, guessed, strict=True):
        yield _line(document, kinds, found)


def parse_types_by_corpus(text: str) -> dict[str, tuple[str, ...]]:
    """The types by corpus of a text such as `bc5cdr=Gene;bc2gm=Chemical,Disease`."""
    parts = (part.partition("=") for part in text.split(";") if part)
    return {name.strip(): tuple(t.strip() for t in types.split(",")) for name, _, types in parts}


def contradicts(guess: Entity, entities: Iterable[Entity]) -> bool:
    """Whether a guess marks what the corpus marks as another type.

    That is a span of the corpus or one that crosses it. A tumour may be both a Disease and Anatomy.
    """
    start, end, kind = guess
    for s, e, other in entities:
        same = (s, e) == (start, end) and {kind, other} != {"Disease", "Anatomy"}
        crossing = s < start < e < end or start < s < end < e
        if kind != other and (same or crossing):
            return True
    return False


def complete_by_program(
    program: str, model: str, documents: list[Document], types: tuple[str, ...], threshold: float
) -> Iterator[dict]:
    """The lines of the documents with the answers that the `bioner` program is sure of.

    It is sure of a type in a sentence if every entity of the type has a score of at least the
    threshold, which is so too where there is none.
    """
    answers = extract(program, model, [document.text for document in documents], types)
    for document, found in zip(documents, answers, strict=True):
        doubtful = {entity["type"] for entity in found if entity["score"] < threshold}
        sure = [kind for kind in types if kind not in doubtful]
        places = [(e["start"], e["end"], e["type"]) for e in found if e["type"] in sure]
        places = [place for place in places if not contradicts(place, document.entities)]
        yield _line(document, sure, [*document.entities, *places])


def _line(document: Document, guessed: list[str], entities: list[Entity]) -> dict:
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
    # an incomplete last line is not done
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


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add("--model", required=True, help="the teacher, a GGUF file")
    add_corpora(parser)
    add("--out", required=True, help="folder of the completed corpora")
    add("--threshold", type=float, default=0.8, help="how sure the teacher must be")
    add("--limit", type=int, default=0, help="sentences of a corpus; 0: all")
    add("--batch", type=int, default=256)
    add("--bioner", help="the bioner program, to ask with")
    add(
        "--ask",
        type=parse_types_by_corpus,
        default=parse_types_by_corpus("bc5cdr=Gene;bc2gm=Chemical,Disease"),
        help="types by corpus that --bioner is asked for; the other corpora stay as they are",
    )
    add_device(parser)
    options = parser.parse_args(argv)
    names = options.only.split(",")
    corpora = read_sentences(options.corpora, names)
    evaluator = (
        None if options.bioner else Evaluator(options.model, options.device, DTYPES[options.dtype])
    )
    for name, documents in zip(names, corpora, strict=True):
        _write(options, evaluator, name, documents[: options.limit or None])
    return 0


if __name__ == "__main__":
    sys.exit(main())
