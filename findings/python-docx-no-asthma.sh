#!/bin/sh
# python-docx 1.2.0 leaves out symbols and tracked insertions of a Word note, docx2txt 0.9 symbols and non-breaking hyphens.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0 lxml==6.1.3
cd "$folder"
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

def read(paragraph):
    document = docx.Document()
    added = document.add_paragraph()._p
    added.getparent().replace(added, parse_xml(f'<w:p {nsdecls("w")}>{paragraph}</w:p>'))
    document.save("note.docx")
    with open("note.docx", "rb") as file:
        other = mammoth.extract_raw_text(file).value.strip()
    return docx.Document("note.docx").paragraphs[0].text, docx2txt.process("note.docx").strip(), other

print(*(f"{name} {version(name)}" for name in ["python-docx", "docx2txt", "mammoth"]))
symbol = '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>'
inserted = f'<w:ins w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z">{run("no ")}</w:ins>'
choice = f'<w:sdt><w:sdtContent>{run("none")}</w:sdtContent></w:sdt>'
hyphen = "<w:r><w:noBreakHyphen/></w:r>"
for what, paragraph, shown, expected in [
    ("a letter of the Symbol font", run("50 ") + symbol + run("g daily"), "50 μg daily", ("50 g daily", "50 g daily")),
    ("a tracked insertion", run("Has ") + inserted + run("asthma."), "Has no asthma.", ("Has asthma.", "Has no asthma.")),
    ("a form's field", run("Allergies: ") + choice, "Allergies: none", ("Allergies: ", "Allergies: none")),
    ("a non-breaking hyphen", run("GM") + hyphen + run("CSF"), "GM\u2011CSF", ("GM-CSF", "GMCSF")),
]:
    *found, other = read(paragraph)
    print(f"{what}, shown as {shown!r}: python-docx {found[0]!r}, docx2txt {found[1]!r}, mammoth {other!r}")
    assert tuple(found) == expected
    assert other == shown
EOF
