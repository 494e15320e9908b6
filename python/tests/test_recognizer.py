import json
import os
import pickle
import struct
import subprocess
import sys
import tempfile
import threading
import unittest
from itertools import count, islice
from pathlib import Path
from unittest import mock

import bioner

from .golden import ROOT, read
from .model import ABSTRACT, MODEL, NOTE, loaded


def spans(doc: bioner.Doc) -> list[tuple[int, int, str]]:
    return [(entity.start, entity.end, entity.type) for entity in doc.entities]


def rounded(score: float) -> float:
    """A score of the golden file, which has all digits of 32 bits, as results have it."""
    return round(struct.unpack("f", struct.pack("f", score))[0] * 1e4) / 1e4


class Recognizing(unittest.TestCase):
    def test_the_golden_entities(self):
        golden = json.loads((ROOT / "tests/golden/entities.json").read_text("utf-8"))
        self.assertTrue(golden)
        for case in golden:
            text = (ROOT / case["file"]).read_text("utf-8")
            nlp = loaded(types=tuple(case["types"]), format=case["format"])
            utf16 = [
                {
                    "start": len(text[: entity.start].encode("utf-16-le")) // 2,
                    "end": len(text[: entity.end].encode("utf-16-le")) // 2,
                    "type": entity.type,
                    "text": entity.text,
                }
                for entity in nlp(text).entities
            ]
            self.assertEqual(utf16, case["entities"], case["file"])

    def test_the_golden_sentences(self):
        for case in read("sentences.jsonl")[3::8]:
            asked = {name: case[name] for name in ("preset", "format") if name in case}
            if "types" in case:
                asked["types"] = tuple(case["types"])
            with self.subTest(case["id"]):
                found = [
                    (entity.start, entity.end, entity.type, entity.text, entity.score)
                    for entity in loaded(**asked)(case["text"]).entities
                ]
                expected = [
                    (e["start"], e["end"], e["type"], e["text"], rounded(e["score"]))
                    for e in case["entities"]
                ]
                self.assertEqual(found, expected)

    def test_what_an_entity_says(self):
        doc = loaded()(ABSTRACT, id=7)
        self.assertEqual((doc.text, doc.id, doc.error), (ABSTRACT, 7, None))
        first = doc.entities[0]
        self.assertEqual((first.text, first.type), ("Selegiline", "Chemical"))
        self.assertTrue(0 < first.score <= 1)
        for entity in doc.entities:
            self.assertEqual(entity.text, doc.text[entity.start : entity.end])
            for field in ("assertion", "section", "id", "candidates"):
                self.assertIsNone(getattr(entity, field))
        self.assertEqual(set(first.to_dict()), {"start", "end", "type", "text", "score"})

    def test_what_a_note_says_of_its_entities(self):
        doc = loaded(preset="note", sections=True, link=True)(NOTE)
        found = {entity.text: entity for entity in doc.entities}
        self.assertEqual(found["pneumonia"].assertion, "absent")
        self.assertEqual(found["asthma"].assertion, "possible")
        diabetes = found["diabetes mellitus"]
        self.assertEqual(diabetes.experiencer, "family")
        self.assertEqual(diabetes.section.heading, "Family history")
        self.assertEqual(diabetes.section.loinc, "10157-6")
        aspirin = found["aspirin"]
        self.assertEqual(aspirin.temporality, "current")
        self.assertEqual(aspirin.id, aspirin.candidates[0].id)
        self.assertGreater(doc.text.index("🧬"), diabetes.start)
        self.assertEqual(aspirin.text, doc.text[aspirin.start : aspirin.end])
        again = bioner.Entity.from_dict(json.loads(json.dumps(aspirin.to_dict())))
        self.assertEqual(again, aspirin)
        # As a row on Ray and Spark has them: with a null for what is not known.
        nulls = 0
        for entity in doc.entities:
            fields = {**dict.fromkeys(bioner.Entity.__dataclass_fields__), **entity.to_dict()}
            fields["candidates"] = [{"same": None, **one} for one in fields["candidates"] or ()]
            nulls += sum(one["same"] is None for one in fields["candidates"])
            fields["candidates"] = fields["candidates"] or None
            self.assertEqual(bioner.Entity.from_dict(fields), entity)
        self.assertGreater(nulls, 0)

    def test_the_same_as_the_command_line(self):
        texts = [ABSTRACT, "", NOTE]
        nlp = loaded(preset="note", sections=True, link=True)
        lines = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
        arguments = ["extract", "--preset", "note", "--sections", "--link", "--model", str(MODEL)]
        run = subprocess.run(
            [sys.executable, "-m", "bioner", *arguments], input=lines.encode(), capture_output=True
        )
        self.assertEqual(run.returncode, 0, run.stderr)
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        docs = nlp.pipe({"id": n, "text": text} for n, text in enumerate(texts))
        for line, doc in zip(lines, docs, strict=True):
            for entity in line["entities"]:
                entity.setdefault("candidates", [])
            self.assertEqual(line, {"id": doc.id, "entities": doc.to_dict()["entities"]})

    def test_a_vocabulary_of_ones_own_is_asked_first(self):
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder, "own.tsv")
            own.write_text("LOCAL:1\tselegiline\tChemical\nno tab\n", "utf-8")
            with self.assertWarns(bioner.VocabularyWarning) as told:
                nlp = bioner.load(model=MODEL, vocabulary=own)
        self.assertIn("line 2", str(told.warning))
        selegiline = nlp(ABSTRACT).entities[0]
        self.assertEqual(selegiline.id, "LOCAL:1")
        self.assertTrue(any("MeSH" in source["name"] for source in nlp.sources), nlp.sources)

    def test_what_the_model_wrote(self):
        doc = loaded(raw=True)(ABSTRACT)
        self.assertEqual([(raw.start, raw.end) for raw in doc.raw], [(0, len(ABSTRACT))])
        self.assertIn("Selegiline", doc.raw[0].text)

    def test_entities_that_are_there_already(self):
        nlp = loaded(preset="note", sections=True, link=True)
        doc = nlp(NOTE)
        bare = [bioner.Entity(e.start, e.end, e.type, e.text, e.score) for e in doc.entities]
        self.assertEqual(nlp.annotate(bioner.Doc(NOTE, bare)), doc)
        start = NOTE.index("Father")
        corrected = bioner.Entity(start, start + 6, "Person", "Father")
        (entity,) = nlp.annotate(bioner.Doc(NOTE, [corrected], id=3)).entities
        self.assertEqual(entity.section.heading, "Family history")
        self.assertEqual(entity.candidates, ())
        for wrong in (bioner.Entity(0, 10_000, "Drug", ""), bioner.Entity(5, 5, "Drug", "")):
            with self.assertRaises(bioner.BionerError) as raised:
                nlp.annotate(bioner.Doc(NOTE, [wrong]))
            self.assertEqual(raised.exception.code, "input")

    def test_types_and_defaults(self):
        self.assertEqual(loaded().types, ["Chemical", "Disease"])
        self.assertIn("Disease", loaded(preset="note").types)
        self.assertIn("Recognizer", repr(loaded()))


