"""Runs the `bioner` program: the engine as it ships, under its grammar."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path


def evaluate(program: str, model: str | Path, lines: Iterable[str], *more: str) -> dict:
    """The output of `bioner eval` for these corpus lines; `more` are further arguments.

    Raises `ValueError` with the message of the program if it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "dev.jsonl"
        corpus.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return json.loads(_run([program, "eval", "--model", str(model), *more, str(corpus)]))


def extract(
    program: str, model: str | Path, texts: Iterable[str], types: Iterable[str], *more: str
) -> list[list[dict]]:
    """The entities of these types that `bioner extract` finds in each text.

    `more` are further arguments. Raises `ValueError` with the message of the program unless it read
    every text.
    """
    asked = "".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(texts))
    command = [program, "extract", "--model", str(model), "--types", ",".join(types), *more, "-"]
    answers = [json.loads(line) for line in _run(command, asked).splitlines()]
    bad = [answer for answer in answers if "entities" not in answer]
    if bad or len(answers) != asked.count("\n"):
        raise ValueError(f"{' '.join(command)}: not every text was read {json.dumps(bad[:1])}")
    return [answer["entities"] for answer in answers]


def _run(command: list[str], given: str | None = None) -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout
