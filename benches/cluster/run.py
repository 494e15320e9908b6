"""The same abstracts by the command line, `nlp.pipe`, spaCy, Ray and Spark with two workers each.

    node run.mjs [--abstracts 2000] [--rounds 5] [--texts FILE] [--only command,ray]

Each runs in a process of its own, one after the other, in every round in another order. A round
takes the time of a whole job, and of the same job on a text for each worker: that is its start-up.
The rate is that of the other texts in the time between. The memory is the largest sum over the
processes of a job, each with its share of what it shares.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.cluster import below

ROOT = Path(__file__).resolve().parents[2]
TYPES = ["Chemical", "Disease"]
WORKERS = 2
SYSTEMS = ("command", "pipe", "spacy", "ray", "spark")
# The rows of a part of the input, as many as bioner.ray gives an actor at a time.
PART = 64


def write(path, rows):
    """Rows as JSON Lines."""
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def parts(rows):
    """Into how many parts the input is divided: one for each worker at least."""
    return max(WORKERS, len(rows) // PART)


def pipe(source, target):
    import bioner

    nlp = bioner.load(TYPES, threads=WORKERS)
    with open(target, "w", encoding="utf-8") as file:
        for doc in nlp.pipe(read(source)):
            file.write(json.dumps(doc.to_dict()) + "\n")


def through_spacy(source, target):
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("bioner", config={"types": TYPES, "threads": WORKERS})
    rows = read(source)
    with open(target, "w", encoding="utf-8") as file:
        for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
            entities = [[span.start_char, span.end_char, span.label_] for span in doc.ents]
            file.write(json.dumps({"id": row["id"], "entities": entities}) + "\n")


def on_ray(source, target):
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    import ray
    from bioner.ray import annotate

    # One more than the actors keep: what writes the rows needs one, too.
    ray.init(num_cpus=WORKERS + 1, include_dashboard=False, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    rows = read(source)
    ds = ray.data.from_items(rows, override_num_blocks=parts(rows))
    annotate(ds, types=TYPES, actors=WORKERS).write_parquet(target)


def on_spark(source, target):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from bioner.spark import annotate
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master(f"local[{WORKERS}]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    df = spark.read.schema("id string, text string").json(source).repartition(parts(read(source)))
    annotate(df, types=TYPES).write.parquet(target)


def shares(process):
    """The bytes of a process and those below it, each with its share of what it shares."""
    total = 0
    for one in (process, *below(process)):
        try:
            fields = Path(f"/proc/{one}/smaps_rollup").read_text().split("Pss:", 1)[1].split()
            total += int(fields[0]) << 10
        except (OSError, IndexError):
            continue
    return total


def job(arguments):
    """The seconds and the memory of a program with all its processes."""
    start = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    child = subprocess.Popen(arguments, text=True, **quiet)
    most = 0
    told = []
    reader = threading.Thread(target=lambda: told.append(child.stderr.read()))
    reader.start()
    while child.poll() is None:
        most = max(most, shares(child.pid))
        time.sleep(0.5)
    seconds = time.perf_counter() - start
    reader.join()
    if child.returncode:
        raise SystemExit(f"{arguments}: {told[0]}")
    return seconds, most


def arguments(system, options, source, target):
    if system == "command":
        types = ",".join(TYPES)
        given = ["--threads", str(WORKERS), "--types", types, "--output", target]
        return [options.bioner, "extract", *given, source]
    python = options.spacy if system == "spacy" else sys.executable
    return [python, __file__, "--system", system, source, target]


def size(path):
    """The bytes of a file, or of the Parquet files of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*.parquet"))


def measured(system, options, rows, folder):
    found = {}
    for name, part in (("startup", rows[:WORKERS]), ("job", rows)):
        source, target = folder / f"{system}-{name}.jsonl", folder / f"{system}-{name}-found"
        write(source, part)
        found[name], found["memory"] = job(arguments(system, options, str(source), str(target)))
        found["bytes"] = size(target)
    found["rate"] = (len(rows) - WORKERS) / (found["job"] - found["startup"])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bioner", help="the program")
    parser.add_argument("--spacy", help="a Python with spaCy and the package")
    parser.add_argument("--abstracts", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=Path, help="lines with id and text")
    parser.add_argument("--only", default=",".join(SYSTEMS), help="which, with commas")
    parser.add_argument("--system", choices=SYSTEMS[1:], help=argparse.SUPPRESS)
    parser.add_argument("paths", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("BIONER_MODEL", str(ROOT / "models" / "default"))
    if options.system:
        run = {"pipe": pipe, "spacy": through_spacy, "ray": on_ray, "spark": on_spark}[
            options.system
        ]
        return run(*options.paths)
    if not options.texts:
        parser.error("--texts is missing")
    # No text twice: a sentence that comes again while it is remembered is not read again.
    rows = [{"id": row["id"], "text": row["text"]} for row in read(options.texts)]
    rows = rows[: options.abstracts]
    if len(rows) < options.abstracts:
        parser.error(f"{options.texts} has only {len(rows)} texts")
    systems = options.only.split(",")
    rounds = []
    for number in range(options.rounds):
        shift = number % len(systems)
        found = {}
        for system in [*systems[shift:], *systems[:shift]]:
            with tempfile.TemporaryDirectory() as folder:
                found[system] = measured(system, options, rows, Path(folder))
            told = ", ".join(f"{key} {value:.1f}" for key, value in found[system].items())
            print(f"round {number + 1}, {system}: {told}", file=sys.stderr)
        rounds.append(found)

    def median(system, key):
        return statistics.median(found[system][key] for found in rounds)

    characters = sum(len(row["text"]) for row in rows) / len(rows)
    cores = os.cpu_count()
    print(
        f"{len(rows)} abstracts of {characters:.0f} characters, {len(rounds)} rounds, {cores} cores"
    )
    print("| | abstracts a second | of the first | start-up, s | memory, MB | bytes an abstract |")
    print("|---|---|---|---|---|---|")
    for system in systems:
        of_first = statistics.median(
            found[system]["rate"] / found[systems[0]]["rate"] for found in rounds
        )
        row = (
            f"{median(system, 'rate'):.1f}",
            f"{of_first:.2f}",
            f"{median(system, 'startup'):.1f}",
            f"{median(system, 'memory') / 1e6:.0f}",
            f"{median(system, 'bytes') / len(rows):.0f}",
        )
        print(f"| {system} | {' | '.join(row)} |")


if __name__ == "__main__":
    main()
