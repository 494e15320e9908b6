#!/bin/sh
# bconv 1.2.1 writes wrong offsets in PubTator for BioC whose passages do not end in a line break.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bconv==1.2.1 bioc==2.1
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
import bconv
import bioc
from bioc import biocxml, pubtator

def passage(offset, name, text, mention, identifier):
    one = bioc.BioCPassage()
    one.offset, one.text, one.infons["type"] = offset, text, name
    annotation = bioc.BioCAnnotation()
    annotation.id, annotation.text = f"T{offset}", mention
    annotation.infons = {"type": "Disease", "cui": identifier}
    annotation.add_location(bioc.BioCLocation(offset + text.index(mention), len(mention)))
    one.add_annotation(annotation)
    return one

# As in BioC made from PubTator: the abstract begins one character after the end of the title.
title, abstract = "Gout is rare.", "TNF and asthma."
document = bioc.BioCDocument()
document.id = "1"
document.add_passage(passage(0, "title", title, "Gout", "D006073"))
document.add_passage(passage(len(title) + 1, "abstract", abstract, "asthma", "D001249"))
collection = bioc.BioCCollection()
collection.add_document(document)
bioc.validate(collection)

read = bconv.load(io.BytesIO(biocxml.dumps(collection).encode()), fmt="bioc_xml")
print("bconv", version("bconv"), "bioc", version("bioc"))
print("bconv reads:", [(one.start, one.end, one.text) for one in next(iter(read)).iter_entities()])
written = bconv.dumps(read, fmt="pubtator")
print(written)
[document] = pubtator.load(io.StringIO(written + "\n"))
covered = [(one.text, document.text[one.start : one.end]) for one in document.annotations]
print("bioc reads (stated, what stands there):", covered)
assert covered == [("Gout", "Gout"), ("asthma", "sthma.")]
EOF
