#!/bin/sh
# medspaCy's sentence splitter PyRuSH 1.0.13 prints the words of a note on standard error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check medspacy==1.3.1 PyRuSH==1.0.13 'numpy<2'
"$folder/venv/bin/python" - <<'EOF'
import subprocess, sys
from importlib.metadata import version

program = "import medspacy; print(len(list(medspacy.load()('Mrs Example has asthma. She takes salbutamol.').sents)))"
run = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
lines = [line for line in run.stderr.splitlines() if "salbutamol" in line or "Example" in line]
print("medspacy", version("medspacy"), "PyRuSH", version("PyRuSH"), "loguru", version("loguru"))
print("sentences:", run.stdout.strip())
print("lines on standard error with words of the note:", len(lines))
print("the first:", lines[0].split(" | ", 1)[1] if lines else "none")
assert lines
EOF
