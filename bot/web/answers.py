"""What the page asks for: an answer while it is made, or in other words; reports; comparisons."""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import MultiMapping

from bot import metrics
from bot.captions import captions_of
from bot.texts import Texts
from bot.views import accuracy, report, zoom
from bot.views import comparison as voices
from bot.views.zoom import View
from bot.web.admission import CAPACITY, DISK, RETRY_SECONDS, WORKER, admitted, files, one_file
from bot.web.problems import refusal, said, too_large
from bot.web.requests import SETTINGS, check_sender, is_packed, texts_of
from bot.web.uploads import RECEIVE_SECONDS, received
from bot.web.words import Answer, answer_of, chart, words
from bot.worker.capacity import Busy
from bot.worker.pool import Detection, WorkerPool
from inference.accuracy import Accuracy
from inference.errors import DetectionError
from inference.verdict import Verdict

# What reading an answer raises that is none of ours.
NO_ANSWER = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    HttpProcessingError,  # aiohttp's, of a part with a broken header
    LookupError,
    RuntimeError,  # also of JSON that is nested without end
    TimeoutError,
    TypeError,
    ValueError,
)

MOST_BYTES = 1024**2  # of an answer and its picture, as the application's `client_max_size` has it

QUIET_SECONDS = 15.0  # of silence at most while a recording waits and is heard

Line = dict[str, Any]
Progresses = asyncio.Queue[tuple[float, float] | None]  # s of s that are heard; None: all is told


async def answer(request: web.Request) -> web.StreamResponse:
    """POST of a form with one of `files`: lines of JSON, `heard` of `total` s, then the answer.

    Every quarter of a minute there is one, of null where nothing was heard meanwhile.

    With `?start=&end=&of=`, whole seconds, a part of a recording `of` so many is judged by itself.
    """
    wanted = _view(request.query)
    async with admitted(request), one_file(request) as source:
        response = web.StreamResponse()
        response.content_type = "application/x-ndjson"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Accel-Buffering"] = "no"  # else nginx would keep the progress back
        await response.prepare(request)
        with suppress(ConnectionResetError):  # whoever asked has gone
            async with aclosing(_lines(source, wanted, request)) as lines:
                async for line in lines:
                    await response.write(json.dumps(line).encode() + b"\n")
            await response.write_eof()
    return response


async def _lines(
    source: bytes | Path, wanted: View | None, request: web.Request
) -> AsyncGenerator[Line, None]:
    """The progress of a recording, at last its answer or an error."""
    worker, texts = request.app[WORKER], texts_of(request)
    told: Progresses = asyncio.Queue()
    part = (float(wanted.start), float(wanted.end)) if wanted else None
    detecting = asyncio.create_task(
        worker.detect(
            source, part, captions_of(texts), lambda heard, total: told.put_nowait((heard, total))
        )
    )
    detecting.add_done_callback(lambda _: told.put_nowait(None))
    try:
        while (progress := await _next(told)) is not None:
            heard, total = progress
            yield {"heard": heard, "total": total}
        found = await detecting
    except DetectionError as error:
        metrics.ERRORS.labels(error.code).inc()
        yield {"error": said(error.code, texts.error(error.code, request.app[DISK].most))}
    else:
        yield _part(found, wanted, texts) if wanted else await _whole(found, request)
    finally:
        detecting.cancel()  # where it is not done, nobody wants it any more


async def _next(told: Progresses) -> tuple[float | None, float | None] | None:
    """What is told next; that nothing is, after a while, so that the page knows that we live."""
    try:
        async with asyncio.timeout(QUIET_SECONDS):
            return await told.get()
    except TimeoutError:
        return None, None


def _view(query: MultiMapping[str]) -> View | None:
    """The part that is asked for, if any."""
    if "start" not in query:
        return None
    try:
        start, end, length = (int(query[name]) for name in ("start", "end", "of"))
    except (KeyError, ValueError) as error:
        raise refusal(web.HTTPBadRequest, "wrong_part", "start, end and of: seconds") from error
    return zoom.within(start, end - start, max(length, zoom.SHORTEST))


def _part(found: Detection, wanted: View, texts: Texts) -> Line:
    return {
        "said": zoom.caption(wanted, found.verdict, texts),
        "chart": chart(found.verdict, (wanted.start, wanted.end)),
        "picture": data_url(found.picture),
    }


async def _whole(found: Detection, request: web.Request) -> Line:
    metrics.answered(found.verdict)
    answer = Answer(found.sha256, found.verdict, found.evidence)
    return {
        "answer": answer.as_json(),
        "words": words(answer, await measured(found.verdict, request), texts_of(request)),
        "picture": data_url(found.picture),
    }


