"""What the package does to the machine, as the system sees it: nothing sent, no file written."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from .golden import ROOT

EXTRACT = """
import bioner
nlp = bioner.load(preset="note", sections=True, link=True)
print([entity.text for doc in nlp.pipe(["He took aspirin."]) for entity in doc.entities])
"""
CONNECT = """
import os, socket
with open(os.devnull, "w"), socket.socket() as one:
    one.connect_ex(("127.0.0.1", 9))
"""


def traced(program: str) -> tuple[str, list[str], list[str]]:
    """What a program prints, its calls to do with networks, and the files opened for writing."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "calls")
        calls = "trace=%network,open,openat,creat,rename,mkdir,unlink"
        trace = ["strace", "-f", "-qq", "-e", calls, "-o", str(log)]
        done = subprocess.run(
            # Without bytecode, which Python writes beside what it imports.
            [*trace, sys.executable, "-B", "-c", program],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        lines = [line.split(maxsplit=1)[-1] for line in log.read_text("utf-8").splitlines()]
    lines = [line for line in lines if line[0].islower() and "(" in line]
    files = ("open", "creat", "rename", "mkdir", "unlink")
    network = [line for line in lines if not line.startswith(files)]
    opened = [line for line in lines if line.startswith(files)]
    reading = [line for line in opened if "O_RDONLY" in line and "O_CREAT" not in line]
    return done.stdout, network, [line for line in opened if line not in reading]


@unittest.skipUnless(sys.platform == "linux", "strace is for Linux")
class Private(unittest.TestCase):
    def test_the_trace_shows_what_connects_and_writes(self):
        _, network, written = traced(CONNECT)
        self.assertTrue(any("AF_INET" in call for call in network), network)
        self.assertTrue(any("/dev/null" in call for call in written), written)

    def test_extraction_connects_to_nothing_and_writes_no_file(self):
        found, network, written = traced(EXTRACT)
        self.assertIn("aspirin", found)
        self.assertEqual((network, written), ([], []))
