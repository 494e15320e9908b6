"""UIMA CAS XMI, read by dkpro-cassis, and what dkpro-cassis writes, read back."""

import cassis

import documents
from exports import ExportCase, xml_text

MENTION = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
DIV = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Div"
FEATURES = ["assertion", "temporality", "experiencer", "section"]


class Xmi(ExportCase):
    def exported(self, made=None):
        """Each document with its CAS."""
        made = documents.DOCUMENTS if made is None else made
        folder = self.convert("xmi", "xmi", made)
        with open(folder / "TypeSystem.xml", "rb") as file:
            types = cassis.load_typesystem(file)
        names, taken = [], {}
        for document in made:
            id = document["id"]
            taken[id] = taken.get(id, 0) + 1
            names.append(id if taken[id] == 1 else f"{id}-{taken[id]}")
        self.assertEqual(sorted(path.stem for path in folder.glob("*.xmi")), sorted(names))
        for document, name in zip(made, names, strict=True):
            with open(folder / f"{name}.xmi", "rb") as file:
                yield document, name, cassis.load_cas_from_xmi(file, typesystem=types)

    def test_read_by_cassis(self):
        for made, _, cas in self.exported():
            self.assertEqual(cas.sofa_string, xml_text(made["text"]))
            (metadata,) = cas.select(METADATA)
            self.assertEqual(metadata.documentId, made["id"])
            found = [
                (e.begin, e.end, e.value, e.get_covered_text(), e.identifier, e.score)
                for e in cas.select(MENTION)
            ]
            wanted = [
                (e["start"], e["end"], e["type"], xml_text(e["text"]), e.get("id"), e["score"])
                for e in made["entities"]
            ]
            self.assertEqual(sorted(found, key=str), sorted(wanted, key=str))
            kinds = [div.divType for div in cas.select(DIV)]
            self.assertLessEqual(len(kinds), 2)
            self.assertEqual("title" in kinds, "titleEnd" in made)

    def test_attributes(self):
        for made, _, cas in self.exported([documents.SAID]):
            for entity, found in zip(made["entities"], cas.select(MENTION), strict=True):
                for name in FEATURES:
                    self.assertEqual(found[name], entity.get(name))

    def test_what_cassis_writes_is_read(self):
        folder = self.path / "again"
        folder.mkdir()
        for _, name, cas in self.exported():
            cas.to_xmi(folder / f"{name}.xmi")
        read = {document["id"]: [] for document in documents.DOCUMENTS}
        for document in self.convert_back(folder):
            read[document["id"]].append(document)
        for made in documents.DOCUMENTS:
            match = [
                document
                for document in read[made["id"]]
                if document["text"] == xml_text(made["text"])
            ]
            self.assertEqual(len(match), 1)
            wanted = [{**e, "text": xml_text(e["text"])} for e in made["entities"]]
            self.assertEqual(
                match[0]["entities"], sorted(wanted, key=lambda e: (e["start"], e["end"]))
            )
            self.assertEqual(match[0].get("titleEnd"), made.get("titleEnd"))
