"""Splits large files in parts, and joins them.

    python -m bioner_training.file_parts split FILE FOLDER --mib 15
    python -m bioner_training.file_parts join FOLDER FILE

For machines that limit the size of the files they exchange. The folder holds the parts and
`parts.json` with the name, size and SHA-256 of the whole file, which joining checks.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .checksum import sha256
from .command_line import report_errors


def split(path: Path, folder: Path, size: int) -> list[Path]:
    """Splits a file in parts of at most `size` bytes; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    with open(path, "rb") as file:
        while block := file.read(size):
            names.append(f"{path.name}.{len(names):03}")
            (folder / names[-1]).write_bytes(block)
    whole = {"name": path.name, "size": path.stat().st_size, "sha256": sha256(path), "parts": names}
    (folder / "parts.json").write_text(json.dumps(whole, indent=1))
    return [folder / name for name in names]


def join(folder: Path, path: Path) -> None:
    """Joins the parts; raises `ValueError` if the result is not the file that was split."""
    whole = json.loads((folder / "parts.json").read_text())
    if missing := {"name", "size", "sha256", "parts"} - set(whole):
        raise ValueError(f"{folder}/parts.json lacks {', '.join(sorted(missing))}")
    part = Path(f"{path}.part")
    with open(part, "wb") as target:
        target.writelines((folder / name).read_bytes() for name in whole["parts"])
    if part.stat().st_size != whole["size"] or sha256(part) != whole["sha256"]:
        raise ValueError(f"the parts in {folder} do not make up {whole['name']}")
    part.replace(path)


@report_errors
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=("split", "join"))
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--mib", type=int, default=60, help="size of a part")
    options = parser.parse_args(argv)
    if options.action == "split":
        split(options.source, options.target, options.mib << 20)
    else:
        join(options.source, options.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
