import random
import re
import unittest
from pathlib import Path

from bioner_training import segment_words
from bioner_training.segment import LONGEST, sentences

RUST = Path(__file__).parents[2] / "src" / "segment" / "words.rs"


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


class Sentences(unittest.TestCase):
    def test_the_words_are_those_of_the_engine(self):
        source = RUST.read_text("utf-8")
        for name in ("ABBREVIATIONS", "NEVER_LAST", "STARTERS"):
            (table,) = re.findall(name + r": &\[&str\] =\s*&\[(.*?)\];", source, re.S)
            self.assertEqual(getattr(segment_words, name), set(re.findall(r'"([^"]*)"', table)))

    def test_stops_end_sentences(self):
        for parts in (
            ["Selegiline was given.", "Did it help?", "No!", "It fell to 0.5 mg/dl (see above.)",
             "Then it rose."],
            ["It is mutated in cancer .", "However, it is not ."],
            ["They had hepatitis B.", "The others did not."],
            ["As found by Lee et al.", "These data agree."],
            ["We looked at it.", "p53 was lost.", "mRNA was not."],
        ):  # fmt: skip
            self.assertEqual(split(" ".join(parts)), parts)

    def test_abbreviations_decimals_and_names_do_not(self):
        for text in (
            "As shown by Smith et al. (2004) in Fig. 2, E. coli and S. Typhimurium grew.",
            "Dr. Jones gave 2.5 mg b.i.d. Metoprolol, i.e. a beta blocker, vs. Placebo.",
            "Levels rose (approx. 3.5-fold, P < .05) in Mycobacterium sp. JLS.",
            "J. R. Smith described it.",
        ):
            self.assertEqual(split(text), [text])

    def test_headings_lists_and_fields_are_sentences_of_their_own(self):
        text = (
            "MEDICATIONS\r\n1. Metoprolol 25 mg daily\r\n2. Aspirin\r\n\r\n- no known allergies\r\n"
            "- asthma\rDiagnosis: COPD\n"
        )
        self.assertEqual(
            split(text),
            ["MEDICATIONS", "1. Metoprolol 25 mg daily", "2. Aspirin", "- no known allergies",
             "- asthma", "Diagnosis: COPD"],
        )  # fmt: skip

    def test_wrapped_lines_are_one_paragraph(self):
        text = (
            "The patient was admitted with severe postural hypotension and\nParkinson's disease, for "
            "which selegiline had been prescribed by\nhis doctor. He recovered."
        )
        self.assertEqual(split(text), [text[: text.index(" He")], "He recovered."])

    def test_overlong_sentences_are_split_between_words(self):
        text = "aspirin and ibuprofen, " * 200
        parts = split(text)
        self.assertGreater(len(parts), 4)
        for part in parts:
            self.assertLessEqual(len(part), LONGEST)
            self.assertTrue(part.endswith("ibuprofen,"))
        word = "\u00e9" * 5000
        self.assertEqual("".join(split(word)), word)

    def test_nothing_is_lost(self):
        generator = random.Random(5)
        for _ in range(500):
            text = "".join(generator.choices("aB.?! \n\r\t(),;0\u00e9\u3002-\x85", k=generator.randint(0, 60)))
            end = 0
            for start, stop in sentences(text):
                self.assertTrue(end <= start < stop)
                self.assertEqual(text[end:start].strip(), "")
                end = stop
            self.assertEqual(text[end:].strip(), "")


if __name__ == "__main__":
    unittest.main()
