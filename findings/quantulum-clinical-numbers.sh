#!/bin/sh
# quantulum3 0.10.0 divides a blood pressure, and reads other clinical units as those of physics.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0 inflect==7.5.0 num2words==0.5.14
"$folder/venv/bin/python" -W ignore - <<'EOF'
from importlib.metadata import version
from quantulum3 import parser

print("quantulum3", version("quantulum3"))
for text, expected in [
    ("BP was 120/80 mmHg.", [(1.5, "millimeter of mercury")]),
    ("Sodium 140 mmol/L.", [(140, "metre mole per litre")]),
    ("Leucocytes 4.5 x 10^9/L.", [(4.5, "dimensionless"), (10, "dimensionless"), (9, "per litre")]),
    ("Heart rate 80 bpm.", [(80, "base pair metre")]),
    ("Insulin 12 U.", [(12, "atomic mass unit")]),
    ("Fentanyl 50 µg.", [(50, "microgram")]),
]:
    read = [(one.value, one.unit.name) for one in parser.parse(text)]
    print(f"{text} {read}")
    assert read == expected
EOF
