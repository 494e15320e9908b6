#!/bin/sh
# anyascii 0.3.3 and text-unidecode 1.3 make "11/2 tablets" of "1½ tablets"; they, Unidecode and clean-text make mg of μg.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check anyascii==0.3.3 text-unidecode==1.3 unidecode==1.4.0 \
    clean-text==0.7.1 ftfy==6.3.1 emoji==2.16.0
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
from anyascii import anyascii
from cleantext import clean
from text_unidecode import unidecode as text_unidecode
from unidecode import unidecode

print(*(f"{name} {version(name)}" for name in ["anyascii", "text-unidecode", "unidecode", "clean-text"]))
for text, gram, mu in [("1½ tablets of 50 \u03bcg", "mg", "Greek letter"), ("1½ tablets of 50 \u00b5g", "ug", "micro sign")]:
    found = [anyascii(text), text_unidecode(text), unidecode(text).strip(), clean(text)]
    print(f"{text} ({mu}): anyascii {found[0]!r}, text-unidecode {found[1]!r}, Unidecode {found[2]!r}, clean-text {found[3]!r}")
    assert found[0] == found[1] == f"11/2 tablets of 50 {gram}"
    assert found[2] == found[3] == f"1 1/2 tablets of 50 {gram}"
EOF
