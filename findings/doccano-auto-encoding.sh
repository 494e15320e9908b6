#!/bin/sh
# doccano 1.8.4 with the encoding Auto misreads a short UTF-8 file that has one character beyond ASCII.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# Only the modules that read files are used, so what the web server needs is not installed.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    chardet==4.0.0 pandas==1.5.3 'numpy<2' pyexcel==0.7.4 seqeval==1.2.2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps doccano==1.8.4
cd "$folder"
PYTHONPATH="$(echo "$folder"/venv/lib/python*/site-packages/backend)" venv/bin/python - <<'EOF'
import json
from importlib.metadata import version
from data_import.pipeline.parsers import JSONLParser, detect_encoding

print("doccano", version("doccano"), "chardet", version("chardet"))
def read(text, label, encoding):
    with open("notes.jsonl", "w", encoding="utf-8") as file:
        print(json.dumps({"text": text, "label": [label]}, ensure_ascii=False), file=file)
    [row] = JSONLParser(encoding=encoding).parse("notes.jsonl")
    [[start, end, _]] = row["label"]
    detected = detect_encoding("notes.jsonl") if encoding == "Auto" else encoding
    print(f"{text!r}, encoding {encoding}: read as {detected}, "
          f"{len(text)} characters are {len(row['text'])}: {row['text']!r}, label is {row['text'][start:end]!r}")
    return detected, row["text"][start:end]

# The offsets count code points.
alpha = "α-synuclein is raised", [0, 11, "Protein"]
assert read(*alpha, "utf_8") == ("utf_8", "α-synuclein")
assert read(*alpha, "Auto") == ("ISO-8859-1", "Î±-synuclei")
assert read("p ≥ 0.05 for asthma", [13, 19, "Disease"], "Auto") == ("Windows-1252", "r asth")
assert read("α-synuclein and β-catenin", [16, 25, "Protein"], "Auto") == ("utf-8", "β-catenin")
EOF
