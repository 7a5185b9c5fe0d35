"""Who a program is: the key that `ouvido keys add` has made for it, or the address it asks from."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.web.api import limits
from bot.web.api.limits import KEYED, METER, Meter
from bot.web.problems import refusal
from bot.web.requests import SETTINGS, texts_of

PREFIX = "ouvido_"
KEY = re.compile(PREFIX + r"[\w-]{43}", re.ASCII)  # as `bot.db.api_keys` makes them
REALM = 'Bearer realm="ouvido"'


class Key(Protocol):
    """A key that is known."""

    @property
    def sha256(self) -> str: ...

    @property
    def expired(self) -> bool: ...


FindKey = Callable[[str], Awaitable[Key | None]]


@dataclass(frozen=True)
class Keys:
    """Where keys are looked up; without a database none is known."""

    find: FindKey | None = None


KEYS = web.AppKey("keys", Keys)


async def known(request: web.Request) -> str | None:
    """The hash of the caller's key, None without one; from then on `request` has a METER.

    Raises the refusal of a key that does not hold, of one that is missing where one is needed, and
    of a caller that has had its files.
    """
    key = await _key(request)
    meter = Meter(request.app[KEYED], key.sha256) if key else limits.by_address(request)
    request[METER] = meter
    try:
        meter.quota.check(meter.client)
    except limits.Exceeded as error:
        raise limits.too_many(request, error) from error
    return key.sha256 if key else None


async def _key(request: web.Request) -> Key | None:
    """The key in `Authorization: Bearer …`.

    Where none is needed, a login that is not ours (a proxy's) is passed over.
    """
    scheme, _, given = request.headers.get("Authorization", "").strip().partition(" ")
    given, needed = given.strip(), request.app[SETTINGS].api_access == "keys"
    if scheme.lower() != "bearer" or not (needed or given.startswith(PREFIX)):
        if _misplaced(request):
            raise _unauthorized(request, "key_misplaced")
        if needed:
            raise _unauthorized(request, "key_missing")
        return None
    find = request.app[KEYS].find
    found = await find(given) if find and KEY.fullmatch(given) else None
    if found is None or found.expired:
        limits.take(request, limits.by_address(request))  # whoever guesses is slowed down
        raise _unauthorized(request, "key_expired" if found else "key_unknown")
    return found


def _misplaced(request: web.Request) -> bool:
    """Whether a key stands in another header, or in the address."""
    return any(KEY.search(text) for text in (*request.headers.values(), *request.query.values()))


def _unauthorized(request: web.Request, code: str) -> web.HTTPError:
    wrong = code in ("key_unknown", "key_expired")
    asks = {"WWW-Authenticate": REALM + (', error="invalid_token"' if wrong else "")}
    detail = texts_of(request).say("requests", code)
    return refusal(web.HTTPUnauthorized, code, detail, asks)
