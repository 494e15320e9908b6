#!/bin/sh
# scispaCy 0.5.5 finds IL-2 but neither 5-FU nor GM-CSF where a text defines them.
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
texts = {
    "IL-2": "Levels of interleukin-2 (IL-2) rose.",
    "5-FU": "He was given 5-fluorouracil (5-FU) twice.",
    "GM-CSF": "We used granulocyte-macrophage colony-stimulating factor (GM-CSF) here.",
}
print("scispacy", version("scispacy"), "spacy", version("spacy"))
seen = {}
for short, text in texts.items():
    document = nlp(text)
    seen[short] = [abbreviation.text for abbreviation in document._.abbreviations]
    print(f"{text} tokens {[token.text for token in document if '-' in token.text or token.text in short]}, found {seen[short]}")
assert seen == {"IL-2": ["IL-2"], "5-FU": [], "GM-CSF": []}
EOF
