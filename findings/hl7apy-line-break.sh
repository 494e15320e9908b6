#!/bin/sh
# hl7apy 1.3.5 escapes the line breaks (\.br\) of an HL7 text again: they become letters of the text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hl7apy==1.3.5 hl7==0.4.5
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
import hl7
from hl7apy.parser import parse_message

print("hl7apy", version("hl7apy"), "hl7", version("hl7"))
# The type FT, formatted text, allows all of these escape sequences.
for text, expected in [
    (r"Asthma \T\ COPD", r"Asthma \T\ COPD"),
    (r"\H\Asthma\N\, gout", r"\H\Asthma\N\, gout"),
    (r"Asthma\.br\Gout", r"Asthma\E\.br\E\Gout"),
    (r"Asthma\X0D\Gout", r"Asthma\E\X0D\E\Gout"),
]:
    message = "\r".join([
        r"MSH|^~\&|A|B|C|D|20260101||ORU^R01^ORU_R01|1|P|2.5", "PID|1||1", "OBR|1|||N^Note^L", f"OBX|1|FT|N^Note^L||{text}||||||F", "",
    ])
    [segment] = [one for one in parse_message(message, find_groups=False).children if one.name == "OBX"]
    read, written = segment.obx_5.value, segment.to_er7().split("|")[5]
    parsed = hl7.parse(message)
    other = str(parsed.segment("OBX")[5])
    print(f"{text}: hl7apy reads {read} and writes {written}, which means {parsed.unescape(written)!r}; hl7 reads {other}")
    assert read == written == expected
    assert other == text
assert parsed.unescape(written) == r"Asthma\X0D\Gout"
EOF
