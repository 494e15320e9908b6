"""Assertion of given mentions: `bioner assert` beside medspaCy's ConText and negspaCy.

    python run.py --bioner ../../target/release/bioner CORPUS.jsonl [--only NAME]

CORPUS has lines {"id", "text", "entities": [{"start", "end", "type", "assertion", "temporality",
"experiencer"}]} with offsets in code points. All systems get the same texts and targets. For each
attribute the share of mentions with the right value is printed, and precision, recall and F1 of the
marked classes: absent, historical, hypothetical, family. The key has no "possible", so that counts
as not absent.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# What the key calls a value, and what it is here.
VALUES = {
    "negated": "absent",
    "affirmed": "present",
    "recent": "current",
    "not particular": "hypothetical",
    "family member": "family",
    "other": "family",
}
ATTRIBUTES = {
    "assertion": ["absent"],
    "temporality": ["historical", "hypothetical"],
    "experiencer": ["family"],
}


def bioner(program, lines):
    """What `bioner assert` says of each mention, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "targets.jsonl"
        with path.open("w") as file:
            for line in lines:
                entities = [{k: e[k] for k in ("start", "end", "type")} for e in line["entities"]]
                print(
                    json.dumps({"id": line["id"], "text": line["text"], "entities": entities}),
                    file=file,
                )
        start = time.perf_counter()
        done = subprocess.run([program, "assert", path], check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - start
    return [json.loads(line)["entities"] for line in done.stdout.splitlines()], seconds


def peer(system, lines):
    """What a peer says of each mention."""
    start = time.perf_counter()
    found = [system(line["text"], line["entities"]) for line in lines]
    return found, time.perf_counter() - start


def is_right(attribute, key, value):
    """Whether a value is the key's; a doubt is no negation and no error where the key affirms."""
    if attribute == "assertion":
        return (key == "absent") == (value == "absent")
    return key == value


def scores(lines, found):
    """For each attribute its accuracy, and the counts of the marked classes."""
    table = {}
    for attribute, classes in ATTRIBUTES.items():
        pairs = [
            (VALUES.get(entity[attribute], entity[attribute]), said.get(attribute))
            for line, answer in zip(lines, found, strict=True)
            for entity, said in zip(line["entities"], answer, strict=True)
        ]
        if any(value is None for _, value in pairs):
            continue
        right = sum(is_right(attribute, key, value) for key, value in pairs)
        for name in classes:
            both = sum(key == value == name for key, value in pairs)
            keys = sum(key == name for key, _ in pairs)
            values = sum(value == name for _, value in pairs)
            table[attribute, name] = (right / len(pairs), both, keys, values)
    return table


def report(name, table, seconds):
    """Rows of a Markdown table."""
    for (attribute, marked), (accuracy, both, keys, values) in table.items():
        f1 = f"{200 * both / (keys + values):.1f}" if keys + values else "-"
        precision = f"{100 * both / values:.1f}" if values else "-"
        recall = f"{100 * both / keys:.1f}" if keys else "-"
        print(
            f"| {name} | {attribute} | {100 * accuracy:.1f} | {marked} ({keys}) | {precision} "
            f"| {recall} | {f1} | {seconds:.2f} |"
        )


def main():
    """Runs all systems on one corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--bioner", help="the program")
    parser.add_argument("--only", choices=["bioner", "medspacy", "negspacy"])
    arguments = parser.parse_args()
    lines = [json.loads(line) for line in arguments.corpus.open()]
    wanted = [arguments.only] if arguments.only else ["bioner", "medspacy", "negspacy"]
    mentions = sum(len(line["entities"]) for line in lines)
    print(f"{arguments.corpus.name}: {len(lines)} lines, {mentions} mentions\n")
    print("| system | attribute | accuracy | class (in key) | precision | recall | F1 | seconds |")
    print("|---|---|---|---|---|---|---|---|")
    for name in wanted:
        if name == "bioner":
            if not arguments.bioner:
                sys.exit("--bioner names the program")
            found, seconds = bioner(arguments.bioner, lines)
            report("bioner", scores(lines, found), seconds)
            continue
        import peers

        system = peers.MedspacyContext() if name == "medspacy" else peers.Negspacy()
        found, seconds = peer(system, lines)
        report(system.name, scores(lines, found), seconds)


if __name__ == "__main__":
    main()
