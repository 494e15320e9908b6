import ast
import tomllib
import unittest
from pathlib import Path

import bioner
from bioner import _engine, engine

from .golden import ROOT


class Package(unittest.TestCase):
    def test_the_version_is_the_crate_s(self):
        for crate in ("python/Cargo.toml", "Cargo.toml"):
            version = tomllib.loads((ROOT / crate).read_text("utf-8"))["package"]["version"]
            self.assertEqual(bioner.__version__, version)

    def test_all_that_is_named_is_there(self):
        for module in (bioner, engine):
            for name in module.__all__:
                self.assertTrue(hasattr(module, name), name)

    def test_the_types_declared_are_those_of_the_module(self):
        stub = Path(_engine.__file__).with_name("_engine.pyi").read_text("utf-8")
        self.assertTrue(Path(_engine.__file__).with_name("py.typed").exists())
        declared = self.names(ast.parse(stub).body)
        self.assertEqual(set(declared), {n for n in vars(_engine) if not n.startswith("__")} | {"__version__"})
        for name, members in declared.items():
            if members is None or issubclass(getattr(_engine, name), Exception):
                continue
            there = {n for n in vars(getattr(_engine, name)) if not n.startswith("__")}
            self.assertEqual({n for n in members if not n.startswith("__")}, there, name)

    def names(self, body: list[ast.stmt]) -> dict:
        """What a stub declares; for a class, the names of its members."""
        found = {}
        for item in body:
            if isinstance(item, ast.ClassDef):
                found[item.name] = self.names(item.body)
            elif isinstance(item, ast.FunctionDef):
                found[item.name] = None
            elif isinstance(item, ast.AnnAssign):
                found[item.target.id] = None
        return found

    def test_types_are_checked_as_the_engine_does(self):
        self.assertEqual(engine.check_types([" Cell  line ", "Gene/Protein"]), ["Cell line", "Gene/Protein"])
        for wrong in ([], ["A", "A"], ["<b>"], [" "]):
            with self.assertRaises(bioner.BionerError) as raised:
                engine.check_types(wrong)
            self.assertEqual(raised.exception.code, "types")
