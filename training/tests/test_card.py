import io
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from bioner_training import card
from bioner_training.evaluation import bioner_program
from tests.tiny_corpora import write_corpora, write_program

#: `extract` finds the first word of each text, as each of the types asked for; `eval` gives fixed
#: scores
BIONER = """
def found(text, types):
    return [{'start': 0, 'end': len(text.split()[0]), 'type': kind, 'score': 0.9} for kind in types]

if sys.argv[1] == 'extract':
    types = sys.argv[sys.argv.index('--types') + 1].split(',')
    if '--together' in sys.argv:
        types = types[1:]
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps({'id': asked['id'], 'entities': found(asked['text'], types)}))
else:
    lines = [json.loads(line) for line in open(sys.argv[-1])]
    form = sys.argv[sys.argv.index('--format') + 1] if '--format' in sys.argv else 'lines-grouped'
    share = {'iob2': 0.25}.get(form, 0.5)
    count = lambda f1: {'f1': f1, 'precision': 0.75, 'recall': 0.375, 'gold': len(lines)}
    print(json.dumps({
        'micro': count(share), 'by_type': {t: count(0.1 * len(t)) for t in lines[0]['types']},
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
            "| bc5cdr | 50.0 | 75.0 | 37.5 | Chemical 80.0, Disease 70.0 |\n"
            "| ncbi-disease | 50.0 | 75.0 | 37.5 |  |\n"
            "| mean | 50.0 |  |  |  |\n",
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
        self.assertEqual(len(lines), 12)
        self.assertEqual(lines[-1], "| `iob2` | 25.0 | 12 |")

    def test_a_type_counts_where_its_corpus_has_it(self):
        printed = self.card("--tables", "types")
        # no sentence begins with a disease, and every first word is marked
        self.assertRegex(printed, r"\| bc5cdr, Chemical \| \d+\.\d \| \d+\.\d \|")
        self.assertRegex(printed, r"\| ncbi-disease, Disease \| 0\.0 \| 0\.0 \|")
        self.assertNotIn("Gene", printed)

    def test_strict_f1_wants_the_same_place_and_type(self):
        def entity(start: int, end: int, kind: str) -> dict:
            return {"start": start, "end": end, "type": kind}

        golds = [[entity(0, 4, "A"), entity(6, 9, "A"), entity(6, 9, "B")], []]
        answers = [[entity(0, 4, "A"), entity(6, 8, "A")], [entity(1, 2, "A")]]
        self.assertAlmostEqual(card.f1(golds, answers, "A"), 2 / 5)
        self.assertEqual(card.f1(golds, answers, "B"), 0.0)
        self.assertEqual(card.f1(golds, answers, "C"), 0.0)

    def test_says_what_is_wrong(self):
        for arguments, message in (
            (["--tables", "figures,nothing"], "no such table: nothing"),
            (["--only", "none"], "none"),
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
