"""Runs every test: `python -m tests` in `training/`.

Without PyTorch, NumPy or gguf, only the tests that need none of these are run. Those left out are
listed.
"""

import importlib
import sys
import unittest
from pathlib import Path

OPTIONAL = {"torch", "gguf", "numpy"}

suite = unittest.TestSuite()
left_out = []
for path in sorted(Path(__file__).parent.glob("test_*.py")):
    name = f"tests.{path.stem}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in OPTIONAL:
            raise
        left_out.append(f"{path.stem} (needs {error.name})")
    else:
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
if left_out:
    print("left out:", ", ".join(left_out), file=sys.stderr)
result = unittest.TextTestRunner().run(suite)
sys.exit(not (result.wasSuccessful() and result.testsRun))
