"""The aiohttp application: the page, the API for programs, and what monitoring asks."""

import secrets
from pathlib import Path
from typing import Any

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import metrics
from bot.captions import captions_of
from bot.settings import Settings
from bot.texts import Texts
from bot.web import accuracy, answers, assets, examples, private
from bot.web.admission import CAPACITY, DISK, WORKER, admitted, files
from bot.web.markup import page
from bot.web.requests import POLICY, SETTINGS, check_sender, harden, tell_methods, texts_of
from bot.web.uploads import Disk, received
from bot.worker.capacity import Capacity
from bot.worker.pool import WorkerPool
from inference.errors import DetectionError
from inference.verdict import Label, as_json

MOST_FILES = 100  # of a form; they are judged as they come, one after the other
PAGE_BYTES = 60 * 1024**2  # of all uploads together; what else the worker takes is the bot's


def build(settings: Settings, worker: WorkerPool) -> web.Application:
    """The aiohttp application; `bot.updates.webhook` may add a route."""
    site = web.Application(client_max_size=1024**2, middlewares=[tell_methods])
    site.on_response_prepare.append(harden)
    site[WORKER], site[SETTINGS] = worker, settings
    site[CAPACITY] = Capacity(max(1, settings.queue * 3 // 4), PAGE_BYTES)
    site[DISK] = Disk(settings.data_dir, settings.max_megabytes * 1024**2)
    site.router.add_get("/healthz", health)
    site.router.add_post("/api/v1/verdicts", judge)
    site.router.add_get("/", index)
    site.router.add_routes(
        [*answers.ROUTES, *examples.ROUTES, *private.ROUTES, accuracy.ROUTE, assets.ROUTE]
    )
    if settings.metrics:
        metrics.watch(worker)
        site.router.add_get("/metrics", numbers)
    return site


async def index(request: web.Request) -> web.Response:
    """The page in the reader's language."""
    worker, settings = request.app[WORKER], request.app[SETTINGS]
    most, seconds = request.app[DISK].most, settings.max_seconds
    nonce = secrets.token_urlsafe(16)  # for the one style sheet that wavesurfer.js writes itself
    text = page(texts_of(request), worker.model, most, seconds, nonce, settings.contact)
    headers = {
        "Vary": "Accept-Language, Cookie",
        "Cache-Control": "no-cache",
        "Content-Security-Policy": POLICY.replace(
            "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
        ),
    }
    response = web.Response(text=text, content_type="text/html", headers=headers)
    response.enable_compression()
    return response


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
    """POST of a form with `files`: a verdict or an error for each, in their order.

    The next file is read when the answer to the one before is there.
    """
    worker, texts, disk = request.app[WORKER], texts_of(request), request.app[DISK]
    verdicts: list[dict[str, Any]] = []
    async with admitted(request):
        async for part in files(request, MOST_FILES):
            async with received(part, worker.max_bytes, disk) as source:
                name = part.filename or ""
                verdicts.append(await _judge(name, source, worker, texts, disk.most))
    return web.json_response({"verdicts": verdicts})


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
    return {
        "file": name,
        **as_json(answer.verdict),
        "picture": answers.data_url(answer.picture),
        "cut": "".join(texts.cut(answer.verdict)),
        "text": texts.verdict(answer.verdict),
        "marks": texts.marks(answer.verdict) if answer.verdict.label is Label.SYNTHETIC else "",
    }
