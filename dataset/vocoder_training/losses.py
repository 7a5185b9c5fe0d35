"""Losses of the vocoder: STFT distance at several resolutions, and mel distance."""

from typing import Any

import tensorflow as tf

from dataset.engines.vocoder.spectrum import HOP, N_FFT, mel_filters, overlap, window

RESOLUTIONS = ((256, 64), (512, 128), (1024, 256))  # samples: length of the window, hop
MELS = ((256, 40), (640, 100), (1024, 120))  # samples: length of the window; bands
FLOOR = 1e-5
AUDIBLE = 1e-3  # magnitudes below it count little in the logarithmic distance


def synthesis(parts: Any, length: int) -> Any:
    """Samples (batch, length) of the network's answer, as spectrum.waveform makes them."""
    pieces = tf.signal.irfft(tf.complex(parts[..., 0], parts[..., 1]), [N_FFT]) * window()
    sound = tf.signal.overlap_and_add(pieces, HOP) / overlap(1 + length // HOP)
    return sound[:, N_FFT // 2 : N_FFT // 2 + length]


def log_mel(samples: Any) -> Any:
    """spectrum.log_mel of a batch whose length is a multiple of HOP."""
    padded = tf.pad(samples, [[0, 0], [N_FFT // 2, N_FFT // 2]])
    return tf.math.log(tf.maximum(tf.matmul(magnitudes(padded, N_FFT, HOP), mel_filters()), FLOOR))


def magnitudes(samples: Any, length: int, hop: int) -> Any:
    """Magnitudes of the STFT with a Hann window of that length, (batch, frames, bins)."""
    spectrum = tf.signal.stft(samples, length, hop, length)
    # The root's slope at zero is infinite.
    return tf.sqrt(tf.math.real(spectrum) ** 2 + tf.math.imag(spectrum) ** 2 + 1e-12)


def distance(made: Any, recorded: Any) -> tuple[Any, Any]:
    """Spectral distance (convergence + logarithm) and mean mel distance in nepers."""
    spectral, mel = 0.0, 0.0
    for length, hop in RESOLUTIONS:
        ours, theirs = magnitudes(made, length, hop), magnitudes(recorded, length, hop)
        apart = tf.norm(theirs - ours, axis=(1, 2)) / (tf.norm(theirs, axis=(1, 2)) + 1e-3)
        logarithm = tf.abs(tf.math.log(theirs + AUDIBLE) - tf.math.log(ours + AUDIBLE))
        spectral += tf.reduce_mean(apart) + tf.reduce_mean(logarithm)
    for length, bands in MELS:
        filters = mel_filters(length, bands)
        ours, theirs = (
            tf.math.log(tf.matmul(magnitudes(sound, length, length // 4), filters) + AUDIBLE)
            for sound in (made, recorded)
        )
        mel += tf.reduce_mean(tf.abs(ours - theirs))
    return spectral / len(RESOLUTIONS), mel / len(MELS)
