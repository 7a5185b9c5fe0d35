"""A voice note becomes a verdict: audio → speech → detector → verdict → picture.

Imports nothing of the other rooms, and none of TensorFlow, librosa, numba or scipy.
"""

import os

# Unless told not to, ONNX Runtime 1.31 reports its use to Microsoft and leaves a file in TMPDIR.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
