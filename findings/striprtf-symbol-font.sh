#!/bin/sh
# striprtf 0.0.35 reads letters of the Symbol font as Latin ones: micrograms become milligrams.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
from striprtf.striprtf import rtf_to_text

print("striprtf", version("striprtf"))
# \fcharset2 is the Symbol character set: m is μ, a is α, and 0xB3 is ≥.
fonts = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\froman\fcharset2 Symbol;}{\f2\fswiss\fcharset161 Arial Greek;}}"
for stands, note, expected in [
    ("fentanyl 50 μg, TNF-α", r"fentanyl 50 {\f1 m}g, TNF-{\f1 a}", "fentanyl 50 mg, TNF-a"),
    ("fentanyl 50 μg, if pain ≥ 4", r"fentanyl 50 {\f1\'6d}g, if pain {\f1\'b3} 4", "fentanyl 50 mg, if pain ³ 4"),
    ("fentanyl 50 μg, TNF-α", r"fentanyl 50 {\f2\'ec}g, TNF-{\f2\'e1}", "fentanyl 50 μg, TNF-α"),
]:
    text = rtf_to_text(r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + r"\pard\f0 " + note + "}")
    print(f"{note}\n  stands for {stands!r}, read as {text!r}")
    assert text == expected
EOF
