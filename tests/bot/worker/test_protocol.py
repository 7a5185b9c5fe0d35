"""What two processes say to each other arrives whole, or not at all."""

import asyncio
import io

import pytest

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


async def test_a_header_that_is_no_json_is_no_frame() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(protocol.LENGTHS.pack(3, 0) + b"\xff{{")
    with pytest.raises(protocol.BrokenFrame):
        await receive(stream)
