import subprocess
import sys
import unittest

from bioner_training.training import memory_limit

GREEDY = """
from bioner_training.training import memory_limit as memory

memory.available = lambda known=memory.available: min(known(), 2**30)
memory.limit_to_free_memory()
some = bytearray(memory.available() // 4)
try:
    more = bytearray(memory.available())
except MemoryError as error:
    print(memory.is_out_of_memory(error))
"""


@unittest.skipUnless(sys.platform == "linux", "other systems do not promise what they lack")
class Memory(unittest.TestCase):
    def test_more_than_is_free_is_an_error_and_no_death(self):
        ran = subprocess.run([sys.executable, "-c", GREEDY], capture_output=True, text=True)
        self.assertEqual((ran.returncode, ran.stdout), (0, "True\n"), ran.stderr)

    def test_what_is_free_is_some_of_what_there_is(self):
        self.assertGreater(memory_limit.available(), 2**20)
        self.assertLess(
            memory_limit.available(), memory_limit._kilobytes("/proc/meminfo", "MemTotal")
        )

    def test_other_errors_are_not_of_memory(self):
        self.assertFalse(memory_limit.is_out_of_memory(RuntimeError("shapes differ")))
        self.assertFalse(memory_limit.is_out_of_memory(ValueError("memory")))
        self.assertTrue(memory_limit.is_out_of_memory(MemoryError()))
