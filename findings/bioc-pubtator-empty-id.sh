#!/bin/sh
# bioc 2.1 takes a PubTator annotation with an empty identifier for a relation.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bioc==2.1
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
from bioc import pubtator

head = "1|t|Aspirin in stroke\n1|a|It helps.\n"
def read(identifier):
    return pubtator.load(io.StringIO(f"{head}1\t0\t7\tAspirin\tChemical\t{identifier}\n\n"))[0]

print("bioc", version("bioc"))
for identifier in ["D001241", "-", ""]:
    document = read(identifier)
    print(f"identifier {identifier!r}: {len(document.annotations)} annotations, {len(document.relations)} relations")
assert len(read("D001241").annotations) == len(read("-").annotations) == 1
assert read("").annotations == [] and len(read("").relations) == 1
EOF
