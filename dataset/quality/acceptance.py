"""Acceptance of synthetic clips: silence, clipping, pace, length, a cut end, repetition.

Limits on 500 clips of 1.5 to 8 s (250 human, 250 synthetic, of many sources): an end as loud as
CUT_OFF says had 0.5 % of the human ones and no synthetic one, against 20 % of clips cut off at a
random place; a likeness of ALIKE had no human one (the highest 0.977) and 0.4 % of the synthetic.
"""

import numpy as np
from numpy.typing import NDArray

FRAME = 0.02  # s
SILENT = 50.0  # dB under the loudest frame
QUIETEST = -60.0  # dBFS that the loudest frame must reach
CLIPPED = 0.01  # share of samples at full scale
LETTERS_A_SECOND = (3.0, 35.0)
LENGTHS = (0.8, 1.25)  # times the recording's, for what copies a recording
BANDS = 40
STRETCH = 50  # frames that must be alike to be the same
SHORTEST_LAG = 15  # frames between them
ALIKE = 0.985  # cosine of two frames' log-mel bands, the clip's mean taken away
CUT_OFF = 5.0  # dB that the last frame may lie under the loudest one of a clip that is cut off


def faults(
    samples: NDArray[np.float32], sample_rate: int, text: str = "", seconds: float = 0.0
) -> list[str]:
    """What is wrong with a clip that says `text` or copies a recording of so many seconds.

    Neither has to be known ("" and 0).
    """
    if not len(samples) or not np.isfinite(samples).all():
        return ["it holds no sound"]
    levels = _levels(samples, sample_rate)
    if levels.max() < QUIETEST:
        return [f"it is silent: its loudest moment has {levels.max():.0f} dB"]
    sound = FRAME * float(np.sum(levels > levels.max() - SILENT))
    found = [
        _clipping(samples),
        _pace(text, sound),
        _length(len(samples) / sample_rate, seconds),
        _end(levels),
        _repetition(samples, sample_rate, levels),
    ]
    return [fault for fault in found if fault]


def _clipping(samples: NDArray[np.float32]) -> str:
    clipped = float(np.mean(np.abs(samples) >= 0.999))
    return f"{clipped:.0%} of its samples are clipped" if clipped > CLIPPED else ""


def _pace(text: str, seconds: float) -> str:
    letters = sum(letter.isalpha() for letter in text)
    slowest, fastest = LETTERS_A_SECOND
    if not letters or slowest <= letters / seconds <= fastest:
        return ""
    return f"{letters} letters in {seconds:.1f} s of sound: no one speaks like that"


def _length(seconds: float, original: float) -> str:
    if not original or LENGTHS[0] <= seconds / original <= LENGTHS[1]:
        return ""
    return f"it lasts {seconds:.1f} s, and the recording that it copies {original:.1f} s"


def _end(levels: NDArray[np.float64]) -> str:
    """A synthesiser that stops in the middle of a word leaves no fading sound."""
    return "it is cut off in the middle of a sound" if levels[-1] > levels.max() - CUT_OFF else ""


def _repetition(samples: NDArray[np.float32], sample_rate: int, levels: NDArray[np.float64]) -> str:
    likeness, lag = repetition(samples, sample_rate, levels)
    if likeness < ALIKE:
        return ""
    return f"it says the same again after {lag * FRAME:.1f} s, or holds one sound"


def repetition(
    samples: NDArray[np.float32], sample_rate: int, levels: NDArray[np.float64]
) -> tuple[float, int]:
    """How alike the two most alike stretches are, -1 to 1, and the frames between them."""
    shapes = _shapes(samples, sample_rate)[: len(levels)]
    shapes[levels[: len(shapes)] < levels.max() - SILENT] = 0.0  # silence is like silence
    alike = shapes @ shapes.T
    best, best_lag = -1.0, 0
    for lag in range(SHORTEST_LAG, len(shapes) - STRETCH + 1):
        sums = np.cumsum(np.concatenate([[0.0], np.diagonal(alike, lag)]))
        means = (sums[STRETCH:] - sums[:-STRETCH]) / STRETCH
        if means.size and means.max() > best:
            best, best_lag = float(means.max()), lag
    return best, best_lag


def _shapes(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float64]:
    """A row a frame: its log-mel bands without the clip's mean, of length 1."""
    import librosa

    hop = round(FRAME * sample_rate)
    bands = librosa.feature.melspectrogram(
        y=samples, sr=sample_rate, n_fft=2 * hop, hop_length=hop, n_mels=BANDS, fmax=7600.0
    )
    shapes = np.log(bands.T.astype(np.float64) + 1e-10)
    shapes -= shapes.mean(axis=0)
    return np.asarray(shapes / (np.linalg.norm(shapes, axis=1, keepdims=True) + 1e-9))


def _levels(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float64]:
    """Level of every frame, dBFS, shape (frames,)."""
    size = max(1, min(round(FRAME * sample_rate), len(samples)))
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    power = np.mean(frames.astype(np.float64) ** 2, axis=1)
    return np.asarray(10.0 * np.log10(power + 1e-12))
