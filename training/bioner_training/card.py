"""Measures the tables of a model's card: `python -m bioner_training.card --help`.

All figures are measured on dev splits by the `bioner` program as it ships: the strict F1 of every
corpus on its whole split (`evaluation.dev_sets`), of the types of a preset asked for at once and
each alone, of types by names that the model was not tuned with, and of each output format; and the
error of the scores on lines that the calibration has not seen. Prints each Markdown table as soon
as it is measured. A corpus that is not in the folder is left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bioner.engine import FORMATS

from .command_line import new_parser, report_errors
from .data.corpora import calibration_count
from .evaluation.bioner_program import evaluate
from .evaluation.dev_sets import OLD, available, read, rename, restrict
from .evaluation.markdown import table
from .examples.type_names import PRESETS

#: lines of each dev split for the comparison of formats: enough to see that one does not work
FORMAT_LINES = {"bc5cdr": 60, "bc2gm": 60, "anatem": 60, "cancer-genetics": 60, "ncbi-disease": 8}
#: lines of each dev split for the types of a preset
PRESET_LINES = {"ncbi-disease": 40, "biored": 40, "maccrobat": 99, "linnaeus": 800}
#: lines of each dev split for names
NAME_LINES = 300
#: names that no run was tuned with, and the corpus that each is tried on; the second of each is not
#: in the inventory
NAMES = {
    "bc5cdr": {
        "Chemical": ("Chemical entity", "Toxin or remedy"),
        "Disease": ("Disorders", "Morbidity"),
    },
    "bc2gm": {"Gene": ("Gene or gene product", "Locus or polypeptide")},
    "linnaeus": {"Species": ("Taxon", "Fauna and flora")},
}
#: lines of each dev split after those of the calibration, to measure the scores on
SCORE_LINES = 500


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


class Card:
    """The tables of one model, measured with one program."""

    def __init__(self, program: str, model: str, corpora: str | Path, only: str):
        self.program, self.model, self.corpora = program, model, Path(corpora)
        self.sets = available(corpora, only)

    def evaluate(self, lines: list[str], *more: str) -> dict:
        return evaluate(self.program, self.model, lines, *more)

    def lines(self, corpus: str, count: int | None = None) -> list[str]:
        """The first lines of a corpus; none if it is not there."""
        found = [dev for dev in self.sets if dev.corpus == corpus]
        return read(self.corpora, found[0])[:count] if found else []

    def figures(self) -> str:
        """F1, precision and recall of each corpus."""
        rows, f1 = [], {}
        for dev in self.sets:
            result = self.evaluate(read(self.corpora, dev))
            kinds = sorted(result["by_type"].items(), key=lambda item: -item[1]["f1"])
            kinds = [f"{kind} {percent(value['f1'])}" for kind, value in kinds]
            shown = [percent(result["micro"][of]) for of in ("f1", "precision", "recall")]
            name = dev.corpus if dev.trained else f"{dev.corpus} (never seen)"
            rows.append([name, dev.kind, *shown, ", ".join(kinds) if len(kinds) > 1 else ""])
            f1[dev.corpus] = result["micro"]["f1"]
        old = [f1[corpus] for corpus in OLD if corpus in f1]
        if old:
            rows.append(
                [f"mean of the first {len(old)}", "", percent(sum(old) / len(old)), "", "", ""]
            )
        return table(["corpus", "text", "F1", "precision", "recall", "by type"], rows)

    def presets(self) -> str:
        """F1 of each type of a preset when all are asked for at once, and alone."""
        rows = []
        for dev in self.sets:
            lines = read(self.corpora, dev)[: PRESET_LINES.get(dev.corpus, NAME_LINES)]
            at_once = self.evaluate(lines, "--preset", dev.kind)["by_type"]
            wanted = [kind for kind in at_once if at_once[kind]["gold"]]
            for kind in wanted:
                alone = self.evaluate(restrict(lines, (kind,)))["micro"]["f1"]
                rows.append([dev.corpus, kind, percent(at_once[kind]["f1"]), percent(alone)])
        return table(["corpus", "type", "all of the preset", "alone"], rows)

    def names(self) -> str:
        """F1 of types by names that the model was not tuned with."""
        rows = []
        for corpus, others in NAMES.items():
            lines = self.lines(corpus, NAME_LINES)
            if not lines:
                continue
            known = self.evaluate(lines)["by_type"]
            for kind, names in others.items():
                for name in names:
                    renamed = self.evaluate(rename(lines, {kind: name}))["by_type"][name]["f1"]
                    rows.append([corpus, kind, percent(known[kind]["f1"]), name, percent(renamed)])
        return table(["corpus", "type", "F1", "another name", "F1 by it"], rows)

    def scores(self, calibrated: int) -> str:
        """The share of right mentions by score, for each kind of text.

        On lines after the `calibrated` first ones of a corpus.
        """
        tables = []
        for kind in PRESETS:
            lines: list[str] = []
            for dev in self.sets:
                if dev.kind == kind and dev.trained:
                    every = read(self.corpora, dev)
                    start = calibration_count(len(every), calibrated)
                    lines += every[start : start + SCORE_LINES]
            if not lines:
                continue
            result = self.evaluate(lines)["scores"]
            rows = [
                [f"{bin['mentions']:,}", f"{percent(bin['score'])} %", f"{percent(bin['right'])} %"]
                for bin in reversed(result["bins"])
            ]
            off = f"{kind}: the mean score, weighted by mentions, is {100 * result['error']:.1f}"
            tables.append(
                f"{off} points off.\n\n{table(['mentions', 'mean score', 'right'], rows)}"
            )
        return "\n".join(tables)

    def formats(self) -> str:
        """F1 and time of each output format, the best first."""
        lines = [line for name, count in FORMAT_LINES.items() for line in self.lines(name, count)]
        results = {form: self.evaluate(lines, "--format", form) for form in FORMATS}
        ranked = sorted(results.items(), key=lambda item: -item[1]["micro"]["f1"])
        rows = [
            [f"`{form}`", percent(result["micro"]["f1"]), f"{result['seconds']:.0f}"]
            for form, result in ranked
        ]
        gold = next(iter(results.values()))["micro"]["gold"]
        return f"{gold} entities.\n\n" + table(["format", "F1", "seconds"], rows)


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add("--bioner", required=True, help="the bioner program")
    add("--model", required=True, help="GGUF file, calibrated")
    add("--corpora", required=True, help="folder of the corpora")
    add("--only", default="", help="names of the corpora to use; all that are there if not given")
    add("--tables", default="figures,presets,names,scores,formats")
    add(
        "--calibrated",
        type=int,
        default=300,
        help="dev lines of each corpus that `calibrate` used",
    )
    options = parser.parse_args(argv)
    card = Card(options.bioner, options.model, options.corpora, options.only)
    made = {
        "figures": card.figures,
        "presets": card.presets,
        "names": card.names,
        "scores": lambda: card.scores(options.calibrated),
        "formats": card.formats,
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
