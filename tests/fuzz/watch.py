"""Sees what no input may bring about: files read or written, connections, time, memory."""

import ctypes
import os
import resource
import signal
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz import seeds

HANG = 90  # s of wall clock, on a busy machine
SLOW = 8.0  # s of processor time for one input; ffmpeg takes under 1 s for five minutes of sound
LARGEST = 700 * 1024  # KiB more than before that ffmpeg, or this process, may hold
IN_OPEN, IN_CREATE, IN_MODIFY, IN_MOVED = 0x20, 0x100, 0x2, 0xC0
EVENT = struct.Struct("iIII")  # watch, mask, cookie, length of the name behind it


class Hang(BaseException):
    """An input took longer than `HANG`; no handler of ours may swallow it."""


class Misdeed(Exception):
    """What was seen, in words."""


@dataclass
class Costs:
    """The dearest inputs so far."""

    slowest: list[tuple[float, int, str]] = field(default_factory=list)  # s of processor time
    peaks: list[tuple[int, int, str]] = field(default_factory=list)  # KiB, each above all before
    child: int = 0  # KiB, the most that a decoder has held
    own: int = 0  # KiB, the most that this process has held

    def add(self, seconds: float, number: int, kind: str) -> None:
        self.slowest = sorted([*self.slowest, (round(seconds, 2), number, kind)])[-10:]
        before = self.child
        self.measure()
        if self.child > max(before + 10_000, self.own + 10_000):  # a child begins with our own
            self.peaks = [*self.peaks, (self.child, number, kind)][-20:]

    def measure(self) -> None:
        """Take what this process and its children have held so far for given."""
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.child, self.own = max(self.child, child), max(self.own, own)


class Watch:
    """An empty folder with a canary in it, in which all decoders run, and a listening server."""

    def __init__(self, folder: Path, port: int = seeds.PORT) -> None:
        """`folder` becomes the working directory of this process.

        The server listens on `port`, unless another run on this machine does.
        """
        (folder / seeds.CANARY).write_bytes(seeds.seed("wav"))
        os.chdir(folder)
        self._folder = folder
        try:
            self._server = socket.create_server(("127.0.0.1", port))
        except OSError:
            self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._server.setblocking(False)
        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(os.O_NONBLOCK)
        mask = IN_OPEN | IN_CREATE | IN_MODIFY | IN_MOVED
        if self._events < 0 or libc.inotify_add_watch(self._events, bytes(folder), mask) < 0:
            raise OSError(ctypes.get_errno(), "inotify")

    def close(self) -> None:
        self._server.close()
        os.close(self._events)

    def seen(self) -> str:
        """What has happened since the last call; empty when nothing has."""
        try:
            events = os.read(self._events, 65_536)
        except BlockingIOError:
            events = b""
        found, place = [], 0
        while place < len(events):
            _, mask, _, length = EVENT.unpack_from(events, place)
            place += EVENT.size + length
            name = events[place - length : place].rstrip(b"\0").decode(errors="replace")
            if name:  # else the folder itself was listed
                found.append(f"{name} was {'opened' if mask & IN_OPEN else 'written'}")
        try:
            self._server.accept()[0].close()
            found.append("a connection was made")
        except BlockingIOError:
            pass
        return ", ".join(dict.fromkeys(found))


@contextmanager
def limited(watch: Watch, costs: Costs, number: int, kind: str) -> Iterator[None]:
    """Raises Hang or Misdeed where what runs inside takes too much or touches something."""

    def stop(*_: object) -> None:
        raise Hang(f"longer than {HANG} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANG)
    begun = _processor_seconds()
    costs.measure()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        seconds = _processor_seconds() - begun
        child, own = costs.child, costs.own
        costs.add(seconds, number, kind)
    if seconds > SLOW:
        raise Misdeed(f"{seconds:.1f} s of processor time")
    for then, now in ((max(child, costs.own), costs.child), (own, costs.own)):
        if now - then > LARGEST:
            raise Misdeed(f"{now} KiB of memory")
    if seen := watch.seen():
        raise Misdeed(seen)


def _processor_seconds() -> float:
    times = os.times()
    return time.process_time() + times.children_user + times.children_system
