"""Requests that outlast Telegram's bad minutes: 429, 5xx, hang-ups and timeouts are repeated."""

import asyncio
import json
import logging
import os
from collections.abc import Callable
from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import HTTPXRequest, RequestData

from bot import metrics

PATIENCE = 300.0  # s after which a request is given up
# s that a flooded group is waited for; what takes longer is answered later, so that the many who
# write there do not take the places of all others.
GROUP_PATIENCE = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # s; doubled from one to the other
# After a timeout or a hang-up nobody knows whether Telegram took the message. A second answer to a
# note is a smaller harm than none, so it is sent again, but not for as long as we have patience.
MOST_DOUBTS = 3

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

# PTB 22 warns at every 429 of a type that it will change, unless one agrees to the change.
os.environ["PTB_TIMEDELTA"] = "true"

logger = logging.getLogger(__name__)


def _ignored() -> None:
    """No-op default for `delivered`."""


class PatientRequest(HTTPXRequest):
    """PTB's own request, repeated until it is answered or its time is over."""

    def __init__(
        self,
        delivered: Callable[[], None] = _ignored,
        patience: float = PATIENCE,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        """`delivered` is called as soon as Telegram has taken a message of ours."""
        super().__init__(connect_timeout=10.0, read_timeout=15.0, pool_timeout=10.0)
        self._delivered = delivered
        self._patience = patience
        self._first_pause = first_pause

    async def do_request(
        self, url: str, method: str, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """One request of PTB, as often as it takes; its last answer or error is handed on."""
        name = _name(url)
        if name == "sendChatAction":  # a courtesy; repeated it would only hold up the answer
            return await super().do_request(url, method, *args, **kwargs)
        sends = name.startswith("send") or name == "answerGuestQuery"
        with metrics.SECONDS.labels("send" if sends else name).time():
            code, payload = await self._insist(name, url, method, *args, **kwargs)
        if code == 200 and sends:
            self._delivered()
        return code, payload

    async def _insist(
        self, name: str, url: str, method: str, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        end = asyncio.get_running_loop().time() + self._patience
        pause, doubts = self._first_pause, 0
        while True:
            try:
                code, payload = await super().do_request(url, method, *args, **kwargs)
                problem: object = code
                failure = None
                wait = _retry_after(payload) if code == 429 else pause
                worth_it = code == 429 or code >= 500
            except NetworkError as error:
                problem = failure = error
                wait = pause
                doubts += not isinstance(error.__cause__, NEVER_SENT)
                worth_it = doubts <= MOST_DOUBTS
            late = asyncio.get_running_loop().time() + wait > end
            late = late or (problem == 429 and wait > GROUP_PATIENCE and _to_group(kwargs))
            if late or not worth_it:
                if failure:
                    raise failure
                return code, payload
            metrics.RETRIES.labels(name, "network" if failure else code).inc()
            logger.warning("%s: %s; again in %g s", name, problem, wait)
            await asyncio.sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)


def _name(url: str) -> str:
    """Of the method; the whole address holds the token, and that of a file its name."""
    return "download" if "/file/" in url else url.partition("?")[0].rpartition("/")[2]


def _to_group(kwargs: dict[str, Any]) -> bool:
    """Whether a request names a group or channel."""
    data: RequestData | None = kwargs.get("request_data")
    return data is not None and str(data.parameters.get("chat_id", "")).startswith("-")


def _retry_after(payload: bytes) -> float:
    """Seconds that Telegram wants to be left alone."""
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 5.0
