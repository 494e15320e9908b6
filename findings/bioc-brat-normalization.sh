#!/bin/sh
# bioc 2.1 drops the normalization lines of a brat file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bioc==2.1
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
from bioc import brat

text = "Severe gastritis by H. pylori"
lines = [
    "T1\tDisease 7 16\tgastritis",
    "T2\tSpecies 20 29\tH. pylori",
    "R1\tCauses Arg1:T2 Arg2:T1",
    "A1\tCertainty T1 high",
    "#1\tAnnotatorNotes T1\tseen twice",
    "N1\tReference T2 Taxonomy:210\tHelicobacter pylori",
]
document = brat.load(io.StringIO(text), io.StringIO("\n".join(lines) + "\n"))
written = io.StringIO()
brat.dump(document, io.StringIO(), written)
kept = written.getvalue().splitlines()
print("bioc", version("bioc"))
print("written back:", kept)
assert {line.split("\t")[0] for line in kept} == {"T1", "T2", "R1", "A1", "#1"}
EOF
