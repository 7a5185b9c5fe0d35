"""The container is told from the first bytes, and no file can make the decoder open another one."""

import random
import socket
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from inference.decoding import ffmpeg
from inference.decoding.audio import decode
from inference.decoding.containers import recognise, sniff
from inference.errors import DetectionError, Undecodable
from tests import odd_files, sounds


@pytest.mark.parametrize(
    ("container", "demuxer"),
    [
        ("ogg", "ogg"),
        ("mp3", "mp3"),
        ("m4a", "mov"),
        ("3gp", "mov"),
        ("mp4", "mov"),
        ("aac", "aac"),
        ("wav", "wav"),
        ("flac", "flac"),
        ("aiff", "aiff"),
        ("caf", "caf"),
        ("amr", "amr"),
        ("webm", "matroska"),
        ("mka", "matroska"),
        ("wma", "asf"),
        ("avi", "avi"),
        ("ac3", "ac3"),
        ("eac3", "eac3"),
        ("au", "au"),
        ("w64", "w64"),
        ("flv", "flv"),
        ("ts", "mpegts"),
        ("m2ts", "mpegts"),
        ("mpg", "mpeg"),
        ("mp2", "mp3"),
        ("wv", "wv"),
        ("tta", "tta"),
        ("voc", "voc"),
    ],
)
def test_a_container_is_known_by_its_first_bytes(container: str, demuxer: str) -> None:
    assert sniff(odd_files.plain(container, sounds.tone(0.5))) == demuxer


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"O",
        b"ID3",
        b"\xff",
        b"\xff\xfb\xf0\x00",  # a bitrate that does not exist
        b"RIFF\0\0\0\0WEBP",
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"MZ\x90\x00",
    ],
)
def test_anything_else_is_unknown(data: bytes) -> None:
    assert sniff(data) is None


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server on this machine that would notice a visit."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A sound on this machine that nobody sent."""
    path = tmp_path / "secret.wav"
    path.write_bytes(sounds.encode(sounds.tone(3), "wav"))
    return path


REFERENCES = {
    "HLS": "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{place}\n#EXT-X-ENDLIST\n",
    "M3U": "{place}\n",
    "ffconcat": "ffconcat version 1.0\nfile '{place}'\n",
    "SDP": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
    "m=audio {port} RTP/AVP 0\na=control:{place}\n",
    "SVG": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{place}"/></svg>',
    "DASH": '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{place}</BaseURL></MPD>',
    "ASX": '<asx version="3.0"><entry><ref href="{place}"/></entry></asx>',
    "RAM": "rtsp://{place}\n",
    "ASF": "[Reference]\r\nRef1={place}\r\n",
    "PLS": "[playlist]\nFile1={place}\nNumberOfEntries=1\n",
}


