"""Makes the TorchScript model of the tests; run by hand: python torchscript.py ../resources/torchscript.

Needs torch. The files are committed, so that tests need no Python.
"""

import json
import sys
from pathlib import Path

import torch


class Flower(torch.nn.Module):
    """A linear classifier with fixed weights, and a branch that only scripting (not tracing) keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = torch.nn.Linear(4, 3)
        with torch.no_grad():
            self.linear.weight.copy_(torch.arange(12, dtype=torch.float32).reshape(3, 4) / 10 - 0.5)
            self.linear.bias.copy_(torch.tensor([4.0, 0.5, -4.5]))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        if x.shape[0] == 0:
            raise ValueError("no rows")
        probabilities = torch.softmax(self.linear(x), dim=1)
        return torch.argmax(probabilities, dim=1), probabilities


def tensor(name: str, datatype: str, value: torch.Tensor) -> dict:
    return {"name": name, "datatype": datatype, "shape": list(value.shape), "data": value.flatten().tolist()}


def main() -> None:
    target = Path(sys.argv[1]) / "flower"
    target.mkdir(parents=True, exist_ok=True)
    scripted = torch.jit.script(Flower().eval())
    scripted.save(str(target / "model.pt"))
    x = torch.tensor([[5.1, 3.5, 1.4, 0.2], [6.3, 2.9, 5.6, 1.8], [7.7, 2.6, 6.9, 2.3]])
    label, probabilities = scripted(x)
    signature = {
        "inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 4]}],
        "outputs": [
            {"name": "label", "datatype": "INT64", "shape": [-1]},
            {"name": "probabilities", "datatype": "FP32", "shape": [-1, 3]},
        ],
    }
    sample = {
        "inputs": [tensor("x", "FP32", x)],
        "outputs": [tensor("label", "INT64", label), tensor("probabilities", "FP32", probabilities)],
        "tolerance": {"absolute": 1e-4, "relative": 1e-4},
    }
    (target / "signature.json").write_text(json.dumps(signature) + "\n")
    (target / "sample.json").write_text(json.dumps(sample) + "\n")


if __name__ == "__main__":
    main()
