"""What the tests on Ray and Spark share: the processes below this one, and texts."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .golden import ROOT

LOOPBACK = "0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"
LISTEN = "0A"

#: A folder for files, which lasts as long as the processes of Ray and Spark, which may be in it.
_folder = tempfile.TemporaryDirectory()
FOLDER = Path(_folder.name)

#: Texts, of which some cannot be worked on, and the codes of their errors.
MIXED = [
    ("Aspirin helps against headache.", None),
    (None, "input"),
    ("", None),
    ("Amiodarone caused 🧬 thyroid dysfunction.", None),
]

#: What is refused before anything runs, of a table with the columns `text` and `entities`: the
#: code of the error, and the arguments.
REFUSED = [
    ("types", {"types": ["A|B"]}),
    ("preset", {"preset": "recipe"}),
    ("format", {"format": "prose"}),
    ("input", {"text": "abstract"}),
    ("input", {}),
]


def abstracts(count: int) -> list[dict]:
    """So many rows with the text of an abstract, and an id each."""
    with open(ROOT / "benches" / "texts" / "abstracts.jsonl", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return [{"id": number, "text": texts[number % len(texts)]} for number in range(count)]


def below(process: int) -> Iterator[int]:
    """The processes that descend from one."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # After the name, which may hold anything: the state and the parent.
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rpartition(")")[2].split()[1]
            )
        except (OSError, UnicodeDecodeError):
            continue
    front = [process]
    while front:
        front = [child for child, parent in parents.items() if parent in front]
        yield from front


def command(process: int) -> str:
    """What a process calls itself; empty if it is gone."""
    try:
        return (
            Path(f"/proc/{process}/cmdline")
            .read_text("utf-8", "replace")
            .replace("\0", " ")
            .strip()
        )
    except OSError:
        return ""


def seconds(process: int) -> float:
    """For how long a process has computed; 0 if it is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) / os.sysconf("SC_CLK_TCK")


def listening() -> tuple[list[str], list[str]]:
    """The addresses on which this process and those below it listen: loopback and others."""
    inodes = set()
    for process in (os.getpid(), *below(os.getpid())):
        for file in Path(f"/proc/{process}/fd").glob("*"):
            try:
                inodes.add(os.readlink(file))
            except OSError:
                continue
    loopback, others = [], []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTEN and f"socket:[{fields[9]}]" in inodes:
                address = fields[1].partition(":")[0]
                (loopback if address in LOOPBACK else others).append(fields[1])
    return loopback, others
