import subprocess
import sys
import unittest

from bioner_training import memory

GREEDY = """
from bioner_training import memory

memory.available = lambda known=memory.available: min(known(), 2**30)
memory.hold()
some = bytearray(memory.available() // 4)
try:
    more = bytearray(memory.available())
except MemoryError as error:
    print(memory.too_little(error))
"""


@unittest.skipUnless(sys.platform == "linux", "other systems do not promise what they lack")
class Memory(unittest.TestCase):
    def test_more_than_is_free_is_an_error_and_no_death(self):
        ran = subprocess.run([sys.executable, "-c", GREEDY], capture_output=True, text=True)
        self.assertEqual((ran.returncode, ran.stdout), (0, "True\n"), ran.stderr)

    def test_what_is_free_is_some_of_what_there_is(self):
        self.assertGreater(memory.available(), 2**20)
        self.assertLess(memory.available(), memory._kilobytes("/proc/meminfo", "MemTotal"))

    def test_other_errors_are_not_of_memory(self):
        self.assertFalse(memory.too_little(RuntimeError("shapes differ")))
        self.assertFalse(memory.too_little(ValueError("memory")))
        self.assertTrue(memory.too_little(MemoryError()))
