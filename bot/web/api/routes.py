"""The addresses of the API, and what all its answers have in common."""

from aiohttp import web

from bot.settings import Settings
from bot.web.api import access, document, limits, model, verdicts
from bot.web.api.access import FindKey, Keys
from bot.web.api.limits import METER
from bot.web.api.origins import let_read
from bot.web.api.remembered import Remembered
from bot.web.problems import refusal
from bot.web.requests import texts_of


def set_up(site: web.Application, settings: Settings, find_key: FindKey | None) -> None:
    """Add the API to a site."""
    limits.set_up(site, settings)
    site[access.KEYS], site[verdicts.REMEMBERED] = Keys(find_key), Remembered()
    site.router.add_post("/api/v1/verdicts", verdicts.judge, expect_handler=expected)
    site.router.add_get("/api/v1/model", model.get, expect_handler=expected)
    site.router.add_get("/api/v1/openapi.json", document.get, expect_handler=expected)
    site.on_response_prepare.append(let_read)
    site.on_response_prepare.append(tell_limits)


async def tell_limits(request: web.Request, response: web.StreamResponse) -> None:
    """How many files the caller has left."""
    if METER in request:
        response.headers.update(request[METER].headers())


async def expected(request: web.Request) -> None:
    """`Expect: 100-continue` gets what it asks for; nothing else is known."""
    if request.headers["Expect"].lower() != "100-continue":
        detail = texts_of(request).say("requests", "wrong_expect")
        raise refusal(web.HTTPExpectationFailed, "wrong_expect", detail)
    await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    request.writer.output_size = 0  # of the answer itself nothing is written yet
