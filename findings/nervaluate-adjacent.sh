#!/bin/sh
# nervaluate 1.2.1 takes two mentions that only touch for overlapping ones.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nervaluate==1.2.1
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
from nervaluate import Evaluator

# "aspirin5-FU", as two columns of a table run together: the ends are exclusive, no character is shared.
text = "aspirin5-FU"
true = [{"label": "Chemical", "start": 0, "end": 7}]
predicted = [{"label": "Chemical", "start": 7, "end": 11}]
print("nervaluate", version("nervaluate"))
print("true:", text[0:7], "predicted:", text[7:11])
counts = {}
for name, one in Evaluator([true], [predicted], tags=["Chemical"], loader="dict").evaluate()["overall"].items():
    counts[name] = (one.correct, one.incorrect, one.partial, one.missed, one.spurious)
    print(name, "(correct, incorrect, partial, missed, spurious):", counts[name])
assert counts["ent_type"] == (1, 0, 0, 0, 0)
assert counts["partial"] == (0, 0, 1, 0, 0)
EOF
