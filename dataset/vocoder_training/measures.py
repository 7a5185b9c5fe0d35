"""Objective measures of a resynthesis: spectral distances, PESQ, STOI, DNSMOS.

All at 16 kHz. What needs a package of the extra `judge` that is not installed is left out.
"""

import warnings
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct

from dataset.engines.vocoder.spectrum import SAMPLE_RATE, Samples, mel_filters

Measure = Callable[[Samples, Samples], float]  # of the recording and of what was made of it

BANDS = 80
CEPSTRA = 13
WINDOW, HOP = 1024, 256  # samples
QUIETEST = 60.0  # dB below the loudest: what lies deeper is not heard


def magnitudes(samples: Samples, window: int, hop: int) -> NDArray[np.float64]:
    """Magnitudes of the STFT with a Hann window, shape (frames, bins)."""
    padded = np.pad(samples, window // 2).astype(np.float64)
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop]
    return np.asarray(np.abs(np.fft.rfft(frames * np.hanning(window + 1)[:-1], axis=1)))


def mel_distance(recorded: Samples, made: Samples) -> float:
    """Mean distance of 80 mel bands in dB."""
    theirs, ours = _mel_decibels(recorded, made)
    return float(np.abs(theirs - ours).mean())


def cepstral_distortion(recorded: Samples, made: Samples) -> float:
    """Mel-cepstral distortion in dB over c1 to c13 of 80 log-mel bands, frame by frame."""
    nepers = [bands * np.log(10.0) / 20.0 for bands in _mel_decibels(recorded, made)]
    theirs, ours = (dct(bands, norm="ortho")[:, 1 : CEPSTRA + 1] for bands in nepers)
    scale = np.sqrt(2.0 / BANDS)  # from SciPy's orthogonal DCT to Kubichek's cepstra
    distance = np.sqrt(2.0 * ((theirs - ours) ** 2).sum(axis=1)) * scale
    return float(10.0 / np.log(10.0) * 2.0 * distance.mean())


def spectral_distance(recorded: Samples, made: Samples) -> float:
    """Mean over three resolutions of the spectral convergence |A - B| / |A|."""
    found = []
    for window in (256, 512, 1024):
        theirs, ours = (magnitudes(sound, window, window // 4) for sound in (recorded, made))
        found.append(np.linalg.norm(theirs - ours) / max(float(np.linalg.norm(theirs)), 1e-9))
    return float(np.mean(found))


def installed() -> dict[str, Measure]:
    """Measures by the heading of their column: all that this environment can take."""
    return {
        "mel distance, dB": mel_distance,
        "MCD, dB": cepstral_distortion,
        "STFT convergence": spectral_distance,
        **dict(_optional()),
    }


def _optional() -> Iterator[tuple[str, Measure]]:
    try:
        from pesq import pesq

        yield "PESQ (wide)", lambda recorded, made: float(pesq(SAMPLE_RATE, recorded, made, "wb"))
    except ImportError:
        pass
    try:
        from pystoi import stoi

        yield "STOI", lambda recorded, made: float(stoi(recorded, made, SAMPLE_RATE))
    except ImportError:
        pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for pkg_resources, which is old
            from speechmos import dnsmos

        def overall(_: Samples, made: Samples) -> float:
            return float(dnsmos.run(np.clip(made, -1.0, 1.0), SAMPLE_RATE)["ovrl_mos"])

        yield "DNSMOS", overall
    except ImportError:
        pass


def _mel_decibels(*sounds: Samples) -> list[NDArray[np.float64]]:
    filters = mel_filters(WINDOW, BANDS)
    bands = [magnitudes(sound, WINDOW, HOP) @ filters for sound in sounds]
    floor = max(float(bands[0].max()), 1e-9) * 10.0 ** (-QUIETEST / 20.0)
    return [20.0 * np.log10(np.maximum(each, floor)) for each in bands]
