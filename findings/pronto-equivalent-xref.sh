#!/bin/sh
# pronto 2.7.4 drops the qualifiers of a cross-reference, by which an ontology says that it is the same disease.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pronto==2.7.4 fastobo==0.14.2
"$folder/venv/bin/python" -W error - <<'EOF'
import io
from importlib.metadata import version
import fastobo
import pronto

file = """format-version: 1.4
ontology: example

[Term]
id: EX:1
name: asthma
xref: EX2:001 {source="EX:equivalentTo"}
xref: EX2:002 {source="EX:relatedTo"}
"""
print("pronto", version("pronto"), "fastobo", version("fastobo"))
ontology = pronto.Ontology(io.BytesIO(file.encode()))
dumped = io.BytesIO()
ontology.dump(dumped, format="obo")

def lines(text):
    return [line for line in str(text).splitlines() if line.startswith("xref:")]

print("in the file:       ", lines(file))
print("pronto has:        ", sorted(ontology["EX:1"].xrefs))
print("written by pronto: ", lines(dumped.getvalue().decode()))
print("written by fastobo:", lines(fastobo.loads(file)))
assert lines(fastobo.loads(file)) == lines(file)
assert lines(dumped.getvalue().decode()) == ["xref: EX2:001", "xref: EX2:002"]
assert not any("equivalentTo" in repr(xref) for xref in ontology["EX:1"].xrefs)
EOF
