#!/bin/sh
# obonet 1.3.0 cuts a definition at an exclamation mark inside its quotation marks.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check obonet==1.3.0
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
import obonet

FILE = """format-version: 1.2
ontology: example

[Term]
id: EX:0000001
name: marked fever
def: "A fever ! of sudden onset." [EX:author]
comment: a comment
"""
graph = obonet.read_obo(io.StringIO(FILE))
read = graph.nodes["EX:0000001"]["def"]
print("obonet", version("obonet"))
print('in the file: def: "A fever ! of sudden onset." [EX:author]')
print("read:", read)
assert read == '"A fever'
EOF
