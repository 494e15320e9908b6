import io
import json
import tempfile
import unittest
from contextlib import redirect_stderr
from pathlib import Path

from bioner_training import file_parts


class Parts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.whole = self.folder / "whole.gguf"
        self.whole.write_bytes(bytes(range(256)) * 9000)

    def error_of(self, *arguments) -> str:
        printed = io.StringIO()
        with redirect_stderr(printed):
            self.assertEqual(file_parts.main([str(a) for a in arguments]), 2)
        return printed.getvalue()

    def test_what_was_split_is_joined_again(self):
        cut, again = self.folder / "cut", self.folder / "again.gguf"
        self.assertEqual(file_parts.main(["split", str(self.whole), str(cut), "--mib", "1"]), 0)
        sizes = [part.stat().st_size for part in sorted(cut.glob("whole.gguf.*"))]
        self.assertEqual(sizes, [1 << 20, 1 << 20, 2304000 - (2 << 20)])
        self.assertEqual(file_parts.main(["join", str(cut), str(again)]), 0)
        self.assertEqual(again.read_bytes(), self.whole.read_bytes())

    def test_says_what_is_wrong(self):
        cut, again = self.folder / "cut", self.folder / "again.gguf"
        self.assertIn("none.gguf", self.error_of("split", self.folder / "none.gguf", cut))
        file_parts.split(self.whole, cut, 1 << 20)
        (cut / "whole.gguf.001").write_bytes(bytes(1 << 20))
        self.assertIn("do not make up whole.gguf", self.error_of("join", cut, again))
        (cut / "whole.gguf.001").unlink()
        self.assertIn("whole.gguf.001", self.error_of("join", cut, again))
        (cut / "parts.json").write_text(json.dumps({"name": "whole.gguf", "size": 1}))
        self.assertIn("lacks parts, sha256", self.error_of("join", cut, again))
        self.assertFalse(again.exists())


if __name__ == "__main__":
    unittest.main()
