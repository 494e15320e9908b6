"""Calibrates the scores of a model: `python -m bioner_training.calibrate --help`.

The probabilities of a tuned model are too high. This program runs `bioner eval` on dev sentences,
takes the logistic function that it fits to the scores (Platt, 1999), and writes the model with that
function in its metadata and the weights unchanged. At most the first half of each dev split is
used, so that the calibration can be tested on the rest. Each kind of text, which is a preset of the
inventory, has a function of its own, and there is one for all. The output format that the model
writes by default is written, too.

With `--adapters` it is their scores that are calibrated, and their file that is written.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bioner.engine import FORMATS

from .command_line import new_parser, report_errors
from .data.corpora import calibration_count
from .evaluation.bioner_program import evaluate
from .evaluation.dev_sets import DevSet, available, read
from .examples.type_names import PRESETS as TYPES
from .model import adapter_file, gguf_file

SCALE, SHIFT = "bioner.score.scale", "bioner.score.shift"
#: for each kind of text, a line with the name of the preset, the scale and the shift
PRESETS = "bioner.score.presets"
FORMAT = "bioner.format"
#: names of types that are asked for without the adapters
EXCEPT = "bioner.adapter.except"
#: which types the models before this one were asked for together: all of them now
TYPE_SETS = "bioner.type_sets"


@dataclass(frozen=True)
class Calibration:
    """A logistic function of the log odds; by default one that leaves probabilities as they are."""

    scale: float = 1.0
    shift: float = 0.0


def scores(general: Calibration, presets: dict[str, Calibration]) -> dict[str, object]:
    """The metadata for these functions."""
    lines = [f"{kind} {own.scale:.6g} {own.shift:.6g}" for kind, own in presets.items()]
    return {
        SCALE: float(general.scale),
        SHIFT: float(general.shift),
        PRESETS: "\n".join(lines),
    }


def names_of_weights(model: gguf_file.ModelFile) -> list[str]:
    """The names of types that are asked for without the adapters.

    These are the names that the weights were tuned with, but for those that the presets of other
    texts than literature ask by.
    """
    lines = str(model.field(TYPE_SETS)).splitlines()
    names = [name.strip() for line in lines for name in line.split(",")]
    others = {name for kind, types in TYPES.items() if kind != "literature" for name in types}
    kept = dict.fromkeys(name for name in names if name)
    return [name for name in kept if name not in others or name in TYPES["literature"]]


def write(
    path: str | Path,
    model: gguf_file.ModelFile,
    form: str,
    general: Calibration,
    presets: dict[str, Calibration],
    name: str | None = None,
) -> None:
    """Writes the model with these functions, its default format and a name, if given, as metadata.

    Every tensor stays as it is.
    """
    tensors, stored = model.stored()
    changes = {**scores(general, presets), FORMAT: form}
    if model.reader.get_field(TYPE_SETS) is not None:
        changes[TYPE_SETS] = ""
    if name:
        changes["general.name"] = name
    gguf_file.write(path, model, tensors, stored, changes)


def calibration_lines(corpora: str | Path, dev: DevSet, sample: int) -> list[str]:
    """The first lines of a dev split, which the calibration uses."""
    lines = read(corpora, dev)
    return lines[: calibration_count(len(lines), sample)]


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add("--model", required=True, help="GGUF file")
    add("--corpora", required=True, help="folder of the corpora")
    add("--only", default="", help="names of the corpora to use; all that are there if not given")
    add("--bioner", required=True, help="the bioner program")
    add("--sample", type=int, default=300, help="dev lines of each corpus")
    add("--format", default="compact", choices=FORMATS, help="the output format by default")
    add("--name", help="another name for the model")
    add("--adapters", help="the file of the model's adapters, which is calibrated instead")
    add("--out", required=True, help="GGUF file to write")
    options = parser.parse_args(argv)
    model = gguf_file.ModelFile(options.model)
    lines: dict[str, list[str]] = {}
    for dev in available(options.corpora, options.only):
        if dev.trained:
            lines.setdefault(dev.kind, []).extend(
                calibration_lines(options.corpora, dev, options.sample)
            )
    joined = Path(f"{options.out}.joined")
    names = names_of_weights(model) if options.adapters else []

    def put(general: Calibration, presets: dict[str, Calibration]) -> Path:
        """Writes the result; returns what the program is to load."""
        if not options.adapters:
            write(options.out, model, options.format, general, presets, options.name)
            return Path(options.out)
        values = {FORMAT: options.format, EXCEPT: ",".join(names), **scores(general, presets)}
        adapter_file.describe(options.adapters, options.out, values)
        joined.write_bytes(Path(options.model).read_bytes() + Path(options.out).read_bytes())
        return joined

    loaded = put(Calibration(), {})

    def fit(part: list[str]) -> Calibration:
        report = evaluate(options.bioner, loaded, part, "--format", options.format)
        scores = report["scores"]
        off = 100 * scores["error"]
        print(f"scale {scores['scale']:.4f}, shift {scores['shift']:.4f}; ", end="")
        print(f"the bare probabilities of {len(part)} lines are {off:.1f} points off", flush=True)
        return Calibration(scores["scale"], scores["shift"])

    general = fit([line for part in lines.values() for line in part])
    presets = {kind: fit(part) for kind, part in lines.items()} if len(lines) > 1 else {}
    put(general, presets)
    joined.unlink(missing_ok=True)
    print(f"wrote {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
