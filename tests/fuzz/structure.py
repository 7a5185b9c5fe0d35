"""The bytes of a file go in, the pieces that its format is built of come out: pages, chunks, boxes.

Tolerant: of what does not look like the format any more there are pieces of equal length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

PLAIN = 256  # bytes of a piece where the format tells none
MOST = 2_000  # pieces
NESTED_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"moof", b"traf", b"edts"}
NESTED_ELEMENTS = {0x18538067, 0x1654AE6B, 0xAE, 0xE1, 0x1F43B675, 0x1549A966, 0x1A45DFA3, 0xA0}
HEADER_OBJECT = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")


@dataclass(frozen=True)
class Piece:
    """A page, chunk, box, element or frame."""

    start: int
    body: int  # where its header ends
    end: int
    # Where its own length is written, in how many bytes and which order.
    size: tuple[int, int, Literal["little", "big"]] | None = None


def pieces(data: bytes) -> list[Piece]:
    """The pieces of a file, those within others too, in the order of their beginnings."""
    found: list[Piece] = []
    for piece in _walk(data):
        if piece.start < piece.end <= len(data):
            found.append(piece)
        if len(found) == MOST:
            break
    return found or [Piece(a, a, min(a + PLAIN, len(data))) for a in range(0, len(data), PLAIN)]


def _walk(data: bytes) -> Iterator[Piece]:
    head = data[:16]
    if head[:4] == b"OggS":
        return _ogg(data)
    if head[:4] in (b"RIFF", b"RF64", b"FORM"):
        order: Literal["little", "big"] = "big" if head[:4] == b"FORM" else "little"
        return _chunks(data, 12, len(data), 4, 4, order, even=True)
    if head[:4] == b"caff":
        return _chunks(data, 8, len(data), 4, 8, "big")
    if head[:4] == b"riff":
        return _chunks(data, 40, len(data), 16, 8, "little", whole=True, even=True)
    if head == HEADER_OBJECT:
        return _asf(data)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):
        return _boxes(data, 0, len(data))
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return _elements(data, 0, len(data))
    if head[:4] == b"fLaC":
        return _flac(data)
    if head[:4] == b"FLV\x01":
        return _flv(data)
    return _others(data)


def _others(data: bytes) -> Iterator[Piece]:
    if data.startswith(b"#!AMR"):
        first, step = (9, 61) if data.startswith(b"#!AMR-WB") else (6, 32)
        return (Piece(a, a + 1, a + step) for a in range(first, len(data), step))
    if data[:1] == b"\x47" and data[188:189] == b"\x47":
        return (Piece(a, a + 4, a + 188) for a in range(0, len(data), 188))
    if data[:4] == b"\0\0\1\xba":
        return _marked(data, b"\0\0\1[\xba-\xef]", 6)
    if data[:4] == b"wvpk":
        return _marked(data, b"wvpk", 32, (4, 4, "little"))
    if data[:3] == b"ID3" or data[:1] == b"\xff":
        return _marked(data, b"\xff[\xe0-\xff]|ID3|Xing|Info|LAME|VBRI", 4)
    if data[:2] == b"\x0b\x77":
        return _marked(data, b"\x0b\x77", 7)
    return iter(())


def _marked(
    data: bytes,
    mark: bytes,
    header: int,
    size: tuple[int, int, Literal["little", "big"]] | None = None,
) -> Iterator[Piece]:
    starts = [found.start() for found in re.finditer(mark, data, re.DOTALL)]
    for start, end in pairwise([*starts, len(data)]):
        place = (start + size[0], size[1], size[2]) if size else None
        yield Piece(start, min(start + header, end), end, place)


def _ogg(data: bytes) -> Iterator[Piece]:
    for page in _marked(data, b"OggS", 27):
        count = data[page.start + 26] if page.start + 26 < len(data) else 0
        yield Piece(page.start, min(page.body + count, page.end), page.end)


def _chunks(
    data: bytes,
    start: int,
    end: int,
    tag: int,
    width: int,
    order: Literal["little", "big"],
    *,
    whole: bool = False,  # the size counts the header too
    even: bool = False,
) -> Iterator[Piece]:
    while start + tag + width <= end:
        body = start + tag + width
        size = int.from_bytes(data[start + tag : body], order)
        stop = min((start if whole else body) + size, end)
        yield Piece(start, body, max(stop, body), (start + tag, width, order))
        start = max(stop, body) + (even and size % 2)


def _asf(data: bytes) -> Iterator[Piece]:
    for outer in _chunks(data, 0, len(data), 16, 8, "little", whole=True):
        yield outer
        if data[outer.start : outer.start + 16] == HEADER_OBJECT:
            yield from _chunks(data, outer.body + 6, outer.end, 16, 8, "little", whole=True)


def _boxes(data: bytes, start: int, end: int) -> Iterator[Piece]:
    while start + 8 <= end:
        size = int.from_bytes(data[start : start + 4], "big")
        stop = start + size if 8 <= size <= end - start else end
        yield Piece(start, start + 8, stop, (start, 4, "big"))
        if data[start + 4 : start + 8] in NESTED_BOXES:
            yield from _boxes(data, start + 8, stop)
        start = stop


def _elements(data: bytes, start: int, end: int) -> Iterator[Piece]:
    while start + 2 <= end:
        name = _width(data[start])
        width = _width(data[start + name]) if start + name < end else 0
        body = start + name + width
        if not name or not width or body > end:
            return
        size = int.from_bytes(data[start + name : body], "big") & (1 << 7 * width) - 1
        unknown = size == (1 << 7 * width) - 1
        stop = end if unknown else min(body + size, end)
        yield Piece(start, body, stop, (start + name, width, "big"))
        if int.from_bytes(data[start : start + name], "big") in NESTED_ELEMENTS:
            yield from _elements(data, body, stop)
        start = stop


def _width(first: int) -> int:
    """Bytes of an EBML number by its first byte; 0 for none."""
    return 9 - first.bit_length() if first else 0


def _flac(data: bytes) -> Iterator[Piece]:
    start, last = 4, False
    while not last and start + 4 <= len(data):
        last = bool(data[start] & 0x80)
        end = min(start + 4 + int.from_bytes(data[start + 1 : start + 4], "big"), len(data))
        yield Piece(start, start + 4, end, (start + 1, 3, "big"))
        start = end
    for frame in _marked(data[start:], b"\xff[\xf8\xf9]", 6):
        yield Piece(start + frame.start, start + frame.body, start + frame.end)


def _flv(data: bytes) -> Iterator[Piece]:
    start = 13
    while start + 11 <= len(data):
        end = start + 15 + int.from_bytes(data[start + 1 : start + 4], "big")
        yield Piece(start, start + 11, min(end, len(data)), (start + 1, 3, "big"))
        start = end


_TABLE = [0] * 256
for _byte in range(256):
    _value = _byte << 24
    for _ in range(8):
        _value = (_value << 1 ^ (0x04C11DB7 if _value & 0x80000000 else 0)) & 0xFFFFFFFF
    _TABLE[_byte] = _value


def seal(data: bytes) -> bytes:
    """The same Ogg file with right checksums, without which its pages are dropped unread."""
    made = bytearray(data)
    for page in _ogg(data):
        if page.end - page.start < 27:
            continue
        made[page.start + 22 : page.start + 26] = bytes(4)
        value = 0
        for byte in made[page.start : page.end]:
            value = (value << 8 & 0xFFFFFFFF) ^ _TABLE[value >> 24 ^ byte]
        made[page.start + 22 : page.start + 26] = value.to_bytes(4, "little")
    return bytes(made)
