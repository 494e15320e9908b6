#!/bin/sh
# Label Studio's converter (label-studio-sdk 2.1.2) writes CoNLL in which a full stop belongs to the entity before it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check appdirs==1.4.4 ijson==3.6.0 lxml==6.1.3 nltk==3.10.4 numpy==2.2.6 \
    pillow==12.3.0 pyjwt==2.13.0 requests==2.34.2 ujson==6.1.0 httpx==0.28.1 pydantic==2.14.4
# Without OpenCV, pandas and others, which texts do not need.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps label-studio-sdk==2.1.2
cd "$folder"
"$folder/venv/bin/python" - <<'EOF'
import json
from importlib.metadata import version
from pathlib import Path
from label_studio_sdk.converter import Converter

config = """<View><Labels name="label" toName="text"><Label value="Disease"/></Labels>
<Text name="text" value="$text"/></View>"""

def convert(text, names):
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    result = [
        {"id": str(start), "from_name": "label", "to_name": "text", "type": "labels",
         "value": {"start": start, "end": end, "text": text[start:end], "labels": ["Disease"]}}
        for start, end in spans
    ]
    Path("in.json").write_text(json.dumps([{"id": 1, "data": {"text": text}, "annotations": [{"id": 1, "result": result}]}]))
    Converter(config, ".").convert_to_conll2003("in.json", "out", is_dir=False)
    rows = [line.split() for line in Path("out/result.conll").read_text().splitlines()[1:] if line]
    return [row[0] for row in rows if row[-1] != "O"]

print("label-studio-sdk", version("label-studio-sdk"))
for text, marked, expected in [
    ("She has asthma.", ["asthma"], ["asthma"]),
    ("She has asthma. Gout was ruled out.", ["asthma", "Gout"], ["asthma.", "Gout"]),
    ("He has asthma-COPD overlap, no gout.", ["asthma", "COPD", "gout"], ["asthma-COPD", "gout"]),
]:
    tagged = convert(text, marked)
    print(f"{text!r}, marked {marked}: in CoNLL {tagged}")
    assert tagged == expected
EOF