class Piping(unittest.TestCase):
    def test_in_order_and_the_same_as_alone(self):
        texts = [ABSTRACT, "", "Aspirin caused nausea.", NOTE, "Nothing here."] * 3
        nlp = loaded()
        alone = {text: spans(nlp(text)) for text in texts}
        for options in ({}, {"batch_size": 1}, {"batch_size": 2, "threads": 1}, {"threads": 3}):
            docs = list(nlp.pipe(texts, **options))
            self.assertEqual([doc.text for doc in docs], texts)
            for doc in docs:
                self.assertEqual(spans(doc), alone[doc.text], options)

    def test_contexts_and_ids_are_kept(self):
        pairs = [(ABSTRACT, {"pmid": 1}), ("Aspirin.", None)]
        for (doc, context), (text, given) in zip(
            loaded().pipe(pairs, as_tuples=True), pairs, strict=True
        ):
            self.assertEqual(doc.text, text)
            self.assertIs(context, given)
            self.assertIs(doc.context, given)
        ids = [doc.id for doc in loaded().pipe([{"id": "a", "text": ABSTRACT}, "Aspirin."])]
        self.assertEqual(ids, ["a", None])

    def test_texts_are_read_as_they_are_needed(self):
        read = []

        def endless():
            for number in count():
                read.append(number)
                yield f"Patient {number} took aspirin."

        docs = list(islice(loaded().pipe(endless(), batch_size=4), 3))
        self.assertEqual(len(docs), 3)
        self.assertTrue(all(doc.entities for doc in docs))
        self.assertLessEqual(len(read), 3 + 4)

    def test_in_batches_of_one_a_document_comes_before_the_next_text_is_asked_for(self):
        given = []

        def awaiting():
            for number in range(3):
                self.assertEqual(len(given), number)
                yield f"Patient {number} took aspirin."

        for doc in loaded().pipe(awaiting(), batch_size=1):
            given.append(doc)
        self.assertEqual(len(given), 3)

    def test_bad_texts_are_told_and_the_rest_goes_on(self):
        bad = [None, float("nan"), 7, b"bytes", ["a", "b"], {"id": 5}, "half \ud800 a pair"]
        texts = [ABSTRACT, *bad, "Aspirin."]
        nlp = loaded()
        docs = list(nlp.pipe(texts))
        self.assertEqual([doc.error is None for doc in docs], [True, *[False] * len(bad), True])
        self.assertTrue(docs[0].entities and docs[-1].entities)
        for doc in docs[1:-1]:
            self.assertEqual(doc.error.code, "input")
            with self.assertRaises(bioner.BionerError):
                doc.entities  # noqa: B018
            self.assertEqual(doc.to_dict()["error"]["code"], "input")
        self.assertEqual(docs[6].id, 5)
        self.assertIn("None", str(docs[1].error))

        self.assertEqual(len(list(nlp.pipe(texts, on_error="skip"))), 2)
        seen = []
        self.assertEqual(len(list(nlp.pipe(texts, on_error=seen.append))), 2)
        self.assertEqual(len(seen), len(bad))
        docs = nlp.pipe(texts, on_error="raise")
        self.assertTrue(next(docs).entities)
        with self.assertRaises(bioner.BionerError):
            next(docs)
        for text in bad:
            with self.assertRaises(bioner.BionerError) as raised:
                nlp(text)
            self.assertEqual(raised.exception.code, "input")

    def test_a_text_that_is_too_large(self):
        large = "a " * (5 << 19)
        docs = list(loaded().pipe([ABSTRACT, large, "Aspirin."]))
        self.assertEqual(docs[1].error.code, "text-too-large")
        self.assertTrue(docs[0].entities and docs[2].entities)

    def test_texts_that_fail_lose_nothing_that_is_done(self):
        def texts():
            yield ABSTRACT
            yield "Aspirin."
            raise OSError("the disk is gone")

        docs = loaded().pipe(texts())
        self.assertTrue(next(docs).entities)
        self.assertTrue(next(docs).entities)
        with self.assertRaisesRegex(OSError, "the disk is gone"):
            next(docs)

    def test_what_is_no_list_of_texts_is_refused_at_once(self):
        nlp = loaded()
        for texts in ("one text", b"bytes", {"text": "a"}):
            with self.assertRaises(TypeError):
                nlp.pipe(texts)
        for options in (
            {"batch_size": 0},
            {"threads": 0},
            {"threads": 1.5},
            {"on_error": "ignore"},
        ):
            with self.assertRaises(ValueError):
                nlp.pipe([], **options)
        with self.assertRaises(TypeError):
            list(nlp.pipe(["no pair"], as_tuples=True))

    def test_a_bar_shows_the_progress(self):
        with mock.patch("tqdm.auto.tqdm") as bar:
            list(loaded().pipe(["Aspirin.", None], progress=True))
        self.assertEqual(bar.call_args.kwargs["total"], 2)
        self.assertEqual(bar.return_value.update.call_count, 2)
        bar.return_value.close.assert_called_once()


