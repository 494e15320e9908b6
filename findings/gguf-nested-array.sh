#!/bin/sh
# gguf 0.19.0 reads an array of arrays back as one flat list.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gguf==0.19.0
"$folder/venv/bin/python" - <<'EOF'
import os, tempfile
from importlib.metadata import version
import gguf

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "nested.gguf")
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_array("example.pairs", [[1, 2], [3]])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    field = gguf.GGUFReader(path).fields["example.pairs"]
    types, contents = [kind.name for kind in field.types], field.contents()

print("gguf", version("gguf"))
print("written: [[1, 2], [3]]; types in the file:", types)
print("read back:", contents)
assert types[:2] == ["ARRAY", "ARRAY"] and contents == [1, 2, 3]
EOF
