#!/bin/sh
# gguf 0.19.0 leaves out metadata whose value is an empty string or an empty array.
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
    path = os.path.join(folder, "empty.gguf")
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_string("example.name", "")
    writer.add_array("example.list", [])
    writer.add_string("example.space", " ")
    writer.add_array("example.one", [""])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    fields = gguf.GGUFReader(path).fields
    keys = [key for key in fields if key.startswith("example.")]

print("gguf", version("gguf"))
print("written: example.name '', example.list [], example.space ' ', example.one ['']")
print("in the file:", keys)
assert keys == ["example.space", "example.one"]
EOF
