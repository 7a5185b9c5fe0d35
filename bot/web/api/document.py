"""GET /api/v1/openapi.json: the OpenAPI 3.1 document, what each address is for in the reader's
language."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.texts import Texts
from bot.web.api.caching import cacheable
from bot.web.requests import texts_of

FILE = Path(__file__).parent / "openapi.json"


async def get(request: web.Request) -> web.Response:
    """The document."""
    return cacheable(request, _document(texts_of(request)), vary="Accept-Language, Cookie")


@cache
def _document(texts: Texts) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["summary"] = texts.say("api", operation["operationId"])
    return document
