#!/bin/sh
# medspaCy 1.3.1 and negspaCy 1.0.4 take NO, nitric oxide, for the word "no".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check medspacy==1.3.1 negspacy==1.0.4 spacy==3.7.5 'numpy<2'
"$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'EOF' || { cat "$folder/log" >&2; exit 1; }
from importlib.metadata import version
import medspacy
import spacy
from negspacy.negation import Negex

def pipeline(last):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "Disease", "pattern": "asthma"}])
    nlp.add_pipe(last)
    return nlp

context, negex = pipeline("medspacy_context"), pipeline("negex")
print("medspacy", version("medspacy"), "negspacy", version("negspacy"), "spacy", version("spacy"))
for text, expected in {
    "Exhaled NO was high, as in asthma.": True,
    "Inhaled NO did her good in asthma.": True,
    "Exhaled CO was high, as in asthma.": False,
    "Exhaled nitric oxide was high, as in asthma.": False,
}.items():
    found = [context(text).ents[0]._.is_negated, negex(text).ents[0]._.negex]
    print(f"{text} asthma negated by medspaCy: {found[0]}, by negspaCy: {found[1]}")
    assert found == [expected, expected]
EOF
