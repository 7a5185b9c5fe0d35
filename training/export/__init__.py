"""A trained network becomes the calibrated ONNX file that is served."""
