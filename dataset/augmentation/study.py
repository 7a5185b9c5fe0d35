"""The study's recipe: every clip plain, and a sixth each with ambience, with noise, with both.

Ambience is laid over the sound by pydub. The noise belongs on the spectrogram, which no sound file
can hold: such a clip's channel says so, and `noisy` adds it when the spectrogram is made.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from dataset import manifest
from dataset.augmentation.pairs import Pair, arrived, pairs, usable, write
from dataset.augmentation.recordings import Samples, read
from dataset.execution.seeds import seed_of
from dataset.files import link
from dataset.manifest import Clip, ManifestError
from inference.decoding.audio import SAMPLE_RATE

SHARE = 1 / 6  # 16.7 % of the pairs, for each of the three
AMBIENCE, GAUSSIAN = "ambience", "gaussian"
BOTH = f"{AMBIENCE}+{GAUSSIAN}"
# The study gives 0.5 without a unit; its pictures were drawn from decibels, so decibels it is.
SIGMA = 0.5  # dB


def recipe(clips: Sequence[Clip], seed: int) -> list[Pair]:
    """All pairs plain and, drawn without replacement, round(n / 6) of each kind of copy."""
    plain = pairs(clips, "plain", seed)
    order = np.random.default_rng(seed).permutation(len(plain))
    count = round(SHARE * len(plain))
    items = list(plain)
    for place, kind in enumerate((AMBIENCE, GAUSSIAN, BOTH)):
        drawn = sorted(order[place * count : (place + 1) * count])
        for number in drawn:
            pair = plain[number]
            items.append(replace(pair, folder=kind, seed=seed_of(f"{kind} {pair.seed}")))
    return items


def noisy(decibels: NDArray[np.floating], clip: Clip) -> NDArray[np.float32]:
    """The spectrogram of a clip in dB, any shape, with the noise that its channel asks for."""
    if GAUSSIAN not in clip.channel.split("+"):
        return np.asarray(decibels, np.float32)
    noise = np.random.default_rng(seed_of(clip.file)).normal(0.0, SIGMA, decibels.shape)
    return np.asarray(decibels + noise, np.float32)


class Study:
    """Make one pair of `recipe`; an instance lives in a worker."""

    def __init__(self, source: Path, target: Path, noise: Path) -> None:
        self._source, self._target, self._noise = source, target, noise
        self._ambiences = [clip for clip in manifest.read(noise) if clip.label == "noise"]
        if not self._ambiences:
            raise ManifestError(f"{noise} lists no noise")

    def __call__(self, pair: Pair) -> list[Clip]:
        ambience = None
        if AMBIENCE in pair.folder:
            random = np.random.default_rng(pair.seed)
            drawn = self._ambiences[int(random.integers(len(self._ambiences)))]
            ambience = read(self._noise / drawn.file)
        made = []
        for one in usable(self._source, pair):
            channel = "" if pair.folder == "plain" else pair.folder
            seconds = len(one.samples) / SAMPLE_RATE
            if ambience is None:
                file = f"{pair.folder}/{one.clip.file}"
                link(self._source / one.clip.file, self._target / file)
            else:
                file = pair.file(one.clip, ".flac")
                write(self._target, file, _flac(overlaid(one.samples, ambience)))
            made.append(arrived(one.clip, file, channel, seconds))
        return made


def overlaid(samples: Samples, ambience: Samples) -> Samples:
    """pydub's overlay: the ambience as loud as it is, again and again until the clip ends."""
    # Here: the first import warns where no ffmpeg is; inference.decoding.audio hushes it.
    from pydub import AudioSegment

    voice, around = (
        AudioSegment(_pcm(sound), sample_width=2, frame_rate=SAMPLE_RATE, channels=1)
        for sound in (samples, ambience)
    )
    mixed = voice.overlay(around, loop=True)
    return np.asarray(mixed.get_array_of_samples(), np.float32) / np.float32(32_768.0)


def _pcm(samples: Samples) -> bytes:
    return np.asarray(np.clip(samples, -1.0, 1.0) * 32_767.0, "<i2").tobytes()


def _flac(samples: Samples) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return file.getvalue()
