"""Bytes or a file of any container go in, mono samples at 16 kHz come out: pydub over ffmpeg."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference.decoding import ffmpeg
from inference.decoding.containers import sniff
from inference.errors import Empty, NoAudio, TookTooLong, TooLarge, Undecodable

with warnings.catch_warnings():  # pydub warns when no ffmpeg is on the PATH; we bring one
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

SAMPLE_RATE = 16_000  # Hz
MAX_BYTES = 20 * 1024 * 1024  # what the Telegram Bot API lets a bot download
LEAST_DAMAGED = 1.0  # s that a damaged file must yield to be worth judging
HEAD = 1024**2  # bytes of a file by which its container is known

# Mono at 16 kHz: float32 in -1..1, or int16 as decoded, which takes half the memory.
Samples = NDArray[np.float32] | NDArray[np.int16]


@dataclass(frozen=True)
class Audio:
    """The sound of a file, or its beginning."""

    samples: NDArray[np.int16]
    duration_seconds: float  # of the whole track, also of what was not decoded


def hear(source: bytes | Path, max_seconds: float) -> Audio:
    """The first sound track of a file; at most its first `max_seconds` seconds are decoded.

    A `Path` may be of any size and is not read into memory; bytes are at most `MAX_BYTES`.
    """
    container = _container(source)
    samples = np.frombuffer(_segment(source, container, max_seconds).raw_data, np.int16)
    duration = len(samples) / SAMPLE_RATE
    if duration >= min(max_seconds, ffmpeg.LONGEST):  # there may be more
        duration = max(duration, ffmpeg.duration(source, container) or 0.0)
    return Audio(samples, duration)


def decode(data: bytes, max_seconds: float) -> NDArray[np.float32]:
    """The first sound track of a file, in -1..1; at most its first `max_seconds` seconds."""
    segment = _segment(data, _container(data), max_seconds)
    return floats(np.frombuffer(segment.raw_data, np.int16))


def floats(samples: Samples) -> NDArray[np.float32]:
    """Samples as float32 in -1..1; a slice of a long recording is a small array."""
    if samples.dtype == np.float32:
        return np.asarray(samples, np.float32)
    return samples.astype(np.float32) / np.float32(32_768)


def _container(source: bytes | Path) -> str:
    if isinstance(source, Path):
        with source.open("rb") as file:
            head = file.read(HEAD)
    else:
        head = source
        if len(source) > MAX_BYTES:
            raise TooLarge(f"{len(source)} bytes, at most {MAX_BYTES} are taken")
    if not head:
        raise Empty("the file has no bytes")
    container = sniff(head)
    if container is None:
        raise Undecodable("it begins like no container that we know")
    return container


def _segment(source: bytes | Path, container: str, max_seconds: float) -> AudioSegment:
    # AudioSegment.from_file would probe freely, hold everything at once and wait for ever;
    # so the decoder runs apart, and pydub gets what it made.
    decoded = ffmpeg.run(source, container, SAMPLE_RATE, max_seconds)
    if decoded.overran:
        raise TookTooLong(f"this {container} file took longer to decode than any recording should")
    if "matches no streams" in decoded.complaint:
        raise NoAudio(f"this {container} file has no sound track")
    whole = decoded.samples[: len(decoded.samples) // 2 * 2]  # a killed ffmpeg stops anywhere
    segment = AudioSegment(data=whole, sample_width=2, frame_rate=SAMPLE_RATE, channels=1)
    least = LEAST_DAMAGED if decoded.complaint else 0
    if not whole or segment.duration_seconds < least:
        raise Undecodable(_cause(decoded.complaint) or f"this {container} file holds no sound")
    return segment


def _cause(complaint: str) -> str:
    """The first thing ffmpeg said, without its addresses and our file's place."""
    first = complaint.partition("\n")[0]
    return re.sub(r"^\[\S+ @ 0x\w+\] |file:/proc/self/fd/\d+: ", "", first)[:200]
