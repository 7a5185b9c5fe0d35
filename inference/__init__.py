"""A voice note becomes a verdict: audio → speech → detector → verdict → picture.

Imports nothing of the other rooms, and none of TensorFlow, librosa, numba or scipy.
"""

import os

# ONNX Runtime 1.31 reports its use to Microsoft and keeps an identifier in the home and temporary
# folders, unless this stands in the environment before it is loaded. Nothing here phones home.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
