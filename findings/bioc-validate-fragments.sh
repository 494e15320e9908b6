#!/bin/sh
# bioc 2.1 refuses an annotation of two locations whose text is what they cover.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bioc==2.1
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
import bioc

def valid(text):
    passage = bioc.BioCPassage()
    passage.offset, passage.text = 0, "hepatic and renal failure"
    annotation = bioc.BioCAnnotation()
    annotation.id, annotation.text = "T1", text
    annotation.add_location(bioc.BioCLocation(0, 7))
    annotation.add_location(bioc.BioCLocation(18, 7))
    passage.add_annotation(annotation)
    document = bioc.BioCDocument()
    document.id = "1"
    document.add_passage(passage)
    collection = bioc.BioCCollection()
    collection.add_document(document)
    try:
        bioc.validate(collection)
        return True
    except ValueError:
        return False

print("bioc", version("bioc"))
for text in ["hepatic failure", "hepatic and renal failure"]:
    print(f"text {text!r} at 0-7 and 18-25: {'valid' if valid(text) else 'refused'}")
assert not valid("hepatic failure") and valid("hepatic and renal failure")
EOF
