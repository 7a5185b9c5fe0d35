"""Files that are small or legal to look at and dear to decode, or that lie. None is stored."""

import struct
import zlib
from pathlib import Path

import numpy as np

from tests import sounds

VOICE = sounds.speech(5.0)
PCM = (VOICE * 20_000).astype("<i2").tobytes()  # mono, 16 kHz
MILLION = 1_000_000
MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def everything(folder: Path) -> dict[str, bytes]:
    """All of them by their names; `folder` is for scratch."""
    mp3, flac = sounds.encode(VOICE, "mp3"), sounds.encode(VOICE, "flac")
    cover = png(10_000, 10_000)
    short = sounds.encode(VOICE[:1600], "ogg")
    picture = b"\0image/png\0\3\0" + cover
    samples = np.resize(np.frombuffer(PCM, "<i2"), MILLION).tobytes()
    sizes = struct.pack(">I", 2) * MILLION
    return {
        "Opus of 20 hours": repeated(folder, "ogg", "-c:a libopus -b:a 6k -frame_duration 120"),
        "FLAC of 20 hours": repeated(folder, "flac", "-ar 8000 -c:a flac -frame_size 65535"),
        "FLAC of 8 channels at 655 kHz": _rate_bomb(folder),
        "10,000 chained Ogg streams": short * 10_000,
        "8 silent tracks": _tracks(folder),
        "MP4 of a million samples": mp4(MILLION, samples),
        "MP4 of a million listed samples": mp4(MILLION, samples, sizes),
        "MP4 of a million chunks": mp4(MILLION, samples, sizes, chunks=MILLION),
        "MP4 that lists 2^32 - 1 samples": mp4(80_000, PCM, listed=2**32 - 1),
        "MP4 that has 2^31 - 1 samples": mp4(2**31 - 1, PCM),
        "cover of 100 megapixels in MP3": id3(frame(b"APIC", picture)) + mp3,
        "cover of 100 megapixels in FLAC": flac[:4] + _flac_picture(cover) + flac[4:],
        "cover of 100 megapixels in M4A": _m4a_cover(folder, cover),
        "header of 15 MB": id3(bytes(15 * 1024**2)) + mp3,
        "header of 500,000 titles": id3(frame(b"TXXX", b"\3a\0title") * 500_000) + mp3,
        "WAV of 64 channels": wav(PCM * 64, channels=64),
        "WAV of 65,535 channels": wav(PCM * 64, channels=65_535),
        "WAV of no channel": wav(PCM, channels=0),
        "Opus of 255 channels": opus(255, 255),
        "Opus of 8 channels": opus(8, 1),
        "WAV that says 4 GB": wav(PCM, says=2**32 - 1),
        "WAV that says nothing": wav(PCM, says=0),
        "WAV whose samples have no bytes": wav(PCM, align=0),
        "WAV whose samples have 65,535 bytes": wav(PCM, align=65_535),
    }


def repeated(folder: Path, ending: str, codec: str, times: int = 1200) -> bytes:
    """A minute of silence, again and again without encoding it again."""
    minute = folder / f"minute.{ending}"
    silent = f"-f lavfi -i anullsrc=r=48000:cl=mono -t 60 {codec}"
    minute.write_bytes(sounds.ffmpeg(silent, ending))
    return sounds.ffmpeg(f"-stream_loop {times - 1} -i {minute} -c copy", ending)


def five_minutes(folder: Path) -> bytes:
    """An ordinary voice note of five minutes."""
    minute = folder / "note.ogg"
    minute.write_bytes(sounds.encode(sounds.speech(60.0), "ogg"))
    return sounds.ffmpeg(f"-stream_loop 4 -i {minute} -c copy", "ogg")


def _rate_bomb(folder: Path) -> bytes:
    piece = folder / "piece.flac"
    silent = "-f lavfi -i anullsrc=r=655350:cl=7.1 -t 5 -c:a flac -frame_size 65535 -strict -2"
    piece.write_bytes(sounds.ffmpeg(silent, "flac"))
    return sounds.ffmpeg(f"-v fatal -stream_loop 59 -i {piece} -c copy", "flac")


def _tracks(folder: Path) -> bytes:
    silent = folder / "silent.ogg"
    silent.write_bytes(repeated(folder, "ogg", "-c:a libopus -b:a 6k", 5))
    return sounds.ffmpeg(f"-i {silent} {'-map 0 ' * 8} -c copy", "mka")


def png(width: int, height: int) -> bytes:
    """A black picture, 292 KB for 100 megapixels."""
    pack, row = zlib.compressobj(9), bytes(1 + 3 * width)
    body = b"".join(pack.compress(row) for _ in range(height)) + pack.flush()

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _m4a_cover(folder: Path, cover: bytes) -> bytes:
    sound, picture = folder / "sound.m4a", folder / "cover.png"
    sound.write_bytes(sounds.encode(VOICE, "m4a"))
    picture.write_bytes(cover)
    both = f"-i {sound} -i {picture} -map 0 -map 1 -c copy -disposition:v attached_pic"
    return sounds.ffmpeg(both, "m4a")


