"""What can be made to go wrong with the next calls of a method ("download" is the file itself)."""

from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True)
class TooMany:
    """429: the call has no effect."""

    retry_after: int  # s


@dataclass(frozen=True)
class ServerError:
    """A 5xx with Telegram's JSON: the call has no effect."""

    status: int = 500


@dataclass(frozen=True)
class BadGateway:
    """502 with the HTML page of the proxy in front of Telegram: the call has no effect."""


@dataclass(frozen=True)
class HangUp:
    """The connection is closed: before the call has an effect, or in the middle of the answer."""

    midway: bool = False


@dataclass(frozen=True)
class Hang:
    """Nothing is answered for a while, then the connection is closed: the call has no effect."""

    seconds: float


@dataclass(frozen=True)
class Stall:
    """Half of the answer, then silence as of a dead line, then the connection is closed."""

    seconds: float


Fault = TooMany | ServerError | BadGateway | HangUp | Hang | Stall


class Faults:
    """The faults waiting for each method."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, times: int) -> None:
        self._waiting[method.lower()].extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        waiting = self._waiting[method.lower()]
        return waiting.popleft() if waiting else None

    def clear(self) -> None:
        self._waiting.clear()
