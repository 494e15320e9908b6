#!/bin/sh
# bconv 1.2.1 writes BioC offsets in UTF-8 bytes, which bioc 2.1 reads as characters.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bconv==1.2.1 bioc==2.1
cd "$folder"
printf '%s\n' '1|t|Role of TNF-α in asthma' '1|a|Nothing else.' \
    "$(printf '1\t8\t13\tTNF-α\tGene\t7124')" "$(printf '1\t17\t23\tasthma\tDisease\tD001249')" '' > in.pubtator
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
import bconv
from bioc import biocjson

print("bconv", version("bconv"), "bioc", version("bioc"))
collection = bconv.load("in.pubtator", fmt="pubtator")
read = [(one.start, one.end, one.text) for document in collection for one in document.iter_entities()]
print("bconv reads:", read)
assert read == [(8, 13, "TNF-α"), (17, 23, "asthma")]

written = biocjson.load(io.StringIO(bconv.dumps(collection, fmt="bioc_json")))
title, abstract = written.documents[0].passages
sliced = []
for annotation in title.annotations:
    place = annotation.locations[0]
    start = place.offset - title.offset
    sliced.append((place.offset, place.length, annotation.text, title.text[start : start + place.length]))
print("written (offset, length, text) and what stands there:", sliced)
print("the abstract begins at", abstract.offset)
assert sliced == [(8, 6, "TNF-α", "TNF-α "), (18, 6, "asthma", "sthma\n")]
assert abstract.offset == 25
EOF
