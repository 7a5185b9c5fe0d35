"""POST /api/v1/verdicts: files, in a form or one as the body, and their verdicts."""

import asyncio
from pathlib import Path
from typing import Any

from aiohttp import web

from bot import metrics
from bot.captions import captions_of
from bot.texts import Texts
from bot.web.admission import BYTES, DISK, FORM, WORKER, files, placed
from bot.web.answers import data_url
from bot.web.api import access, limits
from bot.web.api.limits import METER, Exceeded
from bot.web.api.remembered import Remembered
from bot.web.problems import refusal, said
from bot.web.requests import check_sender, texts_of
from bot.web.uploads import received
from bot.worker.pool import Detection, sha256_of
from inference.errors import DetectionError
from inference.verdict import Label, as_json

MOST_FILES = 100  # of a form; they are judged as they come, one after the other

REMEMBERED = web.AppKey("remembered", Remembered)

Answer = dict[str, Any]


class Unheard(Exception):
    """A file has no verdict; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def judge(request: web.Request) -> web.Response:
    """A verdict or an error for each file of a form, in their order; for one file that is the
    body, a verdict or a refusal."""
    check_sender(request)
    key = await access.known(request)
    async with placed(request, (FORM, BYTES)):
        if request.content_type == BYTES:
            verdicts = [await _body(request, key)]
        else:
            verdicts = await _form(request, key)
    return web.json_response({"verdicts": verdicts})


async def _form(request: web.Request, key: str | None) -> list[Answer]:
    """The next file is read when the answer to the one before is there; beyond the caller's limit
    none is."""
    texts, disk, answers = texts_of(request), request.app[DISK], []
    meter = request[METER]
    async for part in files(request, MOST_FILES):
        try:
            meter.quota.take(meter.client)
            async with received(part, request.app[WORKER].max_bytes, disk) as source:
                answer = await _judged(source, request, key)
        except Exceeded as error:
            many = texts.say("requests", "too_many", seconds=error.seconds)
            answer = {"error": said("too_many_requests", many)}
        except Unheard as error:
            answer = {"error": said(error.code, texts.error(error.code, disk.most))}
        answers.append({"file": part.filename or "", **answer})
    return answers


async def _body(request: web.Request, key: str | None) -> Answer:
    limits.take(request, request[METER])
    texts, disk = texts_of(request), request.app[DISK]
    async with received(request.content, request.app[WORKER].max_bytes, disk) as source:
        try:
            return {"file": "", **await _judged(source, request, key)}
        except Unheard as error:
            ours = error.code == DetectionError.code
            kind = web.HTTPInternalServerError if ours else web.HTTPUnprocessableEntity
            raise refusal(kind, error.code, texts.error(error.code, disk.most)) from error


async def _judged(source: bytes | Path, request: web.Request, key: str | None) -> Answer:
    """A verdict, in the reader's language; for a program with a key, the one that it got before.

    Raises Unheard.
    """
    worker, texts, remembered = request.app[WORKER], texts_of(request), request.app[REMEMBERED]
    name = None
    if key is not None:
        sha256 = await asyncio.to_thread(sha256_of, source)
        name = (key, sha256, worker.model, texts.language)
        if known := remembered.get(name):
            return known
    try:
        answer = _as_json(await worker.detect(source, captions=captions_of(texts)), texts)
    except DetectionError as error:
        metrics.ERRORS.labels(error.code).inc()
        raise Unheard(error.code) from error
    if name:
        remembered.keep(name, answer)
    return answer


def _as_json(found: Detection, texts: Texts) -> Answer:
    metrics.answered(found.verdict)
    return {
        **as_json(found.verdict),
        "picture": data_url(found.picture),
        "cut": "".join(texts.cut(found.verdict)),
        "text": texts.verdict(found.verdict),
        "marks": texts.marks(found.verdict) if found.verdict.label is Label.SYNTHETIC else "",
    }
