import json
import unittest
import xml.etree.ElementTree as ElementTree

from bioner_training.study import __main__ as study
from bioner_training.study.results import NAME
from tests.temporary import WithModel


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
        self.assertEqual(len({(run["model"], run["format"]) for run in runs}), 13)
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
