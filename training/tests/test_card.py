import io
import json
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from bioner_training import card
from bioner_training.evaluation import bioner_program, dev_sets
from bioner_training.examples.type_names import SYNONYMS
from tests.tiny_corpora import write_corpora, write_program

#: `eval` gives scores that depend on the format, the names of the types, and how they are asked for
BIONER = """
lines = [json.loads(line) for line in open(sys.argv[-1])]
given = lambda name, other: sys.argv[sys.argv.index(name) + 1] if name in sys.argv else other
less = 0.1 if '--preset' in sys.argv else 0
share = {'iob2': 0.25}.get(given('--format', ''), 0.5) - less
count = lambda f1: {'f1': f1, 'precision': 0.75, 'recall': 0.375, 'gold': len(lines)}
shares = {kind: count(0.1 * len(kind) - less) for kind in lines[0]['types']}
print(json.dumps({
    'micro': count(share), 'by_type': shares,
    'seconds': 12.4, 'scores': {'error': 0.0123, 'bins': [
        {'mentions': 2, 'score': 0.45, 'right': 0.5},
        {'mentions': 1000, 'score': 0.95, 'right': 0.94}]},
}))
"""


class Tables(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.corpora = write_corpora(self.folder / "corpora")
        self.program = write_program(self.folder / "bioner", BIONER)

    def options(self, names: str) -> list[str]:
        options = {
            "bioner": self.program,
            "model": "m.gguf",
            "corpora": self.corpora,
            "only": names,
        }
        return [text for name, value in options.items() for text in (f"--{name}", str(value))]

    def card(self, *more: str) -> str:
        printed = io.StringIO()
        with redirect_stdout(printed):
            status = card.main([*self.options("bc5cdr,ncbi-disease"), *more])
        self.assertEqual(status, 0)
        return printed.getvalue()

    def test_figures_are_of_each_corpus_and_their_mean(self):
        self.assertIn(
            "| bc5cdr | literature | 50.0 | 75.0 | 37.5 | Chemical 80.0, Disease 70.0 |\n"
            "| ncbi-disease | literature | 50.0 | 75.0 | 37.5 |  |\n"
            "| mean of the first 2 |  | 50.0 |  |  |  |\n",
            self.card("--tables", "figures"),
        )

    def test_scores_are_seen_on_lines_that_were_not_calibrated_on(self):
        printed = self.card("--tables", "scores")
        self.assertIn("| 1,000 | 95.0 % | 94.0 % |\n| 2 | 45.0 % | 50.0 % |\n", printed)
        self.assertIn("1.2 points off", printed)
        asked = []
        evaluate, card.evaluate = (
            card.evaluate,
            lambda *given: asked.append(given[2]) or evaluate(*given),
        )
        self.addCleanup(setattr, card, "evaluate", evaluate)
        self.card("--tables", "scores", "--calibrated", "1")
        lines = (self.corpora / "bc5cdr/dev.jsonl").read_text().splitlines()
        self.assertEqual(asked[0][: len(lines) - 1], lines[1:])

    def test_formats_are_ranked(self):
        lines = [line for line in self.card("--tables", "formats").splitlines() if "`" in line]
        self.assertEqual(len(lines), 13)
        self.assertEqual(lines[-1], "| `iob2` | 25.0 | 12 |")

    def test_types_of_a_preset_are_asked_for_at_once_and_alone(self):
        printed = self.card("--tables", "presets")
        self.assertIn(
            "| bc5cdr | Chemical | 70.0 | 50.0 |\n| bc5cdr | Disease | 60.0 | 50.0 |", printed
        )

    def test_types_are_asked_for_by_names_that_no_run_was_tuned_with(self):
        printed = self.card("--tables", "names")
        self.assertIn("| bc5cdr | Chemical | 80.0 | Chemical entity | 150.0 |", printed)
        for names in card.NAMES.values():
            for kind, others in names.items():
                for name in others:
                    self.assertNotIn(name, SYNONYMS[kind])

    def test_a_dev_set_has_its_types_alone_and_by_other_names(self):
        entities = [{"start": 0, "end": 1, "type": "A"}, {"start": 2, "end": 3, "type": "B"}]
        lines = [json.dumps({"text": "a b", "types": ["A", "B"], "entities": entities})]
        (line,) = map(json.loads, dev_sets.restrict(lines, ("B", "C")))
        self.assertEqual((line["types"], line["entities"]), (["B"], entities[1:]))
        self.assertEqual(dev_sets.restrict(lines, ("C",)), [])
        (line,) = map(json.loads, dev_sets.rename(lines, {"B": "Z"}))
        self.assertEqual(line["types"], ["A", "Z"])
        self.assertEqual([e["type"] for e in line["entities"]], ["A", "Z"])

    def test_says_what_is_wrong(self):
        for arguments, message in (
            (["--tables", "figures,nothing"], "no such table: nothing"),
            (["--only", "none"], "no dev split"),
            (["--bioner", str(self.folder / "no")], "no"),
        ):
            printed = io.StringIO()
            with redirect_stderr(printed), redirect_stdout(io.StringIO()):
                status = card.main([*self.options("bc5cdr"), *arguments])
            self.assertEqual(status, 2)
            self.assertIn(message, printed.getvalue())


class Program(unittest.TestCase):
    def test_the_error_of_a_program_is_raised(self):
        with tempfile.TemporaryDirectory() as folder:
            failing = write_program(Path(folder) / "bioner", "sys.exit('no such model')\n")
            with self.assertRaisesRegex(ValueError, "no such model"):
                bioner_program.evaluate(failing, "m.gguf", ["{}"])
            short = write_program(Path(folder) / "short", "print('{\"error\": 1}')\n")
            with self.assertRaisesRegex(ValueError, "not every text"):
                bioner_program.extract(short, "m.gguf", ["a", "b"], ["Gene"])


if __name__ == "__main__":
    unittest.main()
