"""The local page and its endpoint: files come in, verdicts and pictures go out."""

import asyncio
import base64
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import BodyPartReader, web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import metrics
from bot.captions import captions_of
from bot.settings import Settings
from bot.texts import Texts, known_language, texts_for
from bot.web.markup import PAGE, page
from bot.worker.capacity import Busy, Capacity
from bot.worker.pool import WorkerPool
from inference.errors import DetectionError
from inference.verdict import Label, as_json

MOST_FILES = 3
PAGE_BYTES = 60 * 1024**2  # of all uploads together; what else the worker takes is the bot's
ENVELOPE = 64 * 1024  # bytes that a form takes besides its files
CHUNK = 256 * 1024  # bytes
RECEIVE_SECONDS = 120.0  # for the upload of a whole form
RETRY_SECONDS = 10
LOOPBACK = ("127.0.0.1", "::1", "localhost")

HEADERS = {
    # blob: and data: for the recording that is played back and the picture that came
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

WORKER = web.AppKey("worker", WorkerPool)
SETTINGS = web.AppKey("settings", Settings)
CAPACITY = web.AppKey("capacity", Capacity)

logger = logging.getLogger(__name__)


def build(settings: Settings, worker: WorkerPool) -> web.Application:
    """The aiohttp application; `bot.updates.webhook` may add a route."""
    site = web.Application(client_max_size=1024**2, middlewares=[_harden])
    site[WORKER], site[SETTINGS] = worker, settings
    site[CAPACITY] = Capacity(max(1, settings.queue * 3 // 4), PAGE_BYTES)
    site.router.add_get("/healthz", health)
    site.router.add_post("/api/v1/verdicts", judge)
    site.router.add_get("/", index)
    if settings.metrics:
        metrics.watch(worker)
        site.router.add_get("/metrics", numbers)
    site.router.add_static("/page", PAGE)
    return site


async def index(request: web.Request) -> web.Response:
    """The page in the reader's language."""
    worker, settings = request.app[WORKER], request.app[SETTINGS]
    text = page(
        _texts(request), worker.model, worker.max_bytes, MOST_FILES, settings.max_seconds,
        settings.contact,
    )  # fmt: skip
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return web.Response(text=text, content_type="text/html", headers=headers)


async def health(request: web.Request) -> web.Response:
    """For Docker and the operator's own eyes."""
    worker = request.app[WORKER]
    answers = await worker.answers()
    status = {"status": "ok" if answers else "down", "model": worker.model}
    return web.json_response(status, status=200 if answers else 503)


async def numbers(request: web.Request) -> web.Response:
    """For Prometheus, which is a program: another site's script gets nothing."""
    if _is_foreign(request):
        raise web.HTTPForbidden
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def judge(request: web.Request) -> web.Response:
    """POST of a form with 1 to 3 `files`: a verdict or an error for each, in their order."""
    worker, texts = request.app[WORKER], _texts(request)
    if _is_foreign(request):
        raise _refusal(web.HTTPForbidden, "foreign", texts.say("requests", "foreign"))
    wrong = texts.say("requests", "wrong_type")
    if request.content_type != "multipart/form-data" or _is_packed(request.headers):
        raise _refusal(web.HTTPUnsupportedMediaType, "wrong_type", wrong)
    if (size := request.content_length) is None:  # its place would have to be the largest
        raise _refusal(web.HTTPLengthRequired, "no_length", wrong)
    most = MOST_FILES * worker.max_bytes
    if size > most + ENVELOPE:
        raise _too_large(most + ENVELOPE, size, worker, texts)
    try:
        with request.app[CAPACITY].place(min(size, most)), worker.place(min(size, most)):
            async with asyncio.timeout(RECEIVE_SECONDS):  # a place isn't held for ever
                files = await _receive(request, worker, texts)
            verdicts = [await _judge(name, data, worker, texts) for name, data in files]
    except Busy as error:
        busy = texts.error(error.code, worker.max_bytes)
        raise _refusal(
            web.HTTPServiceUnavailable, error.code, busy, {"Retry-After": str(RETRY_SECONDS)}
        ) from error
    except TimeoutError as error:
        slow = texts.error("took_too_long", worker.max_bytes)
        raise _refusal(web.HTTPRequestTimeout, "took_too_long", slow) from error
    return web.json_response({"verdicts": verdicts})


async def _receive(
    request: web.Request, worker: WorkerPool, texts: Texts
) -> list[tuple[str, bytes]]:
    """Names and bytes of the files; stops reading at the first byte too much."""
    files: list[tuple[str, bytes]] = []
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name != "files":
                continue
            if len(files) == MOST_FILES:
                many = texts.say("requests", "too_many_files", count=MOST_FILES)
                raise _refusal(web.HTTPBadRequest, "too_many_files", many)
            if _is_packed(part.headers):
                wrong = texts.say("requests", "wrong_type")
                raise _refusal(web.HTTPUnsupportedMediaType, "wrong_type", wrong)
            data = bytearray()
            while chunk := await part.read_chunk(CHUNK):
                data += chunk
                if len(data) > worker.max_bytes:
                    raise _too_large(worker.max_bytes, len(data), worker, texts)
            files.append((part.filename or "", bytes(data)))
    except ValueError as error:  # aiohttp's word for a form that is none
        wrong = texts.say("requests", "wrong_type")
        raise _refusal(web.HTTPBadRequest, "wrong_form", wrong) from error
    if not files:
        raise _refusal(web.HTTPBadRequest, "no_files", texts.say("requests", "no_files"))
    return files


async def _judge(name: str, data: bytes, worker: WorkerPool, texts: Texts) -> dict[str, Any]:
    try:
        answer = await worker.detect(data, captions=captions_of(texts))
    except DetectionError as error:
        metrics.ERRORS.labels(error.code).inc()
        message = texts.error(error.code, worker.max_bytes)
        return {"file": name, "error": {"code": error.code, "message": message}}
    metrics.answered(answer.verdict)
    assert answer.picture is not None  # or it would not have been drawn
    picture = "data:image/jpeg;base64," + base64.b64encode(answer.picture).decode()
    return {
        "file": name,
        **as_json(answer.verdict),
        "picture": picture,
        "cut": "".join(texts.cut(answer.verdict)),
        "text": texts.verdict(answer.verdict),
        "marks": texts.marks(answer.verdict) if answer.verdict.label is Label.SYNTHETIC else "",
    }


def _texts(request: web.Request) -> Texts:
    """The words for `?lang=`, else for the language of Accept-Language that is wanted most."""
    wanted = _preferred(request.headers.get("Accept-Language", ""))
    named = [code for code in (request.query.get("lang", ""), *wanted) if code]
    language = known_language(*named) or next(iter(named), None)
    return texts_for(language, request.app[SETTINGS].language)


def _preferred(accepted: str) -> list[str]:
    """The codes in a header such as `de, en;q=0.8`, the most wanted first."""
    weights = {}
    for code, weight in re.findall(r"([\w-]+)\s*(?:;\s*q=([\d.]+))?", accepted):
        weights[code] = float(weight) if re.fullmatch(r"[01](\.\d*)?", weight) else 1.0
    return sorted((code for code in weights if weights[code]), key=lambda code: -weights[code])


def _is_packed(headers: Mapping[str, str]) -> bool:
    """Whether the bytes stand for more than they are, so that their length tells nothing."""
    return headers.get("Content-Encoding", "identity").lower() != "identity"


def _is_foreign(request: web.Request) -> bool:
    """Another site's script in the user's browser must not use the page (CSRF).

    On a loop-back HOST it can't do so under a name of its own either (DNS rebinding).
    """
    try:
        host = urlsplit(f"//{request.host}").hostname
        origin = urlsplit(request.headers.get("Origin", f"//{request.host}")).netloc
    except ValueError:  # no address at all
        return True
    if request.app[SETTINGS].host in LOOPBACK and host not in LOOPBACK:
        return True
    return origin != request.host


def _refusal(
    kind: type[web.HTTPError], code: str, message: str, headers: dict[str, str] | None = None
) -> web.HTTPError:
    text = json.dumps({"error": {"code": code, "message": message}})
    return kind(text=text, content_type="application/json", headers=headers)


def _too_large(most: int, size: int, worker: WorkerPool, texts: Texts) -> web.HTTPError:
    message = texts.error("too_large", worker.max_bytes)
    text = json.dumps({"error": {"code": "too_large", "message": message}})
    return web.HTTPRequestEntityTooLarge(most, size, text=text, content_type="application/json")


@web.middleware
async def _harden(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Headers that keep a browser from doing anything but showing our own page."""
    try:
        response = await handler(request)
    except web.HTTPException as refusal:
        refusal.headers.update(HEADERS)
        raise
    response.headers.update(HEADERS)
    return response
