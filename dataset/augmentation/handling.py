"""Handled copies: what people and their devices do to a recording before it arrives.

One law for both classes: what happens to a copy is drawn from its seed alone, never from its label.
The level is set before the encoder, because an encoder that is fed a faint signal leaves traces of
its own, which must not say who spoke. docs/training.md has the shares and why.
"""

from collections.abc import Callable, Sequence

import numpy as np
from scipy import signal

from dataset.augmentation import codecs, dynamics, suppression, transcoding
from dataset.augmentation.dynamics import compress, overdrive, peak_at, play_at, stretch
from dataset.augmentation.levelling import filtered
from dataset.augmentation.recordings import Samples
from dataset.augmentation.rooms import ROOMS, replay, reverberate
from inference.decoding.audio import SAMPLE_RATE

Random = np.random.Generator
Step = Callable[[Samples, Random], Samples]

SHORTEST = dynamics.WINDOW  # samples; there is nothing to handle in less


def handle(samples: Samples, random: Random, noises: Sequence[Samples] = ()) -> Samples:
    """A copy after a drawn history: pace, place, colour, noise, devices, level, encoders.

    Args:
        samples: float32 mono at 16 kHz.
        random: what happens, and how much of it.
        noises: recordings without speech, to be mixed in; hiss where there are none.

    Returns:
        float32 samples in -1..1; a change of pace changes their number.
    """
    if len(samples) < SHORTEST or not np.any(samples):
        return samples
    sound = peak_at(samples, -3.0)
    for share, step in (
        (0.15, _change_speed),
        (0.15, _change_tempo),
        (0.30, _place),
        (0.50, colour),
        (0.25, _high_pass),
    ):
        if random.uniform() < share:
            sound = step(sound, random)
    if random.uniform() < 0.5:
        sound = _add_noise(sound, random, noises)
    for share, step in (
        (0.20, _suppress_noise),
        (0.25, _control_level),
        (0.32, _narrow),
        (0.05, _overdrive),
        (1.00, _set_level),
        (0.15, _music_encoder),
        (0.75, _messenger),
        (0.25, _messenger),
    ):
        if random.uniform() < share:
            sound = step(sound, random)
    return np.asarray(np.clip(sound, -1.0, 1.0), np.float32)


def _change_speed(sound: Samples, random: Random) -> Samples:
    return play_at(sound, float(np.exp(random.uniform(np.log(0.8), np.log(1.25)))))


def _change_tempo(sound: Samples, random: Random) -> Samples:
    return stretch(sound, float(np.exp(random.uniform(np.log(0.8), np.log(1.25)))))


def _place(sound: Samples, random: Random) -> Samples:
    room = int(random.integers(ROOMS))
    return replay(sound, room, random) if random.uniform() < 0.3 else reverberate(sound, room)


def colour(sound: Samples, random: Random) -> Samples:
    """A smooth random equaliser: a few slow waves over the logarithm of the frequency."""
    octaves = np.log2(np.maximum(np.fft.rfftfreq(512, 1 / SAMPLE_RATE), 40.0) / 40.0)
    waves = np.arange(1, 6)
    weights = random.normal(0.0, 4.0, len(waves)) / np.sqrt(waves)
    gain = weights @ np.cos(np.outer(waves, np.pi * octaves / octaves[-1]))
    response = np.fft.fftshift(np.fft.irfft(10.0 ** (gain / 20.0))) * np.hanning(512)
    return filtered(sound, response.astype(np.float32))


def _high_pass(sound: Samples, random: Random) -> Samples:
    edge = random.uniform(60.0, 320.0)
    order = int(random.integers(1, 4))
    return _butterworth(sound, edge, order, "highpass")


