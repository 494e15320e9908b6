"""The results of a study: `results.jsonl`, one line for each model, seed and format.

A line has `model`, `seed`, `format` and `settings`; under `free`, the scores of each corpus without
a grammar, with F1 in per cent; and under `grammar`, those of `bioner eval`, with F1 from 0 to 1.
"""

from __future__ import annotations

import json
from pathlib import Path

NAME = "results.jsonl"
#: what is kept of the scores of a corpus
FREE = (
    "sentences",
    "unparsable",
    "unfinished",
    "mentions",
    "invented",
    "tokens_written",
    "seconds",
)
GRAMMAR = ("seconds",)
MICRO = ("f1", "right", "correct", "found", "gold")


def compact(result: dict) -> dict:
    """A result without the scores that the report does not need."""
    kept = dict(result)
    for part, keys in (("free", FREE), ("grammar", GRAMMAR)):
        kept[part] = {
            corpus: {
                "micro": {key: scores["micro"][key] for key in MICRO if key in scores["micro"]},
                **{key: scores[key] for key in keys},
            }
            for corpus, scores in result[part].items()
        }
    return kept


def read_results(folder: Path) -> list[dict]:
    """The results in a folder by model, seed and format, without an incomplete last line."""
    results = [json.loads(line) for line in _complete_lines(folder / NAME)]
    return sorted(results, key=lambda result: (result["model"], result["seed"], result["format"]))


def add_result(folder: Path, result: dict) -> None:
    """Appends a result to those in a folder; the old file stays until the new one is complete."""
    path = folder / NAME
    line = json.dumps(compact(result), separators=(",", ":")).encode()
    part = folder / f"{NAME}.part"
    part.write_bytes(b"".join([*_complete_lines(path), line, b"\n"]))
    part.replace(path)


def _complete_lines(path: Path) -> list[bytes]:
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    return [line for line in lines if line.endswith(b"\n")]
