"""Our own parsers of containers answer for any bytes, and quickly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.decoding import messages, mpeg_frames, ogg_pages
from inference.decoding.audio import HEAD
from inference.decoding.containers import BOXES, JUNK, MAGIC, RIFF, recognise
from tests.fuzz import structure

MARKS = [*MAGIC, *RIFF, *BOXES, b"RIFF", b"FORM", b"ID3\4\0\0\0\0\0\x09", b"\x0b\x77", b"\xff\xfb"]
PARTS = st.lists(st.binary(max_size=40) | st.sampled_from(MARKS), max_size=8).map(b"".join)
LINES = ["[info] Output #0, s16le", "[error] a fault", "[info]   Stream #0:1: Audio: mp3, stereo"]


@given(PARTS)
def test_any_bytes_have_a_container_or_none(data: bytes) -> None:
    found = recognise(data)
    assert found is None or found.start >= 0


@given(PARTS, st.integers(1, 64))
def test_filling_in_front_changes_no_container(data: bytes, zeros: int) -> None:
    found, behind = recognise(data), recognise(bytes(zeros) + b"\n" + data)
    if found is not None and found.start == 0 and data[:4] in MAGIC:
        assert behind is not None
        assert (behind.demuxer, behind.is_speex) == (found.demuxer, False)


@given(st.binary(max_size=2_000), st.integers(0, 300))
def test_frames_begin_within_the_bytes(data: bytes, offset: int) -> None:
    frame = b"\xff\xfb\x90\x64" + bytes(413)  # MPEG-1 layer 3, 128 kbit/s at 44.1 kHz
    assert (found := mpeg_frames.find(bytes(offset) + 4 * frame)) is not None
    assert found.start == offset
    if other := mpeg_frames.find(data):
        assert 0 <= other.start < len(data)


@given(st.lists(st.binary(max_size=600), min_size=1, max_size=4), st.integers(0, 2_000))
def test_a_cut_ogg_keeps_whole_pages_and_whole_packets(packets: list[bytes], cut: int) -> None:
    laces = b"".join(bytes([255] * (len(p) // 255) + [len(p) % 255]) for p in packets)
    page = b"OggS\0\4" + bytes(20) + bytes([len(laces)]) + laces + b"".join(packets)
    whole = structure.seal(page)
    mended = ogg_pages.mend(whole + page[:cut])
    if cut >= len(page):
        assert mended == whole + page[:cut]
    elif cut >= 4:
        assert mended.startswith(whole)
        assert len(mended) <= len(whole) + cut
        assert ogg_pages.mend(mended) == mended
        assert structure.seal(mended) == mended  # the checksum is that of what is left


@given(st.binary(max_size=300))
def test_any_end_of_an_ogg_is_mended_once(tail: bytes) -> None:
    mended = ogg_pages.mend(b"OggS" + tail)
    assert len(mended) <= len(tail) + 4
    assert ogg_pages.mend(mended) == mended


@given(st.binary(max_size=200), st.lists(st.sampled_from(LINES)))
def test_whatever_ffmpeg_writes_is_read(junk: bytes, lines: list[str]) -> None:
    said = messages.read(b"\n".join([*(line.encode() for line in lines), junk]))
    assert said.channels in (1, 2)
    assert ("a fault" in said.complaint) == (LINES[1] in lines)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfb\x90\x64" * (JUNK // 4),
        b"\xff" * JUNK,
        b"\x0b\x77" * (JUNK // 2),
        b"\x47" * HEAD,
        bytes(HEAD),
        b"ID3\4\0\0\0\0\0\0" * (HEAD // 10),
        b"(" * 1_000 + b"[mp3 @ 0x1] " * 20_000,
    ],
    ids=["frames in frames", "marks", "AC-3", "packets", "zeros", "titles", "brackets"],
)
def test_no_repetition_takes_long(data: bytes) -> None:
    begun = time.process_time()
    recognise(data)
    mpeg_frames.find(data[:JUNK])
    ogg_pages.mend(b"OggS" + data)
    messages.read(data)
    assert time.process_time() - begun < 2.0  # a tenth of it here
