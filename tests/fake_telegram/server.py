"""The HTTP side of the fake: it answers, fails when told to, and records every call."""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fake_telegram.business import Business
from tests.fake_telegram.chats import Place
from tests.fake_telegram.errors import JSON, BotApiError
from tests.fake_telegram.faults import Fault, Faults, HangUp, Stall
from tests.fake_telegram.limits import Limits
from tests.fake_telegram.local import LocalServer
from tests.fake_telegram.methods import Methods
from tests.fake_telegram.wire import cut, fail, read

TOKEN = "123456:TEST-abcdefghijklmnopqrstuvwxyz01234"
BOT: JSON = {
    "id": 123456,
    "is_bot": True,
    "first_name": "Ouvido",
    "username": "ouvido_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "supports_guest_queries": True,
    "has_main_web_app": False,
}
MAX_REQUEST = 60 * 1024 * 1024  # bytes
NO_ANSWER = 599  # recorded where the connection was closed instead


@dataclass
class Call:
    """One call of the bot and what became of it."""

    method: str  # as the bot wrote it; "download" for the content of a file
    parameters: dict[str, str]
    files: dict[str, bytes]
    at: float  # s, monotonic
    status: int = 0  # 0 while it is being answered
    result: Any = None  # or the words of the refusal
    seen: bool = False  # by `next_call`

    @property
    def chat(self) -> int:
        return int(self.parameters.get("chat_id", 0))


class FakeTelegram(Business):
    """Telegram with one bot, for `async with`; `ephemeral` as the Bot API is since 10.2, `local`
    where it is a server of one's own in --local mode."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        ephemeral: bool = False,
        local: LocalServer | None = None,
    ) -> None:
        super().__init__(dict(BOT))
        self.local = local
        self.host, self.port, self.token = host, port, TOKEN
        self.methods = Methods(self.chats, self.updates, self.queries, ephemeral)
        self.methods.local = partial(local.put, TOKEN) if local else None
        self.limits: Limits | None = None  # `Limits()` counts the calls as Telegram does
        self.calls: list[Call] = []
        self._faults = Faults()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MAX_REQUEST)
        app.router.add_get("/file/bot{token}/{path:.+}", self._on_download)
        app.router.add_route("*", "/bot{token}/{method}", self._on_call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, self.port).start()
        self.port = self._runner.addresses[0][1]
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        self._delivery = asyncio.create_task(self.updates.deliver(self._session))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._delivery.cancel()
        await asyncio.gather(self._delivery, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    def fails(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of a method fail; "download" is the content of a file."""
        self._faults.add(method, fault, times)

    def repeats(self, on: bool = True) -> None:
        """Let every update come twice."""
        self.updates.repeated = on

    def shuffles(self, seed: int | None = 0) -> None:
        """Let the updates of a batch come in any order; None: in their own again."""
        self.updates.shuffled = None if seed is None else random.Random(seed)

    async def until(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.02)

    async def next_call(
        self,
        method: str,
        chat: Place | None = None,
        seconds: float = 60,
        refused: bool = False,
    ) -> Call:
        """The next call of a method that was done (or refused) and is not yet handed out."""

        def waiting() -> list[Call]:
            return [
                call
                for call in self.calls
                if call.method.lower() == method.lower()
                and not call.seen
                and (call.status >= 300 if refused else call.status == 200)
                and (chat is None or call.chat == chat.id)
            ]

        await self.until(lambda: bool(waiting()), seconds)
        call = waiting()[0]
        call.seen = True
        return call

    async def _on_call(self, http: web.Request) -> web.StreamResponse:
        request = await read(http)
        call = Call(http.match_info["method"], request.parameters, request.files, time.monotonic())

        async def act() -> bytes:
            if self.limits:
                self.limits.take(call.method, request)
            call.result = await self.methods.call(call.method, request)
            return json.dumps({"ok": True, "result": call.result}).encode()

        return await self._answer(http, call, act)

    async def _on_download(self, http: web.Request) -> web.StreamResponse:
        path = http.match_info["path"]
        call = Call("download", {"path": path}, {}, time.monotonic())

        async def act() -> bytes:
            file = self.chats.file_at(path)
            if file is None or self.local:  # which serves no files over HTTP
                raise BotApiError(404, "Not Found")
            return file.data[http.http_range]

        if "Range" in http.headers:
            call.parameters["range"] = http.headers["Range"]
        return await self._answer(http, call, act)

    async def _answer(
        self, http: web.Request, call: Call, act: Callable[[], Awaitable[bytes]]
    ) -> web.StreamResponse:
        self.calls.append(call)
        fault = self._faults.take(call.method)
        try:
            if http.match_info["token"] != self.token:
                raise BotApiError(401, "Unauthorized")
            midway = fault == HangUp(midway=True) or isinstance(fault, Stall)
            if fault and not midway:
                call.status = NO_ANSWER
                return await fail(http, fault)
            body = await act()
        except BotApiError as refusal:
            call.status, call.result = refusal.status, refusal.description
            return web.json_response(refusal.as_json(), status=refusal.status)
        call.status = NO_ANSWER if fault else 206 if "range" in call.parameters else 200
        if fault:
            return await cut(http, body, fault.seconds if isinstance(fault, Stall) else 0.0)
        kind = "application/octet-stream" if call.method == "download" else "application/json"
        return web.Response(body=body, content_type=kind, status=call.status)
