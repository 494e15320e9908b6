#!/bin/sh
# Presidio 2.2.366 takes a gene, a vitamin and a stage for driving licences, and two words around a full stop for a web address.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check presidio-analyzer==2.2.366 presidio-anonymizer==2.2.366 spacy==3.8.18
cd "$folder"
"$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'EOF' || { cat "$folder/log" >&2; exit 1; }
from importlib.metadata import version
import spacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_anonymizer import AnonymizerEngine

# A pipeline without a model: what follows is found by patterns.
spacy.blank("en").to_disk("blank")
configuration = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": "blank"}]}
engine = NlpEngineProvider(nlp_configuration=configuration).create_engine()
analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
anonymizer = AnonymizerEngine()
print("presidio-analyzer", version("presidio-analyzer"), "presidio-anonymizer", version("presidio-anonymizer"))
for text, expected in {
    "Denies asthma. No gout.": "Denies asthma. No gout.",
    "Denies asthma.No gout.": "Denies <URL> gout.",
    "Stopped aspirin.It helped.": "Stopped <URL> helped.",
    "Low B12, TP53 normal, p53 positive": "Low <US_DRIVER_LICENSE>, TP53 normal, <US_DRIVER_LICENSE> positive",
    "Stage T4 N1 M0": "Stage <US_DRIVER_LICENSE>",
    "Strength 4/5/10": "Strength <DATE_TIME>",
}.items():
    found = anonymizer.anonymize(text, analyzer.analyze(text=text, language="en")).text
    print(f"{text!r}: {found!r}")
    assert found == expected
EOF
