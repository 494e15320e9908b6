"""BioC XML and JSON, read by bioc."""

import bioc
from bioc import biocjson, biocxml

import documents
from exports import ExportCase, given, xml_text


class BioC(ExportCase):
    def check_bioc(self, collection):
        self.assertEqual(len(collection.documents), len(documents.DOCUMENTS))
        for (made, title, abstract), document in zip(given(), collection.documents, strict=True):
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

    def test_xml(self):
        with open(self.convert("bioc-xml", "a.xml"), encoding="utf-8") as file:
            self.check_bioc(biocxml.load(file))

    def test_attributes(self):
        with open(self.convert("bioc-xml", "said.xml", [documents.SAID]), encoding="utf-8") as file:
            (document,) = biocxml.load(file).documents
        (passage,) = document.passages
        for entity, annotation in zip(documents.SAID["entities"], passage.annotations, strict=True):
            for name in ["assertion", "temporality", "experiencer", "section"]:
                self.assertEqual(annotation.infons.get(name), entity.get(name))

    def test_xml_one_by_one(self):
        with biocxml.iterparse(str(self.convert("bioc-xml", "b.xml"))) as reader:
            read = list(reader)
        self.assertEqual(
            [document.id for document in read], [made["id"] for made in documents.DOCUMENTS]
        )

    def test_json(self):
        with open(self.convert("bioc-json", "a.bioc.json"), encoding="utf-8") as file:
            self.check_bioc(biocjson.load(file))