class Loading(unittest.TestCase):
    def refused(self, code: str, **options):
        with self.assertRaises(bioner.BionerError) as raised:
            bioner.load(**options)
        self.assertEqual(raised.exception.code, code)
        return str(raised.exception)

    def test_what_cannot_be_asked_for(self):
        self.assertIn("literature", self.refused("preset", preset="letter"))
        self.refused("types", types=["<b>"])
        self.refused("types", types=[])
        self.refused("format", format="prose")
        self.refused("input", model=MODEL, vocabulary="no-such-file.tsv")
        with self.assertRaises(ValueError):
            bioner.load(["Drug"], preset="note")
        with self.assertRaises(TypeError):
            bioner.load("Drug")
        with self.assertRaises(ValueError):
            bioner.load(threads=0)

    def test_a_model_that_is_missing_or_wrong(self):
        self.assertIn("no-such-model", self.refused("input", model="no-such-model"))
        self.refused("model-file", model=ROOT / "README.md")
        with tempfile.TemporaryDirectory() as folder:
            half = Path(folder, "half.gguf")
            half.write_bytes((MODEL / "shard-000.bin").read_bytes()[:1_000_000])
            self.refused("model-file", model=half)
            manifest = json.loads((MODEL / "manifest.json").read_text("utf-8"))
            shard = manifest["shards"][0]
            Path(folder, shard["path"]).write_bytes(half.read_bytes())
            Path(folder, "manifest.json").write_text(json.dumps(manifest), "utf-8")
            self.refused("model-checksum", model=folder)

    def test_where_a_model_is_looked_for(self):
        code = "import bioner; print(bioner.load().model)"

        def run(folder, **env):
            env = {**{k: v for k, v in os.environ.items() if k != "BIONER_MODEL"}, **env}
            return subprocess.run(
                [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True
            )

        with tempfile.TemporaryDirectory() as folder:
            none = run(folder)
            self.assertIn("there is no models/default here", none.stderr)
            self.assertIn("smollm2", run(folder, BIONER_MODEL=str(MODEL)).stdout.lower())
            # The package of the weights: a folder with the files of models/default.
            os.symlink(MODEL, Path(folder, "bioner_model"), target_is_directory=True)
            self.assertIn("smollm2", run(folder).stdout.lower())
        self.assertIn("smollm2", run(ROOT).stdout.lower())


class Processes(unittest.TestCase):
    def test_pickles_as_its_options(self):
        nlp = bioner.load(["Drug"], model=MODEL, threads=1)
        pickled = pickle.dumps(nlp)
        self.assertLess(len(pickled), 10_000)
        again = pickle.loads(pickled)
        self.assertEqual(again.types, ["Drug"])
        self.assertEqual(spans(again(ABSTRACT)), spans(nlp(ABSTRACT)))
        doc = pickle.loads(pickle.dumps(nlp(ABSTRACT)))
        self.assertEqual(doc, nlp(ABSTRACT))
        error = pickle.loads(pickle.dumps(next(nlp.pipe([None])))).error
        self.assertEqual(error.code, "input")

    def test_a_process_that_is_forked_or_spawned_goes_on(self):
        # In a process of its own: a fork of one with threads, as test runners may be, is warned of.
        run = subprocess.run(
            [sys.executable, "-m", "tests.processes"],
            cwd=ROOT / "python",
            capture_output=True,
            text=True,
            timeout=300,
        )
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stdout.split(), ["fork", "forkserver", "spawn", "halfway"])

    def test_threads_share_a_recognizer(self):
        nlp = loaded()
        expected = spans(nlp(ABSTRACT))
        found = []
        threads = [
            threading.Thread(target=lambda: found.append(spans(nlp(ABSTRACT)))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [expected] * 4)

    def test_other_threads_run_while_it_computes(self):
        nlp = loaded()
        begun, ran = threading.Event(), threading.Event()
        thread = threading.Thread(target=lambda: begun.wait() and ran.set())
        thread.start()
        interval = sys.getswitchinterval()
        # Only what releases the interpreter lets the other thread run.
        sys.setswitchinterval(1000)
        try:
            begun.set()
            nlp(ABSTRACT)
            has_run = ran.is_set()
        finally:
            sys.setswitchinterval(interval)
            thread.join()
        self.assertTrue(has_run)

    @unittest.skipIf(sys.platform == "win32", "signals are sent as on Unix")
    def test_ctrl_c_interrupts_and_leaves_it_usable(self):
        code = """
import os, signal, threading, bioner
from tests.model import MODEL
nlp = bioner.load(model=MODEL)
long = " ".join(f"Patient {number} took aspirin." for number in range(20_000))
def interrupted():
    threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGINT)).start()
    return long
def texts():
    yield "Aspirin."
    yield interrupted()
for work in (lambda: list(nlp.pipe(texts())), lambda: nlp(interrupted())):
    try:
        work()
        print("not interrupted")
    except KeyboardInterrupt:
        print("interrupted", len(nlp("Aspirin.").entities))
"""
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT / "python",
            capture_output=True,
            text=True,
            timeout=300,
        )
        self.assertEqual(run.stdout.split("\n"), ["interrupted 1", "interrupted 1", ""], run.stderr)


