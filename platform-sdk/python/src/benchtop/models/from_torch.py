"""PyTorch modules by ``torch.onnx.export``; what is TorchScript already stays so."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchtop.data.needs import need
from benchtop.models.converting import not_convertible
from benchtop.models.foreign import told_as
from benchtop.models.onnx_model import WRITTEN_OPSET, OnnxModel
from benchtop.models.sample import Sample
from benchtop.models.servable import Servable
from benchtop.models.tensors import Tensors, datatype_of

_SAVED_OTHERWISE = "A file of torch.save cannot be served: give the module itself, or save it with torch.jit.save."
_INSTALL = "onnx onnxscript onnxruntime"


def convert(model: Any, sample: Sample) -> Servable:
    """Inputs are named as the arguments of ``forward``; the first size of each is any."""
    torch = need("torch", "publish a model of PyTorch")
    if isinstance(model, (str, Path, bytes, bytearray)):
        return _torchscript(torch, _loaded(torch, model), sample)
    if isinstance(model, torch.jit.ScriptModule):
        return _torchscript(torch, model, sample)
    return _exported(torch, model, sample)


def _loaded(torch: Any, source: Any) -> Any:
    with told_as("not_loadable", "This is no TorchScript", _SAVED_OTHERWISE):
        return torch.jit.load(io.BytesIO(source) if isinstance(source, (bytes, bytearray)) else str(source), "cpu")


def _torchscript(torch: Any, module: Any, sample: Sample) -> Servable:
    buffer = io.BytesIO()
    with _evaluating(module):
        torch.jit.save(module, buffer)
    inputs = sample.by_name([each.name for each in module.forward.schema.arguments[1:]])
    inputs = {name: _as_trained(array) for name, array in inputs.items()}
    outputs = _answers(torch, module, inputs)
    signature = {
        "inputs": [_spec(*each) for each in inputs.items()],
        "outputs": [_spec(*each) for each in outputs.items()],
    }
    return Servable("torchscript", buffer.getvalue(), signature, inputs, outputs)


def _exported(torch: Any, module: Any, sample: Sample) -> Servable:
    need("onnxscript", "convert a module of PyTorch", _INSTALL)
    inputs = {name: _as_trained(array) for name, array in sample.by_name(_arguments(module, sample)).items()}
    own = _answers(torch, module, inputs)
    # More than one row: PyTorch takes a size of 1 for a constant.
    tensors = tuple(torch.from_numpy(np.concatenate([array, array])) for array in inputs.values())
    with not_convertible(module), _evaluating(module):
        exported = torch.onnx.export(
            module,
            tensors,
            input_names=list(inputs),
            output_names=list(own),
            dynamic_shapes=tuple({0: torch.export.Dim.DYNAMIC} for _ in tensors),
            opset_version=WRITTEN_OPSET,
            dynamo=True,
            verbose=False,
        )
    return Servable.of_onnx(OnnxModel(exported.model_proto, _INSTALL), inputs, own)


@contextmanager
def _evaluating(module: Any) -> Iterator[None]:
    """Without dropout and the like, and afterwards as it was."""
    training = module.training
    module.eval()
    try:
        yield
    finally:
        module.train(training)


def _arguments(module: Any, sample: Sample) -> list[str]:
    from inspect import signature

    if isinstance(sample.given, Mapping):
        return list(sample.given)
    wanted = [each for each in signature(module.forward).parameters.values() if each.default is each.empty]
    return [each.name for each in wanted]


def _answers(torch: Any, module: Any, inputs: Tensors) -> Tensors:
    with told_as("bad_sample", "The model does not take the sample"), _evaluating(module), torch.no_grad():
        answer = module(*[torch.from_numpy(np.ascontiguousarray(array)) for array in inputs.values()])
    if isinstance(answer, Mapping):
        named = dict(answer)
    elif isinstance(answer, (tuple, list)):
        named = {f"output_{at}": each for at, each in enumerate(answer)}
    else:
        named = {"output": answer}
    return {name: each.cpu().numpy() for name, each in named.items()}


def _as_trained(array: Any) -> Any:
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _spec(name: str, array: Any) -> dict[str, Any]:
    return {"name": name, "datatype": datatype_of(array, name), "shape": [-1, *array.shape[1:]]}
