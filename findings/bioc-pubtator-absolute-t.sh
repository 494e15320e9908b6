#!/bin/sh
# bioc 2.1 takes a PubTator abstract that mentions |t| for another title.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bioc==2.1
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
from bioc import pubtator

def read(abstract):
    [document] = pubtator.load(io.StringIO(f"1|t|Aspirin in stroke\n1|a|{abstract}\n\n"))
    return document.title, document.abstract

print("bioc", version("bioc"))
for abstract in ["The effect was small (t = 2.9).", "The effect was small (|t| = 2.9)."]:
    print(f"abstract {abstract!r}: title and abstract read are {read(abstract)}")
assert read("The effect was small (t = 2.9).") == ("Aspirin in stroke", "The effect was small (t = 2.9).")
assert read("The effect was small (|t| = 2.9).") == (" = 2.9).", None)
EOF
