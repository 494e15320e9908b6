import io
import json
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import torch

from bioner_training import evaluate, mix, parts, prune, pseudo, study, study_report
from bioner_training.data import Document, read_corpus
from bioner_training.decode import Answer
from bioner_training.gguf_io import ModelFile
from tests.tiny import write_corpora, write_program
from tests.tiny_model import write_model


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class WithModel(Folder):
    def setUp(self):
        super().setUp()
        self.model = write_model(self.folder / "tiny.gguf")
        self.corpora = write_corpora(self.folder / "corpora")

    def quietly(self, main, *more: str) -> str:
        said = io.StringIO()
        with redirect_stderr(io.StringIO()), redirect_stdout(said):
            status = main(["--corpora", str(self.corpora), "--device", "cpu", *more])
        self.assertEqual(status, 0)
        return said.getvalue()


class Scoring(unittest.TestCase):
    def test_counts_strictly(self):
        score = evaluate.Score()
        score.add({(0, 4, "A"), (5, 9, "A"), (10, 12, "B")}, {(0, 4, "A"), (5, 8, "A"), (10, 12, "A")})
        micro = score.report()["micro"]
        self.assertEqual((micro["right"], micro["found"], micro["gold"]), (1, 3, 3))
        self.assertEqual(micro["f1"], 33.33)

    def test_the_right_answers_score_full_marks(self):
        text = "Gout and gout. Aspirin helps gout."
        at = [(0, 4), (9, 13), (29, 33)]
        entities = ((15, 22, "Chemical"), *((s, e, "Disease") for s, e in at))
        document = Document(text, ("Chemical", "Disease"), tuple(sorted(entities)))
        right = {
            "Gout and gout.": " Chemical: -\n Disease: Gout; gout",
            "Aspirin helps gout.": " Chemical: Aspirin\n Disease: gout",
        }

        class Knowing(evaluate.Evaluator):
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


