"""Models under a name, with versions that never change: publishing them, and what is known of them.

Publishing makes a servable file of what was trained (ONNX, or TorchScript), runs it here on a sample, compares its
answers with the model's own, and sends both. Imported when it is first used. Needs numpy, and of converters only the
one of the model at hand, which it names where it is not there.
"""
