"""GET /api/v1/model: which model answers, and how often it was right when it was measured."""

import asyncio
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.views import accuracy
from bot.web.admission import WORKER
from bot.web.api.caching import cacheable
from bot.web.requests import SETTINGS
from bot.worker.pool import sha256_of
from inference.registry import PRIOR, date_of, default_model


async def get(request: web.Request) -> web.Response:
    """Facts of the served model; the measurement has the keys of the file that it comes from."""
    facts = await asyncio.to_thread(_facts, request.app[SETTINGS].model)
    return cacheable(request, {**request.app[WORKER].card, **facts})


@cache
def _facts(model: Path | None) -> dict[str, Any]:
    sha256, measured = sha256_of(model or default_model()), accuracy.measured(model)
    return {
        "sha256": sha256,
        "date": date_of(sha256),
        "prior": PRIOR,
        "accuracy": asdict(measured) if measured else None,
    }