class Programs(WithModel):
    def test_evaluate_reports_each_corpus(self):
        said = self.quietly(
            evaluate.main, "--model", str(self.model), "--only", "bc5cdr,ncbi-disease", "--sample", "3"
        )
        lines = [json.loads(line) for line in said.splitlines()]
        self.assertEqual([line.get("corpus") for line in lines], ["bc5cdr", "ncbi-disease", None])
        self.assertEqual(lines[0]["sentences"], 3)

    def test_a_study_runs_resumes_and_reports(self):
        more = (
            "--base", str(self.model), "--study", str(self.folder / "study"), "--seeds", "1",
            "--models", "json-grouped,multi", "--only", "bc5cdr", "--steps", "2", "--examples", "4",
            "--sample", "2", "--threads", "1",
        )  # fmt: skip
        self.quietly(study.main, *more)
        results = self.folder / "study" / "results"
        self.assertEqual(len(list(results.glob("*.json"))), 13)
        one = results / "multi-1.iob2.json"
        one.unlink()
        before = (results / "json-grouped-1.json-grouped.json").stat().st_mtime_ns
        self.quietly(study.main, *more)
        self.assertTrue(one.exists())
        self.assertEqual((results / "json-grouped-1.json-grouped.json").stat().st_mtime_ns, before)
        table = (self.folder / "study" / "table.md").read_text()
        self.assertEqual(len(table.splitlines()), 2 + 13)
        plot = ElementTree.fromstring((self.folder / "study" / "plot.svg").read_text())
        self.assertIn("tuned on all", plot.itertext())

    def test_every_seed_is_told_beside_the_means(self):
        results = self.folder / "results"
        results.mkdir()
        counts = {"sentences": 10, "mentions": 5, "invented": 0, "tokens_written": 40, "seconds": 1.0}

        def write(form: str, seed: int, free: float, *held: float):
            names = ("bc5cdr", "linnaeus")
            corpus = {"micro": {"f1": free}, "unparsable": seed, **counts}
            grammar = {n: {"micro": {"f1": f}, "seconds": 1.0} for n, f in zip(names, held)}
            result = {"format": form, "model": form, "free": dict.fromkeys(names, corpus), "grammar": grammar}
            (results / f"{form}-{seed}.{form}.json").write_text(json.dumps(result))

        write("iob2", 1, 40.0, 0.6, 0.2)
        write("iob2", 2, 50.0, 0.7, 0.9)
        write("json-grouped", 1, 60.0)
        study_report.report(results, self.folder)
        told = (self.folder / "seeds.md").read_text().splitlines()[2:]
        self.assertEqual(told, ["| iob2 | single | 40.0, 50.0 | 40.0, 80.0 | 60.0, 70.0 | 10.0, 20.0 |"])
        means = (self.folder / "table.md").read_text().splitlines()[2:]
        self.assertTrue(means[0].startswith("| json-grouped | single | 60.0 | 0.0 |  |"))
        self.assertTrue(means[1].startswith("| iob2 | single | 45.0 | 5.0 | 60.0 | 65.0 |"))
        self.assertNotIn("tuned on all", (self.folder / "plot.svg").read_text())

    def test_a_teacher_completes_what_it_is_sure_of(self):
        out = self.folder / "completed"
        more = ("--model", str(self.model), "--out", str(out), "--only", "bc5cdr")
        self.quietly(pseudo.main, *more)
        documents = read_corpus(out, "bc5cdr", "train")
        # this teacher has learned nothing and parses nowhere
        self.assertEqual([d.guessed for d in documents], [()] * 5)
        self.assertEqual([d.text for d in documents], [d.text for d in read_corpus(self.corpora, "bc5cdr", "train")])
        path = out / "bc5cdr" / "train.jsonl"
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        self.quietly(pseudo.main, *more)
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

    def test_the_program_is_asked_and_believed_where_it_is_sure(self):
        program = write_program(
            self.folder / "bioner",
            "assert sys.argv[1:] == ['extract', '--model', 'm.gguf', '--types', 'Gene,Species', '-']\n"
            "for line in sys.stdin:\n"
            "    asked = json.loads(line)\n"
            "    found = [{'start': 0, 'end': 3, 'type': 'Gene', 'score': float(asked['text'][-3:])}]\n"
            "    print(json.dumps({'id': asked['id'], 'entities': found}))\n",
        )
        documents = [
            Document("p53 in gout, 0.9", ("Disease",), ((7, 11, "Disease"),)),
            Document("p53 in gout, 0.5", ("Disease",), ((7, 11, "Disease"),)),
        ]
        complete = lambda types: list(  # noqa: E731
            pseudo.complete_by_program(program, "m.gguf", documents, types, 0.6)
        )
        sure, unsure = complete(("Gene", "Species"))
        disease = {"start": 7, "end": 11, "type": "Disease"}
        self.assertEqual((sure["guessed"], unsure["guessed"]), (["Gene", "Species"], []))
        self.assertEqual(sure["entities"], [{"start": 0, "end": 3, "type": "Gene"}, disease])
        self.assertEqual(unsure["entities"], [disease])
        with self.assertRaisesRegex(ValueError, "AssertionError"):
            complete(("Gene",))
        self.assertEqual(
            pseudo.wanted("bc5cdr=Gene; bc2gm=Chemical,Disease"),
            {"bc5cdr": ("Gene",), "bc2gm": ("Chemical", "Disease")},
        )

    def test_a_pruned_model_reads_the_corpora_as_before(self):
        out = self.folder / "pruned.gguf"
        with redirect_stdout(io.StringIO()) as said:
            status = prune.main(
                ["--model", str(self.model), "--corpora", str(self.corpora), "--out", str(out),
                 "--only", "bc5cdr", "--common", "0", "--save", "F32"]
            )  # fmt: skip
        self.assertEqual(status, 0)
        counts = json.loads(said.getvalue())
        before, after = ModelFile(self.model), ModelFile(out)
        self.assertLess(counts["kept"], counts["tokens"])
        self.assertEqual(after.config.vocabulary, counts["kept"])
        self.assertEqual(after.field("tokenizer.ggml.tokens")[after.end], "<|im_end|>")
        # every token kept its row
        old = {token: row for token, row in zip(before.field("tokenizer.ggml.tokens"), before.tensors()["token_embd.weight"])}
        for token, row in zip(after.field("tokenizer.ggml.tokens"), after.tensors()["token_embd.weight"]):
            self.assertTrue(torch.equal(row, old[token]))

    def test_pruning_keeps_what_tokens_are_merged_from(self):
        tokens = ["<e>", "a", "b", "c", "ab", "abc", "bc", "cc"]
        merges = ["a b", "ab c", "b c", "c c"]
        kinds = [3, 1, 1, 1, 1, 1, 1, 1]
        self.assertEqual(prune.kept_tokens(tokens, merges, kinds, {5}, 0), [0, 1, 2, 3, 4, 5])
        self.assertEqual(prune.kept_tokens(tokens, merges, kinds, set(), 1), [0, 1, 2, 3, 4])

    def test_a_mix_of_formats_is_measured(self):
        said = self.quietly(mix.main, "--model", str(self.model), "--only", "bc5cdr", "--allowed", "1e9")
        lines = {line["stored"]: line for line in map(json.loads, said.splitlines()) if "stored" in line}
        self.assertEqual(lines["unquantized"]["divergence"], 0.0)
        self.assertLess(lines["Q8_0"]["divergence"], lines["Q4_0, embedding Q8_0"]["divergence"])
        self.assertLess(lines["blk.*.attn_k=Q4_0"]["divergence"], lines["Q4_0, embedding Q8_0"]["divergence"])
        last = json.loads(said.splitlines()[-1])
        self.assertTrue(last["scheme"].endswith("*=Q8_0"))
        self.assertIn("token_embd=Q4_0", last["scheme"])


class Parts(Folder):
    def test_split_files_are_joined_and_checked(self):
        path = self.folder / "file"
        path.write_bytes(bytes(range(256)) * 5)
        names = parts.split(path, self.folder / "parts", 500)
        self.assertEqual([name.stat().st_size for name in names], [500, 500, 280])
        parts.join(self.folder / "parts", self.folder / "joined")
        self.assertEqual((self.folder / "joined").read_bytes(), path.read_bytes())
        names[1].write_bytes(bytes(500))
        with self.assertRaisesRegex(ValueError, "do not make up file"):
            parts.join(self.folder / "parts", self.folder / "joined")


if __name__ == "__main__":
    unittest.main()
