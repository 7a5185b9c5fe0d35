"""Requests that meet a real server on its bad days."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

from bot.telegram.request import MOST_DOUBTS, PatientRequest

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(*replies: Reply) -> AsyncIterator[tuple[str, list[str]]]:
    """Gives one reply after the other, the last one for ever; also a list of what was asked."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return await replies[min(len(asked), len(replies)) - 1](request)

    site = web.Application()
    site.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(site) as running:
        yield str(running.make_url("/bot1:secret/")), asked


async def well(request: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": True, "result": True})


async def flooded(request: web.Request) -> web.StreamResponse:
    body = {"ok": False, "error_code": 429, "parameters": {"retry_after": 1}}
    return web.json_response({**body, "description": "Too Many Requests"}, status=429)


async def broken(request: web.Request) -> web.StreamResponse:
    return web.Response(status=502, text="<html>Bad Gateway</html>")


async def hung_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def asleep(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(1)
    return web.Response()


async def refused(request: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": False, "description": "Bad Request: no"}, status=400)


@asynccontextmanager
async def patient(patience: float = 20.0) -> AsyncIterator[PatientRequest]:
    request = PatientRequest(patience=patience, first_pause=0.01)
    async with request:
        yield request


@pytest.mark.parametrize("trouble", [broken, hung_up, flooded])
async def test_trouble_is_outlasted(trouble: Reply) -> None:
    async with server(trouble, trouble, well) as (url, asked), patient() as request:
        assert await request.post(f"{url}sendPhoto") is True
    assert len(asked) == 3


async def test_a_download_is_repeated_too() -> None:
    async with server(hung_up, broken, well) as (url, asked), patient() as request:
        assert b"true" in await request.retrieve(f"{url}voice/file_1.oga")
    assert len(asked) == 3


async def test_telegrams_wish_to_be_left_alone_is_honoured() -> None:
    async with server(flooded, well) as (url, _), patient() as request:
        start = time.monotonic()
        await request.post(f"{url}sendMessage")
    assert time.monotonic() - start >= 1.0


async def test_a_timeout_is_repeated_a_few_times_only_for_it_may_have_arrived() -> None:
    async with server(asleep) as (url, asked), patient() as request:
        with pytest.raises(TimedOut):
            await request.post(f"{url}sendPhoto", read_timeout=0.05)
    assert len(asked) == 1 + MOST_DOUBTS


async def test_a_server_that_is_not_there_is_waited_for_until_patience_ends() -> None:
    async with patient(patience=0.3) as request:
        start = time.monotonic()
        with pytest.raises(NetworkError):
            await request.post("http://127.0.0.1:1/bot1:secret/getMe")
    assert 0.1 < time.monotonic() - start < 20.0


async def test_patience_ends_before_a_long_ban() -> None:
    async with server(flooded) as (url, asked), patient(patience=0.5) as request:
        with pytest.raises(RetryAfter):
            await request.post(f"{url}sendMessage")
    assert len(asked) == 1


async def test_a_refusal_is_final() -> None:
    async with server(refused) as (url, asked), patient() as request:
        with pytest.raises(BadRequest):
            await request.post(f"{url}sendMessage")
    assert len(asked) == 1


async def test_a_chat_action_is_not_repeated() -> None:
    async with server(broken) as (url, asked), patient() as request:
        with pytest.raises(NetworkError):
            await request.post(f"{url}sendChatAction")
    assert len(asked) == 1


async def test_the_log_of_a_repetition_does_not_hold_the_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with server(hung_up, broken, flooded, well) as (url, _), patient() as request:
        await request.post(f"{url}sendMessage")
        await request.retrieve(f"{url}voice/file_1.oga")
    assert "sendMessage: 502" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("method", "code", "counts"),
    [
        ("sendPhoto", 200, 1),
        ("answerGuestQuery", 200, 1),
        ("sendPhoto", 400, 0),
        ("sendChatAction", 200, 0),
        ("editMessageText", 200, 0),
    ],
)
async def test_only_a_message_that_has_gone_out_counts_as_delivered(
    monkeypatch: pytest.MonkeyPatch, method: str, code: int, counts: int
) -> None:
    async def reply(*_: object, **__: object) -> tuple[int, bytes]:
        return code, b"{}"

    monkeypatch.setattr(HTTPXRequest, "do_request", reply)
    delivered: list[str] = []

    async def deliver() -> None:
        delivered.append(method)

    async with PatientRequest(deliver) as request:
        await request.do_request(f"https://a.b/bot1:a/{method}", "POST")
    assert len(delivered) == counts


@pytest.mark.parametrize(("chat", "asks"), [(-1001, 1), (7, 2)])
async def test_a_flooded_group_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch, chat: int, asks: int
) -> None:
    monkeypatch.setattr("bot.telegram.request.GROUP_PATIENCE", 0.5)
    async with server(flooded, well) as (url, asked):
        bot = Bot("1:secret", base_url=url.removesuffix("1:secret/"), request=PatientRequest())
        async with bot.request:
            try:
                await bot.set_chat_title(chat, "a title")
            except RetryAfter:
                assert chat < 0
    assert len(asked) == asks


async def test_of_a_file_the_beginning_comes_also_where_nobody_knows_ranges() -> None:
    async def all_of_it(request: web.Request) -> web.StreamResponse:
        assert request.headers["Range"] == "bytes=0-999"
        return web.Response(body=bytes(5_000_000))

    async with server(all_of_it) as (url, _), PatientRequest() as request:
        assert await request.beginning(f"{url}file/x", 1000) == bytes(1000)


@pytest.mark.parametrize("reply", [refused, broken, hung_up], ids=["400", "502", "hang-up"])
async def test_a_beginning_that_does_not_come_is_no_error(reply: Reply) -> None:
    async with server(reply) as (url, asked), PatientRequest() as request:
        assert await request.beginning(f"{url}file/x", 1000) is None
    assert len(asked) == 1