DISGUISES = {
    "none": b"",
    "ID3": b"ID3\3\0\0\0\0\0\0",
    "Ogg": b"OggS",
    "ADTS": b"\xff\xf1\x50\x80",
    "line ends": b"\r\n\r\n",
    "zeros": bytes(64),
    "AVI": b"RIFF\0\0\1\0AVI LIST",
    "ASF": bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"),
    "FLV": b"FLV\1\5\0\0\0\x09\0\0\0\0",
    "MPEG": b"\0\0\1\xba",
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("kind", REFERENCES)
def test_a_reference_is_never_followed(
    kind: str, disguise: str, listener: socket.socket, secret: Path
) -> None:
    port = listener.getsockname()[1]
    for place in (f"http://127.0.0.1:{port}/a.ts", f"file://{secret}", str(secret)):
        data = DISGUISES[disguise] + REFERENCES[kind].format(place=place, port=port).encode()
        with pytest.raises(DetectionError):
            decode(data, 300)
    with pytest.raises(BlockingIOError):  # nobody knocked
        listener.accept()


def test_a_film_cannot_take_its_sound_from_another_file(secret: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.mov"
    own = sounds.ffmpeg("-f lavfi -i sine=1000 -t 3 -ar 16000 -c:a pcm_s16le", "mov")
    film.write_bytes(_with_sound_elsewhere(own, secret))
    trusting = f"-v error -enable_drefs 1 -use_absolute_path 1 -i {film} -f s16le pipe:1"
    command = [ffmpeg.program(), *trusting.split()]
    stolen = subprocess.run(command, capture_output=True, check=True).stdout
    hidden = secret.read_bytes()
    assert stolen[1000:2000] in hidden  # so the alias is one that ffmpeg would follow
    with pytest.raises(Undecodable, match="holds no sound"):
        decode(film.read_bytes(), 300)


def test_subtitles_in_an_avi_are_no_playlist(listener: socket.socket) -> None:
    """AVI may hold a whole file of subtitles, which plain ffmpeg opens with another demuxer."""
    lines = b"1\n00:00:00,000 --> 00:00:01,000\nhello\n"
    command = [ffmpeg.program(), "-hide_banner", "-i", "pipe:0", "-f", "null", "-"]
    told = subprocess.run(
        command, input=_avi_with_subtitles(lines), capture_output=True, check=True
    )
    assert b"Subtitle: subrip" in told.stderr  # so these are subtitles that ffmpeg would open
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/a.ts"
    playlist = REFERENCES["HLS"].format(place=address).encode()
    for content in (lines, playlist):
        assert len(decode(_avi_with_subtitles(content), 300)) == 2 * sounds.RATE
    with pytest.raises(BlockingIOError):  # nobody knocked
        listener.accept()


def _avi_with_subtitles(content: bytes) -> bytes:
    """Two seconds of a voice as PCM, and a stream of text whose one packet is a file (GAB2)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)

    def stream(kind: bytes, scale: int, rate: int, form: bytes) -> bytes:
        numbers = struct.pack("<4s4x12x2I4x5I8x", kind, scale, rate, 1000, 0, 0, scale * 2, 0)
        return chunk(b"LIST", b"strl" + chunk(b"strh", numbers) + chunk(b"strf", form))

    pcm = (sounds.speech(2.0) * 20_000).astype("<i2").tobytes()
    sound = struct.pack("<HHIIHHH", 1, 1, sounds.RATE, 2 * sounds.RATE, 2, 16, 0)
    streams = stream(b"auds", 1, sounds.RATE, sound) + stream(b"txts", 1, 1, bytes(40))
    main = chunk(b"avih", struct.pack("<14I", 66_666, 32_000, 0, 16, 30, 0, 2, 0, 64, 64, *[0] * 4))
    text = b"GAB2\0" + struct.pack("<HI", 2, 4) + b"x\0\0\0"
    text += struct.pack("<HI", 4, len(content)) + content
    pieces = [pcm[first : first + 3_200] for first in range(0, len(pcm), 3_200)]
    body = chunk(b"01tx", text) + b"".join(chunk(b"00wb", piece) for piece in pieces)
    lists = chunk(b"LIST", b"hdrl" + main + streams) + chunk(b"LIST", b"movi" + body)
    return chunk(b"RIFF", b"AVI " + lists)


def _with_sound_elsewhere(film: bytes, other: Path) -> bytes:
    """Rewrite where a QuickTime film says that its samples lie: an alias to another file."""
    path = str(other).encode()
    record = bytes(10) + bytes(28) + bytes(12) + bytes(64) + bytes(16) + struct.pack(">hh", 1, 1)
    record += bytes(16) + struct.pack(">HH", 2, len(path)) + path + bytes(len(path) % 2)
    record += struct.pack(">HH", 0xFFFF, 0)
    alias = _box(b"alis", bytes(4) + record)
    dref = _box(b"dref", struct.pack(">II", 0, 1) + alias)

    def rewritten(boxes: bytes) -> bytes:
        made = b""
        while boxes:
            size, kind = struct.unpack(">I4s", boxes[:8])
            inside, boxes = boxes[8:size], boxes[size:]
            if kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
                inside = rewritten(inside)
            made += dref if kind == b"dref" else _box(kind, inside)
        return made

    return rewritten(film)


def _box(kind: bytes, inside: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


def test_what_stands_behind_filling_cannot_take_its_sound_from_elsewhere_either(
    secret: Path,
) -> None:
    own = sounds.ffmpeg("-f lavfi -i sine=1000 -t 3 -ar 16000 -c:a pcm_s16le", "mov")
    with pytest.raises(Undecodable):
        decode(b"\r\n" + _with_sound_elsewhere(own, secret), 300)


@pytest.mark.parametrize("junk", [0, 1, 2, 3, 64, 1000])
@pytest.mark.parametrize("container", ["m4a", "mpg", "ogg"])
def test_of_filling_no_byte_of_the_file_is_taken(container: str, junk: int) -> None:
    data = odd_files.plain(container, sounds.tone(0.5))
    found = recognise(bytes(junk) + data)
    assert found is not None
    assert found.start == junk


@pytest.mark.parametrize("text", ["plain", "pdf", "zeros", "random"])
def test_no_frames_are_found_where_there_are_none(text: str) -> None:
    data = {
        "plain": b"To be or not to be\n" * 5000,
        "pdf": b"%PDF-1.7\n" + random.Random(1).randbytes(100_000),
        "zeros": bytes(200_000),
        "random": random.Random(2).randbytes(200_000),
    }[text]
    assert recognise(data) is None
