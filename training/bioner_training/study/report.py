"""Writes the tables and the plot of a study: `python -m bioner_training.study.report FOLDER`.

FOLDER holds `results.jsonl`; `table.md`, `seeds.md` and `plot.svg` are written beside it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..evaluation import markdown
from .plot import plot
from .results import read_results
from .summary import rows

COLUMNS = (
    "format",
    "model",
    "F1",
    "+/-",
    "F1, grammar",
    "without LINNAEUS",
    "unparsable %",
    "invented %",
    "tokens",
    "ms",
    "ms, grammar",
)
SEED_COLUMNS = ("format", "model", "F1", "F1, grammar", "without LINNAEUS", "unparsable %")


def table(found: list[dict]) -> str:
    """The rows as a Markdown table; times are milliseconds a sentence."""
    lines = []
    for row in found:
        cells = (
            row["format"],
            row["model"],
            f"{row['f1']:.1f}",
            f"{row['spread']:.1f}",
            _tenths(row["grammar"]),
            _tenths(row["others"]),
            f"{row['unparsable']:.2f}",
            f"{row['invented']:.2f}",
            f"{row['tokens']:.1f}",
            f"{1000 * row['seconds']:.0f}",
            "" if row["grammar_seconds"] is None else f"{1000 * row['grammar_seconds']:.0f}",
        )
        lines.append(cells)
    return markdown.table(COLUMNS, lines)


def by_seed(found: list[dict]) -> str:
    """The scores of each seed, for the rows with several, as a Markdown table."""
    lines = []
    for row in found:
        if len(row["seeds"]) > 1:
            values = (
                ", ".join(_tenths(seed[key]) for seed in row["seeds"])
                for key in ("f1", "grammar", "others", "unparsable")
            )
            lines.append((row["format"], row["model"], *values))
    return markdown.table(SEED_COLUMNS, lines)


def _tenths(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def report(folder: Path) -> None:
    """Writes the tables and the plot of the results in a folder, if it has any."""
    found = rows(read_results(folder))
    if found:
        (folder / "table.md").write_text(table(found))
        (folder / "seeds.md").write_text(by_seed(found))
        (folder / "plot.svg").write_text(plot(found))


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    report(parser.parse_args(argv).folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
