import json
import unittest

from bioner_training import sensitivity
from tests.temporary import WithModel


class Sensitivity(WithModel):
    def test_each_group_of_tensors_is_measured(self):
        printed = self.output_of(
            sensitivity.main,
            "--model",
            str(self.model),
            *("--only", "bc5cdr", "--allowed", "1e9", "--device", "cpu"),
        )
        lines = {
            line["stored"]: line
            for line in map(json.loads, printed.splitlines())
            if "stored" in line
        }
        self.assertEqual(lines["unquantized"]["divergence"], 0.0)
        self.assertLess(lines["Q8_0"]["divergence"], lines["Q4_0, embedding Q8_0"]["divergence"])
        self.assertLess(
            lines["blk.*.attn_k=Q4_0"]["divergence"], lines["Q4_0, embedding Q8_0"]["divergence"]
        )
        last = json.loads(printed.splitlines()[-1])
        self.assertTrue(last["scheme"].endswith("*=Q8_0"))
        self.assertIn("token_embd=Q4_0", last["scheme"])


if __name__ == "__main__":
    unittest.main()
