"""Keys of programs: where they must stand, what is said of those that do not hold."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.settings import Settings
from bot.texts import LANGUAGES, texts_for
from bot.web.app import build
from tests.bot.stand_ins import ReadyWorker
from tests.bot.web.api.test_verdicts import BYTES, VERDICTS, refused
from tests.bot.web.test_web import Client

GOOD, OLD, OTHER = (f"ouvido_{letter * 43}" for letter in "aeo")


@dataclass(frozen=True)
class Known:
    sha256: str
    expired: bool = False


async def find(key: str) -> Known | None:
    return {GOOD: Known("good"), OLD: Known("old", expired=True), OTHER: Known("other")}.get(key)


def site(worker: ReadyWorker | None = None, **settings: Any) -> AbstractAsyncContextManager[Client]:
    built = build(Settings(**settings), worker or ReadyWorker(), find)
    return TestClient(TestServer(built))


def bearer(key: str) -> dict[str, str]:
    return BYTES | {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("access", ["open", "keys"])
async def test_a_key_that_holds_lets_in(access: str) -> None:
    async with site(api_access=access) as client:
        for headers in (bearer(GOOD), BYTES | {"Authorization": f"bearer  {GOOD} "}):
            response = await client.post(VERDICTS, data=b"a", headers=headers)
            assert response.status == 200


async def test_without_a_key_it_is_a_setting() -> None:
    worker = ReadyWorker()
    async with site(worker, api_access="keys") as client:
        problem = await refused(client, data=b"a", headers=BYTES)
        assert (problem["status"], problem["code"]) == (401, "key_missing")
        response = await client.post(VERDICTS, data=b"a", headers=BYTES)
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="ouvido"'
        for path in ("/api/v1/model", "/api/v1/openapi.json", "/"):
            assert (await client.get(path)).status == 200
    assert worker.asked == []
    async with site(worker) as client:
        for login in ("Basic b3V2aWRvOmU=", "Bearer a.proxy.s"):  # neither is meant for us
            headers = BYTES | {"Authorization": login}
            assert (await client.post(VERDICTS, data=b"a", headers=headers)).status == 200


@pytest.mark.parametrize(
    ("access", "key", "code"),
    [
        *((access, OLD, "key_expired") for access in ("open", "keys")),
        *((access, GOOD[:-1] + "b", "key_unknown") for access in ("open", "keys")),
        *((access, GOOD + "a", "key_unknown") for access in ("open", "keys")),
        *((access, GOOD[:-1], "key_unknown") for access in ("open", "keys")),
        ("keys", "", "key_unknown"),
        ("keys", "päß", "key_unknown"),
    ],
)
async def test_a_key_that_does_not_hold_is_refused(access: str, key: str, code: str) -> None:
    worker = ReadyWorker()
    async with site(worker, api_access=access) as client:
        problem = await refused(client, data=b"a", headers=bearer(key))
        assert (problem["status"], problem["code"]) == (401, code)
        response = await client.post(VERDICTS, data=b"a", headers=bearer(key))
        assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    assert worker.asked == []


@pytest.mark.parametrize(
    "headers",
    [{"X-API-Key": GOOD}, {"Authorization": GOOD}, {"Authorization": f"Token {GOOD}"}],
)
async def test_a_key_in_the_wrong_place_is_told_the_right_one(headers: dict[str, str]) -> None:
    async with site() as client:
        problem = await refused(client, data=b"a", headers=BYTES | headers)
        assert (problem["status"], problem["code"]) == (401, "key_misplaced")
        response = await client.post(f"{VERDICTS}?key={GOOD}", data=b"a", headers=BYTES)
        assert (await response.json())["code"] == "key_misplaced"


async def test_a_site_without_a_database_knows_no_key() -> None:
    async with TestClient(TestServer(build(Settings(), ReadyWorker()))) as client:
        assert (await refused(client, data=b"a", headers=bearer(GOOD)))["code"] == "key_unknown"


async def test_whoever_guesses_keys_is_slowed_down() -> None:
    async with site(files_per_minute=2) as client:
        for status in (401, 401, 429):
            problem = await refused(client, data=b"a", headers=bearer("ouvido_guess"))
            assert problem["status"] == status
        response = await client.post(VERDICTS, data=b"a", headers=bearer(GOOD))
        assert response.status == 200


async def test_a_program_with_a_key_gets_the_same_bytes_judged_once() -> None:
    worker = ReadyWorker()
    async with site(worker) as client:
        answers = []
        for key in (GOOD, GOOD, OTHER):
            response = await client.post(VERDICTS, data=b"a", headers=bearer(key))
            answers.append(await response.json())
        assert worker.asked == [b"a", b"a"]  # for the other program anew
        await client.post(f"{VERDICTS}?lang=es", data=b"a", headers=bearer(GOOD))
        await client.post(VERDICTS, data=b"b", headers=bearer(GOOD))
        assert len(worker.asked) == 4
    assert answers[0] == answers[1] == answers[2]


async def test_without_a_key_nobody_learns_from_the_time_it_takes_what_others_sent() -> None:
    worker = ReadyWorker()
    async with site(worker) as client:
        for _ in range(2):
            await client.post(VERDICTS, data=b"a", headers=BYTES)
    assert worker.asked == [b"a", b"a"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_its_own_sentence(language: str) -> None:
    keys = ["key_missing", "key_misplaced", "key_unknown", "key_expired"]
    say = texts_for(language, language).say
    assert len({say("requests", key) for key in keys}) == len(keys)
