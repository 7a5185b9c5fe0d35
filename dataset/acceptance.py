"""Is a synthetic clip sound enough to be shown to a detector? Its faults, each a plain sentence."""

import numpy as np
from numpy.typing import NDArray

FRAME = 0.02  # s
SILENT = 50.0  # dB under the loudest frame
QUIETEST = -60.0  # dBFS that the loudest frame must reach
CLIPPED = 0.01  # share of samples at full scale
LETTERS_A_SECOND = (3.0, 35.0)


def faults(
    samples: NDArray[np.float32], sample_rate: int, text: str = "", seconds: float = 0.0
) -> list[str]:
    """What is wrong with a clip that should say `text` and last about `seconds` (0: unknown)."""
    if not len(samples) or not np.isfinite(samples).all():
        return ["it holds no sound"]
    levels = _levels(samples, sample_rate)
    if levels.max() < QUIETEST:
        return [f"it is silent: its loudest moment has {levels.max():.0f} dB"]
    found = []
    clipped = float(np.mean(np.abs(samples) >= 0.999))
    if clipped > CLIPPED:
        found.append(f"{clipped:.0%} of its samples are clipped")
    speech = FRAME * float(np.sum(levels > levels.max() - SILENT))
    letters = sum(letter.isalnum() for letter in text)
    if letters and not LETTERS_A_SECOND[0] < letters / speech < LETTERS_A_SECOND[1]:
        found.append(f"{letters} letters in {speech:.1f} s of sound: no one speaks like that")
    return found


def _levels(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float64]:
    """Of every frame, dBFS."""
    size = max(1, min(round(FRAME * sample_rate), len(samples)))
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    power = np.mean(frames.astype(np.float64) ** 2, axis=1)
    return np.asarray(10.0 * np.log10(power + 1e-12))
