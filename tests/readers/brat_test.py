"""brat, read by bioc and bratly."""

import re

import bratly
from bioc import brat

import documents
from exports import ExportCase, words

CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


class Brat(ExportCase):
    def exported(self):
        """The .txt and .ann of each document, in the order of the documents."""
        folder = self.convert("brat", "brat")
        names, taken = [], {}
        for made in documents.DOCUMENTS:
            taken[made["id"]] = taken.get(made["id"], 0) + 1
            count = taken[made["id"]]
            names.append(made["id"] if count == 1 else f"{made['id']}-{count}")
        self.assertEqual(sorted(path.stem for path in folder.glob("*.ann")), sorted(names))
        for name, made in zip(names, documents.DOCUMENTS, strict=True):
            yield made, folder / f"{name}.txt", folder / f"{name}.ann"

    def check_brat(self, made, text_path, mentions):
        """`mentions`: (type, [(start, end)], text)."""
        raw = text_path.read_bytes().decode("utf-8")
        self.assertNotIn("\r", raw, "readers of brat's files do not agree on CR")
        text = made["text"].replace("\r\n", "\n").replace("\r", "\n")
        # What has many control characters for its length would be no text with them.
        self.assertIn(raw, (text, CONTROL.sub("\ufffd", text)))
        self.assertEqual(len(mentions), len(made["entities"]))
        for entity, (kind, places, text) in zip(made["entities"], mentions, strict=True):
            self.assertEqual(kind, entity["type"].replace(" ", "_"))
            self.assertEqual(" ".join(raw[start:end] for start, end in places), text)
            self.assertEqual(text.split(), words(entity["text"]))
            for start, end in places:
                self.assertEqual(
                    len(raw[start:end].splitlines()), 1, "brat refuses a span over lines"
                )

    def test_read_by_bioc(self):
        for made, text, annotations in self.exported():
            with (
                open(text, encoding="utf-8") as texts,
                open(annotations, encoding="utf-8") as found,
            ):
                read = brat.load(texts, found)
            mentions = []
            for entity in sorted(read.entities, key=lambda entity: int(entity.id[1:])):
                # they are in no order
                places = sorted((place.begin, place.end) for place in entity.locations)
                mentions.append((entity.type, places, entity.text))
            self.check_brat(made, text, mentions)

    def test_attributes_are_read(self):
        folder = self.convert("brat", "said", [documents.SAID])
        path = folder / f"{documents.SAID['id']}.ann"
        lines = path.read_text(encoding="utf-8").splitlines()
        read_line = bratly.EntityAnnotation.from_line
        entities = {line.split("\t")[0]: read_line(line) for line in lines if line[0] == "T"}
        read_line = bratly.AttributeAnnotation.from_line
        attributes = [read_line(line, entities) for line in lines if line[0] == "A"]
        said = {(found.label, *found.values) for found in attributes}
        first = documents.SAID["entities"][0]
        names = ["assertion", "temporality", "experiencer", "section"]
        self.assertEqual(said, {(name.capitalize(), first[name]) for name in names})
        (read,) = self.convert_back(folder)
        self.assertEqual(
            [{**entity, "score": 0.9} for entity in read["entities"]],
            documents.SAID["entities"],
        )

    def test_read_by_bratly(self):
        read_line = bratly.EntityAnnotation.from_line
        for made, text, annotations in self.exported():
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
