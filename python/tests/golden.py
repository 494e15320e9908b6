"""The golden files of the engine, `tests/golden/`, shared with Rust and the browser."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]


def read(name: str) -> list[dict]:
    """The lines of a golden file."""
    with open(ROOT / "tests" / "golden" / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
