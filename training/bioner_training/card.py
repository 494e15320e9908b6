"""Measures the tables of a model's card: `python -m bioner_training.card --help`.

All figures are measured on dev splits by the `bioner` program as it ships: the strict F1 of every
corpus on its whole split, the error of the scores on lines that the calibration has not seen, the
F1 of each output format, and the F1 of a type when others are asked for with it. Prints each
Markdown table as soon as it is measured.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bioner.engine import FORMATS

from .command_line import add_corpora, new_parser, report_errors
from .data.corpora import calibration_count, read_lines
from .evaluation.bioner_program import evaluate, extract
from .evaluation.markdown import table

#: the types that are asked for together, in this order
TYPES = ("Disease", "Chemical", "Gene", "Anatomy", "Species")
#: lines of each dev split for the comparison of formats: enough to see that one does not work
FORMAT_LINES = {"bc5cdr": 60, "bc2gm": 60, "anatem": 60, "cancer-genetics": 60, "ncbi-disease": 8}
#: lines of each dev split for the types; half of those of LINNAEUS are lines with a species
TYPE_LINES = {"bc5cdr": 300, "ncbi-disease": 40, "bc2gm": 300, "anatem": 300, "linnaeus": 300}
#: lines of each dev split after those of the calibration, to measure the scores on
SCORE_LINES = 500


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


class Card:
    """The tables of one model, measured with one program."""

    def __init__(self, program: str, model: str, corpora: str | Path, names: list[str]):
        self.program, self.model = program, model
        self.dev = {name: read_lines(corpora, name, "dev") for name in names}

    def figures(self) -> str:
        """F1, precision and recall of each corpus."""
        rows, means = [], []
        for name, lines in self.dev.items():
            result = evaluate(self.program, self.model, lines)
            kinds = sorted(result["by_type"].items(), key=lambda item: -item[1]["f1"])
            kinds = [f"{kind} {percent(value['f1'])}" for kind, value in kinds]
            shown = [percent(result["micro"][of]) for of in ("f1", "precision", "recall")]
            rows.append([name, *shown, ", ".join(kinds) if len(kinds) > 1 else ""])
            means.append(result["micro"]["f1"])
        rows.append(["mean", percent(sum(means) / len(means)), "", "", ""])
        return table(["corpus", "F1", "precision", "recall", "by type"], rows)

    def scores(self, calibrated: int) -> str:
        """The share of right mentions by score, after the `calibrated` first lines of a corpus."""
        lines = []
        for dev in self.dev.values():
            start = calibration_count(len(dev), calibrated)
            lines += dev[start : start + SCORE_LINES]
        result = evaluate(self.program, self.model, lines)["scores"]
        rows = [
            [f"{bin['mentions']:,}", f"{percent(bin['score'])} %", f"{percent(bin['right'])} %"]
            for bin in reversed(result["bins"])
        ]
        off = (
            f"\nThe mean score, weighted by mentions, is {100 * result['error']:.1f} points off.\n"
        )
        return table(["mentions", "mean score", "right"], rows) + off

    def formats(self) -> str:
        """F1 and time of each output format, the best first."""
        wanted = [(name, count) for name, count in FORMAT_LINES.items() if name in self.dev]
        lines = [line for name, count in wanted for line in self.dev[name][:count]]
        results = {
            form: evaluate(self.program, self.model, lines, "--format", form) for form in FORMATS
        }
        ranked = sorted(results.items(), key=lambda item: -item[1]["micro"]["f1"])
        rows = [
            [f"`{form}`", percent(result["micro"]["f1"]), f"{result['seconds']:.0f}"]
            for form, result in ranked
        ]
        gold = next(iter(results.values()))["micro"]["gold"]
        return f"{gold} entities.\n\n" + table(["format", "F1", "seconds"], rows)

    def types(self) -> str:
        """F1 of each type that a corpus annotates, when all of `TYPES` are asked for."""
        found: dict[tuple[str, str], list[str]] = {}
        seconds = []
        for more in (["--together"], []):
            began = time.monotonic()
            for name, count in TYPE_LINES.items():
                if name not in self.dev:
                    continue
                documents = self._type_lines(name, count)
                texts = [document["text"] for document in documents]
                golds = [document["entities"] for document in documents]
                answers = extract(self.program, self.model, texts, TYPES, *more)
                for kind in documents[0]["types"]:
                    if kind in TYPES:
                        found.setdefault((name, kind), []).append(percent(f1(golds, answers, kind)))
            seconds.append(f"{time.monotonic() - began:.0f}")
        rows = [[f"{name}, {kind}", *values] for (name, kind), values in found.items()]
        return table(["", "all at once", "a question a set"], [*rows, ["seconds", *seconds]])

    def _type_lines(self, name: str, count: int) -> list[dict]:
        documents = [json.loads(line) for line in self.dev[name]]
        if name != "linnaeus":
            return documents[:count]
        named = [document for document in documents if document["entities"]][: count // 2]
        others = [document for document in documents if not document["entities"]][
            : count - len(named)
        ]
        return named + others


def f1(golds: list[list[dict]], answers: list[list[dict]], kind: str) -> float:
    """Strict F1 of one type: start, end and type must be the same."""

    def spans(entities: list[dict]) -> set[tuple[int, int]]:
        return {(e["start"], e["end"]) for e in entities if e["type"] == kind}

    pairs = [(spans(gold), spans(answer)) for gold, answer in zip(golds, answers, strict=True)]
    right = sum(len(gold & answer) for gold, answer in pairs)
    marked = sum(len(gold) + len(answer) for gold, answer in pairs)
    return 2 * right / marked if marked else 0.0


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add("--bioner", required=True, help="the bioner program")
    add("--model", required=True, help="GGUF file, calibrated")
    add_corpora(parser)
    add("--tables", default="figures,scores,formats,types")
    add(
        "--calibrated",
        type=int,
        default=300,
        help="dev lines of each corpus that `calibrate` used",
    )
    options = parser.parse_args(argv)
    card = Card(options.bioner, options.model, options.corpora, options.only.split(","))
    made = {
        "figures": card.figures,
        "scores": lambda: card.scores(options.calibrated),
        "formats": card.formats,
        "types": card.types,
    }
    wanted = options.tables.split(",")
    if unknown := set(wanted) - set(made):
        raise ValueError(
            f"no such table: {', '.join(sorted(unknown))}; there are {', '.join(made)}"
        )
    for name in wanted:
        print(f"## {name}\n\n{made[name]()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
