#!/bin/sh
# medspaCy 1.3.1 gives the diseases of a patient who is a child to the family.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check medspacy==1.3.1 spacy==3.7.5 'numpy<2'
"$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'EOF' || { cat "$folder/log" >&2; exit 1; }
from importlib.metadata import version
import medspacy
import spacy

nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.add_pipe("entity_ruler").add_patterns([{"label": "Disease", "pattern": "asthma"}])
nlp.add_pipe("medspacy_context")
print("medspacy", version("medspacy"), "spacy", version("spacy"))
for text, expected in {
    "Her mother has asthma.": True,
    "The child has asthma.": True,
    "A 5-year-old child with asthma.": True,
    "She is the mother of two and has asthma.": True,
    "Parents report asthma since May.": True,
    "The boy has asthma.": False,
}.items():
    [entity] = nlp(text).ents
    print(f"{text} is_family: {entity._.is_family}")
    assert entity._.is_family is expected
EOF
