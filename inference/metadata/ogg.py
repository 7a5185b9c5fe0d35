"""The bytes of an Ogg file go in, what its Opus headers and packets say comes out.

Read in pure Python and within bounds: the file comes from anybody. RFC 3533 (Ogg), RFC 7845 (Opus
in Ogg) and RFC 6716 (Opus packets); nothing is verified that we do not use.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MAX_PAGES = 4_000  # read from the front; a voice note of five minutes has 300 to 5,000
MAX_PACKET = 64 * 1024  # bytes kept of one; covers of albums stand in the comments
TAIL = 128 * 1024  # bytes at the end, in which the last page (at most 65,307) begins
LOOKED_AT = 100  # packets whose length is counted
OPUS_RATE = 48_000  # Hz; positions count at this rate, whatever the microphone's was
LONGEST = 120.0  # ms in a packet
MAX_COMMENTS = 100
CODECS = {
    b"OpusHead": "opus",
    b"\x01vorbis": "vorbis",
    b"Speex   ": "speex",
    b"\x7fFLAC": "flac",
}
# RFC 6716, table 2: ms of the four configurations of each group.
SILK, HYBRID, CELT = (10.0, 20.0, 40.0, 60.0), (10.0, 20.0, 10.0, 20.0), (2.5, 5.0, 10.0, 20.0)
GROUPS = (SILK, SILK, SILK, HYBRID, CELT, CELT, CELT, CELT)


@dataclass(frozen=True)
class Track:
    """The first sound track; the numbers are 0 and the texts empty where the codec isn't Opus."""

    codec: str
    seconds: float | None = None
    input_rate: int = 0  # Hz, of what the encoder was given
    channels: int = 0
    pre_skip: int = 0  # samples at 48 kHz
    packet_ms: float = 0.0  # sound in a packet, the most frequent
    bundled: bool = False  # most packets hold several frames (code 3)
    vendor: bytes = b""  # the library that wrote it
    comments: tuple[bytes, ...] = ()  # NAME=value
    tags_size: int = 0  # bytes of the packet with vendor and comments
    padding: int = 0  # zeros at its end


@dataclass(frozen=True)
class _Page:
    serial: bytes
    begins: bool  # a track
    granule: int
    table: bytes
    start: int  # of its body


def read(data: bytes) -> Track | None:
    """The first sound track of an Ogg file; None when there is none that we know."""
    for page in _pages(data, 0, MAX_PAGES):
        if not page.begins:
            return None
        head = data[page.start : page.start + 8]
        for magic, codec in CODECS.items():
            if head.startswith(magic):
                return _opus(data, page.serial) if codec == "opus" else Track(codec)
    return None


def _opus(data: bytes, serial: bytes) -> Track:
    packets = _packets(data, serial)
    head, tags = next(packets, b""), next(packets, b"")
    lengths = Counter(filter(None, map(_length, islice(packets, LOOKED_AT))))
    packet_ms, bundled = lengths.most_common(1)[0][0] if lengths else (0.0, False)
    vendor, comments, end = _tags(tags)
    pre_skip = int.from_bytes(head[10:12], "little")
    return Track(
        "opus",
        seconds=_seconds(data, serial, pre_skip, packet_ms),
        input_rate=int.from_bytes(head[12:16], "little"),
        channels=head[9] if len(head) > 9 else 0,
        pre_skip=pre_skip,
        packet_ms=packet_ms,
        bundled=bundled,
        vendor=vendor,
        comments=comments,
        tags_size=len(tags),
        padding=len(tags) - end if not any(tags[end:]) else 0,
    )


def _pages(data: bytes, offset: int, most: int) -> Iterator[_Page]:
    for _ in range(most):
        head = data[offset : offset + 27]
        if len(head) < 27 or head[:4] != b"OggS":
            return
        start = offset + 27 + head[26]
        table = data[offset + 27 : start]
        granule = int.from_bytes(head[6:14], "little", signed=True)
        yield _Page(head[14:18], bool(head[5] & 2), granule, table, start)
        offset = start + sum(table)


def _packets(data: bytes, serial: bytes) -> Iterator[bytes]:
    """The packets of a track, of each the first 64 KiB."""
    packet = b""
    for page in _pages(data, 0, MAX_PAGES):
        if page.serial != serial:
            continue
        offset = page.start
        for lace in page.table:
            if len(packet) < MAX_PACKET:
                packet += data[offset : offset + lace]
            offset += lace
            if lace < 255:  # the end of a packet
                yield packet
                packet = b""


def _length(packet: bytes) -> tuple[float, bool] | None:
    """Ms of sound in a packet and whether frames were bundled; None for a broken one."""
    if not packet:
        return None
    code = packet[0] & 3
    frames = packet[1] & 63 if code == 3 and len(packet) > 1 else (1, 2, 2, 0)[code]
    length = frames * GROUPS[packet[0] >> 5][packet[0] >> 3 & 3]
    return (length, code == 3) if 0 < length <= LONGEST else None


def _tags(packet: bytes) -> tuple[bytes, tuple[bytes, ...], int]:
    """The vendor, the comments and where they end."""
    vendor, end = _text(packet, 8)
    count = int.from_bytes(packet[end : end + 4], "little")
    end += 4
    comments: list[bytes] = []
    for _ in range(min(count, MAX_COMMENTS)):
        if end >= len(packet):
            break
        comment, end = _text(packet, end)
        comments.append(comment)
    return vendor, tuple(comments), min(end, len(packet))


def _text(packet: bytes, offset: int) -> tuple[bytes, int]:
    start = offset + 4
    end = start + int.from_bytes(packet[offset:start], "little")
    return packet[start:end], end


def _seconds(data: bytes, serial: bytes, pre_skip: int, packet_ms: float) -> float | None:
    """How long the track plays, from the position of its last page to where it begins."""
    begin = _begin(data, serial, packet_ms)
    offset = len(data)
    while (offset := data.rfind(b"OggS", max(0, len(data) - TAIL), offset)) >= 0:
        for page in _pages(data, offset, 1):
            if page.serial == serial and page.granule >= begin + pre_skip:
                return (page.granule - begin - pre_skip) / OPUS_RATE
    return None


def _begin(data: bytes, serial: bytes, packet_ms: float) -> int:
    """The position of the first sample: 0, or in a piece of a live stream whatever it had reached;
    RFC 7845, section 4.3, by the first page with sound and the packets that end on it."""
    for page in _pages(data, 0, MAX_PAGES):
        if page.serial == serial and page.granule > 0:
            packets = sum(lace < 255 for lace in page.table)
            begin = page.granule - round(packets * packet_ms * OPUS_RATE / 1000)
            return begin if begin > OPUS_RATE else 0  # by less than a second encoders are careless
    return 0
