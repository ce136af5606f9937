"""Triton's python backend runs the same file in the same runtime; BENCHTOP_MODELS is the folder of the Java tests' models."""

import os
from pathlib import Path

import onnxruntime
import triton_python_backend_utils as triton


class TritonPythonModel:
    def initialize(self, args):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        path = Path(os.environ["BENCHTOP_MODELS"]) / args["model_name"] / "model.onnx"
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        given = {tensor.name(): tensor.as_numpy() for tensor in request.inputs()}
        outputs = zip(self.session.get_outputs(), self.session.run(None, given), strict=True)
        return triton.InferenceResponse([triton.Tensor(spec.name, value) for spec, value in outputs])
