import random
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from bioner.engine import FORMATS, INVENTORY, MARKERS, Sentence

from bioner_training.data import clinical_notes, corpora, mention_exchange
from bioner_training.data.corpora import Document
from bioner_training.examples.epoch import Recipe, ask, draw_epoch, without_overlap
from bioner_training.examples.type_names import PRESETS, SYNONYMS, UNKNOWN_NAMES
from tests.tiny_corpora import write_corpora

#: the markers of types with other names come after so many
MAX_INVENTORY = 40
#: written by tests/browser/queue-functions.test.mjs
REVIEWED = Path(__file__).parents[2] / "tests/golden/training-lines.jsonl"


class Corpora(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = write_corpora(Path(folder.name) / "corpora")

    def test_reads_what_was_written(self):
        documents = corpora.read_corpus(self.folder, "bc5cdr", "train")
        first = documents[0]
        self.assertEqual(first.text[slice(*first.entities[0][:2])], "Aspirin")
        self.assertEqual(
            [kind for _, _, kind in first.entities], ["Chemical", "Disease", "Disease"]
        )

    def test_reads_the_lines_that_a_review_on_the_page_gives(self):
        note, nothing = corpora.read_file(REVIEWED)
        self.assertEqual(
            [note.text[start:end] for start, end, _ in note.entities], ["Aspirin", "gout", "mania"]
        )
        self.assertEqual((nothing.types, nothing.entities), (("Chemical", "Disease"), ()))

    def test_says_what_is_wrong_with_a_file(self):
        path = self.folder / "bc5cdr" / "train.jsonl"
        bad = (
            '{"text": "a"',
            '{"text": "a", "types": ["X"], "entities": [{"start": 0, "end": 9, "type": "X"}]}',
            '{"text": "a", "types": [], "entities": [{"start": 0, "end": 1, "type": "X"}]}',
            '{"types": [], "entities": []}',
        )
        for line in bad:
            with self.subTest(line=line):
                path.write_text('{"text": "a", "types": [], "entities": []}\n' + line + "\n")
                with self.assertRaisesRegex(corpora.BadCorpus, "train.jsonl, line 2"):
                    corpora.read_corpus(self.folder, "bc5cdr", "train")
        path.unlink()
        with self.assertRaisesRegex(corpora.BadCorpus, "no corpus file"):
            corpora.read_corpus(self.folder, "bc5cdr", "train")

    def test_no_cut_halves_an_entity(self):
        text = "Deficiency of vitamin. B12 deficiency was seen."
        start, end = text.index("vitamin"), text.index(" def", 20)
        parts = corpora.split_sentences(Document(text, ("X",), ((start, end, "X"),)))
        self.assertEqual([p.text for p in parts], [text])

    def test_joined_sentences_keep_their_entities(self):
        parts = [
            Document("Gout.", ("X",), ((0, 4, "X"),), "c", ("Y", "Z")),
            Document("A rash.", ("X",), ((2, 6, "X"), (0, 1, "Z")), "c", ("Z",)),
            Document("No.", ("X",), (), "c", ("Z",)),
        ]
        whole = corpora.join(parts)
        self.assertEqual(whole.text, "Gout. A rash. No.")
        self.assertEqual(
            [(whole.text[s:e], kind) for s, e, kind in whole.entities],
            [("Gout", "X"), ("rash", "X"), ("A", "Z")],
        )
        self.assertEqual(whole.guessed, ("Z",))


class Asking(unittest.TestCase):
    def ask(self, document, seed, **recipe):
        return ask(document, Recipe(**recipe), random.Random(seed), "lines-grouped")

    def test_asks_only_for_what_is_known_and_answers_all_of_it(self):
        types = ("Cancer", "Chemical", "Disease")
        document = Document(
            "aspirin, gout", types, ((0, 7, "Chemical"), (9, 13, "Disease")), "bc5cdr"
        )
        orders = set()
        for seed in range(200):
            example = self.ask(document, seed, whole=0.2, synonyms=0)
            self.assertTrue(set(example.types) <= set(types) and example.types)
            self.assertEqual(len(set(example.types)), len(example.types))
            expected = {(s, e, kind) for s, e, kind in document.entities if kind in example.types}
            self.assertEqual({(s, e, example.types[k]) for s, e, k in example.entities}, expected)
            orders.add(example.types)
        # every non-empty subset in every order
        self.assertEqual(len(orders), 3 + 6 + 6)

    def test_synonyms_name_the_same_type(self):
        document = Document("aspirin", ("Chemical", "Disease"), ((0, 7, "Chemical"),), "bc5cdr")
        names = set()
        for seed in range(400):
            example = self.ask(document, seed, whole=1.0, synonyms=0.9, shuffled=0)
            self.assertEqual(example.entities, ((0, 7, 0),))
            names.add(example.types[0])
        self.assertEqual(names, {"Chemical", *SYNONYMS["Chemical"]})

    def test_unknown_names_are_in_no_inventory(self):
        known = {entry["name"] for entry in INVENTORY["types"]}
        for kind, names in UNKNOWN_NAMES.items():
            self.assertIn(kind, known)
            for name in names:
                sentence = Sentence("gout")
                # its marker is the first of those for other types
                answer = FORMATS["compact"].render(sentence, [name], [(0, 4, 0)])
                self.assertEqual(answer, MARKERS[MAX_INVENTORY] + " gout")
        document = Document("gout", ("Disease",), ((0, 4, "Disease"),), "bc5cdr")
        names = {self.ask(document, s, unknown=0.5, synonyms=0).types[0] for s in range(100)}
        self.assertEqual(names, {"Disease", *UNKNOWN_NAMES["Disease"]})

    def test_a_corpus_is_asked_what_a_user_would_ask(self):
        known = ("Age", "Anatomy", "Disease", "Medication", "Symptom")
        document = Document("gout", known, ((0, 4, "Disease"),), "maccrobat")
        asked = {self.ask(document, s, whole=1, synonyms=0, shuffled=0).types for s in range(50)}
        note = tuple(kind for kind in PRESETS["note"] if kind in known)
        self.assertEqual(asked, {note, ("Disease", "Medication")})
        # with what a teacher said of the types that the corpus lacks
        document = Document(
            "gout", ("Disease",), ((0, 4, "Disease"),), "bc5cdr", ("Gene", "Species")
        )
        asked = {
            self.ask(document, s, whole=1, synonyms=0, shuffled=0, guessed=1).types
            for s in range(50)
        }
        self.assertEqual(asked, {("Disease", "Gene", "Species"), ("Disease",)})

    def test_types_that_mean_something_else_are_not_asked_for(self):
        types = ("AdverseEffect", "Symptom")
        document = Document("rash", types, ((0, 4, "Symptom"),), "psytar")
        for seed in range(50):
            example = self.ask(document, seed, synonyms=0)
            self.assertEqual((example.types, example.entities), (("AdverseEffect",), ()))

    def test_a_tumour_is_what_other_corpora_call_it(self):
        document = Document("glioma", ("Anatomy", "Cancer", "Disease"), ((0, 6, "Cancer"),))
        document = replace(document, corpus="cancer-genetics")
        seen = {}
        for seed in range(200):
            example = self.ask(document, seed, synonyms=0, shuffled=0)
            kinds = tuple(example.types[kind] for _, _, kind in example.entities)
            self.assertEqual(seen.setdefault(example.types, kinds), kinds)
        self.assertEqual(seen[("Disease", "Anatomy")], ("Disease", "Anatomy"))
        self.assertEqual(seen[("Anatomy",)], ("Anatomy",))
        self.assertEqual(seen[("Anatomy", "Cancer", "Disease")], ("Cancer",))

    def test_a_narrow_type_is_wide_without_its_neighbours(self):
        entities = ((0, 5, "Organ"), (6, 10, "Cell"), (11, 15, "Anatomy"))
        types = ("Anatomy", "Cell", "Organ")
        document = Document("liver cell body", types, entities, "cancer-genetics")
        for seed in range(60):
            example = self.ask(document, seed, whole=0.1, synonyms=0)
            found = {
                document.text[s:e] for s, e, k in example.entities if example.types[k] == "Anatomy"
            }
            if example.types == ("Anatomy",):
                self.assertEqual(found, {"liver", "cell", "body"})
            elif "Anatomy" in example.types:
                self.assertEqual(found, {"body"})

    def test_guessed_types_are_asked_for_only_where_there_are_any(self):
        document = Document(
            "p53 in gout", ("Disease",), ((0, 3, "Gene"), (7, 11, "Disease")), "c", ("Gene",)
        )
        asked = {self.ask(document, seed, guessed=0.5, synonyms=0).types for seed in range(80)}
        self.assertEqual(asked, {("Disease",), ("Gene",), ("Gene", "Disease"), ("Disease", "Gene")})
        asked = {self.ask(document, seed, guessed=0.0, synonyms=0).types for seed in range(80)}
        self.assertEqual(asked, {("Disease",)})

    def test_of_overlapping_entities_of_a_type_the_longer_stays(self):
        entities = [(0, 4, 0), (2, 8, 0), (3, 5, 1)]
        self.assertEqual(without_overlap(entities), [(2, 8, 0), (3, 5, 1)])


class Exchange(unittest.TestCase):
    DOCUMENTS = (
        Document(
            "gout, gout and asthma",
            ("Disease",),
            ((0, 4, "Disease"), (6, 10, "Disease"), (15, 21, "Disease")),
        ),
        Document(
            "TP53 in a rare tumour",
            ("Disease",),
            ((0, 4, "Gene"), (10, 21, "Disease")),
            "",
            ("Gene",),
        ),
    )

    def test_marks_other_mentions_of_the_same_type(self):
        known = mention_exchange.mentions_of(self.DOCUMENTS)
        self.assertEqual(known, {"Disease": ("asthma", "gout", "rare tumour")})
        seen = set()
        for seed in range(60):
            changed = mention_exchange.exchange(self.DOCUMENTS[0], known, random.Random(seed))
            first, second, third = (changed.text[s:e] for s, e, _ in changed.entities)
            # a mention that occurs twice has one replacement, and the words between stay
            self.assertEqual(changed.text, f"{first}, {first} and {third}")
            self.assertEqual(first, second)
            seen |= {first, third}
        self.assertEqual(seen, set(known["Disease"]))

    def test_guessed_and_overlapping_mentions_stay(self):
        known = {"Disease": ("gout",), "Anatomy": ("toe",)}
        for seed in range(20):
            changed = mention_exchange.exchange(self.DOCUMENTS[1], known, random.Random(seed))
            self.assertTrue(changed.text.startswith("TP53 in a "))
            entities = ((0, 11, "Disease"), (5, 11, "Anatomy"))
            overlapping = Document("rare tumour", ("Anatomy", "Disease"), entities)
            self.assertEqual(
                mention_exchange.exchange(overlapping, known, random.Random(seed)), overlapping
            )

    def test_an_epoch_exchanges_as_often_as_the_recipe_says(self):
        plain = Recipe(augmented=0, notes=0, joined=0, empty=1)

        def texts(recipe: Recipe) -> set[str]:
            return {e.text for e in draw_epoch([list(self.DOCUMENTS) * 20], recipe, 1, 0)}

        self.assertEqual(texts(plain), {document.text for document in self.DOCUMENTS})
        self.assertGreater(len(texts(replace(plain, exchanged=0.5))), 4)


class Notes(unittest.TestCase):
    def test_marks_what_it_put_in_and_nothing_else(self):
        documents = [
            Document(
                "aspirin gout", ("Chemical", "Disease"), ((0, 7, "Chemical"), (8, 12, "Disease"))
            ),
            Document("fever", ("Disease",), ((0, 5, "Disease"),)),
        ]
        pool = clinical_notes.Pool.of(documents)
        for seed in range(200):
            note = clinical_notes.note(pool, random.Random(seed))
            rest = note.text.lower()
            for start, end, kind in note.entities:
                expected = {"Chemical": "aspirin", "Disease": "gout"}[kind]
                self.assertEqual(note.text[start:end].lower(), expected)
            marked = len(note.entities)
            self.assertEqual(rest.count("aspirin") + rest.count("gout"), marked)
            self.assertNotIn("{", note.text)

    def test_a_pool_needs_both_types(self):
        self.assertFalse(
            clinical_notes.Pool.of([Document("fever", ("Disease",), ((0, 5, "Disease"),))])
        )


if __name__ == "__main__":
    unittest.main()
