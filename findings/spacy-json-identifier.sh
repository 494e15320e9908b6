#!/bin/sh
# spaCy 3.8.18 leaves the identifiers of entities out of a document's JSON.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check spacy==3.8.18
"$folder/venv/bin/python" -W ignore - <<'EOF'
from importlib.metadata import version
import spacy
from spacy.tokens import Doc, DocBin, Span

nlp = spacy.blank("en")
doc = nlp("Aspirin helps.")
aspirin = Span(doc, 0, 1, label="Chemical", kb_id="MESH:D001241")
doc.ents = [aspirin]
doc.spans["found"] = [aspirin]

def identifiers(one):
    return [span.kb_id_ for span in one.ents], [span.kb_id_ for span in one.spans["found"]]

read = Doc(nlp.vocab).from_json(doc.to_json())
[binary] = DocBin(docs=[doc]).get_docs(nlp.vocab)
print("spacy", version("spacy"))
print("JSON:", {key: doc.to_json()[key] for key in ("ents", "spans")})
print("identifiers of doc.ents and of doc.spans:", *identifiers(doc))
print("  from JSON:  ", *identifiers(read))
print("  from DocBin:", *identifiers(binary))
assert identifiers(doc) == identifiers(binary) == (["MESH:D001241"], ["MESH:D001241"])
assert identifiers(read) == ([""], ["MESH:D001241"])
EOF
