"""Files are let in: checked, given a place, and refused in a sentence where it fails."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import BodyPartReader, web

from bot.texts import Texts
from bot.web.api import limits
from bot.web.problems import refusal, too_large
from bot.web.requests import check_sender, is_packed, texts_of
from bot.web.uploads import Disk, WrongForm, parts, received
from bot.worker.capacity import Busy, Capacity
from bot.worker.pool import WorkerPool
from inference.errors import DetectionError, TooLarge

FORM_FILES = 3  # so many of the largest size may be in a form
ENVELOPE = 64 * 1024  # bytes that a form takes besides its files
RETRY_SECONDS = 10
FORM, BYTES = "multipart/form-data", "application/octet-stream"

WORKER = web.AppKey("worker", WorkerPool)
CAPACITY = web.AppKey("capacity", Capacity)
DISK = web.AppKey("disk", Disk)

logger = logging.getLogger(__name__)


@asynccontextmanager
async def admitted(request: web.Request, at_once: int = 1) -> AsyncIterator[None]:
    """Check a form of the page's, hold a place for it as `placed` does, and count it.

    What another site's script sends is not counted, nor what comes while there is no place.
    """
    check_sender(request)
    async with placed(request, (FORM,), at_once):
        limits.take(request, limits.by_address(request))
        yield


@asynccontextmanager
async def placed(
    request: web.Request, kinds: tuple[str, ...], at_once: int = 1
) -> AsyncIterator[None]:
    """Check a body of one of these kinds and hold a place for it, `at_once` files being held at a
    time.

    What the files in it raise becomes a refusal.
    """
    texts, worker = texts_of(request), request.app[WORKER]
    most = request.app[DISK].most
    size = _size(request, most, texts, kinds)
    held = min(size, at_once * worker.max_bytes)
    try:
        with request.app[CAPACITY].place(held), worker.place(held):
            yield
    except Busy as error:
        headers = {"Retry-After": str(RETRY_SECONDS)}
        busy = texts.error(error.code, most)
        raise refusal(web.HTTPServiceUnavailable, error.code, busy, headers) from error
    except TooLarge as error:
        raise too_large(most, size, texts) from error
    except (WrongForm, ConnectionError) as error:  # of the latter nobody is there to be told
        wrong = texts.say("requests", _wanted(kinds))
        raise refusal(web.HTTPBadRequest, "wrong_form", wrong) from error
    except TimeoutError as error:
        slow = texts.say("requests", "slow")
        raise refusal(web.HTTPRequestTimeout, "took_too_long", slow) from error
    except OSError as error:
        logger.error("An upload can't be kept in DATA_DIR while it is judged: %s", error)
        failed = texts.error(DetectionError.code, most)
        raise refusal(web.HTTPInsufficientStorage, DetectionError.code, failed) from error


def _wanted(kinds: tuple[str, ...]) -> str:
    """The key of the sentence that says what to send."""
    return "wrong_type_api" if BYTES in kinds else "wrong_type"


def _size(request: web.Request, most: int, texts: Texts, kinds: tuple[str, ...]) -> int:
    """Bytes of a body that may be read; else it is refused."""
    if request.content_type not in kinds:
        wrong = texts.say("requests", _wanted(kinds))
        raise refusal(web.HTTPUnsupportedMediaType, "wrong_type", wrong)
    if is_packed(request.headers):
        raise refusal(web.HTTPUnsupportedMediaType, "packed", texts.say("requests", "packed"))
    if (size := request.content_length) is None:  # its place would have to be the largest
        raise refusal(web.HTTPLengthRequired, "no_length", texts.say("requests", "no_length"))
    if size > (most if request.content_type == BYTES else FORM_FILES * most + ENVELOPE):
        raise too_large(most, size, texts)
    return size


async def files(request: web.Request, most: int) -> AsyncIterator[BodyPartReader]:
    """The files of a form, at most so many, each to be read before the next."""
    texts, count = texts_of(request), 0
    async for part in parts(request):
        if count == most:
            many = texts.say("requests", "too_many_files", count=most)
            raise refusal(web.HTTPBadRequest, "too_many_files", many)
        if is_packed(part.headers):
            packed = texts.say("requests", "packed")
            raise refusal(web.HTTPUnsupportedMediaType, "packed", packed)
        count += 1
        yield part
    if not count:
        raise refusal(web.HTTPBadRequest, "no_files", texts.say("requests", "no_files"))


@asynccontextmanager
async def one_file(request: web.Request) -> AsyncIterator[bytes | Path]:
    """The first file of a form; the others are not read."""
    part = await anext(files(request, FORM_FILES))
    async with received(part, request.app[WORKER].max_bytes, request.app[DISK]) as source:
        yield source
