"""PyTorch, where it is: its wheels bring gigabytes of CUDA, so the locked environment has none. See the README."""

import io

import numpy
import onnx
import pytest

from benchtop.errors import BenchtopError
from benchtop.models.publishing import publish

torch = pytest.importorskip("torch", reason="PyTorch is not here")

pytestmark = pytest.mark.filterwarnings("default")
ROWS = numpy.random.default_rng(3).normal(size=(7, 4))


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.drop, self.last = torch.nn.Linear(4, 8), torch.nn.Dropout(0.5), torch.nn.Linear(8, 2)

    def forward(self, rows):
        return self.last(self.drop(torch.relu(self.first(rows))))


class Two(torch.nn.Module):
    def forward(self, a, b):
        return {"sum": a + b, "product": a * b}


def traced():
    return torch.jit.trace(Net().eval(), torch.randn(5, 4))


@pytest.mark.parametrize(
    "rows", [ROWS, ROWS[:1], torch.tensor(ROWS, dtype=torch.float32)], ids=["many", "one", "tensor"]
)
def test_a_module_becomes_onnx_and_stays_in_training(registry, rows):
    # Given
    service, client = registry
    module = Net()

    # When
    publish(client, module, "net", sample=rows)

    # Then
    [asked] = service.published
    assert asked["format"] == "onnx"
    assert asked["signature"]["inputs"] == [{"name": "rows", "datatype": "FP32", "shape": [-1, 4]}]
    assert asked["signature"]["outputs"] == [{"name": "output", "datatype": "FP32", "shape": [-1, 2]}]
    assert onnx.load_model_from_string(bytes(service.stored["net", "0.0.1"]["model.onnx"])).ir_version <= 13
    assert module.training


def test_a_module_of_several_inputs_takes_a_sample_by_name(registry):
    # Given
    service, client = registry

    # When
    publish(client, Two(), "two", sample={"a": ROWS, "b": ROWS})

    # Then
    signature = service.published[0]["signature"]
    assert [each["name"] for each in [*signature["inputs"], *signature["outputs"]]] == ["a", "b", "sum", "product"]


@pytest.mark.parametrize("kind", ["module", "script", "path", "bytes"])
def test_torchscript_stays_so_and_is_saved_without_dropout(registry, tmp_path, kind):
    # Given
    service, client = registry
    traced().save(str(tmp_path / "net.pt"))
    given = {
        "module": traced,
        "script": lambda: torch.jit.script(Net()),
        "path": lambda: tmp_path / "net.pt",
        "bytes": (tmp_path / "net.pt").read_bytes,
    }[kind]()

    # When
    publish(client, given, "net", sample=ROWS)

    # Then
    assert service.published[0]["format"] == "torchscript"
    stored = torch.jit.load(io.BytesIO(bytes(service.stored["net", "0.0.1"]["model.pt"])))
    assert not stored.training


def test_what_torch_save_wrote_is_refused(registry, tmp_path):
    # Given
    torch.save(Net().state_dict(), tmp_path / "net.pt")

    # Then
    with pytest.raises(BenchtopError, match=r"save it with torch\.jit\.save") as refused:
        publish(registry[1], tmp_path / "net.pt", "net", sample=ROWS)
    assert refused.value.code == "not_loadable"
