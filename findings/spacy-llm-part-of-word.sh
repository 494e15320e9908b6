#!/bin/sh
# The task spacy.NER.v3 of spacy-llm 0.7.4 loses an entity that the model named, if an earlier word contains its name.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check spacy-llm==0.7.4 spacy==3.8.18
"$folder/venv/bin/python" -W ignore - <<'EOF'
from importlib.metadata import version
from typing import Iterable
import spacy
from spacy_llm.registry import registry

def entities(task, text, answer):
    # In place of a language model: it always gives this answer.
    def model(prompts: Iterable[Iterable[str]]) -> Iterable[Iterable[str]]:
        return [[answer for _ in parts] for parts in prompts]

    registry.llm_models("fixed", func=lambda: model)
    nlp = spacy.blank("en")
    settings = {"@llm_tasks": task, "labels": ["DISEASE"]}
    if task == "spacy.NER.v3":
        settings["description"] = "Entities are diseases."
    nlp.add_pipe("llm", config={"task": settings, "model": {"@llm_models": "fixed"}})
    return [(one.start_char, one.text) for one in nlp(text).ents]

print("spacy-llm", version("spacy-llm"), "spaCy", version("spacy"))
for text, named, expected in [
    ("Patients with asthma had gout.", ["asthma", "gout"], [(14, "asthma"), (25, "gout")]),
    ("Asthmatic patients had worse asthma, later gout.", ["asthma", "gout"], [(43, "gout")]),
    ("The gouty foot was red. A year before, gout was excluded.", ["gout"], []),
]:
    lines = [f"{number}. {name} | True | DISEASE | is a disease" for number, name in enumerate(named, 1)]
    third = entities("spacy.NER.v3", text, "\n".join(lines))
    second = entities("spacy.NER.v2", text, "DISEASE: " + ", ".join(named))
    print(f"{text!r}, the model answers {named}")
    print(f"  spacy.NER.v3: {third}; spacy.NER.v2: {second}")
    assert third == expected
    assert [name for _, name in second] == named
EOF
