import io
import json
import unittest
import xml.etree.ElementTree as ElementTree
from contextlib import redirect_stderr
from pathlib import Path

from bioner.engine import FORMATS

from bioner_training.study import __main__ as study
from bioner_training.study.formats import STUDY_FORMATS
from bioner_training.study.results import NAME, read_results
from tests.temporary import WithModel

TRAINING = Path(__file__).parents[1]


class Formats(unittest.TestCase):
    def test_the_study_compares_the_formats_it_has_results_for(self):
        formats = {result["format"] for result in read_results(TRAINING / "study/small")}
        self.assertEqual(set(STUDY_FORMATS), formats)
        self.assertEqual(len(STUDY_FORMATS), 12)
        self.assertLess(formats, set(FORMATS))

    def test_by_default_every_format_and_all_of_them_at_once(self):
        required = ["--corpora", "corpora", "--base", "base.gguf", "--study", "study"]
        models = study.arguments(required).models.split(",")
        self.assertEqual(models, [*STUDY_FORMATS, "multi"])

    def test_other_formats_of_the_engine_can_be_named(self):
        required = ["--corpora", "corpora", "--base", "base.gguf", "--study", "study"]
        self.assertEqual(study.arguments([*required, "--models", "compact"]).models, "compact")
        printed = io.StringIO()
        with redirect_stderr(printed), self.assertRaises(SystemExit):
            study.arguments([*required, "--models", "compact,json"])
        self.assertIn("no such format: json", printed.getvalue())


class Study(WithModel):
    def test_a_study_runs_resumes_and_reports(self):
        folder = self.folder / "study"
        more = [
            *("--base", str(self.model), "--study", str(folder), "--seeds", "1"),
            *("--models", "json-grouped,multi", "--only", "bc5cdr", "--steps", "2"),
            *("--examples", "4", "--sample", "2", "--threads", "1", "--device", "cpu"),
        ]
        self.output_of(study.main, *more)
        results = folder / NAME
        lines = results.read_text().splitlines(keepends=True)
        runs = [json.loads(line) for line in lines]
        done = {(run["model"], run["format"]) for run in runs}
        of_multi = {("multi", form) for form in STUDY_FORMATS}
        self.assertEqual(done, {("json-grouped", "json-grouped"), *of_multi})
        # without one result, and with a line that was not written to its end
        (lost,) = (line for line, run in zip(lines, runs, strict=True) if run["format"] == "iob2")
        kept = "".join(line for line in lines if line != lost)
        results.write_text(kept + lost[:40])
        self.output_of(study.main, *more)
        again = results.read_text()
        self.assertTrue(again.startswith(kept))
        last = json.loads(again[len(kept) :])
        self.assertEqual((last["model"], last["format"]), ("multi", "iob2"))
        table = (folder / "table.md").read_text()
        self.assertEqual(len(table.splitlines()), 2 + 13)
        plot = ElementTree.fromstring((folder / "plot.svg").read_text())
        self.assertIn("tuned on all", plot.itertext())


if __name__ == "__main__":
    unittest.main()
