"""The protocol between the bot and its worker processes: frames of a JSON header and raw bytes.

No pickle: a process that a hostile file has taken over could run code in the bot through it.
"""

import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">II")  # bytes of the header, bytes of the body
LONGEST = 64 * 1024 * 1024  # bytes; three times the biggest note


class BrokenFrame(Exception):
    """The stream ended within a frame, or what came is no frame."""


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """Return lengths and header of a frame; the caller writes `body` after it, uncopied."""
    text = json.dumps(header).encode()
    return LENGTHS.pack(len(text), len(body)) + text


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame from a blocking stream; None when it has ended. Raises BrokenFrame."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    header, body = checked(LENGTHS.unpack(lengths))
    text, content = stream.read(header), stream.read(body)
    if len(text) < header or len(content) < body:
        return None
    return header_of(text), content


def header_of(text: bytes) -> dict[str, Any]:
    """Parse a header; raises BrokenFrame for anything but a JSON object."""
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame(f"a header that is no JSON: {error}") from error
    if not isinstance(header, dict):
        raise BrokenFrame(f"a header that is no object but {type(header).__name__}")
    return header


def write(stream: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Write one frame to a blocking stream."""
    stream.write(pack(header, body))
    stream.write(body)
    stream.flush()


def checked(lengths: tuple[int, int]) -> tuple[int, int]:
    """Return the lengths of a frame; raises BrokenFrame when they exceed LONGEST bytes."""
    if sum(lengths) > LONGEST:
        raise BrokenFrame(f"a frame of {sum(lengths)} bytes, at most {LONGEST} are taken")
    return lengths
