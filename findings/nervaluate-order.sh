#!/bin/sh
# nervaluate 1.2.1 gives other scores if the same predictions are listed in another order.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nervaluate==1.2.1
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
from nervaluate import Evaluator

def mention(start, end, label):
    return {"label": label, "start": start, "end": end}

def strict(true, predicted):
    found = Evaluator([true], [predicted], tags=["Anatomy", "Disease", "Gene", "Chemical"], loader="dict")
    overall = found.evaluate()["overall"]["strict"]
    return overall.correct, round(overall.f1, 2)

print("nervaluate", version("nervaluate"))
# "breast cancer" with "breast" inside it, and "insulin" as a gene and as a chemical.
for name, true, right, other in [
    ("breast cancer", mention(0, 13, "Disease"), mention(0, 13, "Disease"), mention(0, 6, "Anatomy")),
    ("insulin", mention(0, 7, "Gene"), mention(0, 7, "Gene"), mention(0, 7, "Chemical")),
]:
    first, last = strict([true], [right, other]), strict([true], [other, right])
    print(f"{name}: true {true}")
    print(f"  predicted {right}, then {other}: strict (correct, F1) {first}")
    print(f"  the same two the other way round: strict (correct, F1) {last}")
    assert first == (1, 0.67) and last == (0, 0)
EOF
