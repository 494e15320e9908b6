"""A plot of F1 against the tokens that a format takes."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

#: fill colours of the dots of models tuned on one format, and on all
SINGLE, MULTI = "#2563a8", "white"


def plot(found: list[dict]) -> str:
    """F1 over the tokens written for a sentence, as SVG.

    Each row of `summary.rows` is a dot, filled if the model was tuned on that format alone.
    """
    width, height, edge = 760, 460, 60
    low = 5 * int(min(row["f1"] for row in found) // 5)
    high = 5 * int(max(row["f1"] for row in found) // 5 + 1)
    least = 0.8 * min(row["tokens"] for row in found)
    most = 1.8 * max(row["tokens"] for row in found)  # room for the last label
    span = math.log(most / least)

    def x_of(tokens: float) -> float:
        return edge + math.log(tokens / least) / span * (width - 2 * edge)

    def y_of(f1: float) -> float:
        return height - edge - (f1 - low) / (high - low) * (height - 2 * edge)

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
            f'<path d="M{edge} {y_of(f1):.1f}H{width - edge}" stroke="#ddd"/>'
            f'<text x="{edge - 8}" y="{y_of(f1) + 4:.1f}" text-anchor="end">{f1}</text>'
        )
    for tokens in (5, 10, 20, 50, 100, 200):
        if least <= tokens <= most:
            parts.append(
                f'<text x="{x_of(tokens):.1f}" y="{height - edge + 16}" text-anchor="middle">'
                f"{tokens}</text>"
            )
    points = [(x_of(row["tokens"]), y_of(row["f1"])) for row in found]
    for row, (x, y), label in zip(found, points, _label_heights(found, points), strict=True):
        fill = MULTI if row["model"] == "multi" else SINGLE
        if abs(label - y) > 1:
            parts.append(f'<path d="M{x:.1f} {y:.1f}L{x + 10:.1f} {label:.1f}" stroke="#888"/>')
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{SINGLE}"/>'
            f'<text x="{x + 12:.1f}" y="{label + 4:.1f}" stroke="white" '
            'stroke-width="3" paint-order="stroke">'
            f"{escape(row['format'])}</text>"
        )
    return "\n".join([*parts, "</svg>\n"])


def _label_heights(found: list[dict], points: list[tuple[float, float]]) -> list[float]:
    """The y of the label of each point: the nearest that overlaps no other point or label."""
    letter, line, radius = 6.2, 13, 5
    taken = [(x - radius, x + radius, y) for x, y in points]
    heights = []
    for row, (x, y) in zip(found, points, strict=True):
        left, right = x + 11, x + 12 + letter * len(row["format"])
        # the labels and points beside which this label would stand
        near = [at for start, end, at in taken if start <= right and left <= end]
        offsets = (sign * line / 2 * step for step in range(40) for sign in (1, -1))
        heights_to_try = (y + offset for offset in offsets)
        height = next((h for h in heights_to_try if all(abs(h - at) >= line for at in near)), y)
        taken.append((left, right, height))
        heights.append(height)
    return heights
