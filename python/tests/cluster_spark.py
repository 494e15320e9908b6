"""`bioner.spark` on a real Spark, with two workers."""

import os
import signal
import sys
import tempfile
import threading
import unittest
import warnings

import bioner
import pyarrow.parquet as pq
from bioner.arrow import FIELDS
from bioner.spark import annotate
from pyspark.sql import DataFrame, SparkSession

from .cluster import MIXED, REFUSED, abstracts, below, command, listening, seconds
from .model import MODEL, loaded

#: A worker that has computed for so long is at work on texts.
BUSY = 1.5


def setUpModule():
    global spark
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Two workers; a task is tried four times.
    builder = SparkSession.builder.master("local[2, 4]")
    for name, value in {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
    }.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")


def tearDownModule():
    spark.stop()


def workers() -> list[int]:
    """The Python processes of Spark that are at work."""
    found = (p for p in below(os.getpid()) if "pyspark.daemon" in command(p))
    return [process for process in found if seconds(process) > BUSY]


class OnSpark(unittest.TestCase):
    def annotated(self, df: DataFrame, **options) -> DataFrame:
        return annotate(df, **{"model": MODEL, **options})

    def test_rows_get_their_entities_and_keep_order_and_columns(self):
        rows = [(n, MIXED[n % 4][0], ["a", None]) for n in range(20)]
        df = spark.createDataFrame(rows, "pmid long, abstract string, tags array<string>")
        options = {"preset": "note", "sections": True, "link": True}
        found = self.annotated(df, text="abstract", **options)
        self.assertEqual(found.columns, ["pmid", "abstract", "tags", "entities", "error"])
        with tempfile.TemporaryDirectory() as folder:
            found.write.parquet(f"{folder}/found")
            written = pq.read_table(f"{folder}/found")
            self.assertEqual(spark.read.parquet(f"{folder}/found").schema, found.schema)
        for field in FIELDS:
            self.assertTrue(written.schema.field(field.name).type.equals(field.type))
        written = written.sort_by("pmid").to_pylist()
        self.assertEqual([row["pmid"] for row in written], list(range(20)))
        nlp = loaded(**options)
        for row, (_, text, tags) in zip(written, rows, strict=True):
            self.assertEqual((row["abstract"], row["tags"]), (text, tags))
            if text is None:
                self.assertIsNone(row["entities"])
                self.assertEqual(row["error"]["code"], "input")
                continue
            self.assertIsNone(row["error"])
            entities = [bioner.Entity.from_dict(entity) for entity in row["entities"]]
            self.assertEqual(entities, [*nlp(text).entities])

    def test_small_batches_give_the_same_and_nothing_too(self):
        df = spark.createDataFrame(
            [(n, row[0]) for n, row in enumerate(MIXED * 2)], "id int, text string"
        )
        name = "spark.sql.execution.arrow.maxRecordsPerBatch"
        spark.conf.set(name, 3)
        try:
            rows = self.annotated(df.repartition(1).sort("id")).collect()
        finally:
            spark.conf.unset(name)
        self.assertEqual([row.id for row in rows], list(range(8)))
        self.assertEqual([row.entities for row in rows[:4]], [row.entities for row in rows[4:]])
        self.assertEqual(self.annotated(df.limit(0)).count(), 0)

    def test_text_in_another_encoding_is_an_error_of_its_row(self):
        df = spark.sql(
            "select 1 as id, cast(unhex('ff41') as string) as text union all select 2, 'Aspirin.'"
        )
        broken, sound = self.annotated(df.coalesce(1).sort("id")).collect()
        self.assertEqual(broken.error.code, "input")
        self.assertIsNone(broken.entities)
        self.assertEqual([entity.text for entity in sound.entities], ["Aspirin"])

    def test_a_worker_that_is_killed_costs_no_row(self):
        df = spark.createDataFrame(abstracts(48)).repartition(4)
        found = self.annotated(df)
        killed = []
        ended = threading.Event()

        def kill():
            while not killed and not ended.wait(0.02):
                for process in workers()[:1]:
                    os.kill(process, signal.SIGKILL)
                    killed.append(process)

        killer = threading.Thread(target=kill)
        spark.sparkContext.setJobGroup("killed", "one of its workers is killed")
        with tempfile.TemporaryDirectory() as folder:
            killer.start()
            try:
                found.write.parquet(f"{folder}/found")
            finally:
                ended.set()
                killer.join()
            rows = pq.read_table(f"{folder}/found").sort_by("id").to_pylist()
        self.assertTrue(killed, "no worker was killed")
        tracker = spark.sparkContext.statusTracker()
        jobs = map(tracker.getJobInfo, tracker.getJobIdsForGroup("killed"))
        stages = [tracker.getStageInfo(stage) for job in jobs for stage in job.stageIds]
        self.assertGreater(sum(stage.numFailedTasks for stage in stages if stage), 0)
        self.assertEqual([row["id"] for row in rows], list(range(48)))
        self.assertEqual(
            [row["entities"] for row in rows[:18]], [row["entities"] for row in rows[30:]]
        )

    def test_what_cannot_be_is_refused_before_anything_runs(self):
        df = spark.createDataFrame([("Aspirin.", 1)], "text string, entities int")
        for code, options in REFUSED:
            with self.assertRaises(bioner.BionerError) as raised:
                self.annotated(df, **options)
            self.assertEqual(raised.exception.code, code)
        with self.assertRaises(ValueError):
            self.annotated(df, threads=0)

    def test_a_model_that_is_not_there_says_so(self):
        df = spark.createDataFrame([("Aspirin.",)], "text string")
        with self.assertRaisesRegex(Exception, "no-such-model"):
            self.annotated(df, model="no-such-model").collect()

    def test_nobody_listens_to_other_machines(self):
        loopback, others = listening()
        self.assertGreater(len(loopback), 1)
        self.assertEqual(others, [])


if __name__ == "__main__":
    unittest.main()
