import shutil
import unittest

import torch
import torch.nn.functional as F

from bioner_training.model import loss
from bioner_training.model.layer import LayerFunctions


class CrossEntropyTest(unittest.TestCase):
    """The sliced loss is PyTorch's, value and gradients, however the rows are cut."""

    def setUp(self):
        generator = torch.Generator().manual_seed(3)
        self.hidden = torch.randn(23, 16, generator=generator)
        self.head = torch.randn(41, 16, generator=generator)
        self.targets = torch.randint(41, (23,), generator=generator)
        self.addCleanup(setattr, loss, "ROWS", loss.ROWS)

    def run_once(self, function) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        hidden = self.hidden.clone().requires_grad_()
        head = self.head.clone().requires_grad_()
        # a factor, as a step of several batches has one
        (function(hidden, head, self.targets) * 0.3).backward()
        return function(hidden, head, self.targets).detach(), hidden.grad, head.grad

    def test_value_and_gradients(self):
        whole = self.run_once(lambda h, w, t: F.cross_entropy(F.linear(h, w), t))
        for rows in (1, 7, 23, 100):
            loss.ROWS = rows
            for ours, theirs in zip(self.run_once(loss.cross_entropy), whole, strict=True):
                torch.testing.assert_close(ours, theirs)


@unittest.skipUnless(shutil.which("g++"), "needs a C++ compiler")
class LayerFunctionsTest(unittest.TestCase):
    """What is compiled gives what is not, for batches of different sizes."""

    def test_compiled(self):
        plain, fused = LayerFunctions(), LayerFunctions.compiled()
        generator = torch.Generator().manual_seed(4)
        for count in (5, 9):
            x = torch.randn(count, 32, generator=generator)
            weight = torch.randn(32, generator=generator)
            heads = torch.randn(count, 4, 8, generator=generator)
            cos, sin = torch.randn(2, count, 1, 4, generator=generator)
            arguments = {
                "normalize": (x, weight, 1e-5),
                "gate": (x,),
                "rotate": (heads, cos, sin),
            }
            for name, args in arguments.items():
                ours = getattr(fused, name)(*args)
                torch.testing.assert_close(ours, getattr(plain, name)(*args), msg=name)


if __name__ == "__main__":
    unittest.main()
