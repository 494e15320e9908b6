import ast
import re
import unittest
from pathlib import Path

import bioner
from bioner import _engine, engine

from .golden import ROOT


class Package(unittest.TestCase):
    def test_the_version_is_the_crate_s(self):
        for crate in ("python/Cargo.toml", "Cargo.toml"):
            manifest = (ROOT / crate).read_text("utf-8")
            version = re.search(r'^\[package\]\n(?:.*\n)*?version = "(.*)"', manifest, re.M)
            self.assertEqual(bioner.__version__, version[1])

    def test_all_that_is_named_is_there(self):
        for module in (bioner, engine):
            for name in module.__all__:
                self.assertTrue(hasattr(module, name), name)

    def test_the_types_declared_are_those_of_the_module(self):
        stub = Path(_engine.__file__).with_name("_engine.pyi").read_text("utf-8")
        self.assertTrue(Path(_engine.__file__).with_name("py.typed").exists())
        declared = self.names(ast.parse(stub).body)
        self.assertEqual(set(declared) - {"__all__", "__version__"}, self.public(_engine))
        for name, members in declared.items():
            if members is None or issubclass(getattr(_engine, name), Exception):
                continue
            members = {member for member in members if not member.startswith("__")}
            self.assertEqual(members, self.public(getattr(_engine, name)), name)

    def public(self, thing) -> set[str]:
        return {name for name in vars(thing) if not name.startswith("__")}

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
        self.assertEqual(
            engine.check_types([" Cell  line ", "Gene/Protein"]), ["Cell line", "Gene/Protein"]
        )
        for wrong in ([], ["A", "A"], ["<b>"], [" "]):
            with self.assertRaises(bioner.BionerError) as raised:
                engine.check_types(wrong)
            self.assertEqual(raised.exception.code, "types")
