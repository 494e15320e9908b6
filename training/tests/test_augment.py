import random
import unittest

from bioner_training.data import augment
from bioner_training.data.corpora import Document
from bioner_training.data.edits import edit


def document(text: str, *mentions: str) -> Document:
    found = sorted((text.index(m), text.index(m) + len(m), "Disease") for m in mentions)
    return Document(text, ("Disease",), tuple(found), "bc5cdr", ("Gene",))


def mentions(changed: Document) -> list[str]:
    return [changed.text[start:end] for start, end, _ in changed.entities]


class Edit(unittest.TestCase):
    def test_offsets_move_with_the_text(self):
        before = document("a fever and a rash", "fever", "rash")
        after = edit(before, [(0, 1, "the first"), (8, 11, "&"), (12, 13, "")])
        self.assertEqual(after.text, "the first fever &  rash")
        self.assertEqual(mentions(after), ["fever", "rash"])
        self.assertEqual(
            (after.types, after.guessed, after.corpus), (("Disease",), ("Gene",), "bc5cdr")
        )

    def test_an_edit_inside_an_entity_changes_it(self):
        after = edit(document("no type-2 diabetes.", "type-2 diabetes"), [(7, 8, " - ")])
        self.assertEqual(mentions(after), ["type - 2 diabetes"])

    def test_an_edit_over_the_edge_of_an_entity_is_left_out(self):
        after = edit(document("a fever", "fever"), [(1, 3, "__")])
        self.assertEqual(after.text, "a fever")

    def test_of_overlapping_edits_the_first_is_made(self):
        after = edit(document("abcdef fever", "fever"), [(0, 3, "x"), (2, 4, "y")])
        self.assertEqual(after.text, "xdef fever")

    def test_insertions_at_the_edges_stay_outside(self):
        after = edit(document("fever", "fever"), [(0, 0, "Dx: "), (5, 5, "!")])
        self.assertEqual((after.text, mentions(after)), ("Dx: fever!", ["fever"]))

    def test_white_space_at_an_edge_is_no_part_of_the_entity(self):
        after = edit(document("IL-8 and -9", "-9"), [(9, 10, " - ")])
        self.assertEqual((after.text, mentions(after)), ("IL-8 and  - 9", ["- 9"]))


class Alterations(unittest.TestCase):
    TEXTS = (
        ("Beta-blocker-induced asthma (AIA) vs. type-2 diabetes/obesity, \"x\" >= 5 % of all.",
         "asthma", "AIA", "type-2 diabetes", "obesity"),
        ("It was Parkinson's disease.", "Parkinson's disease"),
        ("\u0130zmir fever is \u00df-thalassaemia", "\u0130zmir fever", "\u00df-thalassaemia"),
        ("alpha-1 antitrypsin deficiency", "alpha-1 antitrypsin deficiency"),
        ("Fever .", "Fever"),
    )  # fmt: skip

    def test_each_keeps_the_letters_of_every_mention(self):
        def letters(text):
            text = text.lower()
            for name, letter in augment.GREEK.items():
                text = text.replace(name, letter)
            return "".join(c for c in text if c.isalnum())

        for text, *names in self.TEXTS:
            before = document(text, *names)
            for alteration in augment.ALTERATIONS:
                for seed in range(12):
                    with self.subTest(text=text, alteration=alteration.__name__, seed=seed):
                        after = alteration(before, random.Random(seed))
                        self.assertEqual(
                            [letters(m) for m in mentions(after)],
                            [letters(m) for m in mentions(before)],
                        )
                        self.assertTrue(all(m == m.strip() for m in mentions(after)))

    def test_each_changes_something(self):
        for alteration in augment.ALTERATIONS:
            with self.subTest(alteration=alteration.__name__):
                texts = [
                    alteration(document(text, *names), random.Random(seed)).text != text
                    for text, *names in self.TEXTS
                    for seed in range(12)
                ]
                self.assertTrue(any(texts))

    def test_particular_outcomes(self):
        before = document("TNF-alpha (in gout) +/- 3", "gout")
        self.assertEqual(
            augment.greek(before, random.Random(0)).text, "TNF-\u03b1 (in gout) \u00b1 3"
        )
        self.assertEqual(
            augment.no_stop(document("Has gout.", "gout"), random.Random(0)).text, "Has gout"
        )
        self.assertEqual(augment.upper(before, random.Random(0)).text, "TNF-ALPHA (IN GOUT) +/- 3")

    def test_a_seed_is_one_alteration(self):
        before = document(*self.TEXTS[0])
        many = {augment.alter(before, random.Random(seed)).text for seed in range(50)}
        again = {augment.alter(before, random.Random(seed)).text for seed in range(50)}
        self.assertEqual(many, again)
        self.assertGreater(len(many), 10)


if __name__ == "__main__":
    unittest.main()
