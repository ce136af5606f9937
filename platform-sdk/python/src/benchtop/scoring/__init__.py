"""Scores a version of a dataset by a version of a model into a new version of a dataset.

It is done here, in this process, by ONNX Runtime: ``scoring`` goes from file to file, ``loaded_model`` has the model's
file and looks at its hash each time, ``features`` makes tensors of columns and ``answers`` columns of tensors, and
``progress`` remembers what is whole, so that the same call goes on where another one ended.
"""
