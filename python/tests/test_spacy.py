import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import bioner
import bioner.spacy
import spacy
from spacy import displacy
from spacy.tokens import DocBin, Span

from .model import ABSTRACT, MODEL, NOTE, loaded


def pipeline(**config) -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("bioner", config={"model": str(MODEL), **config})
    return nlp


def places(entities) -> list[tuple[int, int, str]]:
    return [(entity.start, entity.end, entity.type) for entity in entities]


def char_places(spans) -> list[tuple[int, int, str]]:
    return [(span.start_char, span.end_char, span.label_) for span in spans]


class Component(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.nlp = pipeline(preset="note", sections=True, link=True)

    def test_is_found_by_its_entry_point(self):
        from importlib.metadata import entry_points

        (point,) = entry_points(group="spacy_factories", name="bioner")
        self.assertIs(point.load(), bioner.spacy.create)

    def test_entities_have_what_the_recognizer_says(self):
        doc = self.nlp(NOTE)
        found = loaded(preset="note", sections=True, link=True)(NOTE).entities
        self.assertTrue(found)
        self.assertEqual(char_places(doc.ents), places(found))
        for ent, entity in zip(doc.ents, found, strict=True):
            self.assertEqual(ent._.bioner, entity)
            self.assertEqual(ent.kb_id_, entity.id or "")
            for field in bioner.spacy.FIELDS:
                self.assertEqual(getattr(ent._, field), getattr(entity, field))
        by_text = {ent.text: ent for ent in doc.ents}
        self.assertEqual(by_text["pneumonia"]._.assertion, "absent")
        self.assertEqual(by_text["diabetes mellitus"]._.experiencer, "family")
        self.assertEqual(by_text["diabetes mellitus"]._.section.heading, "Family history")
        self.assertTrue(by_text["aspirin"].kb_id_)

    def test_many_documents_and_processes(self):
        texts = [ABSTRACT, "", NOTE, "Aspirin."] * 2
        alone = [char_places(self.nlp(text).ents) for text in texts]
        for options in ({}, {"batch_size": 1}, {"n_process": 2}):
            docs = list(self.nlp.pipe(texts, **options))
            self.assertEqual([char_places(doc.ents) for doc in docs], alone, options)
            self.assertEqual(docs[2].ents[0]._.score, self.nlp(NOTE).ents[0]._.score)
        pairs = list(self.nlp.pipe([(text, n) for n, text in enumerate(texts)], as_tuples=True))
        self.assertEqual([n for _, n in pairs], list(range(len(texts))))

    def test_what_overlaps_or_is_no_tokens_is_in_the_group(self):
        text = "Non-selegiline breast cancer."
        entities = [
            bioner.Entity(4, 14, "Chemical", "selegiline", 0.9, id="X:1"),
            bioner.Entity(15, 28, "Disease", "breast cancer", 0.8),
            bioner.Entity(15, 28, "Cancer", "breast cancer", 0.7),
            bioner.Entity(15, 21, "Anatomy", "breast", 0.6),
        ]
        nlp = spacy.blank("en")
        nlp.tokenizer = spacy.tokenizer.Tokenizer(nlp.vocab, suffix_search=None)
        doc = nlp(text)
        self.assertEqual([token.text for token in doc], ["Non-selegiline", "breast", "cancer."])
        bioner.spacy.put(doc, entities)
        self.assertEqual([span._.bioner for span in doc.spans["bioner"]], entities)
        self.assertEqual(doc.spans["bioner"][0].text, "Non-selegiline")
        self.assertEqual(char_places(doc.ents), [(15, 21, "Anatomy")])
        doc = spacy.blank("en")(text)
        bioner.spacy.put(doc, entities)
        self.assertEqual(char_places(doc.ents), [(4, 14, "Chemical"), (15, 28, "Disease")])
        self.assertEqual([span._.bioner for span in doc.spans["bioner"]], entities)

    def test_entities_that_are_there_already(self):
        for overwrite in (False, True):
            nlp = spacy.blank("en")
            ruler = nlp.add_pipe("entity_ruler")
            ruler.add_patterns(
                [
                    {"label": "ADJ", "pattern": "postural"},
                    {"label": "VERB", "pattern": "induced"},
                ]
            )
            nlp.add_pipe("bioner", config={"model": str(MODEL), "overwrite_ents": overwrite})
            doc = nlp(ABSTRACT)
            labels = [ent.label_ for ent in doc.ents]
            self.assertIn("VERB", labels)
            self.assertEqual("ADJ" in labels, not overwrite, labels)
            self.assertIn("postural hypotension", [span.text for span in doc.spans["bioner"]])
            self.assertTrue(all(e._.bioner is None for e in doc.ents if e.label_ == "VERB"))

    def test_names_of_others_stay_theirs(self):
        code = """
import warnings
import spacy
from spacy.tokens import Span
nlp = spacy.blank("en")  # which imports bioner.spacy
assert not Span.has_extension("score")
Span.set_extension("score", default="theirs")
import bioner, bioner.spacy
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    doc = bioner.spacy.to_spacy(
        bioner.Doc("Aspirin.", [bioner.Entity(0, 7, "Drug", "Aspirin", 0.5, "absent")])
    )
ent = doc.ents[0]
print(len(told), ent._.score, ent._.bioner.score, ent._.assertion)
"""
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        self.assertEqual(run.stdout, "1 theirs 0.5 absent\n", run.stderr)

    def test_two_components_side_by_side(self):
        nlp = pipeline(types=["Disease"])
        config = {"model": str(MODEL), "types": ["Chemical"], "spans_key": "chemicals"}
        nlp.add_pipe("bioner", name="chemicals", config=config)
        doc = nlp(ABSTRACT)
        self.assertEqual({span.label_ for span in doc.spans["bioner"]}, {"Disease"})
        self.assertEqual({span.label_ for span in doc.spans["chemicals"]}, {"Chemical"})
        self.assertTrue(all(ent._.score == ent._.bioner.score for ent in doc.ents))

    def test_a_pipeline_is_saved_with_its_settings(self):
        with tempfile.TemporaryDirectory() as folder:
            self.nlp.to_disk(folder)
            again = spacy.load(folder)
        self.assertEqual(char_places(again(NOTE).ents), char_places(self.nlp(NOTE).ents))
        self.assertEqual(again.get_pipe("bioner").labels, self.nlp.get_pipe("bioner").labels)

    def test_errors_go_to_the_handler_of_spacy(self):
        with self.assertRaises(bioner.BionerError) as raised:
            pipeline(preset="letter")
        self.assertEqual(raised.exception.code, "preset")
        seen = []
        nlp = pipeline()
        nlp.set_error_handler(lambda name, component, docs, error: seen.append((name, error)))

        def broken(text: str):
            doc = spacy.tokens.Doc(nlp.vocab, words=[text])
            return doc

        docs = [nlp.make_doc(ABSTRACT), broken("x" * (5 << 20)), nlp.make_doc("Aspirin.")]
        docs = list(nlp.pipe(docs))
        self.assertEqual([len(doc.ents) > 0 for doc in docs], [True, True])
        self.assertEqual([(name, e.code) for name, e in seen], [("bioner", "text-too-large")])

    def test_a_wrong_setting_is_refused_by_spacy(self):
        with self.assertRaises(ValueError):
            pipeline(no_such_setting=1)

    def test_displacy_shows_them(self):
        doc = self.nlp(NOTE)
        html = displacy.render(doc, style="ent", page=False, jupyter=False)
        self.assertIn("pneumonia", html)
        self.assertIn("Disease", html)
        options = {"spans_key": "bioner"}
        html = displacy.render(doc, style="span", options=options, page=False, jupyter=False)
        self.assertIn("Disease", html)


class Documents(unittest.TestCase):
    def test_a_docbin_and_back(self):
        docs = list(
            loaded(preset="note", sections=True, link=True).pipe(
                [{"id": "a", "text": ABSTRACT}, {"id": 2, "text": NOTE}, ""]
            )
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "docs.spacy")
            bioner.spacy.to_docbin(docs).to_disk(path)
            # spaCy reads it by itself.
            read = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
            again = list(bioner.spacy.from_docbin(DocBin().from_disk(path)))
        self.assertEqual([doc.text for doc in read], [doc.text for doc in docs])
        self.assertEqual(char_places(read[1].ents), places(docs[1].entities))
        self.assertEqual(read[1].ents[0].kb_id_, docs[1].entities[0].id or "")
        self.assertEqual(again, docs)

    def test_a_docbin_of_documents_of_spacy(self):
        nlp = pipeline()
        made = list(nlp.pipe([ABSTRACT, "Aspirin."]))
        again = list(bioner.spacy.from_docbin(bioner.spacy.to_docbin(made, nlp), nlp))
        self.assertEqual(
            [places(doc.entities) for doc in again], [char_places(d.ents) for d in made]
        )

    def test_a_docbin_of_others(self):
        nlp = spacy.blank("en")
        doc = nlp("Aspirin helps.")
        doc.ents = [doc.char_span(0, 7, "Drug", kb_id="MESH:D001241")]
        docbin = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes())
        (again,) = bioner.spacy.from_docbin(docbin)
        expected = bioner.Entity(0, 7, "Drug", "Aspirin", id="MESH:D001241")
        self.assertEqual(again.entities, (expected,))

    def test_corrections_in_spacy_are_kept(self):
        made = bioner.spacy.to_spacy(loaded()(ABSTRACT))
        first = made.ents[0]
        relabelled = Span(
            made, first.start, first.end, label="Drug", kb_id="L:1", span_id=first.id_
        )
        del made.spans["bioner"]
        made.ents = [relabelled]
        (entity,) = bioner.spacy.from_spacy(made).entities
        self.assertEqual((entity.type, entity.id, entity.text), ("Drug", "L:1", "Selegiline"))
        self.assertEqual(entity.score, loaded()(ABSTRACT).entities[0].score)

    def test_as_bioc_and_pubtator(self):
        nlp = pipeline(preset="note", link=True)
        doc = nlp(NOTE)
        self.assertIn("pneumonia", bioner.spacy.to_bioc(doc))
        self.assertIn("absent", bioner.spacy.to_bioc([doc]))
        rows = [line.split("\t") for line in bioner.spacy.to_pubtator(doc).splitlines()]
        rows = [row for row in rows if len(row) > 1]
        self.assertEqual([row[3] for row in rows], [ent.text for ent in doc.ents])
        self.assertIn(next(e.kb_id_ for e in doc.ents if e.kb_id_), json.dumps(rows))


if __name__ == "__main__":
    unittest.main()
