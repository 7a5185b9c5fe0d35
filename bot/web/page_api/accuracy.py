"""What was measured of the served model, for a table on the page."""

import asyncio
from typing import Any

from aiohttp import web

from bot.texts import Texts
from bot.views import accuracy
from bot.web.admission import WORKER
from bot.web.requests import SETTINGS, texts_of
from inference.accuracy import Accuracy, Said


async def get(request: web.Request) -> web.Response:
    """Sentences, and rows that say of 100 recordings how many were right, unsure and wrong."""
    texts = texts_of(request)
    found = await asyncio.to_thread(accuracy.measured, request.app[SETTINGS].model)
    paragraphs = accuracy.words(texts, found, request.app[WORKER].model).split("\n\n")
    sections = _sections(found, texts) if found else []
    return web.json_response({"paragraphs": paragraphs, "sections": sections})


def _sections(found: Accuracy, texts: Texts) -> list[dict[str, Any]]:
    return [
        {
            "title": texts.say("accuracy", f"section_{section}"),
            "rows": [
                {
                    "title": texts.say("accuracy", f"row_{name}"),
                    "people": _shares(found.groups[name].people),
                    "machines": _shares(found.groups[name].machines),
                }
                for name in names
            ],
        }
        for section, names in accuracy.measured_sections(found).items()
    ]


def _shares(said: Said) -> dict[str, int] | None:
    """Of 100; None where there were too few."""
    if said.clips < accuracy.FEWEST:
        return None
    right, unsure, wrong = accuracy.hundred(said)
    return {"right": right, "unsure": unsure, "wrong": wrong, "clips": said.clips}


ROUTE = web.get("/page-api/accuracy", get)
