"""Packets of a call get lost, and the receiver's decoder hides the gaps as it does in calls.

A lost Opus packet is replaced by its first byte alone, which tells libopus that there is no frame:
it then conceals (RFC 6716, section 4.4; opus_decoder.c: "1 byte or less triggers the PLC").
"""

import io
import struct

import numpy as np
import soundfile

from dataset.augmentation.codecs import CODECS, encode
from dataset.augmentation.recordings import Samples

CALL = next(codec for codec in CODECS if codec.name == "whatsapp")  # 16 kHz, frames of 20 ms
HEADERS = 2  # packets before the sound: OpusHead, OpusTags
PAGE = struct.Struct("<4sBBqIIIB")  # RFC 3533: …, granule position, serial, number, sum, segments
SUM_AT = 22
MOST = 255  # segments of a page


def lose_packets(
    samples: Samples, rate: float, burst: float, random: np.random.Generator
) -> Samples:
    """As long as before, with a share `rate` of 20 ms packets lost, `burst` at a time on average.

    A Gilbert model: two states, in one of which every packet is lost.
    """
    return hear(drop(encode(samples, CALL), rate, burst, random), len(samples))


def drop(ogg: bytes, rate: float, burst: float, random: np.random.Generator) -> bytes:
    """An Ogg Opus file whose lost packets are one byte each; the pages' times stay."""
    good = burst * (1.0 - rate) / rate  # packets between two gaps, on average
    lost, number, pages = False, 0, []
    position = 0
    while position < len(ogg):
        header = PAGE.unpack_from(ogg, position)
        start = position + PAGE.size
        lacing = ogg[start : start + header[-1]]
        packets = _packets(lacing, ogg, start + header[-1])
        position = start + header[-1] + sum(lacing)
        for place, packet in enumerate(packets):
            if number >= HEADERS:
                lost = bool(random.random() < (1.0 - 1.0 / burst if lost else 1.0 / good))
                packets[place] = bytes([packet[0] & 0xFC]) if lost else packet
            number += 1
        pages.append(_page(header, packets))
    return b"".join(pages)


def hear(ogg: bytes, length: int) -> Samples:
    """Decoded by libopus, which conceals; `length` samples at 16 kHz."""
    samples = soundfile.read(io.BytesIO(ogg), dtype="float32")[0]
    return np.asarray(np.pad(samples, (0, max(0, length - len(samples))))[:length], np.float32)


def _packets(lacing: bytes, ogg: bytes, start: int) -> list[bytes]:
    """Packets of one page; ffmpeg's pages hold only whole ones, because voice packets are short."""
    packets, length = [], 0
    for segment in lacing:
        length += segment
        if segment < MOST:
            packets.append(ogg[start : start + length])
            start, length = start + length, 0
    return packets


def _page(header: tuple[bytes, int, int, int, int, int, int, int], packets: list[bytes]) -> bytes:
    lacing = b"".join(
        bytes([MOST] * (len(packet) // MOST) + [len(packet) % MOST]) for packet in packets
    )
    page = bytearray(PAGE.pack(*header[:6], 0, len(lacing)) + lacing + b"".join(packets))
    struct.pack_into("<I", page, SUM_AT, _checksum(bytes(page)))
    return bytes(page)


def _checksum(page: bytes) -> int:
    total = 0
    for byte in page:
        total = (total << 8 & 0xFFFFFFFF) ^ _SUMS[total >> 24 ^ byte]
    return total


def _sum_of(byte: int) -> int:
    total = byte << 24
    for _ in range(8):
        total = (total << 1) ^ (0x104C11DB7 if total & 0x80000000 else 0)
    return total


_SUMS = [_sum_of(byte) for byte in range(256)]
