"""What the page asks for as Telegram's Mini App: an answer that is kept, and its sound.

Each request brings initData anew; nothing is remembered of who asked.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from telegram.error import TelegramError

from bot.services.mini_app.answer import MiniApp, NotShown, Opened
from bot.services.mini_app.init_data import NotFromTelegram, TooOld, user_of
from bot.web.admission import CAPACITY, RETRY_SECONDS, WORKER
from bot.web.answers import data_url, measured
from bot.web.problems import refusal
from bot.web.requests import SETTINGS, check_sender, texts_of
from bot.web.uploads import RECEIVE_SECONDS
from bot.web.words import Answer, words
from bot.worker.capacity import Busy
from inference.decoding.containers import JUNK, sniff
from inference.errors import DetectionError

MOST_CHARACTERS = 4096  # of initData, which has some hundreds
PICTURE_BYTES = 1024**2
TELEGRAM_SECONDS = 60.0  # for what Telegram is asked; requests to it are tried again for ever
# Of what browsers play; others say by themselves that they can't.
KINDS = {"ogg": "audio/ogg", "mp3": "audio/mpeg", "mov": "audio/mp4", "wav": "audio/wav"}

MINI_APP = web.AppKey("mini_app", MiniApp)


def add_routes(site: web.Application, mini_app: MiniApp) -> None:
    site[MINI_APP] = mini_app
    site.router.add_post("/page-api/mini-app/note", note)
    site.router.add_post("/page-api/mini-app/sound", sound)


async def note(request: web.Request) -> web.Response:
    """POST of JSON, `init_data` and `note`, a button's token: the answer, its words and picture."""
    texts = texts_of(request)
    async with _allowed(request, PICTURE_BYTES) as opened:
        found = opened.answer
        shown = Answer(found.sha256, found.verdict, found.evidence)
        said = words(shown, await measured(found.verdict, request), texts)
        async with asyncio.timeout(TELEGRAM_SECONDS):
            picture = await opened.picture(texts)
    if picture is None:
        said["chart"] = None
    return web.json_response(
        {
            "answer": shown.as_json(),
            "words": said,
            "picture": data_url(picture) if picture else "",
        },
        headers={"Cache-Control": "no-store"},
    )


async def sound(request: web.Request) -> web.StreamResponse:
    """POST of the same: the recording as Telegram has it."""
    texts, most = texts_of(request), request.app[WORKER].max_bytes
    async with _allowed(request, 0) as opened:
        async with asyncio.timeout(TELEGRAM_SECONDS):
            file = await opened.recording(texts)
        with request.app[CAPACITY].place(min(file.file_size or most, most)):
            async with asyncio.timeout(TELEGRAM_SECONDS):
                source = await opened.sound(file, texts)
            if isinstance(source, Path):
                return web.FileResponse(source, headers={"Cache-Control": "no-store"})
            return await _streamed(source, request)


async def _streamed(data: bytes, request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Cache-Control": "no-store"})
    response.content_type = KINDS.get(sniff(data[: 2 * JUNK]) or "", "application/octet-stream")
    response.content_length = len(data)
    try:
        async with asyncio.timeout(RECEIVE_SECONDS):
            await response.prepare(request)
            await response.write(data)
            await response.write_eof()
    except (ConnectionResetError, TimeoutError):  # nobody is there, or hardly
        if request.transport:
            request.transport.abort()
    return response


@asynccontextmanager
async def _allowed(request: web.Request, held: int) -> AsyncIterator[Opened]:
    """The answer that is asked for, where whoever asks may see it; else a refusal.

    `held` bytes are reserved inside the `with`. What is raised in it becomes a refusal, too.
    """
    check_sender(request)
    say = texts_of(request).say
    try:
        with request.app[CAPACITY].place(held):
            token, user = await _asked(request)
            async with asyncio.timeout(TELEGRAM_SECONDS):
                opened = await request.app[MINI_APP].find(token, user)
            yield opened
    except Busy as error:
        busy = texts_of(request).error(error.code, PICTURE_BYTES)
        wait = {"Retry-After": str(RETRY_SECONDS)}
        raise refusal(web.HTTPServiceUnavailable, error.code, busy, wait) from error
    except NotFromTelegram as error:
        words = say("mini_app", "not_telegram")
        raise refusal(web.HTTPForbidden, "not_telegram", words) from error
    except TooOld as error:
        raise refusal(web.HTTPForbidden, "too_old", say("mini_app", "too_old")) from error
    except NotShown as error:
        raise refusal(web.HTTPNotFound, "not_shown", say("mini_app", "not_shown")) from error
    except DetectionError as error:
        words = say("mini_app", "no_sound")
        raise refusal(web.HTTPNotFound, error.code, words) from error
    except (TelegramError, TimeoutError) as error:
        words = say("mini_app", "unreachable")
        raise refusal(web.HTTPBadGateway, "unreachable", words) from error


async def _asked(request: web.Request) -> tuple[str, int]:
    """The button's token and who opened it; raises NotFromTelegram and TooOld."""
    try:
        async with asyncio.timeout(RECEIVE_SECONDS):
            asked = json.loads(await request.text())
        init_data, token = str(asked["init_data"]), str(asked["note"])
    except (KeyError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise NotFromTelegram from error
    if len(init_data) > MOST_CHARACTERS:
        raise NotFromTelegram
    return token, user_of(init_data, request.app[SETTINGS].telegram_bot_token, time.time())
