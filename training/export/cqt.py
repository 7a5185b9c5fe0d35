"""Samples become a constant-Q spectrogram in dB inside the network: librosa's, as convolutions.

librosa walks down the octaves: each is correlated with the same few short wavelets, then the
samples are resampled to half their rate. Both are linear, so both are convolutions with known
taps: the wavelets are librosa's own, the taps of the resampler are read off soxr itself.
"""

from typing import Any

import keras
import librosa
import numpy as np
import soxr
from keras import ops
from numpy.typing import NDArray

from inference.features import FeatureSpec

DB_PER_NEPER = 20.0 / np.log(10.0)


class ConstantQ(keras.layers.Layer):  # type: ignore[misc]
    """Samples (batch, n) → dB (batch, columns, n_bins), columns = 1 + (n - 1) // hop - 2 margin.

    The margin is cut off both ends: there the recording's own samples are the context.
    """

    def __init__(self, spec: FeatureSpec, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        if spec.n_bins % spec.bins_per_octave:
            raise ValueError(f"{spec.n_bins} bins are not whole octaves")
        self.spec = spec
        self.octaves = [wavelets(spec, octave) for octave in range(octaves(spec))]
        self.taps = halving_taps(spec.res_type)

    def call(self, samples: Any) -> Any:
        spec = self.spec
        signal = ops.expand_dims(samples, -1)
        hop = spec.hop_length
        powers = []
        for octave, kernel in enumerate(self.octaves):
            if octave:
                signal = self._halve(signal)
                hop //= 2
            powers.append(self._power(signal, kernel, hop))
        power = ops.concatenate(powers[::-1], axis=-1)
        power = power[:, spec.margin : ops.shape(power)[1] - spec.margin]
        least = 10.0 ** (spec.floor / 10.0)
        return ops.log(ops.maximum(power, least)) * (DB_PER_NEPER / 2.0)

    def _power(self, signal: Any, kernel: NDArray[np.float32], hop: int) -> Any:
        half = kernel.shape[0] // 2
        padded = ops.pad(signal, [[0, 0], [half, half], [0, 0]])
        response = ops.square(ops.conv(padded, kernel, strides=hop, padding="valid"))
        real, imaginary = ops.split(response, 2, axis=-1)
        return real + imaginary

    def _halve(self, signal: Any) -> Any:
        half = (len(self.taps) - 1) // 2
        padded = ops.pad(signal, [[0, 0], [half, half], [0, 0]])
        return ops.conv(padded, self.taps[:, None, None], strides=2, padding="valid")


def octaves(spec: FeatureSpec) -> int:
    return spec.n_bins // spec.bins_per_octave


def wavelets(spec: FeatureSpec, octave: int) -> NDArray[np.float32]:
    """Taps of one octave, 0 the highest, shape (n_taps, 1, 2 bins_per_octave): real, imaginary."""
    rate = spec.sample_rate / 2**octave
    everything = spec.frequencies
    last = spec.n_bins - octave * spec.bins_per_octave
    mine = slice(last - spec.bins_per_octave, last)
    alpha: Any = librosa.filters._relative_bandwidth(freqs=everything)
    settings: dict[str, Any] = {
        "filter_scale": spec.filter_scale,
        "window": spec.window,
        "gamma": 0.0,
    }
    basis, lengths = librosa.filters.wavelet(
        freqs=everything[mine], sr=rate, norm=spec.norm, pad_fft=True, alpha=alpha[mine], **settings
    )
    n_fft = basis.shape[1]
    full_lengths, _ = librosa.filters.wavelet_lengths(
        freqs=everything, sr=spec.sample_rate, alpha=alpha, **settings
    )
    scale = lengths / n_fft * np.sqrt(2.0**octave) / np.sqrt(full_lengths[mine])
    # librosa multiplies the half spectra; the taps are that product's inverse transform.
    half = np.fft.fft(basis * scale[:, None], axis=1)
    half[:, n_fft // 2 + 1 :] = 0.0
    taps = np.fft.fft(half, axis=1).T
    return np.concatenate([taps.real, taps.imag], axis=1)[:, None, :].astype(np.float32)


def halving_taps(res_type: str) -> NDArray[np.float32]:
    """Taps (odd, symmetric) by which soxr halves a sample rate, energy kept as librosa does."""
    n = 8192
    response = np.zeros(n)
    for phase in (0, 1):
        impulse = np.zeros(n)
        impulse[n // 2 + phase] = 1.0
        heard = soxr.resample(impulse, 2, 1, quality=res_type)
        response[phase::2] = np.roll(heard, -phase)  # output m is tap 2m - phase
    return _symmetric(response)


def _symmetric(response: NDArray[np.float64]) -> NDArray[np.float32]:
    centre = int(np.argmax(np.abs(response)))
    reach = max(abs(int(i) - centre) for i in np.flatnonzero(np.abs(response) > 1e-7))
    return np.asarray(response[centre - reach : centre + reach + 1] * np.sqrt(2.0), np.float32)