class Program(unittest.TestCase):
    def run_program(self, *arguments, **options):
        program = [sys.executable, "-m", "bioner", *arguments]
        return subprocess.run(program, capture_output=True, text=True, **options)

    def test_is_the_command_line(self):
        help = self.run_program("--help")
        self.assertEqual(help.returncode, 0)
        self.assertIn("Usage: bioner", help.stdout)
        self.assertEqual(self.run_program("formats").stdout.split()[-1], "compact")
        self.assertEqual(self.run_program("extract", "--nonsense").returncode, 2)
        missing = self.run_program("extract", "no-such-file.txt", cwd=ROOT)
        self.assertEqual(missing.returncode, 2)
        self.assertIn("[input]", missing.stderr)

    def test_the_console_script_is_installed(self):
        from importlib.metadata import entry_points

        (script,) = entry_points(group="console_scripts", name="bioner")
        self.assertEqual(script.value, "bioner.__main__:main")

    def test_a_line_without_a_text_is_told(self):
        run = self.run_program(
            "extract", "--model", str(MODEL), input='{"id": 1}\n{"id": 2, "text": "Aspirin."}\n'
        )
        self.assertEqual(run.returncode, 1)
        first, second = map(json.loads, run.stdout.splitlines())
        self.assertEqual(first["error"]["code"], "input")
        self.assertEqual(second["entities"][0]["text"], "Aspirin")


