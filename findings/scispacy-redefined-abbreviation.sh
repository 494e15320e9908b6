#!/bin/sh
# scispaCy 0.5.5 gives an abbreviation that a text defines twice its first meaning everywhere.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check spacy==3.7.5 'numpy<2' click requests scipy 'scikit-learn<1.6'
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps scispacy==0.5.5
"$folder/venv/bin/python" -W ignore - <<'EOF'
from importlib.metadata import version
import spacy
from scispacy.abbreviation import AbbreviationDetector

nlp = spacy.blank("en")
nlp.add_pipe("abbreviation_detector")
text = "Multiple sclerosis (MS) was compared. Mass spectrometry (MS) was used. MS needs ions."
found = sorted((short.start_char, short.text, str(short._.long_form)) for short in nlp(text)._.abbreviations)
print("scispacy", version("scispacy"), "spacy", version("spacy"))
print(text)
for start, short, long in found:
    print(f"  {short} at {start}: {long}")
assert [long for _, _, long in found] == ["Multiple sclerosis"] * 3
EOF
