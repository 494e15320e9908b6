#!/bin/sh
# fhir.resources 8.3.0 loses the precision of a FHIR decimal, though it gives a Decimal.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fhir.resources==8.3.0 fhir-core==1.1.12
"$folder/venv/bin/python" - <<'EOF'
import json
from decimal import Decimal
from importlib.metadata import version
from fhir.resources.observation import Observation

print("fhir.resources", version("fhir.resources"), "fhir-core", version("fhir-core"))
# FHIR regards 0.010 as another value than 0.01: the number of digits says how exactly it was measured.
for written, value, again in [("0.010", "0.01", "0.01"), ("1.50", "1.5", "1.5"), ("2.0", "2.0", "2.0")]:
    observation = Observation.model_validate_json(
        '{"resourceType": "Observation", "status": "final", "code": {"text": "C-reactive protein"},'
        ' "valueQuantity": {"value": %s, "unit": "mg/L"}}' % written
    )
    read = observation.valueQuantity.value
    out = json.loads(observation.model_dump_json(), parse_float=str)["valueQuantity"]["value"]
    print(f"in the file: {written}; read: {read!r}; written again: {out}")
    assert isinstance(read, Decimal) and (str(read), out) == (value, again)
EOF
