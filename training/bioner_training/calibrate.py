"""Scores that mean what they say: `python -m bioner_training.calibrate --help`.

A tuned model is surer than it is right. This lets the `bioner` program find the entities of dev
sentences, takes the logistic function of its scores that makes them right (Platt, 1999, as `bioner eval`
reports it), and writes the model with that function in its metadata, its weights byte for byte. At most half of
each dev split is used, its first lines: whether it holds is seen on the others. The types that the engine shall
ask for together (`instruct.type_sets`) are written with it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import torch

from . import data, gguf_io, instruct
from .errors import told
from .program import evaluate

SCALE, SHIFT = "bioner.score.scale", "bioner.score.shift"
TYPE_SETS = "bioner.type_sets"
#: scale and shift that leave probabilities as they are
NONE = 1.0, 0.0


def write(
    path: str | Path,
    model: gguf_io.ModelFile,
    scale: float,
    shift: float,
    name: str | None = None,
) -> None:
    """Writes the model with this function and the sets of types in its metadata, and this name if there
    is one, and every tensor as it is."""
    tensors = {t.name: torch.from_numpy(np.array(t.data)) for t in model.reader.tensors}
    stored = {name.removesuffix(".weight"): kind for name, kind in model.types().items()}
    changes = {SCALE: float(scale), SHIFT: float(shift), TYPE_SETS: instruct.type_sets()}
    if name:
        changes["general.name"] = name
    gguf_io.write(path, model, tensors, stored, changes)


def head(corpora: str | Path, name: str, sample: int) -> list[str]:
    """The first lines of a dev split that are used."""
    lines = (Path(corpora) / name / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return lines[: reach(len(lines), sample)]


def reach(lines: int, sample: int) -> int:
    """How many of a split's lines are used: half of it at most."""
    return min(sample, lines // 2)


@told
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--model", required=True, help="GGUF file")
    add("--corpora", required=True)
    add("--bioner", required=True, help="the bioner program")
    add("--only", default=",".join(data.CORPORA))
    add("--sample", type=int, default=300, help="dev lines of each corpus")
    add("--name", help="the model's name, if it shall have another")
    add("--out", required=True, help="GGUF file to write")
    options = parser.parse_args(argv)
    model = gguf_io.ModelFile(options.model)
    lines = [
        line
        for name in options.only.split(",")
        for line in head(options.corpora, name, options.sample)
    ]
    write(options.out, model, *NONE)
    scores = evaluate(options.bioner, options.out, lines)["scores"]
    scale, shift = scores["scale"], scores["shift"]
    write(options.out, model, scale, shift, options.name)
    print(f"wrote {options.out}: {SCALE} {scale:.4f}, {SHIFT} {shift:.4f}")
    print(f"on {len(lines)} lines the scores were {100 * scores['error']:.1f} points off")
    return 0


if __name__ == "__main__":
    sys.exit(main())
