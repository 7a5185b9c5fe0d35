"""The local page and its endpoint: files come in, verdicts and pictures go out."""

import base64
import logging
from pathlib import Path
from typing import Any

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import metrics
from bot.captions import captions_of
from bot.settings import Settings
from bot.texts import Texts
from bot.web.markup import PAGE, page
from bot.web.requests import (
    SETTINGS,
    check_sender,
    harden,
    is_packed,
    refusal,
    texts_of,
    too_large,
)
from bot.web.uploads import Disk, WrongForm, parts, received
from bot.worker.capacity import Busy, Capacity
from bot.worker.pool import WorkerPool
from inference.errors import DetectionError, TooLarge
from inference.verdict import Label, as_json

MOST_FILES = 100  # of a form; they are judged as they come, one after the other
FORM_FILES = 3  # so many of the largest size may be in a form
PAGE_BYTES = 60 * 1024**2  # of all uploads together; what else the worker takes is the bot's
ENVELOPE = 64 * 1024  # bytes that a form takes besides its files
RETRY_SECONDS = 10

WORKER = web.AppKey("worker", WorkerPool)
CAPACITY = web.AppKey("capacity", Capacity)
DISK = web.AppKey("disk", Disk)

logger = logging.getLogger(__name__)


def build(settings: Settings, worker: WorkerPool) -> web.Application:
    """The aiohttp application; `bot.updates.webhook` may add a route."""
    site = web.Application(client_max_size=1024**2, middlewares=[harden])
    site[WORKER], site[SETTINGS] = worker, settings
    site[CAPACITY] = Capacity(max(1, settings.queue * 3 // 4), PAGE_BYTES)
    site[DISK] = Disk(settings.data_dir, settings.max_megabytes * 1024**2)
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
    most, seconds = request.app[DISK].most, settings.max_seconds
    text = page(texts_of(request), worker.model, most, seconds, settings.contact)
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
    check_sender(request)
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def judge(request: web.Request) -> web.Response:
    """POST of a form with `files`: a verdict or an error for each, in their order."""
    worker, texts = request.app[WORKER], texts_of(request)
    check_sender(request)
    if request.content_type != "multipart/form-data":
        wrong = texts.say("requests", "wrong_type")
        raise refusal(web.HTTPUnsupportedMediaType, "wrong_type", wrong)
    if is_packed(request.headers):
        raise refusal(web.HTTPUnsupportedMediaType, "packed", texts.say("requests", "packed"))
    if (size := request.content_length) is None:  # its place would have to be the largest
        raise refusal(web.HTTPLengthRequired, "no_length", texts.say("requests", "no_length"))
    most = request.app[DISK].most
    if size > FORM_FILES * most + ENVELOPE:
        raise too_large(most, size, texts)
    held = min(size, worker.max_bytes)  # one file at a time
    try:
        with request.app[CAPACITY].place(held), worker.place(held):
            verdicts = await _judge_all(request, worker, texts)
    except Busy as error:
        headers = {"Retry-After": str(RETRY_SECONDS)}
        busy = texts.error(error.code, most)
        raise refusal(web.HTTPServiceUnavailable, error.code, busy, headers) from error
    except TooLarge as error:
        raise too_large(most, size, texts) from error
    except WrongForm as error:
        wrong = texts.say("requests", "wrong_type")
        raise refusal(web.HTTPBadRequest, "wrong_form", wrong) from error
    except TimeoutError as error:
        slow = texts.say("requests", "slow")
        raise refusal(web.HTTPRequestTimeout, "took_too_long", slow) from error
    except ConnectionError:
        raise  # nobody is there any more
    except OSError as error:
        logger.error("An upload can't be kept in DATA_DIR while it is judged: %s", error)
        failed = texts.error(DetectionError.code, most)
        raise refusal(web.HTTPInsufficientStorage, DetectionError.code, failed) from error
    return web.json_response({"verdicts": verdicts})


async def _judge_all(
    request: web.Request, worker: WorkerPool, texts: Texts
) -> list[dict[str, Any]]:
    """The answer to each file as it comes; the next one is read when it is there."""
    verdicts: list[dict[str, Any]] = []
    disk = request.app[DISK]
    async for part in parts(request):
        if len(verdicts) == MOST_FILES:
            many = texts.say("requests", "too_many_files", count=MOST_FILES)
            raise refusal(web.HTTPBadRequest, "too_many_files", many)
        if is_packed(part.headers):
            packed = texts.say("requests", "packed")
            raise refusal(web.HTTPUnsupportedMediaType, "packed", packed)
        async with received(part, worker.max_bytes, disk) as source:
            name = part.filename or ""
            verdicts.append(await _judge(name, source, worker, texts, disk.most))
    if not verdicts:
        raise refusal(web.HTTPBadRequest, "no_files", texts.say("requests", "no_files"))
    return verdicts


async def _judge(
    name: str, source: bytes | Path, worker: WorkerPool, texts: Texts, most: int
) -> dict[str, Any]:
    try:
        answer = await worker.detect(source, captions=captions_of(texts))
    except DetectionError as error:
        metrics.ERRORS.labels(error.code).inc()
        message = texts.error(error.code, most)
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
