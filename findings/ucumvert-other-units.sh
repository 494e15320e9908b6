#!/bin/sh
# ucumvert 0.3.2 turns some units of UCUM into other units: g% (grams in a decilitre) becomes a mass.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ucumvert==0.3.2 pint==0.25.3
"$folder/venv/bin/python" - <<'EOF'
import math
import xml.etree.ElementTree as ElementTree
from importlib.metadata import version
from pathlib import Path
import ucumvert
from ucumvert import PintUcumRegistry

print("ucumvert", version("ucumvert"), "pint", version("pint"))
registry = PintUcumRegistry()
# The package brings UCUM's own definitions.
root = ElementTree.parse(Path(ucumvert.__file__).parent / "vendor" / "ucum-essence.xml").getroot()
units = {one.get("Code"): one for one in root if one.tag.endswith("}unit")}
read = {}
for code in ["[Cal]", "g%", "'", "[cft_i]"]:
    value = next(part for part in units[code] if part.tag.endswith("}value"))
    unit, base = registry.from_ucum(code), registry.from_ucum(value.get("Unit"))
    name = next(part for part in units[code] if part.tag.endswith("}name")).text
    print(f"{code}, {name}: {value.get('value')} {value.get('Unit')}", "in UCUM;", "read as", (1 * unit).to_base_units())
    read[code] = 1 * unit, float(value.get("value")) * base
calorie, defined = read["[Cal]"]
assert math.isclose(calorie.to("joule").magnitude, 4.184) and math.isclose(defined.to("joule").magnitude, 4184)
for code, dimension in [("g%", "[mass]"), ("'", "[time]"), ("[cft_i]", "[length]")]:
    unit, defined = read[code]
    assert unit.check(dimension) and not defined.check(dimension), code
EOF
