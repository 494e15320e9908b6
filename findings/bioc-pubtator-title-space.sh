#!/bin/sh
# bioc 2.1 removes white space at the end of a PubTator title, which shifts the offsets of the abstract.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bioc==2.1
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
from bioc import pubtator

def read(title):
    # Offsets run through the title, one character, and the abstract, as printed.
    text = f"{title}\nIt helps asthma."
    start = text.index("asthma")
    line = f"1\t{start}\t{start + 6}\tasthma\tDisease\tD001249"
    document = pubtator.load(io.StringIO(f"1|t|{title}\n1|a|It helps asthma.\n{line}\n\n"))[0]
    [annotation] = document.annotations
    return document.text[annotation.start:annotation.end]

print("bioc", version("bioc"))
for title in ["Aspirin in stroke", " Aspirin in stroke", "Aspirin in stroke "]:
    print(f"title {title!r}: the annotation asthma covers {read(title)!r}")
assert read("Aspirin in stroke") == read(" Aspirin in stroke") == "asthma"
assert read("Aspirin in stroke ") == "sthma."
EOF