def _add_noise(sound: Samples, random: Random, noises: Sequence[Samples]) -> Samples:
    """8 to 40 dB under the speech: a recorded noise, or hiss of a random colour."""
    if noises and random.uniform() < 0.6:
        recorded = noises[int(random.integers(len(noises)))]
        start = int(random.integers(len(recorded)))
        noise = np.take(recorded, np.arange(start, start + len(sound)), mode="wrap")
    else:
        noise = random.standard_normal(len(sound)).astype(np.float32)
        noise = colour(noise, random)
        if random.uniform() < 0.5:  # as most rooms and recorders: weaker to the top
            noise = np.asarray(signal.lfilter([0.1], [1.0, -0.9], noise), np.float32)
    ratio = 10.0 ** (-random.uniform(8.0, 40.0) / 20.0)
    loudness = _loudness(sound) / (float(np.sqrt(np.mean(noise**2))) + 1e-9)
    return sound + np.float32(ratio * loudness) * noise


def _suppress_noise(sound: Samples, random: Random) -> Samples:
    kind = random.uniform()
    if kind < 0.45:
        return suppression.webrtc(peak_at(sound, -3.0), int(random.integers(1, 5)))
    if kind < 0.65:
        return suppression.rnnoise(peak_at(sound, -3.0))
    return suppression.spectral_gate(sound, float(random.uniform(8.0, 30.0)))


def _control_level(sound: Samples, random: Random) -> Samples:
    kind = random.uniform()
    if kind < 0.25:  # WebRTC's control, which begins at whatever level there is
        faint = peak_at(sound, float(random.uniform(-30.0, -3.0)))
        return suppression.webrtc(faint, 0, int(random.integers(3, 20)))
    if kind < 0.6:
        return compress(sound, float(random.uniform(10.0, 35.0)), float(random.uniform(2.0, 6.0)))
    return compress(sound, float(random.uniform(3.0, 15.0)), 20.0)  # a limiter


def _narrow(sound: Samples, random: Random) -> Samples:
    """A telephone's band (three of eight), or a microphone or encoder that stops early."""
    if random.uniform() < 0.62:
        edge = random.uniform(3_300.0, 7_600.0)
        return _butterworth(sound, edge, int(random.integers(4, 10)), "lowpass")
    sound = peak_at(sound, float(random.uniform(-25.0, 0.0)))
    kind = random.uniform()
    if kind < 0.35:
        return transcoding.through(sound, transcoding.AMR_NARROW)
    if kind < 0.45:
        return codecs.transcode(sound, transcoding.AMR_WIDE)
    sound = _butterworth(sound, random.uniform(3_200.0, 3_800.0), 8, "lowpass")
    sound = _butterworth(sound, random.uniform(150.0, 350.0), 2, "highpass")
    return transcoding.g711(sound) if kind < 0.8 else sound


def _overdrive(sound: Samples, random: Random) -> Samples:
    return overdrive(sound, float(random.uniform(3.0, 15.0)), hard=random.uniform() < 0.5)


def _set_level(sound: Samples, random: Random) -> Samples:
    low = -45.0 if random.uniform() < 0.5 else -12.0
    return peak_at(sound, float(random.uniform(low, 0.0)))


def _music_encoder(sound: Samples, random: Random) -> Samples:
    kbit = int(random.choice([16, 24, 32, 48]))
    encoder = transcoding.mp3 if random.uniform() < 0.5 else transcoding.aac
    return transcoding.through(sound, encoder(kbit))


def _messenger(sound: Samples, random: Random) -> Samples:
    kbit, voice = float(random.uniform(8.0, 32.0)), bool(random.uniform() < 0.4)
    encoder = transcoding.opus(max(kbit, 10.0), int(random.integers(0, 7)), voice)
    return transcoding.through(sound, encoder)


def _butterworth(sound: Samples, edge: float, order: int, kind: str) -> Samples:
    sections = signal.butter(order, min(edge, 7_900.0), kind, fs=SAMPLE_RATE, output="sos")
    return np.asarray(signal.sosfilt(sections, sound), np.float32)


def _loudness(sound: Samples) -> float:
    """RMS of the louder half of the 20 ms frames: of the speech, about."""
    frames = sound[: len(sound) // 320 * 320].reshape(-1, 320)
    powers = np.sort(np.mean(frames**2, axis=1))[len(frames) // 2 :]
    return float(np.sqrt(powers.mean())) if len(powers) else float(np.sqrt(np.mean(sound**2)))
