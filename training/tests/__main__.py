"""`python -m tests` in `training/`: every test, or, where packages of requirements.txt are missing,
those that need Python alone. What is left out is said."""

import importlib
import sys
import unittest
from pathlib import Path

REQUIREMENTS = {"torch", "gguf", "numpy"}

suite = unittest.TestSuite()
left_out = []
for path in sorted(Path(__file__).parent.glob("test_*.py")):
    name = f"tests.{path.stem}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in REQUIREMENTS:
            raise
        left_out.append(f"{path.stem} (needs {error.name})")
    else:
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
if left_out:
    print("left out:", ", ".join(left_out), file=sys.stderr)
result = unittest.TextTestRunner().run(suite)
sys.exit(not (result.wasSuccessful() and result.testsRun))
