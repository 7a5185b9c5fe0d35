"""Samples become a constant-Q spectrogram: by librosa, the reference, or the same faster."""

import librosa
import numpy as np
from numpy.typing import NDArray

from inference.features import FeatureSpec, decibels


def constant_q(samples: NDArray[np.floating], spec: FeatureSpec) -> NDArray[np.float32]:
    """Spectrogram of a whole recording in dB, shape (columns, n_bins): the reference.

    Silence of the margin's length is put around it, as in serving: librosa cuts the ringing of its
    resamplers off at the ends, which reaches 15 columns into a recording that begins abruptly.
    """
    transform = librosa.cqt(
        np.pad(samples, spec.margin * spec.hop_length),
        sr=spec.sample_rate,
        hop_length=spec.hop_length,
        fmin=spec.fmin,
        n_bins=spec.n_bins,
        bins_per_octave=spec.bins_per_octave,
        tuning=0.0,
        filter_scale=spec.filter_scale,
        norm=spec.norm,
        sparsity=spec.sparsity,
        window=spec.window,
        scale=True,
        pad_mode=spec.pad_mode,  # type: ignore[arg-type]  # one of NumPy's words
        res_type=spec.res_type,
    )
    return _inside(np.abs(transform).T, len(samples), spec)


class ConstantQ:
    """`constant_q` of one spec many times over.

    librosa.cqt makes its filters anew in every call and multiplies them as sparse matrices, though
    none of their numbers are 0: of 84 ms for a clip of 5 s that took 66. Here librosa's filters are
    made once. Raises ValueError for a spec that librosa would resample beforehand.
    """

    def __init__(self, spec: FeatureSpec) -> None:
        self.spec = spec
        frequencies = spec.frequencies
        relative: NDArray[np.float64] = librosa.filters._relative_bandwidth(freqs=frequencies)
        lengths, cutoff = librosa.filters.wavelet_lengths(
            freqs=frequencies,
            sr=spec.sample_rate,
            window=spec.window,
            filter_scale=spec.filter_scale,
            gamma=0.0,
            alpha=relative,
        )
        if cutoff <= spec.sample_rate / 8 or spec.hop_length % 2 ** (self._octaves - 1):
            raise ValueError("the highest bin is too low or the hop cannot be halved often enough")
        if spec.sparsity:
            raise ValueError("sparse filters")
        self._bases = [
            self._basis(octave, frequencies, relative, lengths) for octave in range(self._octaves)
        ]

    def __call__(self, samples: NDArray[np.floating]) -> NDArray[np.float32]:
        """Spectrogram of a whole recording in dB, shape (columns, n_bins)."""
        spec = self.spec
        signal = np.pad(samples, spec.margin * spec.hop_length)
        hop = spec.hop_length
        magnitudes = []
        for octave, basis in enumerate(self._bases):
            if octave:
                signal = librosa.resample(
                    signal, orig_sr=2, target_sr=1, res_type=spec.res_type, scale=True
                )
                hop //= 2
            spectra = librosa.stft(
                signal,
                n_fft=2 * (basis.shape[1] - 1),
                hop_length=hop,
                window="ones",
                pad_mode=spec.pad_mode,  # type: ignore[arg-type]  # one of NumPy's words
            )
            magnitudes.append(np.abs(spectra.T @ basis.T.astype(spectra.dtype)))
        columns = min(len(magnitude) for magnitude in magnitudes)
        stacked = np.hstack([magnitude[:columns] for magnitude in magnitudes[::-1]])
        return _inside(stacked, len(samples), spec)

    @property
    def _octaves(self) -> int:
        return -(-self.spec.n_bins // self.spec.bins_per_octave)

    def _basis(
        self,
        octave: int,
        frequencies: NDArray[np.float64],
        relative: NDArray[np.float64],
        lengths: NDArray[np.float64],
    ) -> NDArray[np.complex128]:
        """Half spectra of the filters of one octave, 0 the highest, shape (filters, n_fft / 2 + 1).

        With all the factors that librosa applies before and after.
        """
        spec = self.spec
        end = spec.n_bins - octave * spec.bins_per_octave
        mine = slice(max(0, end - spec.bins_per_octave), end)
        filters, short = librosa.filters.wavelet(
            freqs=frequencies[mine],
            sr=spec.sample_rate / 2**octave,
            filter_scale=spec.filter_scale,
            norm=spec.norm,
            pad_fft=True,
            window=spec.window,
            gamma=0.0,
            alpha=relative[mine],  # type: ignore[arg-type]  # one number a filter
        )
        size = filters.shape[1]
        filters *= short[:, None] / size  # in 32 bits, as librosa does until here
        spectra = librosa.get_fftlib().fft(filters, axis=1)[:, : size // 2 + 1]
        factors = np.sqrt(2.0**octave) / np.sqrt(lengths[mine])
        return np.asarray(spectra * factors[:, None], np.complex128)


def _inside(
    magnitudes: NDArray[np.floating], samples: int, spec: FeatureSpec
) -> NDArray[np.float32]:
    columns = 1 + samples // spec.hop_length
    return decibels(magnitudes[spec.margin : spec.margin + columns], spec.floor)
