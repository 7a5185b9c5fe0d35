"""The bytes of a file go in, what the file itself tells comes out: facts, and nothing of the model.

Who recorded is told only where a recorder's own source or notes of it say what it writes; anybody
can write the same. `UNKNOWN` is no accusation.
"""

import os
import re
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from io import FileIO
from typing import Any

from inference.decoding.containers import sniff
from inference.metadata import ogg, tracks

LONGEST_TEXT = 80  # characters of a name out of the file
ENDS = 8 * 1024**2  # bytes at the beginning and at the end of a file that are looked at
LONGEST_PLAY = 7 * 24 * 3600.0  # s; beyond, the file lies


class Recorder(StrEnum):
    TELEGRAM = "telegram"  # an Android or iOS client
    WHATSAPP = "whatsapp"
    REENCODED = "reencoded"  # written by ffmpeg or opusenc, which convert and do not record
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Evidence:
    """What the file tells of itself; None where it doesn't."""

    container: str | None = None  # "ogg", "mov" (MP4, M4A, 3GP), "matroska" (WebM), "mp3", "wav", …
    codec: str | None = None  # "opus", "vorbis", "aac", "mp3", "pcm", "amr", …
    seconds: float | None = None  # that were decoded, or else that the file says to play
    kbit_per_second: float | None = None  # of the whole file, headers and pictures too
    input_rate: int | None = None  # Hz; Opus: of what the encoder was given
    channels: int | None = None  # Opus
    pre_skip: int | None = None  # Opus: samples at 48 kHz before the sound begins
    frame_ms: float | None = None  # Opus: ms of sound in a packet, the most frequent
    vendor: str | None = None  # Opus: the library that wrote the file
    encoder: str | None = None  # the program, where it signed
    recorder: Recorder = Recorder.UNKNOWN


def gather(source: bytes | FileIO, decoded: float | None = None) -> Evidence:
    """What a file tells; never raises, whatever its bytes are.

    `decoded`: seconds of sound that were in it, which count more than what it says; None where
    nobody counted.
    """
    data, size = _ends(source) if isinstance(source, FileIO) else (source, len(source))
    told = _told(data, size)
    if decoded is None:
        return told
    return replace(told, seconds=decoded, kbit_per_second=_rate(size, decoded))


def _told(data: bytes, size: int) -> Evidence:
    container = sniff(data)
    if container is None:
        return Evidence()
    if container == "ogg":
        track = ogg.read(data)
        return _of_ogg(track, size) if track else Evidence(container)
    length = _plausible(tracks.seconds(data, container, size))
    encoder = tracks.encoder(data)
    # Telegram Desktop records its round films with ffmpeg's own libraries, so in an MP4 their mark
    # tells nothing; the container's library alone (Lavf) also stands in recordings of OBS.
    converted = container != "mov" and (encoder or "").startswith("Lavc")
    return Evidence(
        container,
        tracks.codec(data, container),
        length,
        _rate(size, length),
        encoder=encoder,
        recorder=Recorder.REENCODED if converted else Recorder.UNKNOWN,
    )


def as_json(evidence: Evidence) -> dict[str, Any]:
    """Plain values for a pipe, a database or a report."""
    return {**asdict(evidence), "recorder": evidence.recorder.value}


def from_fields(values: dict[str, Any]) -> Evidence:
    """What `as_json` took apart, also that of another version: fields may lack or be unknown."""
    known = {field.name: values[field.name] for field in fields(Evidence) if field.name in values}
    try:
        recorder = Recorder(known.pop("recorder", ""))
    except ValueError:
        recorder = Recorder.UNKNOWN
    return Evidence(**known, recorder=recorder)


def _ends(file: FileIO) -> tuple[bytes, int]:
    """The beginning and the end of a large file, where all of this stands; and its size."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size <= 2 * ENDS:
        return file.readall(), size
    beginning = file.read(ENDS)
    file.seek(-ENDS, os.SEEK_END)
    return beginning + file.readall(), size


def _of_ogg(track: ogg.Track, size: int) -> Evidence:
    length = _plausible(track.seconds)
    rate = _rate(size, length)
    if track.codec != "opus":
        return Evidence("ogg", track.codec, length, rate)
    signed = [c.partition(b"=")[2] for c in track.comments if c.lower().startswith(b"encoder=")]
    return Evidence(
        container="ogg",
        codec="opus",
        seconds=length,
        kbit_per_second=rate,
        input_rate=track.input_rate or None,
        channels=track.channels or None,
        pre_skip=track.pre_skip,
        frame_ms=track.packet_ms or None,
        vendor=_text(track.vendor),
        encoder=_text(signed[0]) if signed else None,
        recorder=_recorder(track, signed[0] if signed else b""),
    )


def _recorder(track: ogg.Track, encoder: bytes) -> Recorder:
    if _as_by_telegram(track):
        return Recorder.TELEGRAM
    if _as_by_whatsapp(track):
        return Recorder.WHATSAPP
    # The program ffmpeg signs with its codec library. "Lavf" alone is what Telegram Desktop leaves
    # (tdesktop, media_audio_capture.cpp), and every other program that uses the library.
    if encoder.startswith((b"Lavc", b"opusenc")):
        return Recorder.REENCODED
    return Recorder.UNKNOWN


def _as_by_telegram(track: ogg.Track) -> bool:
    # Telegram for Android, jni/audio.c: packets of 960 samples at 16 kHz; Telegram for iOS,
    # OpusBinding/opusenc.m, and Telegram X: 960 at 48 kHz. Each: one channel, libopus's own name,
    # no comment, and 512 or more zeros behind it until one byte is missing to a full page segment.
    return (
        re.fullmatch(rb"libopus [\w.+-]+", track.vendor) is not None
        and not track.comments
        and track.padding >= 512
        and track.tags_size % 255 == 254
        and track.channels == 1
        and (track.input_rate, track.packet_ms) in ((16_000, 60.0), (48_000, 20.0))
    )


def _as_by_whatsapp(track: ogg.Track) -> bool:
    # Its name, 16 kHz (github.com/tinytag/tinytag/issues/81) and several frames of 20 ms in each
    # packet (github.com/WhiskeySockets/Baileys/pull/2648). The name alone is also written by bots,
    # for WhatsApp plays nothing else (github.com/openclaw/openclaw/pull/144507).
    return (
        track.vendor == b"WhatsApp"
        and not track.comments
        and track.bundled
        and track.channels == 1
        and track.input_rate == 16_000
    )


def _text(raw: bytes) -> str | None:
    """A name out of the file: one short line that steers no terminal and no chat."""
    text = str(raw[: 4 * LONGEST_TEXT], "utf-8", "replace")
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_TEXT].strip() or None


def _plausible(seconds: float | None) -> float | None:
    return seconds if seconds and 0.0 < seconds < LONGEST_PLAY else None


def _rate(size: int, seconds: float | None) -> float | None:
    return size * 8 / 1000 / seconds if seconds else None
