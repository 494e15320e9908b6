"""Tiny corpora and programs, made anew for each test that needs them."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def marked(text: str, *mentions: tuple[str, str]) -> dict:
    """A corpus line: every occurrence of each (mention, type) in the text is an entity."""
    entities = []
    for mention, kind in mentions:
        at = text.find(mention)
        while at >= 0:
            entities.append({"start": at, "end": at + len(mention), "type": kind})
            at = text.find(mention, at + 1)
    return {"text": text, "entities": sorted(entities, key=lambda e: e["start"])}


SENTENCES = [
    marked("Aspirin-induced asthma (AIA) is common.", ("Aspirin", "Chemical"),
           ("asthma", "Disease"), ("AIA", "Disease")),
    marked("No effect was seen in the control group."),
    marked("L-dopa / carbidopa caused dyskinesia in 3 patients.", ("L-dopa", "Chemical"),
           ("carbidopa", "Chemical"), ("dyskinesia", "Disease")),
    marked("Patients with gout got colchicine 0.5 mg; gout improved.", ("gout", "Disease"),
           ("colchicine", "Chemical")),
    marked("TNF-alpha inhibitors and psoriasis.", ("psoriasis", "Disease")),
]  # fmt: skip


def write_corpora(folder: Path) -> Path:
    """Writes two corpora: one of Chemical and Disease, one of abstracts with Disease."""
    for name, types in (("bc5cdr", ["Chemical", "Disease"]), ("ncbi-disease", ["Disease"])):
        (folder / name).mkdir(parents=True)
        for split in ("train", "dev"):
            with open(folder / name / f"{split}.jsonl", "w", encoding="utf-8") as file:
                for number, line in enumerate(SENTENCES):
                    kept = [e for e in line["entities"] if e["type"] in types]
                    value = {"id": f"{name}-{number}", "types": types, **line, "entities": kept}
                    print(json.dumps(value), file=file)
    return folder


def write_program(path: Path, body: str) -> str:
    """Writes a program that stands for `bioner`: Python that has imported json and sys."""
    path.write_text(f"#!{sys.executable}\nimport json, sys\n{body}", encoding="utf-8")
    path.chmod(0o700)
    return str(path)