async def measured(verdict: Verdict, request: web.Request) -> Accuracy | None:
    """The measurement of the served model, where it is the one that answered."""
    if verdict.model != request.app[WORKER].model:
        return None
    return await asyncio.to_thread(accuracy.measured, request.app[SETTINGS].model)


async def other_words(request: web.Request) -> web.Response:
    """POST of a form with a kept `answer` and its `picture`: both in the reader's language."""
    worker, texts = request.app[WORKER], texts_of(request)
    check_sender(request)
    if is_packed(request.headers):
        raise refusal(web.HTTPUnsupportedMediaType, "packed", texts.say("requests", "packed"))
    try:
        with request.app[CAPACITY].place(MOST_BYTES), worker.place(MOST_BYTES):
            async with asyncio.timeout(RECEIVE_SECONDS):
                form = await request.post()
            kept, picture = answer_of(json.loads(str(form["answer"]))), form["picture"]
            assert isinstance(picture, web.FileField)
            drawn = await _rewritten(picture.file.read(), kept.verdict, texts, worker)
            said = words(kept, await measured(kept.verdict, request), texts)
    except Busy as error:
        busy = texts.error(error.code, MOST_BYTES)
        wait = {"Retry-After": str(RETRY_SECONDS)}
        raise refusal(web.HTTPServiceUnavailable, error.code, busy, wait) from error
    except NO_ANSWER as error:
        wrong = texts.say("requests", "wrong_type")
        raise refusal(web.HTTPBadRequest, "wrong_form", wrong) from error
    return web.json_response({"words": said, "picture": drawn})


async def _rewritten(picture: bytes, verdict: Verdict, texts: Texts, worker: WorkerPool) -> str:
    try:
        return data_url(await worker.rewrite(picture, verdict, captions_of(texts)))
    except DetectionError as error:  # none of ours
        raise ValueError(str(error)) from error


async def document(request: web.Request) -> web.Response:
    """POST of a form with one of `files`: the report on it, judged anew, as PDF or JSON."""
    worker, texts, kind = request.app[WORKER], texts_of(request), request.match_info["kind"]
    async with admitted(request), one_file(request) as source:
        try:
            found = await worker.detect(source, captions=captions_of(texts))
        except DetectionError as error:
            message = texts.error(error.code, request.app[DISK].most)
            raise refusal(web.HTTPUnprocessableEntity, error.code, message) from error
    made = report.report_of(
        found.verdict,
        found.evidence,
        found.sha256,
        worker.model,
        request.app[SETTINGS],
        datetime.now(UTC),
    )
    if kind == "json":
        return web.Response(body=report.as_json(made, texts), content_type="application/json")
    body = await asyncio.to_thread(report.pdf, made, texts, found.picture)
    return web.Response(body=body, content_type="application/pdf")


async def comparison(request: web.Request) -> web.Response:
    """POST of a form with two of `files`, the one in question first: how alike the voices are."""
    worker, texts = request.app[WORKER], texts_of(request)
    async with admitted(request, at_once=2):
        sounds = [await _whole_file(part, request) async for part in files(request, most=2)]
        if len(sounds) != 2:
            raise refusal(web.HTTPBadRequest, "no_files", texts.say("requests", "no_files"))
        if sounds[0] == sounds[1]:
            same = texts.error("same_recording", worker.max_bytes)
            raise refusal(web.HTTPUnprocessableEntity, "same_recording", same)
        try:
            found = await worker.compare(*sounds)
        except DetectionError as error:
            message = texts.error(error.code, worker.max_bytes)
            raise refusal(web.HTTPUnprocessableEntity, error.code, message) from error
    return web.json_response({"said": voices.words(found, texts)})


async def _whole_file(part: BodyPartReader, request: web.Request) -> bytes:
    """A file of a form in memory: two of the largest would not fit."""
    worker = request.app[WORKER]
    async with received(part, worker.max_bytes, request.app[DISK]) as source:
        if isinstance(source, bytes):
            return source
    raise too_large(worker.max_bytes, worker.max_bytes + 1, texts_of(request))


def data_url(picture: bytes | None) -> str:
    """A picture as an address that holds it."""
    assert picture is not None  # or it would not have been drawn
    return "data:image/jpeg;base64," + base64.b64encode(picture).decode()


ROUTES = [
    web.post("/page-api/answers", answer),
    web.post("/page-api/words", other_words),
    web.post("/page-api/comparison", comparison),
    web.post("/page-api/report.{kind:pdf|json}", document),
]
