"""Telegram's flood limits, as far as they are known: too many calls get 429 and a time to wait."""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.fake_telegram.errors import too_many
from tests.fake_telegram.request import Request


@dataclass
class Limits:
    """How many calls go through. Telegram lets bursts pass, but does not say how long ones."""

    burst: int = 3  # messages to one chat at once; then one a second
    in_group: int = 20  # calls a minute, of any kind that names the group
    overall: int = 30  # messages a second
    _times: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, method: str, request: Request) -> None:
        """Count a call, or refuse it; what is refused does not count."""
        chat = request.text("chat_id")
        if not chat:
            return
        windows = []
        if chat.startswith("-"):
            windows.append((f"group {chat}", self.in_group, 60.0))
        if method.lower().startswith(("send", "edit")) and method != "sendChatAction":
            windows.append((f"chat {chat}", self.burst, float(self.burst)))
            windows.append(("overall", self.overall, 1.0))
        now = time.monotonic()
        wait = max((self._wait(*window, now) for window in windows), default=0.0)
        if wait > 0:
            raise too_many(math.ceil(wait))
        for name, _, _ in windows:
            self._times[name].append(now)

    def _wait(self, name: str, most: int, seconds: float, now: float) -> float:
        """Seconds until one more is let through."""
        times = self._times[name]
        while times and times[0] <= now - seconds:
            times.popleft()
        return times[-most] + seconds - now if len(times) >= most else 0.0
