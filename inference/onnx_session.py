"""The bytes of a model file become something that runs it: ONNX Runtime, one thread, no arena."""

from pathlib import Path

import onnxruntime

from inference.errors import ModelError


def session(data: bytes, path: Path) -> onnxruntime.InferenceSession:
    """Load a model; `path` only names it. Raises ModelError when it is none."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a worker is a process; many threads only fight each other
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest note's memory for ever
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime raises bare classes of its C++ side
        raise ModelError(f"{path} is not a model that ONNX Runtime can load: {error}") from error
