"""`bioner.ray` on a real Ray, with two actors."""

import os
import signal
import tempfile
import unittest
from pathlib import Path

# Before Ray is imported: no reports of use, and no port that another machine can reach.
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"

import bioner
import pyarrow as pa
import pyarrow.parquet as pq
import ray
from bioner.arrow import FIELDS
from bioner.ray import annotate

from .cluster import MIXED, REFUSED, abstracts, below, command, listening
from .model import MODEL, loaded


def setUpModule():
    # The examples of the page may have begun it.
    if not ray.is_initialized():
        ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False


def tearDownModule():
    ray.shutdown()


def actors() -> set[int]:
    """The processes with a model."""
    return {process for process in below(os.getpid()) if "MapBatches(_Actor)" in command(process)}


class OnRay(unittest.TestCase):
    def annotated(self, ds: ray.data.Dataset, **options) -> ray.data.Dataset:
        return annotate(ds, **{"model": MODEL, "actors": 2, **options})

    def test_rows_get_their_entities_and_keep_order_and_columns(self):
        rows = [{"pmid": n, "abstract": MIXED[n % 4][0], "tags": ["a", None]} for n in range(20)]
        ds = ray.data.from_arrow(pa.Table.from_pylist(rows)).repartition(5)
        options = {"preset": "note", "sections": True, "link": True}
        found = self.annotated(ds, text="abstract", batch_size=3, **options)
        with tempfile.TemporaryDirectory() as folder:
            found.write_parquet(folder)
            written = pq.read_table(folder)
        for field in FIELDS:
            self.assertEqual(written.schema.field(field.name).type, field.type)
        by_id = {row["pmid"]: row for row in written.to_pylist()}
        self.assertEqual(len(by_id), written.num_rows)
        nlp = loaded(**options)
        in_order = found.take_all()
        self.assertEqual([row["pmid"] for row in in_order], list(range(20)))
        for row, given in zip(in_order, rows, strict=True):
            again = by_id[row["pmid"]]
            self.assertEqual(again["tags"], ["a", None])
            self.assertEqual(again["abstract"], given["abstract"])
            self.assertEqual(row["entities"], again["entities"])
            doc = nlp(given["abstract"]) if given["abstract"] is not None else None
            if doc is None:
                self.assertIsNone(row["entities"])
                self.assertEqual(row["error"]["code"], "input")
                continue
            self.assertIsNone(row["error"])
            self.assertEqual(
                [bioner.Entity.from_dict(e) for e in again["entities"]], [*doc.entities]
            )

    def test_nothing_runs_before_it_is_asked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            began = Path(folder, "began")

            def source(batch):
                began.touch()
                return batch

            ds = ray.data.from_items([{"text": "Aspirin."}]).map_batches(source)
            found = self.annotated(ds)
            self.assertFalse(began.exists())
            self.assertEqual(found.take_all()[0]["entities"][0]["text"], "Aspirin")
            self.assertTrue(began.exists())

    def test_an_actor_that_is_killed_costs_no_row(self):
        rows = abstracts(40)
        ds = ray.data.from_items(rows, override_num_blocks=20)
        found = self.annotated(ds, batch_size=2)
        batches = iter(found.iter_batches(batch_size=None, batch_format="pyarrow"))
        seen = [next(batches)]
        before = actors()
        self.assertTrue(before)
        os.kill(min(before), signal.SIGKILL)
        after = set()
        for batch in batches:
            after |= actors()
            seen.append(batch)
        self.assertTrue(after - before, "no other actor took its place")
        ids = [id for batch in seen for id in batch["id"].to_pylist()]
        self.assertEqual(ids, list(range(40)))
        entities = [entities for batch in seen for entities in batch["entities"].to_pylist()]
        self.assertEqual(entities[:10], entities[30:])

    def test_what_cannot_be_is_refused_before_anything_runs(self):
        ds = ray.data.from_arrow(pa.table({"text": ["Aspirin."], "entities": [1]}))
        for code, options in REFUSED:
            with self.assertRaises(bioner.BionerError) as raised:
                self.annotated(ds, **options)
            self.assertEqual(raised.exception.code, code)
        with self.assertRaises(ValueError):
            self.annotated(ds, threads=0)

    def test_a_model_that_is_not_there_says_so(self):
        ds = ray.data.from_items([{"text": "Aspirin."}])
        with self.assertRaisesRegex(Exception, "no-such-model"):
            self.annotated(ds, model="no-such-model", actors=1).take_all()

    def test_numbers_are_errors_of_their_rows(self):
        rows = self.annotated(ray.data.from_items([{"text": 7.5}])).take_all()
        self.assertEqual(rows[0]["error"]["code"], "input")
        self.assertIn("float", rows[0]["error"]["message"])

    def test_nobody_listens_to_other_machines(self):
        loopback, others = listening()
        self.assertGreater(len(loopback), 2)
        self.assertEqual(others, [])


if __name__ == "__main__":
    unittest.main()
