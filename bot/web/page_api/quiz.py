"""The quiz on the page. As in the bot's buttons, the whole game stands in what the page sends back:
nothing is kept of who plays."""

import asyncio
from typing import Any

from aiohttp import web

from bot.services.quiz.answers import our_answer, playable, question, revealed, source
from bot.services.quiz.game import ANYBODY, Game
from bot.web.admission import RETRY_SECONDS, WORKER
from bot.web.problems import refusal
from bot.web.requests import SETTINGS, texts_of
from inference.verdict import Label

ACTION = "page"  # in place of a button's
CHOICES = (Label.HUMAN, Label.SYNTHETIC)
HEAR_SECONDS = 60.0  # that whoever plays waits at most for what the model says

KNOWN = web.AppKey("quiz", dict[str, Label])  # what the model says of each clip


async def asked(request: web.Request) -> web.Response:
    """What is asked of a `?game=`'s clip, without one of a new game's."""
    texts = texts_of(request)
    if "game" in request.query:
        game = _game(request)
    else:
        game = Game.new(texts.language, ANYBODY, playable(request.app[SETTINGS]))
    return _answered(
        {
            "game": game.data(ACTION),
            "question": question(game, texts),
            "choices": {choice.value: texts.say("quiz", choice) for choice in CHOICES},
        }
    )


async def sound(request: web.Request) -> web.Response:
    """The clip, Opus in Ogg."""
    headers = {"Cache-Control": "no-store"}
    return web.Response(body=_game(request).clip.read(), content_type="audio/ogg", headers=headers)


async def answer(request: web.Request) -> web.Response:
    """What a clip was, after `?answer=human` or `synthetic`; and the game that goes on."""
    texts, game, said = texts_of(request), _game(request), request.query.get("answer")
    if said not in CHOICES:
        raise _stale(request)
    try:
        async with asyncio.timeout(HEAR_SECONDS):
            ours = await our_answer(game.clip, request.app[KNOWN], request.app[WORKER])
    except TimeoutError as error:
        busy, wait = texts.error("busy", 0), {"Retry-After": str(RETRY_SECONDS)}
        raise refusal(web.HTTPServiceUnavailable, "busy", busy, wait) from error
    game, lines = revealed(game, Label(said), ours, texts)
    return _answered(
        {
            "right": said == game.clip.truth,
            "lines": lines,
            "source": {
                "title": texts.say("quiz", "source"),
                "words": source(game.clip, texts),
            },
            "game": None if game.is_over else game.next().data(ACTION),
            "next": texts.say("quiz", "again" if game.is_over else "next"),
        }
    )


def _game(request: web.Request) -> Game:
    read = Game.read(request.query.get("game", ""), playable(request.app[SETTINGS]))
    if read is None:
        raise _stale(request)
    return read[1]


def _stale(request: web.Request) -> web.HTTPError:
    return refusal(web.HTTPNotFound, "stale", texts_of(request).say("page", "quiz_stale"))


def _answered(content: dict[str, Any]) -> web.Response:
    return web.json_response(content, headers={"Cache-Control": "no-store"})


ROUTES = [
    web.get("/page-api/quiz", asked),
    web.get("/page-api/quiz/sound", sound),
    web.get("/page-api/quiz/answer", answer),
]