class Files(unittest.TestCase):
    def test_documents_become_files(self):
        nlp = loaded(preset="note", sections=True, link=True)
        docs = list(nlp.pipe([{"id": "a", "text": ABSTRACT}, NOTE]))
        self.assertIn("a|t|", bioner.to_format(docs, "pubtator"))
        bioc = json.loads(bioner.to_format(docs[1], "bioc-json"))
        infons = [
            annotation["infons"]
            for passage in bioc["documents"][0]["passages"]
            for annotation in passage["annotations"]
        ]
        self.assertIn("absent", [infon.get("assertion") for infon in infons])
        with tempfile.TemporaryDirectory() as folder:
            (path,) = bioner.write(docs, Path(folder, "docs.jsonl"), "json-lines")
            lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            self.assertEqual([line["text"] for line in lines], [ABSTRACT, NOTE])
            names = {path.name for path in bioner.write(docs, Path(folder, "brat"), "brat")}
            self.assertEqual(names, {"a.txt", "a.ann", "2.txt", "2.ann"})

    def test_what_cannot_be_written(self):
        doc = bioner.Doc("Aspirin.", [bioner.Entity(0, 7, "Drug", "Aspirin")])
        for format in ("prose", "brat"):
            with self.assertRaises(bioner.BionerError) as raised:
                bioner.to_format(doc, format)
            self.assertEqual(raised.exception.code, "format")
        broken = bioner.Doc("Aspirin.", [bioner.Entity(0, 70, "Drug", "Aspirin")])
        with self.assertRaises(bioner.BionerError) as raised:
            bioner.to_format(broken, "pubtator")
        self.assertEqual(raised.exception.code, "offsets")
        with self.assertRaises(bioner.BionerError):
            bioner.to_format(loaded().pipe([None]), "pubtator")


if __name__ == "__main__":
    unittest.main()
