#!/bin/sh
# conllu 6.0.0 drops a token "#" from two-column IOB2.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check conllu==6.0.0
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
import conllu

source = "Specimen\tO\n#\tO\n4\tO\nshowed\tO\nmelanoma\tB-Disease\n\n"
[sentence] = conllu.parse(source, fields=["form", "tag"])
forms = [token["form"] for token in sentence]
print("conllu", version("conllu"))
print("tokens in the file:", [line.split("\t")[0] for line in source.splitlines() if line])
print("tokens read:", forms)
assert forms == ["Specimen", "4", "showed", "melanoma"]
EOF
