import unittest

from bioner_training import pseudo
from bioner_training.data.corpora import Document, read_corpus
from bioner_training.model.decode import Answer
from tests.temporary import WithModel
from tests.tiny_corpora import write_program


class Completion(WithModel):
    def test_a_teacher_completes_what_it_is_sure_of(self):
        out = self.folder / "completed"
        more = (
            "--model",
            str(self.model),
            "--out",
            str(out),
            "--only",
            "bc5cdr",
            "--device",
            "cpu",
        )
        self.output_of(pseudo.main, *more)
        documents = read_corpus(out, "bc5cdr", "train")
        # this teacher has learned nothing and parses nowhere
        self.assertEqual([d.guessed for d in documents], [()] * 5)
        self.assertEqual(
            [d.text for d in documents],
            [d.text for d in read_corpus(self.corpora, "bc5cdr", "train")],
        )
        path = out / "bc5cdr" / "train.jsonl"
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        self.output_of(pseudo.main, *more)
        self.assertEqual(path.read_bytes(), whole)

    def test_guesses_follow_the_answers_and_their_certainty(self):
        answers = {
            "Gene": (" Gene: p53", 0.9),
            "Anatomy": (" Anatomy: -", 0.9),
            "Species": (" Species: mice", 0.6),
        }

        class Teacher:
            def answers(self, asked, form, batch):
                return [
                    (answers[kind][0], Answer([1, 2], [1.0, answers[kind][1], 1.0], True))
                    for _, (kind,) in asked
                ]

        document = Document("p53 in gout of mice", ("Chemical", "Disease"), ((7, 11, "Disease"),))
        (value,) = pseudo.complete(Teacher(), [document], 0.8, 4)
        self.assertEqual(value["guessed"], ["Gene", "Anatomy"])
        self.assertEqual(
            value["entities"],
            [{"start": 0, "end": 3, "type": "Gene"}, {"start": 7, "end": 11, "type": "Disease"}],
        )

    def test_a_guess_gives_way_to_what_the_corpus_marks(self):
        entities = [(0, 7, "Gene"), (10, 16, "Anatomy")]
        for guess, expected in (
            ((0, 7, "Chemical"), True),
            ((0, 7, "Gene"), False),
            ((4, 9, "Chemical"), True),
            ((0, 3, "Chemical"), False),
            ((0, 20, "Disease"), False),
            ((10, 16, "Disease"), False),
            ((20, 25, "Disease"), False),
        ):
            self.assertEqual(pseudo.contradicts(guess, entities), expected, guess)

    def test_the_program_is_asked_and_believed_where_it_is_sure(self):
        program = write_program(
            self.folder / "bioner",
            "asked = ['extract', '--model', 'm.gguf', '--types', 'Gene,Species', '-']\n"
            "assert sys.argv[1:] == asked\n"
            "for line in sys.stdin:\n"
            "    asked = json.loads(line)\n"
            "    score = float(asked['text'][-3:])\n"
            "    found = [{'start': 0, 'end': 3, 'type': 'Gene', 'score': score}]\n"
            "    print(json.dumps({'id': asked['id'], 'entities': found}))\n",
        )
        documents = [
            Document("p53 in gout, 0.9", ("Disease",), ((7, 11, "Disease"),)),
            Document("p53 in gout, 0.5", ("Disease",), ((7, 11, "Disease"),)),
        ]

        def complete(types: tuple[str, ...]) -> list[dict]:
            return list(pseudo.complete_by_program(program, "m.gguf", documents, types, 0.6))

        sure, unsure = complete(("Gene", "Species"))
        disease = {"start": 7, "end": 11, "type": "Disease"}
        self.assertEqual((sure["guessed"], unsure["guessed"]), (["Gene", "Species"], ["Species"]))
        self.assertEqual(sure["entities"], [{"start": 0, "end": 3, "type": "Gene"}, disease])
        self.assertEqual(unsure["entities"], [disease])
        with self.assertRaisesRegex(ValueError, "AssertionError"):
            complete(("Gene",))
        self.assertEqual(
            pseudo.parse_types_by_corpus("bc5cdr=Gene; bc2gm=Chemical,Disease"),
            {"bc5cdr": ("Gene",), "bc2gm": ("Chemical", "Disease")},
        )


if __name__ == "__main__":
    unittest.main()