def _flac_picture(cover: bytes) -> bytes:
    sizes = struct.pack(">6I", 0, 10_000, 10_000, 24, 0, len(cover))
    block = struct.pack(">II", 3, 9) + b"image/png" + sizes + cover
    return b"\6" + len(block).to_bytes(3) + block


def id3(body: bytes) -> bytes:
    """Titles of ID3v2.4, seven bits a byte of their size."""
    return b"ID3\4\0\0" + _synchsafe(len(body)) + body


def frame(name: bytes, body: bytes) -> bytes:
    return name + _synchsafe(len(body)) + b"\0\0" + body


def _synchsafe(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def wav(data: bytes, channels: int = 1, says: int | None = None, align: int | None = None) -> bytes:
    """16 bits at 16 kHz that say to be `says` bytes, `align` for the samples of all channels."""
    data = data[: 12 * 1024**2]
    align = 2 * channels & 0xFFFF if align is None else align
    form = struct.pack("<HHIIHH", 1, channels, 16_000, 16_000 * align, align, 16)
    says = len(data) if says is None else says
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", says)
    return b"RIFF" + struct.pack("<I", len(body) + len(data)) + body + data


def mp4(
    count: int, data: bytes, sizes: bytes = b"", listed: int | None = None, chunks: int = 1
) -> bytes:
    """16-bit samples at 16 kHz, each one by itself; `sizes` has the bytes of each."""
    timing = struct.pack(">IIII", 0, 1, count, 1)
    table = struct.pack(">III", 0, 0 if sizes else 2, count if listed is None else listed) + sizes
    each = struct.pack(">IIIII", 0, 1, 1, count // chunks, 1)
    entry = _box(b"sowt", bytes(7), b"\1", bytes(8), struct.pack(">HHII", 1, 16, 0, 16_000 << 16))
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    begin = _box(b"ftyp", b"M4A \0\0\0\0M4A ")

    def index(place: int) -> bytes:
        places = struct.pack(">II", 0, chunks) + struct.pack(">I", place) * chunks
        tables = (
            _box(b"stsd", struct.pack(">II", 0, 1), entry),
            *(_box(b"stts", timing), _box(b"stsc", each), _box(b"stsz", table)),
            _box(b"stco", places),
        )
        here = _box(b"dref", struct.pack(">II", 0, 1), _box(b"url ", b"\0\0\0\1"))
        media = _box(
            b"mdia",
            _box(b"mdhd", bytes(12), struct.pack(">IIHH", 16_000, count, 0x55C4, 0)),
            _box(b"hdlr", bytes(8), b"soun", bytes(13)),
            _box(b"minf", _box(b"smhd", bytes(8)), _box(b"dinf", here), _box(b"stbl", *tables)),
        )
        seen = struct.pack(">IIIIII", 7, 0, 0, 1, 0, count) + bytes(16)
        head = struct.pack(">IIIIIIH", 0, 0, 0, 16_000, count, 0x10000, 0x100)
        return _box(
            b"moov",
            _box(b"mvhd", head, bytes(10), matrix, bytes(24), struct.pack(">I", 2)),
            _box(b"trak", _box(b"tkhd", seen, matrix, bytes(8)), media),
        )

    return begin + index(len(begin) + len(index(0)) + 8) + _box(b"mdat", data)


def _box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + name + body


def opus(channels: int, family: int) -> bytes:
    """Five minutes of packets of 120 ms with a stream of silence for each channel."""
    silent = bytes(6)  # six times 20 ms of a byte each, which the two bytes in front say
    one, last = bytes([0xFB, 6, 1]) + silent, bytes([0xFB, 6]) + silent
    packet = one * (channels - 1) + last
    head = b"OpusHead\1" + struct.pack("<BHIhB", channels, 0, 48_000, 0, family)
    head += bytes([channels, 0, *range(channels)])
    pages = [_page(0, 0, 2, [head]), _page(1, 0, 0, [b"OpusTags\1\0\0\0x\0\0\0\0"])]
    for number in range(2, 127):
        flags = 4 if number == 126 else 0
        pages.append(_page(number, (number - 1) * 20 * 5760, flags, [packet] * 20))
    return b"".join(pages)


def _page(number: int, granule: int, flags: int, packets: list[bytes]) -> bytes:
    table = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    head = struct.pack("<qIII", granule, 1, number, 0) + bytes([len(table)])
    made = bytearray(b"OggS\0" + bytes([flags]) + head + table + b"".join(packets))
    made[22:26] = _checksum(made).to_bytes(4, "little")
    return bytes(made)


def _checksum(page: bytearray) -> int:
    """Ogg's CRC by zlib's, which takes the bits of each byte in the other order."""
    value = zlib.crc32(page.translate(MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{value:032b}"[::-1], 2)
