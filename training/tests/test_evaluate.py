import json
import unittest

from bioner_training import evaluate
from bioner_training.data.corpora import Document
from bioner_training.evaluation.evaluator import Evaluator
from bioner_training.model.decode import Answer
from tests.temporary import WithModel


class Scoring(unittest.TestCase):
    def test_the_right_answers_score_full_marks(self):
        text = "Gout and gout. Aspirin helps gout."
        at = [(0, 4), (9, 13), (29, 33)]
        entities = ((15, 22, "Chemical"), *((s, e, "Disease") for s, e in at))
        document = Document(text, ("Chemical", "Disease"), tuple(sorted(entities)))
        right = {
            "Gout and gout.": " Chemical: -\n Disease: Gout; gout",
            "Aspirin helps gout.": " Chemical: Aspirin\n Disease: gout",
        }

        class Knowing(Evaluator):
            def __init__(self):
                pass

            def answers(self, asked, form, batch):
                return [(right[s.view], Answer([1, 2], [1.0] * 3, True)) for s, _ in asked]

        report = Knowing().score([document], "lines-grouped").report()
        self.assertEqual(report["micro"]["f1"], 100.0)
        self.assertEqual((report["sentences"], report["tokens_written"]), (2, 6))
        right["Aspirin helps gout."] = " Chemical: Ibuprofen\n Disease: -"
        report = Knowing().score([document], "lines-grouped").report()
        self.assertEqual((report["invented"], report["mentions"]), (1, 3))
        right["Aspirin helps gout."] = " Aspirin"
        report = Knowing().score([document], "lines-grouped").report()
        self.assertEqual((report["unparsable"], report["micro"]["found"]), (1, 2))


class Program(WithModel):
    def test_evaluate_reports_each_corpus(self):
        printed = self.output_of(
            evaluate.main,
            "--model",
            str(self.model),
            *("--only", "bc5cdr,ncbi-disease", "--sample", "3", "--device", "cpu"),
        )
        lines = [json.loads(line) for line in printed.splitlines()]
        self.assertEqual([line.get("corpus") for line in lines], ["bc5cdr", "ncbi-disease", None])
        self.assertEqual(lines[0]["sentences"], 3)


if __name__ == "__main__":
    unittest.main()
