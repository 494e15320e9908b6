#!/bin/sh
# bioc 2.1 ends a PubTator title at U+2028.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bioc==2.1
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
from bioc import pubtator

print("bioc", version("bioc"))
source = "1|t|Aspirin\u2028in stroke\n1|a|It helps asthma.\n1\t18\t20\tIt\tGene\tG1\n\n"
[document] = pubtator.load(io.StringIO(source))
print("title in the file: 'Aspirin\\u2028in stroke', read:", repr(document.title))
[annotation] = document.annotations
covered = document.text[annotation.start:annotation.end]
print("the annotation", repr(annotation.text), "covers", repr(covered))
assert document.title == "Aspirin" and covered != "It"
EOF
