#!/bin/sh
# abbreviations 0.2.5 does not see a definition whose bracket begins the next line.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check abbreviations==0.2.5
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
from abbreviations import schwartz_hearst

def pairs(text):
    return schwartz_hearst.extract_abbreviation_definition_pairs(doc_text=text)

print("abbreviations", version("abbreviations"))
one = "He had posterior reversible encephalopathy syndrome (PRES) in May."
for text in [one, one.replace(" (", "\n("), one.replace("encephalopathy ", "encephalopathy\n")]:
    print(f"{text!r}: {pairs(text)}")
assert list(pairs(one)) == ["PRES"]
assert pairs(one.replace(" (", "\n(")) == {}
assert "posterior" not in pairs(one.replace("encephalopathy ", "encephalopathy\n")).get("PRES", "")
EOF
