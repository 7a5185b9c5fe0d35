"""The bytes of a file go in, the name of its sound codec and its length come out: headers only.

For containers other than Ogg. Read within bounds: the file comes from anybody.
"""

import re

SEARCHED = 256 * 1024  # bytes at each end of a file in which names are looked for
# Four letters in an MP4's sample description; ISO/IEC 14496-12, 3GPP TS 26.244, Apple's QTFF.
MP4 = {
    b"mp4a": "aac",
    b"samr": "amr",
    b"sawb": "amr_wb",
    b"alac": "alac",
    b"Opus": "opus",
    b".mp3": "mp3",
    b"fLaC": "flac",
    b"ac-3": "ac3",
    b"lpcm": "pcm",
    b"sowt": "pcm",
    b"twos": "pcm",
}
MATROSKA = {
    b"A_OPUS": "opus",
    b"A_VORBIS": "vorbis",
    b"A_AAC": "aac",
    b"A_MPEG/L3": "mp3",
    b"A_FLAC": "flac",
    b"A_PCM": "pcm",
}
WAVE = {1: "pcm", 3: "pcm", 6: "alaw", 7: "mulaw", 0x55: "mp3", 0xFFFE: "pcm"}
LAV = re.compile(rb"Lav[cf][0-9]{2}\.[0-9]{1,3}(?:\.[0-9]{1,3})?")
SAMPLE_DESCRIPTION = re.compile(rb"stsd.{12}(.{4})", re.DOTALL)  # flags, count, size, then a name


def codec(data: bytes, container: str) -> str | None:
    """The codec of the first sound track that the headers tell of."""
    match container:
        case "mov":
            names = SAMPLE_DESCRIPTION.findall(data)
            return next((MP4[name] for name in names if name in MP4), None)
        case "matroska":
            head = data[:SEARCHED]
            places = {head.find(name): name for name in MATROSKA if name in head}
            return MATROSKA[places[min(places)]] if places else None
        case "wav":
            form = _chunk(data, b"fmt ")
            return WAVE.get(int.from_bytes(form[:2], "little"))
        case "amr":
            return "amr_wb" if data.startswith(b"#!AMR-WB") else "amr"
    return container if container in ("aac", "ac3", "eac3", "flac", "mp3", "tta") else None


def seconds(data: bytes, container: str, size: int) -> float | None:
    """How long the file of `size` bytes says that it plays; None where more than a look is needed.

    Of a large file, `data` may lack the middle.
    """
    match container:
        case "mov":
            return _film_seconds(data)
        case "flac":
            return _flac_seconds(data)
        case "wav":
            a_second = int.from_bytes(_chunk(data, b"fmt ")[8:12], "little")
            place = data.find(b"data", 12, SEARCHED)
            return (size - place - 8) / a_second if a_second and place > 0 else None
    return None


def encoder(data: bytes) -> str | None:
    """The mark that ffmpeg's libraries leave; of its codecs rather than of its containers."""
    marks = LAV.findall(data[:SEARCHED]) + LAV.findall(data[SEARCHED:][-SEARCHED:])
    marks.sort(key=lambda mark: not mark.startswith(b"Lavc"))
    return str(marks[0], "ascii") if marks else None


def _chunk(data: bytes, name: bytes) -> bytes:
    """The first bytes of a RIFF chunk; none when it does not begin near the front."""
    place = data.find(name, 12, SEARCHED)
    return data[place + 8 : place + 24] if place > 0 else b""


def _flac_seconds(data: bytes) -> float | None:
    # STREAMINFO stands first: 20 bits of rate, 3 of channels, 5 of depth, 36 of length.
    place = data.find(b"fLaC", 0, SEARCHED)
    numbers = int.from_bytes(data[place + 18 : place + 26], "big")
    rate, samples = numbers >> 44, numbers & (1 << 36) - 1
    return samples / rate if place >= 0 and rate and samples else None


def _film_seconds(data: bytes) -> float | None:
    """Duration over time scale in the film's head; long numbers stand in its version 1."""
    place = data.find(b"mvhd") + 4
    long = data[place : place + 1] == b"\x01"
    scale = place + (20 if long else 12)
    ticks = int.from_bytes(data[scale : scale + 4], "big")
    duration = int.from_bytes(data[scale + 4 : scale + (12 if long else 8)], "big")
    endless = duration in (2**32 - 1, 2**64 - 1)
    return duration / ticks if place >= 4 and ticks and duration and not endless else None
