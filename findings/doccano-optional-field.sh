#!/bin/sh
# doccano 1.8.4 cannot import JSON Lines with a field that some lines do not have.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# doccano 1.8.4 does not say that it needs numpy 1 and marshmallow 3.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check doccano==1.8.4 'numpy<2' 'marshmallow<4'
cd "$folder"
PYTHONPATH="$(echo "$folder"/venv/lib/python*/site-packages/backend)" DATABASE_URL="sqlite:///$folder/db.sqlite3" \
    DJANGO_SETTINGS_MODULE=config.settings.development venv/bin/python -W ignore - <<'EOF'
import json, logging
from importlib.metadata import version
import django
logging.disable()
django.setup()
from django.core.management import call_command
from django.db import IntegrityError
from django.contrib.auth import get_user_model
from data_import.datasets import load_dataset
from data_import.pipeline.catalog import create_file_format
from data_import.pipeline.readers import FileName
from examples.models import Example
from projects.models import ProjectType, SequenceLabelingProject

call_command("migrate", verbosity=0)
user = get_user_model().objects.create(username="user")
print("doccano", version("doccano"), "pandas", version("pandas"), "Django", version("Django"))
def load(lines):
    """Imports a file as doccano's import task does. Returns the field of each row read, and what was stored."""
    with open("notes.jsonl", "w", encoding="utf-8") as file:
        for line in lines:
            print(json.dumps(line), file=file)
    task = ProjectType.SEQUENCE_LABELING
    project = SequenceLabelingProject.objects.create(name="notes", project_type=task, created_by=user)
    dataset = load_dataset(task, create_file_format("JSONL"), [FileName("notes.jsonl", "notes.jsonl", "notes.jsonl")],
                           project, encoding="utf_8")
    [rows] = dataset.reader.batch(1000)
    result = [row["pmid"] for row in rows.to_dict(orient="records")]
    try:
        dataset.save(user)
        stored = [example.meta for example in Example.objects.filter(project=project).order_by("id")]
    except IntegrityError as error:
        stored = str(error)
    print("lines:", *map(json.dumps, lines), sep="\n  ")
    print("pmid of the rows:", result, "stored:", stored)
    return repr(result), stored

first = {"text": "He has asthma.", "label": [[7, 13, "Disease"]], "pmid": 12345678}
second = {"text": "She has gout.", "label": [[8, 12, "Disease"]]}
assert load([first, {**second, "pmid": 12345679}]) == ("[12345678, 12345679]", [{"pmid": 12345678}, {"pmid": 12345679}])
rows, stored = load([first, second])
assert rows == "[12345678.0, nan]" and "JSON_VALID" in stored
EOF
