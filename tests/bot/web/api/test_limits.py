"""Limits of files for addresses and keys, told by headers; whose address counts behind a proxy."""

import re
import tracemalloc

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from multidict import CIMultiDict

from bot.settings import Settings
from bot.web.api import limits
from bot.web.api.limits import Exceeded, Quota, address_of
from bot.web.app import build
from tests.bot.stand_ins import ReadyWorker
from tests.bot.web.api.test_access import GOOD, bearer, site
from tests.bot.web.api.test_verdicts import BYTES, VERDICTS, refused
from tests.bot.web.test_web import form


class Clock:
    """Stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minute_and_a_day_are_counted_apart_and_begin_anew() -> None:
    clock = Clock()
    quota = Quota({"minute": 2, "day": 3}, clock)
    quota.take("a")
    clock.now = 20
    quota.take("a")
    assert quota.left("a") == {"minute": (0, 40), "day": (1, 86_380)}
    with pytest.raises(Exceeded) as error:
        quota.take("a")
    assert (error.value.windows, error.value.seconds) == (["minute"], 40)
    assert quota.left("b") == {"minute": (2, 60), "day": (3, 86_400)}
    clock.now = 60
    quota.take("a")
    with pytest.raises(Exceeded) as error:
        quota.check("a")
    assert (error.value.windows, error.value.seconds) == (["day"], 86_340)
    clock.now = 86_400
    assert quota.left("a") == {"minute": (2, 60), "day": (3, 86_400)}


def test_without_a_limit_nothing_is_counted() -> None:
    quota = Quota({"minute": 0, "day": 0})
    for _ in range(1000):
        quota.take("a")
    assert quota.left("a") == {}
    assert not quota._counts


def test_many_addresses_do_not_fill_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CLIENTS", 500)
    quota = Quota({"minute": 5, "day": 50}, Clock())
    for number in range(500):
        quota.take(f"first {number}")
    tracemalloc.start()
    for number in range(5000):
        quota.take(f"later {number}")
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 1_000_000
    assert len(quota._counts) == 500


def test_who_comes_again_is_not_forgotten_for_those_who_come_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MOST_CLIENTS", 3)
    quota = Quota({"minute": 9, "day": 0}, Clock())
    for number in range(9):
        quota.take("regular")
        quota.take(f"once {number}")
    with pytest.raises(Exceeded):
        quota.take("regular")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "found"),
    [
        (0, ["9.9.9.9"], "127.0.0.1", "127.0.0.1"),
        (1, [], "127.0.0.1", "127.0.0.1"),
        (1, ["9.9.9.9"], "127.0.0.1", "9.9.9.9"),
        (1, ["1.1.1.1, 9.9.9.9"], "127.0.0.1", "9.9.9.9"),  # the first one anybody may write
        (2, ["1.1.1.1, 9.9.9.9", "8.8.8.8"], "127.0.0.1", "9.9.9.9"),
        (2, ["9.9.9.9"], "127.0.0.1", "127.0.0.1"),
        (1, ["9.9.9.9:4711"], "127.0.0.1", "9.9.9.9"),
        (1, ["[2001:db8:1:2:3::4]:80"], "127.0.0.1", "2001:db8:1:2::/64"),
        (1, ["unknown"], "127.0.0.1", "127.0.0.1"),
        (1, [""], "127.0.0.1", "127.0.0.1"),
        (0, [], "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (0, [], "::ffff:9.9.9.9", "9.9.9.9"),
        (0, [], "fe80::1%eth0", "fe80::/64"),
    ],
)
def test_an_address_is_that_of_the_sender(
    proxies: int, forwarded: list[str], peer: str, found: str
) -> None:
    app = build(Settings(proxies=proxies), ReadyWorker())
    headers = [("Host", "127.0.0.1"), *(("X-Forwarded-For", line) for line in forwarded)]
    request = make_mocked_request("POST", VERDICTS, CIMultiDict(headers), app=app)
    assert address_of(request.clone(remote=peer)) == found


async def test_headers_tell_what_is_left_and_a_problem_when_to_come_back() -> None:
    async with site(files_per_minute=2, files_per_day=9) as client:
        response = await client.post(VERDICTS, data=b"a", headers=BYTES)
        assert response.headers["RateLimit-Policy"] == '"minute";q=2;w=60, "day";q=9;w=86400'
        left = '"minute";r=1;t=\\d+, "day";r=8;t=\\d+'
        assert re.fullmatch(left, response.headers["RateLimit"])
        await client.post(VERDICTS, data=b"a", headers=BYTES)
        problem = await refused(client, data=b"a", headers=BYTES)
        assert (problem["status"], problem["code"]) == (429, "too_many_requests")
        assert problem["type"].endswith("#quota-exceeded")
        assert problem["violated-policies"] == ["minute"]
        response = await client.post(VERDICTS, data=b"a", headers=BYTES)
        assert 0 < int(response.headers["Retry-After"]) <= 60
        assert '"minute";r=0' in response.headers["RateLimit"]
        assert (await client.get("/api/v1/model")).status == 200


async def test_without_limits_nothing_is_told_of_them() -> None:
    async with site() as client:
        response = await client.post(VERDICTS, data=b"a", headers=BYTES)
    assert not any(name.startswith("RateLimit") for name in response.headers)


async def test_each_file_of_a_form_counts_and_those_beyond_are_not_judged() -> None:
    worker = ReadyWorker()
    async with site(worker, files_per_minute=3) as client:
        response = await client.post(VERDICTS, data=form(b"1", b"2", b"3", b"4", b"5"))
        answers = (await response.json())["verdicts"]
    assert response.status == 200
    assert worker.asked == [b"1", b"2", b"3"]
    codes = [answer.get("error", {}).get("code") for answer in answers]
    assert codes == [None, None, None, "too_many_requests", "too_many_requests"]
    assert answers[4]["file"] == "note5.ogg"


async def test_a_key_has_limits_of_its_own() -> None:
    async with site(files_per_minute=1, files_per_minute_key=2) as client:
        statuses = []
        for headers in (BYTES, BYTES, bearer(GOOD), bearer(GOOD), bearer(GOOD)):
            statuses.append((await client.post(VERDICTS, data=b"a", headers=headers)).status)
    assert statuses == [200, 429, 200, 200, 429]


async def test_the_page_shares_the_address_and_another_site_takes_nothing_of_it() -> None:
    def files() -> FormData:
        return form(b"a note")

    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    async with site(files_per_minute=2) as client:
        for _ in range(3):
            response = await client.post("/page-api/answers", data=files(), headers=evil)
            assert response.status == 403
        statuses = []
        for path in ("/page-api/answers", VERDICTS, "/page-api/answers", "/page-api/report.pdf"):
            response = await client.post(path, data=files())
            statuses.append(response.status)
            if response.status == 429:
                assert int(response.headers["Retry-After"]) > 0
    assert statuses == [200, 200, 429, 429]


async def test_what_finds_no_place_is_not_counted() -> None:
    async with site(ReadyWorker(places=0), files_per_minute=1) as client:
        for path in ("/page-api/answers", VERDICTS) * 2:
            assert (await client.post(path, data=form(b"a note"))).status == 503


async def test_behind_a_named_proxy_each_sender_has_its_own() -> None:
    built = build(Settings(files_per_minute=1, proxies=1), ReadyWorker())
    async with TestClient(TestServer(built)) as client:
        statuses = []
        for sender in ("9.9.9.9", "8.8.8.8", "9.9.9.9", "1.1.1.1, 9.9.9.9"):
            headers = BYTES | {"X-Forwarded-For": sender}
            statuses.append((await client.post(VERDICTS, data=b"a", headers=headers)).status)
    assert statuses == [200, 200, 429, 429]
