"""Bytes of any container go in, float32 mono samples at 16 kHz come out: pydub over ffmpeg."""

import re
import warnings

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


def decode(data: bytes, max_seconds: float) -> NDArray[np.float32]:
    """The first sound track of a file, in -1..1; at most its first `max_seconds` seconds."""
    if not data:
        raise Empty("the file has no bytes")
    if len(data) > MAX_BYTES:
        raise TooLarge(f"{len(data)} bytes, at most {MAX_BYTES} are taken")
    container = sniff(data)
    if container is None:
        raise Undecodable("it begins like no container that we know")
    segment = _segment(data, container, max_seconds)
    samples = np.asarray(segment.get_array_of_samples(), np.float32)
    return samples / np.float32(32_768)


def _segment(data: bytes, container: str, max_seconds: float) -> AudioSegment:
    # AudioSegment.from_file would probe freely, hold everything at once and wait for ever;
    # so the decoder runs apart, and pydub gets what it made.
    decoded = ffmpeg.run(data, container, SAMPLE_RATE, max_seconds)
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
