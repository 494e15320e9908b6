"""The study's results as a table and a plot: `python -m bioner_training.study_report FOLDER`."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from statistics import mean, pstdev
from xml.sax.saxutils import escape

from . import markdown

COLUMNS = (
    "format", "model", "F1", "+/-", "F1, grammar", "without LINNAEUS", "unparsable %", "invented %", "tokens", "ms",
    "ms, grammar",
)  # fmt: skip
SEED_COLUMNS = ("format", "model", "F1", "F1, grammar", "without LINNAEUS", "unparsable %")
#: has so few entities that one found or missed moves a mean by points; so there is a mean without it too
FEW_ENTITIES = "linnaeus"
#: how the dots of models tuned on one format, and on all, are filled
SINGLE, MULTI = "#2563a8", "white"


def rows(results: Path) -> list[dict]:
    """A row for each model and format: means over seeds of means over corpora, and the `seeds` themselves."""
    found: dict[tuple[str, str], list[dict]] = {}
    for path in sorted(results.glob("*.json")):
        result = json.loads(path.read_text())
        found.setdefault((result["format"], result["model"]), []).append(_summary(result))
    table = []
    for (form, model), seeds in found.items():
        row = {"format": form, "model": "multi" if model == "multi" else "single", "seeds": seeds}
        for key in ("f1", "grammar", "others", "unparsable", "invented", "tokens", "seconds", "held_seconds"):
            values = [seed[key] for seed in seeds if seed[key] is not None]
            row[key] = mean(values) if values else None
        row["spread"] = pstdev(seed["f1"] for seed in seeds)
        table.append(row)
    return sorted(table, key=lambda row: (row["model"] == "multi", -row["f1"]))


def _summary(result: dict) -> dict:
    free, held = list(result["free"].values()), list(result["grammar"].values())
    others = [corpus for name, corpus in result["grammar"].items() if name != FEW_ENTITIES]
    sentences = sum(corpus["sentences"] for corpus in free)
    mentions = sum(corpus["mentions"] for corpus in free)
    return {
        "f1": mean(corpus["micro"]["f1"] for corpus in free),
        "grammar": _mean_f1(held),
        "others": _mean_f1(others),
        "unparsable": 100 * sum(corpus["unparsable"] for corpus in free) / sentences,
        "invented": 100 * sum(corpus["invented"] for corpus in free) / max(1, mentions),
        "tokens": sum(corpus["tokens_written"] for corpus in free) / sentences,
        "seconds": sum(corpus["seconds"] for corpus in free) / sentences,
        # `bioner` worked on the same sentences
        "held_seconds": sum(corpus["seconds"] for corpus in held) / sentences if held else None,
    }


def _mean_f1(held: list[dict]) -> float | None:
    """In per cent, where `bioner eval` gives shares of one."""
    return mean(100 * corpus["micro"]["f1"] for corpus in held) if held else None


def table(found: list[dict]) -> str:
    """The rows as a Markdown table; times are milliseconds a sentence."""
    lines = []
    for row in found:
        held = row["grammar"] is not None
        cells = (
            row["format"], row["model"], f"{row['f1']:.1f}", f"{row['spread']:.1f}",
            _tenths(row["grammar"]), _tenths(row["others"]),
            f"{row['unparsable']:.2f}", f"{row['invented']:.2f}", f"{row['tokens']:.1f}",
            f"{1000 * row['seconds']:.0f}", f"{1000 * row['held_seconds']:.0f}" if held else "",
        )  # fmt: skip
        lines.append(cells)
    return markdown.table(COLUMNS, lines)


def by_seed(found: list[dict]) -> str:
    """What each seed of the rows with several gave, as a Markdown table."""
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


def plot(found: list[dict]) -> str:
    """F1 over tokens written for a sentence, as SVG: a dot for each row, filled where the model was tuned on it alone."""
    width, height, edge = 760, 460, 60
    low = 5 * int(min(row["f1"] for row in found) // 5)
    high = 5 * int(max(row["f1"] for row in found) // 5 + 1)
    least = 0.8 * min(row["tokens"] for row in found)
    most = 1.8 * max(row["tokens"] for row in found)  # room for the last label
    span = math.log(most / least)
    across = lambda tokens: edge + math.log(tokens / least) / span * (width - 2 * edge)  # noqa: E731
    up = lambda f1: height - edge - (f1 - low) / (high - low) * (height - 2 * edge)  # noqa: E731
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="{width / 2}" y="{height - 18}" text-anchor="middle">'
        "tokens written for a sentence</text>",
        f'<text x="16" y="{edge - 24}">strict F1 without a grammar, mean over corpora</text>',
    ]
    if len({row["model"] for row in found}) > 1:
        for fill, what, y in ((SINGLE, "tuned on one format", 30), (MULTI, "tuned on all", 46)):
            parts.append(
                f'<circle cx="{width - 180}" cy="{y - 4}" r="4" fill="{fill}" stroke="{SINGLE}"/>'
                f'<text x="{width - 168}" y="{y}">{what}</text>'
            )
    for f1 in range(low, high + 1, 5):
        parts.append(
            f'<path d="M{edge} {up(f1):.1f}H{width - edge}" stroke="#ddd"/>'
            f'<text x="{edge - 8}" y="{up(f1) + 4:.1f}" text-anchor="end">{f1}</text>'
        )
    for tokens in (5, 10, 20, 50, 100, 200):
        if least <= tokens <= most:
            parts.append(
                f'<text x="{across(tokens):.1f}" y="{height - edge + 16}" text-anchor="middle">'
                f"{tokens}</text>"
            )
    points = [(across(row["tokens"]), up(row["f1"])) for row in found]
    for row, (x, y), label in zip(found, points, _beside(found, points), strict=True):
        fill = MULTI if row["model"] == "multi" else SINGLE
        if abs(label - y) > 1:
            parts.append(f'<path d="M{x:.1f} {y:.1f}L{x + 10:.1f} {label:.1f}" stroke="#888"/>')
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{SINGLE}"/>'
            f'<text x="{x + 12:.1f}" y="{label + 4:.1f}" stroke="white" stroke-width="3" paint-order="stroke">'
            f"{escape(row['format'])}</text>"
        )
    return "\n".join([*parts, "</svg>\n"])


def _beside(found: list[dict], points: list[tuple[float, float]]) -> list[float]:
    """How high the label of each point stands: as near to it as no other point or label is."""
    letter, line, radius = 6.2, 13, 5
    taken = [(x - radius, x + radius, y) for x, y in points]
    heights = []
    for row, (x, y) in zip(found, points, strict=True):
        left, right = x + 11, x + 12 + letter * len(row["format"])
        free = lambda height: all(  # noqa: E731
            right < a or b < left or abs(height - at) >= line  # noqa: B023
            for a, b, at in taken
        )
        offsets = (sign * line / 2 * step for step in range(40) for sign in (1, -1))
        height = next((y + offset for offset in offsets if free(y + offset)), y)
        taken.append((left, right, height))
        heights.append(height)
    return heights


def report(results: Path, folder: Path) -> None:
    """Writes `table.md`, `seeds.md` and `plot.svg` beside the results."""
    found = rows(results)
    if found:
        (folder / "table.md").write_text(table(found))
        (folder / "seeds.md").write_text(by_seed(found))
        (folder / "plot.svg").write_text(plot(found))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    report(Path(sys.argv[1]) / "results", Path(sys.argv[1]))
