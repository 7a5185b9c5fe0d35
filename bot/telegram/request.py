"""Requests to Telegram that are retried on 429, 5xx, disconnects and time-outs."""

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import HTTPXRequest, RequestData

from bot import metrics

PATIENCE = 300.0  # s of retries after which a request is given up
# s of `retry_after` that are waited for in a group; beyond that its update is handled again later,
# so that a flooded group does not hold the places of all others.
GROUP_PATIENCE = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # s between retries; doubled each time
# Retries when Telegram may have accepted the message: after a time-out or disconnect nobody knows.
# A second answer to a note is a smaller harm than none, but not a third or fourth.
MOST_DOUBTS = 3

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

# PTB 22 warns at every 429 of a type that it will change, unless one agrees to the change.
os.environ["PTB_TIMEDELTA"] = "true"

logger = logging.getLogger(__name__)


async def _ignored() -> None:
    """No-op default for `delivered`."""


class PatientRequest(HTTPXRequest):
    """PTB's HTTP request with retries and exponential back-off."""

    def __init__(
        self,
        delivered: Callable[[], Awaitable[None]] = _ignored,
        patience: float = PATIENCE,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        """Configure the retries.

        Args:
            delivered: awaited as soon as Telegram has accepted a message of ours.
            patience: of all retries of a request together, s.
            first_pause: before the first retry, s.
        """
        super().__init__(connect_timeout=10.0, read_timeout=15.0, pool_timeout=10.0)
        self._delivered = delivered
        self._patience = patience
        self._first_pause = first_pause

    async def do_request(
        self, url: str, method: str, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """Make a request, with retries; return, or raise, the outcome of the last one."""
        name = _name(url)
        if name == "sendChatAction":  # not worth a retry, which would delay the answer
            return await super().do_request(url, method, *args, **kwargs)
        sends = name.startswith("send") or name == "answerGuestQuery"
        with metrics.SECONDS.labels("send" if sends else name).time():
            code, payload = await self._insist(name, url, method, *args, **kwargs)
        if code == 200 and sends:
            await self._delivered()
        return code, payload

    async def beginning(self, url: str, size: int) -> bytes | None:
        """The first `size` bytes at an address, or None where that fails in any way: no retries."""
        wanted = {"Range": f"bytes=0-{size - 1}"}
        found = bytearray()
        try:
            async with self._client.stream("GET", url, headers=wanted) as response:
                if response.status_code not in (200, 206):
                    return None
                async for piece in response.aiter_bytes():
                    found += piece
                    if len(found) >= size:  # a server that knows no ranges sends all of it
                        break
        except httpx.HTTPError as error:
            logger.info("%s: %r; all of it is asked for", _name(url), error)
            return None
        return bytes(found[:size])

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
    """Return the method's name, for the log; the URL has the token in it, or a file's name."""
    return "download" if "/file/" in url else url.partition("?")[0].rpartition("/")[2]


def _to_group(kwargs: dict[str, Any]) -> bool:
    """Return whether a request has the chat_id of a group or channel."""
    data: RequestData | None = kwargs.get("request_data")
    return data is not None and str(data.parameters.get("chat_id", "")).startswith("-")


def _retry_after(payload: bytes) -> float:
    """Return `retry_after` of a 429, s; 5 where it is missing."""
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 5.0
