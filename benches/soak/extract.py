"""Documents of a file through the package, one after the other: a line of entities for each."""

import json
import sys

import bioner


def read(path):
    """The documents of a file of JSON Lines."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main():
    """Writes a line for each document as soon as it is finished."""
    *types, path = sys.argv[1:]
    for doc in bioner.load(types).pipe(read(path)):
        entities = [{"start": e.start, "end": e.end, "text": e.text} for e in doc.entities]
        print(json.dumps({"id": doc.id, "entities": entities}), flush=True)


main()
