"""Bytes go in; where frames of MP3, AAC (ADTS) or AC-3 begin in them comes out.

These formats have no header of a file: each frame tells its own length, and the next one begins
behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

FRAMES = 4  # in a row that are no accident
HEADER = 7  # bytes, of the longest
# kbit/s by the index in a header: MPEG-1 layers 1 to 3; MPEG-2 and 2.5 layer 1, and 2 with 3.
LAYER_1 = (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448)
LAYER_2 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384)
LAYER_3 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LOW_LAYER_1 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256)
LOW_LAYERS_2_3 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
MPEG_RATES = (44_100, 48_000, 32_000)  # Hz of MPEG-1; half of it in MPEG-2, a quarter in 2.5
AC3_RATES = (48_000, 44_100, 32_000)  # Hz
AC3_KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640)
AC3_SAMPLES = 1536  # of a frame


@dataclass(frozen=True)
class Frame:
    """What the header of a frame says."""

    demuxer: str
    length: int  # bytes, to the next frame
    kind: tuple[int, ...]  # what all frames of a stream have in common


@dataclass(frozen=True)
class Frames:
    """Frames in a row."""

    demuxer: str
    start: int  # bytes before the first one


def begins(head: bytes) -> str | None:
    """The demuxer for a file whose first bytes are the header of a frame."""
    frame = _frame(head)
    return frame.demuxer if frame else None


def find(data: bytes) -> Frames | None:
    """The first place from which `FRAMES` frames follow each other, or several up to the end."""
    for start in sorted({*_places(data, b"\xff"), *_places(data, b"\x0b\x77")}):
        if demuxer := _row(data, start):
            return Frames(demuxer, start)
    return None


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    place = data.find(mark)
    while place >= 0:
        yield place
        place = data.find(mark, place + 1)


def _row(data: bytes, start: int) -> str | None:
    """The demuxer of the frames that follow each other from `start` on, if there are enough."""
    first = _frame(data[start : start + HEADER])
    if first is None:
        return None
    place, count = start + first.length, 1
    while count < FRAMES:
        frame = _frame(data[place : place + HEADER])
        if frame is None or (frame.demuxer, frame.kind) != (first.demuxer, first.kind):
            return first.demuxer if count > 1 and place >= len(data) else None
        place, count = place + frame.length, count + 1
    return first.demuxer


def _frame(head: bytes) -> Frame | None:
    """The frame that begins with `head`; None where none does."""
    if len(head) < HEADER:
        return None
    if head[:2] == b"\x0b\x77":
        return _ac3(head)
    if head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    return _adts(head) if head[1] & 0xF6 == 0xF0 else _mpeg(head)


def _adts(head: bytes) -> Frame | None:
    profile_and_rate, rate = head[2] & 0xFC, head[2] >> 2 & 15
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return Frame("aac", length, (profile_and_rate,)) if rate < 13 and length > HEADER else None


def _mpeg(head: bytes) -> Frame | None:
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)  # version: 3 is 1, 2 is 2, 0 is 2.5
    bitrate, rate, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer == 4 or bitrate in (0, 15) or rate == 3:
        return None
    is_low = version != 3
    if is_low:
        kbits = (LOW_LAYER_1 if layer == 1 else LOW_LAYERS_2_3)[bitrate]
    else:
        kbits = (LAYER_1, LAYER_2, LAYER_3)[layer - 1][bitrate]
    hertz = MPEG_RATES[rate] // {3: 1, 2: 2, 0: 4}[version]
    if layer == 1:
        length = (12_000 * kbits // hertz + padding) * 4
    else:
        length = (72_000 if is_low and layer == 3 else 144_000) * kbits // hertz + padding
    return Frame("mp3", length, (version, layer, rate))


def _ac3(head: bytes) -> Frame | None:
    version = head[5] >> 3  # up to 10 AC-3, from 11 to 16 E-AC-3
    rate, size = head[4] >> 6, head[4] & 63
    if 10 < version <= 16:
        return Frame("eac3", 2 * (((head[2] & 7) << 8 | head[3]) + 1), (version,))
    if version > 10 or rate == 3 or size >= 2 * len(AC3_KBITS):
        return None
    kbits, odd = AC3_KBITS[size // 2], size & 1 if rate == 1 else 0
    length = 2 * (kbits * 1000 * AC3_SAMPLES // (AC3_RATES[rate] * 16) + odd)
    return Frame("ac3", length, (version, rate))
