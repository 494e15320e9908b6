"""Calibrates the scores of a model: `python -m bioner_training.calibrate --help`.

The probabilities of a tuned model are too high. This program runs `bioner eval` on dev sentences,
takes the logistic function that it fits to the scores (Platt, 1999), and writes the model with that
function in its metadata and the weights unchanged. At most the first half of each dev split is
used, so that the calibration can be tested on the rest. The output format that the model writes by
default is written, too.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from bioner.engine import FORMATS

from .command_line import add_corpora, new_parser, report_errors
from .data.corpora import calibration_count, read_lines
from .evaluation.bioner_program import evaluate
from .model import gguf_file

SCALE, SHIFT = "bioner.score.scale", "bioner.score.shift"
FORMAT = "bioner.format"
#: which types the models before this one were asked for together: all of them now
TYPE_SETS = "bioner.type_sets"
#: scale and shift that leave probabilities as they are
IDENTITY = 1.0, 0.0


def write(
    path: str | Path,
    model: gguf_file.ModelFile,
    scale: float,
    shift: float,
    form: str,
    name: str | None = None,
) -> None:
    """Writes the model with this function, its default format and a name, if given, as metadata.

    Every tensor stays as it is.
    """
    tensors = {t.name: torch.from_numpy(np.array(t.data)) for t in model.reader.tensors}
    stored = {name.removesuffix(".weight"): kind for name, kind in model.types().items()}
    changes = {SCALE: float(scale), SHIFT: float(shift), FORMAT: form}
    if model.reader.get_field(TYPE_SETS) is not None:
        changes[TYPE_SETS] = ""
    if name:
        changes["general.name"] = name
    gguf_file.write(path, model, tensors, stored, changes)


def calibration_lines(corpora: str | Path, name: str, sample: int) -> list[str]:
    """The first lines of a dev split, which the calibration uses."""
    lines = read_lines(corpora, name, "dev")
    return lines[: calibration_count(len(lines), sample)]


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add("--model", required=True, help="GGUF file")
    add_corpora(parser)
    add("--bioner", required=True, help="the bioner program")
    add("--sample", type=int, default=300, help="dev lines of each corpus")
    add("--format", default="compact", choices=FORMATS, help="the output format by default")
    add("--name", help="another name for the model")
    add("--out", required=True, help="GGUF file to write")
    options = parser.parse_args(argv)
    model = gguf_file.ModelFile(options.model)
    lines = [
        line
        for name in options.only.split(",")
        for line in calibration_lines(options.corpora, name, options.sample)
    ]
    write(options.out, model, *IDENTITY, options.format)
    scores = evaluate(options.bioner, options.out, lines, "--format", options.format)["scores"]
    scale, shift = scores["scale"], scores["shift"]
    write(options.out, model, scale, shift, options.format, options.name)
    print(f"wrote {options.out}: {SCALE} {scale:.4f}, {SHIFT} {shift:.4f}")
    print(f"on {len(lines)} lines the scores were {100 * scores['error']:.1f} points off")
    return 0


if __name__ == "__main__":
    sys.exit(main())
