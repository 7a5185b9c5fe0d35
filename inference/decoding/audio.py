"""Bytes or a file of any container go in, samples at 16 kHz come out: pydub over ffmpeg."""

import os
import re
import warnings
from dataclasses import dataclass
from io import FileIO

import numpy as np
from numpy.typing import NDArray

from inference.decoding import channels, ffmpeg, ogg_pages
from inference.decoding.containers import Container, recognise
from inference.decoding.ffmpeg import Decoded
from inference.errors import Empty, NoAudio, NotSound, TookTooLong, TooLarge, Undecodable

with warnings.catch_warnings():  # pydub warns when no ffmpeg is on the PATH; we bring one
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

SAMPLE_RATE = 16_000  # Hz
MAX_BYTES = 20 * 1024 * 1024  # what the Telegram Bot API lets a bot download
LEAST_DAMAGED = 1.0  # s that a damaged file must yield to be worth judging
HEAD = 1024**2  # bytes of a file by which its container is known
MOST_TRACKS = 4  # sound tracks of a file that are tried
SILENT = 33  # of 32,768, -60 dBFS: a track that is never louder is silent

# Mono at 16 kHz: float32 in -1..1, or int16 as decoded, which takes half the memory.
Samples = NDArray[np.float32] | NDArray[np.int16]


@dataclass(frozen=True)
class Audio:
    """The sound of a file, or its beginning."""

    samples: NDArray[np.int16]  # mono
    duration_seconds: float  # of the whole track, also of what was not decoded
    # Left and right, (n_samples, 2), where each has sound of its own; else None.
    stereo: NDArray[np.int16] | None = None
    track: int = 1  # which of the file's sound tracks this is, from 1
    tracks: int = 1


@dataclass(frozen=True)
class _Heard:
    """A track that was decoded."""

    segment: AudioSegment
    track: int  # from 1
    tracks: int
    stream: int | None  # its number in the file; None: of the first sound track


def hear(source: bytes | FileIO, max_seconds: float) -> Audio:
    """A sound track of a file; at most its first `max_seconds` seconds are decoded.

    It is the one that the file has for its default; where that is silent or cannot be decoded, the
    first other one that is neither. Two channels become one as `channels.mono` says.

    An open file (`path.open("rb", buffering=0)`) may be of any size and is not read into memory,
    unless it is an Ogg file of at most `MAX_BYTES`; bytes are at most `MAX_BYTES`.
    """
    source, container = _opened(source)
    heard = _best_track(source, container, max_seconds)
    samples = np.frombuffer(heard.segment.raw_data, np.int16)
    stereo = samples.reshape(-1, 2) if heard.segment.channels == 2 else None
    if stereo is not None:
        samples = channels.mono(stereo)
        stereo = stereo if channels.are_apart(stereo) else None
    duration = len(samples) / SAMPLE_RATE
    if duration >= min(max_seconds, ffmpeg.LONGEST / heard.segment.channels):  # there may be more
        duration = max(duration, ffmpeg.duration(source, container, heard.stream) or 0.0)
    return Audio(samples, duration, stereo, heard.track, heard.tracks)


def decode(data: bytes, max_seconds: float) -> NDArray[np.float32]:
    """The same track, mono in -1..1; at most its first `max_seconds` seconds."""
    return floats(hear(data, max_seconds).samples)


def floats(samples: Samples) -> NDArray[np.float32]:
    """Samples as float32 in -1..1; a slice of a long recording is a small array."""
    if samples.dtype == np.float32:
        return np.asarray(samples, np.float32)
    return samples.astype(np.float32) / np.float32(32_768)


def _opened(source: bytes | FileIO) -> tuple[bytes | FileIO, Container]:
    """The file, mended where its end is missing, and how it is read."""
    if isinstance(source, FileIO):
        source.seek(0)
        head = source.read(HEAD)
    else:
        head = source
        if len(source) > MAX_BYTES:
            raise TooLarge(f"{len(source)} bytes, at most {MAX_BYTES} are taken")
    if not head:
        raise Empty("the file has no bytes")
    container = recognise(head)
    if container is None:
        raise NotSound("it begins like no container that we know")
    if container.demuxer == "ogg":
        if isinstance(source, FileIO) and os.fstat(source.fileno()).st_size <= MAX_BYTES:
            source.seek(0)
            source = source.readall()
        if isinstance(source, bytes):
            source = ogg_pages.mend(source)
    return source, container


def _best_track(source: bytes | FileIO, container: Container, max_seconds: float) -> _Heard:
    """The default track, else the first that can be decoded and is not silent."""
    first = ffmpeg.run(source, container, SAMPLE_RATE, max_seconds)
    tracks = first.tracks
    if len(tracks) < 2:
        return _Heard(_segment(first, container), 1, 1, None)
    heard: _Heard | None = None
    order = sorted(range(len(tracks)), key=lambda number: not tracks[number].is_default)
    for number in order[:MOST_TRACKS]:
        stream = tracks[number].stream
        decoded = first
        if number:
            decoded = ffmpeg.run(source, container, SAMPLE_RATE, max_seconds, stream)
        try:
            found = _Heard(_segment(decoded, container), number + 1, len(tracks), stream)
        except Undecodable:
            continue
        heard = heard or found
        if not _is_silent(found.segment):
            return found
    return heard or _Heard(_segment(first, container), 1, len(tracks), None)


def _is_silent(segment: AudioSegment) -> bool:
    samples = np.frombuffer(segment.raw_data, np.int16)
    return bool(samples.max() < SILENT and samples.min() > -SILENT)


def _segment(decoded: Decoded, container: Container) -> AudioSegment:
    # AudioSegment.from_file would probe freely, hold everything at once and wait for ever;
    # so the decoder runs apart, and pydub gets what it made.
    name = container.demuxer
    if decoded.overran:
        raise TookTooLong(f"this {name} file took longer to decode than any recording should")
    if "matches no streams" in decoded.complaint:
        raise NoAudio(f"this {name} file has no sound track")
    width = 2 * decoded.channels
    whole = decoded.samples[: len(decoded.samples) // width * width]  # a killed ffmpeg stops there
    segment = AudioSegment(
        data=whole, sample_width=2, frame_rate=SAMPLE_RATE, channels=decoded.channels
    )
    least = LEAST_DAMAGED if decoded.complaint else 0
    if not whole or segment.duration_seconds < least:
        raise Undecodable(_cause(decoded.complaint) or f"this {name} file holds no sound")
    return segment


def _cause(complaint: str) -> str:
    """The first thing ffmpeg said, without our file's place."""
    first = complaint.partition("\n")[0]
    return re.sub(rf"\S*\b{ffmpeg.INPUT}:: ", "", first)[:200]
