import unittest
from pathlib import Path

from bioner_training.study.plot import plot
from bioner_training.study.report import report
from bioner_training.study.results import add_result, read_results
from bioner_training.study.summary import rows
from tests.temporary import WithFolder

TRAINING = Path(__file__).parents[1]
FREE = {"unfinished": 0, "sentences": 10, "mentions": 5, "invented": 0, "tokens_written": 40}


class Report(WithFolder):
    def add(self, form: str, seed: int, free: float, *grammar: float) -> None:
        names = ("bc5cdr", "linnaeus")
        corpus = {"micro": {"f1": free, "precision": 1.0}, "unparsable": seed, **FREE}
        result = {
            "format": form,
            "model": form,
            "seed": seed,
            "free": {name: {**corpus, "seconds": 1.0, "by_type": {}} for name in names},
            "grammar": {
                name: {"micro": {"f1": f1}, "seconds": 1.0, "scores": {}}
                for name, f1 in zip(names, grammar, strict=False)
            },
        }
        add_result(self.folder, result)

    def test_every_seed_is_listed_beside_the_means(self):
        self.add("iob2", 2, 50.0, 0.7, 0.9)
        self.add("iob2", 1, 40.0, 0.6, 0.2)
        self.add("json-grouped", 1, 60.0)
        report(self.folder)
        seeds = (self.folder / "seeds.md").read_text().splitlines()[2:]
        expected = "| iob2 | single | 40.0, 50.0 | 40.0, 80.0 | 60.0, 70.0 | 10.0, 20.0 |"
        self.assertEqual(seeds, [expected])
        means = (self.folder / "table.md").read_text().splitlines()[2:]
        self.assertTrue(means[0].startswith("| json-grouped | single | 60.0 | 0.0 |  |"))
        self.assertTrue(means[1].startswith("| iob2 | single | 45.0 | 5.0 | 60.0 | 65.0 |"))
        self.assertNotIn("tuned on all", (self.folder / "plot.svg").read_text())

    def test_only_what_the_report_needs_is_kept(self):
        self.add("iob2", 1, 40.0, 0.6, 0.2)
        (result,) = read_results(self.folder)
        corpus = {"micro": {"f1": 40.0}, "unparsable": 1, **FREE, "seconds": 1.0}
        self.assertEqual(result["free"]["bc5cdr"], corpus)
        self.assertEqual(result["grammar"]["linnaeus"], {"micro": {"f1": 0.2}, "seconds": 1.0})


class Document(unittest.TestCase):
    """STUDY.md and its plot say what the results in study/ say."""

    def lines_of(self, results: list[dict], title: str) -> list[list[str]]:
        """The cells of the rows of the first table after a title, without the header."""
        text = (TRAINING / "STUDY.md").read_text("utf-8").partition(title)[2]
        table = text.partition("|---")[2].partition("\n\n")[0].splitlines()[1:]
        self.assertGreaterEqual(len(table), len(results))
        return [[cell.strip(" *`") for cell in line.split("|")[1:-1]] for line in table]

    def rows(self, folder: str) -> dict[tuple[str, str], dict]:
        found = rows(read_results(TRAINING / folder))
        return {(row["format"], row["model"]): row for row in found}

    def test_the_means_of_models_tuned_on_one_format(self):
        single = {k: row for k, row in self.rows("study/small").items() if k[1] == "single"}
        lines = self.lines_of(single, "## All thirteen models")
        self.assertEqual(len(lines), 12)
        for form, free, grammar, others, unparsable, invented, tokens, _ in lines:
            row = single[form, "single"]
            values = [row[key] for key in ("f1", "grammar", "others", "tokens")]
            self.assertEqual([free, grammar, others, tokens], [f"{v:.1f}" for v in values], form)
            shares = [f"{row[key]:.1f} %" for key in ("unparsable", "invented")]
            self.assertEqual([unparsable, invented], shares, form)

    def seeds(self, row: dict, key: str, unit: str = "") -> str:
        return ", ".join(f"{seed[key]:.1f}" for seed in row["seeds"]) + unit

    def test_each_seed_of_models_tuned_on_one_format(self):
        single = {k: row for k, row in self.rows("study/small").items() if k[1] == "single"}
        lines = self.lines_of(single, "Each seed:")
        self.assertEqual(len(lines), 12)
        for form, *values, unparsable in lines:
            row = single[form, "single"]
            expected = [self.seeds(row, key) for key in ("f1", "grammar", "others")]
            self.assertEqual(values, expected, form)
            self.assertEqual(unparsable, self.seeds(row, "unparsable", " %"), form)

    def test_each_seed_of_the_model_tuned_on_all(self):
        found = self.rows("study/small")
        lines = self.lines_of([], "`multi`, tuned on all twelve")
        self.assertEqual(len(lines), 12)
        for form, *values in lines:
            single, multi = found[form, "single"], found[form, "multi"]
            expected = [
                self.seeds(row, key) for key in ("f1", "grammar") for row in (single, multi)
            ]
            expected += [self.seeds(multi, "others")]
            expected += [self.seeds(multi, key, " %") for key in ("unparsable", "invented")]
            self.assertEqual(values, expected, form)

    def test_the_models_tuned_on_a_gpu(self):
        found = self.rows("study")
        lines = self.lines_of(list(found.values()), "## Four models")
        self.assertEqual(len(lines), len(found))
        for form, model, free, grammar, unparsable, invented, tokens in lines:
            row = found[form, {"it alone": "single", "all twelve": "multi"}[model]]
            values = [row[key] for key in ("f1", "grammar", "tokens")]
            self.assertEqual([free, grammar, tokens], [f"{v:.1f}" for v in values], form)
            self.assertEqual(unparsable, f"{row['unparsable']:.1f} %", form)
            share = row["invented"]
            self.assertEqual(invented, f"{share:.1f} %" if share else "0", form)

    def test_the_plot(self):
        drawn = plot(rows(read_results(TRAINING / "study/small")))
        self.assertEqual((TRAINING / "study/small/plot.svg").read_text("utf-8"), drawn)


if __name__ == "__main__":
    unittest.main()
