"""The exports, read by the programs that people read them with.

Usage: python readers_test.py BIONER, where BIONER is the program of this project. Each test writes the
documents of documents.py with `bioner convert` and compares what a reader gets with what was put in.
"""

import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import bioc
import bratly
import conllu
import pyld.jsonld
from bioc import biocjson, biocxml, brat as bioc_brat, pubtator as bioc_pubtator
from pubtator_loader import PubTatorCorpusReader
from scispacy.data_util import med_mentions_example_iterator

import documents

PROGRAM = None
BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")


def flat(text):
    """The text as it is on one line."""
    return BREAKS.sub(" ", text)


def words(text):
    return BREAKS.sub(" ", text).split()


def xml_text(text):
    """The text as XML can hold it."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


class Readers(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        documents.write(cls.path / "documents.json")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def convert(self, form, name):
        """The path of the documents in a format."""
        path = self.path / name
        done = subprocess.run(
            [
                PROGRAM,
                "convert",
                "--output-format",
                form,
                "--output",
                path,
                self.path / "documents.json",
            ],
            capture_output=True,
            text=True,
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return path

    def given(self):
        """Each document's title, abstract and mentions."""
        for made in documents.DOCUMENTS:
            end = made.get("titleEnd", len(made["text"]))
            yield made, made["text"][:end], made["text"][end + 1 :]

    # PubTator

    def check_pubtator(self, read):
        """`read`: an (id, title, abstract, [(start, end, text, type, identifier)]) for each document."""
        self.assertEqual(len(read), len(documents.DOCUMENTS), "no document is lost")
        for (made, title, abstract), (_, read_title, read_abstract, mentions) in zip(
            self.given(), read
        ):
            self.assertEqual(flat(title).strip(), read_title)
            self.assertEqual(flat(abstract).strip(), read_abstract)
            whole = f"{read_title} {read_abstract}"
            self.assertEqual(len(mentions), len(made["entities"]))
            for entity, (start, end, text, kind, identifier) in zip(made["entities"], mentions):
                self.assertEqual(whole[start:end], text)
                self.assertEqual(flat(entity["text"]), text)
                self.assertEqual(entity["type"], kind)
                self.assertEqual(entity.get("id", "-"), identifier)

    def test_pubtator_by_bioc(self):
        with open(self.convert("pubtator", "a.pubtator"), encoding="utf-8") as file:
            read = bioc_pubtator.load(file)
        self.assertEqual(sum(len(document.relations) for document in read), 0)
        self.check_pubtator(
            [
                (
                    document.pmid,
                    document.title or "",
                    document.abstract or "",
                    [
                        (found.start, found.end, found.text, found.type, found.id)
                        for found in document.annotations
                    ],
                )
                for document in read
            ]
        )
        self.assertEqual(
            len({document.pmid for document in read}), len(read), "ids tell the documents apart"
        )

    def test_pubtator_by_pubtator_loader(self):
        read = PubTatorCorpusReader(str(self.convert("pubtator", "b.pubtator"))).load_corpus()
        read = [document for document in read if document is not None]
        self.assertEqual(
            [document.id for document in read], [int(made["id"]) for made in documents.DOCUMENTS]
        )
        self.check_pubtator(
            [
                (
                    document.id,
                    document.title_text,
                    document.abstract_text,
                    [
                        (
                            found.start_index,
                            found.end_index,
                            found.text_segment,
                            found.semantic_type_id,
                            found.entity_id,
                        )
                        for found in document.entities
                    ],
                )
                for document in read
            ]
        )

    def test_pubtator_by_scispacy(self):
        read = list(med_mentions_example_iterator(str(self.convert("pubtator", "c.pubtator"))))
        self.check_pubtator(
            [
                (document.pubmed_id, document.title, document.abstract, list(document.entities))
                for document in read
            ]
        )

    # BioC

    def check_bioc(self, collection):
        self.assertEqual(len(collection.documents), len(documents.DOCUMENTS))
        for (made, title, abstract), document in zip(self.given(), collection.documents):
            self.assertEqual(document.id, made["id"])
            source = made["text"] if isinstance(document, bioc.BioCDocument) else None
            passages = document.passages
            parts = [title, abstract] if made.get("titleEnd") is not None else [source]
            self.assertEqual(
                [xml_text(passage.text or "") for passage in passages],
                [xml_text(part) for part in parts],
            )
            kinds = [passage.infons["type"] for passage in passages]
            self.assertEqual(kinds, ["title", "abstract"] if len(parts) == 2 else ["text"])
            found = []
            for passage in passages:
                for annotation in passage.annotations:
                    (place,) = annotation.locations
                    start = place.offset - passage.offset
                    self.assertEqual(
                        (passage.text or "")[start : start + place.length], annotation.text
                    )
                    infons = annotation.infons
                    self.assertEqual(float(infons["score"]), 0.9)
                    found.append(
                        (
                            place.offset,
                            place.end,
                            infons["type"],
                            annotation.text,
                            infons.get("identifier"),
                        )
                    )
            wanted = [
                (e["start"], e["end"], e["type"], xml_text(e["text"]), e.get("id"))
                for e in made["entities"]
            ]
            self.assertEqual(found, wanted)

    def test_bioc_xml(self):
        with open(self.convert("bioc-xml", "a.xml"), encoding="utf-8") as file:
            self.check_bioc(biocxml.load(file))

    def test_bioc_xml_one_by_one(self):
        with biocxml.iterparse(str(self.convert("bioc-xml", "b.xml"))) as reader:
            read = list(reader)
        self.assertEqual(
            [document.id for document in read], [made["id"] for made in documents.DOCUMENTS]
        )

    def test_bioc_json(self):
        with open(self.convert("bioc-json", "a.bioc.json"), encoding="utf-8") as file:
            self.check_bioc(biocjson.load(file))

    # brat

    def brat(self):
        """The .txt and .ann of each document, in the order of the documents."""
        folder = self.convert("brat", "brat")
        names, taken = [], {}
        for made in documents.DOCUMENTS:
            taken[made["id"]] = taken.get(made["id"], 0) + 1
            count = taken[made["id"]]
            names.append(made["id"] if count == 1 else f"{made['id']}-{count}")
        self.assertEqual(sorted(path.stem for path in folder.glob("*.ann")), sorted(names))
        for name, made in zip(names, documents.DOCUMENTS):
            yield made, folder / f"{name}.txt", folder / f"{name}.ann"

    def check_brat(self, made, text_path, mentions):
        """`mentions`: (type, [(start, end)], text)."""
        raw = text_path.read_bytes().decode("utf-8")
        self.assertNotIn("\r", raw, "readers of brat's files do not agree on CR")
        self.assertEqual(raw, made["text"].replace("\r\n", "\n").replace("\r", "\n"))
        self.assertEqual(len(mentions), len(made["entities"]))
        for entity, (kind, places, text) in zip(made["entities"], mentions):
            self.assertEqual(kind, entity["type"].replace(" ", "_"))
            self.assertEqual(" ".join(raw[start:end] for start, end in places), text)
            self.assertEqual(text.split(), words(entity["text"]))
            for start, end in places:
                self.assertEqual(
                    len(raw[start:end].splitlines()), 1, "brat refuses a span over lines"
                )

    def test_brat_by_bioc(self):
        for made, text, annotations in self.brat():
            with (
                open(text, encoding="utf-8") as texts,
                open(annotations, encoding="utf-8") as found,
            ):
                read = bioc_brat.load(texts, found)
            mentions = []
            for entity in sorted(read.entities, key=lambda entity: int(entity.id[1:])):
                places = sorted(
                    (place.begin, place.end) for place in entity.locations
                )  # they come in no order
                mentions.append((entity.type, places, entity.text))
            self.check_brat(made, text, mentions)

    def test_brat_by_bratly(self):
        read_line = bratly.EntityAnnotation.from_line
        for made, text, annotations in self.brat():
            lines = annotations.read_text(encoding="utf-8").split("\n")
            read = [read_line(line) for line in lines if line.startswith("T")]
            self.check_brat(
                made,
                text,
                [
                    (
                        entity.label,
                        [(place.start, place.end) for place in entity.fragments],
                        entity.content,
                    )
                    for entity in read
                ],
            )

    # Tables and tokens

    def test_csv(self):
        with open(self.convert("csv", "a.csv"), encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        wanted = [(made, entity) for made in documents.DOCUMENTS for entity in made["entities"]]
        self.assertEqual(len(rows), len(wanted))
        for row, (made, entity) in zip(rows, wanted):
            self.assertEqual(made["text"][int(row["start"]) : int(row["end"])], row["text"])
            self.assertEqual((row["type"], float(row["score"])), (entity["type"], 0.9))
        annotated = [made for made in documents.DOCUMENTS if made["entities"]]
        self.assertEqual(len({row["id"] for row in rows}), len(annotated))

    def test_conll(self):
        text = self.convert("conll", "a.conll").read_text(encoding="utf-8")
        sentences = conllu.parse(text, fields=["form", "tag"])
        read = []
        for sentence in sentences:
            if sentence[0]["form"] == "-DOCSTART-":
                read.append([])
                continue
            open_type = None
            for token in sentence:
                tag = token["tag"]
                if tag[0] == "B":
                    read[-1].append((tag[2:], [token["form"]]))
                elif tag[0] == "I":
                    self.assertEqual(tag[2:], open_type, "IOB2: what goes on has begun")
                    read[-1][-1][1].append(token["form"])
                open_type = tag[2:] if tag != "O" else None
        self.assertEqual(len(read), len(documents.DOCUMENTS))
        for made, mentions in zip(documents.DOCUMENTS, read):
            wanted, end = [], 0
            for entity in sorted(made["entities"], key=lambda e: (e["start"], -e["end"])):
                if entity["start"] >= end:  # of those that overlap the first and longest
                    end = entity["end"]
                    wanted.append(
                        (entity["type"].replace(" ", "_"), "".join(words(entity["text"])))
                    )
            self.assertEqual([(kind, "".join(tokens)) for kind, tokens in mentions], wanted)

    # JSON

    def test_json(self):
        read = json.loads(self.convert("json", "a.json").read_text(encoding="utf-8"))
        for made, document in zip(documents.DOCUMENTS, read, strict=True):
            self.assertEqual((document["id"], document["text"]), (made["id"], made["text"]))
            self.assertEqual(
                document["entities"],
                [
                    {
                        key: entity[key]
                        for key in ("start", "end", "type", "text", "score", "id")
                        if key in entity
                    }
                    for entity in made["entities"]
                ],
            )

    def test_web_annotation(self):
        read = json.loads(self.convert("web-annotation", "a.jsonld").read_text(encoding="utf-8"))
        terms = json.loads(
            (pathlib.Path(__file__).parent / "web_annotation_terms.json").read_text()
        )
        context = {
            "contextUrl": None,
            "documentUrl": "http://www.w3.org/ns/anno.jsonld",
            "document": terms,
        }
        expanded = pyld.jsonld.expand(
            read,
            {
                "base": "https://example.org/a.jsonld",
                "documentLoader": lambda url, options: context,
            },
        )
        oa = "http://www.w3.org/ns/oa#"
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
        value = lambda node, name: node[oa + name][0]["@value"]
        by_source = {}
        for annotation in expanded:
            self.assertEqual(annotation["@type"], [oa + "Annotation"])
            self.assertEqual(
                annotation["http://www.w3.org/2005/11/its/rdf#taConfidence"][0]["@value"], 0.9
            )
            (target,) = annotation[oa + "hasTarget"]
            source = target[oa + "hasSource"][0]["@id"]
            position, quote = target[oa + "hasSelector"]
            self.assertEqual(position["@type"], [oa + "TextPositionSelector"])
            self.assertEqual(quote["@type"], [oa + "TextQuoteSelector"])
            bodies = annotation[oa + "hasBody"]
            kind = bodies[0][rdf][0]["@value"]
            identifiers = [body[oa + "hasSource"][0]["@id"] for body in bodies[1:]]
            by_source.setdefault(source, []).append(
                (
                    value(position, "start"),
                    value(position, "end"),
                    kind,
                    value(quote, "exact"),
                    value(quote, "prefix"),
                    value(quote, "suffix"),
                    identifiers,
                )
            )
        self.assertEqual(len({annotation["@id"] for annotation in expanded}), len(expanded))
        annotated = [made for made in documents.DOCUMENTS if made["entities"]]
        self.assertEqual(len(by_source), len(annotated), "each document has a source of its own")
        for made, found in zip(annotated, by_source.values()):
            text = made["text"]
            for entity, (start, end, kind, exact, prefix, suffix, identifiers) in zip(
                made["entities"], found, strict=True
            ):
                self.assertEqual(
                    (start, end, kind, exact),
                    (entity["start"], entity["end"], entity["type"], text[start:end]),
                )
                self.assertEqual(prefix, text[max(0, start - 32) : start])
                self.assertEqual(suffix, text[end : end + 32])
                wanted = [f"https://identifiers.org/{entity['id']}"] if "id" in entity else []
                self.assertEqual(identifiers, wanted)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
