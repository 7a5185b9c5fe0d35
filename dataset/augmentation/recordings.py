"""The recordings of one pair, read from any format: float32 mono at 16 kHz."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from dataset.augmentation import codecs
from dataset.engines.engine import Refused
from dataset.manifest import Clip
from inference.decoding.audio import MAX_BYTES, SAMPLE_RATE, decode
from inference.errors import DetectionError
from inference.speech import FRAME, measure

Samples = NDArray[np.float32]

MAX_SECONDS = 20.0  # of one clip; a pair of many counterparts has to fit into the memory
MIN_SECONDS = 0.3  # a syllable
LOSSLESS = (".wav", ".flac", ".aiff", ".aif")
LEAST_SHARE = 0.4  # of the pair's median length: what is shorter would cut all of them down


@dataclass(frozen=True)
class Recording:
    clip: Clip
    samples: Samples  # with its pauses before and after the speech
    speech: Samples  # without them


def read(path: Path) -> Samples:
    """At most the first MAX_SECONDS of a file; raises Refused when it holds no sound."""
    try:
        samples = _read_here(path)
    except soundfile.LibsndfileError:
        samples = _read_by_ffmpeg(path)  # AAC, AMR, WebM
    except OSError as error:
        raise Refused(f"{path.name}: {error.strerror or error}") from error
    if len(samples) < MIN_SECONDS * SAMPLE_RATE:
        seconds = len(samples) / SAMPLE_RATE
        raise Refused(f"{path.name}: {seconds:.2f} s, {MIN_SECONDS} s are needed")
    if not np.isfinite(samples).all() or not np.abs(samples).max() > 0.0:
        raise Refused(f"{path.name}: digital silence, or samples that are no numbers")
    return samples


def read_pair(source: Path, clips: Sequence[Clip]) -> tuple[list[Recording], list[tuple[str, str]]]:
    """What can be used of a pair, and file and reason of what can not."""
    usable: list[Recording] = []
    refused: list[tuple[str, str]] = []
    came_encoded = any(clip.label == "human" and not _is_lossless(clip) for clip in clips)
    for clip in clips:
        try:
            samples = read(source / clip.file)
            if came_encoded and clip.label == "synthetic" and _is_lossless(clip):
                samples = _encoded_once(samples)
            usable.append(Recording(clip, samples, trimmed(samples)))
        except Refused as error:
            refused.append((clip.file, str(error)))
    lengths = [len(one.speech) / SAMPLE_RATE for one in usable]
    least = max(MIN_SECONDS, LEAST_SHARE * float(np.median(lengths))) if lengths else 0.0
    for one, seconds in zip(list(usable), lengths, strict=True):
        if seconds < least:
            usable.remove(one)
            refused.append(
                (one.clip.file, f"{seconds:.2f} s of speech, its pair needs {least:.2f}")
            )
    return usable, refused


def _is_lossless(clip: Clip) -> bool:
    return Path(clip.file).suffix.lower() in LOSSLESS


def _encoded_once(samples: Samples) -> Samples:
    """A counterpart fresh from its engine, where its recording has been through an encoder already.

    Otherwise whoever counts the encoders knows who spoke.
    """
    encoded = codecs.encode(samples, codecs.LEVELLED)
    return decode(encoded, MAX_SECONDS)[: len(samples)]


def trimmed(samples: Samples) -> Samples:
    """From the first to the last frame in which somebody speaks; all of it when nobody does."""
    speaking = np.flatnonzero(measure(samples).active)
    if not len(speaking):
        return samples
    return samples[speaking[0] * FRAME : (speaking[-1] + 1) * FRAME]


def _read_here(path: Path) -> Samples:
    with soundfile.SoundFile(path) as file:
        channels = file.read(round(MAX_SECONDS * file.samplerate), "float32", always_2d=True)
        rate = file.samplerate
    mono = channels.mean(axis=1, dtype=np.float32)
    if rate == SAMPLE_RATE:
        return np.ascontiguousarray(mono)
    return np.asarray(soxr.resample(mono, rate, SAMPLE_RATE, quality="HQ"), np.float32)


def _read_by_ffmpeg(path: Path) -> Samples:
    try:
        with path.open("rb") as file:
            return decode(file.read(MAX_BYTES), MAX_SECONDS)
    except DetectionError as error:
        raise Refused(f"{path.name}: {error}") from error
