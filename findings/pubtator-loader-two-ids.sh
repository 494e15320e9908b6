#!/bin/sh
# pubtator-loader 0.1.3 reads nothing of a corpus in which one mention has two identifiers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pubtator-loader==0.1.3
"$folder/venv/bin/python" - <<'EOF'
import os, tempfile
from importlib.metadata import version
from pubtator_loader import PubTatorCorpusReader

head = "1|t|Lung and colon cancer\n1|a|Two tumours.\n"
def outcome(line):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "corpus.txt")
        with open(path, "w") as file:
            file.write(f"{head}{line}\n\n")
        try:
            return [entity.entity_id for document in PubTatorCorpusReader(path).load_corpus() for entity in document.entities]
        except Exception as error:
            return f"an error: {str(error)[:60]}"

print("pubtator-loader", version("pubtator-loader"))
one = "1\t0\t21\tLung and colon cancer\tDisease\tD008175"
lines = {"one identifier": one, "two identifiers": f"{one}|D003110", "and a relation": f"{one}\n1\tCID\tD008175\tD003110"}
seen = {name: outcome(line) for name, line in lines.items()}
for name, result in seen.items():
    print(f"{name}: {result}")
assert seen["one identifier"] == ["D008175"]
assert all(str(seen[name]).startswith("an error") for name in ["two identifiers", "and a relation"])
EOF
