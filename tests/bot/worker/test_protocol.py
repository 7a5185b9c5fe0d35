"""What two processes say to each other arrives whole, or not at all."""

import asyncio
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.worker import protocol
from bot.worker.process import receive


async def test_a_frame_arrives_as_it_was_sent_in_both_directions() -> None:
    header, body = {"title": ["pessoa", "máquina"]}, bytes(range(256)) * 1000
    pipe = io.BytesIO()
    protocol.write(pipe, header, body)
    protocol.write(pipe, {}, b"")
    pipe.seek(0)
    stream = asyncio.StreamReader()
    stream.feed_data(pipe.getvalue())
    for expected in ((header, body), ({}, b"")):
        assert protocol.read(pipe) == expected
        assert await receive(stream) == expected
    assert protocol.read(pipe) is None


async def test_half_a_frame_is_no_frame() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(protocol.pack({"a": 1}, b"xyz") + b"xy")
    stream.feed_eof()
    with pytest.raises(protocol.BrokenFrame):
        await receive(stream)
    whole = protocol.pack({"a": 1}, b"xyz") + b"xyz"
    assert all(protocol.read(io.BytesIO(whole[:cut])) is None for cut in range(len(whole)))


async def test_a_length_beyond_reason_is_not_waited_for() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(protocol.LENGTHS.pack(2, 2**31))
    with pytest.raises(protocol.BrokenFrame, match="at most"):
        await receive(stream)


@pytest.mark.parametrize("header", [b"\xff{{", b"[1]", b"7", b"", b"[" * 100_000])
async def test_a_header_that_is_no_json_object_is_no_frame(header: bytes) -> None:
    frame = protocol.LENGTHS.pack(len(header), 0) + header
    stream = asyncio.StreamReader()
    stream.feed_data(frame)
    with pytest.raises(protocol.BrokenFrame):
        await receive(stream)
    with pytest.raises(protocol.BrokenFrame):
        protocol.read(io.BytesIO(frame))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_bytes_are_anything_but_a_frame_the_end_or_broken(head: bytes, rest: bytes) -> None:
    for data in (head + rest, protocol.LENGTHS.pack(len(head), len(rest)) + head + rest):
        with suppress(protocol.BrokenFrame):
            read = protocol.read(io.BytesIO(data))
            assert read is None or isinstance(read[0], dict)
