"""A voice note becomes a verdict: audio → speech → detector → verdict → picture.

Imports nothing of the other rooms, and none of TensorFlow, librosa, numba or scipy.
"""
