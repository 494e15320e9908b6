#!/bin/sh
# medspaCy 1.3.1's ConText negates findings that the sentence affirms.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check medspacy==1.3.1 'numpy<2'
"$folder/venv/bin/python" - <<'EOF'
import sys, warnings
from importlib.metadata import version
from loguru import logger
logger.remove()
warnings.filterwarnings("ignore")
import medspacy
from medspacy.ner import TargetRule

nlp = medspacy.load()
nlp.get_pipe("medspacy_target_matcher").add(
    [TargetRule(name, "FINDING") for name in ["asthma", "COPD", "pneumonia", "cough"]])
sentences = {
    "He has not only asthma but also COPD.": {"asthma": True, "COPD": False},
    "There was no change in pneumonia.": {"pneumonia": True},
    "Negative for asthma; positive for COPD.": {"asthma": True, "COPD": True},
    "No asthma, but COPD and cough.": {"asthma": True, "COPD": False, "cough": False},
}
print("medspacy", version("medspacy"), "PyRuSH", version("PyRuSH"), "spacy", version("spacy"))
for sentence, expected in sentences.items():
    negated = {entity.text: entity._.is_negated for entity in nlp(sentence).ents}
    print(f"{sentence} negated: {negated}")
    assert negated == expected
EOF
