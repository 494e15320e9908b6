"""A recognizer in processes of all kinds: `python -m tests.processes` tells which of them work."""

import multiprocessing
from functools import partial
from itertools import islice

import bioner

from .model import ABSTRACT, loaded

TEXTS = [ABSTRACT, "Aspirin caused nausea."] * 4

Spans = list[list[tuple[int, int]]]


def spans(docs) -> Spans:
    return [[(entity.start, entity.end) for entity in doc.entities] for doc in docs]


def found(nlp: bioner.Recognizer, texts: list[str]) -> Spans:
    return spans(nlp.pipe(texts))


def in_parent(texts: list[str]) -> Spans:
    """What the recognizer finds that a forked process has from its parent."""
    return found(loaded(), texts)


def main() -> None:
    expected = found(loaded(), TEXTS)
    halves = [TEXTS[:4], TEXTS[4:]]
    for method in ("fork", "forkserver", "spawn"):
        work = in_parent if method == "fork" else partial(found, loaded())
        with multiprocessing.get_context(method).Pool(2) as pool:
            results = pool.map(work, halves, chunksize=1)
        if [spans for half in results for spans in half] == expected:
            print(method, flush=True)
    # A forked process goes on with what its parent has begun, and so does the parent.
    docs = loaded().pipe(TEXTS)
    begun = spans(islice(docs, 2))
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=lambda: send.send(spans(docs)))
    child.start()
    theirs = receive.recv()
    child.join()
    ours = spans(docs)
    if theirs == ours and begun + ours == expected:
        print("halfway", flush=True)


if __name__ == "__main__":
    main()
