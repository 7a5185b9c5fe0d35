"""Calls as they come over the wire, and answers that go wrong on it."""

import asyncio
import json

from aiohttp import web

from tests.fake_telegram.errors import BotApiError, too_many
from tests.fake_telegram.faults import BadGateway, Fault, Hang, ServerError, TooMany
from tests.fake_telegram.request import Request

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>"


async def fail(http: web.Request, fault: Fault) -> web.StreamResponse:
    match fault:
        case TooMany(seconds):
            raise too_many(seconds)
        case ServerError(status):
            raise BotApiError(status, "Internal Server Error")
        case BadGateway():
            return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
        case Hang(seconds):
            await asyncio.sleep(seconds)
    if http.transport:
        http.transport.abort()
    return web.Response()


async def cut(http: web.Request, body: bytes, seconds: float) -> web.StreamResponse:
    """Half of an answer, then nothing."""
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await response.prepare(http)
    await response.write(body[: len(body) // 2])
    await asyncio.sleep(seconds)
    if http.transport:
        http.transport.close()
    return response


async def read(http: web.Request) -> Request:
    """The parameters of a call, however they were sent."""
    parameters: dict[str, str] = dict(http.query)
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    if http.content_type == "application/json":
        for name, value in (await http.json()).items():
            parameters[name] = value if isinstance(value, str) else json.dumps(value)
    else:
        for name, part in (await http.post()).items():
            if isinstance(part, web.FileField):
                files[name], names[name] = part.file.read(), part.filename
                part.file.close()
            else:
                parameters[name] = str(part)
    return Request(parameters, files, names)
