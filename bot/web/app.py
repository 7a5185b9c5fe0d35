"""The aiohttp application: the page, the API for programs, and what monitoring asks."""

import secrets

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import metrics
from bot.settings import Settings
from bot.web import answers, assets
from bot.web.admission import CAPACITY, DISK, WORKER
from bot.web.api import routes as api
from bot.web.api.access import FindKey
from bot.web.api.origins import answer_preflight
from bot.web.markup import page
from bot.web.page_api import accuracy, examples, private, quiz
from bot.web.requests import (
    FRAMED_BY,
    MINI_APP,
    POLICY,
    SETTINGS,
    check_sender,
    harden,
    in_sentences,
    texts_of,
)
from bot.web.uploads import Disk
from bot.worker.capacity import Capacity
from bot.worker.pool import WorkerPool

PAGE_BYTES = 60 * 1024**2  # of all uploads together; what else the worker takes is the bot's


def build(
    settings: Settings, worker: WorkerPool, find_key: FindKey | None = None
) -> web.Application:
    """The aiohttp application; `bot.updates.webhook` may add a route. `find_key` looks up the keys
    of programs; without it none is known."""
    middlewares = [in_sentences, answer_preflight]
    site = web.Application(client_max_size=1024**2, middlewares=middlewares)
    site.on_response_prepare.append(harden)
    site[WORKER], site[SETTINGS] = worker, settings
    site[CAPACITY] = Capacity(max(1, settings.queue * 3 // 4), PAGE_BYTES)
    site[DISK] = Disk(settings.data_dir, settings.max_megabytes * 1024**2)
    api.set_up(site, settings, find_key)
    site.router.add_get("/healthz", health)
    site.router.add_get("/", index)
    site.router.add_get(MINI_APP, index)
    site[quiz.KNOWN] = {}
    for module in (answers, examples, private, quiz):
        site.router.add_routes(module.ROUTES)
    site.router.add_routes([accuracy.ROUTE, assets.ROUTE])
    if settings.metrics:
        metrics.watch(worker)
        site.router.add_get("/metrics", numbers)
    return site


async def index(request: web.Request) -> web.Response:
    """The page in the reader's language, also as Telegram's Mini App."""
    worker, settings = request.app[WORKER], request.app[SETTINGS]
    most, seconds = request.app[DISK].most, settings.max_seconds
    nonce = secrets.token_urlsafe(16)  # for the one style sheet that wavesurfer.js writes itself
    text = page(texts_of(request), worker.model, most, seconds, nonce, settings.contact)
    policy = POLICY.replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
    if request.path == MINI_APP:
        policy = policy.replace("frame-ancestors 'none'", f"frame-ancestors {FRAMED_BY}")
    headers = {
        "Vary": "Accept-Language, Cookie",
        "Cache-Control": "no-cache",
        "Content-Security-Policy": policy,
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
