"""How many files an address, or a program with a key, may have judged in a minute and in a day."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.settings import Settings
from bot.web.problems import refusal
from bot.web.requests import SETTINGS, texts_of

WINDOWS = {"minute": 60, "day": 86_400}  # s
MOST_CLIENTS = 10_000  # that are counted at a time, about 6 MB; beyond, the longest silent one goes
IPV6_PREFIX = 64  # bits; one customer has at least so many addresses


class Exceeded(Exception):
    """A client has had its files."""

    def __init__(self, windows: list[str], seconds: int) -> None:
        """`windows` are those that are full; in `seconds` none of them is."""
        super().__init__(f"no files left this {' and '.join(windows)}")
        self.windows, self.seconds = windows, seconds


@dataclass
class Count:
    """What a client has had of a window, which begins with its first file."""

    ends: float  # on the clock of Quota, s
    used: int = 0


class Quota:
    """Counts the files of clients; a window whose limit is 0 allows any number."""

    def __init__(self, limits: dict[str, int], clock: Callable[[], float] = time.monotonic) -> None:
        """`limits` has a number for each of WINDOWS."""
        self.limits = {name: most for name, most in limits.items() if most}
        self._clock = clock
        self._counts: OrderedDict[str, dict[str, Count]] = OrderedDict()

    def left(self, client: str) -> dict[str, tuple[int, int]]:
        """For each window the files that are left, and the seconds until it begins anew."""
        now, counts = self._clock(), self._counts.get(client, {})
        return {
            name: (max(0, most - count.used), math.ceil(count.ends - now))
            for name, most in self.limits.items()
            for count in [_current(counts.get(name), now, name)]
        }

    def check(self, client: str) -> None:
        """Raises Exceeded where no file is left."""
        left = self.left(client)
        full = [name for name, (files, _) in left.items() if not files]
        if full:
            raise Exceeded(full, max(1, *(left[name][1] for name in full)))

    def take(self, client: str) -> None:
        """Count a file; raises Exceeded where none is left."""
        if not self.limits:
            return
        self.check(client)
        now, counts = self._clock(), self._counts.pop(client, {})
        counts = {name: _current(counts.get(name), now, name) for name in self.limits}
        for count in counts.values():
            count.used += 1
        self._counts[client] = counts  # the latest stands last
        if len(self._counts) > MOST_CLIENTS:
            self._counts.popitem(last=False)


def _current(count: Count | None, now: float, name: str) -> Count:
    return count if count and now < count.ends else Count(now + WINDOWS[name])


@dataclass(frozen=True)
class Meter:
    """The quota of whoever sent a request."""

    quota: Quota
    client: str

    def headers(self) -> dict[str, str]:
        """RateLimit-Policy and RateLimit, as draft-ietf-httpapi-ratelimit-headers-10 has them."""
        if not self.quota.limits:
            return {}
        limits, left = self.quota.limits.items(), self.quota.left(self.client).items()
        policy = ", ".join(f'"{name}";q={most};w={WINDOWS[name]}' for name, most in limits)
        state = ", ".join(f'"{name}";r={files};t={seconds}' for name, (files, seconds) in left)
        return {"RateLimit-Policy": policy, "RateLimit": state}


ADDRESSES = web.AppKey("addresses", Quota)
KEYED = web.AppKey("keyed", Quota)
METER = web.RequestKey("meter", Meter)


def set_up(site: web.Application, settings: Settings) -> None:
    """The counters of a site."""
    site[ADDRESSES] = Quota({"minute": settings.files_per_minute, "day": settings.files_per_day})
    of_key = {"minute": settings.files_per_minute_key, "day": settings.files_per_day_key}
    site[KEYED] = Quota(of_key)


def by_address(request: web.Request) -> Meter:
    """The meter of the address that a request comes from."""
    return Meter(request.app[ADDRESSES], address_of(request))


def take(request: web.Request, meter: Meter) -> None:
    """Count a file of a request, or raise its refusal, 429."""
    try:
        meter.quota.take(meter.client)
    except Exceeded as error:
        raise too_many(request, error) from error


def too_many(request: web.Request, error: Exceeded) -> web.HTTPError:
    """The refusal of whoever has had its files."""
    say, wait = texts_of(request).say, {"Retry-After": str(error.seconds)}
    detail = say("requests", "too_many", seconds=error.seconds)
    more = {"violated-policies": error.windows}
    return refusal(web.HTTPTooManyRequests, "too_many_requests", detail, wait, **more)


def address_of(request: web.Request) -> str:
    """Where a request comes from: a sender's IPv4 address, or its IPv6 network.

    Behind PROXIES the nearest of them names it last in X-Forwarded-For, and those before it in
    turn; what stands further left anybody may have written. Without PROXIES nobody is believed.
    """
    peer, proxies = request.remote or "", request.app[SETTINGS].proxies
    named = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    if proxies and len(named) >= proxies and (network := _network(named[-proxies].strip())):
        return network
    return _network(peer) or peer


def _network(text: str) -> str | None:
    """None for what is no address; some proxies write a port, too."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
